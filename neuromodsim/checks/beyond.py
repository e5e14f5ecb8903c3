"""Numbers compared with two ends, either of which may be missing."""

from typing import Any

import numpy as np


def first_beyond(given: Any, low: Any, high: Any, rounding: float = 0.0) -> float | None:
    """Return the first of some numbers that is below the one end or above the other, or None.

    Parameters
    ----------
    given
        Numbers of any shape.
    low, high
        The ends, each a number in the same unit, or None where there is none; an infinite one is none, too.
    rounding
        The part of the larger end by which a number may lie beyond one.

    Examples
    --------
    >>> first_beyond([0.5, 1.5], 0, 1)
    1.5
    >>> first_beyond([0.5, 1.5], 0, None) is None
    True
    """
    numbers = np.asarray(given, dtype=float)
    least = -np.inf if low is None else float(low)
    most = np.inf if high is None else float(high)
    slack = rounding * max((abs(end) for end in (least, most) if np.isfinite(end)), default=0.0)
    beyond = (numbers < least - slack) | (numbers > most + slack)
    return float(numbers[beyond].flat[0]) if np.any(beyond) else None
