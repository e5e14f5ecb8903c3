"""What goes wrong in a sweep costs one run and no other: nothing is lost, nothing is double."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from functools import cache
from pathlib import Path

import pytest

import neuromodsim as nms
from neuromodsim.sweeps import plan as plans
from neuromodsim.sweeps.store import Store
from tests.sweeps.conftest import OVER, RUN
from tests.sweeps.test_sweep import OPTIONS

ROOT = Path(__file__).parents[2]
SOON = {"task.reward_delay": "0.2 second"}  # the weight moves after the reward, and seeds make no difference
LONG = {**RUN, "duration": "1.4 second", "parameters": SOON}  # long enough to be killed half way
SEEDS = {"seed": [1, 2, 3, 4]}


PATIENCE = 600.0  # s, which only what does not come takes: a busy machine is no mistake


def soon(what, seconds=PATIENCE):
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)


def runs(store):
    """Return every run of a store and when it came there."""
    return {p.name: p.stat().st_ctime_ns for p in (store / "runs").glob("[!.]*")}


@cache
def alone():
    """Return the weights of a run that no sweep makes."""
    return nms.simulate("pairing", **LONG)["synapses/excitatory"].weight.values.tolist()


def expect_right(tree):
    """Fail unless each run is the one made alone."""
    assert (tree["status"] == "done").all()
    assert alone()[-1] != alone()[0]
    for seed in SEEDS["seed"]:
        assert tree["synapses/excitatory"].weight.sel(seed=seed).values.tolist() == alone()


def environment():
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def test_a_worker_that_is_killed_costs_nothing(tmp_path):
    """Its run is made again by another, and kept once."""
    from distributed import Client, LocalCluster

    found = []
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": ":0", "silence_logs": 60}
    with LocalCluster(**options) as cluster, Client(cluster) as client:
        processes = client.run(os.getpid)  # asked before they are busy

        def work():
            found.append(nms.sweep("pairing", SEEDS, tmp_path / "s.zarr", client=client, **LONG))

        sweep = threading.Thread(target=work)
        sweep.start()
        soon(lambda: runs(tmp_path / "s.zarr"))  # once one is there, both are in the midst of the next
        busy = [worker for worker, tasks in client.processing().items() if tasks]
        victim = next((worker for worker in busy if worker in processes), next(iter(processes)))
        os.kill(processes[victim], signal.SIGKILL)
        sweep.join(timeout=PATIENCE)
    expect_right(found[0])
    assert len(runs(tmp_path / "s.zarr")) == 4


SWEEP = """
import sys
from distributed import Client
import neuromodsim as nms
if __name__ == "__main__":
    client = Client(sys.argv[2]) if len(sys.argv) > 2 else None
    nms.sweep("pairing", {"seed": [1, 2, 3, 4]}, sys.argv[1], client=client, workers=1, device="numpy",
              duration="1.4 second", parameters={"task.reward_delay": "0.2 second"})
"""


def test_a_sweep_that_is_killed_goes_on_where_it_was(tmp_path, client):
    """Everything dies at once, scheduler and workers, in mid-run; what is half written is taken away."""
    store = tmp_path / "s.zarr"
    (tmp_path / "sweep.py").write_text(SWEEP)
    command = [sys.executable, str(tmp_path / "sweep.py"), str(store)]
    process = subprocess.Popen(command, env=environment(), start_new_session=True, stderr=subprocess.DEVNULL)
    soon(lambda: (store / "runs").exists() and runs(store))
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    time.sleep(0.5)  # a worker that is about to put its run there
    before = runs(store)
    assert 1 <= len(before) < 4
    half = store / "runs" / ".0123.zarr.abc"
    half.mkdir()
    (half / "zarr.json").write_text("{")
    expect_right(nms.sweep("pairing", SEEDS, store, client=client, **LONG))
    after = runs(store)
    assert len(after) == 4 and before.items() <= after.items()
    assert not half.exists()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def test_a_scheduler_that_is_lost_is_told_and_the_sweep_goes_on(tmp_path, client):
    """Fails when the sweep waits for ever, or starts all over again."""
    address = f"tcp://127.0.0.1:{free_port()}"
    schedule = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--no-dashboard", "--host", address]
    work = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--no-dashboard"]
    work += [
        "--nworkers",
        "1",
        "--nthreads",
        "1",
        "--local-directory",
        str(tmp_path),
        "--death-timeout",
        "20",
    ]
    store = tmp_path / "s.zarr"
    (tmp_path / "sweep.py").write_text(SWEEP)
    sweep = [sys.executable, str(tmp_path / "sweep.py"), str(store), address]
    started = [
        subprocess.Popen(
            command, env=environment(), start_new_session=True, stderr=subprocess.PIPE, text=True
        )
        for command in (schedule, work, sweep)
    ]
    try:
        soon(lambda: (store / "runs").exists() and runs(store))
        os.kill(started[0].pid, signal.SIGKILL)
        said = started[2].communicate(timeout=PATIENCE)[1]
    finally:
        for process in started:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    assert "The scheduler of this sweep was lost; start the sweep again" in said
    time.sleep(0.5)
    before = runs(store)
    expect_right(nms.sweep("pairing", SEEDS, store, client=client, **LONG))
    assert before.items() <= runs(store).items()


def test_a_full_disk_is_told(tiny_disk, client):
    """Not even the reason can be written there; it is told all the same."""
    with pytest.raises(nms.RunFailed, match=r"could not be written|cannot be written|No space left"):
        nms.sweep("pairing", SEEDS, tiny_disk / "s.zarr", client=client, **RUN)
    store = Store(tiny_disk / "s.zarr")
    assert not any(store.done({"seed": seed}) for seed in SEEDS["seed"])


def test_two_sweeps_do_not_share_a_store_at_once(tmp_path, client):
    """The second is told so at once; the first goes on."""
    store = Store(tmp_path / "s.zarr")
    plan = plans.make("pairing", OVER, record=None, parameters=None, **OPTIONS)
    with (
        store.claimed(plan),
        pytest.raises(nms.WrongInput, match=r"Another sweep is running in '.*s.zarr'; wait until"),
    ):
        nms.sweep("pairing", OVER, store.place, client=client, **RUN)


def test_failures_are_tried_again(tmp_path, client):
    """A disk that was full, a worker without memory: the reason is gone, and so is the note of it."""
    store = Store(tmp_path / "s.zarr")
    plan = plans.make("pairing", {"seed": [1]}, record=None, parameters=None, **OPTIONS)
    with store.claimed(plan):
        store.fail({"seed": 1}, "the disk was full")
    with pytest.raises(nms.RunFailed, match=r"No run of .* is done: the disk was full"):
        nms.open(store.place)
    tree = nms.sweep("pairing", {"seed": [1]}, store.place, client=client, **RUN)
    assert tree["status"].values.tolist() == ["done"] and tree["reason"].values.tolist() == [""]
    assert not list((store.place / "failed").iterdir())
