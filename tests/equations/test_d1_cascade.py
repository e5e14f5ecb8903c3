"""The D1 cascade against an integration of its own: reactions listed here anew."""

import numpy as np
import pytest
from brian2 import ms, second
from brian2.units.stdunits import nM
from scipy.integrate import solve_ivp

from neuromodsim.equations.messengers.d1_pka import D1_PKA
from tests.equations.cascades import alone, own_slopes, prescribed, run, slopes, some_states

# The D1 cascade as its source lists it (ModelDB 237653), in nM and seconds: what meets, what it
# becomes, and the rates there and back. Written without a look at the model under test.
LISTED = [
    ("DA D1RGolf", "D1RDAGolf", 0.05, 250),
    ("DA D1R", "D1RDA", 0.05, 250),
    ("D1R Golf", "D1RGolf", 0.06, 250),
    ("D1RDA Golf", "D1RDAGolf", 0.06, 250),
    ("AC5 GaolfGTP", "AC5GaolfGTP", 10, 1),
    ("AC5GaolfGTP ATP", "AC5GaolfGTP_ATP", 0.00255, 1),
    ("AC5 ATP", "AC5_ATP", 1e-4, 1),
    ("AC5_ATP GaolfGTP", "AC5GaolfGTP_ATP", 10, 1),
    ("cAMP PDE4", "PDE4_cAMP", 0.03, 1),
    ("PDE10 cAMP cAMP", "PDE10c", 1e-6, 1),
    ("cAMP PDE10", "PDE10_cAMP", 0.1, 2),
    ("cAMP PDE10c", "PDE10c_cAMP", 0.1, 2),
    ("PKA cAMP", "PKAcAMP2", 0.026, 350),
    ("PKAcAMP2 cAMP", "PKAcAMP4", 0.0346, 50),
    ("PKAcAMP4", "PKAc PKAreg", 50, 0.03),
    ("PP1 Target1p", "PP1_Target1p", 0.001, 10),
    ("PKAc Target1", "PKAc_Target1", 0.08, 10),
    ("D1RDAGolf", "D1RDA GaolfGTP Gbgolf", 15, 0),
    ("GaolfGTP", "GaolfGDP", 30, 0),
    ("GaolfGDP Gbgolf", "Golf", 100, 0),
    ("AC5GaolfGTP_ATP", "cAMP AC5GaolfGTP", 50, 2.55),
    ("AC5_ATP", "cAMP AC5", 1, 0.002),
    ("AC5GaolfGTP", "AC5 GaolfGDP", 1, 0),
    ("AC5GaolfGTP_ATP", "AC5_ATP GaolfGDP", 1, 0),
    ("PDE4_cAMP", "PDE4", 2.5, 0),
    ("PDE10_cAMP", "PDE10", 3, 0),
    ("PDE10c_cAMP", "PDE10c", 10, 0),
    ("PKAc_Target1", "PKAc Target1p", 10, 0),
    ("PP1_Target1p", "PP1 Target1", 5, 0),
]
ATP = 5e6
# What is neither made nor lost, and the substances that hold it.
TOTALS = {
    "D1 receptor": "D1R D1RDA D1RGolf D1RDAGolf",
    "Golf, alpha": "Golf D1RGolf D1RDAGolf GaolfGTP GaolfGDP AC5GaolfGTP AC5GaolfGTP_ATP",
    "Golf, beta-gamma": "Golf D1RGolf D1RDAGolf Gbgolf",
    "cyclase": "AC5 AC5_ATP AC5GaolfGTP AC5GaolfGTP_ATP",
    "PDE4": "PDE4 PDE4_cAMP",
    "PDE10": "PDE10 PDE10_cAMP PDE10c PDE10c_cAMP",
    "PKA, catalytic": "PKA PKAcAMP2 PKAcAMP4 PKAc PKAc_Target1",
    "PKA, regulatory": "PKA PKAcAMP2 PKAcAMP4 PKAreg",
    "target": "Target1 Target1p PKAc_Target1 PP1_Target1p",
    "PP1": "PP1 PP1_Target1p",
}
NAMES = tuple(D1_PKA.initial)
PUBLISHED_START = np.array([float(D1_PKA.initial[n] / nM) for n in NAMES])


def steady(dose, seconds=1000):
    """Return the substances of the cascade after a long time with one dose."""
    slope = slopes(LISTED, NAMES, {"DA": dose, "ATP": ATP})
    return solve_ivp(slope, (0, seconds), PUBLISHED_START, method="LSODA", rtol=1e-9, atol=1e-9).y[:, -1]


def cascade(dt, rows=1, states=NAMES, interval=None, start=None, **dopamine):
    return alone(
        D1_PKA,
        "cascade",
        rows=rows,
        dt=dt,
        links={"cascade.DA": "dopamine.C"},
        others=(prescribed(rows=rows, **dopamine),),
        initial=start,
        interval=interval,
        states=states,
    )


@pytest.fixture(scope="module")
def published():
    """Return the cascade after a transient from 0 s on: the published one, and two with a tonic level."""
    held, size = [0, 20, 20] * nM, [500, 480, 500] * nM
    states = ("Target1p", "cAMP", "Gbgolf", "D1RDAGolf")
    experiment = cascade(1 * ms, rows=3, states=states, held=held, size=size)
    return run(experiment, 1.01 * second, **{"dopamine.onset": 0 * second})["modulators/cascade"]


def alpha(t):
    return 500 * t / 0.5 * np.exp(1 - t / 0.5)


def test_reactions_are_those_of_the_source():
    """Every slope, at states far from any the cascade visits, is that of the list above."""
    for state in some_states(NAMES):
        wanted = slopes(LISTED, NAMES, {"DA": 70.0, "ATP": ATP})(0, np.array(list(state.values())))
        found = own_slopes(D1_PKA, state, DA=70.0)
        for name, slope in zip(NAMES, wanted, strict=True):
            assert found[name] == pytest.approx(slope, rel=1e-9, abs=1e-6), name


@pytest.mark.parametrize("total", TOTALS)
def test_nothing_is_lost(total):
    for state in some_states(NAMES):
        found = own_slopes(D1_PKA, state, DA=70.0)
        parts = [found[name] for name in TOTALS[total].split()]
        assert abs(sum(parts)) <= 1e-9 * max(map(abs, parts))


def test_substrates_one_second_after_the_onset_are_the_published_ones(published):
    """ModelDB 237653, substrates.json; Golf on the receptor peaks before."""
    last = published.sel(time=1.0).isel(region=0)
    assert float(last.Target1p) == pytest.approx(957.34, rel=1e-3)
    assert float(last.cAMP) == pytest.approx(1680.99, rel=1e-3)
    assert float(last.Gbgolf) == pytest.approx(342.86, rel=1e-3)
    assert float(published.D1RDAGolf[:, 0].max()) == pytest.approx(42.547, rel=1e-3)


def test_a_run_is_what_an_adaptive_integration_gives(published):
    """At every time, from the moment on when the step of dopamine at the onset has worn off."""
    times = published.time.values
    listed = slopes(LISTED, NAMES, {"ATP": ATP, "DA": 1.0})

    def slope(t, y):
        turning = listed(t, y) - bound(t, y)
        return turning + bound(t, y) * alpha(t)

    def bound(t, y):  # what dopamine turns over, per nM of it
        return slopes_of_binding(t, y) - slopes_of_leaving(t, y)

    slopes_of_binding = slopes(LISTED[:2], NAMES, {"DA": 1.0})
    slopes_of_leaving = slopes(LISTED[:2], NAMES, {"DA": 0.0})
    wanted = solve_ivp(
        slope,
        (0, times[-1]),
        PUBLISHED_START,
        method="LSODA",
        t_eval=times,
        rtol=1e-8,
        atol=1e-8,
        max_step=0.1,
    ).y
    for name in ("Target1p", "cAMP", "Gbgolf", "D1RDAGolf"):
        assert np.allclose(published[name].values[5:, 0], wanted[NAMES.index(name), 5:], rtol=1e-3), name


def test_a_tonic_level_that_stays_misses_them(published):
    """The onset convention matters: fails if 'held' is ignored, or the peak counted from zero."""
    found = published.sel(time=1.0).isel(region=[1, 2])
    assert found.cAMP.values == pytest.approx([1704.13, 1791.44], rel=1e-3)
    assert found.Target1p.values == pytest.approx([976.23, 1023.46], rel=1e-3)


def test_published_start_is_a_steady_state():
    found = own_slopes(D1_PKA, dict(zip(NAMES, PUBLISHED_START, strict=True)), DA=20.0)
    assert max(map(abs, found.values())) < 0.01  # nM/s; the fluxes are up to hundreds


@pytest.mark.parametrize(
    ("dose", "cAMP", "PKAc"),
    [
        (0, 9.3, 0.88),
        (5, 15.2, 1.43),
        (10, 21.9, 2.06),
        (20, 38.2, 3.66),
        (50, 129, 14.2),
        (100, 622, 102),
        (200, 1980, 325),
        (500, 6247, 560),
        (1000, 9020, 599),
    ],
)
def test_steady_states(dose, cAMP, PKAc):
    """Where an independent integration ends, the cascade stands still; the table is rounded."""
    end = dict(zip(NAMES, steady(dose), strict=True))
    assert end["cAMP"] == pytest.approx(cAMP, rel=0.004)
    assert end["PKAc"] == pytest.approx(PKAc, rel=0.004)
    assert max(map(abs, own_slopes(D1_PKA, end, DA=float(dose)).values())) < 1e-4


def test_half_of_pkac_takes_far_less_dopamine_than_kd():
    doses = np.array([100, 150, 180, 250, 1000])
    response = [steady(dose)[NAMES.index("PKAc")] for dose in doses]
    assert 160 < np.interp(response[-1] / 2, response[:-1], doses[:-1]) < 200


def test_the_method_is_stable_where_the_usual_one_is_not():
    """Its fastest rate, at 1 µM: too fast for rk4 at 0.1 ms (2.79), slow enough for 0.5 ms here."""
    end = steady(1000)
    slope = slopes(LISTED, NAMES, {"DA": 1000, "ATP": ATP})
    steps = np.diag(np.maximum(np.abs(end), 1e-3) * 1e-4)
    jacobian = np.array([(slope(0, end + d) - slope(0, end - d)) / (2 * d.sum()) for d in steps]).T
    fastest = -np.linalg.eigvals(jacobian).real.min()
    assert fastest * 0.1e-3 > 2.79 and fastest * 0.5e-3 < 0.65 * (10**2 - 1)
