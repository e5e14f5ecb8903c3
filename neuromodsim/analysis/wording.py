"""Numbers as text, as claims and legends give them."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from neuromodsim.analysis.moments import deviation, mean


def mean_and_deviation(values: ArrayLike, digits: int) -> str:
    """Return the mean and the standard deviation (over n - 1) of some values as text.

    Examples
    --------
    >>> mean_and_deviation([0.94, 0.95, 0.96], 3)
    '0.950 ± 0.010'
    >>> mean_and_deviation([0.94], 2)
    '0.94 ± nan'
    """
    return f"{mean(values):.{digits}f} ± {deviation(values):.{digits}f}"


def extremes(values: ArrayLike, digits: int) -> str:
    """Return the smallest and the largest of some values as text.

    Examples
    --------
    >>> extremes([3.5, 1.25, 2.0], 2)
    '1.25 to 3.50'
    """
    values = np.asarray(values, dtype=float)
    return f"{values.min():.{digits}f} to {values.max():.{digits}f}"


def listed(values: Iterable[float], form: str) -> str:
    """Return values one after the other, each in a format such as ``"{:.1f}"``.

    Examples
    --------
    >>> listed([55.53, 42.7], "{:.1f}")
    '55.5, 42.7'
    """
    return ", ".join(form.format(value) for value in values)
