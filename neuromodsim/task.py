"""What a task is: a timeline of phases and events that runs inside the simulation."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from neuromodsim.model import Model

# Every task with a timeline has these variables.
CLOCKWORK = """
phase     : integer  # index into the timeline
phase_end : second   # when the present phase ends
trial     : integer  # index of the present trial
"""


@dataclass(frozen=True)
class Phase:
    """A stretch of a trial. ``on_enter`` is Brian code, run once as the phase begins."""

    name: str
    duration: str  # the name of a parameter
    on_enter: str = ""


@dataclass(frozen=True)
class Event:
    """Something that happens when a condition on the task's variables becomes true."""

    when: str
    do: str = ""


@dataclass(frozen=True, kw_only=True)
class Task(Model):
    """A closed-loop task, compiled into the simulation as a group of one row.

    ``timeline`` holds its phases in order, repeated for every trial; ``events`` what may happen at
    any time. The network writes into the task's variables and reads from them; nothing else
    crosses. ``step`` is Brian code run at the start of every time step, before phases change.
    """

    timeline: tuple[Phase, ...] = ()
    events: Mapping[str, Event] = field(default_factory=dict)
    step: str = ""

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
