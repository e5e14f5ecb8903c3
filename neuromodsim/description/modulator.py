"""What a modulator is: levels of one model, in regions or on a grid."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from neuromodsim.description import expectations
from neuromodsim.description.fields import Described, keep
from neuromodsim.description.geometry import Grid
from neuromodsim.description.model import ModulatorModel
from neuromodsim.description.words import expect_compiled
from neuromodsim.errors import WrongInput


@dataclass(frozen=True, kw_only=True)
class Modulator(metaclass=Described):
    """A neuromodulator, well mixed within each of its regions, which are the voxels of a grid if it has one.

    ``compartment_of`` is the spatial mapping: by population, the region of each cell, shape ``(cell,)``.

    Examples
    --------
    >>> from neuromodsim.equations import PHASIC_DOPAMINE
    >>> dopamine = Modulator(
    ...     name="dopamine", model=PHASIC_DOPAMINE, regions=2, compartment_of={"cells": (0, 0, 1)}
    ... )
    >>> dopamine.compartment_of["cells"]
    (0, 0, 1)
    """

    name: str
    model: ModulatorModel
    regions: int = 1
    initial: Mapping[str, Any] = field(default_factory=dict)
    grid: Grid | None = None
    compartment_of: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse regions that are no number of them, and a grid of another size."""
        expect_compiled("modulator", self.name)
        expectations.kind(f"The model of '{self.name}'", self.model, ModulatorModel)
        keep(self, regions=expectations.whole(f"The regions of '{self.name}'", self.regions, least=1))
        expectations.mapping(f"'initial' of '{self.name}'", self.initial, "names of variables to values")
        keep(self, compartment_of=expectations.spatial_mapping(self.name, self.compartment_of))
        if self.grid is not None:
            expectations.kind(f"The grid of '{self.name}'", self.grid, Grid)
        if self.grid is not None and self.grid.voxels != self.regions:
            raise WrongInput(f"'{self.name}' has {self.regions} regions on {self.grid.voxels} voxels.")
