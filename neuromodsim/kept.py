"""Runs that are kept in a folder: an ensemble that was interrupted goes on where it was.

A run's name ends in a digest of all that it is given, its program and every number. After a change of
either, runs that were kept are no longer found, and are made anew.
"""

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from neuromodsim import catalogue, identity
from neuromodsim.errors import RunFailed
from neuromodsim.result import open_run, recording_text, save
from neuromodsim.simulation import simulate
from neuromodsim.values import gather

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
    known = catalogue.experiment(experiment)
    name, chosen = known.condition(condition)
    values = gather(known, chosen, {}, seed, float(known.duration))
    program = identity.of(known, known.recording, "lazy")
    words = [program, recording_text(known.recording), repr(known.duration), name, seed]
    digest = hashlib.sha256(json.dumps(words, default=str).encode())
    for path, numbers in sorted({**values.numbers, **values.tables}.items()):
        digest.update(path.encode() + np.ascontiguousarray(numbers).tobytes())
    if chosen.yoke is not None:
        digest.update(given(experiment, chosen.yoke.condition, seed + chosen.yoke.shift).encode())
    return digest.hexdigest()[:16]
