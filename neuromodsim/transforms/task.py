"""The code of a task as Brian2 is given it: its timeline as events, and arrays entry by entry."""

from collections.abc import Iterator
from contextlib import contextmanager

from neuromodsim.description.task import Task
from neuromodsim.description.timeline import Event
from neuromodsim.errors import WrongInput
from neuromodsim.transforms.array_code import code_written_out, condition_written_out
from neuromodsim.transforms.timeline import events_of


def all_events(task: Task) -> dict[str, Event]:
    """Return the events of the timeline, then the task's own, in the order of a time step.

    Raises
    ------
    WrongInput
        If code uses an array otherwise than by index, or cannot be read, with the event.
    """
    events = events_of(task.timeline) | dict(task.events)
    arrays = task.arrays
    return {name: _written_out(name, event, task) for name, event in events.items()} if arrays else events


def _written_out(name: str, event: Event, task: Task) -> Event:
    with _said_of(f"{name}' of '{task.name}"):
        when, checks = condition_written_out(event.when, task.arrays)
        do = code_written_out(event.do, task.arrays)
    return Event(when, f"{checks}\n{do}" if checks else do)


def whole_step(task: Task) -> str:
    """Return the code of every time step.

    Raises
    ------
    WrongInput
        As `all_events`.
    """
    with _said_of(f"step' of '{task.name}"):
        return code_written_out(task.step, task.arrays)


def expect_code(task: Task) -> None:
    """Raise `WrongInput` as `all_events` and `whole_step` do."""
    all_events(task)
    whole_step(task)


@contextmanager
def _said_of(where: str) -> Iterator[None]:
    """Say of a mistake in code where it is."""
    try:
        yield
    except WrongInput as error:
        raise WrongInput(f"{str(error).rstrip('.')} (in '{where}').") from error
