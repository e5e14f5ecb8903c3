"""Information in choices, in bits."""

import numpy as np


def entropy(actions: np.ndarray) -> float:
    """Return the entropy of choices of 0 or 1, in bits; NaN without any.

    The entropy of the frequencies themselves, which is below that of the chooser where choices are few.

    Parameters
    ----------
    actions
        0 or 1 for each choice, shape ``(trial,)``.

    Examples
    --------
    >>> entropy(np.array([0, 1, 1, 0])), round(entropy(np.array([1, 1, 1, 0])), 3)
    (1.0, 0.811)
    """
    if actions.size == 0:
        return float("nan")
    p = np.clip([actions.mean(), 1 - actions.mean()], 1e-12, 1)
    return float(-(p * np.log2(p)).sum())
