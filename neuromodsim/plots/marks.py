"""Lines that mark a moment, a criterion, chance, or a value to compare with."""

from typing import Any

from matplotlib.axes import Axes

DOTTED: dict[str, Any] = {"color": "0.5", "linewidth": 0.8, "linestyle": ":"}
CHANCE: dict[str, Any] = {"color": "0.3", "linewidth": 0.6, "linestyle": ":"}


def mark_moment(axes: Axes, at: float) -> None:
    """Mark where something happens, in the unit of the horizontal axis, such as the change of a rule.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> axes = Figure().subplots()
    >>> mark_moment(axes, 200)
    >>> list(axes.lines[0].get_xdata())
    [200, 200]
    """
    axes.axvline(at, **DOTTED)


def mark_criterion(axes: Axes, level: float) -> None:
    """Mark the level that counts as reached, in the unit of the vertical axis.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> axes = Figure().subplots()
    >>> mark_criterion(axes, 0.9)
    >>> list(axes.lines[0].get_ydata())
    [0.9, 0.9]
    """
    axes.axhline(level, **DOTTED)


def mark_chance(axes: Axes, share: float, *, horizontal: bool = True) -> None:
    """Mark the share of right answers that guessing gives; a vertical line if shares are horizontal.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> axes = Figure().subplots()
    >>> mark_chance(axes, 0.1)
    >>> list(axes.lines[0].get_ydata())
    [0.1, 0.1]
    """
    (axes.axhline if horizontal else axes.axvline)(share, **CHANCE)


def mark_reference(axes: Axes, level: float) -> None:
    """Mark a value to compare with, behind what is drawn, in the unit of the vertical axis.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> axes = Figure().subplots()
    >>> mark_reference(axes, 60.3)
    >>> axes.lines[0].get_zorder()
    0
    """
    axes.axhline(level, color="0.7", linewidth=0.6, zorder=0)
