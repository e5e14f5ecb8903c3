"""Learning curves: how right answers come, trial by trial."""

import numpy as np
from numpy.typing import ArrayLike

from neuromodsim.errors import WrongInput


def criterion(right: np.ndarray, window: int = 40, needed: int = 36) -> float:
    """Return after how many trials as many of a window as needed were right; NaN if never.

    Parameters
    ----------
    right
        1 where an answer is right, else 0, shape ``(trial,)``.
    window, needed
        In trials. The window that counts first ends with the trial that is returned.

    Examples
    --------
    >>> criterion(np.array([0, 1, 0, 1, 1, 1]), window=3, needed=3)
    6.0
    >>> criterion(np.zeros(50))
    nan
    """
    if len(right) < window:  # NumPy would slide the trials along the window
        return float("nan")
    reached = np.flatnonzero(np.convolve(right, np.ones(window), "valid") >= needed)
    return float(reached[0] + window) if reached.size else float("nan")


def running_mean(values: ArrayLike, window: int) -> np.ndarray:
    """Return the mean of each value and those before it, as many as a window holds.

    Parameters
    ----------
    values
        One per trial, shape ``(trial,)``.
    window
        In trials; the first mean belongs to the trial of this number.

    Returns
    -------
    np.ndarray
        Shape ``(trial - window + 1,)``, in the unit of the values.

    Raises
    ------
    WrongInput
        If there are fewer values than the window holds.

    Examples
    --------
    >>> running_mean([0, 1, 1, 1], window=2).tolist()
    [0.5, 1.0, 1.0]
    """
    if not 1 <= window <= np.size(values):
        raise WrongInput(
            f"A window must hold 1 to {np.size(values)} values, as many as there are; got {window}."
        )
    return np.convolve(np.asarray(values), np.ones(window) / window, "valid")
