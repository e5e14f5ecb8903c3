"""What can be given a value in an experiment, by name, and all values of one run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from numpy.typing import NDArray

from neuromodsim.description.arrays import entries
from neuromodsim.description.circuit import Circuit, Part
from neuromodsim.description.course import Course
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import Model, Parameter, parsed
from neuromodsim.description.self_connections import Indices
from neuromodsim.description.task import Task
from neuromodsim.errors import MOST, WrongInput, unknown
from neuromodsim.units import kinds

Array = NDArray[Any]
Pairs = dict[str, tuple[Indices, Indices]]


@dataclass(frozen=True)
class Values:
    """All inputs of one run, in SI units, and its notes.

    ``parameters`` holds each ``component.parameter`` as it is used; ``numbers`` every value by the
    manifest's names; ``notes`` what the experiment wants to remember of its preparation; ``prepared`` the
    paths whose values are from there; ``courses`` each parameter that may move during a run, of which
    ``parameters`` has the value at the beginning, and ``numbers`` none.
    """

    parameters: dict[str, Parameter]
    numbers: dict[str, Array]
    tables: dict[str, Array]
    pairs: Pairs
    notes: dict[str, Any]
    changed: tuple[str, ...] = ()  # the paths that the caller chose
    prepared: tuple[str, ...] = ()
    courses: Mapping[str, Course] = field(default_factory=dict)


def resolve(experiment: Experiment, path: str) -> list[str]:
    """Return the ``component.variable`` paths that a path stands for.

    The first word is a component (population, modulator, projection, ``task``) or a model's name,
    which stands for all components of that model.

    Raises
    ------
    WrongInput
        If there is no such component or variable, with the nearest right names.
    """
    kinds.expect("a path", path, str, "a text such as 'dopamine_stdp.tau_c'")
    owner, dot, name = path.partition(".")
    components = experiment.components()
    owners = [c for c, m in components.items() if c == owner or (owner not in components and m.name == owner)]
    if not dot or not owners:
        known = [f"{o}.{n}" for o, m in components.items() for n in _settable(m)]
        known += [f"{m.name}.{n}" for m in components.values() for n in m.parameters]
        if whole := [k for k in dict.fromkeys(known) if not dot and k.endswith(f".{path}")]:
            raise WrongInput(f"There is no parameter '{path}'; did you mean {' or '.join(whole[:MOST])}?")
        if within := _within(components, owner, name):
            raise WrongInput(
                f"'{owner}' is a part of another model, where '{name}' goes by the name of the component; "
                f"write {' or '.join(within[:MOST])}."
            )
        raise unknown("parameter", path, dict.fromkeys(known))
    task = components.get("task")
    if isinstance(task, Task) and owners == ["task"] and name in task.arrays:
        return [f"task.{entry}" for entry in entries(name, task.arrays)]
    for component in owners:
        if name not in _settable(components[component]):
            known = [f"{owner}.{n}" for n in _settable(components[component])]
            raise unknown("parameter", path, known)
    return [f"{component}.{name}" for component in owners]


def _within(components: Mapping[str, Model], owner: str, name: str) -> list[str]:
    """Return the paths of a value of an effect, a receptor or a pool that models are put together from.

    A receptor's own names begin with the name that it has in the circuit.
    """
    return [
        f"{component}.{known}"
        for component, model in components.items()
        if any(part.name == owner and name in _settable(part) for part in model.made_of)
        for known in _settable(model)
        if known == name or known.endswith(f"_{name}")
    ]


def _settable(model: Model) -> list[str]:
    """Return parameters, variables that have an initial value, and tables."""
    return [*model.parameters, *dimensions(model), *model.tables]


def dimensions(model: Model) -> dict[str, Any]:
    """Return the dimensions of every variable of a model that a value can be given."""
    known = _dimensions(model.all_equations())
    hidden = getattr(model, "modulators", ())
    return {name: dim for name, dim in known.items() if name not in hidden}


@lru_cache(maxsize=4096)  # asked for every value of every run
def _dimensions(equations: str) -> Mapping[str, Any]:
    return {
        name: equation.dim
        for name, equation in parsed(equations).items()
        if (equation.expr is None or equation.type == "differential equation")
        and "linked" not in equation.flags
    }


def dtypes(model: Model) -> dict[str, str]:
    """Return the type in which a program holds each variable of a model."""
    text = model.all_equations()
    plain = {"float": "float64", "integer": "int32", "boolean": "bool"}
    return {
        name: "float32" if name in model.single else plain[equation.var_type]
        for name, equation in parsed(text).items()
    }


def size_of(circuit: Circuit, name: str) -> int:
    """Return how many rows a population, part, modulator or the task has."""
    _, stretch = _stretch_of(circuit, name)
    return stretch.stop - stretch.start


def place_of(circuit: Circuit, name: str) -> tuple[str, int]:
    """Return the component that a population, part, modulator or the task is of, and its first row there."""
    component, stretch = _stretch_of(circuit, name)
    return component, stretch.start


def _stretch_of(circuit: Circuit, name: str) -> tuple[str, Any]:
    if name == "task":
        return name, slice(0, circuit.tasks)
    for modulator in circuit.modulators:
        if modulator.name == name:
            return name, slice(0, modulator.regions)
    for population in circuit.populations:
        stretches = {population.name: slice(0, population.size)} | population.stretches()
        if name in stretches:
            return population.name, stretches[name]
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
