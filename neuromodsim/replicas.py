"""Many independent subjects in one program: copies of a circuit and its task that share nothing but code.

Cells of all copies stand in one population, copy after copy within each of its parts; regions and synapses
likewise. Copy ``b`` is given what a run with ``seed + b`` would be given, and each cell draws its random
numbers by its place within its own copy, so it does what that run would do.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuromodsim.backend.program import Manifest, OutputSpec
from neuromodsim.circuit import Circuit, Copied, Population, Projection
from neuromodsim.errors import WrongInput
from neuromodsim.experiment import Experiment, Recording
from neuromodsim.model import Model, Parameter, SynapseModel, Table
from neuromodsim.region import region_name
from neuromodsim.task import Event, Task
from neuromodsim.values import Values, draw_pairs, resolve, rows

Array = NDArray[Any]
# Of code: a name, a number with its letters, a stretch of room, or a sign.
WORD = re.compile(r"[A-Za-z_]\w*|\d[\w.]*|\s+|.")
# Fields of models that hold code.
CODE = ("threshold", "reset", "refractory", "step", "on_pre", "on_post")
OF_TARGET = ("region_paces", "post_paces")  # groups with a row for each cell of a target
LARGEST = 2e9  # bytes of a table, all copies together


def refuse_what_cannot(experiment: Experiment, copies: int) -> None:
    """Raise `WrongInput` if an experiment cannot be copied within a program, naming what keeps it."""
    for modulator in experiment.circuit.modulators:
        if modulator.grid is not None:
            raise WrongInput(
                f"'{experiment.name}' cannot have replicas: '{modulator.name}' is on a grid, whose voxels "
                "have neighbours."
            )
    for component, model in experiment.components().items():
        if any("N" in words(text) for text in _texts(model)):
            raise WrongInput(
                f"'{experiment.name}' cannot have replicas: the code of '{component}' reads N, "
                "which counts all of them."
            )
        for name, table in model.tables.items():
            size = copies * np.prod(table.shape) * np.dtype(table.dtype).itemsize
            if size > LARGEST:
                raise WrongInput(
                    f"'{experiment.name}' cannot have {copies} replicas: their tables '{component}.{name}' "
                    f"would take {size / 1e9:.1f} GB."
                )


def _texts(model: Model) -> list[str]:
    """Return the code of a model that Brian2 gets."""
    texts = [model.all_equations() if isinstance(model, Task) else model.equations]
    texts += [getattr(model, name, "") for name in CODE]
    events = model.all_events() if isinstance(model, Task) else getattr(model, "events", {})
    for event in events.values():
        texts += [event.when, event.do] if isinstance(event, Event) else [event]
    return [*texts, *getattr(model, "on_event", {}).values()]


def words(text: str) -> list[str]:
    """Return the words of code or equations, one after the other; comments are left out.

    Examples
    --------
    >>> words("x = i*1e3  # of i")
    ['x', ' ', '=', ' ', 'i', '*', '1e3', '  ']
    """
    return [word for line in text.split("\n") for word in WORD.findall(line.partition("#")[0])]


class Layout:
    """Where the rows of each copy of each component are."""

    def __init__(self, experiment: Experiment, copies: int, pairs: Mapping[str, Any]) -> None:
        self.copies = copies
        self.experiment = experiment
        sizes = rows(experiment, dict(pairs))
        populations = {p.name: p for p in experiment.circuit.populations}
        self.rows = {
            name: self._of_parts(populations[name]) if name in populations else self._plain(size)
            for name, size in sizes.items()
        }
        for population in populations.values():
            for part, place in population.stretches().items():
                self.rows.setdefault(part, self._plain(place.stop - place.start))

    def _plain(self, size: int) -> Array:
        """Return the rows of each copy, shape ``(copy, row)``, one copy after the other."""
        return np.arange(self.copies * size).reshape(self.copies, size)

    def _of_parts(self, population: Population) -> Array:
        """Return the same for a population: one part after the other, and in each copy after copy."""
        found = np.empty((self.copies, population.size), int)
        for place in population.stretches().values():
            size = place.stop - place.start
            found[:, place] = self.copies * place.start + self._plain(size)
        return found

    def whole(self, name: str, values: Sequence[Any]) -> Array:
        """Return the values of all copies as the program keeps them, one value per row."""
        where = self.rows[name]
        found = np.empty(where.size, np.result_type(*values))
        for place, value in zip(where, values, strict=True):
            found[place] = np.ravel(value)
        return found

    def replica(self, name: str) -> Array:
        """Return the copy that each row belongs to."""
        return self.whole(name, list(np.arange(self.copies)))


def copied(experiment: Experiment, copies: int, own: Sequence[str], layout: Layout) -> Experiment:
    """Return an experiment of as many copies; ``own`` names the parameters that differ between them."""
    circuit = experiment.circuit
    starts = {n: part.start for p in circuit.populations for n, part in p.stretches().items()}
    ends = {p.name: (starts.get(p.source, 0), starts.get(p.target, 0)) for p in circuit.projections}
    models = {
        name: _model(
            model, [o.partition(".")[2] for o in own if o.startswith(f"{name}.")], copies, ends.get(name)
        )
        for name, model in experiment.components().items()
    }
    regions = {m.name: m.regions for m in circuit.modulators}

    def regions_of(modulator: str, reader: str, given: Sequence[int]) -> tuple[int, ...]:
        """Return the region that each cell of a population reads a modulator in."""
        base = np.asarray(given or 0)
        parts = [copy * regions[modulator] + base for copy in range(copies)]
        return tuple(layout.whole(reader, parts).tolist())

    modulators = tuple(
        replace(
            m,
            model=models[m.name],
            regions=copies * m.regions,
            region_of={
                p.name: regions_of(m.name, p.name, m.region_of.get(p.name, range(m.regions)))
                for p in circuit.populations
                if p.name in m.region_of or m.regions in (1, p.size)
            },
            initial={},
        )
        for m in circuit.modulators
    )
    owners = {n: p.name for p in circuit.populations for n in (p.name, *p.stretches())}

    def projected(p: Projection) -> Projection:
        named = {
            p.modulators.get(here, here).partition(".")[0] for here in getattr(p.model, "modulators", ())
        }
        place = p.region_of
        if place and named:
            place = regions_of(next(iter(named)), owners[p.target], place)
        model = models[p.name]
        drawn = p.wiring
        assert isinstance(model, SynapseModel) and not isinstance(drawn, Copied)
        return replace(p, model=model, wiring=Copied(drawn, copies), region_of=place, initial=p.initial)

    return replace(
        experiment,
        circuit=Circuit(
            populations=tuple(
                replace(
                    p,
                    model=models[p.name],
                    size=copies * p.size,
                    parts={n: copies * s for n, s in p.parts.items()},
                    initial={},
                )
                for p in circuit.populations
            ),
            modulators=modulators,
            projections=tuple(projected(p) for p in circuit.projections),
            links=circuit.links,
            subjects=copies,
        ),
        task=models["task"] if experiment.task is not None else None,
        prepare=None,
        finish=None,
    )


def _model(model: Model, own: Sequence[str], copies: int, ends: tuple[int, int] | None) -> Any:
    """Return a model whose code counts rows within a copy, with tables and parameters for each copy.

    ``ends`` holds, of synapses, the first row of their source and of their target in its population.
    """
    tables = {n: replace(t, shape=(copies, *t.shape)) for n, t in model.tables.items()}

    def local(text: Any) -> Any:
        return _local(text, model.tables, ends) if isinstance(text, str) else text

    changes: dict[str, Any] = {
        name: local(getattr(model, name)) for name in ("equations", *CODE) if hasattr(model, name)
    }
    if isinstance(model, Task):
        changes["events"] = {n: Event(local(e.when), local(e.do)) for n, e in model.events.items()}
        changes["timeline"] = tuple(replace(p, on_enter=local(p.on_enter)) for p in model.timeline)
    else:
        for name in ("events", "on_event"):
            if hasattr(model, name):
                changes[name] = {n: local(code) for n, code in getattr(model, name).items()}
    parameters: dict[str, Parameter] = {
        n: replace(p, own=True) if n in own else p for n, p in model.parameters.items()
    }
    return replace(model, tables=tables, parameters=parameters, **changes)


def _local(text: str, tables: Mapping[str, Table], ends: tuple[int, int] | None) -> str:
    """Return code that counts rows within a copy and reads the entries of its own copy."""
    names = {"i": "replica_i"}
    if ends is not None:  # synapses count the cells of the part that they are wired to
        sides = {"i": "replica_i_pre", "j": "replica_i_post"}
        names = {
            n: f"({side} - {start})" if start else side
            for (n, side), start in zip(sides.items(), ends, strict=True)
        }
    return "\n".join(_local_line(line, names, tables) for line in text.split("\n"))


def _local_line(line: str, names: Mapping[str, str], tables: Mapping[str, Table]) -> str:
    found = words(line)
    new = [names.get(word, word) for word in found]
    spoken = [k for k, word in enumerate(found) if not word.isspace()]
    for k, after in pairwise(spoken):
        if found[k] in tables and found[after] == "(":
            new[after] = "(replica, "
    return "".join(new)


def together(base: Experiment, given: list[Values], layout: Layout, own: Mapping[str, Any]) -> Values:
    """Return what a program of copies is given, from what a run of each would be given."""
    components = base.components()
    numbers: dict[str, Any] = {}
    for path in given[0].numbers:
        component, _, name = path.partition(".")
        values = [one.numbers[path] for one in given]
        same = all(np.ndim(v) == 0 and v == values[0] for v in values)
        if name in components[component].parameters or (same and name != "random_key"):
            numbers[path] = values[0]
        else:
            numbers[path] = layout.whole(component, values)
    for path in own:
        del numbers[path]
    for component in components:
        if component not in {p.name for p in base.circuit.projections}:
            size = layout.rows[component].shape[1]
            numbers[f"{component}.replica"] = layout.replica(component)
            numbers[f"{component}.replica_i"] = layout.whole(component, [np.arange(size)] * layout.copies)
    pairs = {}
    for p in base.circuit.projections:
        ends = [
            np.concatenate([layout.rows[place][b][one.pairs[p.name][k]] for b, one in enumerate(given)])
            for k, place in enumerate((p.source, p.target))
        ]
        pairs[p.name] = (ends[0].astype(np.int32), ends[1].astype(np.int32))
    tables = {n: np.stack([one.tables[n] for one in given]) for n in given[0].tables}
    parameters = {n: p for n, p in given[0].parameters.items() if n not in own}
    return Values(parameters, numbers, tables, pairs, {}, given[0].changed)


def owned(
    base: Experiment, given: list[Values], layout: Layout, own: Sequence[str], manifest: Manifest
) -> dict[str, Any]:
    """Return the parameters that differ, for each group that reads one, as ``path@group``."""
    targets = {region_name(base, p.name): p.target for p in base.circuit.projections}
    targets |= {f"{p.name}_{kind}": p.target for p in base.circuit.projections for kind in OF_TARGET}
    targets |= {f"{p.name}_pre_paces": p.source for p in base.circuit.projections}
    owners = {n: p.name for p in base.circuit.populations for n in (p.name, *p.stretches())}
    found = {}
    for name in manifest.inputs:
        path, at, group = name.partition("@")
        if at and path in own:
            place = owners.get(targets[group], targets[group]) if group in targets else group
            found[name] = layout.whole(place, [one.numbers[path] for one in given])
    return found


def split(
    output: OutputSpec, columns: Mapping[str, Array], copy: int, layout: Layout
) -> tuple[OutputSpec, dict[str, Array]]:
    """Return one copy's part of what a monitor brought back, as its own run would have."""
    where = layout.rows[output.name]
    if output.kind in ("spikes", "event"):
        belongs = layout.replica(output.name)
        local = layout.whole(output.name, [np.arange(where.shape[1])] * layout.copies)
        mine = belongs[columns["neuron"]] == copy
        kept = {n: v[mine] for n, v in columns.items()}
        kept["neuron"] = local[kept["neuron"]].astype(columns["neuron"].dtype)
        return replace(output, size=where.shape[1], offset=output.offset // layout.copies), kept
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


def recording_of_copies(recording: Recording, layout: Layout) -> Recording:
    """Return a recording that keeps the same rows of every copy."""
    only = {
        path: tuple(int(r) for place in layout.rows[path.partition(".")[0]] for r in place[list(chosen)])
        for path, chosen in recording.only.items()
    }
    return replace(recording, only=only)


def own_parameters(
    experiment: Experiment, changed: Mapping[str, Any], copies: int
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the parameters given as one value per copy, by full path, and what each copy is given.

    A parameter takes one value, or one for each copy. An initial value or a table takes what it takes in a
    run of one, for all copies, or a sequence of such values, one for each copy.

    Raises
    ------
    WrongInput
        If there are fewer or more values than copies, or a row of values could be either.
    """
    own: dict[str, Any] = {}
    each: list[dict[str, Any]] = [{} for _ in range(copies)]
    for path, value in changed.items():
        full = resolve(experiment, path)
        many = not isinstance(value, str) and _for_each(experiment, path, full, value, copies)
        if many and _are_parameters(experiment, full):
            own |= dict.fromkeys(full, value)
        for b, mine in enumerate(each):
            mine[path] = value[b] if many else value
    return own, each


def _are_parameters(experiment: Experiment, full: Sequence[str]) -> bool:
    components = experiment.components()
    return all(f.partition(".")[2] in components[f.partition(".")[0]].parameters for f in full)


def _for_each(experiment: Experiment, path: str, full: Sequence[str], value: Any, copies: int) -> bool:
    """Whether a value is a sequence of one for each copy, rather than the same for all of them."""
    deep = _depth(path, value)
    if _are_parameters(experiment, full):
        if deep and len(value) != copies:
            raise WrongInput(
                f"'{path}' takes one value or one for each of {copies} replicas, not {len(value)}."
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
