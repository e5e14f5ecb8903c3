"""What monitors bring back: columns of numbers, and how they are labelled."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from brian2.core.variables import ArrayVariable

from neuromodsim.builder.assembly import Assembly
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.units.quantities import dataset_unit


@dataclass
class Column:
    """One recorded variable: where its numbers are, and what unit they get in a dataset."""

    variable: ArrayVariable
    dtype: str
    unit: str
    scale: float  # dataset unit in SI


@dataclass
class Output:
    """The output of one monitor. ``kind`` is spikes, state, weight or event."""

    kind: str
    name: str  # component or part
    monitor: Any
    columns: dict[str, Column]
    offset: int = 0  # first cell of a part
    size: int = 0  # cells, or recorded rows
    rows: tuple[int, ...] | None = None  # recorded rows, where not all
    label: str = ""  # event name, or "component.variable" of a state
    last: ArrayVariable | None = None  # what a state is sampled from, for its value at the end

    @property
    def window(self) -> str:
        """The name of the input that sets when to record."""
        return str(self.monitor.name)


def component_and_name(path: str) -> tuple[str, str]:
    """Return the two words of a path; raises `WrongInput` if there are not two."""
    component, dot, variable = path.partition(".")
    if not dot or not variable:
        raise WrongInput(f"'{path}' does not name a variable; write component.variable.")
    return component, variable


def group_of(built: Assembly, component: str) -> Any:
    """Return the group of a component; raises `WrongInput` with the nearest names."""
    if component not in built.groups:
        raise unknown("component to record", component, built.groups)
    return built.groups[component]


def times(monitor: Any) -> Column:
    """Return when a monitor noted something."""
    return Column(monitor.variables["t"], "float64", "s", 1.0)


def cells(monitor: Any) -> Column:
    """Return of which cells a monitor noted it."""
    return Column(monitor.variables["i"], "int32", "1", 1.0)


def values(monitor: Any, group: Any, name: str) -> Column:
    """Return what a monitor noted of a variable of a group."""
    unit, scale = dataset_unit(group.variables[name].dim)
    stored = monitor.variables[name]
    return Column(stored, np.dtype(stored.dtype).name, unit, scale)
