"""Runs of a condition as points in a row, with their mean."""

import numpy as np
from matplotlib.axes import Axes


def runs_and_mean(
    axes: Axes, at: float, values: np.ndarray, colour: str, *, marker: str = "o", horizontal: bool = False
) -> None:
    """Draw each run as a pale point, and their mean as a stroke.

    Parameters
    ----------
    at
        Where, on the axis of conditions.
    values
        Shape ``(run,)``.
    horizontal
        Whether values are on the horizontal axis.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> axes = Figure().subplots()
    >>> runs_and_mean(axes, 2, np.array([0.25, 0.75]), "k")
    >>> axes.lines[-1].get_ydata().tolist()
    [0.5]
    """
    places, mean = np.full(len(values), at), values.mean()
    across, stroke, size = ((values, places), "|", 11) if horizontal else ((places, values), "_", 14)
    axes.plot(*across, marker, color=colour, alpha=0.4, markersize=3)
    axes.plot(*((mean, at) if horizontal else (at, mean)), stroke, color=colour, markersize=size)
