"""Pools against what is known of them in closed form, and published numbers against each other."""

import numpy as np
import pytest
from brian2 import meter, molar, mole, ms, second, um
from brian2.units.allunits import nmolar, umolar
from scipy.optimize import brentq

import neuromodsim as nms
from neuromodsim import equations as catalogue
from neuromodsim.equations.clearance.prescribed import prescribed
from neuromodsim.transforms.pool import pool_with
from tests.equations.dish import dish, step, watch
from tests.pretend import ALWAYS, OURS

POOLS = {
    name: model
    for name, model in vars(catalogue).items()
    if isinstance(model, nms.ModulatorModel) and "K_m" in model.parameters
}


def value(model, name, unit=1.0):
    """Return a parameter as a number in some unit."""
    return float(model.parameters[name].value / unit)


def per_spike(release, pool):
    """Return in nmolar how far all sites together raise a pool."""
    p, sites, quantum = (release.parameters[n].value for n in ("p_release", "site_density", "quantum"))
    return float(p * sites * quantum / pool.parameters["alpha"].value / nmolar)


STRIATUM = {
    "dorsal": (catalogue.DA_DS_EJDRUP, catalogue.MEAN_FIELD_RELEASE, 56.9, (2.01, 4.06, 8.29), 35),
    "ventral": (catalogue.DA_VS_EJDRUP, catalogue.MEAN_FIELD_RELEASE_VENTRAL, 51.2, (5.52, 11.3, 24.0), 105),
}


@pytest.mark.parametrize("region", STRIATUM)
def test_striatum_rests_where_release_and_uptake_balance(region):
    """K_m J/(V_max - J): catches alpha used twice or not at all, and a wrong quantum or density."""
    pool, release, rise, levels, _ = STRIATUM[region]
    assert per_spike(release, pool) == pytest.approx(rise, rel=2e-3)
    flux = per_spike(release, pool) * np.array([1, 2, 4])  # nmolar per second
    K_m, V_max = value(pool, "K_m", nmolar), value(pool, "V_max", nmolar / second)
    assert K_m * flux / (V_max - flux) == pytest.approx(levels, rel=5e-3)
    step(1 * ms)
    group = dish(pool, leak=flux[2] * nmolar / second)
    found = watch(group, ("C",), 2 * second)["C"][0, -1] * 1e6
    assert found == pytest.approx(levels[2], rel=3e-3)


@pytest.mark.parametrize("region", STRIATUM)
def test_a_small_rise_decays_with_the_clearance_time(region):
    pool, *_, tau = STRIATUM[region]
    step(0.1 * ms)
    found = watch(dish(pool, C=0.1 * nmolar), ("C",), tau * ms)["C"][0]
    assert found[-1] / found[0] == pytest.approx(np.exp(-1), rel=5e-3)


def test_a_rise_far_above_saturation_falls_in_a_straight_line():
    """Uptake cannot go faster than V_max: 10 umolar lose 0.6 umolar in 0.1 s."""
    step(0.1 * ms)
    found = watch(dish(catalogue.DA_DS_EJDRUP, C=10 * umolar), ("C",), 100 * ms)["C"][0]
    assert (found[0] - found[-1]) * 1e3 == pytest.approx(0.6 * 10 / 10.21, rel=5e-3)


@pytest.mark.parametrize(("peak", "gone"), [(250, (0.12, 0.2)), (500, (0.17, 0.25)), (2000, (0.45, 0.6))])
def test_dopamine_after_stimulation_is_gone_as_soon_as_reviewed(peak, gone):
    """Schultz (2007): 250-500 nmolar after one pulse, back in about 200 ms; after trains in 500-600 ms."""
    step(0.1 * ms)
    found = watch(dish(catalogue.DA_DS_EJDRUP, C=peak * nmolar), ("C",), 700 * ms)["C"][0] * 1e6
    back = 0.1e-3 * np.argmax(found < 10)  # the level at rest
    assert gone[0] < back < gone[1]


def test_tortuosity_counts_once_and_squared():
    """A laplacian of 1 nmolar/um2 moves 763/1.54**2 = 321.7 nmolar per second."""
    step(0.01 * ms)
    still = {"V_max": 0 * nmolar / second, "laplacian": 1 * nmolar / um**2}
    found = watch(dish(catalogue.EXTRACELLULAR, **still), ("C",), 1 * ms)["C"][0]
    assert (found[-1] - found[0]) / 0.99e-3 * 1e6 == pytest.approx(321.7, rel=1e-3)


def dreyer_at_rest(pool, release, rate):
    """Return the concentration, occupancy and gain at rest of Dreyer's loop, from the presets' numbers."""
    auto = catalogue.D2_TERMINAL_DREYER
    V, K = value(pool, "V_max", nmolar / second), value(pool, "K_m", nmolar)
    E, beta = value(auto, "K_d", nmolar), value(catalogue.TERMINAL_AUTORECEPTOR, "terminal_alpha")
    J = rate * value(release, "release_all", nmolar)
    C = max(np.roots([J - V - V * beta, J * (E + K) - E * V, J * K * E]).real)
    return C, C / (C + E), 1 / (1 + beta * C / (C + E))


@pytest.mark.parametrize(
    ("rate", "tegmental", "nigral"),
    [
        (1, (16.5, 0.142, 0.702), (12.9, 0.114, 0.745)),
        (2, (29.9, 0.230, 0.591), (23.4, 0.190, 0.638)),
        (4, (55.5, 0.357, 0.483), (42.7, 0.299, 0.527)),
    ],
)
def test_dreyer_loop_rests_at_the_root_of_its_quadratic(rate, tegmental, nigral):
    tegmentum = dreyer_at_rest(catalogue.DA_VTA_DREYER, catalogue.RELEASE_ALL, rate)
    nigra = dreyer_at_rest(catalogue.DA_SNC_DREYER, catalogue.RELEASE_ALL_SNC, rate)
    assert tegmentum == pytest.approx(tegmental, rel=5e-3)
    assert nigra == pytest.approx(nigral, rel=5e-3)


def test_dreyer_cell_bodies_fire_at_four_hertz():
    """Five spikes per second come in, 4.03 are left at 107.8 nmolar."""
    pool, auto = catalogue.DA_SOMA, catalogue.D2_SOMA_DREYER
    V, K, E = value(pool, "V_max", nmolar / second), value(pool, "K_m", nmolar), value(auto, "K_d", nmolar)
    gamma = value(catalogue.RELEASE_ALL_SOMA, "release_all", nmolar)
    fall = value(catalogue.SOMATIC_AUTORECEPTOR, "somatic_fall", 1 / second)

    def rate(C):
        return 5 - fall * C / (C + E)

    found = brentq(lambda C: rate(C) * gamma - V * C / (K + C), 1, 1000)
    assert (rate(found), found) == pytest.approx((4.026, 107.8), rel=1e-3)


def test_first_order_loss_beside_uptake():
    """Zero order, as in the published program, would take 40 nmolar of any concentration per second."""
    step(0.1 * ms)
    found = watch(
        dish(catalogue.DA_VTA_DREYER, C=100 * nmolar, V_max=0 * nmolar / second), ("C",), 1 * second
    )["C"][0]
    assert found[-1] / found[0] == pytest.approx(np.exp(-0.04), rel=1e-4)


def test_serotonin_rests_at_sixty_nanomolar():
    """With the published vesicular release: 1.89/h of 63.04 umolar, autoreceptors at rest."""
    step(10 * ms)
    more = 3.435 * nmolar / second + 1.89 / (3600 * second) * 63.04 * umolar
    found = watch(dish(catalogue.SEROTONIN_TERMINAL_REED, leak=more), ("C",), 120 * second)["C"][0, -1]
    assert found * 1e6 == pytest.approx(60.3, rel=2e-3)


def test_serotonin_units_are_hours_in_the_source():
    pool = catalogue.SEROTONIN_TERMINAL_REED
    assert value(pool, "V_max", nmolar / second) == pytest.approx(69.4, rel=1e-3)
    assert value(pool, "V_max_2", umolar / (3600 * second)) == pytest.approx(0.01 * 1400)


def test_noradrenaline_has_the_half_life_of_a_slice():
    """2.93 s in the linear range, and longer from the measured peak of 0.31 umolar."""
    step(10 * ms)
    low = watch(dish(catalogue.NA_LC_SLICE, C=1 * nmolar), ("C",), 2.93 * second)["C"][0]
    high = watch(dish(catalogue.NA_LC_SLICE, C=310 * nmolar), ("C",), 2.93 * second)["C"][0]
    assert low[-1] / low[0] == pytest.approx(0.5, rel=5e-3)
    assert 0.55 < high[-1] / high[0] < 0.7


@pytest.mark.parametrize(("pool", "rate"), [(catalogue.ACH_AMBIENT, 1.2), (catalogue.ACH_FAST, 100)])
def test_acetylcholine_is_split_at_the_rate_of_its_enzyme(pool, rate):
    step(1 / rate / 1000 * second)
    found = watch(dish(pool, C=1 * nmolar), ("C",), 1 / rate * second)["C"][0]
    assert found[-1] / found[0] == pytest.approx(np.exp(-0.999), rel=3e-3)


def test_more_enzyme_is_faster_in_proportion():
    rates = [
        value(m, "k_cat") * value(m, "enzyme") / value(m, "K_m")
        for m in (catalogue.ACH_AMBIENT, catalogue.ACH_FAST)
    ]
    assert rates == pytest.approx([1.2, 100])


def test_a_blocker_takes_ki_to_double_the_affinity():
    """At a dose of three times K_i a small rise lasts four times as long."""
    drug = catalogue.NOMIFENSINE
    blocked = pool_with(catalogue.DA_DS_EJDRUP, {}, [drug(3 * drug.K_i.value)])
    step(0.1 * ms)
    found = watch(dish(blocked, C=0.1 * nmolar), ("C",), 140 * ms)["C"][0]
    assert found[-1] / found[0] == pytest.approx(np.exp(-1), rel=5e-3)


@pytest.mark.parametrize(
    ("drug", "pool"),
    [
        (catalogue.COCAINE, catalogue.DA_VS_EJDRUP),
        (catalogue.FLUOXETINE, catalogue.SEROTONIN_TERMINAL_REED),
        (catalogue.DESIPRAMINE, catalogue.NA_LC_SLICE),
        (catalogue.PHYSOSTIGMINE, catalogue.ACH_FAST),
    ],
)
def test_every_transporter_has_a_drug(drug, pool):
    assert f"{drug.name}/{drug.target}_{drug.name}_K_i" in pool_with(pool, {}, [drug(1 * umolar)]).equations


def test_a_drug_for_another_transporter_is_refused():
    with pytest.raises(nms.WrongInput, match="target of fluoxetine"):
        pool_with(catalogue.DA_VS_EJDRUP, {}, [catalogue.FLUOXETINE(1 * umolar)])


@pytest.mark.parametrize("name", POOLS)
def test_molar_where_nanomolar_is_meant_is_refused(name):
    """The slip of a prefix, a thousand times too much or more, is out of range."""
    with pytest.raises(nms.WrongInput, match="at most"):
        POOLS[name].with_parameters(K_m=160 * molar)
    with pytest.raises(nms.WrongInput, match="at least"):
        POOLS[name].with_parameters(K_m=-1 * nmolar)
    with pytest.raises(nms.WrongInput, match="needs a unit of concentration"):
        POOLS[name].with_parameters(K_m=1 * mole / second)
    with pytest.raises(nms.WrongInput, match="at most"):
        POOLS[name].with_parameters(D=763 * meter**2 / second)


def test_a_bath_keeps_its_concentration():
    step(1 * ms)
    group = dish(catalogue.BATH, concentration=5 * umolar)
    assert watch(group, ("C",), 10 * ms)["C"] == pytest.approx(5e-3)


def test_a_prescribed_course_moves_in_straight_lines_and_stays():
    """In a real program, because tables are functions that the engine provides."""
    experiment = nms.Experiment(
        name="prescribed",
        summary="A concentration that follows a table.",
        source=OURS,
        circuit=nms.Circuit(
            populations=(), modulators=(nms.Modulator(name="dopamine", model=prescribed("burst", 3)),)
        ),
        conditions=ALWAYS,
        recording=nms.Recording(states={"dopamine.C": 1 * ms}),
        duration=40 * ms,
        dt=1 * ms,
        prepare=lambda setting: {"dopamine.burst_course": [0, 100e-6, 20e-6]},
    )
    run = nms.simulate(experiment, device="numpy", progress=False)
    found = run["modulators/dopamine"]["C"]
    drawn = np.interp(found["time"].values * 1000, [0, 10, 20], [0, 100, 20])
    assert np.ravel(found.values) == pytest.approx(drawn, abs=10)  # a step behind at most
    assert np.ravel(found.values)[-5:] == pytest.approx(20)
