"""Where variables start: as a caller, the circuit or the model says, as numbers or as expressions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from brian2.units import get_dimensions, have_same_dimensions
from numpy.typing import NDArray

from neuromodsim.checks.mixed_units import stated
from neuromodsim.description import gate
from neuromodsim.description.circuit import Part
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import Model, Parameter
from neuromodsim.description.paths import Pairs, dimensions, dtypes, rows
from neuromodsim.description.task import Task
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.numerics import randomness
from neuromodsim.simulation import value_expressions
from neuromodsim.simulation.synaptic_names import names_of_cells
from neuromodsim.units import quantities
from neuromodsim.units.kinds import one_line

Array = NDArray[Any]


@dataclass(frozen=True)
class Given:
    """What values of a run are worked out from.

    ``parameters`` holds each parameter as it is used, and ``chosen`` what was given in place of initial
    values, both by path.
    """

    experiment: Experiment
    parameters: Mapping[str, Parameter]
    chosen: Mapping[str, Any]
    seed: int

    def numbers(self) -> dict[str, Array]:
        """Return all parameters by path, in SI units."""
        return {
            path: np.asarray(p.value, dtype=int if p.integer else float)
            for path, p in self.parameters.items()
        }

    def names(self, component: str) -> dict[str, Any]:
        """Return the units and the parameters of a component, by the names of its expressions."""
        own = {
            n: self.parameters[f"{component}.{n}"] for n in self.experiment.components()[component].parameters
        }
        # Divided as numbers of equations are, also by zero.
        values = {n: np.float64(p.value) if p.integer else p.value for n, p in own.items()}
        return {**quantities.unit_names(), **values}


def of_cells(given: Given) -> dict[str, Array]:
    """Return the initial value of every variable of populations, modulators and the task, by path."""
    experiment = given.experiment
    sizes = rows(experiment, {})
    shapes = {m.name: m.grid.shape for m in experiment.circuit.modulators if m.grid is not None}
    values: dict[str, Array] = {}
    for component in sizes:
        if component in experiment.components():
            shape = shapes.get(component, (sizes[component],))
            values |= _begun(given, component, sizes[component], shape, _counted(sizes[component]))
    return values


def of_synapses(given: Given, pairs: Pairs, cells: Mapping[str, Any]) -> dict[str, Array]:
    """Return the initial value of every variable of synapses, by path.

    Parameters
    ----------
    given
        What they are worked out from.
    pairs
        Source and target indices of each projection, each of shape ``(synapse,)``.
    cells
        Parameters and initial values of all cells, by path.
    """
    values: dict[str, Array] = {}
    for projection in given.experiment.circuit.projections:
        i, j = pairs[projection.name]

        def names(text: str, projection: Any = projection, i: Array = i, j: Array = j) -> dict[str, Any]:
            near = names_of_cells(text, given.experiment, projection, cells, i, j)
            return {"N": float(len(i)), **near}

        values |= _begun(given, projection.name, len(i), (len(i),), names)
    return values


def _counted(size: int) -> Any:
    return lambda text: {"i": np.arange(size, dtype=float), "N": float(size)}


def _begun(given: Given, component: str, size: int, shape: tuple[int, ...], near: Any) -> dict[str, Array]:
    """Return where the variables of a component start, by path; ``near`` returns further names of a text."""
    experiment, chosen = given.experiment, given.chosen
    model = experiment.components()[component]
    begun, types, values = _described(experiment, component, model), dtypes(model), {}
    for name, dimension in dimensions(model).items():
        path = f"{component}.{name}"
        value = chosen[path] if path in chosen else begun.get(name, 0.0)
        if isinstance(value, str):
            names = given.names(component) | near(value)
            rng = randomness.generator(
                given.seed, f"initial values of {_stream(experiment, component, name)}"
            )
            text, what = value, f"the initial value of '{path}'"
            value = value_expressions.evaluate(text, what, names, size, rng)
            if not have_same_dimensions(value, dimension):
                found = stated(get_dimensions(value))
                raise WrongInput(f"'{one_line(text)}', {what}, is {found}; it must be {stated(dimension)}.")
        value = gate.as_number(path, value)
        if path in chosen or name in begun:
            quantities.expect_unit(path, value, dimension)
        gate.stored(path, value, types[name])
        _expect_rows(path, value, size, shape)
        values[path] = np.asarray(value)
    return values


def _described(experiment: Experiment, component: str, model: Model) -> dict[str, Any]:
    """Return where variables of a component start: as its place in the circuit says, else as its model."""
    circuit = experiment.circuit
    parts: tuple[Part, ...] = (*circuit.populations, *circuit.modulators, *circuit.projections)
    placed = next((part.initial for part in parts if part.name == component), {})
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


def _stream(experiment: Experiment, component: str, variable: str) -> str:
    """Return the name of the random stream of a variable, which is its own.

    Another variable more or less leaves its numbers as they are. The weights of a projection and the biases
    of cells keep the name that was once that of all variables of a component, so that runs which are kept can
    be made again.
    """
    synaptic = any(component == p.name for p in experiment.circuit.projections)
    return component if variable == ("w" if synaptic else "bias") else f"{component}.{variable}"
