"""Code of cells and synapses at events of the task, of the target and of the clock; variables of the task."""

import re
from dataclasses import replace

import numpy as np
import pytest

import neuromodsim as nms
from neuromodsim import Event, Phase
from tests.unit.fields import A_BOUND, TAG, cell, experiment, synapse, task

P = nms.Parameter
STEPS = 20
# A phase "a" of 5 steps, in which x rises by 1, and "b" of 3; an event in every seventh step.
TIMES = {
    "timeline": (Phase("a", "a_time", on_enter="x += 1"), Phase("b", "b_time")),
    "events": {"seventh": Event("t_in_timesteps % 7 == 6", "x += 10")},
}
CODE = {
    "late": "w += 0.5*x_task",
    "post.plateau": "w += 100",
    "task.b": "w += 1000*x_task",
    "task.seventh": "w = 2*w",
    "every(6*ms)": "w += 1e6",
}
LISTENING = experiment(
    synapse(on_pre="w += 1", on_event=CODE),
    pre=cell(
        events={"late": "t > 10.5*ms"}, on_event={"task.seventh": "n += x_task", "every(3*ms)": "v += 1"}
    ),
    post=cell(events={"plateau": "timestep(t, dt) % 5 == 3"}, on_event={"task.b": "n = n + 2"}),
    task=task(**TIMES),
    record=("p.w", "pre.n", "pre.v", "post.n", "task.x"),
)


def expected():
    """Return weights and counts after each step, in plain Python."""
    found, x, w, sent, ticks, met = [], 0.0, 0.0, 0.0, 0, 0
    for step in range(STEPS):
        begins_b = step % 8 == 5
        x += step % 8 == 0
        if step % 7 == 6:
            x += 10
            sent += x
        ticks += step > 0 and step % 3 == 0
        met += 2 * begins_b
        # Brian2 runs pathways of one cell in the order of their names, and those of the target last.
        w += 1e6 * (step > 0 and step % 6 == 0)
        w += 1000 * x * begins_b
        w *= 2 if step % 7 == 6 else 1
        w += 0.5 * x * (step > 10)
        w += step % 2 == 0 and step > 0
        w += 100 * (step % 5 == 3)
        found.append((w, sent, ticks, met, x))
    return np.array(found)


@pytest.mark.parametrize("device", ["numpy", pytest.param("cpp", marks=pytest.mark.cpp)])
def test_code_runs_at_events_of_task_target_and_clock(device):
    """Catches an event that is seen a step late or twice, and a variable of the task that is an old one."""
    run = nms.simulate(LISTENING, device=device)
    found = [run["synapses/p"].weight, run["state/pre"].n, run["state/pre"].v, run["state/post"].n]
    columns = [values.values[1:, 0] for values in (*found, run["state/task"].x)]
    np.testing.assert_allclose(np.transpose(columns), expected(), rtol=1e-12)


def test_replicas_read_their_own_task():
    """Catches a synapse or a cell that reads the task of another replica."""
    subject = replace(LISTENING, parameters={"task.x": 0.0})
    tree = nms.simulate(subject, device="numpy", replicas=2, parameters={"task.x": [[0.0], [5.0]]})
    for replica, start in enumerate((0.0, 5.0)):
        single = nms.simulate(subject, device="numpy", seed=replica, parameters={"task.x": start})
        for path in ("synapses/p", "state/pre"):
            assert tree[f"replica_{replica}/{path}"].equals(single[path]), path


@pytest.mark.parametrize("layers", [False, True])
def test_an_event_of_the_task_settles_a_third_factor_first(layers):
    """Catches an eligibility or a weight as it was at the last spike: against the clock-driven program."""
    rule = replace(TAG, on_event={"task.b": "w += c*x_task\nc = 0", "post.plateau": "c += 0.5"})
    subject = experiment(
        rule, post=cell(events={"plateau": "timestep(t, dt) == 11"}), task=task(**TIMES), layers=layers
    )
    runs = [
        nms.simulate(subject, device="numpy", third_factor=how)["synapses/p"].weight.values
        for how in ("event-driven", "clock-driven")
    ]
    np.testing.assert_allclose(runs[0], runs[1], rtol=0.03, atol=2e-3)
    assert runs[0].max() > 1


def test_a_task_as_source_and_a_modulator_as_source_listen_too():
    counts = synapse(on_pre="", on_event={"b": "n_post += 1", "every(4*ms)": "n_post += 100"})
    subject = experiment(counts, source="task", task=task(**TIMES), record=("post.n",), wiring=nms.AllToAll())
    assert nms.simulate(replace_event(subject), device="numpy")["state/post"].n.values[-1, 0] == 2 + 400
    rule = synapse(on_pre="", on_event={"task.b": "n_post += 1"})
    subject = experiment(rule, source="d", task=task(**TIMES), record=("post.n",), wiring=nms.AllToAll())
    assert nms.simulate(subject, device="numpy")["state/post"].n.values[-1, 0] == 2


def replace_event(subject):
    """Return the same with the phase's event under the name that the task itself has for it."""
    (projection,) = subject.circuit.projections
    on_event = {("enter_b" if n == "b" else n): code for n, code in projection.model.on_event.items()}
    model = replace(projection.model, on_event=on_event)
    circuit = replace(subject.circuit, projections=(replace(projection, model=model),))
    return replace(subject, circuit=circuit)


WRONG = {
    "task.reword": "did you mean task.reward",
    "task.seven": "did you mean task.seventh",
    "post.plato": "post.",
    "every(10*mV)": "needs a unit of time",
    "every(1.5*ms)": "multiple of the time step",
    "every(often)": "every(often)",
    "task.enter_reward": "are one event",
}


@pytest.mark.parametrize("event", WRONG)
def test_an_event_that_there_is_not_is_refused_in_one_sentence(event):
    timeline = (Phase("a", "a_time"), Phase("reward", "b_time"))
    rule = synapse(on_event={"task.reward": "w += 1", event: "w += 2"})
    of = task(**{**TIMES, "timeline": timeline}, equations="x : 1")
    with pytest.raises(nms.WrongInput, match=re.escape(WRONG[event])) as caught:
        nms.simulate(experiment(rule, task=of), device="numpy")
    assert "\n" not in str(caught.value)


def test_an_event_of_a_task_that_is_not_there_is_refused():
    for subject in (
        experiment(synapse(on_event={"task.b": "w += 1"})),
        experiment(pre=cell(on_event={"task.b": "n += 1"})),
    ):
        with pytest.raises(nms.WrongInput, match="no event for code of"):
            nms.simulate(subject, device="numpy")


def test_an_event_driven_equation_that_reads_the_task_is_refused():
    """Catches a rate that is taken for constant since the spike before."""
    rule = synapse(
        equations="w : 1\ndq/dt = -q*x_task/tau : 1 (event-driven)",
        on_pre="q += 1\nw = q",
        parameters={"tau": A_BOUND["tau"]},
    )
    with pytest.raises(nms.WrongInput, match="which moves between spikes"):
        nms.simulate(experiment(rule, task=task(**TIMES)), device="numpy")


def test_a_variable_of_the_task_that_only_others_read_counts_as_read():
    subject = experiment(synapse(on_pre="w += x_task"), task=task(), record=("p.w",))
    assert nms.simulate(subject, device="numpy", parameters={"task.x": 3.0})["synapses/p"].weight[-1, 0] > 9
