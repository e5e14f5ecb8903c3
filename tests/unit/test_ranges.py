"""Initial values outside the range of their variable are refused, whoever gives them and however."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, second
from brian2.units.stdunits import nM, uM

import neuromodsim as nms
from neuromodsim import equations
from neuromodsim.checks.ranges import expect_ranges
from neuromodsim.description.model import EffectModel, Model, NeuronModel
from tests.pretend import OURS
from tests.unit.fields import P, cell, experiment, pool, task

FRACTION = {"equations": "d : 1", "ranges": {"d": (0.0, 1.0)}, "initial": {"d": 0.5}}
MOLAR = {"equations": "C : mmolar\nd = C/(1*mmolar) : 1", "initial": {}}
SAID = r"^'d.d' must be between 0 and 1; got {}\.$"


def run(subject, **given):
    return nms.simulate(subject, device="numpy", **given)


def told(**fields):
    return experiment(pools={"d": pool(**{**FRACTION, **fields})}, regions=3)


def refused(subject, said, **given):
    with pytest.raises(nms.WrongInput, match=said):
        run(subject, **given)


@pytest.mark.parametrize("value", [1.5, -0.5, "1.5", [0.1, 0.2, 1.5], np.array([0.0, 1.0, -0.5])])
def test_a_caller_is_refused_what_is_out_of_range(value):
    odd = "-0.5" if np.min(np.asarray(value, dtype=float)) < 0 else "1.5"
    refused(told(), SAID.format(odd), parameters={"d.d": value})


def test_so_are_a_condition_an_experiment_a_place_a_model_and_what_is_prepared():
    """Catches a source of values that goes round the check."""
    subject = told()
    refused(replace(subject, parameters={"d.d": 1.5}), SAID.format("1.5"))
    refused(replace(subject, prepare=lambda s: {"d.d": np.full(3, 1.5)}), SAID.format("1.5"))
    condition = nms.Condition(summary="?", parameters={"d.d": -0.5})
    refused(replace(subject, conditions={"odd": condition}), SAID.format("-0.5"))
    refused(told(initial={"d": 1.5}), SAID.format("1.5"))
    modulators = tuple(replace(m, initial={"d": 1.5}) for m in subject.circuit.modulators)
    refused(replace(subject, circuit=replace(subject.circuit, modulators=modulators)), SAID.format("1.5"))
    refused(subject, SAID.format("1.5"), parameters={"d.d": [0.5, 1.5]}, replicas=2)


def test_expressions_are_looked_at_by_what_they_come_to():
    refused(told(initial={"d": "0.6*i"}), SAID.format("1.2"))
    refused(told(initial={"d": "5 + rand()"}), r"'d.d' must be between 0 and 1; got 5\.")
    assert run(told(initial={"d": "i/(N - 1)"})) is not None


def test_both_ends_of_a_range_are_in_it():
    assert run(told(), parameters={"d.d": [0.0, 1.0, 1.0 + 2e-16]}) is not None


def test_an_end_of_a_range_is_the_value_that_its_parameter_has_in_the_run():
    subject = told(
        equations="B : 1\nd = B/total : 1",
        ranges={"B": (None, "total")},
        parameters={"total": P(2.0, "all of them")},
        initial={"B": 1.5},
    )
    assert run(subject) is not None
    refused(subject, r"'d.B' must be at most 1; got 1.5\.", parameters={"d.total": 1.0})


@pytest.mark.parametrize(
    ("value", "said"),
    [(24e3 * uM, "got 24 mM"), (-1 * nM, "got -1 nM"), ("24mM", "got 24 mM")],
)
def test_a_concentration_is_from_0_to_a_millimolar_if_its_model_states_no_other_range(value, said):
    subject = told(**MOLAR, ranges={})
    refused(subject, rf"^'d.C' must be between 0 nM and 1 mM; {said}\.$", parameters={"d.C": value})
    other = told(**MOLAR, ranges={"C": (None, None)})
    assert run(other, parameters={"d.C": value}) is not None


def test_so_are_the_entries_of_a_table_of_concentrations():
    subject = told(
        equations="C : mmolar\nd = C/(1*mmolar) : 1",
        step="C = course(0)",
        ranges={},
        initial={},
        tables={"course": nms.Table(shape=(2,), unit=uM, meaning="concentration")},
    )
    for course, odd in (([1, -1] * uM, "-1 uM"), ([1, 2e4] * uM, "20 mM")):
        with pytest.raises(nms.WrongInput, match=r"'d.course' must be between 0 nM and 1 mM") as caught:
            run(subject, parameters={"d.course": course})
        assert odd.split()[0] in str(caught.value)


def test_concentrations_within_cells_only_have_a_lower_limit():
    calcium = experiment(pre=cell(equations="v : 1\nn : 1\nca : mmolar"), record=("p.w", "pre.ca"))
    refused(calcium, r"'pre.ca' must be at least 0 nM; got -1 nM", parameters={"pre.ca": -1 * nM})
    assert run(calcium, parameters={"pre.ca": "140mM"}) is not None


def test_variables_of_tasks_have_ranges_too():
    subject = replace(
        experiment(task=task(ranges={"phase_end": (0 * ms, None)})), duration=20 * ms, parameters={}
    )
    refused(subject, "'task.phase_end' must be at least 0 s", parameters={"task.phase_end": -1 * ms})


def test_shipped_models_state_ranges_of_variables_that_they_have():
    """Catches a name or a unit that a range does not fit."""
    models = [m for m in vars(equations).values() if isinstance(m, Model) and not isinstance(m, EffectModel)]
    for model in models:
        expect_ranges(model.name, model)
    fractions = {"D1_EJDRUP": "occupancy", "ADAPTING_RECEPTOR": "average", "DLIGHT1_1": "bound"}
    for name, variable in (fractions | {"AXONAL_BRAKE": "brake", "VESICLE_POOL": "x"}).items():
        assert getattr(equations, name).ranges[variable] == (0.0, 1.0)


def dopamine(**given):
    one = nms.Neuromodulator(
        name="dopamine",
        pool=equations.DA_VS_EJDRUP,
        receptors={"D1": equations.D1_EJDRUP, "brake": equations.HT1B_CASCADE},
        **given,
    )
    return replace(
        experiment(),
        circuit=nms.add_neuromodulators(nms.Circuit(populations=()), one),
        recording=nms.Recording(states={"dopamine.D1": 1 * ms}),
    )


def test_receptors_of_a_pool_bring_their_ranges_under_their_own_names():
    subject = dopamine()
    refused(subject, r"^'dopamine.D1' must be between 0 and 1; got 1.5\.$", parameters={"dopamine.D1": 1.5})
    refused(
        subject,
        r"^'dopamine.brake_B' must be between 0 nM and 10 µM; got 11 µM\.$",
        parameters={"dopamine.brake_B": 11 * uM},
    )
    # Where there is no grid it would be a source that nobody asked for.
    refused(subject, "'dopamine.laplacian' must be 0", parameters={"dopamine.laplacian": "1 mmolar/meter**2"})


def test_effects_bring_what_they_state_of_their_own_variables():
    """Catches initial values, ranges and tables of an effect that are taken and then lost."""
    grown = EffectModel(
        name="grown",
        summary="s",
        source=OURS,
        changes={"k_loss": "k_loss*(1 + share*D1*course(0))"},
        reads=("D1",),
        equations="share : 1",
        initial={"share": 0.25},
        ranges={"share": (0.0, 1.0)},
        tables={"course": nms.Table(shape=(2,), meaning="by how much")},
    )
    subject = dopamine(effects=(nms.Effect(grown, on="dopamine"),))
    subject = replace(subject, recording=nms.Recording(states={"dopamine.share": 1 * ms}))
    table = {"dopamine.course": [1.0, 2.0]}
    assert run(subject, parameters=table)["modulators/dopamine"].share.values[0] == 0.25
    refused(subject, "'dopamine.share' must be between 0 and 1", parameters={**table, "dopamine.share": 2.0})


def test_receptors_bring_what_is_kept_in_single_precision():
    narrow = replace(equations.D1_EJDRUP, single=("occupancy",))
    one = nms.Neuromodulator("dopamine", pool=equations.DA_VS_EJDRUP, receptors={"D1": narrow})
    (pool_of_one,) = nms.add_neuromodulators(nms.Circuit(populations=()), one).modulators
    assert pool_of_one.model.single == ("D1",)


def test_so_do_drugs_at_receptors():
    drug = nms.Drug(
        name="blocker",
        summary="s",
        source=OURS,
        target="D1",
        K_i=P(1 * nM, "affinity"),
        dose=1 * nM,
    )
    refused(dopamine(drugs=(drug,)), "between 0 and 1; got 2", parameters={"dopamine.D1_blocker": 2.0})


def test_a_rate_is_not_negative():
    poisson: NeuronModel = equations.POISSON
    subject = replace(
        experiment(),
        circuit=nms.Circuit(populations=(nms.Population(name="cells", size=2, model=poisson),)),
        recording=nms.Recording(spikes={"cells": nms.Window()}),
    )
    refused(subject, "'cells.rate' must be at least 0/s; got -1/s", parameters={"cells.rate": -1 / second})
