"""Which runs of a summary are meant."""

from collections.abc import Set
from typing import Any

import numpy as np
import xarray as xr

from neuromodsim.errors import unknown


def runs_with(summary: xr.Dataset, **labels: Any) -> xr.Dataset:
    """Return the runs that have some labels, in the order in which they are.

    Parameters
    ----------
    summary
        Runs along ``run``, labelled by coordinates such as ``condition``, ``experiment`` and ``seed``.
    labels
        The value of each label, or several of which a run has one.

    Returns
    -------
    xr.Dataset
        The same variables; no runs if none has these labels.

    Raises
    ------
    WrongInput
        If runs have no such label.

    Examples
    --------
    >>> labels = {"condition": ("run", ["paired", "yoked", "paired"]), "seed": ("run", [0, 0, 1])}
    >>> summary = xr.Dataset({"weight": ("run", [4.0, 0.5, 3.9])}, labels)
    >>> runs_with(summary, condition="paired").weight.values.tolist()
    [4.0, 3.9]
    >>> runs_with(summary, condition=("paired", "yoked"), seed=0).weight.values.tolist()
    [4.0, 0.5]
    """
    chosen = np.ones(summary.sizes["run"], dtype=bool)
    for name, values in labels.items():
        if name not in summary.coords:
            raise unknown("label of runs", name, map(str, summary.coords))
        # A label that all runs share may be kept once.
        wanted = list(values) if isinstance(values, Set) else values  # which NumPy takes for one thing
        chosen &= np.isin(summary[name].values, wanted)
    return summary.isel(run=np.flatnonzero(chosen))
