"""Arrays of a task: entries by index, in every place of its code, against plain Python."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, mV

import neuromodsim as nms
from neuromodsim import Event, Phase
from tests.pretend import OURS, task_alone
from tests.unit.fields import P

STEPS = 40
BANDIT = nms.Task(
    name="bandit",
    summary="Three arms in an order that values decide.",
    source=OURS,
    equations="""
    value  : 1 [3]        # of each arm
    pulls  : integer [3]  # how often each was chosen
    level  : volt [2]
    choice : integer
    best   : 1
    seen   : integer
    chain  : integer [3]
    """,
    step="chain[chain[0] % 3] += 1",
    initial={"value": (0.1, 0.5, 0.3), "level": (1, 2) * mV},
    timeline=(
        Phase(
            "choose",
            "one",
            "choice = (choice + 1 + int(value[choice] > 0.4)) % 3",
            on_leave="pulls[choice] += 1; value[choice] += rate*(choice + 1 - value[choice])",
        ),
        Phase(
            "enjoy", "longest", "best = value[choice]", until="value[choice] > 1.2", when="pulls[choice] > 1"
        ),
        Phase("rest", "one", step="level[trial % 2] += 1*mV"),
    ),
    events={"often": Event("pulls[order(choice)] == 3 and phase == 2", "seen += pulls[2]; pulls = 0")},
    tables={"order": nms.Table(shape=(3,), dtype="int32", meaning="another order")},
    parameters={"one": P(1 * ms, "d"), "longest": P(3 * ms, "d"), "rate": P(0.25, "of learning")},
)
ORDER = [2, 0, 1]
NAMES = ("value", "pulls", "level", "choice", "best", "seen", "phase", "chain")


def recorded(task=BANDIT, **states) -> nms.Experiment:
    paths = {f"task.{name}": 1 * ms for name in NAMES}
    recording = nms.Recording(
        states=states or paths, events={"task.enter_rest": ("value", "choice"), "task.often": ()}
    )
    prepare = lambda setting: {"task.order": np.array(ORDER)}  # noqa: E731
    subject = task_alone(task, events={}, duration=STEPS * ms, prepare=prepare)
    return replace(subject, recording=recording)


def expected() -> dict[str, np.ndarray]:
    """Return the same by hand, at the end of each step."""
    value, pulls, level = [0.1, 0.5, 0.3], [0, 0, 0], [1.0, 2.0]
    choice, best, seen, trial, phase, end, rows = 0, 0.0, 0, -1, 2, 0, []
    chain = [0, 0, 0]
    for now in range(STEPS):
        chain[chain[0] % 3] += 1
        if phase == 2 and now > 0:
            level[trial % 2] += 1
        if phase == 0 and now >= end:
            pulls[choice] += 1
            value[choice] += 0.25 * (choice + 1 - value[choice])
            if pulls[choice] > 1:
                phase, end, best = 1, now + 3, value[choice]
            else:
                phase, end = 2, now + 1
            if phase == 1 and value[choice] > 1.2:
                phase, end = 2, now + 1
        elif phase == 1 and (now >= end or value[choice] > 1.2):
            phase, end = 2, now + 1
        elif phase == 2 and now >= end:
            phase, end, trial = 0, now + 1, trial + 1
            choice = (choice + 1 + int(value[choice] > 0.4)) % 3
        if pulls[ORDER[choice]] == 3 and phase == 2:
            seen += pulls[2]
            pulls = [0, 0, 0]
        rows.append((value[:], pulls[:], level[:], choice, best, seen, phase, chain[:]))
    return {name: np.array([row[k] for row in rows]) for k, name in enumerate(NAMES)}


@pytest.mark.parametrize("device", ["numpy", "cpp"])
def test_entries_are_read_and_set_wherever_a_task_has_code(device):
    """Catches another entry, an index worked out anew after the value has changed, and rows mixed up."""
    run = nms.simulate(recorded(), device=device, progress=False)
    state, wanted = run["state/task"], expected()
    for name, values in wanted.items():
        np.testing.assert_allclose(state[name].values[1:, 0], values, rtol=1e-12, err_msg=name)
    assert (
        wanted["seen"][-1] > 0 and (wanted["phase"] == 1).any() and wanted["pulls"].max() == 3
    )  # all is used
    assert state.value.dims == ("time", "neuron", "value_entry") and state.value.shape[2] == 3
    assert state["level"].attrs["units"] == "mV" and state.pulls.dtype.kind == "i"
    rest = run["events/task_enter_rest"]
    assert rest.value.dims == ("event", "value_entry")
    steps = np.rint(rest.time.values * 1e3).astype(int)
    np.testing.assert_allclose(rest.value, wanted["value"][steps], rtol=1e-12)


def test_two_replicas_have_entries_of_their_own():
    task = replace(BANDIT, step="value[int(3*rand())] += 0.01")
    both = nms.simulate(recorded(task), device="numpy", replicas=2, progress=False)
    for k in range(2):
        alone = nms.simulate(recorded(task), device="numpy", seed=k, progress=False)
        for name in ("value", "pulls"):
            np.testing.assert_array_equal(
                both[f"replica_{k}/state/task"][name].values, alone["state/task"][name].values
            )


WRONG = {
    "a set entry": {"step": "value[choice + 3] = 1"},
    "a read entry": {"step": "best = value[choice - 4]"},
    "half an index": {"step": "value[choice + 0.5] = 1"},
    "a condition that would be false": {"events": {"late": Event("value[seen - 1] > 100")}},
    "a condition that would be true": {"events": {"late": Event("not (value[seen + 3] > 100)", "best = 1")}},
    "one that a later part decides": {"events": {"late": Event("t > 5*ms and value[seen + 3] > 100")}},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_an_index_of_no_entry_is_found(wrong):
    """Catches a run that goes on with another entry."""
    changed = recorded(replace(BANDIT, **{"step": "", "events": {}} | WRONG[wrong]), **{"task.best": 1 * ms})
    changed = replace(changed, recording=nms.Recording(states={"task.best": 1 * ms}))
    changed = replace(changed, task=replace(changed.task, tables={}), prepare=None)
    with pytest.raises(nms.RunFailed, match=r"^An index of 'task.value' must be that of an entry;[^\n]*$"):
        nms.simulate(changed, device="numpy", duration=10 * ms, progress=False)


def test_an_index_that_decides_nothing_may_be_any():
    """Catches an alarm at a condition whose other parts are false."""
    quiet = Event("t > 500*ms and value[seen - 1] > 100", "best = 7")
    task = replace(BANDIT, events={"late": quiet}, tables={})
    subject = replace(recorded(task), recording=nms.Recording(states={"task.best": 1 * ms}), prepare=None)
    assert nms.simulate(subject, device="numpy", progress=False)["state/task"].best.values.max() < 7


MISTAKES = [
    ({"equations": "x : 1 [0]"}, "from 1 to 64; got '0'"),
    ({"equations": "x : 1 [65]"}, "from 1 to 64; got '65'"),
    ({"equations": "x : 1 [n]"}, "from 1 to 64; got 'n'"),
    ({"equations": "x : boolean [2]"}, "plain number"),
    ({"equations": "dx/dt = -x/second : 1 [2]"}, "plain number"),
    ({"equations": "x : 1 (constant) [2]"}, "plain number"),
    ({"equations": "x : 1 [2]\ny = x[0] : 1"}, "plain number"),
    ({"equations": "x : 1 [2]\nx_1 : 1"}, "'x_1' of 'arrays' is a name of its array 'x'"),
    ({"equations": "x : 1 [2]\nx : 1"}, "'x' of 'arrays' is a name of its array 'x'"),
    ({"equations": "x : 1 [2]\nx_entry : 1"}, "'x_entry' of 'arrays'"),
    ({"step": "y = x"}, r"in 'step' of 'task' \('arrays'\), reads 'x', an array, without an index"),
    ({"step": "y = x[2]"}, "from 0 to 1; got 2"),
    ({"step": "x[-1] = 0"}, "from 0 to 1; got -1"),
    ({"step": "y = y[0]"}, "'y' is no array"),
    ({"events": {"e": Event("x[int(2*rand())] > 1")}}, "must not be random in a condition.*'e' of 'arrays'"),
    ({"initial": {"x": (1, 2, 3)}}, "one initial value or 2; got 3"),
    ({"initial": {"q": (1, 2)}}, "to start from"),
]


@pytest.mark.parametrize(("fields", "message"), MISTAKES)
def test_a_mistake_is_one_sentence(fields, message):
    plain = {"name": "arrays", "summary": "s", "source": OURS, "equations": "x : 1 [2]\ny : 1"}
    with pytest.raises(nms.WrongInput, match=message):
        task = nms.Task(**plain | fields)
        nms.simulate(task_alone(task, events={}), device="numpy", duration=1 * ms, progress=False)


def test_values_of_a_run_reach_all_entries_or_one():
    task = nms.Task(
        name="kept", summary="s", source=OURS, equations="x : 1 [3]\nk : integer", step="x[k] += 0"
    )
    subject = replace(task_alone(task, events={}), recording=nms.Recording(states={"task.x": 1 * ms}))
    for given, wanted in (({"task.x": 2.0}, [2, 2, 2]), ({"task.x_1": 2.0}, [0, 2, 0])):
        run = nms.simulate(subject, device="numpy", duration=2 * ms, parameters=given, progress=False)
        assert run["state/task"].x.values[-1, 0].tolist() == wanted
    record = {"states": {"task.x_2": 1 * ms}}
    run = nms.simulate(subject, device="numpy", duration=2 * ms, record=record, progress=False)
    assert set(run["state/task"].data_vars) == {"x_2"}


def test_a_value_of_an_entry_that_is_set_at_once_is_refused():
    """Catches a check of initial values that does not see which entry code sets."""
    task = nms.Task(name="kept", summary="s", source=OURS, equations="x : 1 [3]", step="x[1] = 3")
    subject = replace(task_alone(task, events={}), recording=nms.Recording(states={"task.x": 1 * ms}))
    how = {"device": "numpy", "duration": 2 * ms, "progress": False}
    assert nms.simulate(subject, parameters={"task.x_2": 2.0}, **how)["state/task"].x.values[-1, 0, 2] == 2
    with pytest.raises(nms.WrongInput, match=r"'task.x_1' is set by the code of 'task' in the first step"):
        nms.simulate(subject, parameters={"task.x_1": 2.0}, **how)
