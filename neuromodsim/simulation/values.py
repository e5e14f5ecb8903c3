"""From an experiment and what a caller wants changed to every number that a run is given."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from brian2.units import Quantity, get_dimensions
from numpy.typing import NDArray

from neuromodsim.checks.courses import (
    expect_followed,
    expect_not_prepared_from,
    expect_parameter,
    expect_throughout,
)
from neuromodsim.checks.overwritten import expect_kept
from neuromodsim.checks.ranges import expect_in_range
from neuromodsim.checks.sound import expect_sound
from neuromodsim.checks.stability import expect_stable
from neuromodsim.checks.timing import expect_phases, expect_reached, expect_rising, never_in
from neuromodsim.checks.unread import Noted, expect_read
from neuromodsim.checks.within import expect_within
from neuromodsim.description import gate, prepared
from neuromodsim.description.condition import Condition
from neuromodsim.description.course import Course, as_value
from neuromodsim.description.experiment import Experiment, Setting
from neuromodsim.description.model import Parameter, Table
from neuromodsim.description.paths import Pairs, Values, dimensions, resolve, size_of
from neuromodsim.description.recording import Recording
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.numerics import randomness
from neuromodsim.simulation.courses import on_course
from neuromodsim.simulation.delays import in_order_of_delays
from neuromodsim.simulation.initial_values import Given, of_cells, of_synapses
from neuromodsim.simulation.wiring import expect_as_seen, fixed, wired
from neuromodsim.transforms.synaptic_chance import KEY, draws
from neuromodsim.units import quantities

Array = NDArray[Any]


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
    expect_sound(experiment)  # before anything is drawn
    # What is nearer to the run wins: experiment, condition, caller. What is prepared gives way to all three.
    asked = _named(experiment, changed)
    chosen = _named(experiment, experiment.parameters) | _named(experiment, condition.parameters) | asked
    courses = {path: value for path, value in chosen.items() if isinstance(value, Course)}
    expect_followed(experiment, courses)
    chosen |= {path: course.begins for path, course in courses.items()}
    ends = _ends(experiment)
    parameters, numbers, pairs, delays = _evaluated(experiment, {}, chosen, seed)
    plain = Noted({n: parameters[n].value if n in parameters else v for n, v in numbers.items()})
    wiring = Noted(pairs)
    setting = _setting(experiment, seed, duration, plain, wiring)
    extra = prepared.prepare(experiment, setting, _units(experiment), ends)
    expect_not_prepared_from(experiment, courses, plain.looked_at)
    if extra.values or extra.pairs:
        # Once more: initial values may read what was prepared, or the pairs, and a wiring where cells are.
        chosen = {**extra.values, **chosen}
        known = fixed(experiment, pairs) | dict(extra.pairs)
        parameters, numbers, pairs, delays = _evaluated(experiment, known, chosen, seed)
        expect_as_seen(wiring.looked_at - {*extra.pairs}, dict(wiring), pairs)
    expect_read(experiment, chosen, plain.looked_at, recording)
    tables = {path: _filled(path, table, chosen, experiment) for path, table in _tables(experiment)}
    _expect_usable(experiment, parameters, numbers, tables)
    expect_throughout(experiment, parameters, numbers, courses)
    expect_kept(experiment, chosen, numbers)
    expect_reached(experiment, asked, tables, duration)
    numbers |= _random_keys(experiment, seed) | delays
    own = tuple(path for path in (*extra.values, *(f"{n}.pairs" for n in extra.pairs)) if path not in asked)
    # Also those that only another condition has on a course: conditions share one program.
    still = {path: Course.constant(parameters[path].value) for path in on_course(experiment, changed)}
    numbers = {path: value for path, value in numbers.items() if path not in still}
    return Values(parameters, numbers, tables, pairs, dict(extra.notes), tuple(asked), own, still | courses)


def _random_keys(experiment: Experiment, seed: int) -> dict[str, Any]:
    """Return the keys of the random numbers of cells, pools and the task, and of synapses that draw some."""
    projections = {p.name: p.model for p in experiment.circuit.projections}
    keys: dict[str, Any] = {
        f"{c}.random_key": randomness.key(seed, c) for c in experiment.components() if c not in projections
    }
    return keys | {
        f"{name}.{KEY}": randomness.key(seed, name) for name, model in projections.items() if draws(model)
    }


def _setting(
    experiment: Experiment, seed: int, duration: float, plain: Mapping[str, Any], wiring: Mapping[str, Any]
) -> Setting:
    """Return what ``prepare`` is told of a run; it draws from the seed by itself."""
    rng = randomness.generator(seed, "prepare")
    return Setting(seed, duration, float(experiment.dt), plain, wiring, rng)


def _evaluated(
    experiment: Experiment, known: Pairs, chosen: Mapping[str, Any], seed: int
) -> tuple[dict[str, Parameter], dict[str, Any], Pairs, dict[str, Array]]:
    """Return parameters as they are used, all numbers (they and initial values), pairs, individual delays.

    ``known`` holds pairs that are not to be drawn.
    """
    parameters = _parameters(experiment, chosen)
    given = Given(experiment, parameters, chosen, seed)
    cells = given.numbers() | of_cells(given)
    pairs, delays = in_order_of_delays(given, cells, wired(given, cells, known), known)
    return parameters, cells | of_synapses(given, pairs, cells), pairs, delays


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
            number = as_value(path, value)
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
    if isinstance(value, Course):
        expect_parameter(path, full, value, parameters.get(name))
    elif name in parameters:
        parameters[name].with_value(path, value)
    else:
        quantities.expect_unit(path, value, units[full])


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Course) or isinstance(other, Course):
        return bool(one == other)
    return get_dimensions(one) is get_dimensions(other) and np.array_equal(one, other)


def _parameters(experiment: Experiment, chosen: Mapping[str, Any]) -> dict[str, Parameter]:
    """Return every parameter as it is used."""
    models = experiment.components().items()
    own = {f"{component}.{n}": p for component, m in models for n, p in m.parameters.items()}
    return {path: p.with_value(path, chosen[path]) if path in chosen else p for path, p in own.items()}


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
