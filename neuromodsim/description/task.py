"""What a task is: a timeline of phases and events that runs inside the simulation."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from brian2 import second

from neuromodsim.description.fields import Described
from neuromodsim.description.model import Model
from neuromodsim.description.words import expect_word
from neuromodsim.errors import WrongInput
from neuromodsim.units.kinds import expect, expect_mapping

NEVER = 1e9 * second  # what a table of times holds where nothing is to happen
NEVER_STEP = 2**30  # likewise, a table of steps

# Every task with a timeline has these variables.
CLOCKWORK = """
phase     : integer  # index into the timeline
phase_end : second   # when the present phase ends
trial     : integer  # index of the present trial
"""


@dataclass(frozen=True)
class Phase(metaclass=Described):
    """A phase of a trial. ``on_enter`` is Brian code, run once at its onset.

    ``duration`` names a parameter, a whole number of time steps. With a duration of 0, the phase ends in the
    step in which it begins; the last phase needs at least one step.

    Examples
    --------
    >>> Phase("cue", "cue_time", on_enter="cue_on = 1").name
    'cue'
    """

    name: str
    duration: str  # the name of a parameter
    on_enter: str = ""

    def __post_init__(self) -> None:
        """Refuse fields of another kind."""
        for name in ("name", "duration", "on_enter"):
            expect(f"{name} of a phase", getattr(self, name), str, "a text")


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


@dataclass(frozen=True, kw_only=True)
class Task(Model):
    """A closed-loop task, compiled into the simulation as a group of one row.

    ``timeline`` lists its phases in order, repeated for every trial; ``events`` are triggered at any
    time. The network reads and writes variables of the task; there is no other interaction.
    ``step`` is Brian code run at the start of every time step, before phases change.

    Examples
    --------
    >>> from brian2 import ms
    >>> from neuromodsim.description.model import Parameter
    >>> from neuromodsim.description.source import Source
    >>> trials = Task(
    ...     name="trials",
    ...     summary="A cue, then a pause.",
    ...     source=Source(key="own", authors="Me", year=2026, title="Trials", journal="None", doi="10.0/0"),
    ...     equations="cue_on : integer",
    ...     timeline=(Phase("cue", "cue_time", "cue_on = 1"), Phase("pause", "pause_time", "cue_on = 0")),
    ...     parameters={
    ...         "cue_time": Parameter(100 * ms, "how long the cue is on"),
    ...         "pause_time": Parameter(200 * ms, "until the next cue"),
    ...     },
    ... )
    >>> list(trials.all_events())
    ['enter_cue', 'enter_pause']
    """

    timeline: tuple[Phase, ...] = ()
    events: Mapping[str, Event] = field(default_factory=dict)
    step: str = ""

    def __post_init__(self) -> None:
        """Refuse fields of another kind, and a phase or event whose name another has."""
        super().__post_init__()
        expect(f"timeline of {self.name}", self.timeline, (tuple, list), "a tuple of phases")
        for phase in self.timeline:
            expect(f"a phase of {self.name}", phase, Phase, "a Phase")
            expect_word("phase", phase.name)
        expect_mapping(f"events of {self.name}", self.events, Event, "an Event")
        expect(f"step of {self.name}", self.step, str, "code as text")
        entered = [f"enter_{phase.name}" for phase in self.timeline]
        for name in entered:
            if entered.count(name) > 1 or name in self.events:
                raise WrongInput(f"'{self.name}' has two events named '{name}'; name its phases apart.")

    def all_equations(self) -> str:
        """Return the equations with those of the timeline, if there is one."""
        return (CLOCKWORK if self.timeline else "") + self.equations

    def all_events(self) -> dict[str, Event]:
        """Return the task's events, with one named ``enter_<phase>`` for each phase.

        Times are compared as whole steps, because sums of floats can miss one; the trial is
        counted before the entering code reads it.
        """
        order = [phase.name for phase in self.timeline]
        due = "timestep(t, dt) >= timestep(phase_end, dt)"
        events = {
            f"enter_{phase.name}": Event(
                when=f"phase == {(index - 1) % len(order)} and {due}",
                do=f"trial += {int(index == 0)}\nphase = {index}\n"
                f"phase_end = t + {phase.duration}\n{phase.on_enter}",
            )
            for index, phase in enumerate(self.timeline)
        }
        if len(order) == 1:  # a single phase follows itself
            events[f"enter_{order[0]}"] = Event(due, events[f"enter_{order[0]}"].do)
        return events | dict(self.events)

    def all_initial(self) -> dict[str, object]:
        """Return initial values such that the first step enters the first phase of trial 0."""
        start = {"trial": -1, "phase": len(self.timeline) - 1} if self.timeline else {}
        return start | dict(self.initial)
