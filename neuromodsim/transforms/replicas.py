"""Replicas: independent copies of a circuit and its task in one program.

Cells of all replicas are concatenated in one population, within each of its parts; regions and synapses
likewise. Replica ``b`` receives the inputs of a run with ``seed + b``, and the random numbers of a cell
depend on its index within its replica, so that it reproduces that run.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.connectivity import Copied
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import Model, Parameter, SynapseModel, Table
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.paths import rows
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.description.recording import Recording
from neuromodsim.description.task import Event, Task
from neuromodsim.errors import WrongInput
from neuromodsim.transforms.task import all_events

Array = NDArray[Any]
# Of code: a name, a number with its letters, a stretch of room, or a sign.
WORD = re.compile(r"[A-Za-z_]\w*|\d[\w.]*|\s+|.")
# Fields of models that hold code.
CODE = ("threshold", "reset", "refractory", "step", "on_pre", "on_post")
LARGEST = 2e9  # bytes of a table, for all replicas


def refuse_what_cannot(experiment: Experiment, copies: int) -> None:
    """Raise `WrongInput` if an experiment cannot have replicas, with the reason."""
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
    texts = [model.all_equations()]
    texts += [getattr(model, name, "") for name in CODE]
    events = all_events(model) if isinstance(model, Task) else getattr(model, "events", {})
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
    """The rows of each replica of each component."""

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
        """Return the rows of each replica, shape ``(replica, row)``, in order of replicas."""
        return np.arange(self.copies * size).reshape(self.copies, size)

    def _of_parts(self, population: Population) -> Array:
        """Return the same for a population: parts are concatenated, and replicas within each part."""
        found = np.empty((self.copies, population.size), int)
        for place in population.stretches().values():
            size = place.stop - place.start
            found[:, place] = self.copies * place.start + self._plain(size)
        return found

    def whole(self, name: str, values: Sequence[Any]) -> Array:
        """Return the values of all replicas as stored in the program, one per row."""
        where = self.rows[name]
        found = np.empty(where.size, np.result_type(*values))
        for place, value in zip(where, values, strict=True):
            found[place] = np.ravel(value)
        return found

    def replica(self, name: str) -> Array:
        """Return the replica of each row."""
        return self.whole(name, list(np.arange(self.copies)))


def copied(experiment: Experiment, copies: int, own: Sequence[str], layout: Layout) -> Experiment:
    """Return an experiment with replicas; ``own`` names the parameters that differ between them."""
    circuit, models = experiment.circuit, _models(experiment, copies, own)
    return replace(
        experiment,
        circuit=Circuit(
            populations=tuple(_population(p, models[p.name], copies) for p in circuit.populations),
            modulators=tuple(_modulator(m, models[m.name], circuit, layout) for m in circuit.modulators),
            projections=tuple(_projection(p, models[p.name], circuit, layout) for p in circuit.projections),
            links=circuit.links,
            replicas=copies,
        ),
        task=models["task"] if experiment.task is not None else None,
        # Both refer to a single run: values are prepared, and trees finished, for each replica.
        prepare=None,
        finish=None,
    )


def _models(experiment: Experiment, copies: int, own: Sequence[str]) -> dict[str, Any]:
    """Return the model of each component, with replicas."""
    circuit = experiment.circuit
    starts = {n: part.start for p in circuit.populations for n, part in p.stretches().items()}
    ends = {p.name: (starts.get(p.source, 0), starts.get(p.target, 0)) for p in circuit.projections}
    return {
        name: _model(
            model, [o.partition(".")[2] for o in own if o.startswith(f"{name}.")], copies, ends.get(name)
        )
        for name, model in experiment.components().items()
    }


def _population(one: Population, model: Any, copies: int) -> Population:
    parts = {name: copies * size for name, size in one.parts.items()}
    # Initial values are evaluated copy by copy, as are those of modulators, and given as numbers.
    return replace(one, model=model, size=copies * one.size, parts=parts, initial={})


def _modulator(one: Modulator, model: Any, circuit: Circuit, layout: Layout) -> Modulator:
    own = range(one.regions)  # where nothing says which region a cell is in
    compartment_of = {
        p.name: _regions_of(one, p.name, one.compartment_of.get(p.name, own), layout)
        for p in circuit.populations
        if p.name in one.compartment_of or one.regions in (1, p.size)
    }
    regions = layout.copies * one.regions
    return replace(one, model=model, regions=regions, compartment_of=compartment_of, initial={})


def _regions_of(one: Modulator, reader: str, mapping: Sequence[int], layout: Layout) -> tuple[int, ...]:
    """Return the region in which each cell of all replicas of a population reads a modulator."""
    parts = [copy * one.regions + np.asarray(mapping) for copy in range(layout.copies)]
    return tuple(layout.whole(reader, parts).tolist())


def _projection(one: Projection, model: Any, circuit: Circuit, layout: Layout) -> Projection:
    modulators = {m.name: m for m in circuit.modulators}
    owners = {n: p.name for p in circuit.populations for n in (p.name, *p.stretches())}
    read = [one.modulators.get(here, here).partition(".")[0] for here in one.model.modulators]
    mapping = one.compartment_of
    if mapping and read:
        _expect_alike(one.name, {name: modulators[name].regions for name in sorted(read)})
        mapping = _regions_of(modulators[min(read)], owners[one.target], mapping, layout)
    assert isinstance(model, SynapseModel) and not isinstance(one.wiring, Copied)
    return replace(one, model=model, wiring=Copied(one.wiring, layout.copies), compartment_of=mapping)


def _expect_alike(projection: str, regions: Mapping[str, int]) -> None:
    """Raise `WrongInput` if no one mapping leads to the right rows of all modulators in each replica."""
    if len({*regions.values()}) > 1:
        told = ", ".join(f"'{name}' has {count}" for name, count in regions.items())
        raise WrongInput(
            f"There can be no replicas if the modulators that the rule of '{projection}' reads have "
            f"different numbers of regions ({told}) and '{projection}' a 'compartment_of'; give it to the "
            "modulators instead."
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
        codes = ("on_enter", "until", "when", "step", "on_leave")
        changes["timeline"] = tuple(
            replace(p, **{code: local(getattr(p, code)) for code in codes}) for p in model.timeline
        )
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


def recording_of_copies(recording: Recording, layout: Layout) -> Recording:
    """Return a recording that keeps the same rows of every copy."""
    only = {
        path: tuple(int(r) for place in layout.rows[path.partition(".")[0]] for r in place[list(chosen)])
        for path, chosen in recording.only.items()
    }
    return replace(recording, only=only)
