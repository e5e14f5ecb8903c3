"""Runs that are kept in a folder: an ensemble that was interrupted goes on where it was.

A run's name ends in a digest of all that it is given, its program and every number. After a change of
either, runs that were kept are no longer found, and are made anew.
"""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from neuromodsim import origin
from neuromodsim.errors import RunFailed
from neuromodsim.keeping import open_run, save
from neuromodsim.simulation import simulate

if TYPE_CHECKING:
    import xarray as xr


def run(folder: Path, experiment: str, condition: str, seed: int) -> "xr.DataTree":
    """Return a run of an experiment as it is described, from a folder, or made now and kept there.

    Raises
    ------
    RunFailed
        If it fails, or the folder cannot be written.
    """
    place = folder / f"{experiment}-{condition}-{seed}-{given(experiment, condition, seed)}.zarr"
    if not place.exists():
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RunFailed(f"'{folder}' cannot be written: {error.strerror or error}.") from error
        save(simulate(experiment, condition=condition, seed=seed, progress=False), place, overwrite=True)
    return open_run(place)


def given(experiment: str, condition: str, seed: int) -> str:
    """Return a digest of all that a run is given."""
    words = [origin.program(experiment), condition, str(seed), origin.inputs(experiment, condition, seed)]
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]
