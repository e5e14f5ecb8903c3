"""What an experiment is: a circuit, a task, named conditions, and what is recorded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuromodsim.description import gate
from neuromodsim.description.circuit import Circuit, Part
from neuromodsim.description.fields import Described
from neuromodsim.description.model import Model, Source
from neuromodsim.description.task import Task
from neuromodsim.description.words import expect_label
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.units.kinds import expect, expect_mapping
from neuromodsim.units.quantities import shown

Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Window(metaclass=Described):
    """A stretch of a run, between two simulated times; ``None`` means from its start, to its end.

    A negative time counts from the end. Each is a whole number of time steps.

    Raises
    ------
    WrongInput
        If one is no time, such as a number without a unit.

    Examples
    --------
    >>> from brian2 import second
    >>> Window(start=-10 * second)  # the last ten seconds
    Window(start=-10. * second, stop=None)
    """

    start: Any = None
    stop: Any = None

    def __post_init__(self) -> None:
        """Refuse what is no time; text is read."""
        for name in ("start", "stop"):
            edge = getattr(self, name)
            if edge is not None:
                object.__setattr__(self, name, gate.as_time(f"{name} of a window", edge))


@dataclass(frozen=True, kw_only=True)
class Recording(metaclass=Described):
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

    def __post_init__(self) -> None:
        """Refuse fields of another kind; times given as text are read."""
        for name in ("spikes", "windows"):
            expect_mapping(name, getattr(self, name), Window, "a Window")
        for name in ("states", "only", "events"):
            expect_mapping(name, getattr(self, name))
        states = {path: gate.as_time(f"interval of {path}", time) for path, time in self.states.items()}
        only = {path: self._rows(path, rows) for path, rows in self.only.items()}
        for path, names in self.events.items():
            expect(f"variables noted at {path}", names, (tuple, list), "a tuple of names")
            for name in names:
                expect(f"a variable noted at {path}", name, str, "a name")
        object.__setattr__(self, "states", states)
        object.__setattr__(self, "only", only)
        object.__setattr__(self, "events", {path: tuple(names) for path, names in self.events.items()})

    @staticmethod
    def _rows(path: str, rows: Any) -> tuple[int, ...]:
        expect(f"rows of {path}", rows, (tuple, list, range, np.ndarray), "a tuple of whole numbers")
        held = gate.stored(f"rows of {path}", gate.as_number(f"rows of {path}", list(rows)), "int64")
        return tuple(held.ravel().tolist())


@dataclass(frozen=True)
class Yoke:
    """Events of another run, put into a table of this one: the same events, at unrelated times.

    The partner is a run of ``condition`` with seed ``seed + shift``, so an independent network.
    """

    condition: str
    event: str  # "component.event", recorded
    table: str  # "component.table" that takes the event times
    shift: int = 1_000_003

    def __post_init__(self) -> None:
        """Refuse fields of another kind."""
        for name in ("condition", "event", "table"):
            expect(f"{name} of a yoke", getattr(self, name), str, "a name")
        expect("shift of a yoke", self.shift, int, "a whole number")


@dataclass(frozen=True, kw_only=True)
class Condition(metaclass=Described):
    """A named variant: other parameters, never another program."""

    summary: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    yoke: Yoke | None = None

    def __post_init__(self) -> None:
        """Refuse fields of another kind."""
        expect("summary of a condition", self.summary, str, "a text")
        expect_mapping("parameters of a condition", self.parameters)
        expect("yoke of a condition", self.yoke, (Yoke, type(None)), "a Yoke, or None")


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


KINDS: dict[str, tuple[Any, str]] = {
    "summary": (str, "a text"),
    "source": (Source, "a Source"),
    "circuit": (Circuit, "a Circuit"),
    "task": ((Task, type(None)), "a Task, or None"),
    "recording": (Recording, "a Recording"),
}


@dataclass(frozen=True, kw_only=True)
class Experiment(metaclass=Described):
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

    def __post_init__(self) -> None:
        """Refuse fields of another kind; times given as text are read."""
        expect_label("experiment", self.name)
        for name, (kind, words) in KINDS.items():
            expect(f"{name} of {self.name}", getattr(self, name), kind, words)
        expect_mapping(f"conditions of {self.name}", self.conditions, Condition, "a Condition")
        for name in self.conditions:
            expect_label("condition", name)
        expect_mapping(f"parameters of {self.name}", self.parameters)
        for name in ("prepare", "finish"):
            if not (getattr(self, name) is None or callable(getattr(self, name))):
                raise WrongInput(f"'{name} of {self.name}' must be a function, or None.")
        for name in ("duration", "dt"):
            time = gate.as_time(f"{name} of {self.name}", getattr(self, name))
            if not float(time) > 0:
                raise WrongInput(f"'{name} of {self.name}' must be above 0, not {shown(time)}.")
            object.__setattr__(self, name, time)

    def condition(self, name: str | None) -> tuple[str, Condition]:
        """Return a condition by name, the first one if there is no name."""
        if not self.conditions:
            raise WrongInput(f"'{self.name}' has no condition; give it one, with no changes if need be.")
        name = next(iter(self.conditions)) if name is None else name
        if not isinstance(name, str) or name not in self.conditions:
            raise unknown(f"condition of {self.name}", str(name), self.conditions)
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
