"""Runs that are kept in a folder: an ensemble that was interrupted goes on where it was.

A run's name ends in a digest of all that it is given, its program and every number. After a change of
either, runs that were kept are no longer found, and are made anew.
"""

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from neuromodsim.result.run_store import open_run, save_once
from neuromodsim.simulation.simulator import simulate
from neuromodsim.storage import files
from neuromodsim.sweeps import origin

if TYPE_CHECKING:
    import xarray as xr


def run(folder: Path, experiment: str, condition: str, seed: int) -> "xr.DataTree":
    """Return a run of an experiment as it is described, from a folder, or made now and kept there.

    Raises
    ------
    RunFailed
        If it fails, or there is no room in the folder.
    WrongInput
        If the folder cannot be written.
    """
    words = (experiment.replace(" ", ","), condition, seed, given(experiment, condition, seed))
    place = folder / f"{'-'.join(map(str, words))}.zarr"
    if not os.path.lexists(place):
        expect_folder(folder)
        tree = simulate(experiment, condition=condition, seed=seed, progress=False)
        # Another process may have made the same run meanwhile; then its copy stays.
        save_once(tree, place)
    return open_run(place)


def expect_folder(folder: Path) -> None:
    """Make a folder for runs, unless it is there, and try whether it takes any."""
    with files.failing_as(folder):
        files.make_folder(folder)
    files.expect_room(folder, f"'{folder}'")


def given(experiment: str, condition: str, seed: int) -> str:
    """Return a digest of all that a run is given."""
    words = [origin.program(experiment), condition, str(seed), origin.inputs(experiment, condition, seed)]
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]
