"""What is counted in steps, each a whole number of them: delays, intervals, windows, phases.

Nothing is rounded on the way into a program, so that a dataset says what ran.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from brian2.units import Quantity, get_dimensions, second

from neuromodsim.description import gate
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import Table
from neuromodsim.description.recording import Recording, Window
from neuromodsim.description.task import NEVER, NEVER_STEP, Task
from neuromodsim.description.timeline import last_certain
from neuromodsim.errors import WrongInput
from neuromodsim.units import quantities

ROUNDING = 1e-3  # of a step, by which Brian2's `timestep` lets a sum of steps fall short


def expect_whole_steps(experiment: Experiment) -> None:
    """Raise `WrongInput` unless the delays and intervals of an experiment are whole numbers of steps."""
    dt = gate.as_time(f"dt of {experiment.name}", experiment.dt)
    if not float(dt) > 0:
        raise WrongInput(f"'dt of {experiment.name}' must be above 0; got {quantities.shown(dt)}.")
    for projection in experiment.circuit.projections:
        for name in projection.delays.keys() - projection.individual_delays.keys():
            delay = gate.as_time(f"{name} of {projection.name}", projection.delays[name])
            quantities.whole_steps(f"{name} of {projection.name}", delay, dt, least=0)
        if projection.dt is not None:
            step = gate.as_time(f"dt of {projection.name}", projection.dt)
            quantities.whole_steps(f"dt of {projection.name}", step, dt)
        if projection.update_interval is not None:
            interval = gate.as_time(f"update_interval of {projection.name}", projection.update_interval)
            quantities.whole_steps(f"update_interval of {projection.name}", interval, dt)


def expect_phases(task: Task | None, numbers: Mapping[str, Any], dt: Any) -> None:
    """Raise `WrongInput` unless each phase of a task is a whole number of steps.

    A phase of no length is passed over within the step in which it begins. The last one that is never
    skipped cannot be: a time step ends in a phase.
    """
    if task is None:
        return
    for index, phase in enumerate(task.timeline):
        if not phase.duration:
            continue  # a condition alone ends it
        path = f"task.{phase.duration}"
        if phase.duration not in task.parameters:
            continue  # a variable, which code works out
        length = Quantity(float(numbers[path]), dim=get_dimensions(task.parameters[phase.duration].value))
        last = index == last_certain(task.timeline)
        quantities.whole_steps(path, length, dt, least=1 if last else 0)


def never_in(table: Table) -> float:
    """Return what a table of times (in seconds) or steps holds where nothing is to happen."""
    return float(NEVER if _timed(table) else NEVER_STEP)


def _timed(table: Table) -> bool:
    return get_dimensions(table.unit) is second.dim


def expect_rising(path: str, table: Table, entries: Any, dt: Any) -> None:
    """Raise `WrongInput` unless times or steps rise from 0 on along each row, each in a step of its own.

    What waits for one after the other would come to one out of order late. What never comes may fill up a
    row.
    """
    step, unit = (float(dt), " s") if _timed(table) else (1.0, "")
    never = never_in(table)
    for row in np.atleast_2d(np.asarray(entries, dtype=float)).reshape(-1, table.shape[-1]):
        listed = row[: np.count_nonzero(row < never)]
        if listed.size and listed.min() < 0:
            raise WrongInput(f"'{path}' must list what happens from 0 on; got {listed.min():.17g}{unit}.")
        steps = np.floor(row / step + ROUNDING)  # as `timestep` counts in a program
        wrong = np.flatnonzero((np.diff(steps) < 1) & (row[:-1] < never) | (np.diff(row) < 0))
        if wrong.size:
            one, other = row[wrong[0]], row[wrong[0] + 1]
            raise WrongInput(
                f"'{path}' must rise along each row, each entry in a time step of its own, and "
                f"{one:.17g}{unit} is followed by {other:.17g}{unit}."
            )


def expect_reached(
    experiment: Experiment, asked: Iterable[str], tables: Mapping[str, Any], seconds: float
) -> None:
    """Raise `WrongInput` if a caller lists what a run is too short for.

    What an experiment, its conditions or ``prepare`` list serves runs of any length.
    """
    steps = round(seconds / float(experiment.dt))
    for path in asked:
        component, _, name = path.partition(".")
        table = experiment.components()[component].tables.get(name)
        if table is None or not table.rising:
            continue
        step, unit = (float(experiment.dt), " s") if _timed(table) else (1.0, "")
        entries = np.asarray(tables[path], dtype=float)
        late = entries[(np.floor(entries / step + ROUNDING) >= steps) & (entries < never_in(table))]
        if late.size:
            raise WrongInput(
                f"'{path}' must list what happens before the end of the run, at {steps * step:g}{unit}; got "
                f"{late[0]:.17g}{unit}; what never happens is at {'NEVER' if unit else 'NEVER_STEP'}."
            )


def windows_of(
    recording: Recording, own: Recording, seconds: float, dt: Any
) -> dict[str, tuple[float, float]]:
    """Return start and stop of each recording, in seconds, by path.

    ``own`` is what the experiment records by itself: in a run shorter than its own, windows of these may lie
    beyond the end, and are empty.

    Raises
    ------
    WrongInput
        If an edge is not a whole number of steps, or a window ends before it starts or lies beyond the run.
    """
    whole = Window()
    windows = {path: recording.windows.get(path, whole) for path in (*recording.states, *recording.events)}
    known = {(path, _plain(window)) for path, window in (*own.windows.items(), *own.spikes.items())}
    windows |= dict(recording.spikes)
    return {path: _edges(path, w, seconds, dt, (path, _plain(w)) in known) for path, w in windows.items()}


def _plain(window: Window) -> tuple[float | None, ...]:
    """Return the edges of a window in seconds, as it gives them."""
    return tuple(None if edge is None else float(edge) for edge in (window.start, window.stop))


def _edges(path: str, window: Window, seconds: float, dt: Any, own: bool) -> tuple[float, float]:
    for name, edge in (("start", window.start), ("stop", window.stop)):
        if edge is not None:
            quantities.whole_steps(f"{name} of the window of {path}", abs(edge), dt, least=0)
    start, stop = window.seconds(seconds)
    first, last = _plain(window)
    # One edge from the start and one from the end cross where a run is shorter than its experiment's.
    crossing = first is not None and last is not None and first >= 0 > last
    if start > stop and not (own and (crossing or stop >= seconds)):
        raise WrongInput(f"The window of '{path}' starts at {start:g} s, after it stops at {stop:g} s.")
    if start == stop and not own and (first is None or first != last):
        raise WrongInput(f"The window of '{path}' is empty: a run of {seconds:g} s does not reach it.")
    return start, stop


def intervals_of(recording: Recording, dt: Any) -> dict[str, int]:
    """Return how many steps lie between two samples of each recorded variable, by path."""
    return {
        path: quantities.whole_steps(f"interval of {path}", interval, dt)
        for path, interval in recording.states.items()
    }
