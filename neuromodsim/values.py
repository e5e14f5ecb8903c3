"""From an experiment and what a caller wants changed to every number that a run is given."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from brian2.units import get_dimensions
from numpy.typing import NDArray

from neuromodsim import quantities, randomness
from neuromodsim.circuit import Circuit, Indices, Part
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.experiment import Condition, Experiment, Setting
from neuromodsim.model import Model, Parameter, parsed
from neuromodsim.names import expect_names
from neuromodsim.stability import expect_concentrations, expect_stable
from neuromodsim.task import Task

Array = NDArray[Any]
Pairs = dict[str, tuple[Indices, Indices]]


@dataclass(frozen=True)
class Values:
    """All that one run is given, in SI units, and what to tell about it.

    ``parameters`` holds each ``component.parameter`` as it is used; ``numbers`` every value by the
    manifest's names; ``notes`` what the experiment wants to remember of its preparation.
    """

    parameters: dict[str, Parameter]
    numbers: dict[str, Array]
    tables: dict[str, Array]
    pairs: Pairs
    notes: dict[str, Any]
    changed: tuple[str, ...] = ()  # the paths that the caller chose


def resolve(experiment: Experiment, path: str) -> list[str]:
    """Return the ``component.variable`` paths that a path stands for.

    The first word is a component (population, modulator, projection, ``task``) or a model's name,
    which stands for all components of that model.

    Raises
    ------
    WrongInput
        If there is no such component or variable, with the nearest right names.
    """
    owner, dot, name = path.partition(".")
    components = experiment.components()
    owners = [c for c, m in components.items() if c == owner or (owner not in components and m.name == owner)]
    if not dot or not owners:
        known = [f"{o}.{n}" for o, m in components.items() for n in _settable(m)]
        known += [f"{m.name}.{n}" for m in components.values() for n in m.parameters]
        raise unknown("parameter", path, known)
    for component in owners:
        if name not in _settable(components[component]):
            known = [f"{owner}.{n}" for n in _settable(components[component])]
            raise unknown("parameter", path, known)
    return [f"{component}.{name}" for component in owners]


def _settable(model: Model) -> list[str]:
    """Return parameters, variables that have an initial value, and tables."""
    return [*model.parameters, *dimensions(model), *model.tables]


def dimensions(model: Model) -> dict[str, Any]:
    """Return the dimensions of every variable of a model that a value can be given."""
    text = model.all_equations() if isinstance(model, Task) else model.equations
    equations = parsed(text)
    return {
        name: equation.dim
        for name, equation in equations.items()
        if (equation.expr is None or equation.type == "differential equation")
        and "linked" not in equation.flags
        and name not in getattr(model, "modulators", ())
    }


def draw_pairs(experiment: Experiment, seed: int) -> Pairs:
    """Return source and target indices of every projection, each of shape ``(synapse,)``."""
    circuit, pairs = experiment.circuit, {}
    for projection in circuit.projections:
        rng = randomness.generator(seed, f"wiring of {projection.name}")
        sources, targets = (size_of(circuit, n) for n in (projection.source, projection.target))
        pairs[projection.name] = projection.wiring.draw(sources, targets, rng)
    return pairs


def size_of(circuit: Circuit, name: str) -> int:
    """Return how many rows a population, part, modulator or the task has."""
    if name == "task":
        return circuit.tasks
    for modulator in circuit.modulators:
        if modulator.name == name:
            return modulator.regions
    for population in circuit.populations:
        stretches = {population.name: slice(0, population.size)} | population.stretches()
        if name in stretches:
            return stretches[name].stop - stretches[name].start
    raise unknown("population, modulator or task", name, (p.name for p in circuit.populations))


def rows(experiment: Experiment, pairs: Pairs) -> dict[str, int]:
    """Return how many rows (cells, regions, synapses) each component has."""
    sizes = {n: len(i) for n, (i, _) in pairs.items()}
    others: list[Part] = [*experiment.circuit.populations, *experiment.circuit.modulators]
    return (
        sizes
        | {c.name: size_of(experiment.circuit, c.name) for c in others}
        | {"task": experiment.circuit.tasks}
    )


def gather(
    experiment: Experiment,
    condition: Condition,
    changed: Mapping[str, Any],
    seed: int,
    duration: float,
) -> Values:
    """Return every value of a run.

    Raises
    ------
    WrongInput
        If a changed value does not exist, has another unit, is not finite or is out of range.
    """
    expect_names(experiment)
    components = experiment.components()
    parameters = {f"{c}.{n}": p for c, m in components.items() for n, p in m.parameters.items()}
    chosen: dict[str, Any] = {}
    for source in (experiment.parameters, condition.parameters, changed):
        for path, value in source.items():
            for full in resolve(experiment, path):
                chosen[full] = quantities.parse(value, full) if isinstance(value, str) else value
    asked = tuple(full for path in changed for full in resolve(experiment, path))
    for path in [p for p in chosen if p in parameters]:
        parameters[path] = parameters[path].with_value(path, chosen.pop(path))

    pairs = draw_pairs(experiment, seed)
    numbers: dict[str, Any] = {n: np.asarray(p.value, dtype=float) for n, p in parameters.items()}
    numbers |= _initial(experiment, pairs, parameters, chosen, seed)
    tables = {
        f"{c}.{n}": np.zeros(t.shape, t.dtype) for c, m in components.items() for n, t in m.tables.items()
    }
    notes: dict[str, Any] = {}
    if experiment.prepare is not None:
        rng = randomness.generator(seed, "prepare")
        plain = {n: p.value for n, p in parameters.items()} | {
            n: v for n, v in numbers.items() if n not in parameters
        }
        setting = Setting(seed, duration, float(experiment.dt), plain, pairs, rng)
        for path, value in experiment.prepare(setting).items():
            if path.startswith("note."):
                notes[path.removeprefix("note.")] = value
            elif path.endswith(".pairs"):
                pairs[path.removesuffix(".pairs")] = value
            elif path in tables:
                tables[path] = np.asarray(value, tables[path].dtype)
            elif path in numbers:
                quantities.expect_finite(path, value)
                numbers[path] = np.asarray(value)
            else:
                raise unknown("value to prepare", path, [*numbers, *tables])
    for path, value in chosen.items():
        if path in tables:
            tables[path] = _table(path, components, value)
    for modulator in experiment.circuit.modulators:
        expect_stable(modulator, parameters, experiment.dt)
        expect_concentrations(modulator, numbers)
    keys = [c for c in components if c not in {p.name for p in experiment.circuit.projections}]
    numbers |= {f"{c}.random_key": randomness.key(seed, c) for c in keys}
    return Values(parameters, numbers, tables, pairs, notes, asked)


def _table(path: str, components: Mapping[str, Model], value: Any) -> Array:
    component, name = path.split(".")
    table = components[component].tables[name]
    quantities.expect_unit(path, value, get_dimensions(table.unit))
    if np.shape(value) != table.shape:
        raise WrongInput(f"'{path}' must have the shape {table.shape}, not {np.shape(value)}.")
    return np.asarray(value, dtype=table.dtype)


def _initial(
    experiment: Experiment,
    pairs: Pairs,
    parameters: Mapping[str, Parameter],
    chosen: dict[str, Any],
    seed: int,
) -> dict[str, Array]:
    """Return the initial value of every variable: the caller's, the circuit's, the model's, or 0."""
    sizes = rows(experiment, pairs)
    circuit = experiment.circuit
    parts: tuple[Part, ...] = (*circuit.populations, *circuit.modulators, *circuit.projections)
    placed = {part.name: part.initial for part in parts}
    shapes = {m.name: m.grid.shape for m in circuit.modulators if m.grid is not None}
    values = {}
    for component, model in experiment.components().items():
        for name in placed.get(component, {}):
            if name not in dimensions(model):
                raise unknown(f"variable of {component} to start from", name, dimensions(model))
        own = model.all_initial() if isinstance(model, Task) else model.initial
        given = {**own, **placed.get(component, {})}
        for name, dimension in dimensions(model).items():
            path = f"{component}.{name}"
            value = chosen[path] if path in chosen else given.get(name, 0.0)
            if isinstance(value, str):
                value = _evaluate(value, component, model, sizes[component], parameters, seed)
            if path in chosen or name in given:
                quantities.expect_unit(path, value, dimension)
            quantities.expect_finite(path, value)
            if np.size(value) not in (1, sizes[component]):
                raise WrongInput(f"'{path}' takes one value or {sizes[component]}, not {np.size(value)}.")
            shape = shapes.get(component, (sizes[component],))
            if np.ndim(value) > 1 and np.shape(value) != shape:
                raise WrongInput(f"'{path}' must have the shape {shape}, not {np.shape(value)}.")
            values[path] = np.asarray(value)
    return values


def _evaluate(
    text: str,
    component: str,
    model: Model,
    size: int,
    parameters: Mapping[str, Parameter],
    seed: int,
) -> Any:
    """Evaluate an initial value written as an expression of i, N, parameters and random numbers."""
    rng = randomness.generator(seed, f"initial values of {component}")
    names: dict[str, Any] = dict(quantities.unit_names())
    names |= {n: parameters[f"{component}.{n}"].value for n in model.parameters}
    names |= {"i": np.arange(size), "N": size, "exp": np.exp, "log": np.log, "sqrt": np.sqrt, "clip": np.clip}
    names |= {"rand": lambda: rng.random(size), "randn": lambda: rng.standard_normal(size)}
    for node in ast.walk(ast.parse(text, mode="eval")):
        if isinstance(node, ast.Name) and node.id not in names:
            raise WrongInput(f"'{text}', an initial value of '{component}', reads '{node.id}'.")
    return eval(text, {"__builtins__": {}}, names)  # a model's own text, names checked


def with_table(values: Values, path: str, entries: Array) -> Values:
    """Return values with the first entries of a table replaced; the rest stays."""
    table = values.tables[path].copy()
    if len(entries) > len(table):
        raise WrongInput(f"'{path}' holds {len(table)} entries, not {len(entries)}.")
    table[: len(entries)] = entries
    return replace(values, tables={**values.tables, path: table})
