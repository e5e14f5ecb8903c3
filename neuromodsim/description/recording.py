"""What a run keeps: spikes, sampled variables and events, in windows of time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from neuromodsim.description import gate
from neuromodsim.description.fields import Described, keep
from neuromodsim.errors import WrongInput
from neuromodsim.units.kinds import expect, expect_mapping
from neuromodsim.units.quantities import shown


@dataclass(frozen=True, kw_only=True)
class Window(metaclass=Described):
    """A time window of a run; ``None`` denotes its start or end.

    A negative time counts from the end. Times are multiples of the time step.

    Raises
    ------
    WrongInput
        If a value is not a time, such as a number without a unit, or the window stops before it starts.

    Examples
    --------
    >>> from brian2 import second
    >>> Window(start=-10 * second)  # the last ten seconds
    Window(start=-10. * second, stop=None)
    """

    start: Any = None
    stop: Any = None

    def __post_init__(self) -> None:
        """Refuse what is no time, and a stop before the start; text is read."""
        for name in ("start", "stop"):
            edge = getattr(self, name)
            if edge is not None:
                keep(self, **{name: gate.as_time(f"{name} of a window", edge)})
        if self.start is None or self.stop is None:
            return
        # One edge from the start of a run and one from its end are in order or not as the run is long.
        if self.start > self.stop and (self.start < 0) == (self.stop < 0):
            raise WrongInput(
                f"A window must start before it stops; got the start {shown(self.start)} and the stop "
                f"{shown(self.stop)}."
            )

    def seconds(self, duration: float) -> tuple[float, float]:
        """Return its start and stop in seconds, within a run of so many seconds."""

        def place(time: Any, default: float) -> float:
            seconds = default if time is None else float(time)
            return max(0.0, duration + seconds) if seconds < 0 else min(seconds, duration)

        return place(self.start, 0.0), place(self.stop, duration)


@dataclass(frozen=True, kw_only=True)
class Recording(metaclass=Described):
    """What is recorded during a run.

    ``spikes`` maps populations or parts to the window in which spikes are recorded. ``states`` maps
    ``component.variable`` (of cells, modulators or synapses) to the interval between samples; ``only``
    selects a subset of its rows by index. ``events`` maps ``component.event`` to the variables recorded
    with it. ``windows`` restricts states and events, by the same paths.

    Examples
    --------
    >>> from brian2 import second
    >>> Recording(
    ...     spikes={"cells": Window(stop=1 * second)},
    ...     states={"cells.v": "10 ms"},
    ...     only={"cells.v": (0, 3)},
    ... ).states["cells.v"]
    10. * msecond
    """

    spikes: Mapping[str, Window] = field(default_factory=dict)
    states: Mapping[str, Any] = field(default_factory=dict)
    only: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    windows: Mapping[str, Window] = field(default_factory=dict)
    events: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse fields of another kind; times given as text are read."""
        for name in ("spikes", "windows"):
            expect_mapping(name, getattr(self, name), Window, "a Window")
        for name in ("states", "only", "events"):
            expect_mapping(name, getattr(self, name))
        states = {path: gate.as_time(f"interval of {path}", time) for path, time in self.states.items()}
        only = {path: self._rows(path, rows) for path, rows in self.only.items()}
        for path, names in self.events.items():
            expect(f"variables noted at {path}", names, (tuple, list), "a tuple of names")
            for name in names:
                expect(f"a variable noted at {path}", name, str, "a name")
        events = {path: tuple(names) for path, names in self.events.items()}
        keep(self, states=states, only=only, events=events)

    @staticmethod
    def _rows(path: str, rows: Any) -> tuple[int, ...]:
        expect(f"rows of {path}", rows, (tuple, list, range, np.ndarray), "a tuple of whole numbers")
        held = gate.stored(f"rows of {path}", gate.as_number(f"rows of {path}", list(rows)), "int64")
        return tuple(held.ravel().tolist())
