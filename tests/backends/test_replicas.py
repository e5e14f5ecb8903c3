"""Several replicas in one program: each reproduces its single run."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from brian2 import ms, mV, second
from scipy.stats import ks_2samp

import neuromodsim as nms
from neuromodsim.errors import WrongInput
from tests.backends.subjects import RICH
from tests.pretend import ALWAYS, OURS, RELEASE, spike_source, spike_table


def values(run):
    for node in run.subtree:
        for name, variable in node.to_dataset(inherit=False).variables.items():
            yield f"{node.path.removeprefix(run.path).lstrip('/')}/{name}", variable.values


def expect_the_same(one, other, rtol=1e-10):
    """Check that two runs hold the same numbers, to rounding."""
    found, expected = (dict(values(xr)) for xr in (one, other))
    assert found.keys() == expected.keys()
    for path, numbers in expected.items():
        np.testing.assert_allclose(found[path], numbers, rtol=rtol, atol=1e-11, err_msg=path)


@cache
def alone(seed):
    """Return the run of a seed by itself."""
    return nms.simulate(RICH, device="numpy", seed=seed)


@pytest.fixture(scope="module")
def three():
    return nms.simulate(RICH, device="numpy", seed=4, replicas=3)


@pytest.mark.parametrize("b", range(3))
def test_each_replica_is_the_run_of_its_own_seed(three, b):
    """Noise, wiring, initial values, a table, two regions, parts of a population, delays, windows, events."""
    expect_the_same(three[f"replica_{b}"], alone(4 + b))


def test_one_replica_is_a_run():
    """Catches a program that counts as one of several only from two replicas on."""
    one = nms.simulate(RICH, device="numpy", seed=4, replicas=1)
    assert list(one.children) == ["replica_0"]
    expect_the_same(one["replica_0"], alone(4))


def test_provenance_is_that_of_the_own_run(three):
    assert [three[f"replica_{b}"].attrs["seed"] for b in range(3)] == [4, 5, 6]


@pytest.mark.parametrize("called", ["interval", "delay", "flush_interval"])
def test_parameters_of_their_own_under_any_name(called):
    """Fails when where a value comes from is read off the name of an input, here ``…@delay``."""
    cell = nms.NeuronModel(
        name="cell",
        summary="A cell.",
        source=OURS,
        equations="dv/dt = (1 - v)/tau : 1",
        parameters={"tau": nms.Parameter(10 * ms, "decay")},
    )
    subject = nms.Experiment(
        name="named",
        summary="One cell.",
        source=OURS,
        circuit=nms.Circuit(populations=(nms.Population(name=called, size=1, model=cell),)),
        recording=nms.Recording(states={f"{called}.v": 1 * ms}),
        conditions=ALWAYS,
        dt=1 * ms,
        duration=20 * ms,
    )
    own = {f"{called}.tau": [5, 20] * ms}
    tree = nms.simulate(subject, device="numpy", replicas=2, parameters=own)
    for b, tau in enumerate((5, 20)):
        expected = 1 - np.exp(-tree[f"replica_{b}/state/{called}"].time.values * 1e3 / tau)
        np.testing.assert_allclose(tree[f"replica_{b}/state/{called}"].v.values[:, 0], expected, rtol=1e-12)


def test_replicas_take_parameters_of_their_own():
    """Of cells, of a modulator, of a rule that cells and regions borrow, and of the task."""
    many = {
        "izhikevich.noise_width": [15, 20, 25] * mV,
        "dopamine.tau_d": [100, 200, 300] * ms,
        "dopamine_stdp.tau_c": [0.5, 1, 2] * second,
        "dopamine_stdp.tau_plus": [10, 20, 40] * ms,
        "task.cue_time": [20, 30, 40] * ms,
    }
    tree = nms.simulate(RICH, device="numpy", seed=4, replicas=3, parameters=many)
    for b in range(3):
        own = {path: value[b] for path, value in many.items()}
        expect_the_same(tree[f"replica_{b}"], nms.simulate(RICH, device="numpy", seed=4 + b, parameters=own))


@pytest.mark.cpp
@pytest.mark.slow
@pytest.mark.parametrize("condition", ["contingent", "yoked"])
def test_the_distal_reward_of_replicas_is_that_of_runs(condition):
    how = {"condition": condition, "duration": 20 * second}
    tree = nms.simulate("distal_reward", seed=1, replicas=3, **how)
    for b in range(3):
        run = nms.simulate("distal_reward", seed=1 + b, **how)
        assert np.array_equal(
            tree[f"replica_{b}/spikes/excitatory_cells"].time, run["spikes/excitatory_cells"].time
        )
        weight = tree[f"replica_{b}/synapses/excitatory"].weight.values
        np.testing.assert_allclose(weight, run["synapses/excitatory"].weight.values, atol=1e-9)


def test_what_synapses_draw_has_the_same_distribution():
    """Their random numbers come from a generator that all replicas share."""
    trains = [np.arange(0.01 + 0.003 * cell, 0.19, 0.01) for cell in range(3)]
    cells = nms.Population(name="cells", size=3, model=spike_source(3, len(trains[0])))
    release = nms.Projection(
        name="release",
        source="cells",
        target="dopamine",
        model=replace(RELEASE, on_pre="d_post += int(rand() < 0.5)", parameters={}, random="sequence"),
        wiring=nms.Pairs((0, 1, 2), (0, 1, 1)),
    )
    described = nms.Experiment(
        name="chance_release",
        summary="Each spike releases, or does not.",
        source=OURS,
        circuit=replace(RICH.circuit, populations=(cells,), projections=(release,)),
        conditions=ALWAYS,
        recording=nms.Recording(states={"dopamine.d": 10 * ms}),
        duration=200 * ms,
        dt=1 * ms,
        prepare=lambda setting: {"cells.spike_time": np.asarray(spike_table(trains))},
    )
    seeds = range(20, 40)
    tree = nms.simulate(described, device="numpy", seed=seeds[0], replicas=len(seeds))
    together = [tree[f"replica_{b}/modulators/dopamine"].d.values.sum() for b in range(len(seeds))]
    apart = [
        nms.simulate(described, device="numpy", seed=seed)["modulators/dopamine"].d.values.sum()
        for seed in seeds
    ]
    assert len(set(together)) > len(seeds) / 2
    assert ks_2samp(together, apart).pvalue > 0.01


def test_what_cannot_be_copied_is_refused_by_name():
    with pytest.raises(WrongInput, match="'point_source' cannot have replicas: 'dopamine' is on a grid"):
        nms.simulate("point_source", device="numpy", replicas=2)
    with pytest.raises(WrongInput, match=r"'go_nogo_rates' cannot have replicas: .*x_pre"):
        nms.simulate("go_nogo_rates", device="numpy", replicas=2)
    with pytest.raises(WrongInput, match="one value or one for each of 3 replicas; got 2"):
        nms.simulate(RICH, device="numpy", replicas=3, parameters={"dopamine.tau_d": [1, 2] * second})
    with pytest.raises(WrongInput, match="whole number from 1 up; got 0"):
        nms.simulate(RICH, device="numpy", replicas=0)
