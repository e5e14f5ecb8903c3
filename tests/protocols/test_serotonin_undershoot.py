"""Serotonin's undershoot against the published equations, integrated here in their own units."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import Hz, ms, second
from brian2.units.allunits import nmolar
from scipy.optimize import brentq

import neuromodsim as nms
from neuromodsim.protocols.serotonin_undershoot.circuit import CELLS, REACHED
from neuromodsim.protocols.serotonin_undershoot.experiment import EXPERIMENT
from neuromodsim.simulation.values import gather

HOUR = 3600.0
REST = (0.0603, 0.979, 0.866, 1.011)  # published: serotonin, B, G*, T*, in micromolar
G_STAR_REST = 0.865993
LEAK = 3.435e-3 * HOUR
PULSES, PERIOD, STEP = 100, 0.02, 0.005


def slopes(y, released=0.0, affinity=0.06, leak=0.0):
    """Return the published slopes per hour, in micromolar; ``released`` and ``leak`` per hour too."""
    C, B, G, T = y
    uptake = 250 * C / (affinity + C) + 0.01 * 1400 * C / (0.17 + C)
    return np.array(
        [
            released + leak - uptake - 42 * C,
            36 * C * (10 - B) - 20 * B,
            20 * B**2 * (10 - G) - 200 * T * G,
            30 * G**2 * (10 - T) - 200 * T,
        ]
    )


def factor(y, autoreceptor):
    """Return what an autoreceptor leaves of release."""
    C, _, G, _ = y
    if autoreceptor == "at_once":
        slope = 0.611534
        return max(0.0, 1 - 1.5 * slope * (360 * C / (36 * C + 20) - 0.979126))
    return max(0.0, 1 - 1.5 * (G - G_STAR_REST))


def after_spikes(autoreceptor, spikes, times):
    """Return serotonin in nM at these times, when each of these spikes releases a cell's share."""
    y = np.array([0.0603, 0.979126, 0.865993, 1.011169])
    quantum = 1.89 * 63.04 / HOUR / CELLS
    released = np.bincount(np.rint(spikes / STEP).astype(int), minlength=round(times[-1] / STEP) + 1)
    levels = []
    for count in released:
        levels.append(y[0])
        y[0] += count * quantum * factor(y, autoreceptor)
        k1 = slopes(y, leak=LEAK) * STEP / HOUR
        k2 = slopes(y + k1 / 2, leak=LEAK) * STEP / HOUR
        k3 = slopes(y + k2 / 2, leak=LEAK) * STEP / HOUR
        k4 = slopes(y + k3, leak=LEAK) * STEP / HOUR
        y = y + (k1 + 2 * k2 + 2 * k3 + k4) / 6
    return 1000 * np.array(levels)[np.rint(times / STEP).astype(int)]


@pytest.mark.parametrize(("autoreceptor", "seconds"), [("slow", 26), ("at_once", 8)])
def test_serotonin_follows_the_published_equations(autoreceptor, seconds):
    """Catches a rate that is not converted from hours, a wrong cascade, and weights that do not switch."""
    # The other autoreceptor is told that rest is far below: it would halve release if it acted.
    other = {"slow": "at_once_B_rest", "at_once": "slow_G_star_rest"}[autoreceptor]
    run = nms.simulate(
        replace(EXPERIMENT, dt=STEP * second),
        condition=autoreceptor,
        device="numpy",
        duration=seconds * second,
        parameters={
            f"serotonin.{other}": 500 * nmolar,
            "electrode.onset": 0 * second,
            "electrode.pulses": float(PULSES),
            "electrode.frequency": 1 / PERIOD * Hz,
        },
    )
    pool = run["modulators/serotonin"].isel(region=0)
    spikes = run["spikes/raphe"].to_dataset()
    expected = after_spikes(autoreceptor, spikes.time.values, pool.time.values)
    np.testing.assert_allclose(pool.C.values, expected, rtol=0.01)
    falls = bool(pool.C.values[pool.time.values > 4].min() < 50)
    assert falls == (autoreceptor == "slow")

    counts = np.bincount(spikes.neuron.values, minlength=CELLS)
    own = np.append(counts[:REACHED] - PULSES, counts[REACHED:])  # once per pulse, and their own
    assert own[:REACHED].mean() == pytest.approx(own[REACHED:].mean(), abs=2)


def start(condition):
    """Return the state that a run starts from, in micromolar."""
    numbers = gather(EXPERIMENT, EXPERIMENT.conditions[condition], {}, seed=0, duration=1.0).numbers
    names = ("C", "slow_B", "slow_G_star", "slow_T_star")
    return np.array([1000 * float(numbers[f"serotonin.{name}"]) for name in names])


def test_a_run_starts_at_the_published_rest():
    np.testing.assert_allclose(start("slow"), REST, rtol=0.002)
    np.testing.assert_allclose(start("no_autoreceptor"), REST, rtol=0.002)


def test_citalopram_and_the_cascade_find_a_rest_of_their_own():
    """Catches a drug that the rest does not know of; without the feedback it would be 3 times as high."""
    affinity, release = 0.06 * (1 + 10 / 1.2), 1.89 * 63.04

    def unbalanced(C):
        B = 360 * C / (36 * C + 20)
        G = brentq(lambda G: slopes((C, B, G, 300 * G**2 / (30 * G**2 + 200)))[2], 0, 10)
        y = (C, B, G, 0)
        return slopes(y, release * factor(y, "slow"), affinity, LEAK)[0]

    found = start("citalopram")
    np.testing.assert_allclose(found[0], brentq(unbalanced, 0.01, 1), rtol=1e-3)
    assert np.abs(slopes(found, affinity=affinity)[1:]).max() < 1e-3


def test_the_tonic_nucleus_releases_what_the_model_does():
    """Catches a nucleus that does not fire at the rate that release is told for."""
    raphe = replace(EXPERIMENT, dt=2 * ms)
    run = nms.simulate(raphe, condition="slow", device="numpy", duration=6 * second)
    spikes = run["spikes/raphe"].time.values
    assert len(spikes) / CELLS / 6 == pytest.approx(1.0, abs=0.05)
    level = run["modulators/serotonin"].C.values[-40:].mean()
    assert level == pytest.approx(60.3, rel=0.02)
