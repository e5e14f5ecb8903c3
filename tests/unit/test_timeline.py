"""Timelines with conditions and code of their own, against an interpreter of them in plain Python."""

from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from brian2 import ms

import neuromodsim as nms
from neuromodsim import Phase
from tests.pretend import OURS, task_alone
from tests.unit.fields import P

COUNTED = ("n", "x", "path")
STEPS = 40


@dataclass
class Interpreter:
    """A timeline as its documentation describes it, in whole steps: a loop over phases, and no events."""

    timeline: tuple[Phase, ...]
    lengths: dict[str, int]  # by name of a duration
    task_step: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    phase: int = -1
    trial: int = -1
    end: int = 0

    def do(self, code: str) -> None:
        names = self.counts | {"trial": self.trial}
        exec(code, {}, names)
        self.counts = {name: names[name] for name in self.counts}

    def true(self, condition: str) -> bool:
        return bool(eval(condition, {}, self.counts | {"trial": self.trial}))

    def advance(self, now: int) -> None:
        """Go through one time step."""
        certain = max(k for k, phase in enumerate(self.timeline) if not phase.when)
        begun = -1
        self.do(self.task_step)
        if now == 0:
            begun = self.begin(0)
        else:
            self.do(self.timeline[self.phase].step)
        while begun != certain and self.over(now):
            self.end = now
            self.do(self.timeline[self.phase].on_leave)
            begun = self.begin(self.phase + 1)
            self.end += now

    def over(self, now: int) -> bool:
        until = self.timeline[self.phase].until
        return now >= self.end or bool(until and self.true(until))

    def begin(self, index: int) -> int:
        """Begin this phase, or the next that is not skipped."""
        if index in (0, len(self.timeline)):
            index, self.trial = 0, self.trial + 1
        phase = self.timeline[index]
        if phase.when and not self.true(phase.when):
            return self.begin(index + 1)
        self.phase, self.end = index, self.lengths.get(phase.duration, 10**6)
        self.do(phase.on_enter)
        return index


def expected(task: nms.Task, lengths: dict[str, int]) -> dict[str, list[int]]:
    """Return what is to be seen at the end of each step."""
    model, seen = Interpreter(task.timeline, lengths, task.step), []
    for now in range(STEPS):
        model.advance(now)
        seen.append({"phase": model.phase, "trial": model.trial, "phase_end": model.end} | model.counts)
    return {name: [row[name] for row in seen] for name in seen[0]}


def observed(task: nms.Task, **how) -> dict[str, list[int]]:
    """Return the same of a run: a sample is what the step before it has left."""
    names = ("phase", "trial", "phase_end", *COUNTED)
    recording = nms.Recording(states={f"task.{name}": 1 * ms for name in names})
    subject = replace(task_alone(task, events={}), recording=recording)
    run = nms.simulate(subject, duration=STEPS * ms, **{"device": "numpy", "progress": False, **how})
    state = {name: run["state/task"][name].values[1:, 0] for name in names}
    state["phase_end"] = np.where(state["phase_end"] < 1e6, np.rint(state["phase_end"] * 1e3), 0)
    return {name: values.astype(int).tolist() for name, values in state.items()}


def a_task(timeline: tuple[Phase, ...], lengths: dict[str, int], **fields) -> nms.Task:
    used = {phase.duration for phase in timeline} & set(lengths)
    return nms.Task(
        name="random_timeline",
        summary="Counts.",
        source=OURS,
        equations="".join(f"{name} : integer\n" for name in COUNTED),
        timeline=timeline,
        parameters={name: P(lengths[name] * ms, "a duration") for name in used},
        **fields,
    )


CONDITIONS = ("n % 3 == 0", "x > 5", "x % 2 == 1", "trial % 2 == 0", "n > 4 and x < 9", "path % 5 == 1")
CODES = ("n += 1", "x += trial + 1", "x = 0", "path = (3*path + n) % 1000", "n += 1; x += n % 4", "")


def drawn(seed: int) -> tuple[nms.Task, dict[str, int]]:
    """Return a random task and the lengths of its phases."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(1, 5))
    certain = int(rng.integers(count))
    phases, lengths = [], {}
    for k in range(count):
        lengths[f"d{k}"] = int(rng.integers(0, 5))
        until = str(rng.choice(CONDITIONS)) if rng.random() < 0.5 else ""
        codes = [str(rng.choice(CODES)) for _ in range(3)]
        marked = f"path = (7*path + {k + 1}) % 1000\n{codes[0]}"
        when = "" if k == certain or rng.random() < 0.5 else str(rng.choice(CONDITIONS))
        duration = "" if until and rng.random() < 0.3 else f"d{k}"
        phases.append(Phase(f"p{k}", duration, marked, until, when, codes[1], codes[2]))
    last = max(k for k, phase in enumerate(phases) if not phase.when)
    lengths[f"d{last}"] += 1  # it needs a step
    return a_task(tuple(phases), lengths, step=str(rng.choice(CODES))), lengths


@pytest.mark.parametrize("seed", range(20))
def test_a_random_timeline_runs_as_an_interpreter_says(seed):
    """Catches a condition read too early or twice, code of a skipped phase, and a step lost at a boundary."""
    task, lengths = drawn(seed)
    wanted = expected(task, lengths)
    wanted["phase_end"] = [0 if end >= 10**6 else end for end in wanted["phase_end"]]
    assert observed(task) == wanted


def test_a_search_on_a_line_ends_where_it_should():
    """By hand: at 0 at onset, 1 after one step; at 3 it is over, in the step in which it gets there."""
    timeline = (
        Phase("search", "longest", "x = 0", until="x >= 3", step="x += 1", on_leave="n += 1"),
        Phase("found", "rest", "path += 1", when="x >= 3"),
        Phase("pause", "rest", "x = 7"),
    )
    seen = observed(a_task(timeline, {"longest": 5, "rest": 2}))
    assert seen["x"][:9] == [0, 1, 2, 3, 3, 7, 7, 0, 1]
    assert seen["phase"][:9] == [0, 0, 0, 1, 1, 2, 2, 0, 0]
    assert seen["phase_end"][:9] == [5, 5, 5, 5, 5, 7, 7, 12, 12]
    assert seen["n"][:9] == [0, 0, 0, 1, 1, 1, 1, 1, 1]
    # Two steps earlier it is over without having got there, and nothing is found.
    seen = observed(a_task(timeline, {"longest": 2, "rest": 2}))
    assert seen["phase"][:6] == [0, 0, 2, 2, 0, 0]
    assert seen["x"][:6] == [0, 1, 7, 7, 0, 1]
    assert set(seen["path"]) == {0}


def test_chance_in_a_condition_is_drawn_once():
    """Catches a second draw for what happens otherwise, after which a phase would begin in a wrong step."""
    timeline = (
        Phase("wait", until="rand() < 0.3", step="n += 1"),
        Phase("catch", "rest", "x += 1", when="rand() < 0.5"),
        Phase("pause", "rest"),
    )
    events = {f"task.{name}": () for name in ("leave_wait", "enter_catch", "skip_catch", "enter_pause")}
    task = a_task(timeline, {"rest": 2})
    run = nms.simulate(task_alone(task, events=events), device="numpy", duration=1000 * ms, progress=False)
    times = {name: np.rint(run[f"events/{name.replace('.', '_')}"].time.values * 1e3) for name in events}
    left, caught, skipped, paused = times.values()
    assert sorted([*caught, *skipped]) == left.tolist()
    assert sorted([*(caught + 2), *skipped])[: len(paused)] == paused.tolist()
    assert 0.35 < len(caught) / len(left) < 0.65  # three standard errors of 130 trials


@pytest.mark.parametrize(
    ("first", "message"),
    [
        (lambda: Phase("a"), "The phase 'a' must have a 'duration' or an 'until'"),
        (lambda: Phase("a", 3 * ms), "'duration of a phase' must be the name of a parameter"),
        (
            lambda: Phase("a", "d", until="x > 1) or (x < 0"),
            "'until' of the phase 'a' must be one expression",
        ),
        (lambda: Phase("a", "d", when="x = 1"), "'when' of the phase 'a' must be one expression"),
        (lambda: Phase("a", "d", until="y > 1"), "'until' of the phase 'a' .*'y'"),
        (lambda: Phase("a", "d", until="x"), "'until' of the phase 'a'"),
        (lambda: Phase("a", "d", until="x > 1*volt"), "'until' of the phase 'a'"),
        (lambda: Phase("a", "d", step="x = y"), "'step' of the phase 'a' .*'y'"),
        (lambda: Phase("a", "d", on_enter="x = y"), "'on_enter' of the phase 'a' .*'y'"),
        (lambda: Phase("a", "d", on_leave="z = y"), "'on_leave' of the phase 'a' .*'y'"),
        (lambda: Phase("a", "d", step="x = "), "'step' of the phase 'a'"),
        (lambda: Phase("a", "d", when="y > 1"), "'when' of the phase 'a' .*'y'"),
    ],
)
def test_a_mistake_names_the_task_the_phase_and_the_field(first, message):
    with pytest.raises(nms.WrongInput, match=message):
        timeline = (first(), Phase("b", "d"))
        observed(a_task(timeline, {"d": 2}))


def test_mistakes_of_timelines_are_refused():
    conditional = Phase("a", "d", when="x > 1")
    with pytest.raises(nms.WrongInput, match="must have a phase without 'when'"):
        a_task((conditional,), {"d": 2})
    with pytest.raises(nms.WrongInput, match="two events named 'skip_a'"):
        a_task((conditional, Phase("b", "d")), {"d": 2}, events={"skip_a": nms.Event("x > 1")})
    with pytest.raises(nms.WrongInput, match="at least 1 ms"):  # the last phase that always comes
        observed(a_task((Phase("b", "d"), conditional), {"d": 0}))


def test_two_replicas_take_their_own_ways():
    """Catches a condition that reads the row of another replica."""
    timeline = (
        Phase("wait", until="rand() < 0.3", step="n += 1"),
        Phase("catch", "rest", "x += 1", when="rand() < 0.5", on_leave="path += 1"),
        Phase("pause", "rest"),
    )
    recording = nms.Recording(states={"task.n": 1 * ms, "task.x": 1 * ms, "task.path": 1 * ms})
    subject = replace(task_alone(a_task(timeline, {"rest": 2}), events={}), recording=recording)
    how = {"device": "numpy", "duration": 50 * ms, "progress": False}
    both = nms.simulate(subject, replicas=2, **how)
    for k in range(2):
        alone = nms.simulate(subject, seed=k, **how)
        for name in COUNTED:
            np.testing.assert_array_equal(
                both[f"replica_{k}/state/task"][name].values, alone["state/task"][name].values
            )


def test_a_compiled_timeline_runs_alike():
    for seed in (3, 8):
        task, _ = drawn(seed)
        assert observed(task, device="cpp") == observed(task)


def test_a_differential_equation_of_a_task_is_integrated_by_its_method():
    """Euler's rule and the exponential differ in the first step, by 2 %."""
    for method, factor in (("exact", np.exp(-0.2)), ("euler", 0.8)):
        task = nms.Task(
            name="decaying",
            summary="A variable that decays.",
            source=OURS,
            equations="dv/dt = -v/(5*ms) : 1",
            initial={"v": 1.0},
            method=method,
        )
        recording = nms.Recording(states={"task.v": 1 * ms})
        subject = replace(task_alone(task, events={}), recording=recording)
        run = nms.simulate(subject, device="numpy", duration=5 * ms, progress=False)
        np.testing.assert_allclose(run["state/task"].v.values[:, 0], factor ** np.arange(6), rtol=1e-12)
    with pytest.raises(nms.WrongInput, match="method of task"):
        nms.simulate(replace(subject, task=replace(task, method="eular")), device="numpy")
    with pytest.raises(nms.WrongInput, match="has no differential equation"):
        nms.simulate(replace(subject, task=replace(task, equations="v : 1")), device="numpy")
