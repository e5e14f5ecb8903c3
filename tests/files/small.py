"""A run that takes no time to write, and what makes one found on a disk whole."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from neuromodsim.result import run_store
from neuromodsim.storage import checked_store, zarr3

ATTRIBUTES: dict[str, Any] = {
    "Conventions": "CF-1.11",
    "title": "A run for tests.",
    "format": 1,
    "experiment": "pairing",
    "condition": "paired",
    "device": "numpy",
    "duration": "0.05 s",
    "dt": "0.001 s",
    "third_factor": "event-driven",
    "parameters": json.dumps({"dopamine.tau_d": {"value": "0.2 second", "meaning": "life of dopamine"}}),
    "changed": "{}",
    "recording": json.dumps({"spikes": {}, "states": {}, "only": {}, "windows": {}, "events": {}}),
    "equations": "{}",
    "sources": "{}",
    "compiler": "",
    "flags": "",
    "versions": json.dumps({"neuromodsim": "0.1.0"}),
    "notes": "{}",
    "command": "test",
    "computing_time": "0.001 s",
    "created_at": "2026-01-01T00:00:00+00:00",
}
SECONDS = {"units": "s", "long_name": "time since the start of the run"}
ONE = {"units": "1", "long_name": "index of the cell"}


def tree(seed: int = 0) -> xr.DataTree:
    """Return a run of a few numbers that all tell which one it is."""
    spikes = xr.Dataset(
        {
            "time": ("spike", np.arange(4) + seed / 8, SECONDS),
            "neuron": ("spike", np.full(4, seed, np.int32), ONE),
        }
    )
    state = xr.Dataset(
        {"v": (("time", "neuron"), np.full((3, 2), float(seed)), {"units": "mV", "long_name": "v"})},
        coords={"time": ("time", np.arange(3.0), SECONDS)},
    )
    root = xr.Dataset(attrs={**ATTRIBUTES, "seed": seed})
    return xr.DataTree.from_dict({"/": root, "/spikes/cells": spikes, "/state/cells": state})


def whole(place: Path) -> int:
    """Return the seed of the run in a store of which every chunk is there and sound; fails if one is not.

    Nothing of Zarr's own is used, whose threads do not outlive a fork.
    """
    contents = zarr3.examine(place)
    assert contents.attributes[""][run_store.CONTENTS] == contents.digest
    assert zarr3.foreign(place, contents) is None
    assert sorted(contents.arrays) == [
        *("spikes/cells/neuron", "spikes/cells/time", "state/cells/time", "state/cells/v"),
    ]
    for path, array in contents.arrays.items():
        for index in np.ndindex(*array.grid):
            chunk = place / path / "c" / "/".join(map(str, index))
            checked_store.expect_sound(array, chunk.read_bytes(), chunk)
    return int(contents.attributes[""]["seed"])
