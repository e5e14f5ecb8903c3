"""What is recorded keeps its own name in the dataset, and takes that of nothing else."""

import json
from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, um

import neuromodsim as nms
from tests.pretend import OURS

CELL = nms.NeuronModel(
    name="cell",
    summary="Fires every second step.",
    source=OURS,
    equations="v : 1\ntime : 1\nneuron : 1\ntime_v : 1\nall : 1 (shared)\nread : 1 (linked)",
    threshold="timestep(t, dt) % 2 == 0",
    step="v += k",
    events={"b_c": "v > 3", "trial_end": "v > 3"},
    parameters={"k": nms.Parameter(1.0, "slope")},
)
RULE = nms.SynapseModel(
    name="rule",
    summary="Counts.",
    source=OURS,
    equations="w : 1\nweight : 1\npre : 1\ndelay_ : 1",
    on_pre="w += 1\nweight += 100",
)
TASK = nms.Task(
    name="goal",
    summary="Ends trials.",
    source=OURS,
    equations="time : second\nneuron : 1\nevent : 1\ng : 1",
    step="g = 10*t/ms",
    events={"b_c": nms.Event("timestep(t, dt) % 5 == 0"), "trial_end": nms.Event("timestep(t, dt) % 4 == 3")},
)


def experiment(clashing=False):
    """Return cells, synapses and a task whose variables have names that a dataset has too.

    ``clashing`` ones are such that nothing can be run with them.
    """
    spread = nms.ModulatorModel(name="pool", summary="?", source=OURS, equations="x : 1\nC : 1", level="C")
    line = nms.Line(4 * um, dx=1 * um)
    return nms.Experiment(
        name="recorded",
        summary="?",
        source=OURS,
        circuit=nms.Circuit(
            populations=(
                nms.Population(name="a", size=3, model=CELL),
                nms.Population(
                    name="a_b", size=1, model=replace(CELL, events={"c": "v > 3"} if clashing else {})
                ),
            ),
            modulators=(nms.Modulator(name="pool", model=spread, regions=4, grid=line),) if clashing else (),
            projections=(nms.Projection(name="s", source="a", target="a_b", model=RULE),),
            links={"a.read": "task.g", "a_b.read": "task.g"},
        ),
        task=TASK,
        conditions={"only": nms.Condition(summary="There is one.")},
        recording=nms.Recording(),
        duration=20 * ms,
        dt=1 * ms,
    )


def run(subject=None, **record):
    return nms.simulate(subject or experiment(), device="numpy", record=nms.Recording(**record))


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"states": {"a.time": 5 * ms}}, "'time' is a name that its part of the dataset has already"),
        ({"states": {"a.neuron": 5 * ms}}, "'neuron' is a name that"),
        (
            {"states": {"a.v": 5 * ms, "a.time_v": 5 * ms}},
            "'a.v' and 'a.time_v' would have one name, 'time_v'",
        ),
        ({"states": {"s.pre": 5 * ms}}, "'pre' is a name that"),
        (
            {"states": {"s.w": 5 * ms, "s.weight": 5 * ms}},
            "'s.w' and 's.weight' would have one name, 'weight'",
        ),
        (
            {"states": {"s.weight": 5 * ms, "s.w": 5 * ms}},
            "'s.weight' and 's.w', as 'weight', would have one name",
        ),
        ({"states": {"pool.x": 5 * ms}}, "'x' is a name that"),
        ({"states": {"a.k": 5 * ms}}, "'a.k' is one number for all rows"),
        ({"states": {"a.all": 5 * ms}}, "'a.all' is one number for all rows"),
        ({"states": {"a.N": 5 * ms}}, "no variable of a 'N'"),
        ({"states": {"s.v_post": 5 * ms}}, "no variable of s 'v_post'"),
        ({"events": {"task.b_c": ("time",)}}, "'time' cannot be noted at 'task.b_c'"),
        ({"events": {"task.b_c": ("neuron",)}}, "'neuron' cannot be noted"),
        ({"events": {"task.b_c": ("event",)}}, "'event' cannot be noted"),
        ({"events": {"task.b_c": "g"}}, "must be a tuple of names; got 'g'"),
        ({"events": {"task.b_c": ("g", "g")}}, "'g' is noted twice"),
        ({"events": {"a.b_c": (), "a_b.c": ()}}, "'a.b_c' and 'a_b.c' would be one part of the dataset"),
        ({"events": {"s.pre": ()}}, "'s.pre' is no event: synapses have none"),
        ({"states": {"a.v": 5 * ms}, "only": {"a.v": (0, 0)}}, "names row 0 twice"),
        ({"states": {"a.v": 5 * ms}, "only": {"a.v": (0.5,)}}, "whole number"),
        ({"states": {"a.v": 5 * ms}, "only": {"a.v": "0"}}, "must be a tuple of whole numbers"),
        ({"events": {"a.b_c": ()}, "only": {"a.b_c": (0,)}}, "variable to keep a subset of 'a.b_c'"),
        ({"windows": {"a.v": nms.Window()}}, "no recorded variable or event 'a.v'"),
    ],
)
def test_what_would_take_another_name_s_place_is_refused(record, said):
    """Fails when a recorded variable replaces a dataset's own, or is lost, without a word."""
    with pytest.raises(nms.WrongInput) as caught:
        run(experiment(clashing=True), **record)
    assert said in str(caught.value)


def test_times_and_cells_of_events_are_those_of_the_run():
    """Fails when a log's own columns are anything else: the case in which names did not collide."""
    log = run(events={"task.b_c": ("g",)})["events/task_b_c"]
    assert log.time.values == pytest.approx([0, 0.005, 0.01, 0.015])
    assert log.g.values == pytest.approx([0, 50, 100, 150])


def test_trials_are_those_of_the_task_alone():
    """Fails when cells with an event of that name replace the table of trials."""
    found = run(events={"task.trial_end": ("g",), "a.trial_end": ("v",)})
    assert found["trials"].time.values == pytest.approx([0.003, 0.007, 0.011, 0.015, 0.019])
    assert set(found["events/a_trial_end"].dims) == {"event"}


@pytest.mark.parametrize("rows", [np.array([2, 0]), [2, 0], (np.int64(2), np.uint8(0))])
def test_a_subset_may_be_given_as_any_row_of_whole_numbers(rows, tmp_path):
    """Fails when an array is refused, or its numbers keep the run's own account from being written."""
    found = run(states={"a.v": 5 * ms}, only={"a.v": rows})
    assert found["state/a"]["v_neuron"].values.tolist() == [2, 0]
    assert json.loads(found.attrs["recording"])["only"] == {"a.v": [2, 0]}
    nms.save(found, tmp_path / "run.zarr")


def test_what_is_linked_is_sampled_in_the_order_of_who_reads_it():
    """Fails when the value at the end is that of the rows that are read, in their order."""
    level = nms.ModulatorModel(
        name="level", summary="?", source=OURS, equations="C : 1", level="C", initial={"C": "1.0*i"}
    )
    reader = nms.NeuronModel(name="reader", summary="?", source=OURS, equations="C : 1 (linked)")
    circuit = nms.Circuit(
        populations=(nms.Population(name="a", size=3, model=reader),),
        modulators=(nms.Modulator(name="pool", model=level, regions=3, compartment_of={"a": (2, 0, 1)}),),
        links={"a.C": "pool.C"},
    )
    subject = replace(
        experiment(), circuit=circuit, task=None, recording=nms.Recording(states={"a.C": 5 * ms})
    )
    found = nms.simulate(subject, device="numpy")["state/a"]["C"].values
    assert np.array_equal(found, np.tile([2.0, 0.0, 1.0], (len(found), 1)))


def test_an_event_cannot_keep_what_monitors_count():
    """Fails when a variable named ``count`` ends in a sentence that says nothing."""
    task = replace(TASK, equations=TASK.equations + "\ncount : 1")
    recording = nms.Recording(events={"task.b_c": ("count",)})
    subject = replace(experiment(), task=task, recording=recording)
    with pytest.raises(nms.WrongInput, match="'count' of 'task' cannot be recorded at its event 'b_c'"):
        nms.simulate(subject, device="numpy", duration=5 * ms, progress=False)
