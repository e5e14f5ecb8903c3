"""When a course first falls to a level."""

import numpy as np
import xarray as xr


def first_below(trace: xr.DataArray, level: xr.DataArray | float) -> xr.DataArray:
    """Return after how many ms each trace is first below a level.

    Parameters
    ----------
    trace
        Courses along ``time`` in s, and any other dimensions.
    level
        One for all, or one for each, in the unit of the traces.

    Returns
    -------
    xr.DataArray
        From the first sample of the trace, in ms, without ``time``; to the sample, not between two. NaN of a
        trace that is never below.

    Examples
    --------
    >>> trace = xr.DataArray([4.0, 2.0, 1.0], {"time": [0.0, 0.1, 0.2]}, ["time"])
    >>> float(first_below(trace, 1.5))
    200.0
    """
    below = trace < level
    first = trace.time[below.argmax("time")].where(below.any("time"))
    return (first - float(trace.time[0])).drop_vars("time", errors="ignore") * 1e3


def half_life(time: np.ndarray, above: np.ndarray) -> float:
    """Return how long it takes to fall to half of the first point, by a line between samples; NaN if never.

    Parameters
    ----------
    time
        Shape ``(sample,)``, in any unit, which is that of the result.
    above
        Level above its baseline, shape ``(sample,)``; the first of them above zero.

    Examples
    --------
    >>> half_life(np.array([0.0, 1.0, 2.0]), np.array([4.0, 3.0, 1.0]))
    1.5
    """
    half = above[0] / 2
    after = int(np.argmax(above <= half))
    if not after:  # none is so low, or the first is already
        return float("nan")
    share = (above[after - 1] - half) / (above[after - 1] - above[after])
    return float(time[after - 1] + share * (time[after] - time[after - 1]) - time[0])
