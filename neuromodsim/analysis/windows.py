"""Means over consecutive windows of a recorded course."""

import numpy as np


def window_means(values: np.ndarray, samples: int) -> np.ndarray:
    """Return means over so many samples each, and leave an incomplete last one out.

    Parameters
    ----------
    values
        One per sample, shape ``(sample,)``.
    samples
        In a window, at least 1.

    Returns
    -------
    np.ndarray
        Shape ``(sample // samples,)``, in the unit of the values.

    Examples
    --------
    >>> window_means(np.array([1, 3, 5, 7, 100]), 2).tolist()
    [2.0, 6.0]
    """
    whole = len(values) // samples * samples
    return np.asarray(values[:whole], dtype=float).reshape(-1, samples).mean(axis=1)
