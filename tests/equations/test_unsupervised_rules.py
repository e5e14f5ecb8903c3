"""Hebb, Oja and BCM in one run, each against its closed form, and against NumPy step by step."""

from functools import cache

import numpy as np
from brian2 import ms

import neuromodsim as nms
from neuromodsim.equations import BCM, BCM_UNIT, HEBB, LINEAR_UNIT, OJA
from neuromodsim.equations.neurons.listed_rates import listed_rates
from tests.pretend import ALWAYS, OURS

STEPS, TAU = 1200, 50
CENTRED = np.array([[1.2, 0.5], [-0.3, 0.7], [-1.2, -0.5], [0.3, -0.7]])  # of mean zero
PAIR = np.array([[1.0, 0.2], [0.2, 1.0]])
ETA = {"hebb": 0.01, "oja": 0.02, "bcm": 0.02}
START = {"hebb": [0.1, 0.1], "oja": [0.3, -0.2], "bcm": [0.5, 0.45]}


def shown(patterns):
    return patterns[np.arange(STEPS) % len(patterns)]


@cache
def weights():
    """Return the weights of each rule after each step."""
    rules = {"hebb": (HEBB, LINEAR_UNIT), "oja": (OJA, LINEAR_UNIT), "bcm": (BCM, BCM_UNIT)}
    inputs = {"centred": shown(CENTRED), "pair": shown(PAIR)}
    experiment = nms.Experiment(
        name="unsupervised",
        summary="Two inputs onto one unit, by three rules.",
        source=OURS,
        circuit=nms.Circuit(
            populations=(
                *(
                    nms.Population(name=name, size=2, model=listed_rates(name, STEPS, 2), layer=0)
                    for name in inputs
                ),
                *(
                    nms.Population(name=f"{name}_unit", size=1, model=unit, layer=1)
                    for name, (_, unit) in rules.items()
                ),
            ),
            projections=tuple(
                nms.Projection(
                    name=name,
                    source="pair" if name == "bcm" else "centred",
                    target=f"{name}_unit",
                    model=rule,
                    initial={"w": np.array(START[name])},
                )
                for name, (rule, _) in rules.items()
            ),
        ),
        conditions=ALWAYS,
        parameters={f"{name}.eta": eta for name, eta in ETA.items()} | {"bcm_unit.tau_theta": TAU * ms},
        recording=nms.Recording(states={f"{name}.w": 1 * ms for name in rules}),
        duration=STEPS * ms,
        dt=1 * ms,
        prepare=lambda setting: {f"{name}.{name}_rate": rates for name, rates in inputs.items()},
    )
    run = nms.simulate(experiment, device="numpy", progress=False)
    return {name: run[f"synapses/{name}"].weight.values for name in rules}


def by_numpy(change, patterns, start, theta=lambda y, old: 0.0):
    w, level, found = np.array(start), 0.0, []
    for x in shown(patterns):
        y = w @ x
        level = theta(y, level)
        w = w + change(x, y, w, level)
        found.append(w)
    return np.array(found)


def first_component():
    values, vectors = np.linalg.eigh(CENTRED.T @ CENTRED / len(CENTRED))
    return values[-1], vectors[:, -1]


def test_hebb_s_rule_grows_exponentially_along_the_first_component():
    """The rate is eta λ_1 to first order in eta; that of one cycle of patterns is an eigenvalue."""
    w, (largest, direction) = weights()["hebb"], first_component()
    late = slice(STEPS // 2, None)
    growth = np.polyfit(np.arange(len(w))[late], np.log(np.linalg.norm(w[late], axis=1)), 1)[0]
    cycle = np.linalg.multi_dot([np.eye(2) + ETA["hebb"] * np.outer(x, x) for x in CENTRED[::-1]])
    assert abs(growth / (ETA["hebb"] * largest) - 1) < 0.01
    assert abs(growth / (np.log(np.abs(np.linalg.eigvals(cycle)).max()) / len(CENTRED)) - 1) < 1e-3
    assert abs(w[-1] @ direction) / np.linalg.norm(w[-1]) > 0.999


def test_oja_s_rule_finds_the_first_component():
    w, (_, direction) = weights()["oja"], first_component()
    assert abs(np.linalg.norm(w[-1]) - 1) < 0.02
    assert np.degrees(np.arccos(abs(w[-1] @ direction) / np.linalg.norm(w[-1]))) < 3
    expected = by_numpy(lambda x, y, w, _: ETA["oja"] * y * (x - y * w), CENTRED, START["oja"])
    np.testing.assert_allclose(w[1:], expected, rtol=1e-9, atol=1e-12)


def test_bcm_selects_one_of_two_patterns():
    """K independent patterns: the response is K to one and 0 to the others."""
    w = weights()["bcm"]
    responses = np.sort(PAIR @ w[-1])
    assert abs(responses[1] - 2) < 0.1 and abs(responses[0]) < 0.05
    assert 1 - responses.mean() / responses.max() > 0.45
    keep = np.exp(-1 / TAU)
    expected = by_numpy(
        lambda x, y, w, theta: ETA["bcm"] * x * y * (y - theta),
        PAIR,
        START["bcm"],
        lambda y, old: y**2 + (old - y**2) * keep,
    )
    np.testing.assert_allclose(w[1:], expected, rtol=1e-8, atol=1e-10)
