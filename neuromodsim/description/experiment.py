"""What an experiment is: a circuit, a task, named conditions, and what is recorded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuromodsim.description import gate
from neuromodsim.description.circuit import Circuit, Part
from neuromodsim.description.condition import Condition
from neuromodsim.description.fields import Described, keep
from neuromodsim.description.model import Model, Source
from neuromodsim.description.recording import Recording
from neuromodsim.description.task import Task
from neuromodsim.description.words import expect_label, expect_spelled
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.units.kinds import expect, expect_mapping
from neuromodsim.units.quantities import shown

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Setting:
    """The information available to ``prepare`` before a run.

    ``wiring`` maps each projection to source and target indices, ``parameters`` each
    ``component.parameter`` to its value, ``duration`` is in seconds.

    Examples
    --------
    >>> def prepare(setting: Setting) -> dict[str, object]:
    ...     return {"task.good_left": setting.rng.integers(2)}
    >>> setting = Setting(0, 1.0, 1e-3, {}, {}, np.random.default_rng(0))
    >>> prepare(setting)["task.good_left"] in (0, 1)
    True
    """

    seed: int
    duration: float
    dt: float
    parameters: Mapping[str, Any]
    wiring: Mapping[str, tuple[NDArray[Any], NDArray[Any]]]
    rng: np.random.Generator


@dataclass(frozen=True)
class Prepared(metaclass=Described):
    """What an experiment's ``prepare`` returns, where values alone do not say it all.

    Parameters
    ----------
    values
        Tables, initial values and parameters by path; a number without a unit is in SI units.
    pairs
        Source and target indices of a projection, by its name, each of shape ``(synapse,)``: as many as its
        wiring has, since a program is made for that many.
    notes
        What is kept as the attribute ``notes`` of the dataset: text, finite numbers, lists or mappings.

    Examples
    --------
    >>> def prepare(setting):
    ...     order = setting.rng.permutation(10)
    ...     return Prepared({"task.class_at": order}, notes={"class_order": order.tolist()})
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    pairs: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    notes: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse fields that are no mappings from names."""
        for name in ("values", "pairs", "notes"):
            expect_mapping(f"{name} of Prepared", getattr(self, name))


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

    ``prepare`` returns values by path that depend on the seed or the wiring, such as tables and initial
    values, or a `Prepared`, which contains pairs and notes as well. ``finish`` adds derived quantities to the
    result. ``variant`` holds the values of the axes of an `ExperimentFamily`; the name contains them.

    Examples
    --------
    >>> from brian2 import ms, second
    >>> from neuromodsim.description.population import Population
    >>> from neuromodsim.equations import MEDIUM_SPINY
    >>> experiment = Experiment(
    ...     name="silent",
    ...     summary="Cells without input.",
    ...     source=MEDIUM_SPINY.source,
    ...     circuit=Circuit(populations=(Population(name="cells", size=3, model=MEDIUM_SPINY),)),
    ...     conditions={"only": Condition(summary="Nothing changes.")},
    ...     recording=Recording(states={"cells.v": 1 * ms}),
    ...     duration=1 * second,
    ...     dt=0.1 * ms,
    ... )
    >>> list(experiment.components())
    ['cells']
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
    prepare: Callable[[Setting], Values | Prepared] | None = None
    finish: Callable[[Any], None] | None = None
    variant: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse fields of another kind; times given as text are read."""
        expect_spelled("experiment", self.name)
        for name, (kind, words) in KINDS.items():
            expect(f"{name} of {self.name}", getattr(self, name), kind, words)
        expect_mapping(f"conditions of {self.name}", self.conditions, Condition, "a Condition")
        for name in self.conditions:
            expect_label("condition", name)
        expect_mapping(f"parameters of {self.name}", self.parameters)
        expect_mapping(f"variant of {self.name}", self.variant, (str, int), "a name or a whole number")
        for name in ("prepare", "finish"):
            if not (getattr(self, name) is None or callable(getattr(self, name))):
                raise WrongInput(f"'{name} of {self.name}' must be a function, or None.")
        for name in ("duration", "dt"):
            time = gate.as_time(f"{name} of {self.name}", getattr(self, name))
            if not float(time) > 0:
                raise WrongInput(f"'{name} of {self.name}' must be above 0; got {shown(time)}.")
            keep(self, **{name: time})

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
