"""How likely new seeds are to support a figure's claims: a bootstrap over the runs of its summary."""

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from neuromodsim.analysis.resampling import drawn_anew

if TYPE_CHECKING:
    import xarray as xr


class Chance(NamedTuple):
    """One claim, and in what share of ensembles drawn anew it is supported."""

    claim: str
    observed: str
    share: float


def chances(module: Any, summary: "xr.Dataset", draws: int = 1000, seed: int = 0) -> list[Chance]:
    """Return how likely each claim of a figure is to be supported by a fresh ensemble of the same size.

    Seeds are drawn with replacement, and the same ones for all conditions that were run with the same seeds,
    so that what is compared seed by seed stays together. A claim about the worst of a few runs looks safer
    than it is: no draw is worse than the worst that was seen. A condition with one seed never changes.

    Parameters
    ----------
    module
        A figure, or anything with its ``check``.
    summary
        Its runs, along ``run`` or ``seed``.
    draws
        How many ensembles are drawn.
    seed
        Of these draws.

    Returns
    -------
    list of Chance
        In the order of the claims.

    Examples
    --------
    >>> from neuromodsim.catalogue import catalogue
    >>> from neuromodsim.reports import figure
    >>> summary, _ = figure.stored("izhikevich2007/fig1")
    >>> chance = chances(catalogue.figure("izhikevich2007/fig1"), summary, draws=20)[0]
    >>> chance.share > 0.5
    True
    """
    rng = np.random.default_rng(seed)
    claims = module.check(summary)
    held: Counter[int] = Counter()
    for fresh in (drawn_anew(summary, rng) for _ in range(draws)):
        held.update(place for place, check in enumerate(module.check(fresh)) if check.supported)
    return [Chance(c.claim, c.observed, held[place] / draws) for place, c in enumerate(claims)]
