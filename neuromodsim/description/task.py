"""What a task is: a timeline of phases and events that runs inside the simulation."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from brian2 import second

from neuromodsim.description.arrays import arrays_of, equations_written_out, expect_apart, initial_written_out
from neuromodsim.description.layout import bare
from neuromodsim.description.model import NAMED, Model
from neuromodsim.description.timeline import Event as Event
from neuromodsim.description.timeline import Phase as Phase
from neuromodsim.description.timeline import last_certain, moments
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


@dataclass(frozen=True, kw_only=True)
class Task(Model):
    """A closed-loop task, compiled into the simulation as a group of one row.

    ``timeline`` lists its phases in order, repeated for every trial; ``events`` are triggered at any
    time. The network reads and writes variables of the task; there is no other interaction.
    ``step`` is Brian code run at the start of every time step, before phases change. ``method`` integrates
    differential equations of the task, in the place in which those of cells are. ``value : 1 [4]`` in its
    equations declares an array of up to 64 entries, read and set by index, ``value[choice] += 1``.

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
    >>> trials.event_names()
    ['enter_cue', 'enter_pause']
    """

    timeline: tuple[Phase, ...] = ()
    events: Mapping[str, Event] = field(default_factory=dict)
    step: str = ""
    method: str = "exact"

    def __post_init__(self) -> None:
        """Refuse fields of another kind, and a phase or event whose name another has."""
        super().__post_init__()
        expect(f"timeline of {self.name}", self.timeline, (tuple, list), "a tuple of phases")
        for phase in self.timeline:
            expect(f"a phase of {self.name}", phase, Phase, "a Phase")
            expect_word("phase", phase.name)
        expect_mapping(f"events of {self.name}", self.events, Event, "an Event")
        expect(f"step of {self.name}", self.step, str, "code as text")
        self._expect_timeline()
        if self.arrays:
            declared = NAMED.findall(bare(self.equations))
            expect_apart(self.name, self.arrays, declared, (*self.parameters, *self.tables))
            self.all_initial()

    def _expect_timeline(self) -> None:
        """Refuse phases of which each can be skipped, and two events of one name."""
        if self.timeline and last_certain(self.timeline) < 0:
            raise WrongInput(
                f"The timeline of '{self.name}' must have a phase without 'when': a trial in which all are "
                "skipped would take no time."
            )
        names = [phase.name for phase in self.timeline]
        for name in names:
            if names.count(name) > 1:
                raise WrongInput(f"'{self.name}' has two events named 'enter_{name}'; name its phases apart.")
        for name in moments(self.timeline):
            if name in self.events:
                raise WrongInput(
                    f"'{self.name}' has two events named '{name}', one of them of its timeline; rename yours."
                )

    def all_equations(self) -> str:
        """Return the equations with those of the timeline, if there is one, and arrays entry by entry."""
        return (CLOCKWORK if self.timeline else "") + equations_written_out(self.equations)

    def event_names(self) -> list[str]:
        """Return the names of the events of the timeline, then of the task's own, in the order of a step.

        Each phase has ``enter_<phase>``; those with ``step``, ``until`` or ``on_leave``, and ``when`` also
        ``step_<phase>``, ``leave_<phase>`` and ``skip_<phase>``. A first phase with ``when`` comes after
        ``begin_trial``.
        """
        return [*moments(self.timeline), *self.events]

    @property
    def arrays(self) -> dict[str, int]:
        """How many entries each array of the equations has."""
        return arrays_of(self.equations)

    def all_initial(self) -> dict[str, object]:
        """Return initial values such that the first step enters the first phase of trial 0."""
        start = {"trial": -1, "phase": len(self.timeline) - 1} if self.timeline else {}
        return start | initial_written_out(self.initial, self.arrays)
