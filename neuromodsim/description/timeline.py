"""Phases of a trial and events, and a timeline as the events that it is made of."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass, fields

from neuromodsim.description.fields import Described
from neuromodsim.errors import WrongInput
from neuromodsim.units.kinds import expect

FOREVER = "1e9*second"  # the length of a phase that only a condition ends
# Times are compared as whole steps, because sums of floats can miss one.
DUE = "timestep(t, dt) >= timestep(phase_end, dt)"
BEGUN = "t > 0*second"  # a run begins as if the last phase were just over


@dataclass(frozen=True)
class Phase(metaclass=Described):
    """A phase of a trial: how long it lasts, and what happens at its onset, during it and at its end.

    ``duration`` names a parameter, a whole number of time steps, or a variable that code computes. The phase
    ends after it, or in the first step in which the condition ``until`` is true; one of the two may be left
    out. With a duration of 0, or with ``until`` true at its onset, the phase ends in the step in which it
    begins; the last phase without ``when`` needs at least one step. A phase is skipped, without running
    any of its code, if the condition ``when`` is false at the moment at which it would begin.

    ``on_enter`` is Brian code, run once at the onset of the phase; ``step``, at the start of every later time
    step up to the one in which the phase ends; ``on_leave``, once at its end, before the next phase begins.

    Raises
    ------
    WrongInput
        If a field is not a text, a condition is not one expression, or nothing ends the phase.

    Examples
    --------
    >>> Phase("cue", "cue_time", on_enter="cue_on = 1").name
    'cue'
    >>> search = Phase("search", "longest", until="distance < 0.3", step="distance -= speed*dt")
    >>> reward = Phase("reward", "reward_time", on_enter="rewards += 1", when="distance < 0.3")
    """

    name: str
    duration: str = ""  # the name of a parameter
    on_enter: str = ""
    until: str = ""
    when: str = ""
    step: str = ""
    on_leave: str = ""

    def __post_init__(self) -> None:
        """Refuse fields of another kind, and a phase that nothing ends."""
        for field in fields(self):
            expect(f"{field.name} of a phase", getattr(self, field.name), str, "a text")
        if not self.duration and not self.until:
            raise WrongInput(f"The phase '{self.name}' must have a 'duration' or an 'until' that ends it.")
        for condition in ("until", "when"):
            _expect_condition(f"'{condition}' of the phase '{self.name}'", getattr(self, condition))


@dataclass(frozen=True)
class Event(metaclass=Described):
    """An event, triggered when a condition on the variables of the task is true.

    Examples
    --------
    >>> Event(when="votes > 10", do="reward += 1").do
    'reward += 1'
    """

    when: str
    do: str = ""

    def __post_init__(self) -> None:
        """Refuse fields of another kind."""
        for name in ("when", "do"):
            expect(f"'{name}' of an event", getattr(self, name), str, "code as text")


def _expect_condition(what: str, text: str) -> None:
    """Raise `WrongInput` unless a condition is one expression, which may be put in parentheses."""
    if not text:
        return
    try:
        ast.parse(condition(text), mode="eval")
    except SyntaxError as error:
        raise WrongInput(f"{what} must be one expression; got '{text.strip()}' ({error.msg}).") from error


def condition(text: str) -> str:
    """Return a condition on one line, without comments.

    Examples
    --------
    >>> condition("distance < 0.3  # of the goal")
    'distance < 0.3'
    """
    return " ".join(line.partition("#")[0].strip() for line in text.split("\n")).strip()


def last_certain(timeline: Sequence[Phase]) -> int:
    """Return the index of the last phase that is never skipped; -1 if there is none.

    Examples
    --------
    >>> last_certain((Phase("cue", "a"), Phase("reward", "b", when="right == 1")))
    0
    """
    return max((index for index, phase in enumerate(timeline) if not phase.when), default=-1)


def events_of(timeline: Sequence[Phase]) -> dict[str, Event]:
    """Return the events of a timeline, in the order in which a time step goes through them.

    First comes ``step`` of the phase in which the time step begins. Then follows one pass over the phases,
    each of which begins if the one before it is over. ``phase_end`` is when the present phase ends; a phase
    that ``until`` ends moves it to the present. A phase that is skipped is never the present one when the
    pass is over. The pass starts after the last phase that cannot be skipped: so it reaches a phase that
    begins whatever is skipped, also at the boundary of two trials, and that phase alone is not left in the
    same pass.

    Examples
    --------
    >>> list(events_of((Phase("cue", "a", step="n += 1"), Phase("reward", "b", when="n > 3"))))
    ['step_cue', 'enter_reward', 'skip_reward', 'enter_cue']
    """
    events = {
        f"step_{phase.name}": Event(_during(index, timeline), phase.step)
        for index, phase in enumerate(timeline)
        if phase.step
    }
    start, count = last_certain(timeline), len(timeline)
    if count:
        events |= _leaving(start, timeline)
    for index in ((start + 1 + place) % count for place in range(count)):
        events |= _entering(index, timeline)
        if index != start:
            events |= _leaving(index, timeline)
        if timeline[index].when:
            # Over at once, so that the next phase is looked at: its end is in the past.
            events[f"skip_{timeline[index].name}"] = Event(_after(index, timeline), f"phase = {index}")
    return events


def _during(index: int, timeline: Sequence[Phase]) -> str:
    return f"phase == {index}" + (f" and {BEGUN}" if index == len(timeline) - 1 else "")


def _after(index: int, timeline: Sequence[Phase]) -> str:
    """Return the condition under which it is a phase's turn: the one before it is over."""
    before = (index - 1) % len(timeline)
    return DUE if len(timeline) == 1 else f"phase == {before} and {DUE}"


def _entering(index: int, timeline: Sequence[Phase]) -> dict[str, Event]:
    """Return the onset of a phase; the trial is counted before any code or condition of it is read."""
    phase, turn, events = timeline[index], _after(index, timeline), dict[str, Event]()
    counted = index == 0 and bool(phase.when)  # by an event of its own: 'when' may read what follows from it
    if counted:
        events["begin_trial"] = Event(turn, "trial += 1")
    events[f"enter_{phase.name}"] = Event(
        f"{turn} and ({condition(phase.when)})" if phase.when else turn,
        f"trial += {int(index == 0 and not counted)}\nphase = {index}\n"
        f"phase_end = t + {phase.duration or FOREVER}\n{phase.on_enter}",
    )
    return events


def _leaving(index: int, timeline: Sequence[Phase]) -> dict[str, Event]:
    """Return the end of a phase, where more happens at it than that its duration is over."""
    phase = timeline[index]
    if not phase.until and not phase.on_leave:
        return {}
    over = f"{DUE} or ({condition(phase.until)})" if phase.until else DUE
    return {
        f"leave_{phase.name}": Event(
            f"{_during(index, timeline)} and ({over})", f"phase_end = t\n{phase.on_leave}"
        )
    }
