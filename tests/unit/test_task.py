"""The clockwork of a task, with nobody doing it."""

import numpy as np
from brian2 import ms

import neuromodsim as nms
from tests.pretend import OURS, task_alone

TIMES = {"cue_time": 3 * ms, "outcome_time": 2 * ms, "pause_time": 5 * ms}


def three_phases(**fields):
    # Not "asked = trial": on NumPy that is the same array, and what is added to one is added to both.
    return nms.Task(
        name="three_phases",
        summary="Cue, outcome, pause.",
        source=OURS,
        timeline=(
            nms.Phase("cue", "cue_time", on_enter="asked = trial + 10"),
            nms.Phase("outcome", "outcome_time"),
            nms.Phase("pause", "pause_time"),
        ),
        parameters={n: nms.Parameter(v, "a duration") for n, v in TIMES.items()},
        **{"equations": "asked : integer", **fields},
    )


ENTERING = {f"task.enter_{name}": ("trial", "phase") for name in ("cue", "outcome", "pause")}


def entries(run, phase):
    """Return the steps in which a phase was entered."""
    return np.rint(run[f"events/task_enter_{phase}"]["time"].values * 1e3).astype(int).tolist()


def test_phases_begin_on_whole_steps_forever():
    """Sums of floats miss a step sooner or later; 0.1 ms steps over 90 trials would show it."""
    task = task_alone(three_phases(), events=ENTERING, dt=0.1 * ms)
    run = nms.simulate(task, device="numpy", duration=900 * ms)
    for phase, offset in (("cue", 0), ("outcome", 30), ("pause", 50)):
        times = run[f"events/task_enter_{phase}"]["time"].values
        assert np.rint(times * 1e4).astype(int).tolist() == [100 * k + offset for k in range(90)]


def test_ninety_milliseconds_hold_nine_trials():
    run = nms.simulate(task_alone(three_phases(), events=ENTERING), device="numpy", duration=90 * ms)
    assert run["events/task_enter_cue"]["trial"].values.tolist() == list(range(9))
    assert entries(run, "cue") == list(range(0, 90, 10))
    assert entries(run, "outcome") == list(range(3, 90, 10))
    assert entries(run, "pause") == list(range(5, 90, 10))
    assert run["events/task_enter_pause"]["trial"].values.tolist() == list(range(9))


def test_the_trial_is_counted_before_the_entering_code_reads_it():
    events = {"task.enter_outcome": ("asked", "trial")}
    run = nms.simulate(task_alone(three_phases(), events=events), device="numpy", duration=50 * ms)
    seen = run["events/task_enter_outcome"]
    assert seen["trial"].values.tolist() == [0, 1, 2, 3, 4]
    assert seen["asked"].values.tolist() == [10, 11, 12, 13, 14]


def test_other_durations_need_no_other_task():
    changed = {"task.pause_time": "15 ms"}
    run = nms.simulate(
        task_alone(three_phases(), events=ENTERING), device="numpy", duration=60 * ms, parameters=changed
    )
    assert entries(run, "cue") == [0, 20, 40]


def test_a_single_phase_follows_itself():
    task = nms.Task(
        name="metronome",
        summary="One phase.",
        source=OURS,
        timeline=(nms.Phase("beat", "period"),),
        parameters={"period": nms.Parameter(4 * ms, "time between beats")},
    )
    run = nms.simulate(
        task_alone(task, events={"task.enter_beat": ("trial",)}), device="numpy", duration=20 * ms
    )
    assert entries(run, "beat") == [0, 4, 8, 12, 16]
    assert run["events/task_enter_beat"]["trial"].values.tolist() == [0, 1, 2, 3, 4]


def test_a_task_without_a_timeline_has_no_clockwork():
    task = nms.Task(name="bare", summary="Nothing.", source=OURS, equations="x : 1")
    assert "phase" not in task.all_equations()
    assert task.event_names() == [] and task.all_initial() == {}


def test_an_event_sees_what_an_earlier_one_changed_in_the_same_step():
    task = three_phases(
        equations="asked : integer\nechoes : integer",
        events={"echo": nms.Event(when="asked == trial + 10 and echoes == trial", do="echoes += 1")},
    )
    events = {"task.echo": ("trial",), "task.enter_cue": ()}
    run = nms.simulate(task_alone(task, events=events), device="numpy", duration=30 * ms)
    assert entries(run, "cue") == [0, 10, 20]
    assert np.rint(run["events/task_echo"]["time"].values * 1e3).astype(int).tolist() == [0, 10, 20]


def test_an_event_named_trial_end_makes_the_table_of_trials():
    task = three_phases(events={"trial_end": nms.Event(when="phase == 2 and t + dt >= phase_end")})
    run = nms.simulate(
        task_alone(task, events={"task.trial_end": ("trial",)}), device="numpy", duration=30 * ms
    )
    assert run["trials"]["trial"].values.tolist() == [0, 1, 2]
    assert run["trials"]["time"].dims == ("trial",)
