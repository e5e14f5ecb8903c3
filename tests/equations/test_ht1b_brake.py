"""The slow brake on serotonin release, against an integration in other units."""

import numpy as np
import pytest
from brian2 import ms, second
from brian2.units.stdunits import nM, uM
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.condition import Condition
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.neuromodulator import Neuromodulator
from neuromodsim.description.recording import Recording
from neuromodsim.equations.receptors.ht1b_cascade import HT1B_AT_ONCE, HT1B_CASCADE
from neuromodsim.equations.release.transient import TRANSIENT
from neuromodsim.equations.sources import LINDROOS_2018
from neuromodsim.transforms.neuromodulator import modulator_of
from tests.equations.cascades import run


def ht1b_rest(C):
    """Return bound 5-HT1B, active G protein and regulator at rest, in µM, by hand (µM, hours)."""
    B = 10 * 36 * C / (36 * C + 20)

    def T(G):
        return 10 * 30 * G**2 / (30 * G**2 + 200)

    G = brentq(lambda G: 20 * B**2 * (10 - G) - 200 * T(G) * G, 1e-9, 10)
    return B, G, T(G)


def test_the_brake_rests_where_it_is_published_to():
    assert ht1b_rest(0.0603) == pytest.approx((0.979, 0.866, 1.011), abs=6e-4)
    start = [float(HT1B_CASCADE.initial[n] / uM) for n in ("B", "G_star", "T_star")]
    assert start == pytest.approx(ht1b_rest(0.0603), rel=1e-5)


def serotonin(receptor, held, lasting, duration, dt=100 * ms):
    """Return release factor and G protein while serotonin is held at some level for a while."""
    one = Neuromodulator(name="serotonin", pool=TRANSIENT, receptors={"brake": receptor})
    states = {"serotonin.brake": dt} | ({"serotonin.brake_G_star": dt} if receptor is HT1B_CASCADE else {})
    experiment = Experiment(
        name="brake",
        summary="Serotonin and its brake.",
        source=LINDROOS_2018,
        circuit=Circuit(populations=(), modulators=(modulator_of(one),)),
        conditions={"only": Condition(summary="Only.")},
        recording=Recording(states=states),
        duration=duration,
        dt=dt,
    )
    values = {
        "serotonin.tonic": 60.3 * nM,
        "serotonin.held": held * nM,
        "serotonin.size": 0 * nM,
        "serotonin.lasting": lasting,
    }
    return run(experiment, duration, **values)["modulators/serotonin"]


def test_at_rest_the_brake_is_off():
    for receptor in (HT1B_CASCADE, HT1B_AT_ONCE):
        factor = serotonin(receptor, 60.3, 1 * second, 20 * second).brake
        assert np.allclose(factor.values, 1, atol=1e-4)


def test_the_brake_outlasts_serotonin_only_with_the_cascade():
    """Two seconds of 1 µM: the cascade holds release back half a minute later, and binding at once not."""
    slow = serotonin(HT1B_CASCADE, 1000, 2 * second, 40 * second).brake
    at_once = serotonin(HT1B_AT_ONCE, 1000, 2 * second, 40 * second).brake
    during, later = slice(1.5, 2.5), slice(30, 40)
    assert float(at_once.sel(time=during).min()) < 0.01
    assert np.allclose(at_once.sel(time=later).values, 1, atol=1e-4)
    assert float(slow.sel(time=later).max()) < 0.995
    assert float(slow.idxmin("time")[0]) > 5  # the strongest brake comes long after


def test_the_cascade_moves_as_integrated_in_micromolar_and_hours():
    """Fails if µM or hours are taken for something else on the way to SI units."""

    def slope(t, y):  # t in hours
        B, G, T = y
        C = 1.0 if 1 < t * 3600 <= 3 else 0.0603
        return (
            36 * C * (10 - B) - 20 * B,
            20 * B**2 * (10 - G) - 200 * T * G,
            30 * G**2 * (10 - T) - 200 * T,
        )

    found = serotonin(HT1B_CASCADE, 1000, 2 * second, 31 * second, dt=20 * ms).brake_G_star
    hours = found[found.dims[0]].values / 3600
    wanted = solve_ivp(
        slope, (0, hours[-1]), ht1b_rest(0.0603), t_eval=hours, rtol=1e-9, max_step=0.05 / 3600
    )
    moved = wanted.y[1] - wanted.y[1, 0]
    assert np.max(moved) > 0.01
    assert np.allclose(
        found.values[:, 0] * scale_to_micromolar(found), wanted.y[1], atol=0.02 * np.max(moved)
    )


def scale_to_micromolar(level):
    """Return what turns a dataset's unit of concentration into µM."""
    return {"nmol/L": 1e-3, "nM": 1e-3, "umol/L": 1.0, "µmol/L": 1.0}[level.attrs["units"]]
