"""A small sweep, and workers to make it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from brian2 import ms, second

import neuromodsim as nms

# Three seeds by two lives of the tag, of one pair of spikes: on NumPy each takes a moment.
OVER = {"seed": [1, 2, 3], "dopamine_stdp.tau_c": [0.5 * second, 1 * second]}
RUN: dict[str, Any] = {"device": "numpy", "duration": 50 * ms}


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """Return a client whose worker is a thread of this process: others would import all anew first."""
    import dask
    from distributed import Client, LocalCluster

    options = {"n_workers": 1, "threads_per_worker": 1, "dashboard_address": ":0", "silence_logs": 50}
    here = {"processes": False, "protocol": "inproc://"}
    with (
        dask.config.set({"distributed.worker.profile.enabled": False}),
        LocalCluster(**options, **here) as cluster,
        Client(cluster) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def processes() -> Iterator[Any]:
    """Return a client of two worker processes, for what is about processes; the tests of a file share it."""
    from distributed import Client, LocalCluster

    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": ":0", "silence_logs": 50}
    with LocalCluster(**options) as cluster, Client(cluster) as dask:
        yield dask


@pytest.fixture
def swept(client: Any, tmp_path: Path) -> Callable[..., Any]:
    """Return a function that makes the small sweep, or another, in a folder of the test's own."""

    def make(over: Any = None, store: Path = tmp_path / "sweep.zarr", **options: Any) -> Any:
        return nms.sweep(
            "pairing", OVER if over is None else over, store, **({"client": client} | RUN | options)
        )

    return make
