"""Opening whatever a path keeps: one run, or all runs of a sweep."""

import os
from typing import TYPE_CHECKING

from neuromodsim.result.run_store import SWEEP, open_run
from neuromodsim.storage import files
from neuromodsim.sweeps.reading import open_sweep

if TYPE_CHECKING:
    import xarray as xr


def open_any(path: str | os.PathLike[str]) -> "xr.DataTree":
    """Open a stored run, or all runs of a sweep, lazily.

    Nothing in a store is executed or unpickled: it must be Zarr version 3 with known codecs, and is validated
    before it is decoded (docs/trust.md).

    Parameters
    ----------
    path
        A folder written by `neuromodsim.save` or `neuromodsim.sweep`.

    Returns
    -------
    xarray.DataTree
        The stored tree. Values are read, and their checksums verified, on access.

    Raises
    ------
    WrongInput
        If there is no store at the path, or it cannot be read, is damaged, or was not written by neuromodsim;
        on access, if the values are damaged.

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
