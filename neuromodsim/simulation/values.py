"""From an experiment and what a caller wants changed to every number that a run is given."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from brian2.units import Quantity, get_dimensions
from numpy.typing import NDArray

from neuromodsim.checks.honoured import expect_honoured
from neuromodsim.checks.names import expect_names
from neuromodsim.checks.overwritten import expect_kept
from neuromodsim.checks.ranges import expect_in_range
from neuromodsim.checks.stability import expect_stable
from neuromodsim.checks.timing import expect_phases, expect_reached, expect_rising, never_in
from neuromodsim.checks.unread import Noted, expect_read
from neuromodsim.checks.within import expect_within
from neuromodsim.description import gate, prepared
from neuromodsim.description.circuit import Part
from neuromodsim.description.condition import Condition
from neuromodsim.description.experiment import Experiment, Setting
from neuromodsim.description.model import Model, Parameter, Table
from neuromodsim.description.paths import Pairs, Values, dimensions, dtypes, resolve, rows, size_of
from neuromodsim.description.recording import Recording
from neuromodsim.description.task import Task
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.numerics import randomness
from neuromodsim.simulation import initial_expressions
from neuromodsim.transforms.synaptic_chance import KEY, draws
from neuromodsim.units import quantities

Array = NDArray[Any]


def draw_pairs(experiment: Experiment, seed: int) -> Pairs:
    """Return source and target indices of every projection, each of shape ``(synapse,)``."""
    circuit, pairs = experiment.circuit, {}
    for projection in circuit.projections:
        # By name, so that a projection more does not wire all others anew.
        rng = randomness.generator(seed, f"wiring of {projection.name}")
        sources, targets = (size_of(circuit, n) for n in (projection.source, projection.target))
        pairs[projection.name] = projection.wiring.draw(sources, targets, rng)
    return pairs


def gather(
    experiment: Experiment,
    condition: Condition,
    changed: Mapping[str, Any],
    seed: int,
    duration: float,
    recording: Recording | None = None,
) -> Values:
    """Return every value of a run; ``recording`` is what it keeps, if not what the experiment says.

    Raises
    ------
    WrongInput
        If a changed value does not exist, has another unit, is not finite or is out of range; if nothing
        reads a value, code overwrites it at once, or it lies after the end; or nobody has filled a table.
    """
    # Before anything is drawn: what follows takes for granted that each name means one thing.
    expect_names(experiment)
    expect_honoured(experiment)
    # What is nearer to the run wins: experiment, condition, caller. What is prepared gives way to all three.
    asked = _named(experiment, changed)
    chosen = _named(experiment, experiment.parameters) | _named(experiment, condition.parameters) | asked
    pairs, ends = draw_pairs(experiment, seed), _ends(experiment)
    parameters, numbers = _evaluated(experiment, pairs, chosen, seed)
    plain = Noted({n: parameters[n].value if n in parameters else v for n, v in numbers.items()})
    setting = _setting(experiment, seed, duration, plain, pairs)
    extra = prepared.prepare(experiment, setting, _units(experiment), ends)
    pairs = pairs | dict(extra.pairs)
    if extra.values or extra.pairs:
        # Once more: initial values may read what was prepared, or the pairs.
        chosen = {**extra.values, **chosen}
        parameters, numbers = _evaluated(experiment, pairs, chosen, seed)
    expect_read(experiment, chosen, plain.looked_at, recording)
    tables = {path: _filled(path, table, chosen, experiment) for path, table in _tables(experiment)}
    _expect_usable(experiment, parameters, numbers, tables)
    expect_kept(experiment, chosen, numbers)
    expect_reached(experiment, asked, tables, duration)
    numbers |= {f"{c}.random_key": randomness.key(seed, c) for c in experiment.components() if c not in ends}
    drawing = [p.name for p in experiment.circuit.projections if draws(p.model)]
    numbers |= {f"{name}.{KEY}": randomness.key(seed, name) for name in drawing}
    own = tuple(path for path in (*extra.values, *(f"{n}.pairs" for n in extra.pairs)) if path not in asked)
    return Values(parameters, numbers, tables, pairs, dict(extra.notes), tuple(asked), own)


def _setting(
    experiment: Experiment, seed: int, duration: float, plain: Mapping[str, Any], pairs: Pairs
) -> Setting:
    """Return what ``prepare`` is told of a run; it draws from the seed by itself."""
    rng = randomness.generator(seed, "prepare")
    return Setting(seed, duration, float(experiment.dt), plain, pairs, rng)


def _evaluated(
    experiment: Experiment, pairs: Pairs, chosen: Mapping[str, Any], seed: int
) -> tuple[dict[str, Parameter], dict[str, Any]]:
    """Return every parameter as it is used, and all numbers: parameters and initial values."""
    parameters = _parameters(experiment, chosen)
    return parameters, _numbers(parameters) | _initial(experiment, pairs, parameters, chosen, seed)


def _ends(experiment: Experiment) -> dict[str, tuple[int, int]]:
    """Return how many sources and targets each projection has."""
    circuit = experiment.circuit
    return {p.name: (size_of(circuit, p.source), size_of(circuit, p.target)) for p in circuit.projections}


def _expect_usable(
    experiment: Experiment,
    parameters: Mapping[str, Parameter],
    numbers: Mapping[str, Any],
    tables: Mapping[str, Array],
) -> None:
    """Raise `WrongInput` for values that a program could be given, but that would not mean what they say."""
    for path, table in _tables(experiment):
        if table.rising:
            expect_rising(path, table, tables[path], experiment.dt)
    every = {**tables, **numbers}
    for path, dimension in _units(experiment).items():
        gate.expect_countable(path, every[path], dimension, experiment.dt)
    expect_phases(experiment.task, numbers, experiment.dt)
    expect_in_range(experiment, parameters, every)
    expect_within(experiment, parameters, numbers)
    for modulator in experiment.circuit.modulators:
        expect_stable(modulator, parameters, experiment.dt)


def _named(experiment: Experiment, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of one source by full path.

    Raises
    ------
    WrongInput
        If two names of one parameter have different values there.
    """
    found: dict[str, Any] = {}
    names: dict[str, str] = {}
    units = _units(experiment) if given else {}
    for path, value in given.items():
        for full in resolve(experiment, path):
            number = gate.as_number(path, value)
            _expect_fits(experiment, path, full, number, units)
            if full in found and not _same(found[full], number):
                raise WrongInput(
                    f"'{names[full]}' and '{path}' both stand for '{full}' and have different values; "
                    "give one of them."
                )
            found[full], names[full] = number, path
    return found


def _expect_fits(experiment: Experiment, path: str, full: str, value: Any, units: Mapping[str, Any]) -> None:
    """Raise `WrongInput` for a wrong unit or a value out of range, by the name that it was given under."""
    component, _, name = full.partition(".")
    parameters = experiment.components()[component].parameters
    if name in parameters:
        parameters[name].with_value(path, value)
    else:
        quantities.expect_unit(path, value, units[full])


def _same(one: Any, other: Any) -> bool:
    return get_dimensions(one) is get_dimensions(other) and np.array_equal(one, other)


def _parameters(experiment: Experiment, chosen: Mapping[str, Any]) -> dict[str, Parameter]:
    """Return every parameter as it is used."""
    models = experiment.components().items()
    own = {f"{component}.{n}": p for component, m in models for n, p in m.parameters.items()}
    return {path: p.with_value(path, chosen[path]) if path in chosen else p for path, p in own.items()}


def _numbers(parameters: Mapping[str, Parameter]) -> dict[str, Any]:
    return {path: np.asarray(p.value, dtype=int if p.integer else float) for path, p in parameters.items()}


def _tables(experiment: Experiment) -> Iterator[tuple[str, Table]]:
    for component, model in experiment.components().items():
        for name, table in model.tables.items():
            yield f"{component}.{name}", table


def _units(experiment: Experiment) -> dict[str, Any]:
    """Return the dimensions of all that can be given a value, by full path."""
    units: dict[str, Any] = {}
    for component, model in experiment.components().items():
        units |= {f"{component}.{n}": dimension for n, dimension in dimensions(model).items()}
        units |= {f"{component}.{n}": get_dimensions(p.value) for n, p in model.parameters.items()}
        units |= {f"{component}.{n}": get_dimensions(t.unit) for n, t in model.tables.items()}
    return units


def blank(experiment: Experiment) -> dict[str, Any]:
    """Return tables that mean nothing, by path, for what does not depend on their entries."""
    return {
        path: Quantity(
            np.full(table.shape, never_in(table) if table.rising else 0.0), dim=get_dimensions(table.unit)
        )
        for path, table in _tables(experiment)
    }


def _filled(path: str, table: Table, chosen: Mapping[str, Any], experiment: Experiment) -> Array:
    """Return a table as somebody filled it: nothing would be zeros, and with times these are all now."""
    if path in chosen:
        return _table(path, table, chosen[path])
    raise WrongInput(
        f"The table '{path}' ({table.meaning}) has no values; its entries, of shape {table.shape}, come "
        f"from 'prepare' or the parameters of '{experiment.name}', of a condition or of the run."
    )


def _table(path: str, table: Table, value: Any) -> Array:
    quantities.expect_unit(path, value, get_dimensions(table.unit))
    gate.expect_shape(path, value, table.shape)
    return gate.stored(path, value, table.dtype)


def _initial(
    experiment: Experiment,
    pairs: Pairs,
    parameters: Mapping[str, Parameter],
    chosen: Mapping[str, Any],
    seed: int,
) -> dict[str, Array]:
    """Return the initial value of every variable: the caller's, the circuit's, the model's, or 0."""
    circuit, sizes = experiment.circuit, rows(experiment, pairs)
    parts: tuple[Part, ...] = (*circuit.populations, *circuit.modulators, *circuit.projections)
    placed = {part.name: part.initial for part in parts}
    shapes = {m.name: m.grid.shape for m in circuit.modulators if m.grid is not None}
    ends = {p.name: pairs[p.name] for p in circuit.projections}
    values = {}
    for component, model in experiment.components().items():
        given = _given(component, model, placed.get(component, {}))
        size, types = sizes[component], dtypes(model)
        for name, dimension in dimensions(model).items():
            path = f"{component}.{name}"
            value = chosen[path] if path in chosen else given.get(name, 0.0)
            if isinstance(value, str):
                value = _evaluate(value, path, model, ends.get(component), size, parameters, seed)
            value = gate.as_number(path, value)
            if path in chosen or name in given:
                quantities.expect_unit(path, value, dimension)
            gate.stored(path, value, types[name])
            _expect_rows(path, value, size, shapes.get(component, (size,)))
            values[path] = np.asarray(value)
    return values


def _given(component: str, model: Model, placed: Mapping[str, Any]) -> dict[str, Any]:
    """Return where variables of a component start: as its place in the circuit says, else as its model."""
    for name in placed:
        if name not in dimensions(model):
            raise unknown(f"variable of {component} to start from", name, dimensions(model))
    own = model.all_initial() if isinstance(model, Task) else model.initial
    return {**own, **placed}


def _expect_rows(path: str, value: Any, size: int, shape: tuple[int, ...]) -> None:
    """Raise `WrongInput` unless a value is one for all rows, or one for each, on a grid also in its shape."""
    if np.size(value) not in (1, size):
        raise WrongInput(f"'{path}' takes one value or {size}; got {np.size(value)}.")
    if np.ndim(value) > 1 and np.shape(value) != shape:
        raise WrongInput(f"'{path}' must have the shape {shape}; got {np.shape(value)}.")


def _evaluate(
    text: str,
    path: str,
    model: Model,
    ends: tuple[Array, Array] | None,
    size: int,
    parameters: Mapping[str, Parameter],
    seed: int,
) -> Any:
    """Evaluate an initial value written as an expression of i, N, parameters and random numbers.

    As in a model's own code, ``i`` and ``j`` are the source and target of a synapse.
    """
    component, _, variable = path.partition(".")
    names: dict[str, Any] = dict(quantities.unit_names())
    numbers = {n: parameters[f"{component}.{n}"] for n in model.parameters}
    # Divided as numbers of equations are, also by zero.
    names |= {n: np.float64(p.value) if p.integer else p.value for n, p in numbers.items()}
    names |= {"i": np.arange(size, dtype=float), "N": float(size)}
    if ends is not None:
        names |= {"i": ends[0].astype(float), "j": ends[1].astype(float)}
    # A stream for each variable: another one more or less leaves its numbers as they are.
    rng = randomness.generator(seed, f"initial values of {_stream(component, variable, ends is not None)}")
    return initial_expressions.evaluate(text, path, names, size, rng)


def _stream(component: str, variable: str, synaptic: bool) -> str:
    """Return the name of the random stream of a variable, which is its own.

    The weights of a projection and the biases of cells keep the name that was once that of all variables of a
    component, so that runs which are kept can be made again.
    """
    return component if variable == ("w" if synaptic else "bias") else f"{component}.{variable}"


def with_table(values: Values, path: str, entries: Array) -> Values:
    """Return values with the first entries of a table replaced; the rest stays.

    Raises
    ------
    WrongInput
        If the table is not there, is no list, or does not hold them.
    """
    if path not in values.tables:
        raise unknown("table", path, values.tables)
    # The array is that of the values as they were, which others may hold.
    table = values.tables[path].copy()
    if table.ndim != 1:
        raise WrongInput(f"'{path}' has {table.ndim} dimensions and takes no list of entries.")
    if len(entries) > len(table):
        raise WrongInput(f"'{path}' holds {len(table)} entries; got {len(entries)}.")
    table[: len(entries)] = gate.stored(path, entries, str(table.dtype))
    return replace(values, tables={**values.tables, path: table})
