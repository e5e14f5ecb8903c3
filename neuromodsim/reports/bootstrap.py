"""How likely new seeds are to support a figure's claims: a bootstrap over the runs of its summary."""

from collections import Counter
from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

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
    for fresh in (_drawn(summary, rng) for _ in range(draws)):
        held.update(place for place, check in enumerate(module.check(fresh)) if check.supported)
    return [Chance(c.claim, c.observed, held[place] / draws) for place, c in enumerate(claims)]


def _drawn(summary: "xr.Dataset", rng: np.random.Generator) -> "xr.Dataset":
    """Return a summary of seeds drawn with replacement from its own."""
    if "seed" in summary.dims:
        picked = rng.integers(0, summary.sizes["seed"], summary.sizes["seed"])
        fresh = summary.isel(seed=picked)
        return fresh.assign_coords(seed=summary.seed) if "seed" in summary.coords else fresh
    if "seed" not in summary.coords or summary.seed.dims != ("run",):  # all have one seed
        return summary
    at = np.arange(summary.sizes["run"])
    picks: dict[Hashable, Any] = {}
    for rows in _conditions(summary):
        seeds = tuple(summary.seed.values[rows].tolist())
        if seeds not in picks:
            picks[seeds] = rng.integers(0, len(seeds), len(seeds))
        at[rows] = rows[picks[seeds]]
    return summary.isel(run=at).assign_coords(seed=summary.seed)


def _conditions(summary: "xr.Dataset") -> Iterator[Any]:
    """Yield the places of the runs that differ by their seed only, sorted by seed."""
    told = [c for n, c in summary.coords.items() if c.dims == ("run",) and n not in ("run", "seed")]
    groups: dict[tuple[Any, ...], list[int]] = {}
    for place in range(summary.sizes["run"]):
        groups.setdefault(tuple(c.values[place] for c in told), []).append(place)
    for places in groups.values():
        rows = np.array(places)
        yield rows[np.argsort(summary.seed.values[rows], kind="stable")]
