"""Bars for means of conditions, with the runs or the error of the mean upon them."""

import numpy as np
from matplotlib.axes import Axes

from neuromodsim.analysis.moments import standard_error


def bar_and_runs(
    axes: Axes,
    at: float,
    values: np.ndarray,
    colour: str,
    *,
    width: float,
    label: str | None = None,
    size: float = 2,
    horizontal: bool = False,
) -> None:
    """Draw the mean of some runs as a bar, and each run as a dot.

    Parameters
    ----------
    at
        Middle of the bar, on the axis of conditions.
    values
        Shape ``(run,)``, at least one.
    width
        Of the bar, on the axis of conditions.
    size
        Of the dots, in points.
    horizontal
        Whether values are on the horizontal axis.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> axes = Figure().subplots()
    >>> bar_and_runs(axes, 0, np.array([0.25, 0.75]), "k", width=0.5)
    >>> float(axes.patches[0].get_height()), axes.lines[0].get_ydata().tolist()
    (0.5, [0.25, 0.75])
    """
    places = np.full(len(values), at)
    if horizontal:
        axes.barh(at, values.mean(), height=width, color=colour, label=label)
        axes.plot(values, places, ".k", markersize=size)
    else:
        axes.bar(at, values.mean(), width=width, color=colour, label=label)
        axes.plot(places, values, ".k", markersize=size)


def bar_with_error(
    axes: Axes,
    at: float,
    values: np.ndarray,
    colour: str,
    *,
    width: float,
    label: str | None = None,
    alpha: float | None = None,
) -> None:
    """Draw the mean of some runs as a bar, with its standard error.

    Parameters
    ----------
    at, width
        Middle and width of the bar, on the horizontal axis.
    values
        Shape ``(run,)``, at least one.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> axes = Figure().subplots()
    >>> bar_with_error(axes, 0, np.array([0.25, 0.75]), "k", width=0.5)
    >>> float(axes.patches[0].get_height())
    0.5
    """
    error = standard_error(values)
    axes.bar(at, values.mean(), width, yerr=error, color=colour, label=label, alpha=alpha)
