"""Ensembles drawn anew from the runs of a summary (bootstrap)."""

from collections.abc import Hashable, Iterator
from typing import Any

import numpy as np
import xarray as xr


def drawn_anew(summary: xr.Dataset, rng: np.random.Generator) -> xr.Dataset:
    """Return a summary of seeds drawn with replacement from its own, as many of each condition.

    Parameters
    ----------
    summary
        Runs along ``run``, labelled by ``seed`` and whatever else tells conditions apart; or seeds along
        ``seed``.
    rng
        What seeds are drawn with. Conditions that were run with the same seeds get the same ones, so that
        what is compared seed by seed stays together.

    Returns
    -------
    xr.Dataset
        The same shape and labels; a condition of one seed stays as it is.

    Examples
    --------
    >>> labels = {"condition": ("run", ["a", "a", "b", "b"]), "seed": ("run", [0, 1, 0, 1])}
    >>> summary = xr.Dataset({"weight": ("run", [1.0, 2.0, 11.0, 12.0])}, labels)
    >>> fresh = drawn_anew(summary, np.random.default_rng(0)).weight.values
    >>> (fresh[2:] - fresh[:2]).tolist()
    [10.0, 10.0]
    """
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


def _conditions(summary: xr.Dataset) -> Iterator[Any]:
    """Yield the places of the runs that differ by their seed only, sorted by seed."""
    told = [c for n, c in summary.coords.items() if c.dims == ("run",) and n not in ("run", "seed")]
    groups: dict[tuple[Any, ...], list[int]] = {}
    for place in range(summary.sizes["run"]):
        groups.setdefault(tuple(c.values[place] for c in told), []).append(place)
    for places in groups.values():
        rows = np.array(places)
        yield rows[np.argsort(summary.seed.values[rows], kind="stable")]
