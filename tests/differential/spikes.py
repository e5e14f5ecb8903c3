"""What happens around random rules: when cells fire, what they hold, and what modulators are."""

from dataclasses import dataclass
from functools import cache

import numpy as np

STEPS = 60
# Cells of each population and of its parts.
PRE = {"pre": range(8), "front": range(3), "back": range(3, 8)}
POST = {"post": range(6), "left": range(2), "right": range(2, 6)}
# From which step on each modulator has which level; and what each region has of it.
COURSES = {
    "d": ((23, 1.0),),
    "s": ((8, 1.0), (20, -1.5), (33, 0.75), (47, -1.0)),
}
REGIONS = {"d": (0.25, 1.5), "s": (1.0, -0.5)}
RISE = {"pre": 0.25, "post": 0.125}  # of v at a spike, times the cell's number from 1


@dataclass(frozen=True)
class Spikes:
    """The steps in which cells of each side fire, and in which all of the source have a burst."""

    pre: tuple[tuple[int, ...], ...]
    post: tuple[tuple[int, ...], ...]
    burst: tuple[int, ...]


@cache
def spikes(circuit: int) -> Spikes:
    """Return when cells of a circuit fire: never, often, and in the steps of one another."""
    rng = np.random.default_rng([20261130, circuit])
    counts = [0, *rng.integers(1, 5, size=len(PRE["pre"]) + len(POST["post"]) - 1).tolist()]
    trains = [tuple(sorted(rng.choice(STEPS - 5, n, replace=False).tolist())) for n in counts]
    pre, post = trains[: len(PRE["pre"])], trains[len(PRE["pre"]) :]
    for k in range(len(post)):  # both cells in one step
        post[k] = tuple(sorted({*post[k], pre[k + 1][0]}))
    burst = {pre[1][-1], pre[4][-1], *rng.choice(STEPS, 2).tolist()}
    return Spikes(tuple(pre), tuple(post), tuple(sorted(burst)))


def level(modulator: str, step: int, region: int) -> float:
    """Return what a synapse sees of a modulator in a step: what the step before has made of it."""
    height = 0.0
    for begin, value in COURSES[modulator]:
        if step > begin:
            height = value
    return height * REGIONS[modulator][region]


def held(side: str, cell: int, train: tuple[int, ...], step: int) -> float:
    """Return what a cell's variable ``v`` is in a step, before the cell's own spike of that step."""
    value = 0.0
    for _ in [fired for fired in train if fired < step]:
        value = value * 0.5 + RISE[side] * (cell + 1)
    return value
