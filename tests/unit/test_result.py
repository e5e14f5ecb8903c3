"""What comes back from a run: labels, units, provenance; written whole or not at all."""

import errno
import json
import math
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from brian2 import ms, mV, second

import neuromodsim as nms
from neuromodsim.equations import PHASIC_DOPAMINE
from neuromodsim.result import dataset
from neuromodsim.storage import renames
from tests.pretend import ALWAYS, OURS, spike_driven

TRAINS = [[0.010, 0.050], [0.015, 0.052, 0.070], [0.030]]
RECORDING = nms.Recording(
    spikes={"cells": nms.Window(), "late": nms.Window(start=-40 * ms)},
    states={
        "plastic.w": 10 * ms,
        "plastic.c": 20 * ms,
        "dopamine.d": 5 * ms,
        "cells.I_synaptic": 10 * ms,
        "cells.sent": 10 * ms,
    },
    only={"cells.I_synaptic": (2, 0)},
    events={"cells.spike": ("sent",)},
)


def subject():
    found = spike_driven(TRAINS)
    (cells,) = found.circuit.populations
    parts = replace(cells, parts={"early": 1, "late": 2})
    return replace(found, circuit=replace(found.circuit, populations=(parts,)), recording=RECORDING)


@pytest.fixture(scope="module")
def run():
    return nms.simulate(
        subject(), device="numpy", duration=100 * ms, seed=3, parameters={"dopamine_stdp.tau_c": "500ms"}
    )


def variables(tree):
    for node in tree.subtree:
        for name, variable in node.to_dataset(inherit=False).variables.items():
            yield f"{node.path}/{name}", variable


def test_every_variable_has_units_and_a_long_name(run):
    paths = dict(variables(run))
    assert len(paths) > 15
    for path, variable in paths.items():
        assert variable.attrs.get("units"), path
        assert variable.attrs.get("long_name"), path


def test_spikes_are_ragged_by_neuron_then_time(run):
    spikes = run["spikes/cells"]
    assert spikes["neuron"].values.tolist() == [0, 0, 1, 1, 1, 2]
    assert spikes["time"].values == pytest.approx([0.010, 0.050, 0.015, 0.052, 0.070, 0.030])
    assert spikes["spike_count"].values.tolist() == [2, 3, 1]
    assert spikes["spike_count"].attrs["sample_dimension"] == "spike"


def test_a_part_counts_from_its_own_first_cell_and_keeps_its_window(run):
    spikes = run["spikes/late"]
    assert spikes["spike_count"].values.tolist() == [1, 0]
    assert spikes["neuron"].values.tolist() == [0]
    assert spikes["time"].values == pytest.approx([0.070])


def test_samples_have_their_own_times_and_dataset_units(run):
    synapses = run["synapses/plastic"]
    assert synapses["weight"].dims == ("time", "synapse") and synapses["weight"].attrs["units"] == "mV"
    assert synapses["time"].values == pytest.approx(np.arange(11) / 100)
    assert synapses["eligibility"].dims == ("time_eligibility", "synapse")
    assert synapses["time_eligibility"].values == pytest.approx(np.arange(6) / 50)
    assert synapses["pre"].values.tolist() == [0] and synapses["post"].values.tolist() == [1]
    assert run["modulators/dopamine"]["d"].dims == ("time", "region")


def test_a_subset_keeps_its_rows_in_the_order_asked_for(run):
    chosen = run["state/cells"]["I_synaptic"]
    assert chosen.dims == ("time", "I_synaptic_neuron")
    assert chosen["I_synaptic_neuron"].values.tolist() == [2, 0]
    assert run["state/cells"]["sent"].shape == (11, 3)


def test_events_are_rows_in_order_of_time(run):
    events = run["events/cells_spike"]
    assert events["neuron"].values.tolist() == [0, 1, 2, 0, 1, 1]
    assert events["sent"].values.tolist() == [1, 1, 1, 2, 2, 3]  # after the reset


def test_the_root_says_how_to_do_it_again(run):
    attrs = run.attrs
    assert attrs["seed"] == 3 and attrs["condition"] == "always" and attrs["device"] == "numpy"
    assert attrs["Conventions"] == "CF-1.11"
    assert json.loads(attrs["parameters"])["plastic.tau_c"]["value"] == "0.5 second"
    assert json.loads(attrs["changed"]) == {"dopamine_stdp.tau_c": "500ms"}
    assert json.loads(attrs["equations"])["dopamine"]["equations"] == PHASIC_DOPAMINE.equations
    assert json.loads(attrs["sources"])["izhikevich2007"] == "10.1093/cercor/bhl152"
    assert {"python", "brian2", "numpy"} <= set(json.loads(attrs["versions"]))
    assert dataset.recording_from(attrs["recording"]) == RECORDING


def test_a_run_comes_back_from_its_store_as_it_was(run, tmp_path):
    place = nms.save(run, tmp_path / "run.zarr")
    again = nms.open(place)
    assert again.attrs == run.attrs
    read = dict(variables(again))
    assert set(read) == set(dict(variables(run)))
    for path, one in variables(run):
        assert np.array_equal(one.values, read[path].values), path
        assert one.attrs == read[path].attrs, path
    assert os.listdir(tmp_path) == ["run.zarr"]


def test_a_part_of_a_run_is_not_saved_as_a_run(run, tmp_path):
    """Fails when a dataset of one node ends in an error about attributes, or in a store."""
    with pytest.raises(nms.WrongInput, match="can be saved; got a Dataset"):
        nms.save(run.to_dataset(), tmp_path / "part.zarr")
    assert not list(tmp_path.iterdir())


def test_a_store_is_opened_lazily(run, tmp_path):
    place = nms.save(run, tmp_path / "run.zarr")
    again = nms.open(place)
    for chunk in place.rglob("c/**/*"):
        if chunk.is_file():
            chunk.unlink()
    assert again["synapses/plastic"]["weight"].shape == (11, 1)


def test_an_output_that_exists_stays_unless_told_otherwise(run, tmp_path):
    place = nms.save(run, tmp_path / "run.zarr")
    before = {p: p.stat().st_ctime_ns for p in place.rglob("*")}
    with pytest.raises(nms.OutputExists, match="already there"):
        nms.save(run, place)
    assert {p: p.stat().st_ctime_ns for p in place.rglob("*")} == before
    nms.save(run, place, overwrite=True)
    assert nms.open(place).attrs == run.attrs
    assert {p: p.stat().st_ctime_ns for p in place.rglob("*")}.items().isdisjoint(before.items())


def test_there_must_be_a_folder_to_write_to(run, tmp_path):
    with pytest.raises(nms.WrongInput, match="no folder"):
        nms.save(run, tmp_path / "not there" / "run.zarr")


def full(self, store, **kwargs):
    """Fail as a full disk does, half way."""
    Path(store).mkdir()
    (Path(store) / "half").write_text("written")
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_full_disk_leaves_nothing_half_written(run, tmp_path, monkeypatch, overwrite):
    place = tmp_path / "run.zarr"
    if overwrite:
        nms.save(run, place)
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.setattr(xr.DataTree, "to_zarr", full)
    with pytest.raises(nms.RunFailed, match="could not be written: No space left on device"):
        nms.save(run, place, overwrite=overwrite)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("happens", ["before", "after"])
def test_an_interruption_of_an_exchange_leaves_the_old_or_the_new(run, tmp_path, monkeypatch, happens):
    place = nms.save(run, tmp_path / "run.zarr")
    exchange = renames.renameat2

    def interrupted(*arguments):
        if happens == "after":
            exchange(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(renames, "renameat2", interrupted)
    with pytest.raises(KeyboardInterrupt):
        nms.save(run, place, overwrite=True)
    assert os.listdir(tmp_path) == ["run.zarr"]
    assert nms.open(place).attrs == run.attrs


def test_a_disk_that_is_really_full_leaves_nothing(run, tiny_disk):
    with pytest.raises(nms.RunFailed, match="could not be written"):
        nms.save(run, tiny_disk / "run.zarr")
    assert os.listdir(tiny_disk) == []


def make_foreign(place):
    xr.Dataset({"x": ("t", [1.0, 2.0])}).to_zarr(place, consolidated=True)


def make_garbage(place):
    place.mkdir()
    (place / "zarr.json").write_text("{not json")


def make_file(place):
    place.write_text("time,neuron\n")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda place: None, "There is no"),
        (Path.mkdir, "not a readable Zarr store"),
        (make_garbage, "not a readable Zarr store"),
        (make_file, "not a readable Zarr store"),
        (make_foreign, "was not written by neuromodsim"),
    ],
    ids=["missing", "empty", "garbage", "file", "foreign"],
)
def test_what_is_not_a_run_is_said_in_one_sentence(make, said, tmp_path):
    place = tmp_path / "run.zarr"
    make(place)
    with pytest.raises(nms.WrongInput, match=said) as caught:
        nms.open(place)
    assert "\n" not in str(caught.value) and str(place) in str(caught.value)


def test_a_run_whose_provenance_is_damaged_is_refused(run, tmp_path):
    place = nms.save(run, tmp_path / "run.zarr")
    text = (place / "zarr.json").read_text()
    (place / "zarr.json").write_text(text.replace('"format": 1', '"format": 99'))
    with pytest.raises(nms.WrongInput, match="another version"):
        nms.open(place)


EXPLODING = nms.NeuronModel(
    name="exploding",
    summary="Leaves all bounds within a few milliseconds.",
    source=OURS,
    equations="dv/dt = v**2/mV/ms : volt",
    method="euler",
    initial={"v": 2 * mV},
)


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value")
def test_a_number_that_is_none_is_an_error_that_names_it():
    circuit = nms.Circuit(populations=(nms.Population(name="cells", size=2, model=EXPLODING),))
    exploding = nms.Experiment(
        name="exploding",
        summary="?",
        source=OURS,
        circuit=circuit,
        conditions=ALWAYS,
        recording=nms.Recording(states={"cells.v": 1 * ms}),
        duration=30 * ms,
        dt=1 * ms,
    )
    when = r"at t = 0\.0\d+ s \(cell 0 and 1 other\)"
    with pytest.raises(nms.RunFailed, match=rf"'cells\.v' became NaN or infinite {when}"):
        nms.simulate(exploding, device="numpy")
    nms.simulate(exploding, device="numpy", duration=3 * ms)


def test_long_names_of_a_rule_are_words():
    assert math.isclose(1 * second / second, 1)
    assert dataset.LONG_NAMES == {"w": "weight", "c": "eligibility"}
