"""Messengers against integrations of their own: reactions listed here anew, and closed forms."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, second
from brian2.equations.equations import SUBEXPRESSION
from brian2.units import get_dimensions
from brian2.units.stdunits import nM, uM
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

import neuromodsim as nms
from neuromodsim.description.circuit import Circuit
from neuromodsim.description.condition import Condition
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import parsed
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.neuromodulator import Neuromodulator
from neuromodsim.description.recording import Recording
from neuromodsim.equations.messengers.camp import CAMP_D1, CAMP_D2
from neuromodsim.equations.messengers.d1_pka import D1_PKA
from neuromodsim.equations.messengers.mass_action import Reaction, mass_action, reactions
from neuromodsim.equations.messengers.nair_2015 import AT_REST, D1_M4_GATE, NETWORK
from neuromodsim.equations.receptors.ht1b_cascade import HT1B_AT_ONCE, HT1B_CASCADE
from neuromodsim.equations.release.transient import TRANSIENT
from neuromodsim.equations.sources import LINDROOS_2018
from neuromodsim.numerics.chebyshev import coefficients
from neuromodsim.transforms.neuromodulator import modulator_of

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


def slopes(listed, names, held):
    """Return dy/dt of a list of reactions by the law of mass action; ``held`` is appended to y.

    A reaction is the names on its left, those on its right, and the rates there and back.
    """
    order = [*names, *held, "one"]  # a factor of one fills up the shorter products
    sides = [[side.split() for side in row[:2]] for row in listed]
    left, right = (np.array([[order.index(s) for s in _three(pair[k])] for pair in sides]) for k in (0, 1))
    forth, back = (np.array([row[k] for row in listed], float) for k in (2, 3))
    turn = np.zeros((len(names), len(listed)))
    for k, (a, b) in enumerate(sides):
        for substance, many in [*((s, -1) for s in a), *((s, 1) for s in b)]:
            if substance in names:
                turn[names.index(substance), k] += many
    constant = [*held.values(), 1.0]

    def slope(t, y):
        z = np.append(y, constant)
        return turn @ (forth * z[left].prod(axis=1) - back * z[right].prod(axis=1))

    return slope


def _three(side):
    return [*side, "one", "one"][:3]


def steady(dose, seconds=1000):
    """Return the substances of the cascade after a long time with one dose."""
    slope = slopes(LISTED, NAMES, {"DA": dose, "ATP": ATP})
    return solve_ivp(slope, (0, seconds), PUBLISHED_START, method="LSODA", rtol=1e-9, atol=1e-9).y[:, -1]


def alone(
    model, name="one", *, rows=1, dt=0.5 * ms, links=None, others=(), initial=None, interval=None, states
):
    """Return an experiment with one messenger and what it reads."""
    part = Modulator(name=name, model=model, regions=rows, initial=initial or {})
    return Experiment(
        name=name,
        summary="One messenger.",
        source=LINDROOS_2018,
        circuit=Circuit(populations=(), modulators=(*others, part), links=links or {}),
        conditions={"only": Condition(summary="Only.")},
        recording=Recording(states={f"{name}.{s}": interval or 10 * ms for s in states}),
        duration=1 * second,
        dt=dt,
    )


def prescribed(name="dopamine", rows=1, **initial):
    """Return a concentration that is what it is told to be."""
    return Modulator(name=name, model=TRANSIENT, regions=rows, initial=initial)


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


def run(experiment, duration, **parameters):
    return nms.simulate(experiment, device="numpy", duration=duration, parameters=parameters)


def own_slopes(model, state, **given):
    """Return dy/dt of a model's substances from its equation strings; everything in nM and seconds."""
    equations = parsed(model.equations)
    names = {n: float(p.value) * 1e-6 ** _order(p) for n, p in model.parameters.items()}
    names |= {**state, **given, "mmolar": 1.0, "second": 1.0}
    for equation in equations.ordered:
        if equation.type == SUBEXPRESSION:
            names[equation.varname] = eval(str(equation.expr), {}, names)
    return {n: eval(str(equations[n].expr), {}, names) for n in state}


def _order(parameter):
    """Return how many concentrations a rate constant divides by."""
    return round(-get_dimensions(parameter.value).get_dimension("mol"))


@pytest.fixture(scope="module")
def published():
    """Return the cascade after a transient from 0 s on: the published one, and two with a tonic level."""
    held, size = [0, 20, 20] * nM, [500, 480, 500] * nM
    states = ("Target1p", "cAMP", "Gbgolf", "D1RDAGolf")
    experiment = cascade(1 * ms, rows=3, states=states, held=held, size=size)
    return run(experiment, 1.01 * second, **{"dopamine.onset": 0 * second})["modulators/cascade"]


def alpha(t):
    return 500 * t / 0.5 * np.exp(1 - t / 0.5)


def some_states(names, count=5):
    rng = np.random.default_rng(1)
    return [dict(zip(names, rng.lognormal(3, 2, len(names)), strict=True)) for _ in range(count)]


# the D1 cascade


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


# the Chebyshev method


def amplification(table, z):
    """Return what one step makes of x in dx/dt = λx, for z = λ dt."""
    levels = [1.0]
    for k, (mu, nu, mu_slope, gamma, _) in enumerate(table, start=1):
        before = levels[k - 2] if k > 1 else 0.0
        new = (1 - mu - nu) + mu * levels[-1] + nu * before + mu_slope * z * levels[-1] + gamma * z
        levels.append(new if k > 1 else 1 + mu_slope * z)
    return levels[-1]


@pytest.mark.parametrize("stages", [3, 5, 10])
def test_chebyshev_steps_are_of_second_order(stages):
    """1 + z + z²/2, and the last stage ends with the step."""
    table, small = coefficients(stages), 1e-3
    assert amplification(table, small) == pytest.approx(1 + small + small**2 / 2, abs=1e-9)
    assert table[-1][-1] == pytest.approx(1)


@pytest.mark.parametrize("stages", [3, 5, 10])
def test_chebyshev_steps_are_stable_as_far_as_they_say(stages):
    table, reach = coefficients(stages), 0.65 * (stages**2 - 1)
    assert all(abs(amplification(table, -z)) < 1 + 1e-9 for z in np.linspace(0, reach, 2000))
    assert abs(amplification(table, -1.3 * reach)) > 1


def test_time_in_equations_is_that_of_the_stage():
    """dx/dt = t² is integrated to second order: a step that reads the time of its start is worse."""
    model = replace(TRANSIENT, name="cube", method="chebyshev", step="", parameters={}, initial={}, level="x")
    found = []
    for dt in (20 * ms, 10 * ms):
        cube = replace(model, equations="dx/dt = 3*(t/second)**2/second : 1")
        result = run(alone(cube, dt=dt, interval=100 * ms, states=("x",)), 1.1 * second)
        found.append(abs(float(result["modulators/one"].x.sel(time=1.0)[0]) - 1))
    assert found[0] < 1e-3 and found[0] / found[1] == pytest.approx(4, rel=0.1)


# cAMP as one number


def gate(model, up, down, seconds=2.0):
    """Return cAMP with both occupancies held, from an empty start."""
    links = {"camp.occupancy_up": "up.level", "camp.occupancy_down": "down.level"}
    fixed = replace(
        TRANSIENT, name="fixed", equations="level : 1", step="", parameters={}, initial={}, level="level"
    )
    others = tuple(
        Modulator(name=n, model=fixed, initial={"level": v}) for n, v in (("up", up), ("down", down))
    )
    experiment = alone(model, "camp", links=links, others=others, initial={"cAMP": 0.0}, states=("cAMP",))
    return run(replace(experiment, dt=10 * ms), seconds * second)["modulators/camp"].cAMP[:, 0]


@pytest.mark.parametrize(
    ("model", "up", "down", "drive"),
    [
        (CAMP_D1, 0.5, 0.09, 18 * 0.5 - 10 * 0.09),
        (CAMP_D1, 0.04, 0.09, 0.0),  # M4 wins: no drive, and never a negative one
        (CAMP_D2, 0.09, 0.01, 25 * 0.09 - 50 * 0.01),
        (CAMP_D2, 0.09, 0.05, 0.0),  # D2 wins
    ],
)
def test_camp_follows_the_difference_of_two_receptors(model, up, down, drive):
    level = gate(model, up, down)
    wanted = drive / 0.1 * (1 - np.exp(-0.1 * level.time.values))
    assert np.allclose(level.values, wanted, atol=1e-5)


# reactions as a table


def test_a_reaction_reads_as_it_is_written():
    one = Reaction.read("  PDE + cAMP + cAMP <-> PDEc   kf  kr ")
    assert one.flux() == "kf*PDE*cAMP*cAMP - kr*PDEc"
    assert [one.made(s) for s in ("PDE", "cAMP", "PDEc", "ATP")] == [-1, -2, 1, 0]
    with pytest.raises(ValueError, match="one rate constant per direction"):
        Reaction.read("A <-> B  k")


def test_a_table_becomes_equations():
    text = mass_action(reactions("A + B <-> C  kf  kr\n# none\nC -> B  k"), held=("A",))
    assert text.splitlines() == [
        "r1 = kf*A*B - kr*C : mmolar/second  # A + B <-> C",
        "r2 = k*C : mmolar/second  # C -> B",
        "dB/dt = (-1)*r1 + r2 : mmolar",
        "dC/dt = r1 + (-1)*r2 : mmolar",
    ]


# the gate of D1 and M4, molecule by molecule

NAIR_NAMES = tuple(AT_REST)
NAIR_START = np.array(list(AT_REST.values()))
HELD = {"Ca": 60.0, "ATP": 5e6}


def nair_slopes(dopamine, acetylcholine):
    """Return dy/dt of the larger cascade, in nM and seconds, from the model's own table."""
    rate = {n: float(p.value) * 1e-6 ** _order(p) for n, p in D1_M4_GATE.parameters.items() if n not in HELD}
    listed = [
        (" ".join(r.left), " ".join(r.right), *[rate[k] for k in r.rates], *[0.0] * (2 - len(r.rates)))
        for r in NETWORK
    ]
    return slopes(listed, NAIR_NAMES, {"DA": dopamine, "ACh": acetylcholine, **HELD})


def nair(dopamine, acetylcholine, seconds, start):
    """Return the substances of the larger cascade, in nM, shape (substance, time)."""
    slope = nair_slopes(dopamine, acetylcholine)
    return solve_ivp(slope, (0, seconds), start, method="LSODA", rtol=1e-6, atol=1e-8).y


def test_the_published_rest_of_the_larger_cascade_is_a_steady_state():
    """A wrong rate, reaction or initial value, of 260 in all, would show: 72 slopes are zero."""
    assert np.max(np.abs(nair_slopes(10.0, 100.0)(0, NAIR_START))) < 1e-5  # nM/s; fluxes are up to thousands
    assert np.max(np.abs(nair_slopes(10.1, 100.0)(0, NAIR_START))) > 1e-3


def test_the_larger_cascade_says_what_its_table_says():
    """Fails if a reaction gets lost between the table and the equations, or its sign."""
    for state in some_states(NAIR_NAMES):
        found = own_slopes(D1_M4_GATE, state, DA=70.0, ACh=30.0)
        wanted = nair_slopes(70.0, 30.0)(0, np.array(list(state.values())))
        for name, slope in zip(NAIR_NAMES, wanted, strict=True):
            assert found[name] == pytest.approx(slope, rel=1e-6, abs=1e-3), name


@pytest.mark.parametrize(
    ("dopamine", "acetylcholine", "cAMP", "PKAc"),
    [(1000, 100, 5.75, 1.46), (10, 0, 1.27, 1.01), (1000, 0, 38.4, 9.2)],
)
def test_a_burst_and_a_pause_multiply(dopamine, acetylcholine, cAMP, PKAc):
    """Highest cAMP and PKAc, in multiples of rest, of 0.4 s of a burst, a pause, or both."""
    during = nair(dopamine, acetylcholine, 0.4, NAIR_START)
    after = nair(10, 100, 6, during[:, -1])
    for name, wanted in (("cAMP", cAMP), ("PKAc", PKAc)):
        k = NAIR_NAMES.index(name)
        found = max(during[k].max(), after[k].max()) / AT_REST[name]
        assert found == pytest.approx(wanted, rel=0.01)


# the slow brake on serotonin release


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
        "serotonin.C": 60.3 * nM,
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
