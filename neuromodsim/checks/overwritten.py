"""A value that code of the first step replaces before equations or code read it has no effect.

It is rejected.

The order of events within a step is that of the programs: the task, then ``step`` of modulators, then
equations and ``step`` of cells, then spikes and synapses. What cannot be told counts as read.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from brian2.utils.stringtools import get_identifiers

from neuromodsim.brian import in_turn
from neuromodsim.checks.timing import ROUNDING
from neuromodsim.description.circuit import Circuit
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import Model, ModulatorModel, parsed
from neuromodsim.description.reductions import reduces
from neuromodsim.description.task import Task
from neuromodsim.errors import WrongInput
from neuromodsim.transforms.statements import Statement, statements, worked_out
from neuromodsim.transforms.task import all_events, whole_step

Step = Iterator[Statement | str]  # statements, and conditions that are only read, in the order of a step


@in_turn
def expect_kept(experiment: Experiment, given: Iterable[str], numbers: Mapping[str, Any]) -> None:
    """Raise `WrongInput` for an initial value that is overwritten in the first step, unread.

    Parameters
    ----------
    experiment
        Whose task, modulators and cells are looked at.
    given
        The paths that a caller, a condition, the experiment or what it prepares give values.
    numbers
        Every value of the run in SI units, by path.

    Raises
    ------
    WrongInput
        With the path, and what overwrites it.
    """
    components = experiment.components()
    for path in given:
        component, _, name = path.partition(".")
        model = components[component]
        if name in model.parameters or name in model.tables:
            continue
        by = _summing(experiment, component, name)
        if not by and not _read_before(experiment, component, name):
            code = _first_step(experiment, component, numbers)
            by = component if _is_overwritten(name, model, code) else ""
        if by:
            raise WrongInput(
                f"'{path}' is set by the code of '{by}' in the first step, before any equation or code reads "
                "it, so that a value given to it could be seen in a sample at time 0 alone; leave it out."
            )


def _summing(experiment: Experiment, component: str, name: str) -> str:
    """Return the projection that sums onto a variable before anything reads it; nothing if there is none.

    Sums are worked out before equations, and after ``step`` of modulators.
    """
    model = experiment.components()[component]
    stepped = isinstance(model, ModulatorModel) and name in get_identifiers(model.step)
    if stepped or _by_others(experiment.circuit, component, name):
        return ""
    for projection in experiment.circuit.projections:
        equations = parsed(projection.model.equations)
        for end, suffix in ((projection.target, "_post"), (projection.source, "_pre")):
            equation = equations.get(f"{name}{suffix}")
            if end == component and equation is not None and reduces(equation):
                return projection.name
    return ""


def _first_step(experiment: Experiment, component: str, numbers: Mapping[str, Any]) -> Step:
    """Yield what is sure to run of a component in the first step."""
    model = experiment.components()[component]
    yield from statements(whole_step(model) if isinstance(model, Task) else getattr(model, "step", ""))
    if any(m.name == component and m.grid is not None for m in experiment.circuit.modulators):
        yield Statement("laplacian", "=", "")
    if isinstance(model, Task) and model.timeline and _begins(experiment, model, numbers):
        first = all_events(model)[f"enter_{model.timeline[0].name}"]
        yield first.when
        yield from statements(first.do)


def _begins(experiment: Experiment, task: Task, numbers: Mapping[str, Any]) -> bool:
    """Whether the first step is sure to enter the first phase."""
    if task.timeline[0].when:
        return False
    step = (1 - ROUNDING) * float(experiment.dt)  # of which `timestep` makes 0 in a program
    at_once = np.all(np.asarray(numbers["task.phase_end"]) < step)
    return bool(at_once and np.all(np.asarray(numbers["task.phase"]) == len(task.timeline) - 1))


def _is_overwritten(name: str, model: Model, code: Step) -> bool:
    equations = parsed(model.all_equations())
    within = {n: {*get_identifiers(text)} for n, text in worked_out(equations).items()}
    for one in code:
        expression = one if isinstance(one, str) else one.expression
        read = {*get_identifiers(expression)}
        read |= {inner for n in read for inner in within.get(n, ())}
        if name in read:
            return False
        if isinstance(one, Statement) and one.variable == name:
            return one.operator == "="
    return False


def _read_before(experiment: Experiment, component: str, name: str) -> bool:
    """Whether anything may read a variable before the component's own code of a step has run."""
    circuit = experiment.circuit
    model = experiment.components()[component]
    cells = {p.name: p for p in circuit.populations}
    if component == "task":
        return False
    if component in cells:  # equations go before ``step``
        equations = parsed(model.equations)
        read = {*equations.diff_eq_names}.union(
            *(get_identifiers(e.expr.code) for e in equations.values() if e.expr is not None)
        )
        if name in read or cells[component].layer is not None:
            return True
    elif all(component != m.name for m in circuit.modulators):
        return True  # synapses have no code of every step
    return _by_others(circuit, component, name)


def _by_others(circuit: Circuit, component: str, name: str) -> bool:
    """Whether a link, a third factor or the equations of synapses read a variable of a component."""
    path = f"{component}.{name}"
    modulators = {m.name: f"{m.name}.{m.model.level}" for m in circuit.modulators}
    populations = {p.name for p in circuit.populations}
    linked = [reader.partition(".")[0] for reader, read in circuit.links.items() if read == path]
    if any(component not in modulators or reader not in populations for reader in linked):
        return True
    for projection in circuit.projections:
        third = [projection.modulators.get(m, m) for m in projection.model.modulators]
        if path in (modulators.get(level, level) for level in third):
            return True
        texts = (e.expr.code for e in parsed(projection.model.equations).values() if e.expr is not None)
        words = {word for text in texts for word in get_identifiers(text)}
        if words & {name, f"{name}_pre", f"{name}_post"}:
            return True
    return False
