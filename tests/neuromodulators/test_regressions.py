"""What once went wrong, mostly without a word."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, mV, nmolar, second

import neuromodsim as nms
from neuromodsim.equations import (
    D1_EJDRUP,
    D2_EJDRUP,
    D2_TERMINAL_DREYER,
    MEAN_FIELD_RELEASE,
    NOMIFENSINE,
    SCH_23390,
    SKF_81297,
    TERMINAL_AUTORECEPTOR,
)
from neuromodsim.equations.neurons.listed_spikes import listed_spikes
from tests.neuromodulators.parts import CLOSED, STEADY, experiment
from tests.neuromodulators.test_effects import CELLS, dopamine, effect, learned
from tests.pretend import OURS, WIDE, spike_driven, weights

TRAINS = [[0.010, 0.050], [0.015, 0.055], [0.020]]
OWN_LEVEL = nms.ModulatorModel(
    name="own",
    summary="A pool of one's own.",
    source=OURS,
    level="DA",
    equations="dDA/dt = -DA/tau : mmolar",
    parameters={"tau": nms.Parameter(50 * ms, "life")},
)
OWN = replace(OWN_LEVEL, level="C", equations="dC/dt = -C/tau : mmolar")
NUCLEUS = nms.Population(name="vta", size=1, model=STEADY)
TERMINAL = nms.Autoreceptor(name="D2", receptor=D2_TERMINAL_DREYER, effect=TERMINAL_AUTORECEPTOR)


def test_levels_that_change_places_are_swapped_at_once():
    """Word after word, D1 would become D2, and both of them D1 again."""
    crossed = effect({"k_loss": "k_loss + A*D1 + B*D2"}, ("D1", "D2"), A=10 / second, B=1 / second)
    one = nms.Effect(crossed, on="dopamine", reads={"D1": "D2", "D2": "D1"})
    both = replace(dopamine(one), receptors={"D1": D1_EJDRUP, "D2": D2_EJDRUP})
    (pool,) = nms.add_neuromodulators(CELLS, both).modulators
    assert "k_loss + A*D2 + B*D1" in pool.model.equations


def test_what_an_effect_changes_does_not_depend_on_its_order():
    """Each expression is read as it is written, whatever else the effect changes."""
    changes = {"v_rest": "v_rest + 0.5*shift*D1", "shift": "shift + K*D1"}
    values = []
    for order in (changes, dict(reversed(changes.items()))):
        described = experiment(
            dopamine(nms.Effect(effect(order, K=2 * mV), on="cells")),
            circuit=CELLS,
            record={"cells.v": 10 * ms},
        )
        given = {"dopamine.D1": 1.0, "cells.shift": 4 * mV}
        values.append(nms.simulate(described, device="numpy", parameters=given)["state/cells"].v.values[0, 0])
    assert values == pytest.approx([-70 + 2 + 4 + 2] * 2)


def test_an_equation_over_several_lines_is_changed_in_all_of_them():
    lines = "w = ((v_rest  # the first line\n    + shift)\n    + 0*v_rest) : volt\nshift : volt (constant)"
    model = replace(CELLS.populations[0].model, equations=lines)
    circuit = nms.Circuit(populations=(nms.Population(name="cells", size=1, model=model),))
    one = nms.Effect(effect({"v_rest": "v_rest*(1 + D1)"}), on="cells")
    described = experiment(dopamine(one), circuit=circuit, record={"cells.w": 10 * ms})
    run = nms.simulate(described, device="numpy", parameters={"dopamine.D1": 0.5})
    assert run["state/cells"].w.values[0, 0] == pytest.approx(-105)


def test_statements_in_one_line_are_changed_where_they_read():
    cell = nms.NeuronModel(
        name="two",
        summary="Resets two things in one line.",
        source=OURS,
        equations="v : volt\nu : volt",
        threshold="v > -1*volt",
        reset="u = v_reset; v = v_reset + u",
        parameters={"v_reset": nms.Parameter(-60 * mV, "reset")},
    )
    circuit = nms.Circuit(populations=(nms.Population(name="cells", size=1, model=cell),))
    one = nms.Effect(effect({"u": "u*2*D1", "v_reset": "v_reset + K*D1"}, K=10 * mV), on="cells")
    described = experiment(dopamine(one), circuit=circuit, record={"cells.v": 1 * ms})
    run = nms.simulate(described, device="numpy", duration=1 * ms, parameters={"dopamine.D1": 0.5})
    assert run["state/cells"].v.values[1, 0] == pytest.approx(-110, rel=0.02)  # -55 + (-55)


SPELLINGS = {
    "as in the catalogue": "doccupancy/dt = k_off*(C/K_d*free - occupancy) : 1\nfree = 1 - occupancy : 1",
    "with spaces": "doccupancy / dt = k_off*(C/K_d*free - occupancy) : 1\nfree = 1 - occupancy : 1",
    "without spaces": "doccupancy/dt=k_off*(C/K_d*free-occupancy):1\nfree=1-occupancy:1",
    "over two lines": "doccupancy/dt = k_off*(C/K_d*free\n  - occupancy) : 1\nfree = (1\n - occupancy) : 1",
    "with comments": "# occupancy = x : 1\n doccupancy/dt = k_off*(C/K_d*free - occupancy) : 1 # a = b : c\n"
    "\n free = 1 - occupancy : 1",
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_drugs_compete_however_a_receptor_is_spelled(spelling):
    """With a space in ``doccupancy / dt`` an agonist was bound and did nothing."""
    receptor = replace(D1_EJDRUP, equations=SPELLINGS[spelling])
    drugged = nms.Neuromodulator(
        "dopamine",
        pool=CLOSED,
        receptors={"D1": receptor},
        drugs=(SKF_81297(10 * nmolar), SCH_23390(1 * nmolar)),
        initial={"C": 500 * nmolar},
    )
    described = experiment(drugged, record={"dopamine.D1": 10 * ms})
    level = nms.simulate(described, device="numpy", duration=2 * second)["modulators/dopamine"].D1.values
    agonists = 500 / 1000 + 10 / 2
    assert level[-1, 0] == pytest.approx(agonists / (1 + agonists + 1 / 0.3), rel=1e-3)


@pytest.mark.parametrize("how", ["event-driven", "clock-driven"])
def test_a_rule_may_have_its_statements_in_one_line(how):
    """After the first of them, a tag that was written was lost in the event-driven program."""
    one_line = replace(
        WIDE, on_pre="I_synaptic_post += w; x = 1; c -= a_minus*y", on_post="y = 1; c += a_plus*x"
    )
    plain, same = (
        weights(spike_driven(TRAINS, rule=rule), 1 * second, third_factor=how)[-1]
        for rule in (WIDE, one_line)
    )
    assert same == pytest.approx(plain, rel=1e-12) and plain > 0


def test_an_event_driven_rule_may_be_written_over_several_lines():
    over_two = replace(
        WIDE,
        equations=WIDE.equations.replace("dx/dt = -x /", "dx/dt = -x\n   /").replace("dc/dt", "dc / dt"),
    )
    assert over_two.equations.count("\n") == WIDE.equations.count("\n") + 1
    plain, same = (weights(spike_driven(TRAINS, rule=r), 1 * second)[-1] for r in (WIDE, over_two))
    assert same == pytest.approx(plain, rel=1e-12) and plain > 0


@pytest.mark.parametrize(
    "changed",
    [
        effect({"tau_plus": "tau_plus*(1 + K*D1)"}, K=2.0),
        replace(
            effect({"a_plus": "a_plus*K*D1"}, K=1.0),
            changes={"a_plus": "a_plus*gate"},
            equations="gate = 1 + K*D1 : 1",
        ),
    ],
    ids=["in a trace's equation", "in an equation of the effect"],
)
def test_an_event_driven_rule_may_read_a_level_in_its_equations(changed):
    """The running numbers of a region go by other names, in equations as in code."""
    one = nms.Effect(changed, on="plastic")
    lazy, clock, plain = (
        learned("event-driven", effects=(one,)),
        learned("clock-driven", effects=(one,)),
        learned("event-driven"),
    )
    assert lazy == pytest.approx(clock, rel=0.01)
    assert np.abs(lazy[0]) > 1.001 * np.abs(plain[0])


def test_an_effect_on_a_bound_is_refused():
    one = nms.Effect(effect({"w_max": "w_max*(1 + D1)"}), on="plastic")
    with pytest.raises(nms.WrongInput, match="changes 'w_max', a bound of 'dopamine_stdp': it is fixed"):
        learned("event-driven", effects=(one,))


def test_one_name_for_two_receptors_is_refused():
    """The autoreceptor took the place of the receptor, with another affinity."""
    with pytest.raises(nms.WrongInput, match="two receptors named 'D2'; rename the autoreceptor"):
        nms.Neuromodulator(
            "dopamine",
            pool=CLOSED,
            nucleus=NUCLEUS,
            release=MEAN_FIELD_RELEASE,
            receptors={"D2": D2_EJDRUP},
            autoreceptors=(TERMINAL,),
        )


def test_a_drug_given_twice_is_refused():
    """It counted twice at the transporter."""
    with pytest.raises(nms.WrongInput, match="nomifensine is in 'extracellular' twice for DAT"):
        nms.add_neuromodulators(CELLS, replace(dopamine(), drugs=(NOMIFENSINE(50 * nmolar),) * 2))


@pytest.mark.parametrize("name", ["5HT1A", "alpha-2", "t", "pi", "nM", "exp"])
def test_names_that_equations_cannot_read_are_refused(name):
    with pytest.raises(nms.WrongInput, match=f"'{name}' cannot name a receptor"):
        nms.Neuromodulator("serotonin", pool=CLOSED, receptors={name: D1_EJDRUP})
    with pytest.raises(nms.WrongInput, match=f"'{name}' cannot name a neuromodulator"):
        nms.Neuromodulator(name, pool=CLOSED)


@pytest.mark.parametrize("name", ["free", "K_d", "k_off", "occupancy"])
def test_a_receptor_may_have_the_name_of_something_within_it(name):
    level = {}
    for called in (name, "D1"):
        one = nms.Neuromodulator("dopamine", pool=CLOSED, receptors={called: D1_EJDRUP}, drugs=())
        described = experiment(one, record={f"dopamine.{called}": 10 * ms})
        run = nms.simulate(described, device="numpy", parameters={"dopamine.C": 500 * nmolar})
        level[called] = run["modulators/dopamine"][called].values[-1, 0]
    assert level[name] == level["D1"] > 0.1


def test_what_a_pool_lacks_is_named():
    with pytest.raises(nms.WrongInput, match="dD1/dt of 'own' reads 'C', which is not there"):
        nms.add_neuromodulators(
            CELLS, nms.Neuromodulator("dopamine", pool=OWN_LEVEL, receptors={"D1": D1_EJDRUP})
        )
    with pytest.raises(
        nms.WrongInput, match="'mean_field_release' needs a pool with 'alpha', which 'own' lacks"
    ):
        nms.add_neuromodulators(
            CELLS,
            nms.Neuromodulator("dopamine", pool=OWN, nucleus=NUCLEUS, release=MEAN_FIELD_RELEASE),
        )


def test_a_pool_of_ones_own_needs_no_word_about_its_method():
    """Without one it would be 'exact', which receptors are not."""
    one = nms.Neuromodulator("dopamine", pool=OWN, receptors={"D1": D1_EJDRUP})
    run = nms.simulate(experiment(one), device="numpy", parameters={"dopamine.C": 100 * nmolar})
    assert run["modulators/dopamine"].C.values[-1, 0] == pytest.approx(100 * np.exp(-2), rel=1e-6)


def test_cells_whose_list_is_full_stop_after_its_last_spike():
    """They fired in every step from then on, so recorded spikes without a mark at the end never ended."""
    cells = nms.Population(name="cells", size=2, model=listed_spikes("cells", cells=2, most=3))
    described = experiment(circuit=nms.Circuit(populations=(cells,)), record={})
    times = np.array([[0.010, 0.020, 0.030], [0.005, 0.006, 1e9]])
    run = nms.simulate(
        described,
        device="numpy",
        parameters={"cells.cells_time": times * second},
        record={"spikes": {"cells": nms.Window()}},
    )
    assert run["spikes/cells"].time.values == pytest.approx([0.010, 0.020, 0.030, 0.005, 0.006])  # by cell
