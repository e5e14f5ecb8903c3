"""Names that a synapse shares with its cells: each means what its own model says.

Code of a synapse may read variables of its target by their bare names, and Brian2 refuses a synapse that has
one of the same name. Here, what a rule declares is its own wherever it is used. Where a cell, or a table of
another component, is called the same, the program has another name for it; paths, datasets and messages keep
the rule's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from brian2.equations import Equations

from neuromodsim.brian import in_turn
from neuromodsim.description.circuit import Circuit
from neuromodsim.description.layout import swap
from neuromodsim.description.model import Model, NeuronModel, SynapseModel, parsed
from neuromodsim.description.projection import Projection
from neuromodsim.description.reductions import reduces
from neuromodsim.description.task import Task
from neuromodsim.transforms.code_names import Fresh, written_in
from neuromodsim.transforms.equation_text import lines
from neuromodsim.transforms.traces import named_in

HERE = "_here"  # ends the name of a function that reads the column of the cell itself
OF_REFRACTORY_CELLS = ("lastspike", "not_refractory")


@in_turn
def apart(circuit: Circuit, task: Task | None) -> tuple[Circuit, dict[str, str]]:
    """Return a circuit in which no synapse has a name that it could read of something else.

    Parameters
    ----------
    circuit, task
        What is simulated.

    Returns
    -------
    circuit
        The same, if no name is shared.
    dict
        What the program calls each variable, parameter or table that has another name there, by its path.
    """
    shared = {p.name: _shared(p, circuit, task) for p in circuit.projections}
    if not any(shared.values()):
        return circuit, {}
    words = () if task is None else (task.all_equations(), *task.parameters, *task.tables)
    fresh = Fresh(named_in(circuit) | written_in(*words))
    # One new name for all that share one, so that equal rules stay equal; tables are all looked up in one
    # place.
    new = {name: fresh(f"{name}_syn") for name in sorted(set().union(*shared.values()))}
    called = {
        p.name: {n: fresh(f"{n}_syn") if n in p.model.tables else new[n] for n in sorted(shared[p.name])}
        for p in circuit.projections
    }
    projections = tuple(_renamed(p, called[p.name]) for p in circuit.projections)
    paths = {f"{owner}.{n}": held for owner, names in called.items() for n, held in names.items()}
    return replace(circuit, projections=projections), paths


@in_turn
def own(model: SynapseModel) -> set[str]:
    """Return what a synapse declares; a modulator is none of it, nor is a sum that its cells keep."""
    equations = parsed(model.equations)
    variables = {n for n, e in equations.items() if not (reduces(e) or "linked" in e.flags)}
    return {*variables, *model.parameters, *model.tables} - set(model.modulators)


def _shared(projection: Projection, circuit: Circuit, task: Task | None) -> set[str]:
    """Return the names of a projection's own that its cells, or tables of others, have as well."""
    components: dict[str, tuple[str, Model]] = {}
    for population in circuit.populations:
        components |= dict.fromkeys((population.name, *population.parts), (population.name, population.model))
    components |= {m.name: (m.name, m.model) for m in circuit.modulators}
    components |= {} if task is None else {"task": ("task", task)}
    others = [*dict(components.values()).values(), *(p.model for p in circuit.projections if p != projection)]
    around = set().union(*(_functions(model) for model in others))
    for end in (projection.source, projection.target):
        around |= _readable(components[end][1]) if end in components else set()
    names = own(projection.model)
    return names & around | {t for t in projection.model.tables if _of_table(t) & around}


def _readable(model: Model) -> set[str]:
    """Return the names by which synapses read a cell, a compartment or a task."""
    equations = Equations(model.all_equations())
    spiking = OF_REFRACTORY_CELLS if isinstance(model, NeuronModel) and model.refractory else ()
    return {*equations, *model.parameters, *spiking}


def _functions(model: Model) -> set[str]:
    return set().union(*map(_of_table, model.tables))


def _of_table(name: str) -> set[str]:
    return {name, f"{name}{HERE}"}


def _renamed(projection: Projection, names: Mapping[str, str]) -> Projection:
    """Return a projection whose rule has these names instead of its own."""
    if not names:
        return projection
    model, equations = projection.model, Equations(projection.model.equations)

    def keys(mapping: Mapping[str, Any]) -> dict[str, Any]:
        return {names.get(key, key): value for key, value in mapping.items()}

    new = replace(
        model,
        equations=lines(equations, equations, names=names),
        parameters=keys(model.parameters),
        tables=keys(model.tables),
        initial=keys(model.initial),
        single=tuple(names.get(name, name) for name in model.single),
        on_pre=swap(model.on_pre, names),
        on_post=swap(model.on_post, names),
        on_event={event: swap(code, names) for event, code in model.on_event.items()},
        bounds={names.get(n, n): _both(ends, names) for n, ends in model.bounds.items()},
    )
    return replace(projection, model=new, initial=keys(projection.initial))


def _both(ends: Iterable[str], names: Mapping[str, str]) -> tuple[str, str]:
    low, high = (names.get(end, end) for end in ends)
    return low, high
