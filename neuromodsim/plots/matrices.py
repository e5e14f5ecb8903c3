"""What is kept of a sequence of classes, as a matrix of training blocks and classes."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes


def draw_retention(axes: Axes, right: np.ndarray, lowest: float) -> Any:
    """Draw what is kept of each class after each training block, and return the image for a colour bar.

    Parameters
    ----------
    right
        Share of right answers, shape ``(block, place)``, NaN for classes that were not trained yet.
    lowest
        The share that has the darkest colour; the brightest is 1.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> image = draw_retention(Figure().subplots(), np.array([[1.0, np.nan], [0.5, 0.9]]), lowest=0)
    >>> [float(limit) for limit in image.get_clim()]
    [0.0, 1.0]
    """
    image = axes.imshow(right, cmap="viridis", vmin=lowest, vmax=1, origin="lower")
    axes.set(xlabel="Class, in training order", ylabel="Training blocks")
    blocks, places = right.shape
    axes.set_xticks(*_counted(places))
    axes.set_yticks(*_counted(blocks))
    return image


def _counted(length: int) -> tuple[range, list[str]]:
    """Return every third place of an axis, and its number from 1 on."""
    places = range(0, length, 3)
    return places, [str(place + 1) for place in places]
