"""A network put together: its Brian2 objects, and the names of all that a run must be given."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from brian2 import Clock, Network
from brian2.core.variables import ArrayVariable

from neuromodsim.builder.inputs import InputSource
from neuromodsim.builder.lookup import Lookup
from neuromodsim.description.layout import swap
from neuromodsim.numerics.randomness import brian_functions
from neuromodsim.numerics.turning_code import Place


@dataclass
class Input:
    """Something a run must be given: where it goes, how it is stored, and how much of it."""

    source: InputSource
    variables: list[ArrayVariable]
    dtype: str
    size: int
    default: float = 0.0  # what it is where nobody says anything


@dataclass
class Assembly:
    """A network ready for a backend, and the names of all that goes in."""

    clock: Clock
    groups: dict[str, Any] = field(default_factory=dict)
    inputs: dict[str, Input] = field(default_factory=dict)
    lookups: dict[str, Lookup] = field(default_factory=dict)  # "component.table"
    pairs: dict[str, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)
    # What is called otherwise than in its model, by path: as a synapse may not be called as its cells are,
    renamed: dict[str, str] = field(default_factory=dict)
    # and "component.variable" -> Brian's name, for a variable that a rule's program keeps in another form.
    shown: dict[str, str] = field(default_factory=dict)
    # Of each projection, what its variables are at the moment where it keeps older values: an expression and
    # its dimensions.
    present: dict[str, dict[str, tuple[str, Any]]] = field(default_factory=dict)
    namespace: dict[str, Any] = field(default_factory=brian_functions)
    network: Network = field(default_factory=lambda: Network(name="simulation"))
    synchronised: list[Any] = field(default_factory=list)  # (name, program, synapses, region) each
    last: list[Any] = field(default_factory=list)  # code runners to run once after the last step
    dense: list[Any] = field(default_factory=list)  # projections that a backend may speed up
    apart: set[str] = field(default_factory=set)  # those of them that wire no cell to itself, by name
    one_delay: list[Any] = field(default_factory=list)  # others, likewise
    # Of sides of projections whose synapses have delays of their own, "pre" or "post": the number of each.
    delay_runs: dict[tuple[str, str], int] = field(default_factory=dict)
    own: frozenset[str] = frozenset()  # parameters of which replicas have their own values
    turns: list[Place] = field(default_factory=list)  # of bounded weights that are followed from turn to turn
    stencils: list[Any] = field(default_factory=list)  # sums over neighbouring voxels, likewise
    reductions: list[Any] = field(default_factory=list)  # what compares values of synapses

    def add_input(
        self,
        source: InputSource | str,
        variable: ArrayVariable,
        size: int | None = None,
        default: float = 0.0,
    ) -> None:
        """Make a Brian variable settable; several variables may share a source: a path, or something else.

        A parameter of which replicas have their own values has as many as its group has rows, so each group
        is given its own.
        """
        source = InputSource("value", source) if isinstance(source, str) else source
        if source.of in self.own:
            source = replace(source, group=variable.owner.name)
        name = source.name
        # A region holds the parameters of its rule once more, and so does each place of an integral: one
        # value for all.
        if name in self.inputs:
            self.inputs[name].variables.append(variable)
            return
        size = int(variable.size) if size is None else size
        self.inputs[name] = Input(source, [variable], np.dtype(variable.dtype).name, size, default)

    def path(self, component: str, name: str) -> str:
        """Return the path, as its model has it, of what a component has under a name here."""
        return f"{component}.{self.as_written(component, name)}"

    def as_written(self, component: str, code: str) -> str:
        """Return code of a component with the names that its model has."""
        ends = [(path.split("."), here) for path, here in self.renamed.items()]
        return swap(code, {here: name for (owner, name), here in ends if owner == component})

    def runs(self) -> dict[str, Any]:
        """Return the arguments that Brian2's ``Network.run`` needs to know the names used."""
        return {"namespace": self.namespace}
