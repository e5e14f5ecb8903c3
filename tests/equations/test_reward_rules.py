"""Rules of reward in one run of 0.24 s, each against NumPy, written from its published equations.

Traces of pairs are sums over all pairs of spikes, in closed form. Traces that others drive are matrix
exponentials of each step, with the hazard, the noise and the modulator of the target as they are at its
start.
"""

from dataclasses import replace
from functools import cache
from math import exp

import numpy as np
from brian2 import ms
from scipy.linalg import expm

import neuromodsim as nms
from neuromodsim.equations import (
    MSTDP,
    MSTDPET,
    NODE_PERTURBATION,
    NODE_PERTURBATION_RATE,
    NOISY_UNIT,
    R_MAX,
    R_STDP,
    R_STDP_ALPHA,
    REWARD_HEBB,
    VASILAKI,
)
from neuromodsim.equations.neurons.listed_rates import listed_rates
from tests.pretend import ALWAYS, OURS
from tests.three_factor.listed import experiment

STEPS, SAMPLE, DT = 240, 20, 1e-3
PRE, POST = [5, 31, 33, 90, 170, 171], [8, 30, 100, 102, 180]  # no step is shared
FREE = {"w_min": -1e6, "w_max": 1e6}
RULES = {
    "r_stdp": R_STDP.with_parameters(**FREE),
    "mstdp": MSTDP.with_parameters(**FREE),
    "mstdpet": MSTDPET.with_parameters(**FREE),
    "alpha": R_STDP_ALPHA.with_parameters(**FREE, A_plus=1.0, alpha=1.3, tau_minus=30 * ms, tau_e=60 * ms),
    "r_max": R_MAX.with_parameters(**FREE),
    "vasilaki": VASILAKI.with_parameters(**FREE, reset=0.0),
    "node": NODE_PERTURBATION.with_parameters(**FREE),
}
LEVEL = nms.ModulatorModel(
    name="level", summary="Changes its sign.", source=OURS, equations="d : 1", level="d",
    step="d = 2*cos(0.11*(timestep(t, dt) + 1))", initial={"d": 2.0},
)  # fmt: skip
IN_HZ = nms.ModulatorModel(
    name="level_in_hz", summary="The same per second.", source=OURS, equations="d : Hz", level="d",
    step="d = 2*Hz*cos(0.11*(timestep(t, dt) + 1))", initial={"d": "2*Hz"},
)  # fmt: skip
TARGET = {
    "extra": "psi : 1\nhazard = 30*Hz*(1 + psi) : Hz\nnoise : 1\nI_synaptic : volt",
    "step": "psi = sin(0.07*(timestep(t, dt) + 1))\nnoise = cos(0.3*(timestep(t, dt) + 1))",
}


def level(step):
    return 2 * np.cos(0.11 * step)


def hazard(step):
    return 30 * (1 + (np.sin(0.07 * step) if step else 0.0))


def noise(step):
    return np.cos(0.3 * step) if step else 0.0


@cache
def run():
    """Return the weight of each rule in each twentieth step, before it."""
    reads = {"mstdp": "r", "mstdpet": "r", "alpha": "d"}
    rules = [
        nms.Projection(
            name=name,
            source="pre",
            target="post",
            model=rule,
            initial={"w": 0.0},
            modulators={reads.get(name, "success"): "in_hz" if name == "alpha" else "level"},
        )
        for name, rule in RULES.items()
    ]
    subject = experiment(
        replace(R_STDP, modulators=(), equations="w : 1", on_pre="w += a_plus", on_post="", bounds={},
                parameters={"a_plus": R_STDP.parameters["a_plus"]}),
        [PRE], [POST], {f"{name}.w": SAMPLE * ms for name in RULES},
        target=TARGET, others=rules, duration=STEPS * ms,
        modulators=(nms.Modulator(name="level", model=LEVEL), nms.Modulator(name="in_hz", model=IN_HZ)),
    )  # fmt: skip
    tree = nms.simulate(subject, device="numpy", progress=False)
    return {name: tree[f"synapses/{name}"].weight.values[:, 0] for name in RULES}


def assert_same(name, expected):
    found, expected = run()[name], expected[::SAMPLE]
    assert np.ptp(expected) > 1e-4
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-9 * np.abs(expected).max())


def pairs(plus, minus, tau_plus, tau_minus):
    """Yield the step of the later spike of each pair, and its amplitude."""
    for i in PRE:
        for j in POST:
            yield (max(i, j), plus * exp((i - j) / tau_plus) if i < j else minus * exp((j - i) / tau_minus))


def converted(trace, amplitudes):
    """Return the weight before each step, from the integral of a trace over age, ``trace(age)``, in steps."""
    w = np.zeros(STEPS + 1)
    for step in range(STEPS):
        seen = [(step - at, a) for at, a in amplitudes if at < step]
        area = DT * sum(a * (trace(age) - trace(age - 1)) for age, a in seen)
        w[step + 1] = w[step] + level(step) * area
    return w


# --- traces of pairs -----------------------------------------------------------------------------


def test_r_stdp_is_a_sum_over_pairs():
    p = list(pairs(1.0, -0.5, 20, 20))
    assert_same("r_stdp", 0.1 * converted(lambda age: -500 * exp(-age / 500), p))


def test_mstdpet_is_a_sum_over_pairs():
    p = list(pairs(1.0, -1.0, 20, 20))
    assert_same("mstdpet", 0.625 * converted(lambda age: -1e3 * exp(-age / 25), p))


def test_an_alpha_shaped_trace_is_a_sum_over_pairs():
    """The published filter, s/tau exp(-s/tau), whose integral is -(s + tau) exp(-s/tau)."""
    p = list(pairs(1.0, -1.3, 20, 30))
    assert_same("alpha", converted(lambda age: -(age + 60) * exp(-age / 60), p))


def test_mstdp_multiplies_a_pair_by_the_reward_of_its_second_spike():
    expected = np.zeros(STEPS + 1)
    for at, a in pairs(1.0, -1.0, 20, 20):
        expected[at + 1 :] += 0.1 * a * level(at)
    assert_same("mstdp", expected)


# --- driven traces -------------------------------------------------------------------------------


def by_exponentials(matrix, on_pre, on_post, size):
    """Return the weight before each step; the state is the rule's variables, the weight last."""
    state, found = np.zeros(size), [0.0]
    for step in range(STEPS):
        state = expm(matrix(step) * DT) @ state
        if step in PRE:
            on_pre(state)
        if step in POST:
            on_post(state)
        found.append(state[-1])
    return np.array(found)


def spikes_against(expected_spikes, reset):
    """Return the weight of R-max and its kin, with the number of spikes per second that they expect."""

    def matrix(step):
        rho = expected_spikes(hazard(step))
        trace = [-rho, rho, -1 / 0.5, 0]
        return np.array([[-1 / 0.02, 0, 0, 0], [0, -1 / 0.005, 0, 0], trace, [0, 0, 0.1 * level(step), 0]])

    def on_pre(state):
        state[:2] += 1

    def on_post(state):
        state[2] += state[0] - state[1]
        state[:2] *= 1 - reset

    return by_exponentials(matrix, on_pre, on_post, 4)


def test_r_max_compares_spikes_with_their_hazard():
    assert_same("r_max", spikes_against(lambda rho: rho, reset=1))


def test_a_hebbian_bias_expects_fewer_spikes():
    """Here the postsynaptic potential outlasts a spike."""
    assert_same("vasilaki", spikes_against(lambda rho: rho / (1 + 0.005 * rho), reset=0))


def test_node_perturbation_credits_noise_to_recent_input():
    def matrix(step):
        return np.array(
            [[-1 / 0.005, 0, 0], [noise(step) / 0.005, -1 / 0.05, 0], [0, 0.1 * level(step), 0]], dtype=float
        )

    def on_pre(state):
        state[0] += 1

    assert_same("node", by_exponentials(matrix, on_pre, lambda state: None, 3))


# --- rates ---------------------------------------------------------------------------------------


def test_rules_of_rate_units_are_products():
    """Noise is read from the run: everything else follows from it."""
    shown = np.random.default_rng(1).normal(size=(30, 2))
    unit = replace(NOISY_UNIT, step=NOISY_UNIT.step + "success = -(y - 1)**2")
    rules = {"hebb": REWARD_HEBB, "node": NODE_PERTURBATION_RATE}
    subject = nms.Experiment(
        name="rates",
        summary="Two inputs onto one unit, by two rules.",
        source=OURS,
        circuit=nms.Circuit(
            populations=(
                nms.Population(name="input", size=2, model=listed_rates("input", 30, 2), layer=0),
                *(nms.Population(name=f"{name}_unit", size=1, model=unit, layer=1) for name in rules),
            ),
            projections=tuple(
                nms.Projection(name=name, source="input", target=f"{name}_unit", model=rule)
                for name, rule in rules.items()
            ),
        ),
        conditions=ALWAYS,
        recording=nms.Recording(
            states={f"{n}.w": 1 * ms for n in rules} | {f"{n}_unit.noise": 1 * ms for n in rules}
        ),
        duration=30 * ms,
        dt=1 * ms,
        prepare=lambda setting: {"input.input_rate": shown},
    )
    tree = nms.simulate(subject, device="numpy", progress=False)
    for name in rules:
        w = np.zeros(2)
        drawn = tree[f"state/{name}_unit"]["noise"].values[1:, 0]
        assert np.ptp(drawn) > 0.1
        for step, (x, xi) in enumerate(zip(shown, drawn, strict=False)):
            y = w @ x + xi
            w = w + 0.05 * -((y - 1) ** 2) * x * (y if name == "hebb" else xi)
            np.testing.assert_allclose(tree[f"synapses/{name}"].weight.values[step + 1], w, rtol=1e-9)
