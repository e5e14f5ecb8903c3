"""From what an experiment wants to keep to Brian2 monitors, and how much memory that takes."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from brian2 import EventMonitor, SpikeMonitor, StateMonitor
from brian2.core.variables import ArrayVariable

from neuromodsim.builder.assembly import Assembly
from neuromodsim.builder.clocks import SlowClock
from neuromodsim.builder.region import flush_on
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.recording import Recording, Window
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.transforms import present
from neuromodsim.units.quantities import dataset_unit

LIKELY_RATE = 10.0  # spikes per cell and second, where nothing is known


@dataclass
class Column:
    """One recorded variable: where its numbers are, and what unit they get in a dataset."""

    variable: ArrayVariable
    dtype: str
    unit: str
    scale: float  # dataset unit in SI


@dataclass
class Output:
    """What one monitor brings back. ``kind`` is spikes, state, weight or event."""

    kind: str
    name: str  # component or part
    monitor: Any
    columns: dict[str, Column]
    offset: int = 0  # first cell of a part
    size: int = 0  # cells, or recorded rows
    rows: tuple[int, ...] | None = None  # recorded rows, where not all
    label: str = ""  # event name, or "component.variable" of a state
    last: ArrayVariable | None = None  # what a state is sampled from, for its value at the end

    @property
    def window(self) -> str:
        """The name under which the run is told when to record."""
        return str(self.monitor.name)


def attach(experiment: Experiment, recording: Recording, built: Assembly) -> list[Output]:
    """Add monitors to a network and return what they bring back.

    Raises
    ------
    WrongInput
        If the recording names something that is not there.
    """
    outputs = [_spikes(experiment, built, name) for name in recording.spikes]
    outputs += [
        _samples(built, path, recording.only.get(path), order) for order, path in enumerate(recording.states)
    ]
    outputs += [_events(built, path, names) for path, names in recording.events.items()]
    for output in outputs:
        built.network.add(output.monitor)
    return outputs


def _split(path: str) -> tuple[str, str]:
    component, dot, variable = path.partition(".")
    if not dot or not variable:
        raise WrongInput(f"'{path}' does not name a variable; write component.variable.")
    return component, variable


def _group(built: Assembly, component: str) -> Any:
    if component not in built.groups:
        raise unknown("component to record", component, built.groups)
    return built.groups[component]


def _column(group: Any, name: str, holder: Any, held: str) -> Column:
    variable = group.variables[name]
    unit, scale = dataset_unit(variable.dim)
    stored = holder.variables[held]
    return Column(stored, np.dtype(stored.dtype).name, unit, scale)


def _spikes(experiment: Experiment, built: Assembly, name: str) -> Output:
    for population in experiment.circuit.populations:
        parts = population.stretches() | {population.name: slice(0, population.size)}
        if name not in parts:
            continue
        part, group = parts[name], built.groups[population.name]
        source = group if part == slice(0, population.size) else group[part]
        monitor = SpikeMonitor(source, name=f"{name}_spikes", when="end")
        columns = {
            "time": Column(monitor.variables["t"], "float64", "s", 1.0),
            "neuron": Column(monitor.variables["i"], "int32", "1", 1.0),
        }
        size = part.stop - part.start
        return Output("spikes", name, monitor, columns, offset=part.start, size=size)
    known = [n for p in experiment.circuit.populations for n in (p.name, *p.stretches())]
    raise unknown("population to record spikes of", name, known)


def _samples(built: Assembly, path: str, only: tuple[int, ...] | None, order: int) -> Output:
    component, variable = _split(path)
    group = _group(built, component)
    held = built.shown.get(path, variable)
    if held not in group.variables and variable not in built.present.get(component, ()):
        raise unknown(f"variable of {component}", variable, group.variables.keys())
    if variable == "laplacian":
        raise WrongInput(f"'{path}' is worked out on the way and not kept; record the concentration.")
    synaptic = component in built.pairs
    rows = len(built.pairs[component][0]) if synaptic else len(group)
    if only is not None and not rows:
        raise WrongInput(f"'{path}' has no rows in this run, so it has no subset of them.")
    if only is not None and (not only or min(only) < 0 or max(only) >= rows):
        raise WrongInput(f"'{path}' has rows 0 to {rows - 1}; the subset leaves them.")
    clock = SlowClock(built.clock.dt, built.clock.dt, f"{component}_{variable}_clock")
    built.add_input(f"{path}@interval", clock.variables["dt"])
    for name, program, synapses, region in built.flushes:
        if name == component:
            flush_on(clock, program, synapses, region, order=-1000 + 2 * order)
    if synaptic:
        held = _at_present(built, component, variable, held, rows, clock)
    monitor = StateMonitor(
        group,
        [held],
        record=np.arange(rows) if only is None else np.asarray(only),
        clock=clock,
        name=f"{component}_{variable}_samples",
        when="start",
        order=-30,
    )
    column = _column(group, held, monitor, held)
    return Output(
        "weight" if synaptic else "state",
        component,
        monitor,
        {"time": Column(monitor.variables["t"], "float64", "s", 1.0), variable: column},
        size=rows if only is None else len(only),
        rows=only,
        label=path,
        last=group.variables[held] if _is_own(group, held) else None,
    )


def _is_own(group: Any, name: str) -> bool:
    """Whether a variable is kept by a group itself, row by row; what is worked out or linked is not."""
    variable = group.variables[name]
    return isinstance(variable, ArrayVariable) and variable.owner.name == group.name


def _at_present(
    built: Assembly, component: str, variable: str, held: str, rows: int, clock: SlowClock
) -> str:
    """Return the name under which a synaptic variable is up to date at a clock's times."""
    synapses, known = built.groups[component], built.present.get(component, {})
    names = present.event_driven(synapses) | {name: expression for name, (expression, _) in known.items()}
    expression = present.reading(synapses, variable, names)
    if expression is None or held in names.values():
        return held
    own = synapses.variables.get(variable)
    now = f"_present_of_{variable}"
    synapses.variables.add_array(
        now,
        size=rows,
        dimensions=known[variable][1] if own is None else own.dim,
        dtype=None if own is None else own.dtype,
    )
    # After weights have been brought up to date, before they are sampled.
    code = f"{present.update(synapses)}\n{now} = {expression}"
    runner = synapses.run_regularly(code, when="start", order=-40, clock=clock)
    built.last.append(runner)
    return now


def _events(built: Assembly, path: str, variables: tuple[str, ...]) -> Output:
    component, event = _split(path)
    group = _group(built, component)
    if event not in group.events:
        raise unknown(f"event of {component}", event, group.events)
    for variable in variables:
        if variable not in group.variables:
            raise unknown(f"variable of {component}", variable, group.variables.keys())
    monitor = EventMonitor(
        group, event, variables=list(variables), name=f"{component}_{event}_log", when="end"
    )
    columns = {
        "time": Column(monitor.variables["t"], "float64", "s", 1.0),
        "neuron": Column(monitor.variables["i"], "int32", "1", 1.0),
    }
    columns |= {name: _column(group, name, monitor, name) for name in variables}
    return Output("event", component, monitor, columns, size=len(group), label=event)


def sampled_bytes(
    recording: Recording, sizes: Mapping[str, int], duration: float, windows: Mapping[str, Any]
) -> dict[str, int]:
    """Return how many bytes each sampled variable takes in a run, by path.

    ``sizes`` gives the recorded rows of each path; ``windows`` start and stop in seconds.
    """
    taken = {}
    for path, interval in recording.states.items():
        start, stop = windows.get(path, (0.0, duration))
        samples = int(max(0.0, stop - start) / float(interval)) + 1
        taken[path] = samples * (sizes[path] + 1) * 8
    return taken


def spike_bytes(cells: Mapping[str, int], windows: Mapping[str, Any]) -> dict[str, int]:
    """Return about how many bytes the spikes of each recorded population take, at `LIKELY_RATE`."""
    lengths = {name: max(0.0, windows[name][1] - windows[name][0]) for name in cells}
    return {n: int(size * lengths[n] * LIKELY_RATE * 12) for n, size in cells.items()}


def free_memory() -> int:
    """Return how many bytes a run can take without crowding out others."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
        (available,) = (line.split()[1] for line in lines if line.startswith("MemAvailable"))
        return int(available) * 1024
    except (OSError, ValueError):  # not Linux
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def span(window: Window, duration: float) -> tuple[float, float]:
    """Return the start and stop of a window in seconds; negative times count from the end."""

    def place(time: Any, default: float) -> float:
        seconds = default if time is None else float(time)
        return max(0.0, duration + seconds) if seconds < 0 else min(seconds, duration)

    return place(window.start, 0.0), place(window.stop, duration)
