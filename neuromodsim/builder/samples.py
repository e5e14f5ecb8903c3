"""Variables sampled at intervals, with synapses brought up to date before they are looked at."""

from typing import Any

import numpy as np
from brian2 import StateMonitor
from brian2.core.variables import ArrayVariable

from neuromodsim.builder.assembly import Assembly
from neuromodsim.builder.clocks import SlowClock
from neuromodsim.builder.inputs import InputSource
from neuromodsim.builder.outputs import Output, component_and_name, group_of, times, values
from neuromodsim.builder.region import synchronise_on
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.transforms import present


def add_samples(built: Assembly, path: str, only: tuple[int, ...] | None, order: int) -> Output:
    """Return what samples of a variable bring back, at intervals that a run sets.

    Parameters
    ----------
    built
        The network.
    path
        ``component.variable``.
    only
        The rows to sample; all of them without.
    order
        The number of such samples before these.

    Raises
    ------
    WrongInput
        If there is no such variable, or it has no such rows.
    """
    component, variable = component_and_name(path)
    group = group_of(built, component)
    named = built.renamed.get(path, variable)
    held = _held(built, group, path)
    synaptic = component in built.pairs
    rows = len(built.pairs[component][0]) if synaptic else len(group)
    _expect_rows(path, only, rows)
    clock = SlowClock(built.clock.dt, built.clock.dt, f"{component}_{variable}_clock")
    built.add_input(InputSource("sample_interval", path), clock.variables["dt"])
    # A synchronisation has two code objects, so each recorder reserves two positions in the order, before
    # any of them samples.
    for name, program, synapses, region in built.synchronised:
        if name == component:
            synchronise_on(clock, program, synapses, region, order=-1000 + 2 * order)
    if synaptic:
        held = _at_present(built, component, named, held, rows, clock)
    monitor = _monitor(group, held, rows, only, clock, f"{component}_{variable}_samples")
    return Output(
        "weight" if synaptic else "state",
        component,
        monitor,
        {"time": times(monitor), variable: values(monitor, group, held)},
        size=rows if only is None else len(only),
        rows=only,
        label=path,
        last=group.variables[held] if _is_own(group, held) else None,
    )


def _monitor(
    group: Any, held: str, rows: int, only: tuple[int, ...] | None, clock: SlowClock, name: str
) -> StateMonitor:
    """Return what samples a variable after synapses are up to date (-40), before a task moves (-21)."""
    chosen = np.arange(rows) if only is None else np.asarray(only)
    return StateMonitor(group, [held], record=chosen, clock=clock, name=name, when="start", order=-30)


def _held(built: Assembly, group: Any, path: str) -> str:
    """Return the name under which a group holds what a path names."""
    component, variable = component_and_name(path)
    named = built.renamed.get(path, variable)
    held = built.shown.get(f"{component}.{named}", named)
    if held not in group.variables and named not in built.present.get(component, ()):
        raise unknown(f"variable of {component}", variable, group.variables.keys())
    if variable == "laplacian":
        raise WrongInput(f"'{path}' is computed in every step and not stored; record the concentration.")
    return held


def _expect_rows(path: str, only: tuple[int, ...] | None, rows: int) -> None:
    if only is not None and not rows:
        raise WrongInput(f"'{path}' has no rows in this run, so it has no subset of them.")
    if only is not None and (not only or min(only) < 0 or max(only) >= rows):
        raise WrongInput(f"'{path}' has rows 0 to {rows - 1}; the recorded subset contains others.")


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
