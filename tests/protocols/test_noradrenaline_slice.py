"""Noradrenaline in a slice against the same equations, written and integrated here."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, second
from scipy.integrate import solve_ivp

import neuromodsim as nms
from neuromodsim.protocols.noradrenaline_slice.circuit import CELLS
from neuromodsim.protocols.noradrenaline_slice.experiment import EXPERIMENT
from neuromodsim.simulation.values import gather

MOLECULES = 6.02214076e23


def trace(condition, times, delay=0.0):
    """Return noradrenaline in nM at these times, from a train that starts ``delay`` after zero."""
    chosen = gather(EXPERIMENT, EXPERIMENT.conditions[condition], {}, seed=0, duration=1.0).parameters
    p = {path: float(np.asarray(parameter.value)) for path, parameter in chosen.items()}
    fast, half, loss = (1e6 * p["noradrenaline.V_max"], 400.0, p["noradrenaline.k_loss"])
    blocked = 1 + 1e6 * p["noradrenaline.desipramine"] / 0.8
    free = 1 + 1e6 * p["noradrenaline.yohimbine"] / 5  # what yohimbine leaves of alpha-2
    sites = p["noradrenaline_release.site_density"] / (1 + p["noradrenaline_release.recapture"] / blocked)
    all_cells = p["noradrenaline_release.p_release"] * sites * 5000 / MOLECULES / 0.21 * 1e6

    def slope(t, y):
        C, bound, drug = y
        unbound = 1 - bound - drug
        return [
            -fast * C / (half * blocked + C) - loss * C,
            C / 56 * unbound - bound,
            (free - 1) * unbound - drug,
        ]

    y, now, ready, levels = [0.0, 0.0, 1 - 1 / free], 0.0, 1.0, []
    for stop in [delay + 0.01 * n for n in range(30)] + [times[-1] + 1e-9]:
        wanted = times[(times >= now) & (times < stop)]
        path = solve_ivp(
            slope, (now, stop), y, t_eval=np.append(wanted, stop), rtol=1e-8, atol=1e-10, method="LSODA"
        )
        levels.append(path.y[0, :-1])
        ready = 1 - (1 - ready) * np.exp(-(stop - now) / 10)
        y, now = path.y[:, -1].copy(), stop
        y[0] += all_cells * ready / (1 + y[1])
        ready *= 0.98
    return np.concatenate(levels)


def peak_and_half_life(condition):
    times = np.arange(0, 40, 0.005)
    level = trace(condition, times, delay=0.002)
    top = level.argmax()
    return level[top], times[top:][np.argmax(level[top:] <= level[top] / 2)] - times[top]


@pytest.mark.parametrize("condition", ["control", "desipramine", "yohimbine"])
def test_a_train_follows_the_equations(condition):
    """Catches drugs in the wrong place, stores that do not empty, and a release that counts cells wrongly."""
    run = nms.simulate(
        replace(EXPERIMENT, dt=2 * ms),
        condition=condition,
        device="numpy",
        duration=2 * second,
        parameters={"electrode.onset": 0 * second},
    )
    pool = run["modulators/noradrenaline"].isel(region=0)
    expected = trace(condition, pool.time.values, delay=0.002)  # the axon fires a step after the pulse
    after = pool.time.values > 0.3
    np.testing.assert_allclose(pool.C.values[after], expected[after], rtol=0.01)
    counts = np.bincount(run["spikes/coeruleus"].neuron.values, minlength=CELLS)
    assert (counts == 30).all()


def test_what_was_fitted_meets_what_was_measured():
    """Catches a parameter that is changed without another that was fitted beside it."""
    peak, half_life = peak_and_half_life("control")
    assert peak == pytest.approx(310, rel=0.005)
    assert half_life == pytest.approx(2.93, abs=0.02)
    blocked, longer = peak_and_half_life("desipramine")
    assert blocked / peak == pytest.approx(1.96, rel=0.01)
    assert longer / half_life == pytest.approx(4.14, rel=0.01)


def test_uptake_alone_cannot_raise_the_peak():
    """What the well-mixed pool says of the published rise: it needs recapture."""
    peak, _ = peak_and_half_life("no_recapture")
    blocked, _ = peak_and_half_life("no_recapture_desipramine")
    assert peak == pytest.approx(310, rel=0.005)
    assert 1.02 < blocked / peak < 1.04


def test_tonic_firing_leaves_less_for_a_train():
    """Catches stores that recover at once, and a train that has stores of its own."""
    rise, ready = {}, {}
    for condition in ("control", "tonic_fast"):
        run = nms.simulate(
            replace(EXPERIMENT, dt=2 * ms),
            condition=condition,
            device="numpy",
            duration=3.5 * second,
            parameters={"electrode.onset": 3 * second},
        )
        level = run["modulators/noradrenaline"].isel(region=0).C
        before = float(level.sel(time=slice(2.8, 3.0)).mean())
        rise[condition] = float(level.sel(time=slice(3.0, None)).max()) - before
        stores = run["synapses/noradrenaline_release"].x
        ready[condition] = float(stores.sel(time=slice(2.8, 3.0)).mean())
    assert rise["tonic_fast"] < 0.7 * rise["control"]
    assert ready["tonic_fast"] < 0.75 < ready["control"]
