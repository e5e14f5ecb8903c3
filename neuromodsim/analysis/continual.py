"""What a sequence of training blocks comes to: accuracy, forgetting, backward transfer.

All are read from one matrix of a run, ``right`` with shape ``(block, place)``: the share of right answers
after so many training blocks, on the class that was trained at this place of the sequence; NaN for classes
that were not trained yet.
"""

import numpy as np


def accuracy(right: np.ndarray) -> np.ndarray:
    """Return the mean over the classes trained so far, shape ``(block,)``.

    Examples
    --------
    >>> accuracy(np.array([[1.0, np.nan], [0.5, 0.9]])).tolist()
    [1.0, 0.7]
    """
    return np.array([right[block, : block + 1].mean() for block in range(len(right))])


def forgetting(right: np.ndarray) -> float:
    """Return the mean fall from the best of earlier evaluations to the last, of all classes but the last.

    As in Chaudhry et al. (2018, arXiv 1801.10112). Classes trained later compete for the
    answer, so it is above zero even if no synapse that was trained ever changes again.

    Examples
    --------
    >>> forgetting(np.array([[1.0, np.nan], [0.5, 0.9]]))
    0.5
    """
    return float((np.nanmax(right[:-1, :-1], axis=0) - right[-1, :-1]).mean())


def transfer(right: np.ndarray) -> float:
    """Return the mean change from a class's own evaluation to the last, of all classes but the last.

    Backward transfer as in Lopez-Paz and Ranzato (2017, arXiv 1706.08840): negative where later training
    interferes.

    Examples
    --------
    >>> transfer(np.array([[1.0, np.nan], [0.5, 0.9]]))
    -0.5
    """
    return float((right[-1, :-1] - np.diagonal(right)[:-1]).mean())
