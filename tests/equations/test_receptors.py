"""Receptors and sensors in a bath: where they come to rest, and how long they take."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import molar, ms, second
from brian2.units.allunits import nmolar, umolar

import neuromodsim as nms
from neuromodsim import equations as catalogue
from neuromodsim.equations import BATH
from neuromodsim.transforms.pool import pool_with
from tests.equations.dish import dish, step, watch

# Occupancy at 10, 50 and 500 nmolar, and the time constant at 50 nmolar in seconds.
DOPAMINE = {
    "D1_EJDRUP": ((0.010, 0.048, 0.333), 49e-3),
    "D2_EJDRUP": ((0.59, 0.88, 0.99), 0.61),
    "D1_DREYER": ((0.010, 0.048, 0.333), 95e-3),
    "D2_DREYER": ((0.010, 0.048, 0.333), 95e-3),
    "D2_TERMINAL_DREYER": ((0.09, 0.33, 0.83), 2.2),
    "D1_HUNGER": ((0.006, 0.030, 0.238), 116),
    "D2_HUNGER": ((0.29, 0.67, 0.95), 40),
    "D1_LINDROOS": ((0.002, 0.010, 0.091), 4e-3),
}
RECEPTORS = {
    name: model
    for name, model in vars(catalogue).items()
    if isinstance(model, nms.ReceptorModel) and set(model.parameters) == {"K_d", "k_off"}
}


def in_a_bath(receptor, concentrations, *drugs):
    """Return a bath per concentration, with the receptor in it, empty at the start."""
    pool = pool_with(BATH, {"R": receptor}, drugs)
    return dish(pool, len(concentrations), C=np.asarray(concentrations) * nmolar)


def at_rest(receptor, concentrations, *drugs, tau=1.0):
    """Return what the receptor settles at, over twelve time constants."""
    step(tau / 20 * second)
    return watch(in_a_bath(receptor, concentrations, *drugs), ("R",), 12 * tau * second)["R"][:, -1]


@pytest.mark.parametrize("name", DOPAMINE)
def test_dopamine_receptors_rest_and_move_as_published(name):
    """A Kd read as a rate, or per minute as per second, is far off."""
    receptor = getattr(catalogue, name)
    occupancies, tau = DOPAMINE[name]
    off = 1 / float(receptor.parameters["k_off"].value)  # the slowest it can be
    assert at_rest(receptor, (10, 50, 500), tau=off) == pytest.approx(occupancies, abs=0.006)
    step(tau / 200 * second)
    rise = watch(in_a_bath(receptor, (50,)), ("R",), 1.005 * tau * second)["R"][0]
    assert rise[-1] == pytest.approx((1 - np.exp(-1)) * occupancies[1], rel=0.05)


@pytest.mark.parametrize("name", RECEPTORS)
def test_half_is_occupied_at_the_dissociation_constant(name):
    receptor = RECEPTORS[name]
    off = 1 / float(receptor.parameters["k_off"].value)
    K_d = float(receptor.parameters["K_d"].value / nmolar)
    assert at_rest(receptor, (K_d,), tau=off) == pytest.approx(0.5, rel=1e-3)


@pytest.mark.parametrize("name", RECEPTORS)
def test_molar_where_nanomolar_is_meant_is_refused(name):
    with pytest.raises(nms.WrongInput, match="at most"):
        RECEPTORS[name].with_parameters(K_d=7 * molar)
    with pytest.raises(nms.WrongInput, match="at least"):
        RECEPTORS[name].with_parameters(K_d=0 * nmolar)


def test_d2_keeps_most_of_its_dopamine_through_a_pause():
    """A second without dopamine takes exp(-0.2) of Ejdrup's D2, and all of its D1."""
    step(1 * ms)
    left = {}
    for name in ("D1_EJDRUP", "D2_EJDRUP"):
        pool = pool_with(BATH, {"R": getattr(catalogue, name)}, [])
        left[name] = watch(dish(pool, C=0 * nmolar, R=0.5), ("R",), 1001 * ms)["R"][0, -1] / 0.5
    assert left["D2_EJDRUP"] == pytest.approx(0.82, abs=0.003)
    assert left["D1_EJDRUP"] < 1e-6


def test_serotonin_1b_takes_minutes():
    """162 s at 60 nmolar, of the constants per hour of the terminal model."""
    receptor = catalogue.SEROTONIN_1B
    step(1 * second)
    found = watch(in_a_bath(receptor, (60,)), ("R",), 163 * second)["R"][0, -1]
    assert found == pytest.approx((1 - np.exp(-1)) * 60 / (60 + 555.6), rel=0.01)


def test_drugs_share_the_receptors_with_dopamine():
    """C/K / (1 + C/K + dose/Ki), with an antagonist; with an agonist its own share counts too."""
    antagonist = replace(catalogue.RACLOPRIDE(20 * nmolar), target="R")
    agonist = replace(catalogue.QUINPIROLE(20 * nmolar), target="R")
    C, r, q = 10 / 7, 20 / 2, 20 / 5
    assert at_rest(catalogue.D2_EJDRUP, (10,), antagonist, tau=5) == pytest.approx(C / (1 + C + r), rel=1e-3)
    assert at_rest(catalogue.D2_EJDRUP, (10,), agonist, tau=5) == pytest.approx(
        (C + q) / (1 + C + q), rel=1e-3
    )
    both = at_rest(catalogue.D2_EJDRUP, (10,), antagonist, agonist, tau=5)
    assert both == pytest.approx((C + q) / (1 + C + q + r), rel=1e-3)


SENSORS = ("DLIGHT1_1", "DLIGHT1_3B", "GRAB_DA1M", "GRAB_DA1H", "GRAB_NE1M", "GRAB_5HT1", "GRAB_ACH3")


@pytest.mark.parametrize("name", SENSORS)
def test_sensors_brighten_by_half_at_their_affinity(name):
    sensor = getattr(catalogue, name)
    K_d = float(sensor.parameters["K_d"].value / nmolar)
    tau = 1 / float(sensor.parameters["k_off"].value)
    brightest = sensor.parameters["max_response"].value
    assert at_rest(sensor, (K_d, 1e4 * K_d), tau=tau) == pytest.approx((brightest / 2, brightest), rel=2e-3)


def test_a_fast_sensor_shows_a_burst_that_a_slow_one_smears():
    """0.2 s after dopamine is gone dLight is dark, GRAB-DA1h as good as bright."""
    step(1 * ms)
    left = []
    for sensor in (catalogue.DLIGHT1_1, catalogue.GRAB_DA1H):
        pool = pool_with(BATH, {"R": sensor}, [])
        found = watch(dish(pool, C=0 * nmolar, R_bound=0.4), ("R",), 200 * ms)["R"][0]
        left.append(found[-1] / found[0])
    assert left[0] < 0.15 and left[1] > 0.9


def test_voltammetry_shows_the_concentration_itself():
    """Its kernel has an integral of one: a constant concentration is shown as it is."""
    assert at_rest(catalogue.VOLTAMMETRY, (250,), tau=0.5) * 1e6 == pytest.approx(250, rel=1e-3)
    step(1 * ms)
    rise = watch(in_a_bath(catalogue.VOLTAMMETRY, (250,)), ("R",), 501 * ms)["R"][0, -1] * 1e6
    assert rise == pytest.approx(250 * (1 - np.exp(-1)), rel=2e-3)


def test_the_brake_on_dopamine_axons_lets_go_within_a_tenth_of_a_second():
    step(1 * ms)
    pool = pool_with(BATH, {"R": catalogue.AXONAL_BRAKE}, [])
    drive = watch(dish(pool, C=100 * umolar), ("R",), 20 * ms)["R"][0, -1]
    rest = watch(dish(pool, C=0 * umolar, R=drive), ("R",), 101 * ms)["R"][0, -1]
    assert drive > 0.8
    assert rest / drive == pytest.approx(np.exp(-1), rel=0.01)
