"""Inputs of a program with replicas, and the output of each replica."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from neuromodsim.backends.program import Manifest, OutputSpec
from neuromodsim.builder.region import region_name
from neuromodsim.description.course import as_course, is_course
from neuromodsim.description.each import Each
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.paths import Pairs, Values, resolve, rows
from neuromodsim.errors import WrongInput
from neuromodsim.simulation.courses import on_course
from neuromodsim.simulation.wiring import draw_pairs
from neuromodsim.transforms.replicas import Array, Layout
from neuromodsim.transforms.synaptic_chance import KEY

OF_TARGET = ("region_paces", "post_paces")  # groups with a row for each cell of a target


def together(base: Experiment, given: list[Values], layout: Layout, own: Mapping[str, Any]) -> Values:
    """Return the inputs of a program with replicas, from those of single runs."""
    components = base.components()
    numbers: dict[str, Any] = {}
    for path in given[0].numbers:
        component, _, name = path.partition(".")
        values = [one.numbers[path] for one in given]
        # One number for all stays one, as in a run; a key of random numbers is never shared, even if two are
        # equal.
        same = all(np.ndim(v) == 0 and v == values[0] for v in values)
        if name in components[component].parameters or (same and name not in ("random_key", KEY)):
            numbers[path] = values[0]
        else:
            numbers[path] = layout.whole(component, values)
    # These are given group by group, by `owned`.
    for path in own:
        del numbers[path]
    for component in components:
        if component not in {p.name for p in base.circuit.projections}:
            size = layout.rows[component].shape[1]
            numbers[f"{component}.replica"] = layout.replica(component)
            numbers[f"{component}.replica_i"] = layout.whole(component, [np.arange(size)] * layout.copies)
    tables = {n: np.stack([one.tables[n] for one in given]) for n in given[0].tables}
    parameters = {n: p for n, p in given[0].parameters.items() if n not in own}
    return Values(parameters, numbers, tables, _pairs(base, given, layout), {}, given[0].changed)


def _pairs(base: Experiment, given: list[Values], layout: Layout) -> Pairs:
    """Return the wiring of all replicas, each within its own rows, in order."""
    pairs = {}
    for p in base.circuit.projections:
        ends = [
            np.concatenate([layout.rows[place][b][one.pairs[p.name][k]] for b, one in enumerate(given)])
            for k, place in enumerate((p.source, p.target))
        ]
        pairs[p.name] = (ends[0].astype(np.int32), ends[1].astype(np.int32))
    return pairs


def owned(
    base: Experiment, given: list[Values], layout: Layout, own: Sequence[str], manifest: Manifest
) -> dict[str, Any]:
    """Return the parameters that differ, for each group that reads one, as ``path@group``."""
    targets = {region_name(base, p.name): p.target for p in base.circuit.projections}
    targets |= {f"{p.name}_{kind}": p.target for p in base.circuit.projections for kind in OF_TARGET}
    targets |= {f"{p.name}_pre_paces": p.source for p in base.circuit.projections}
    owners = {n: p.name for p in base.circuit.populations for n in (p.name, *p.stretches())}
    found = {}
    for name, source in manifest.sources.items():
        if source.group and source.of in own:
            group = targets.get(source.group, source.group)
            place = owners.get(group, group) if source.group in targets else group
            found[name] = layout.whole(place, [one.numbers[source.of] for one in given])
    return found


def split(
    output: OutputSpec, columns: Mapping[str, Array], copy: int, layout: Layout
) -> tuple[OutputSpec, dict[str, Array]]:
    """Return the output of a monitor for one replica, as in a single run."""
    where = layout.rows[output.name]
    if output.kind in ("spikes", "event"):
        belongs = layout.replica(output.name)
        local = layout.whole(output.name, [np.arange(where.shape[1])] * layout.copies)
        mine = belongs[columns["neuron"]] == copy
        kept = {n: v[mine] for n, v in columns.items()}
        kept["neuron"] = local[kept["neuron"]].astype(columns["neuron"].dtype)
        # Parts are concatenated, each with its cells of all replicas, so all offsets are as many times
        # larger.
        return replace(output, size=where.shape[1], offset=output.offset // layout.copies), kept
    # Which rows of the program the columns are of, and which of these belong to this copy.
    recorded = np.arange(where.size) if output.rows is None else np.asarray(output.rows)
    mine = np.flatnonzero(np.isin(recorded, where[copy]))
    order = (
        mine if output.rows is not None else where[copy]
    )  # chosen rows stay in the order they were chosen in
    kept = {n: v if n == "time" else v[:, order] for n, v in columns.items()}
    spec_rows = (
        None
        if output.rows is None
        else tuple(int(np.flatnonzero(where[copy] == recorded[k])[0]) for k in order)
    )
    return replace(output, size=len(order), rows=spec_rows), kept


def own_parameters(
    experiment: Experiment, changed: Mapping[str, Any], copies: int
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the parameters given as one value per copy, by full path, and what each copy is given.

    A parameter takes one value, or one for each copy. An initial value or a table takes what it takes in a
    single run, for all replicas, or a sequence of such values, one for each replica.

    Raises
    ------
    WrongInput
        If the number of values differs from that of replicas, or a row of values is ambiguous.
    """
    own: dict[str, Any] = {}
    each: list[dict[str, Any]] = [{} for _ in range(copies)]
    moving = on_course(experiment, changed)  # of which each replica has its own points in any case
    for path, value in changed.items():
        full = resolve(experiment, path)
        many = not isinstance(value, str) and _for_each(experiment, path, full, value, copies)
        if many and _are_parameters(experiment, full):
            own |= dict.fromkeys([f for f in full if f not in moving], value)
        if many and any(map(is_course, value)):
            value = [as_course(path, one) for one in value]
        for b, mine in enumerate(each):
            mine[path] = value[b] if many else value
    return own, each


def listed(experiment: Experiment, each: Each, others: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of `Each`, and others that are the same for all, as lists with one for each replica.

    Raises
    ------
    WrongInput
        If one is among the others, too, or has too few indices.
    """
    names = {full: path for path in others for full in resolve(experiment, path)}
    found = dict(others)
    for path, value in each.values.items():
        for full in resolve(experiment, path):
            if full in names:
                raise WrongInput(f"'{path}' is in Each, and '{names[full]}' in 'parameters'; leave one out.")
            found[path] = _one_each(experiment, path, full, value)
    return found


def _one_each(experiment: Experiment, path: str, full: str, value: Any) -> Any:
    """Return values such that the first index is that of the replica, whatever their number."""
    component, _, name = full.partition(".")
    model = experiment.components()[component]
    if name in model.parameters:
        return value
    if name in model.tables:
        shape, deep = model.tables[name].shape, _depth(path, value)
        if deep != len(shape) + 1:
            raise WrongInput(
                f"'{path}' in Each must have the shape {(len(value), *shape)}; got {deep} indices."
            )
        return value
    texts = any(isinstance(one, str) for one in value)
    return value if texts or _depth(path, value) > 1 else [[one] for one in value]


def _are_parameters(experiment: Experiment, full: Sequence[str]) -> bool:
    components = experiment.components()
    return all(f.partition(".")[2] in components[f.partition(".")[0]].parameters for f in full)


def _for_each(experiment: Experiment, path: str, full: Sequence[str], value: Any, copies: int) -> bool:
    """Whether a value is a sequence of one for each copy, rather than the same for all of them."""
    deep = _depth(path, value)
    if _are_parameters(experiment, full):
        if deep and len(value) != copies:
            raise WrongInput(
                f"'{path}' takes one value or one for each of {copies} replicas; got {len(value)}."
            )
        return deep > 0
    component, _, name = full[0].partition(".")
    table = experiment.components()[component].tables.get(name)
    if table is not None:
        return deep == len(table.shape) + 1 and _counted(path, value, copies)
    if deep > 1:
        return _counted(path, value, copies)
    sizes = rows(experiment, draw_pairs(experiment, 0)) if deep else {}
    counts = {sizes[f.partition(".")[0]] for f in full} if deep else set()
    if deep and len(value) == copies and copies > 1 and copies in counts:
        raise WrongInput(
            f"'{path}' is given {copies} values, which could be one for each of its {copies} rows or one "
            f"for each of {copies} replicas; give {copies} rows of {copies} values, one row for each replica."
        )
    return bool(deep) and len(value) == copies and copies not in counts


def _counted(path: str, value: Any, copies: int) -> bool:
    if len(value) != copies:
        raise WrongInput(f"'{path}' is given {len(value)} rows of values; there are {copies} replicas.")
    return True


def _depth(path: str, value: Any) -> int:
    """Return how many indices a value has; texts such as ``1mV`` have none."""
    try:
        inner = [np.ndim(0 if isinstance(v, str) else v) for v in value] if np.iterable(value) else []
        return 1 + max(inner, default=0) if np.iterable(value) else 0
    except ValueError as error:
        raise WrongInput(f"'{path}' must be one value, or rows of equally many.") from error
