"""Cells that act in every step, and code at every synapse: against NumPy and Brian2 alone."""

from dataclasses import replace

import brian2 as b2
import numpy as np
import pytest
from brian2 import ms

import neuromodsim as nms
from tests.pretend import ALWAYS, OURS
from tests.unit.fields import HELD, TAG, cell, experiment, synapse

STEPS = 40
START = np.array([[0.5, -0.2, 0.1], [0.3, 0.4, -0.6]])
SHOWN = nms.NeuronModel(
    name="shown",
    summary="Rates from a table.",
    source=OURS,
    equations="x : 1",
    step="x = pattern(timestep(t, dt), i)",
    sends="always",
    tables={"pattern": nms.Table(shape=(STEPS, 2), meaning="rates by step and cell")},
)
UNIT = nms.NeuronModel(
    name="unit",
    summary="A rate unit.",
    source=OURS,
    equations="y : 1\nI : 1",
    step="y = tanh(I)\nI = 0",
    sends="always",
)
OJA = nms.SynapseModel(
    name="oja",
    summary="Oja's rule.",
    source=OURS,
    equations="w : 1",
    on_pre="I_post += w*x_pre",
    step="w += eta*y_post*(x_pre - y_post*w)",
    parameters={"eta": nms.Parameter(0.1, "learning rate")},
)


def network(layers, wiring=None):
    inputs, outputs = layers
    return nms.Experiment(
        name="rates",
        summary="Two units onto three.",
        source=OURS,
        circuit=nms.Circuit(
            populations=(
                nms.Population(name="inputs", size=2, model=SHOWN, layer=inputs),
                nms.Population(name="outputs", size=3, model=UNIT, layer=outputs),
            ),
            projections=(
                nms.Projection(
                    name="plastic",
                    source="inputs",
                    target="outputs",
                    model=OJA,
                    initial={"w": START.ravel()},
                    wiring=wiring or nms.AllToAll(),
                ),
            ),
        ),
        conditions=ALWAYS,
        recording=nms.Recording(states={"plastic.w": 1 * ms, "outputs.y": 1 * ms}),
        duration=STEPS * ms,
        dt=1 * ms,
        prepare=lambda setting: {"inputs.pattern": patterns()},
    )


def patterns():
    return np.random.default_rng(1).normal(size=(STEPS, 2))


def by_numpy(same_step):
    """Return weights and rates after each step; a rate arrives in the step that sends it, or in the next."""
    w, arrived, weights, rates = START.copy(), np.zeros(3), [], []
    for x in patterns():
        y = np.tanh(x @ w if same_step else arrived)
        arrived = x @ w
        w = w + 0.1 * y * (x[:, None] - y * w)
        weights.append(w.ravel())
        rates.append(y)
    return np.array(weights), np.array(rates)


@pytest.mark.parametrize("device", ["numpy", pytest.param("cpp", marks=pytest.mark.cpp)])
@pytest.mark.parametrize("layers", [(None, None), (0, 1)])
def test_a_rate_network_with_oja_s_rule_is_that_of_numpy(layers, device):
    """Catches code at synapses that runs before the cells, before `on_pre`, or a step late."""
    run = nms.simulate(network(layers), device=device)
    weights, rates = by_numpy(same_step=layers[0] is not None)
    np.testing.assert_allclose(run["synapses/plastic"].weight.values[1:], weights, rtol=1e-12)
    np.testing.assert_allclose(run["state/outputs"].y.values[1:], rates, rtol=1e-12)


def test_replicas_run_as_single_runs_do():
    single = nms.simulate(network((0, 1)), device="numpy", seed=4)
    tree = nms.simulate(network((0, 1)), device="numpy", seed=3, replicas=2)
    found = tree["replica_1/synapses/plastic"].weight.values
    np.testing.assert_allclose(found, single["synapses/plastic"].weight.values, rtol=1e-12)


TRACED = synapse(
    equations="w : 1\ndx/dt = -x/(5*ms) : 1 (event-driven)", on_pre="x += 1", on_post="", step="w += 0.1*x"
)


def test_event_driven_variables_are_current_in_every_step():
    """Catches a trace as it was at the last spike: against Brian2 alone, in which it is clock-driven."""
    found = nms.simulate(experiment(TRACED), device="numpy")["synapses/p"].weight.values[:, 0]
    group = b2.NeuronGroup(1, "v : 1", threshold="t_in_timesteps % 2 == 0 and t > 0*second", dt=1 * ms)
    synapses = b2.Synapses(
        group,
        group,
        "w : 1\ndx/dt = -x/(5*ms) : 1 (clock-driven)",
        on_pre="x += 1",
        method="exact",
        dt=1 * ms,
    )
    synapses.connect(i=0, j=0)
    synapses.run_regularly("w += 0.1*x", when="synapses", order=9)
    monitor = b2.StateMonitor(synapses, "w", record=True, when="start", dt=1 * ms)
    b2.Network(group, synapses, monitor).run(20 * ms)
    np.testing.assert_allclose(found[:-1], monitor.w[0], rtol=1e-12)
    assert found[-1] > found[-2] > 1


@pytest.mark.parametrize("bounds", [{}, {"w": ("low", "high")}])
def test_both_programs_of_a_third_factor_agree(bounds):
    """Catches code in every step that finds a weight as it was at its last spike, or leaves a bound."""
    rule = replace(TAG, step="w += 0.03*c + 0.001*d\nc *= 0.98", bounds=bounds)
    rule = replace(rule, **HELD) if bounds else rule
    runs = [
        nms.simulate(experiment(rule), device="numpy", third_factor=how)["synapses/p"].weight.values
        for how in ("event-driven", "clock-driven")
    ]
    np.testing.assert_allclose(runs[0], runs[1], rtol=0.02, atol=2e-3)
    assert runs[0].max() == 1 if bounds else runs[0].max() > 1


def test_what_has_no_spikes_gives_none_to_record():
    for record in ({"spikes": {"outputs": nms.Window()}}, {"events": {"outputs.spike": ()}}):
        with pytest.raises(nms.WrongInput, match=r"no spikes|no event of outputs 'spike'"):
            nms.simulate(network((0, 1)), record=nms.Recording(**record), device="numpy")


def test_a_delay_delays_what_is_sent_in_every_step():
    late = experiment(pre=cell(threshold="", sends="always"), delay=4 * ms)
    assert nms.simulate(late, device="numpy")["synapses/p"].weight.values[-1, 0] == 20 - 4


def test_a_sending_target_runs_on_post_in_every_step():
    rule = synapse(on_pre="", on_post="w += 1")
    run = nms.simulate(experiment(rule, post=cell(threshold="", sends="always")), device="numpy")
    assert run["synapses/p"].weight.values[-1, 0] == 20


def test_the_layer_after_which_synapses_learn_is_honoured():
    """Weights see the count of a target in layer 1 before or after it has moved in the step."""
    rule = synapse(on_pre="", step="w = n_post")
    moved = [
        nms.simulate(
            experiment(rule, post=cell(step="n += 1"), layers=True, learn_after_layer=layer), device="numpy"
        )["synapses/p"].weight.values[-1, 0]
        for layer in (0, 1)
    ]
    assert moved == [19, 20]
