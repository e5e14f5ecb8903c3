"""Names of events at which code runs: ``burst``, ``post.burst``, ``task.trial_end``, ``every(10*second)``."""

import re
from dataclasses import dataclass
from typing import Any, Literal

from neuromodsim.description.gate import as_time
from neuromodsim.description.task import Task
from neuromodsim.description.words import NAME
from neuromodsim.units import quantities

EVERY = re.compile(r"every\((.*)\)", re.DOTALL)
PHASE = "enter_"  # what the event of a phase's beginning is called


@dataclass(frozen=True)
class EventName:
    """An event as a model names it.

    ``of`` tells whose it is: that of the cell or the source of a synapse (``"own"``), of the target of a
    synapse (``"post"``), of the task, or of the clock (``"every"``), whose ``event`` is an interval.

    Examples
    --------
    >>> EventName.read("task.reward")
    EventName(of='task', event='reward')
    >>> EventName.read("every(10*second)")
    EventName(of='every', event='10*second')
    """

    of: Literal["own", "post", "task", "every"]
    event: str

    @classmethod
    def read(cls, name: str) -> "EventName":
        """Return what a name of an event stands for."""
        if (match := EVERY.fullmatch(name.strip())) is not None:
            return cls("every", match[1].strip())
        owner, dot, event = name.partition(".")
        if dot and owner == "post":
            return cls("post", event)
        if dot and owner == "task":
            return cls("task", event)
        return cls("own", name)

    @property
    def local(self) -> bool:
        """Whether it is an event of one of the cells of a synapse."""
        return self.of in ("own", "post")

    def steps(self, of: str, dt: Any) -> int:
        """Return how many time steps an interval has.

        Raises
        ------
        WrongInput
            If it is no time, or no whole number of steps.
        """
        name = f"every({self.event}) of {of}"
        return quantities.whole_steps(name, as_time(name, self.event), dt)


def event_of_task(task: Task | None, name: str) -> str | None:
    """Return the event of a task by its name, or by that of the phase that it begins, or None."""
    events = [] if task is None else task.event_names()
    return next((event for event in (name, f"{PHASE}{name}") if event in events), None)


def known_of_task(task: Task | None) -> list[str]:
    """Return all names that events of a task can be called by."""
    events = [] if task is None else task.event_names()
    phases = [e.removeprefix(PHASE) for e in events if e.startswith(PHASE)]
    return [f"task.{name}" for name in dict.fromkeys([*events, *phases]) if NAME.fullmatch(name)]
