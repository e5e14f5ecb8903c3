"""Mean, spread and error of the runs of a condition, of which there may be one or none."""

import numpy as np
from numpy.typing import ArrayLike


def mean(values: ArrayLike) -> float:
    """Return the mean of all values; NaN without any.

    Examples
    --------
    >>> mean([0.9, 1.0]), mean([])
    (0.95, nan)
    """
    values = np.asarray(values, dtype=float)
    return float(values.mean()) if values.size else float("nan")


def deviation(values: ArrayLike) -> float:
    """Return the standard deviation of the population that the values are a sample of; NaN below two.

    Parameters
    ----------
    values
        In any shape; the square root of the sum of squares over n - 1.

    Examples
    --------
    >>> deviation([1.0, 2.0, 3.0]), deviation([1.0])
    (1.0, nan)
    """
    values = np.asarray(values, dtype=float)
    return float(values.std(ddof=1)) if values.size > 1 else float("nan")


def standard_error(values: ArrayLike) -> float:
    """Return the standard error of the mean, `deviation` over the root of n; NaN below two values.

    Examples
    --------
    >>> standard_error([1.0, 1.0, 3.0, 3.0, 5.0, 5.0, 1.0, 5.0, 3.0])
    0.5773502691896257
    """
    values = np.asarray(values, dtype=float)
    return deviation(values) / float(np.sqrt(max(values.size, 1)))
