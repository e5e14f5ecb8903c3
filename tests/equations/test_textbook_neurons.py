"""Textbook neurons in one run of 0.15 s, each against its closed form or plain NumPy."""

from functools import cache

import numpy as np
import pytest
from brian2 import Hz, ms, mV, nA, second
from scipy.optimize import brentq

import neuromodsim as nms
from neuromodsim.equations import ADAPTIVE_LIF, BINARY_UNIT, CONDUCTANCE_LIF, LIF, SRM0, TANH_UNIT
from tests.pretend import ALWAYS, NEVER, OURS, spike_source

DT, UNTIL = 2.5e-4, 0.15
CURRENTS = np.array([1.9, 2.1, 2.5, 3.5, 6.0])  # nA; 2 nA is the least that makes it fire
DRIVES = np.array([12.0, 14.0])  # mV
CELLS = 1500  # of each drive
FIELDS = np.array([-0.5, 0.3, 1.2])
TEMPERATURE = 0.8
INPUT_AT = [0.010, 0.013]  # s

PSP = nms.SynapseModel(
    name="psp",
    summary="A weight of 3 mV.",
    source=OURS,
    on_pre="I_synaptic_post += size",
    parameters={"size": nms.Parameter(3 * mV, "weight")},
)


def populations():
    """Return cells with constant input, and one that two spikes reach."""
    return (
        nms.Population(name="lif", size=5, model=LIF, initial={"I": CURRENTS * nA}),
        nms.Population(name="adaptive", size=5, model=ADAPTIVE_LIF, initial={"I": CURRENTS * nA}),
        nms.Population(
            name="noisy", size=2 * CELLS, model=SRM0, initial={"drive": np.repeat(DRIVES, CELLS) * mV}
        ),
        nms.Population(name="silent", size=1, model=SRM0),
        nms.Population(name="conductance", size=1, model=CONDUCTANCE_LIF),
        nms.Population(name="input", size=1, model=spike_source(1, 2)),
        nms.Population(name="rate", size=1, model=TANH_UNIT, initial={"drive": 0.7}),
        nms.Population(name="binary", size=3, model=BINARY_UNIT, initial={"external": FIELDS}),
    )


@cache
def run():
    experiment = nms.Experiment(
        name="textbook_neurons",
        summary="Cells on their own.",
        source=OURS,
        circuit=nms.Circuit(
            populations=populations(),
            projections=(nms.Projection(name="psp", source="input", target="silent", model=PSP),),
        ),
        conditions=ALWAYS,
        parameters={
            "adaptive.tau_a": 20 * ms,
            "silent.rho_0": 0 * Hz,
            "binary.temperature": TEMPERATURE,
        },
        recording=nms.Recording(
            spikes={name: nms.Window() for name in ("lif", "adaptive", "noisy", "conductance")},
            states={name: 1 * ms for name in ("silent.u", "rate.r")} | {"binary.s": 0.25 * ms},
        ),
        duration=UNTIL * second,
        dt=DT * second,
        prepare=lambda setting: {"input.spike_time": np.array([[*INPUT_AT, NEVER]])},
    )
    return nms.simulate(experiment, device="numpy", seed=1, progress=False)


def trains(name):
    spikes = run()[f"spikes/{name}"]
    return [spikes.time.values[spikes.neuron.values == k] for k in range(spikes.sizes["neuron_index"])]


def numbers(model):
    """Return the parameters of a model in SI units."""
    return {name: float(np.asarray(p.value)) for name, p in model.parameters.items()}


def climb(current, threshold_raised=0.0):
    """Return the time from reset to threshold, refractory period included; inf if it is not reached."""
    p = numbers(LIF)
    top = p["R"] * current * 1e-9 + p["v_rest"]
    if top <= p["v_threshold"] + threshold_raised:
        return np.inf
    return p["t_refractory"] + p["tau_m"] * np.log(
        (top - p["v_reset"]) / (top - p["v_threshold"] - threshold_raised)
    )


@pytest.mark.parametrize("cell", range(len(CURRENTS)))
def test_a_lif_cell_fires_at_the_rate_of_its_closed_form(cell):
    """In whole steps: the last refractory step is the first of the climb."""
    intervals, expected = np.diff(trains("lif")[cell]), climb(CURRENTS[cell])
    if np.isinf(expected):
        assert trains("lif")[cell].size == 0
        return
    rest = float(LIF.parameters["t_refractory"].value)
    steps = round(rest / DT) + np.ceil((expected - rest) / DT) - 1
    assert intervals.size > 3
    np.testing.assert_allclose(intervals, steps * DT, rtol=1e-9)


@pytest.mark.parametrize("cell", range(1, len(CURRENTS)))
def test_an_adaptive_cell_slows_down_to_its_fixed_point(cell):
    tau_a, beta = 0.02, float(ADAPTIVE_LIF.parameters["beta"].value)

    def surplus(interval):
        q = np.exp(-interval / tau_a)
        return climb(CURRENTS[cell], beta * q / (1 - q)) - interval

    shortest = brentq(
        lambda t: CURRENTS[cell] * 1e-2 - 0.02 - beta / np.expm1(t / tau_a) - 1e-12, 1e-4, 10.0
    )  # R I minus the threshold, both relative to rest: below it, the cell does not fire
    expected = brentq(surplus, shortest + 1e-9, 10.0)
    intervals = np.diff(trains("adaptive")[cell])
    assert intervals[-1] == pytest.approx(expected, abs=2 * DT)
    assert intervals[-1] > 1.2 * np.diff(trains("lif")[cell])[-1]
    assert trains("adaptive")[cell][0] == trains("lif")[cell][0]


def test_a_cell_with_conductances_fires_at_the_rate_of_its_closed_form():
    """Without input: 20 mV of constant current, a threshold at 10 mV, 20 ms and 5 ms."""
    climb_steps = np.ceil(0.020 * np.log(2) / DT)
    np.testing.assert_allclose(np.diff(trains("conductance")[0]), 0.005 + (climb_steps - 1) * DT, rtol=1e-9)


@pytest.mark.parametrize("group", range(len(DRIVES)))
def test_escape_noise_is_a_renewal_process_with_its_closed_form(group):
    """The expected number of spikes, from the hazard by age, step by step in NumPy."""
    p, steps = numbers(SRM0), round(UNTIL / DT)
    after = p["chi"] * np.exp(-np.arange(steps) * DT / p["tau_m"])  # in the step after a spike: of age dt
    rate = p["rho_0"] * np.exp((DRIVES[group] * 1e-3 + np.append(after[1:], 0) - p["theta"]) / p["Delta_u"])
    chance, share, expected = 1 - np.exp(-rate * DT), np.zeros(steps), 0.0
    share[-1] = 1.0  # a cell that never fired is as old as can be
    for _ in range(steps):
        fired = (share * chance).sum()
        expected += fired
        stay = share * (1 - chance)
        share = np.concatenate([[fired], stay[:-2], [stay[-2] + stay[-1]]])
    counts = np.array([train.size for train in trains("noisy")[group * CELLS : (group + 1) * CELLS]])
    assert counts.mean() == pytest.approx(expected, abs=4 * counts.std() / np.sqrt(CELLS))
    assert counts.std() / np.sqrt(CELLS) < 0.04 * expected
    unhindered = UNTIL * p["rho_0"] * np.exp((DRIVES[group] * 1e-3 - p["theta"]) / p["Delta_u"])
    assert expected < 0.9 * unhindered


def test_postsynaptic_potentials_have_the_kernel_of_the_model():
    p, u = numbers(SRM0), run()["state/silent"].u
    time = u.time.values
    expected = np.zeros(time.size)
    for start in INPUT_AT:
        age = np.clip(time - start - 2 * DT, 0, None)  # it acts in the next step, with age 0
        expected += np.exp(-age / p["tau_m"]) - np.exp(-age / p["tau_s"])
    expected *= 3 * p["epsilon_0"] / (p["tau_m"] - p["tau_s"])
    np.testing.assert_allclose(u.values[:, 0], expected, rtol=1e-9, atol=1e-12)
    assert expected.max() > 2


def test_a_rate_unit_relaxes_to_its_input():
    r = run()["state/rate"].r
    expected = np.tanh(0.7 * -np.expm1(-r.time.values / 0.03))
    np.testing.assert_allclose(r.values[:, 0], expected, rtol=1e-9, atol=1e-12)


def test_a_binary_unit_has_the_mean_of_glauber_dynamics():
    s = run()["state/binary"].s.values[1:]
    assert set(np.unique(s)) == {-1, 1}
    np.testing.assert_allclose(s.mean(axis=0), np.tanh(FIELDS / TEMPERATURE), atol=4 / np.sqrt(len(s)))
