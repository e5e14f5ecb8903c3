"""How far a share or a ratio may be from what was seen: intervals that contain it in 95 % of ensembles."""

import numpy as np
from numpy.typing import ArrayLike

from neuromodsim.errors import WrongInput

NORMAL = 1.96  # of the normal distribution, 95 % lie within as many standard deviations


def share(successes: ArrayLike) -> tuple[float, float, float]:
    """Return the share of runs that succeed, and its 95 % interval.

    The interval is Wilson's (1927, J. Am. Stat. Assoc. 22: 209), which stays within 0 and 1 and has a width
    even where all runs succeed, or none.

    Parameters
    ----------
    successes
        Whether each run does, shape ``(run,)``, at least one; as booleans, or 0 and 1.

    Returns
    -------
    tuple
        Share, lower and upper bound.

    Raises
    ------
    WrongInput
        If there is no run, or something else than yes or no of one, such as NaN.

    Examples
    --------
    >>> [round(bound, 3) for bound in share([True] * 48 + [False] * 2)]
    [0.96, 0.865, 0.989]
    """
    given = np.asarray(successes, dtype=float)
    if not given.size or not np.isin(given, (0, 1)).all():
        raise WrongInput(f"Successes must be yes or no of at least one run; got {successes!r}.")
    values = given.astype(bool)
    n, p, z = values.size, values.mean(), NORMAL
    centre, width = p + z**2 / (2 * n), z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    low, high = ((centre + side * width) / (1 + z**2 / n) for side in (-1, 1))
    # Rounding may put an end beyond the share where all runs succeed, or none.
    return float(p), max(0.0, min(float(low), float(p))), min(1.0, max(float(high), float(p)))


def ratio_of_medians(
    values: ArrayLike, others: ArrayLike, draws: int = 2000, seed: int = 0
) -> tuple[float, float, float]:
    """Return the ratio of the medians of two independent samples, and its 95 % interval.

    The interval is between percentiles of a bootstrap: both samples are drawn anew, with replacement.

    Parameters
    ----------
    values, others
        Numerator and denominator, in one unit, shape ``(run,)``. A time that was not reached within a run is
        a lower bound if its length stands for it.
    draws
        How many pairs of samples are drawn.
    seed
        Of these draws: the interval is the same each time.

    Returns
    -------
    tuple
        Ratio, lower and upper bound.

    Examples
    --------
    >>> ratio, low, high = ratio_of_medians([20.0, 24.0, 26.0], [2.0, 2.0, 2.0])
    >>> ratio, low, high
    (12.0, 10.0, 13.0)
    """
    rng = np.random.default_rng(seed)
    both = [np.asarray(sample, dtype=float) for sample in (values, others)]
    drawn = [np.median(rng.choice(sample, (draws, sample.size)), axis=1) for sample in both]
    low, high = np.percentile(drawn[0] / drawn[1], [2.5, 97.5])
    return float(np.median(both[0]) / np.median(both[1])), float(low), float(high)
