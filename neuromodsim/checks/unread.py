"""A value that nothing reads has no effect, and is rejected.

Something reads what a model declares if the model's own strings do, or those of its synapses, a link, a rule
that it modulates, a recording, or what the experiment does before and after a run. A pool alone may have
more: the same numbers serve every release, and not each of them reads all.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import partial
from types import CodeType, FunctionType
from typing import Any

from brian2.utils.stringtools import get_identifiers

from neuromodsim.description.circuit import Part
from neuromodsim.description.connectivity import AllToAll
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.layout import bare
from neuromodsim.description.model import Model, ModulatorModel, parsed
from neuromodsim.description.recording import Recording
from neuromodsim.description.task import Task
from neuromodsim.errors import WrongInput
from neuromodsim.transforms.own_names import own
from neuromodsim.transforms.task import all_events

# Fields of models in which nothing is read: other texts, what is declared, and what is looked at elsewhere.
NOT_READING = {"name", "summary", "source", "equations", "method", "timeline"}
NOT_READING |= {"parameters", "tables", "single", "modulators", "ranges", "made_of"}


class Noted(dict[str, Any]):
    """Values by path that know which of them have been looked at."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.looked_at: set[str] = set()

    def __getitem__(self, path: str) -> Any:
        """Return a value, and note that it was read."""
        self.looked_at.add(path)
        return super().__getitem__(path)

    def get(self, path: str, default: Any = None) -> Any:
        """Return a value, or the default; note that it was read."""
        self.looked_at.add(path)
        return super().get(path, default)

    def __iter__(self) -> Iterator[str]:
        """Go through all of them, of which none can be told to be ignored."""
        self.looked_at |= {*super().keys()}
        return super().__iter__()

    def items(self) -> Any:
        """Return all of them, likewise."""
        return {path: self[path] for path in self}.items()

    def values(self) -> Any:
        """Return all of them, likewise."""
        return [self[path] for path in self]


def expect_read(
    experiment: Experiment, given: Iterable[str], looked_at: Iterable[str], recording: Recording | None = None
) -> None:
    """Raise `WrongInput` for a number that nothing reads.

    Parameters
    ----------
    experiment
        Whose models are looked at.
    given
        The paths that a caller, a condition, the experiment or what it prepares give values.
    looked_at
        The paths that it has looked at to prepare them.
    recording
        What a run keeps, if that is not the experiment's own recording.

    Raises
    ------
    WrongInput
        If a path that is given is read by nothing; or if a model declares a parameter or a table that
        nothing reads, where no code of the experiment's own could.
    """
    read = _read(experiment, recording or experiment.recording)
    for path in looked_at:
        component, _, name = path.partition(".")
        read.setdefault(component, set()).add(name)
    after = _named_by(experiment.finish)
    for path in given:
        component, _, name = path.partition(".")
        if name not in read[component] and name not in after:
            raise WrongInput(
                f"Nothing reads '{path}', so that giving it a value would change nothing; leave it out, or "
                f"let '{component}' or what it is wired to read it."
            )
    if experiment.prepare is None:  # else it may look at more in another condition
        _expect_declared_read(experiment, read, after)


def _expect_declared_read(experiment: Experiment, read: Mapping[str, set[str]], after: set[str]) -> None:
    """Raise `WrongInput` for a parameter or a table that a model declares, and nothing reads."""
    for component, model in experiment.components().items():
        if isinstance(model, ModulatorModel):
            continue
        for name in (*model.parameters, *model.tables):
            if name not in read[component] and name not in after:
                raise WrongInput(
                    f"'{name}' of '{component}' ('{model.name}') is declared, and nothing reads it; "
                    "take it out, or read it."
                )


def read_after_start(experiment: Experiment) -> dict[str, set[str]]:
    """Return what is read of each component during a run, after initial values, wirings and delays."""
    circuit, task = experiment.circuit, experiment.task

    def begun(part: Any) -> Any:
        return replace(part, model=replace(part.model, initial={}), initial={})

    later = replace(
        circuit,
        populations=tuple(map(begun, circuit.populations)),
        modulators=tuple(map(begun, circuit.modulators)),
        projections=tuple(
            replace(begun(p), wiring=AllToAll(), delay=None, post_delay=None) for p in circuit.projections
        ),
    )
    task = None if task is None else replace(task, initial={})
    return _read(replace(experiment, circuit=later, task=task), experiment.recording)


def _read(experiment: Experiment, recording: Recording) -> dict[str, set[str]]:
    """Return what is read of each component."""
    circuit = experiment.circuit
    read = {name: _of_model(model) for name, model in experiment.components().items()}
    parts: tuple[Part, ...] = (*circuit.populations, *circuit.modulators, *circuit.projections)
    for part in parts:
        read[part.name] |= _words(part.initial)
    owners = {name: p.name for p in circuit.populations for name in (p.name, *p.parts)}
    owners |= {m.name: m.name for m in circuit.modulators} | {"task": "task"}
    for projection in circuit.projections:
        here = read[projection.name] | _words(getattr(projection.wiring, "expression", ""))
        here |= _words([*projection.delays.values()])
        ends = {"_pre": read[owners[projection.source]], "_post": read[owners[projection.target]]}
        for suffix, end in ends.items():
            end |= {name.removesuffix(suffix) for name in here if name.endswith(suffix)}
        ends["_post"] |= here - own(projection.model)  # a bare name that is not its own is the target's
        if "distance" in here:
            ends["_pre"] |= {"x", "y", "z"}
            ends["_post"] |= {"x", "y", "z"}
        read[projection.name] = here
    if experiment.task is not None:
        named = set().union(*read.values())
        read["task"] |= {name.removesuffix("_task") for name in named if name.endswith("_task")}
    levels = [level for p in circuit.projections for level in p.modulators.values()]
    noted = (f"{path.partition('.')[0]}.{name}" for path, names in recording.events.items() for name in names)
    for path in (*circuit.links.values(), *levels, *recording.states, *noted):
        owner, _, name = path.partition(".")
        if owners.get(owner, owner) in read:
            read[owners.get(owner, owner)].add(name)
    return read


def _of_model(model: Model) -> set[str]:
    """Return every name in the strings of a model, but not what its equations only declare."""
    found = {
        n
        for e in parsed(_equations(model)).values()
        if e.expr is not None
        for n in get_identifiers(e.expr.code)
    }
    for field in fields(model):
        if field.name not in NOT_READING:
            found |= _words(getattr(model, field.name))
    return found | (_words(all_events(model)) if isinstance(model, Task) else set())


def _equations(model: Model) -> str:
    return model.all_equations()


def _words(value: Any) -> set[str]:
    """Return every word of the texts in a field of a model."""
    if isinstance(value, str):
        return set(get_identifiers(bare(value)))
    if isinstance(value, Mapping):
        return _words(tuple(value.values()))
    if isinstance(value, tuple | list):
        return set().union(*map(_words, value))
    if is_dataclass(value):
        return _words([getattr(value, field.name) for field in fields(value)])
    return set()


def _named_by(function: Callable[..., Any] | None) -> set[str]:
    """Return every word of the texts in a function and in those that it calls by name.

    The words are taken from the compiled code, without running it. There is no better place to ask: what
    looks at a run is any function of its tree, a parameter is one name among the texts in it, and a list of
    such names beside the function would be one more thing that can be wrong. A word too many does no harm: it
    lets a number pass that nothing reads.
    """
    while isinstance(function, partial):
        function = function.func
    seen: set[int] = set()
    found: set[str] = set()

    def follow(code: CodeType, around: Mapping[str, Any]) -> None:
        if id(code) in seen:
            return
        seen.add(id(code))
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                follow(constant, around)
            elif isinstance(constant, str | tuple):
                found.update(_words(constant))
        for name in code.co_names:
            called = around.get(name)
            if isinstance(called, FunctionType):
                follow(called.__code__, called.__globals__)

    if isinstance(function, FunctionType):
        follow(function.__code__, function.__globals__)
    return found
