"""Phases of a trial, events, and the moments of a timeline at which code runs."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Literal, NamedTuple

from neuromodsim.description.fields import Described
from neuromodsim.errors import WrongInput
from neuromodsim.units.kinds import expect


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
            words = "the name of a parameter, such as 'cue_time'" if field.name == "duration" else "a text"
            expect(f"{field.name} of a phase", getattr(self, field.name), str, words)
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


class Moment(NamedTuple):
    """A moment of a timeline at which code runs, and the index of its phase."""

    kind: Literal["step", "begin", "enter", "leave", "skip"]
    phase: int


def moments(timeline: Sequence[Phase]) -> dict[str, Moment]:
    """Return the moments of a timeline by the names of their events, in the order of a time step.

    First comes ``step`` of the phase in which the time step begins. Then follows one pass over the phases,
    each of which begins if the one before it is over. The pass starts after the last phase that cannot be
    skipped: so it reaches a phase that begins whatever is skipped, also at the boundary of two trials, and
    that phase alone is not left in the same pass.

    Examples
    --------
    >>> list(moments((Phase("cue", "a", step="n += 1"), Phase("reward", "b", when="n > 3"))))
    ['step_cue', 'enter_reward', 'skip_reward', 'enter_cue']
    """
    start, count = last_certain(timeline), len(timeline)
    found = [Moment("step", index) for index, phase in enumerate(timeline) if phase.step]
    if count:
        found += _end(start, timeline)
    for index in ((start + 1 + place) % count for place in range(count)):
        if index == 0 and timeline[0].when:  # counted before 'when' is read, which may follow from it
            found.append(Moment("begin", 0))
        found.append(Moment("enter", index))
        if index != start:
            found += _end(index, timeline)
        if timeline[index].when:
            found.append(Moment("skip", index))
    return {_name(moment, timeline): moment for moment in found}


def _end(index: int, timeline: Sequence[Phase]) -> list[Moment]:
    """Return the end of a phase, where more happens at it than that its duration is over."""
    return [Moment("leave", index)] if timeline[index].until or timeline[index].on_leave else []


def _name(moment: Moment, timeline: Sequence[Phase]) -> str:
    return "begin_trial" if moment.kind == "begin" else f"{moment.kind}_{timeline[moment.phase].name}"
