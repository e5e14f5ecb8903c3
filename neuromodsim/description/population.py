"""What a population is: cells of one model, in named parts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from neuromodsim.description import expectations
from neuromodsim.description.fields import Described, keep
from neuromodsim.description.model import NeuronModel
from neuromodsim.description.words import expect_compiled
from neuromodsim.errors import WrongInput


@dataclass(frozen=True, kw_only=True)
class Population(metaclass=Described):
    """Cells of one model. ``parts`` maps names of consecutive groups of cells to their sizes.

    ``layer`` orders populations within a time step: a spike of layer 0 reaches layer 1 in the same
    step. Without it, Brian2's order applies and a spike arrives one step later.

    Examples
    --------
    >>> from neuromodsim.equations import MEDIUM_SPINY
    >>> cells = Population(name="striatum", size=10, model=MEDIUM_SPINY, parts={"direct": 6, "indirect": 4})
    >>> cells.stretches()
    {'direct': slice(0, 6, None), 'indirect': slice(6, 10, None)}
    """

    name: str
    size: int
    model: NeuronModel
    parts: Mapping[str, int] = field(default_factory=dict)
    initial: Mapping[str, Any] = field(default_factory=dict)
    layer: int | None = None

    def __post_init__(self) -> None:
        """Refuse sizes that are none, and parts that do not add up."""
        expect_compiled("population", self.name)
        expectations.kind(f"The model of '{self.name}'", self.model, NeuronModel)
        keep(self, size=expectations.whole(f"The size of '{self.name}'", self.size, least=1))
        given = expectations.mapping(f"The parts of '{self.name}'", self.parts, "names to sizes")
        parts = {
            expect_compiled("part", n): expectations.whole(f"The size of part '{n}'", s, least=1)
            for n, s in given.items()
        }
        keep(self, parts=parts)
        expectations.mapping(f"'initial' of '{self.name}'", self.initial, "names of variables to values")
        if self.layer is not None:
            keep(self, layer=expectations.whole(f"The layer of '{self.name}'", self.layer))
        if self.parts and sum(self.parts.values()) != self.size:
            raise WrongInput(f"The parts of '{self.name}' must add up to its {self.size} cells.")

    def stretches(self) -> dict[str, slice]:
        """Return where each part lies; without parts, the population itself."""
        stops = np.cumsum([0, *self.parts.values()]).tolist()
        named = zip(self.parts, stops, stops[1:], strict=False)
        return {n: slice(a, b) for n, a, b in named} or {self.name: slice(0, self.size)}
