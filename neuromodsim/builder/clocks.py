"""Clocks that tick once in many steps."""

from typing import Any

import numpy as np
from brian2 import Clock

TOLERANCE = 1e-4  # steps by which sums of floating-point numbers may be off


class SlowClock(Clock):
    """A clock whose ticks are told apart by the time step of the network.

    Brian2 takes two times for the same that are closer than a share of the clock's own interval: a run in
    this process that is ten thousand times shorter than such an interval is then over before it begins, and
    nothing says so.

    Parameters
    ----------
    interval, step
        How often it ticks, and the network's time step, with units of time.
    name
        As for Brian2's clock.
    """

    dt, dt_ = Clock.dt, Clock.dt_  # Brian2 looks for properties in the class itself, not in its bases

    def __init__(self, interval: Any, step: Any, name: str) -> None:
        self.step_ = float(step)
        super().__init__(interval, name=name)

    def _calc_timestep(self, target_t: float) -> np.int64:
        """Return how many ticks there are before a time, in seconds."""
        return np.int64(np.ceil((target_t - TOLERANCE * self.step_) / self.dt_))
