"""The cells that release neuromodulators: their rates, their bursts and pauses, and what drives them."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import Hz, Mohm, ms, mV, pA, pF, second
from brian2.units import get_unit

import neuromodsim as nms
from neuromodsim.equations import (
    ADAPTIVE_EXPONENTIAL,
    AUGMENTED_GIF,
    BASAL_FOREBRAIN_NEURON,
    DOPAMINE_NEURON,
    DORSAL_RAPHE_NEURON,
    FIXED_CURRENT,
    LOCUS_COERULEUS_NEURON,
    RAPHE_GABA,
    RAPHE_SEROTONIN,
    RAPHE_SEROTONIN_WARM,
    STRIATAL_CHOLINERGIC_INTERNEURON,
)
from tests.pretend import ALWAYS, OURS, spike_source

CURRENTS = np.array([20, 40, 100, 200])  # pA
NUCLEI = (DOPAMINE_NEURON, LOCUS_COERULEUS_NEURON, DORSAL_RAPHE_NEURON, BASAL_FOREBRAIN_NEURON)
# Spikes per second of each nucleus at each current, counted from 1.5 to 5 s.
RATES = [[2.6, 4.3, 10.3, 19.7], [1.1, 2.0, 4.0, 7.1], [0.9, 1.7, 3.4, 6.6], [0.0, 3.4, 11.4, 24.9]]
PARAMETERS = ("C_m", "g_L", "E_L", "V_T", "Delta_T", "a", "b", "tau_w", "v_reset")


def run(model, size=1, *, drive="", initial=None, parameters=None, duration, dt=0.1 * ms, states=None):
    """Run cells on their own; ``drive`` is an expression that sets their current in every step."""
    if drive:
        model = replace(model, step=f"{model.step}\nI = {drive}")
    cells = nms.Population(name="cells", size=size, model=model, initial=initial or {})
    experiment = nms.Experiment(
        name="cells_alone",
        summary="Cells without a circuit.",
        source=OURS,
        circuit=nms.Circuit(populations=(cells,)),
        conditions=ALWAYS,
        recording=nms.Recording(spikes={"cells": nms.Window()}, states=states or {}),
        duration=duration,
        dt=dt,
    )
    return nms.simulate(experiment, device="numpy", seed=1, parameters=parameters)


def trains(run):
    """Return the spike times of each cell, in seconds."""
    spikes = run["spikes/cells"]
    cells = range(spikes.sizes["neuron_index"])
    return [spikes["time"].values[spikes["neuron"].values == cell] for cell in cells]


def quiet(model):
    """Return a model without noise, which would be drawn for nothing."""
    kept = {n: p for n, p in model.parameters.items() if n != "tau_noise"}
    return replace(model, step="", parameters=kept)


def per_cell(values):
    """Return one value per cell, each repeated for every current."""
    unit = get_unit(values[0].dim)
    return np.repeat([float(value / unit) for value in values], len(CURRENTS)) * unit


def all_nuclei(duration, dt):
    """Return the spike trains of the four nuclei at the four currents, in one population."""
    declared = "\n".join(f"{n} : {ADAPTIVE_EXPONENTIAL.parameters[n].unit} (constant)" for n in PARAMETERS)
    model = quiet(ADAPTIVE_EXPONENTIAL)
    kept = {n: p for n, p in model.parameters.items() if n not in PARAMETERS}
    model = replace(model, equations=model.equations + declared, parameters=kept)
    initial = {n: per_cell([cell.parameters[n].value for cell in NUCLEI]) for n in PARAMETERS}
    initial |= {"v": initial["E_L"], "I": np.tile(CURRENTS, len(NUCLEI)) * pA}
    return trains(run(model, len(NUCLEI) * len(CURRENTS), initial=initial, duration=duration, dt=dt))


def test_rates_are_those_the_cells_were_made_for():
    """Catches any change of equations, parameters, cut or integration that moves a rate by 0.1 Hz."""
    counts = [np.sum((train >= 1.5) & (train < 5)) for train in all_nuclei(5 * second, 0.1 * ms)]
    rates = np.reshape(counts, (len(NUCLEI), len(CURRENTS))) / 3.5
    np.testing.assert_array_equal(np.round(rates, 1), RATES)


def test_spike_times_do_not_depend_on_the_time_step():
    """Catches a cut so high that adaptation catches the overshoot of a step."""
    coarse, middle, fine = (all_nuclei(0.6 * second, dt) for dt in (1 * ms, 0.1 * ms, 0.025 * ms))
    for at_1, at_01, at_0025 in zip(coarse, middle, fine, strict=True):
        last = min(map(len, (at_1, at_01, at_0025))) - 1
        if last >= 0:
            assert at_01[last] == pytest.approx(at_0025[last], rel=1e-3, abs=2e-4)
            assert at_1[last] == pytest.approx(at_0025[last], rel=1e-2, abs=2e-3)
    assert sum(map(len, middle)) > 60


def test_a_burst_of_dopamine_neurons_settles_at_twenty_per_second():
    """Catches adaptation that is gone, or so strong that a burst dies."""
    strong, weak = trains(
        run(quiet(DOPAMINE_NEURON), 2, initial={"I": np.array([200, 120]) * pA}, duration=300 * ms)
    )
    assert len(strong) == 10 and 1 / np.diff(strong)[-1] == pytest.approx(20, rel=0.03)
    assert len(weak) == 6 and 5 / (weak[-1] - weak[0]) == pytest.approx(20, rel=0.1)


def test_dopamine_neurons_pause_and_resume():
    drive = "40*pA - 100*pA*int(t > 1*second)*int(t < 2*second)"
    (train,) = trains(run(quiet(DOPAMINE_NEURON), drive=drive, duration=3 * second, dt=0.5 * ms))
    assert np.sum(train < 1) >= 4 and np.sum(train > 2) >= 3
    assert not np.any((train > 1) & (train < 2))


def test_a_striatal_cholinergic_interneuron_fires_by_itself_and_pauses_after_a_burst():
    model, drive = quiet(STRIATAL_CHOLINERGIC_INTERNEURON), "150*pA*int(t > 1*second)*int(t < 1.3*second)"
    (train,) = trains(run(model, drive=drive, duration=2.5 * second, dt=0.5 * ms))
    usual = np.diff(train[train < 1])[-1]
    pause = train[train > 1.31][0] - train[train < 1.31][-1]
    assert 5 < 1 / usual < 6
    assert np.sum((train > 1) & (train < 1.31)) >= 10
    assert pause > 1.8 * usual


@pytest.mark.parametrize("dt", [0.5 * ms, 4 * ms])
def test_noise_has_its_size_and_its_memory_at_any_time_step(dt):
    """Catches noise that grows or fades with the step, and noise shared by cells."""
    model = DOPAMINE_NEURON.with_parameters(noise_sd=10 * pA, tau_noise=4 * ms)
    model = replace(model, threshold="v > 1*volt")
    found = run(model, 600, duration=160 * ms, dt=dt, states={"cells.I_noise": 4 * ms})
    noise = found["state/cells"]["I_noise"].transpose("time", "neuron").values
    assert noise.std() == pytest.approx(10, rel=0.03)
    assert np.corrcoef(noise[:-1].ravel(), noise[1:].ravel())[0, 1] == pytest.approx(np.exp(-1), abs=0.03)
    assert abs(np.corrcoef(noise[:, :-1].ravel(), noise[:, 1:].ravel())[0, 1]) < 0.03


def test_a_spike_brings_a_current_that_decays():
    """Catches a synapse that misses the current, in sign, size or life."""
    cells = nms.Population(name="cells", size=1, model=quiet(DOPAMINE_NEURON))
    source = nms.Population(name="source", size=1, model=spike_source(1, 1))
    experiment = nms.Experiment(
        name="one_synapse",
        summary="One spike onto a dopamine neuron.",
        source=OURS,
        circuit=nms.Circuit(
            populations=(source, cells),
            projections=(
                nms.Projection(
                    name="inhibition",
                    source="source",
                    target="cells",
                    model=FIXED_CURRENT,
                    initial={"w": -30 * pA},
                ),
            ),
        ),
        conditions=ALWAYS,
        recording=nms.Recording(states={"cells.I_synaptic": 1 * ms}),
        duration=20 * ms,
        dt=0.1 * ms,
        prepare=lambda setting: {"source.spike_time": np.array([[0.005, 1e9]])},
    )
    current = nms.simulate(experiment, device="numpy")["state/cells"]["I_synaptic"].values.ravel()
    assert np.all(current[:5] == 0)
    assert current[10] == pytest.approx(-30 * np.exp(-4.9 / 5), rel=1e-3)  # it arrives a step later
    assert current[15] / current[10] == pytest.approx(np.exp(-1), rel=1e-3)


@pytest.mark.parametrize(
    ("model", "resistance", "capacitance"),
    [(RAPHE_SEROTONIN, 1156 * Mohm, 67.0 * pF), (RAPHE_SEROTONIN_WARM, 553 * Mohm, 57.6 * pF)],
)
def test_passive_properties_of_serotonin_neurons_are_those_measured(model, resistance, capacitance):
    """A step of current where the potassium channels are closed gives resistance and time constant."""
    g = 1 / resistance
    hold = model.with_parameters(E_L=-100 * mV, E_K=-100 * mV, V_T=0 * mV)
    step = 5 * mV * g
    found = run(
        quiet(hold), initial={"I": step}, duration=0.6 * second, dt=1 * ms, states={"cells.v": 1 * ms}
    )
    v = found["state/cells"]["v"].values.ravel() + 100
    assert v[-1] == pytest.approx(5, rel=0.02)
    tau = float(resistance * capacitance) * 1e3  # ms
    assert np.interp(5 * (1 - np.exp(-1)), v, np.arange(len(v))) == pytest.approx(tau, rel=0.03)


@pytest.mark.parametrize(("model", "rest"), [(AUGMENTED_GIF, -60.9556), (RAPHE_GABA, -65.0008)])
def test_cells_rest_where_the_published_table_says(model, rest):
    """Catches a wrong gate, a wrong sign of a slope, or a conductance in the wrong unit."""
    found = run(
        quiet(model.with_parameters(lambda_0=0 * Hz)),
        duration=1 * second,
        dt=1 * ms,
        states={"cells.v": 100 * ms},
    )
    assert found["state/cells"]["v"].values.ravel()[-1] == pytest.approx(rest, abs=0.01)


def test_a_spike_leaves_its_traces_when_refractoriness_ends():
    """Catches traces that start at the spike, and a membrane that moves while refractory."""
    model = quiet(AUGMENTED_GIF.with_parameters(V_T=-120 * mV, gamma_3000ms=1000 * mV))
    found = run(model, duration=40 * ms, states={"cells.eta": 0.1 * ms, "cells.v": 0.1 * ms})
    (train,) = trains(found)
    assert len(train) == 1 and train[0] < 1e-3  # not refractory at the start
    state = found["state/cells"].isel(neuron=0)
    since = (state["time"].values - train[0]) * 1e3 - 6.5 - 0.1  # the state is seen a step later
    heights = {3: 252.126, 10: -17.7959, 30: 2.95775, 100: 30.6169, 300: 18.2361, 1000: -0.424936}
    heights[3000] = -0.273454
    expected = sum(height * np.exp(-since / tau) for tau, height in heights.items())
    after = since > 1
    np.testing.assert_allclose(state["eta"].values[after], expected[after], rtol=1e-3)
    held = (since > -6) & (since < -0.5)
    np.testing.assert_allclose(state["v"].values[: len(held)][held], -47.6548)


def test_a_population_of_serotonin_neurons_answers_the_rise_of_its_input():
    """A step is answered at its onset; of two ramps to one level, the faster one more.

    Catches a cell without its spike-triggered current and moving threshold, which fires as much later.
    """
    cells = 100
    model = quiet(RAPHE_SEROTONIN)
    model = replace(model, equations=model.equations + "\nrise : second\noffset : amp")
    rises = np.repeat([0.001, 0.25, 1.5], cells)
    found = run(
        model,
        3 * cells,
        drive="offset + 80*pA*clip((t - 0.3*second)/rise, 0, 1)",
        initial={"rise": rises * second, "offset": "20*pA*randn()"},
        duration=2 * second,
        dt=1 * ms,
    )
    every = trains(found)

    def rate(group, start, stop):
        merged = np.concatenate(every[group * cells : (group + 1) * cells]) - 0.3
        return np.sum((merged >= start) & (merged < stop)) / cells / (stop - start)

    step, fast, slow = rate(0, 0, 0.1), rate(1, 0.15, 0.35), rate(2, 1.4, 1.6)
    sustained = rate(0, 0.7, 1.7)
    assert step > 1.4 * sustained
    assert step > fast > slow
    assert fast > 1.1 * sustained and slow < 1.2 * sustained
