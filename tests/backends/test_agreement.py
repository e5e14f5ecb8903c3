"""The same small experiment on every device: the same spikes, to the bit."""

import numpy as np
import pytest
from brian2 import ms, mV

import neuromodsim as nms
from neuromodsim.backends import compiler
from tests.backends.subjects import PLAIN, RICH
from tests.pretend import ALWAYS, OURS


def on(device, experiment=RICH, **how):
    return nms.simulate(experiment, device=device, **{"seed": 1, **how})


def spikes(run):
    return run["spikes/cells"]["neuron"].values, run["spikes/cells"]["time"].values


def same_spikes(one, other):
    return all(np.array_equal(a, b) for a, b in zip(spikes(one), spikes(other), strict=True))


def values(run):
    for node in run.subtree:
        for name, variable in node.to_dataset(inherit=False).variables.items():
            yield f"{node.path}/{name}", variable.values


@pytest.fixture(scope="module")
def compiled():
    return on("cpp")


@pytest.mark.cpp
def test_the_experiment_is_worth_comparing(compiled):
    """Catches an agreement over nothing: there are spikes, noise, learning and dopamine in both regions."""
    assert 30 < compiled["spikes/cells"].sizes["spike"] < 200
    weight = compiled["synapses/plastic"]["weight"]
    assert float(abs(weight - weight[0]).max()) > 0.5
    assert (compiled["modulators/dopamine"]["d"].max("time") > 0.5).all()
    assert len(set(compiled["events/task_enter_pause"]["coin"].values.tolist())) == 6


@pytest.mark.cpp
def test_numpy_and_the_compiled_program_agree(compiled):
    found = on("numpy")
    assert same_spikes(found, compiled)
    expected = dict(values(compiled))
    assert {path for path, _ in values(found)} == set(expected)
    for path, one in values(found):
        np.testing.assert_allclose(one, expected[path], rtol=1e-11, atol=1e-11, err_msg=path)


@pytest.mark.cpp
def test_the_two_programs_of_a_rule_see_the_same_network(compiled):
    """The clock-driven program's weights differ by its Euler steps only, so the spikes soon do, too."""
    found = on("numpy", third_factor="clock-driven", duration=100 * ms)
    lazy = compiled["synapses/plastic"]["weight"].sel(time=0.1).values
    assert found["synapses/plastic"]["weight"].values[-1] == pytest.approx(lazy, abs=0.02)


@pytest.mark.cpp
def test_one_seed_gives_one_run(compiled):
    again = dict(values(on("cpp")))
    for path, expected in values(compiled):
        assert np.array_equal(again[path], expected), path


@pytest.mark.cpp
def test_another_seed_gives_another_run(compiled):
    """Noise, wiring, initial values and the task's coins are all drawn anew."""
    other = on("cpp", seed=2)
    assert not same_spikes(compiled, other)
    for path, name in [
        ("synapses/plastic", "post"),
        ("synapses/inhibition", "post"),
        ("events/task_enter_pause", "coin"),
        ("state/cells", "v"),
    ]:
        assert not np.array_equal(compiled[path][name].values, other[path][name].values), path


@pytest.mark.cpp
@pytest.mark.parametrize("seed", [0, 2**32 - 1, 2**63 - 1])
def test_every_seed_can_be_used(seed):
    assert on("cpp", seed=seed, duration=20 * ms).attrs["seed"] == seed


@pytest.mark.parametrize("seed", [-1, 1.5, True, "1", 2**63, None])
def test_what_is_not_a_seed_is_refused(seed):
    with pytest.raises(nms.WrongInput, match="seed must be a whole number"):
        on("numpy", seed=seed)


CHANGES = {
    "seed": {"seed": 7},
    "duration": {"duration": 130 * ms},
    "condition's parameter": {"parameters": {"izhikevich.noise_width": "15 mV"}},
    "membrane": {"parameters": {"cells.b": 0.21}},
    "trace": {"parameters": {"dopamine_stdp.tau_plus": 10 * ms}},
    "eligibility": {"parameters": {"plastic.tau_c": 20 * ms}},
    "bound": {"parameters": {"plastic.w_max": 3.995 * mV}},
    "dopamine": {"parameters": {"dopamine.tau_d": 50 * ms}},
    "release": {"parameters": {"release.step": 0.1}},
    "phase": {"parameters": {"task.cue_time": 10 * ms}},
    "initial values": {"parameters": {"plastic.w": 2 * mV, "cells.v": -70 * mV}},
    "initial eligibility": {"parameters": {"plastic.c": 0.3}},
    "initial dopamine": {"parameters": {"dopamine.d": [1, 2]}},
    "table": {"parameters": {"task.level": np.ones(5)}},
    "interval": {"record": {"states": {**dict.fromkeys(RICH.recording.states, 30 * ms)}}},
    "window": {"record": {"windows": {"cells.v": nms.Window(stop=-10 * ms)}}},
}


@pytest.fixture
def compilations(monkeypatch):
    """Return a list that grows with each compilation."""
    done = []
    compile_project = compiler.compile_project
    monkeypatch.setattr(
        compiler, "compile_project", lambda folder: (done.append(folder), compile_project(folder))
    )
    return done


@pytest.mark.cpp
@pytest.mark.parametrize("what", CHANGES)
def test_a_run_time_value_changes_the_run_and_compiles_nothing(what, compiled, compilations):
    found, before = on("cpp", **CHANGES[what]), dict(values(compiled))
    assert compilations == []
    assert any(not np.array_equal(value, before[path]) for path, value in values(found))


@pytest.mark.cpp
def test_run_time_values_reach_the_compiled_program_as_they_reach_numpy(compilations):
    together = {"parameters": {}}
    for change in CHANGES.values():
        together |= {**change, "parameters": {**together["parameters"], **change.get("parameters", {})}}
    together["record"] = {**CHANGES["interval"]["record"], **CHANGES["window"]["record"]}
    found, expected = on("cpp", **together), dict(values(on("numpy", **together)))
    assert compilations == [] and found["spikes/cells"].sizes["spike"] > 5
    for path, value in values(found):
        np.testing.assert_allclose(value, expected[path], rtol=1e-11, atol=1e-11, err_msg=path)


def doubling(unit_value):
    """Return an experiment of one cell that reads tables of all types by whole-number index."""
    table = {
        "wide": nms.Table(shape=(2, 3), meaning="by row and column"),
        "small": nms.Table(shape=(4,), meaning="bytes", dtype="uint8"),
    }
    model = nms.NeuronModel(
        name="reader",
        summary="Reads tables.",
        source=OURS,
        equations="a : 1\nb : 1",
        step="a = wide(1, int(t/dt))\nb = small(int(t/dt))",
        tables=table,
    )
    return nms.Experiment(
        name="reader",
        summary="?",
        source=OURS,
        circuit=nms.Circuit(populations=(nms.Population(name="cells", size=1, model=model),)),
        conditions=ALWAYS,
        recording=nms.Recording(states={"cells.a": 1 * ms, "cells.b": 1 * ms}),
        duration=6 * ms,
        dt=1 * ms,
        prepare=lambda setting: {
            "cells.wide": np.arange(6.0).reshape(2, 3) * unit_value,
            "cells.small": [7, 8, 9, 255],
        },
    )


def test_an_index_beyond_a_table_reads_its_last_entry():
    found = nms.simulate(doubling(1.0), device="numpy")["state/cells"]
    assert found["a"].values[:, 0].tolist() == [0, 3, 4, 5, 5, 5, 5]
    assert found["b"].values[:, 0].tolist() == [0, 7, 8, 9, 255, 255, 255]


@pytest.mark.cython
@pytest.mark.slow
@pytest.mark.usefixtures("hastily_compiled")
def test_numpy_and_cython_agree():
    assert same_spikes(on("numpy", PLAIN), on("cython", PLAIN))
    assert spikes(on("numpy", PLAIN))[0].size > 5
