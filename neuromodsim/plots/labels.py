"""What a picture says of its run."""

import xarray as xr


def run_title(run: xr.DataTree) -> str:
    """Return the condition and the seed of a run, from its attributes.

    Examples
    --------
    >>> run_title(xr.DataTree(xr.Dataset(attrs={"condition": "yoked", "seed": 3})))
    'yoked, seed 3'
    """
    return f"{run.attrs['condition']}, seed {run.attrs['seed']}"
