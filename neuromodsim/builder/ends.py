"""The two ends of a projection: groups, and which of their rows."""

from dataclasses import dataclass
from typing import Any

from neuromodsim.builder.draft import Draft
from neuromodsim.description.population import Population
from neuromodsim.errors import unknown


@dataclass(frozen=True)
class End:
    """A stretch of a group, and the population that the group is of, if it is of one."""

    group: Any
    stretch: slice
    population: Population | None

    @property
    def whole(self) -> bool:
        """Whether it is all rows of its group."""
        return self.stretch == slice(0, len(self.group))

    @property
    def rows(self) -> Any:
        """What Brian2 is given: the group, or a subgroup of it."""
        return self.group if self.whole else self.group[self.stretch]

    @property
    def layer(self) -> int | None:
        """The layer of its cells within a time step, if they have one."""
        return None if self.population is None else self.population.layer


def end_of(draft: Draft, name: str) -> End:
    """Return what a population, part, modulator or the task is, as an end of a projection.

    Raises
    ------
    WrongInput
        If there is nothing of that name.
    """
    groups = draft.built.groups
    for population in draft.circuit.populations:
        stretches = {**population.stretches(), population.name: slice(0, population.size)}
        if name in stretches:
            return End(groups[population.name], stretches[name], population)
    if name in groups:
        return End(groups[name], slice(0, len(groups[name])), None)
    raise unknown("population, modulator or task", name, groups)
