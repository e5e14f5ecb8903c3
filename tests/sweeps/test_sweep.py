"""A sweep is its runs, stacked: each as if it had been made alone, and none twice."""

import json
import os
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from brian2 import ms, mV, second

import neuromodsim as nms
from neuromodsim.backends import cache
from neuromodsim.protocols.pairing.experiment import EXPERIMENT
from neuromodsim.sweeps import making
from neuromodsim.sweeps import plan as plans
from neuromodsim.sweeps.reading import failures
from tests.sweeps.conftest import OVER, RUN


def kept(store):
    """Return every run of a store and when it came there."""
    return {p.name: p.stat().st_ctime_ns for p in (store / "runs").iterdir()}


def test_every_run_is_the_one_made_alone(swept):
    """Fails when a value reaches another run, or a run is put at another place."""
    # Past the reward, where the lives of the tag lead to different weights; seeds make no difference.
    run = RUN | {"duration": 1200 * ms, "parameters": {"task.reward_delay": 100 * ms}}
    tree = swept({**OVER, "seed": [1, 2]}, **run)
    weight = tree["synapses/excitatory"].weight
    assert weight.dims == ("seed", "dopamine_stdp.tau_c", "time", "synapse")
    assert tree["status"].values.tolist() == [["done", "done"]] * 2
    for tau in OVER["dopamine_stdp.tau_c"]:
        values = run["parameters"] | {"dopamine_stdp.tau_c": tau}
        alone = nms.simulate("pairing", **run | {"parameters": values})
        for seed in (1, 2):
            here = {"seed": seed, "dopamine_stdp.tau_c": float(tau)}
            assert weight.sel(here).values.tolist() == alone["synapses/excitatory"].weight.values.tolist()
            one = nms.open(str(tree["run"].sel(here).item()))
            assert one.attrs["seed"] == seed and one["spikes/pre"].identical(alone["spikes/pre"])
            counts = tree["spikes/pre"].spike_count.sel(here)
            assert counts.values.tolist() == alone["spikes/pre"].spike_count.values.tolist()
    short, long = weight.isel(seed=0, time=-1, synapse=0).values
    assert 0 < short < long


@pytest.fixture(scope="module")
def whole(client, tmp_path_factory):
    """Return the small sweep, for tests that only read it."""
    store = tmp_path_factory.mktemp("whole") / "sweep.zarr"
    return nms.sweep("pairing", OVER, store, client=client, **RUN)


def test_dimensions_have_units_and_the_tree_says_what_it_is(whole):
    tree = whole
    tau = tree["dopamine_stdp.tau_c"]
    assert tau.values.tolist() == [0.5, 1.0] and tau.units == "s"
    assert tree["synapses/excitatory"].weight.units == "mV"
    assert json.loads(tree.attrs["sweep"])["over"]["seed"] == [1, 2, 3]
    assert tree.attrs["experiment"] == "pairing" and "seed" not in tree.attrs
    assert tree["synapses/excitatory"].pre.dims == ("seed", "dopamine_stdp.tau_c", "synapse")


def test_numbers_are_read_when_they_are_needed(whole):
    """Fails when opening a sweep loads it."""
    weight = whole["synapses/excitatory"].weight
    assert weight.chunks is not None and weight.data.npartitions == 6


def test_numbers_are_read_from_any_folder(swept, tmp_path, monkeypatch):
    """Fails when a tree opened by a relative path is lost once another folder is the current one."""
    monkeypatch.chdir(tmp_path)
    swept({"seed": [1, 2]}, store=Path("sweep.zarr"))
    tree = nms.open("sweep.zarr")
    run = nms.open(str(tree["run"].values.flat[0]))
    monkeypatch.chdir("/")
    assert np.isfinite(tree["synapses/excitatory"].weight.values).all()
    assert np.isfinite(run["synapses/excitatory"].weight.values).all()


def test_runs_that_are_done_are_not_made_again(swept, tmp_path):
    swept({"seed": [1, 2]})
    before = kept(tmp_path / "sweep.zarr")
    assert len(before) == 2
    tree = swept({"seed": [3, 2]})
    assert tree["seed"].values.tolist() == [1, 2, 3]  # earlier ones first
    assert (tree["status"] == "done").all()
    after = kept(tmp_path / "sweep.zarr")
    assert len(after) == 3 and before.items() <= after.items()


def test_missing_runs_are_nan_and_say_so(swept):
    """A grid that was made in part, as where a store is extended along two dimensions at once."""
    swept({"seed": [1], "dopamine_stdp.tau_c": [0.5 * second]})
    tree = swept({"seed": [2], "dopamine_stdp.tau_c": [1 * second]})
    assert tree["status"].values.tolist() == [["done", "missing"], ["missing", "done"]]
    weight = tree["synapses/excitatory"].weight.isel(time=-1, synapse=0).values
    assert np.isnan(weight).tolist() == [[False, True], [True, False]]
    assert tree["spikes/pre"].spike_count.dtype == float


def test_conditions_and_programs_can_vary(swept):
    """The event-driven and the clock-driven program are two builds, and both are made."""
    over = {"condition": ["paired", "published"], "third_factor": ["event-driven", "clock-driven"]}
    soon = {"task.reward_delay": 100 * ms}
    tree = swept(over, duration=1300 * ms, parameters=soon)
    weight = tree["synapses/excitatory"].weight.isel(time=-1, synapse=0)
    paired, published = (weight.sel(condition=name).values for name in over["condition"])
    assert paired[0] == pytest.approx(paired[1], rel=0.01) and paired[0] != paired[1]
    assert published[0] > 2 * paired[0]  # tonic dopamine


@pytest.mark.cpp
def test_compiled_runs_share_one_program(processes, tmp_path, monkeypatch):
    """Fails when each worker builds for itself, or a swept value asks for another program."""
    shared, empty_cache = os.environ["NEUROMODSIM_CACHE"], tmp_path / "builds"
    monkeypatch.setenv("NEUROMODSIM_CACHE", str(empty_cache))
    over = {**OVER, "seed": [1, 2]}

    def keep_builds_in(folder):
        import os  # the worker's

        os.environ["NEUROMODSIM_CACHE"] = folder

    processes.run(keep_builds_in, str(empty_cache))
    try:
        tree = nms.sweep("pairing", over, tmp_path / "s.zarr", client=processes, duration=50 * ms)
    finally:
        processes.run(keep_builds_in, shared)
    assert (tree["status"] == "done").all()
    assert len(cache.entries()) == 1


def test_initial_values_and_arrays_can_vary(swept, tmp_path):
    """An array has no place on an axis: its dimension counts them."""
    tree = swept({"excitatory.w": [1 * mV, 2 * mV]})
    assert tree["excitatory.w"].values.tolist() == [1, 2] and tree["excitatory.w"].units == "mV"
    assert tree["synapses/excitatory"].weight.isel(time=0, synapse=0).values.tolist() == [1, 2]
    arrays = [np.array([1]) * mV, np.array([3]) * mV]
    tree = swept({"excitatory.w": arrays}, store=tmp_path / "other.zarr")
    assert tree["excitatory.w"].values.tolist() == [0, 1]
    assert tree["synapses/excitatory"].weight.isel(time=0, synapse=0).values.tolist() == [1, 3]


def test_nothing_of_brian_goes_to_a_worker():
    """Fails when a plan holds more than JSON does."""
    given = {"excitatory.w": np.ones(1) * mV}
    plan = plans.make("pairing", OVER, record=None, parameters=given, **OPTIONS)
    again = plans.Plan.load(json.loads(json.dumps(plan.plain())))
    assert [plans.key(c) for c in again.points()] == [plans.key(c) for c in plan.points()]
    assert again.arguments(next(again.points()))["parameters"]["excitatory.w"] == np.ones(1) * mV


OPTIONS = {"seed": 0, "condition": None, "third_factor": "event-driven", "timeout": None, **RUN}
REFUSED = [
    ({}, {}, "at least one thing that varies"),
    ({"seed": []}, {}, "'seed' has no values"),
    ({"seed": 3}, {}, "'seed' must be given as a list of values; got 3"),
    ({"seed": [1, 1]}, {}, "'seed' has the value 1 twice"),
    ({"seed": [-1]}, {}, "seed must be a whole number"),
    ({"sed": [1]}, {}, "'sed' cannot vary: a sweep goes over seed"),
    ({"duration": ["1s", "2s"]}, {}, "'duration' cannot vary"),
    ({"dopamine_stdp.tau": ["1s"]}, {}, "no parameter 'dopamine_stdp.tau'; did you mean"),
    ({"dopamine_stdp.tau_c": ["1s", "1mV"]}, {}, "needs a unit of time"),
    ({"dopamine_stdp.tau_c": ["1s", "-1s"]}, {}, "must be at least"),
    ({"condition": ["paired", "pared"]}, {}, "did you mean paired"),
    ({"seed": [1]}, {"device": "abacus"}, "no device 'abacus'"),
    ({"seed": [1]}, {"duration": "-1s"}, "duration"),
    ({"excitatory.tau_c": ["1s"]}, {"parameters": {"excitatory.tau_c": "2s"}}, "is fixed and varies"),
]


@pytest.mark.parametrize(("over", "options", "message"), REFUSED)
def test_what_cannot_be_swept_is_refused_before_anything_runs(swept, tmp_path, over, options, message):
    with pytest.raises(nms.WrongInput, match=message):
        swept(over, **options)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("workers", [0, -1, 1.5, True])
def test_a_number_of_workers_is_one(swept, workers):
    """Fails when no workers stands for all cores."""
    with pytest.raises(nms.WrongInput, match="'workers' must be a whole number from 1 up"):
        swept({"seed": [1]}, workers=workers)


@pytest.mark.parametrize(
    ("over", "message"),
    [({"seed": [1]}, "below 'if __name__ == "), ({"tau": ["1s"]}, "'tau' cannot vary")],
)
def test_a_script_without_a_guard_is_told_what_is_wrong(tmp_path, monkeypatch, over, message):
    """Fails when workers that import the script, and so do not start, hide a mistake or say only that."""

    def unstarted(**options):
        raise OSError("Nanny failed to start")

    monkeypatch.setattr(making, "_dask", lambda: SimpleNamespace(LocalCluster=unstarted))
    with pytest.raises(nms.NeuromodsimError, match=message):
        nms.sweep("pairing", over, tmp_path / "s.zarr", workers=1, **RUN)


@pytest.mark.parametrize(
    ("over", "options", "message"),
    [
        ({"seed": [4]}, {"duration": 40 * ms}, r"holds runs with duration = 0.05 second; got 0.04 second"),
        ({"seed": [4]}, {"condition": "published"}, "holds runs with condition = None; got published"),
        ({"seed": [4], "condition": ["paired"]}, {}, "holds a sweep over seed; got seed, condition"),
    ],
)
def test_runs_of_another_kind_do_not_go_into_one_store(swept, over, options, message):
    swept({"seed": [1]})
    with pytest.raises(nms.WrongInput, match=message):
        swept(over, **options)


def test_a_store_with_other_equations_is_left_alone(swept, tmp_path):
    swept({"seed": [1]})
    place = tmp_path / "sweep.zarr" / "sweep.json"
    place.write_text(place.read_text().replace("dc/dt = ", "dc/dt = 2*"))
    with pytest.raises(nms.WrongInput, match="equations of 'pairing' have changed"):
        swept({"seed": [2]})


def test_what_is_no_sweep_is_left_alone(swept, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(nms.OutputExists, match="is already there, and is not a sweep"):
        swept(store=tmp_path / "mine")
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_an_experiment_of_ones_own_is_named_by_its_module(processes, tmp_path):
    """A worker imports it; its value itself holds functions and units that do not travel."""
    named = f"{EXPERIMENT.circuit.__module__.partition('.')[0]}.protocols.pairing.experiment:EXPERIMENT"
    tree = nms.sweep(named, {"seed": [1]}, tmp_path / "s.zarr", client=processes, **RUN)
    assert tree.attrs["experiment"] == "pairing"
    with pytest.raises(nms.WrongInput, match="give it by the name of its module"):
        nms.sweep(replace(EXPERIMENT, name="mine"), {"seed": [1]}, tmp_path / "t.zarr", **RUN)
    for wrong in ("no_such_module:EXPERIMENT", "neuromodsim.protocols.pairing:LISTED"):
        with pytest.raises(nms.WrongInput, match="experiment"):
            nms.sweep(wrong, {"seed": [1]}, tmp_path / "t.zarr", **RUN)


@pytest.mark.filterwarnings("ignore:overflow")  # as in a process of its own
def test_a_run_that_fails_is_listed_and_others_are_made(swept):
    """So much dopamine becomes infinite; the other run does not know of it."""
    plenty = {"dopamine.d": 1.7e308, "dopamine.tau_d": 1e6 * second, "task.reward_delay": 10 * ms}
    tree = swept({"dopamine.reward_size": [1.0, 1.7e308]}, duration=1100 * ms, parameters=plenty)
    assert tree["status"].values.tolist() == ["done", "failed"]
    ((chosen, reason),) = failures(tree)
    assert chosen == {"dopamine.reward_size": 1.7e308}
    assert "infinite" in reason and tree["reason"].values.tolist() == ["", reason]
