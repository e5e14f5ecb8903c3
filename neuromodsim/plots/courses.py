"""Courses of several runs: a line for what is typical, and how far runs are from it."""

from typing import Any

import xarray as xr
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

PALE = 0.15  # opacity of the area between courses


def with_range(
    axes: Axes,
    along: ArrayLike,
    courses: xr.DataArray,
    colour: str,
    label: str | None = None,
    style: str = "-",
) -> None:
    """Draw the mean of runs as a line, and the area between the lowest and the highest run.

    Parameters
    ----------
    along
        Of the horizontal axis, one for each point of a course.
    courses
        Dimensions ``run`` and another, as long as ``along``.
    style
        Of the line, such as ``"--"``.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> axes = Figure().subplots()
    >>> with_range(axes, [1, 2], xr.DataArray([[0.5, 0.9], [0.7, 0.9]], dims=("run", "epoch")), "k")
    >>> axes.lines[0].get_ydata().tolist()
    [0.6, 0.9]
    """
    axes.plot(along, courses.mean("run"), style, color=colour, label=label)
    _area(axes, along, courses.min("run"), courses.max("run"), colour)


def with_quartiles(
    axes: Axes, along: ArrayLike, courses: xr.DataArray, colour: str, label: str | None = None
) -> None:
    """Draw the mean of runs as a line, and the area between their quartiles, in which half of them are.

    Parameters are those of `with_range`.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> axes = Figure().subplots()
    >>> with_quartiles(axes, [1, 2], xr.DataArray([[0.5, 0.9], [0.7, 0.9]], dims=("run", "trial")), "k")
    >>> axes.lines[0].get_ydata().tolist()
    [0.6, 0.9]
    """
    axes.plot(along, courses.mean("run"), color=colour, label=label)
    low, high = courses.quantile([0.25, 0.75], "run")
    _area(axes, along, low, high, colour)


def each_and_median(
    axes: Axes, along: ArrayLike, courses: xr.DataArray, colour: str, label: str, width: float = 0.6
) -> None:
    """Draw each run as a thin pale line, and their median as a strong one.

    Parameters
    ----------
    along, courses, colour
        As of `with_range`; ``run`` is the first dimension of the courses.
    label
        Of the median.
    width
        Of the thin lines, in points.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> axes = Figure().subplots()
    >>> weights = xr.DataArray([[0, 4], [0, 3], [0, 1]], dims=("run", "time"))
    >>> each_and_median(axes, [0, 60], weights, "k", "chosen")
    >>> axes.lines[-1].get_ydata().tolist()
    [0.0, 3.0]
    """
    axes.plot(along, courses.T, color=colour, alpha=0.3, linewidth=width)
    axes.plot(along, courses.median("run"), color=colour, linewidth=2, label=label)


def _area(axes: Axes, along: ArrayLike, low: Any, high: Any, colour: str) -> None:
    axes.fill_between(along, low, high, color=colour, alpha=PALE, linewidth=0)
