"""Opening whatever a path keeps: one run, or all runs of a sweep."""

import os
from typing import TYPE_CHECKING

from neuromodsim.result.run_store import SWEEP, open_run
from neuromodsim.storage import files
from neuromodsim.sweeps.reading import open_sweep

if TYPE_CHECKING:
    import xarray as xr


def open_any(path: str | os.PathLike[str]) -> "xr.DataTree":
    """Return a run, or all runs of a sweep, from the store that keeps them, read lazily.

    Nothing in a store is run or unpickled: it is Zarr of version 3 with codecs that are known, looked at
    before it is decoded (docs/trust.md).

    Parameters
    ----------
    path
        The folder that `neuromodsim.save` or `neuromodsim.sweep` wrote.

    Returns
    -------
    xarray.DataTree
        What was saved. Numbers are read, and their checksums compared, when they are needed.

    Raises
    ------
    WrongInput
        If there is no store at the path, it cannot be read, was damaged, or neuromodsim did not write it;
        later, where numbers that are needed were damaged.

    Examples
    --------
    >>> import neuromodsim
    >>> run = neuromodsim.simulate("pairing", device="numpy", duration="2 s")
    >>> path = neuromodsim.save(run, "run.zarr")
    >>> neuromodsim.open(path)["spikes/pre"].time.values.tolist()
    [1.0]
    """
    place = files.located(path)
    return open_sweep(place) if os.path.lexists(place / SWEEP) else open_run(place)
