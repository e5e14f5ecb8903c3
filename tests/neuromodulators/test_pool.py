"""A pool with its receptors and drugs: closed forms of uptake, binding and competition."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import mmolar, ms, nmolar, second, umolar
from scipy.special import lambertw

import neuromodsim as nms
from neuromodsim.description.model import parsed
from neuromodsim.equations import (
    COCAINE,
    D1_EJDRUP,
    D2_EJDRUP,
    D2_HUNGER,
    DA_DS_EJDRUP,
    EXTRACELLULAR,
    HALOPERIDOL,
    NOMIFENSINE,
    QUINPIROLE,
)
from tests.neuromodulators.parts import concentration, experiment

# Nothing moves the concentration, so binding is to a constant.
HELD = EXTRACELLULAR.with_parameters(V_max=0 * mmolar / second)


def run_of(one, record, duration=100 * ms, dt=0.1 * ms, **values):
    described = experiment(one, dt=dt, record={path: 10 * ms for path in record})
    return nms.simulate(described, device="numpy", duration=duration, parameters=values)[
        "modulators/dopamine"
    ]


def test_saturable_uptake_follows_the_lambert_function():
    """K ln(C0/C) + C0 - C = V t: from far above Km to below it, at a step of 1 ms."""
    one = nms.Neuromodulator("dopamine", pool=DA_DS_EJDRUP)
    found = run_of(one, ["dopamine.C"], dt=1 * ms, **{"dopamine.C": 1000 * nmolar})
    t = found.time.values
    expected = 210 * np.real(lambertw(1000 / 210 * np.exp((1000 - 6000 * t) / 210)))
    assert found.C.values[:, 0] == pytest.approx(expected, rel=2e-3)


def test_the_error_of_uptake_falls_with_the_square_of_the_step():
    errors = []
    for dt in (2, 1, 0.5):
        one = nms.Neuromodulator("dopamine", pool=DA_DS_EJDRUP)
        found = run_of(one, ["dopamine.C"], dt=dt * ms, **{"dopamine.C": 400 * nmolar})
        expected = 210 * np.real(lambertw(400 / 210 * np.exp((400 - 6000 * 0.1) / 210)))
        errors.append(abs(found.C.values[-1, 0] - expected))
    assert errors[0] / errors[1] == pytest.approx(4, rel=0.15)
    assert errors[1] / errors[2] == pytest.approx(4, rel=0.15)


def test_no_loss_is_too_fast_for_the_step():
    """A loss of 10 per ms at a step of 1 ms leaves next to nothing, and nothing negative that grows."""
    one = nms.Neuromodulator("dopamine", pool=HELD.with_parameters(k_loss=1e4 / second))
    found = run_of(one, ["dopamine.C"], dt=1 * ms, **{"dopamine.C": 1000 * nmolar})
    assert abs(found.C.values[-1, 0]) < 1e-3


def test_a_leak_against_uptake_settles_where_they_balance():
    """C = Km J/(Vmax - J), exactly: a steady state does not depend on the step."""
    leaky = DA_DS_EJDRUP.with_parameters(leak=0.5 * umolar / second)
    found = run_of(nms.Neuromodulator("dopamine", pool=leaky), ["dopamine.C"], duration=2 * second, dt=1 * ms)
    assert found.C.values[-1, 0] == pytest.approx(210 * 0.5 / 5.5, rel=1e-9)


def test_binding_follows_its_closed_form():
    """Occupancy goes to C/(C + Kd) at the rate koff (1 + C/Kd), for both receptors at once."""
    receptors = {"D1": D1_EJDRUP, "D2": D2_EJDRUP}
    one = nms.Neuromodulator("dopamine", pool=HELD, receptors=receptors)
    found = run_of(one, ["dopamine.D1", "dopamine.D2"], **{"dopamine.C": 50 * nmolar})
    t = found.time.values
    for name, model in receptors.items():
        affinity = float(model.parameters["K_d"].value / nmolar)
        rate = float(model.parameters["k_off"].value * second) * (1 + 50 / affinity)
        expected = 50 / (50 + affinity) * (1 - np.exp(-rate * t))
        assert found[name].values[:, 0] == pytest.approx(expected, rel=1e-6, abs=1e-12)


def test_a_blocker_raises_the_affinity_constant_and_nothing_else():
    """Km becomes Km (1 + dose/Ki), so a leak settles that much higher."""
    leaky = DA_DS_EJDRUP.with_parameters(leak=0.5 * umolar / second)
    one = nms.Neuromodulator("dopamine", pool=leaky, drugs=(NOMIFENSINE(10 * umolar),))
    affinity = float(NOMIFENSINE.K_i.value / nmolar)
    start = {"dopamine.C": 3000 * nmolar}
    found = run_of(one, ["dopamine.C"], duration=60 * second, dt=5 * ms, **start)
    assert found.C.values[-1, 0] == pytest.approx(210 * (1 + 10_000 / affinity) * 0.5 / 5.5, rel=1e-4)
    washed = run_of(one, ["dopamine.C"], 2 * second, 1 * ms, **{"dopamine.nomifensine": 0 * nmolar})
    assert washed.C.values[-1, 0] == pytest.approx(210 * 0.5 / 5.5, rel=1e-9)


def test_two_blockers_share_one_transporter():
    """Competition adds up, Km (1 + a + b); two factors (1 + a)(1 + b) would be two binding sites."""
    drugs = (NOMIFENSINE(56 * nmolar), COCAINE(230 * nmolar))
    one = nms.Neuromodulator(
        "dopamine", pool=DA_DS_EJDRUP.with_parameters(leak=0.5 * umolar / second), drugs=drugs
    )
    found = run_of(one, ["dopamine.C"], duration=5 * second, dt=1 * ms)
    doses = sum(float(d.dose / d.K_i.value) for d in drugs)
    assert found.C.values[-1, 0] == pytest.approx(210 * (1 + doses) * 0.5 / 5.5, rel=1e-6)
    assert doses == pytest.approx(2)


def test_an_antagonist_and_an_agonist_share_a_receptor():
    """Gaddum: bound = (C/Kd)/(1 + C/Kd + A/Ka + B/Kb), and the agonist counts by its efficacy."""
    drugs = (HALOPERIDOL(5 * nmolar), QUINPIROLE(100 * nmolar))
    one = nms.Neuromodulator("dopamine", pool=HELD, receptors={"D2": D2_EJDRUP}, drugs=drugs)
    record = ["dopamine.D2", f"dopamine.D2_{HALOPERIDOL.name}", f"dopamine.D2_{QUINPIROLE.name}"]
    found = run_of(one, record, 120 * second, 10 * ms, **{"dopamine.C": 20 * nmolar})
    shares = {"own": 20 / 7.0}
    shares |= {d.name: float(d.dose / d.K_i.value) for d in drugs}
    total = 1 + sum(shares.values())
    for drug in drugs:
        assert found[f"D2_{drug.name}"].values[-1, 0] == pytest.approx(shares[drug.name] / total, rel=1e-4)
    active = shares["own"] + sum(d.efficacy * shares[d.name] for d in drugs)
    assert found.D2.values[-1, 0] == pytest.approx(active / total, rel=1e-4)
    assert QUINPIROLE.efficacy > 0.5 and HALOPERIDOL.efficacy == 0


def test_one_drug_can_sit_at_two_receptors_at_one_dose():
    """Its dose is one parameter and its affinities are two, as of sulpiride on cells and on terminals."""
    drugs = (HALOPERIDOL(5 * nmolar), replace(HALOPERIDOL, target="terminal")(5 * nmolar))
    receptors = {"D2": D2_EJDRUP, "terminal": D2_EJDRUP}
    one = nms.Neuromodulator("dopamine", pool=HELD, receptors=receptors, drugs=drugs)
    given = {"dopamine.C": 20 * nmolar, "dopamine.haloperidol": 0 * nmolar}
    found = run_of(one, ["dopamine.D2", "dopamine.terminal"], 60 * second, 10 * ms, **given)
    assert found.D2.values[-1, 0] == pytest.approx(20 / 27, rel=1e-3)
    assert found.terminal.values == pytest.approx(found.D2.values)
    weaker = {"dopamine.C": 20 * nmolar, "dopamine.terminal_haloperidol_K_i": 1000 * nmolar}
    found = run_of(one, ["dopamine.D2", "dopamine.terminal"], 60 * second, 10 * ms, **weaker)
    assert found.D2.values[-1, 0] < 0.9 * found.terminal.values[-1, 0]
    with pytest.raises(nms.WrongInput, match="haloperidol is in 'extracellular' at two doses"):
        experiment(replace(one, drugs=(drugs[0], drugs[1](7 * nmolar))))


def test_a_drug_is_there_from_the_start():
    """Receptors begin in balance with a drug, so its effect is not still building up."""
    one = nms.Neuromodulator(
        "dopamine", pool=HELD, receptors={"D2": D2_EJDRUP}, drugs=(QUINPIROLE(100 * nmolar),)
    )
    found = run_of(one, ["dopamine.D2"], 1 * second, 10 * ms)
    assert found.D2.values[0, 0] > 0.1
    assert found.D2.values[:, 0] == pytest.approx(found.D2.values[0, 0], rel=1e-9)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"dopamine.C": -1 * nmolar}, "must be between 0 nM and 1 mM"),
        ({"dopamine.C": 1 * second}, "needs a unit of concentration"),
        ({"dopamine.D1_K_d": 7 * 1e3 * mmolar}, "at most"),
        ({"dopamine.K_m": 0.21 * 1e3 * mmolar}, "at most"),
        ({"dopamine.D1_K_d": 7.0}, "needs a unit of concentration"),
        ({"dopamine.nomifensine": -1 * nmolar}, "at least"),
        ({"dopamine.D1_K_i": 1 * nmolar}, "did you mean"),
    ],
)
def test_what_cannot_be_meant_is_refused(change, message):
    one = nms.Neuromodulator("dopamine", pool=DA_DS_EJDRUP, receptors={"D1": D1_EJDRUP}, drugs=(NOMIFENSINE,))
    with pytest.raises(nms.WrongInput, match=message):
        run_of(one, ["dopamine.C"], **change)


def test_a_dose_must_be_a_concentration():
    with pytest.raises(nms.WrongInput, match="dose of nomifensine"):
        NOMIFENSINE(10 * second)
    with pytest.raises(nms.WrongInput, match="at least"):
        NOMIFENSINE(-1 * nmolar)


def test_a_drug_without_a_target_is_refused():
    with pytest.raises(nms.WrongInput, match="target of haloperidol"):
        experiment(nms.Neuromodulator("dopamine", pool=DA_DS_EJDRUP, drugs=(HALOPERIDOL,)))


def test_two_things_of_one_name_are_refused():
    with pytest.raises(nms.WrongInput, match="names two things"):
        experiment(nms.Neuromodulator("dopamine", pool=DA_DS_EJDRUP, receptors={"C": D1_EJDRUP}))


def test_a_pool_tells_its_parts_and_sources():
    one = nms.Neuromodulator(
        "dopamine",
        pool=DA_DS_EJDRUP,
        receptors={"D1": D1_EJDRUP, "D2": D2_HUNGER},
    )
    described = experiment(one)
    (whole,) = described.components().values()
    assert [part.name for part in whole.made_of] == ["da_ds_ejdrup", "d1_ejdrup", "d2_hunger"]
    assert set(parsed(whole.equations)) >= {"C", "D1", "D2", "D1_free", "D2_free"}
    assert {DA_DS_EJDRUP.source.key, D2_HUNGER.source.key} <= set(described.sources())


def test_a_concentration_comes_back_in_nanomolar():
    one = nms.Neuromodulator("dopamine", pool=HELD)
    run = nms.simulate(experiment(one), device="numpy", parameters={"dopamine.C": 1 * umolar})
    assert run["modulators/dopamine"].C.units == "nmol/L"
    assert concentration(run, "dopamine") == pytest.approx(1e-3)


@pytest.mark.parametrize(
    ("equations", "message"),
    [
        ("dC/dt = -C/second : volt", "'C' of 'odd' must be a concentration in mmolar; got volt"),
        ("dC/dt = -K_m/second + V_max*volt : mmolar", "units of dC/dt in 'odd' do not agree"),
        ("dC/dt = -C : mmolar", "units of dC/dt in 'odd' do not agree"),
        ("dB/dt = -B/second : mmolar", "'odd' has no variable 'C'"),
    ],
)
def test_a_pool_in_the_wrong_unit_is_refused_when_it_is_described(equations, message):
    given = {n: p for n, p in EXTRACELLULAR.parameters.items() if n in ("K_m", "V_max")}
    odd = replace(EXTRACELLULAR, name="odd", equations=equations, parameters=given)
    with pytest.raises(nms.WrongInput, match=message):
        experiment(nms.Neuromodulator("odd_one", pool=odd))


def test_a_receptor_in_the_wrong_unit_is_refused_when_it_is_described():
    rate = {"k_off": D1_EJDRUP.parameters["k_off"]}
    odd = replace(D1_EJDRUP, equations="doccupancy/dt = k_off*(C - occupancy) : 1", parameters=rate)
    with pytest.raises(nms.WrongInput, match="units of dD1/dt"):
        experiment(nms.Neuromodulator("dopamine", pool=DA_DS_EJDRUP, receptors={"D1": odd}))


def test_a_receptor_may_read_a_table_of_its_own():
    """Fails when its table is left out of the pool, or is not called as the receptor in the circuit."""
    curve = nms.Table(shape=(5,), meaning="occupancy in steps of 10 nM")
    stepwise = replace(
        D1_EJDRUP,
        equations="occupancy = curve(int(C/(10*nmolar))) : 1",
        parameters={},
        ranges={},
        tables={"curve": curve},
    )
    one = nms.Neuromodulator("dopamine", pool=HELD, receptors={"D1": stepwise, "other": D2_EJDRUP})
    given = {"dopamine.C": 35 * nmolar, "dopamine.D1_curve": [0, 0.1, 0.2, 0.7, 1]}
    found = run_of(one, ["dopamine.D1"], duration=1 * ms, **given)
    assert found.D1.values[:, 0] == pytest.approx(0.7)
    wrong = replace(stepwise, equations="occupancy = curve(int(C/(10*nmolar))) : meter")
    with pytest.raises(nms.WrongInput, match="units of D1 in"):
        experiment(nms.Neuromodulator("dopamine", pool=HELD, receptors={"D1": wrong}))
