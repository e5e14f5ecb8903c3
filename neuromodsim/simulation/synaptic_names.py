"""What an expression of synapses may read of their two cells: indices, values at the start, and distance."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

import numpy as np
from brian2.units import Quantity, get_dimensions, have_same_dimensions
from brian2.utils.stringtools import get_identifiers
from numpy.typing import NDArray

from neuromodsim.description.experiment import Experiment
from neuromodsim.description.paths import dimensions, place_of, size_of
from neuromodsim.description.projection import Projection
from neuromodsim.errors import WrongInput

Array = NDArray[Any]
AXES = ("x", "y", "z")  # of a cell's position
DISTANCE = "distance"


@dataclass(frozen=True)
class End:
    """The cells at one end of a projection, by their rows of shape ``(synapse,)``, and what they begin with.

    ``numbers`` holds values by path in SI units.
    """

    experiment: Experiment
    name: str
    rows: Array
    numbers: Mapping[str, Any]

    def value(self, name: str) -> Any:
        """Return a parameter or variable of each cell with its unit; None if there is none."""
        component, start = place_of(self.experiment.circuit, self.name)
        model = self.experiment.components()[component]
        if f"{component}.{name}" not in self.numbers:
            return None
        held = np.ravel(np.asarray(self.numbers[f"{component}.{name}"], dtype=float))
        parameter = model.parameters.get(name)
        unit = dimensions(model)[name] if parameter is None else get_dimensions(parameter.value)
        return Quantity(held[0] if held.size == 1 else held[start + self.rows], dim=unit)


def names_of_cells(
    text: str, experiment: Experiment, projection: Projection, numbers: Mapping[str, Any], i: Array, j: Array
) -> dict[str, Any]:
    """Return what the names in an expression stand for that belong to the two cells of each synapse.

    Parameters
    ----------
    text
        The expression.
    experiment, projection
        Whose synapses read it.
    numbers
        What cells begin with and their parameters, by path, in SI units.
    i, j
        Source and target indices, each of shape ``(synapse,)``.

    Raises
    ------
    WrongInput
        If it reads a distance, and its cells have no positions.
    """
    words = get_identifiers(text)
    found: dict[str, Any] = {"i": i.astype(float), "j": j.astype(float)}
    ends = {"pre": End(experiment, projection.source, i, numbers)}
    ends |= {"post": End(experiment, projection.target, j, numbers)}
    for side, end in ends.items():
        found[f"N_{side}"] = float(size_of(experiment.circuit, end.name))
        for word in [word for word in words if word.endswith(f"_{side}") and word not in found]:
            value = end.value(word.removesuffix(f"_{side}"))
            if value is not None:
                found[word] = value
    if DISTANCE in words and DISTANCE not in projection.model.parameters:
        found[DISTANCE] = _distance(projection, *ends.values())
    return found


def _distance(projection: Projection, source: End, target: End) -> Any:
    """Return the distance between the two cells of each synapse, along the axes that both have."""
    both = [(source.value(axis), target.value(axis)) for axis in AXES]
    found = [(here, there) for here, there in both if here is not None and there is not None]
    if not found or not all(have_same_dimensions(value, found[0][0]) for pair in found for value in pair):
        raise WrongInput(
            f"'{projection.name}' reads the distance of its cells, and '{source.name}' and '{target.name}' "
            "have no position in one unit: variables or parameters x, y or z of both."
        )
    return np.sqrt(reduce(add, ((there - here) ** 2 for here, there in found)))
