"""What an experiment is: a circuit, a task, named conditions, and what is recorded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuromodsim.circuit import Circuit, Part
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.model import Model, Source
from neuromodsim.task import Task

Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Window:
    """A stretch of a run, in seconds of simulated time; ``None`` means from its start, to its end.

    A negative time counts from the end.
    """

    start: Any = None
    stop: Any = None


@dataclass(frozen=True, kw_only=True)
class Recording:
    """What a run brings back.

    ``spikes`` names populations or parts, with the window in which they are kept. ``states`` maps
    ``component.variable`` (of cells, modulators or synapses) to the interval between samples; ``only``
    keeps a subset of its rows by index. ``events`` maps ``component.event`` to the variables noted when
    it happens. ``windows`` limits states and events, by the same paths.
    """

    spikes: Mapping[str, Window] = field(default_factory=dict)
    states: Mapping[str, Any] = field(default_factory=dict)
    only: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    windows: Mapping[str, Window] = field(default_factory=dict)
    events: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Yoke:
    """Events of another run, put into a table of this one: the same events, at unrelated times.

    The partner is a run of ``condition`` with seed ``seed + shift``, so an independent network.
    """

    condition: str
    event: str  # "component.event", recorded
    table: str  # "component.table" that takes the event times
    shift: int = 1_000_003


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A named variant: other parameters, never another program."""

    summary: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    yoke: Yoke | None = None


@dataclass(frozen=True)
class Setting:
    """What an experiment's ``prepare`` may look at before a run.

    ``wiring`` maps each projection to source and target indices, ``parameters`` each
    ``component.parameter`` to its value, ``duration`` is in seconds.
    """

    seed: int
    duration: float
    dt: float
    parameters: Mapping[str, Any]
    wiring: Mapping[str, tuple[NDArray[Any], NDArray[Any]]]
    rng: np.random.Generator


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """A circuit and a task that can be run.

    ``prepare`` returns values that depend on the seed or the wiring: tables, initial values, and
    pairs (``projection.pairs``). ``finish`` adds to the result what follows from it.
    """

    name: str
    summary: str
    source: Source
    circuit: Circuit
    task: Task | None = None
    conditions: Mapping[str, Condition]
    recording: Recording
    duration: Any
    dt: Any
    parameters: Mapping[str, Any] = field(default_factory=dict)
    prepare: Callable[[Setting], Values] | None = None
    finish: Callable[[Any], None] | None = None

    def condition(self, name: str | None) -> tuple[str, Condition]:
        """Return a condition by name, the first one if there is no name."""
        if not self.conditions:
            raise WrongInput(f"'{self.name}' has no condition; give it one, with no changes if need be.")
        name = next(iter(self.conditions)) if name is None else name
        if name not in self.conditions:
            raise unknown(f"condition of {self.name}", name, self.conditions)
        return name, self.conditions[name]

    def components(self) -> dict[str, Model]:
        """Return the model of every population, modulator, projection and of the task, by name."""
        parts: tuple[Part, ...] = (
            *self.circuit.populations,
            *self.circuit.modulators,
            *self.circuit.projections,
        )
        named: dict[str, Model] = {part.name: part.model for part in parts}
        return named | ({"task": self.task} if self.task else {})

    def sources(self) -> dict[str, Source]:
        """Return every publication the experiment draws on, by key."""
        models = self.components().values()
        parts = [part for model in models for part in (model, *model.made_of)]
        sources = [self.source, *(part.source for part in parts)]
        return {source.key: source for source in sources}
