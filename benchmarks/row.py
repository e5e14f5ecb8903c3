"""One line of the table."""

import statistics
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """What was measured, what it must reach, and how it was found."""

    what: str
    wanted: str
    found: str
    value: float
    holds: bool | None  # None: reported only
    how: str = ""


def side_by_side(*runs: Callable[[], float], times: int = 5) -> list[list[float]]:
    """Return what each run measured, the runs taken in turn so that a slow spell hits all alike."""
    found: list[list[float]] = [[] for _ in runs]
    for _ in range(times):
        for values, run in zip(found, runs, strict=True):
            values.append(run())
    return found


def ratio(above: Sequence[float], below: Sequence[float]) -> float:
    """Return the median of the ratios of runs that were neighbours in time."""
    return statistics.median(a / b for a, b in zip(above, below, strict=True))


def spread(values: Sequence[float], digits: int = 3) -> str:
    """Return median and range for people."""
    middle, low, high = statistics.median(values), min(values), max(values)
    return f"{middle:.{digits}g} ({low:.{digits}g} to {high:.{digits}g})"
