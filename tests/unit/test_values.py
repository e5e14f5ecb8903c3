"""From what a caller wants changed to the numbers of a run; and one sentence where that cannot be."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, mV, second

import neuromodsim as nms
from neuromodsim.description import paths
from neuromodsim.protocols import DISTAL_REWARD
from neuromodsim.simulation import values
from neuromodsim.simulation.wiring import draw_pairs
from tests.pretend import NEVER, OURS, spike_driven, weights

TRAINS = [[0.010], [0.015], [0.020]]
ONLY = nms.Condition(summary="The only one.")


def gather(experiment=DISTAL_REWARD, condition=ONLY, seed=1, **changed):
    return values.gather(experiment, condition, changed.get("changed", {}), seed, 1.0)


def change(path, value, experiment=DISTAL_REWARD):
    return gather(experiment, changed={path: value})


def cells(initial=None, model=None, **parameters):
    """Return an experiment of three cells with a variable v and a parameter v_0."""
    model = model or nms.NeuronModel(
        name="cell",
        summary="A variable and a parameter.",
        source=OURS,
        equations="v : volt\nn : integer\nabove = v - v_0 : volt",
        parameters={"v_0": nms.Parameter(2 * mV, "a level")},
    )
    population = nms.Population(name="cells", size=3, model=model, initial=initial or {})
    return replace(
        spike_driven(TRAINS),
        circuit=nms.Circuit(populations=(population,)),
        recording=nms.Recording(states={"cells.v": 1 * ms}),
        parameters=parameters,
        prepare=None,
    )


def test_a_model_name_stands_for_all_its_components():
    assert paths.resolve(DISTAL_REWARD, "dopamine_stdp.tau_c") == ["excitatory.tau_c"]
    assert paths.resolve(DISTAL_REWARD, "excitatory.tau_c") == ["excitatory.tau_c"]
    trio = spike_driven([[], [], []], releases={"dopamine": ((2,), (0,))})
    second_release = replace(trio.circuit.projections[1], name="again")
    circuit = replace(trio.circuit, projections=(*trio.circuit.projections, second_release))
    found = paths.resolve(replace(trio, circuit=circuit), "release_step.step")
    assert found == ["release_dopamine.step", "again.step"]


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("dopamine_stdp.tau_x", "did you mean dopamine_stdp.tau_"),
        ("excitatory.tauc", "excitatory.tau_c"),
        ("dopamin_stdp.tau_c", "dopamine_stdp.tau_c"),
        ("tau_c", "tau_c"),
        ("task.windw", "task.window"),
        ("", "known:"),
        ("..", ""),
        ("excitatory.tau_c.more", "excitatory.tau_c"),
    ],
)
def test_a_wrong_name_is_told_the_nearest(path, nearest):
    with pytest.raises(nms.WrongInput) as caught:
        change(path, 1 * ms)
    assert nearest in str(caught.value) and str(caught.value).startswith("There is no parameter")


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("excitatory.tau_c", 3 * mV, "'excitatory.tau_c' needs a unit of time, for example 500ms; got 3 mV."),
        ("excitatory.tau_c", 500, "needs a unit of time"),
        ("excitatory.tau_c", "500 mV", "needs a unit of time"),
        ("excitatory.tau_c", math.nan * second, "must be finite"),
        ("excitatory.tau_c", "nan ms", "must be finite"),
        ("excitatory.tau_c", math.inf * second, "must be finite"),
        ("excitatory.tau_c", 0 * ms, "must be at least 1 ms"),
        ("excitatory.tau_c", [1, 2] * second, "takes one value; got 2"),
        ("excitatory.tau_c", "soon", "'excitatory.tau_c' must be a number with a unit"),
        ("task.contingent", 1.5, "must be at most 1"),
        ("excitatory.w", 1.0, "needs a unit of voltage, for example 10mV; got 1."),
        ("excitatory.w", [1, 2] * mV, "takes one value or 80000; got 2"),
        ("excitatory.w", math.nan * mV, "must be finite"),
        ("task.reward_time", np.zeros(20_000), "needs a unit of time"),
        ("task.reward_time", np.zeros(3) * second, "must have the shape"),
    ],
)
def test_a_wrong_value_is_refused_by_name(path, value, said):
    with pytest.raises(nms.WrongInput) as caught:
        change(path, value)
    assert said in str(caught.value)
    assert path in str(caught.value) or value == "soon"


def test_the_caller_wins_over_the_condition_and_this_over_the_experiment():
    layered = cells(**{"cells.v_0": 3 * mV})
    condition = nms.Condition(summary="?", parameters={"cells.v_0": 4 * mV})
    assert gather(cells()).numbers["cells.v_0"] == 0.002
    assert gather(layered).numbers["cells.v_0"] == 0.003
    assert gather(layered, condition).numbers["cells.v_0"] == 0.004
    chosen = gather(layered, condition, changed={"cell.v_0": "5mV"})
    assert chosen.numbers["cells.v_0"] == pytest.approx(0.005)
    assert chosen.parameters["cells.v_0"].value == 5 * mV  # what the dataset will say
    assert chosen.changed == ("cells.v_0",)


def test_initial_values_are_the_callers_then_the_circuits_then_the_models():
    model = replace(cells().components()["cells"], initial={"v": 7 * mV})
    assert gather(cells(model=model)).numbers["cells.v"] == 0.007
    placed = cells({"v": 8 * mV}, model=model)
    assert gather(placed).numbers["cells.v"] == 0.008
    chosen = change("cells.v", [1, 2, 3] * mV, placed)
    assert chosen.numbers["cells.v"].tolist() == [0.001, 0.002, 0.003]
    assert gather(cells()).numbers["cells.n"] == 0


def test_initial_expressions_read_cells_sizes_and_parameters():
    found = gather(cells({"v": "v_0 + i*mV/N"})).numbers["cells.v"]
    np.testing.assert_allclose(found, [0.002, 0.002 + 0.001 / 3, 0.002 + 0.002 / 3])


def test_initial_expressions_read_the_parameters_of_this_run():
    """Catches an initial value that is worked out from the model's own, unchanged, parameter."""
    found = change("cells.v_0", 9 * mV, cells({"v": "v_0"}))
    assert found.numbers["cells.v"] == pytest.approx(0.009)


def test_random_initial_values_follow_the_seed():
    subject = cells({"v": "v_0*rand() + randn()*mV"})
    one, again, other = (gather(subject, seed=s).numbers["cells.v"] for s in (1, 1, 2))
    assert len(set(one.tolist())) == 3
    assert np.array_equal(one, again) and not np.array_equal(one, other)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("v_1 + 1*mV", "reads 'v_1'"),
        ("v_0*volt", "it must be in volt"),
        ("exit()", "calls 'exit', which is none of"),
    ],
)
def test_wrong_initial_expressions_are_refused(text, said):
    with pytest.raises(nms.WrongInput, match=said):
        gather(cells({"v": text}))


def test_a_variable_of_whole_numbers_takes_no_others():
    with pytest.raises(nms.WrongInput, match=r"'cells\.n' takes whole numbers"):
        nms.simulate(cells(), device="numpy", duration=2 * ms, parameters={"cells.n": 1.5})


def prepared(what):
    return replace(spike_driven(TRAINS), prepare=lambda setting: what)


def test_what_an_experiment_prepares_is_checked():
    with pytest.raises(nms.WrongInput, match=r"value to prepare 'plastic\.v'"):
        gather(prepared({"plastic.v": 1.0}))
    with pytest.raises(nms.WrongInput, match="must be finite"):
        gather(prepared({"plastic.w": math.nan}))


def test_an_experiment_sees_wiring_seed_and_chosen_values_when_it_prepares():
    seen = {}
    given = spike_driven(TRAINS)

    def look(setting):
        seen.update(vars(setting), wiring=dict(setting.wiring))
        pairs = (np.array([1]), np.array([0]))
        return nms.Prepared(given.prepare(setting), {"plastic": pairs}, {"seen": 3})

    subject = replace(given, prepare=look)
    found = gather(subject, seed=5, changed={"plastic.tau_c": 2 * second, "plastic.w": 1 * mV})
    assert (seen["seed"], seen["duration"], seen["dt"]) == (5, 1.0, 0.001)
    assert float(seen["parameters"]["plastic.tau_c"]) == 2
    assert float(seen["parameters"]["plastic.w"]) == 0.001
    assert [k.tolist() for k in seen["wiring"]["plastic"]] == [[0], [1]]
    assert found.notes == {"seen": 3}
    assert [k.tolist() for k in found.pairs["plastic"]] == [[1], [0]]


def test_a_caller_may_give_every_weight_of_the_distal_reward_network():
    """The chosen synapse starts at zero, unless a caller says where each one starts."""
    assert np.count_nonzero(gather().numbers["excitatory.w"] == 0) == 1
    found = change("excitatory.w", np.full(80_000, 2.0) * mV).numbers["excitatory.w"]
    assert (found == 0.002).all()


def test_wiring_is_drawn_from_the_seed():
    one, again, other = (draw_pairs(DISTAL_REWARD, s)["inhibitory"] for s in (1, 1, 2))
    assert np.array_equal(one, again) and not np.array_equal(one, other)
    assert not np.array_equal(one[1][:100], draw_pairs(DISTAL_REWARD, 1)["excitatory"][1][:100])


def test_a_table_keeps_its_rest_when_its_beginning_is_replaced():
    found = values.with_table(gather(), "task.reward_time", np.array([1.0, 2.0]))
    assert found.tables["task.reward_time"][:3].tolist() == [1.0, 2.0, 1e9]
    assert gather().tables["task.reward_time"][0] == 1e9
    with pytest.raises(nms.WrongInput, match="holds 20000 entries; got 20001"):
        values.with_table(found, "task.reward_time", np.zeros(20_001))


@pytest.mark.parametrize("name", ["delay", "flush_interval", "g_rate"])
def test_parameters_and_variables_may_have_the_names_of_our_own(name):
    """Catches a value of a model taken for one that the engine works out itself."""
    model = nms.NeuronModel(
        name="cell",
        summary="?",
        source=OURS,
        equations=f"v = {name}*mvolt : volt\n" if name != "g_rate" else "v = g_rate*mvolt : volt\ng_rate : 1",
        parameters={} if name == "g_rate" else {name: nms.Parameter(5.0, "a number")},
    )
    run = nms.simulate(cells(model=model), device="numpy", duration=2 * ms)
    assert (run["state/cells"]["v"] == (0 if name == "g_rate" else 5)).all()


def test_a_projection_may_be_named_like_a_running_number():
    """Catches a cell's trace that starts at one because the name of its projection starts with g_."""
    subject = spike_driven([[], [0.010], [0.005]], sample=50 * ms)
    plastic, release = subject.circuit.projections
    circuit = replace(subject.circuit, projections=(replace(plastic, name="g_plastic"), release))
    recording = nms.Recording(states={"g_plastic.w": 50 * ms})
    run = nms.simulate(
        replace(subject, circuit=circuit, recording=recording), device="numpy", duration=60 * ms
    )
    assert (run["synapses/g_plastic"]["weight"] == 0).all()


def test_a_trace_that_cells_keep_takes_no_initial_value_silently():
    with pytest.raises(nms.WrongInput, match=r"'plastic\.x' is a trace that cells keep"):
        nms.simulate(spike_driven(TRAINS), device="numpy", duration=10 * ms, parameters={"plastic.x": 0.5})


def test_a_trace_that_begins_otherwise_stays_in_the_synapse_and_begins_so():
    """A postsynaptic spike at 35 ms adds to the tag what is left of x = 0.5; none came before it."""
    subject = spike_driven([[0.050], [0.035], [0.020]], sample=100 * ms)
    plastic, release = subject.circuit.projections
    circuit = replace(subject.circuit, projections=(replace(plastic, initial={"x": 0.5}), release))
    tag, dopamine, rate = 0.5 * np.exp(-35 / 20), np.exp(-0.015 / 0.2), 1 / 1.0 + 1 / 0.2
    expected = tag * dopamine * -np.expm1(-rate * 0.064) / rate
    found = weights(replace(subject, circuit=circuit), 100 * ms)[-1, 0]
    assert found == pytest.approx(expected, rel=1e-12)


def test_a_table_can_be_given_by_a_caller():
    times = np.full((3, 2), NEVER)
    times[0, 0] = 0.003
    subject = replace(
        spike_driven(TRAINS, sample=1 * ms), recording=nms.Recording(spikes={"cells": nms.Window()})
    )
    run = nms.simulate(
        subject, device="numpy", duration=30 * ms, parameters={"cells.spike_time": times * second}
    )
    assert run["spikes/cells"]["time"].values.tolist() == [0.003]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("tau_c", "'tau_c'; did you mean excitatory.tau_c or dopamine_stdp.tau_c?"),
        ("tau_cc", "There is no parameter 'tau_cc'; "),
    ],
)
def test_a_parameter_without_its_component_is_shown_with_it(path, said):
    """Fails when the one that is meant is not among the names of a list that is cut short."""
    with pytest.raises(nms.WrongInput, match=re.escape(said)):
        change(path, 1 * second)
