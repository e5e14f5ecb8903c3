"""What a circuit is: populations, modulators, and projections between them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from brian2.units import second
from numpy.typing import NDArray

from neuromodsim.description import expectations, gate
from neuromodsim.description.fields import Described
from neuromodsim.description.geometry import Grid
from neuromodsim.description.model import ModulatorModel, NeuronModel, SynapseModel
from neuromodsim.description.words import expect_compiled
from neuromodsim.errors import WrongInput

Indices = NDArray[np.int32]


def _set(value: Any, **fields: Any) -> None:
    """Keep a field of a description in the one form that it has everywhere."""
    for name, kept in fields.items():
        object.__setattr__(value, name, kept)


@dataclass(frozen=True)
class AllToAll:
    """Every source cell to every target cell, in rows: target runs fastest."""

    def draw(self, sources: int, targets: int, rng: np.random.Generator) -> tuple[Indices, Indices]:
        """Return source and target indices, each of shape ``(synapse,)``."""
        i, j = np.divmod(np.arange(sources * targets, dtype=np.int64), targets)
        return i.astype(np.int32), j.astype(np.int32)


def in_rows(sources: Any, targets: Any, rows: int, columns: int) -> bool:
    """Whether pairs are those of all sources to all targets, where the target runs fastest."""
    i, j = np.asarray(sources), np.asarray(targets)
    if i.shape != (rows * columns,) or j.shape != i.shape or not i.size:
        return False
    by_row, by_column = i.reshape(rows, columns), j.reshape(rows, columns)
    return bool((by_row == np.arange(rows)[:, None]).all() and (by_column == np.arange(columns)).all())


@dataclass(frozen=True)
class OneToOne:
    """Cell k to cell k."""

    def draw(self, sources: int, targets: int, rng: np.random.Generator) -> tuple[Indices, Indices]:
        """Return source and target indices, each of shape ``(synapse,)``."""
        if sources != targets:
            raise WrongInput(f"One to one needs equal sizes, not {sources} and {targets}.")
        k = np.arange(sources, dtype=np.int32)
        return k, k.copy()


@dataclass(frozen=True)
class FixedOutDegree:
    """Each source cell to ``degree`` targets drawn at random, with replacement."""

    degree: int

    def __post_init__(self) -> None:
        """Refuse a degree that is no whole number."""
        _set(self, degree=expectations.whole("The degree of FixedOutDegree", self.degree))

    def draw(self, sources: int, targets: int, rng: np.random.Generator) -> tuple[Indices, Indices]:
        """Return source and target indices, each of shape ``(synapse,)``, sorted by source."""
        i = np.repeat(np.arange(sources, dtype=np.int32), self.degree)
        j = rng.integers(0, targets, size=(sources, self.degree), dtype=np.int32)
        return i, np.sort(j, axis=1).ravel()


@dataclass(frozen=True)
class FixedInDegree:
    """Each target cell from ``degree`` different sources drawn at random, as claws sample glomeruli."""

    degree: int

    def __post_init__(self) -> None:
        """Refuse a degree that is no whole number."""
        _set(self, degree=expectations.whole("The degree of FixedInDegree", self.degree))

    def draw(self, sources: int, targets: int, rng: np.random.Generator) -> tuple[Indices, Indices]:
        """Return source and target indices, each of shape ``(synapse,)``, sorted by source."""
        if self.degree > sources:
            raise WrongInput(f"A cell cannot take {self.degree} different inputs from {sources} cells.")
        chosen = [rng.choice(sources, self.degree, replace=False) for _ in range(targets)]
        i = np.concatenate(chosen).astype(np.int32)
        j = np.repeat(np.arange(targets, dtype=np.int32), self.degree)
        order = np.argsort(i, kind="stable")
        return i[order], j[order]


@dataclass(frozen=True)
class FixedProbability:
    """As many pairs as a probability gives on average, drawn without replacement.

    The number of synapses is the rounded mean, so that one program serves every seed.
    """

    probability: float

    def __post_init__(self) -> None:
        """Refuse what is no probability."""
        _set(self, probability=expectations.share("The probability of a wiring", self.probability))

    def draw(self, sources: int, targets: int, rng: np.random.Generator) -> tuple[Indices, Indices]:
        """Return source and target indices, each of shape ``(synapse,)``, sorted by source."""
        pairs = sources * targets
        chosen = np.sort(rng.choice(pairs, round(self.probability * pairs), replace=False))
        return (chosen // targets).astype(np.int32), (chosen % targets).astype(np.int32)


@dataclass(frozen=True)
class FixedTotalNumber:
    """So many synapses, each from a cell to a cell drawn at random, as release sites lie in a volume."""

    count: int

    def __post_init__(self) -> None:
        """Refuse a count that is no whole number."""
        _set(self, count=expectations.whole("The number of synapses of FixedTotalNumber", self.count))

    def draw(self, sources: int, targets: int, rng: np.random.Generator) -> tuple[Indices, Indices]:
        """Return source and target indices, each of shape ``(synapse,)``, sorted by source."""
        i = np.sort(rng.integers(0, sources, size=self.count, dtype=np.int32))
        return i, rng.integers(0, targets, size=self.count, dtype=np.int32)


@dataclass(frozen=True)
class Pairs:
    """These pairs, and no others."""

    sources: tuple[int, ...]
    targets: tuple[int, ...]

    def __post_init__(self) -> None:
        """Refuse what is no pairs of whole numbers."""
        _set(self, sources=expectations.indices("The sources of Pairs", self.sources, least=None))
        _set(self, targets=expectations.indices("The targets of Pairs", self.targets, least=None))

    def draw(self, sources: int, targets: int, rng: np.random.Generator) -> tuple[Indices, Indices]:
        """Return source and target indices, each of shape ``(synapse,)``."""
        if len(self.sources) != len(self.targets):
            raise WrongInput(
                f"Pairs need as many targets as sources, not {len(self.targets)} for {len(self.sources)}."
            )
        for kind, chosen, size in (("source", self.sources, sources), ("target", self.targets, targets)):
            for index in chosen:
                if not 0 <= index < size:
                    raise WrongInput(f"Pairs name the {kind} {index}; there are only 0 to {size - 1}.")
        return np.asarray(self.sources, np.int32), np.asarray(self.targets, np.int32)


Drawn = AllToAll | OneToOne | FixedOutDegree | FixedInDegree | FixedProbability | FixedTotalNumber | Pairs


@dataclass(frozen=True)
class Copied:
    """A wiring drawn anew for each of several replicas, which are not wired to one another."""

    of: Drawn
    copies: int

    def draw(self, sources: int, targets: int, rng: np.random.Generator) -> tuple[Indices, Indices]:
        """Refuse: each replica draws its own, from its own seed."""
        raise NotImplementedError("the pairs of replicas are drawn one by one")


Wiring = Drawn | Copied


@dataclass(frozen=True, kw_only=True)
class Population(metaclass=Described):
    """Cells of one model. ``parts`` names consecutive stretches of them, with their sizes.

    ``layer`` orders populations within a time step: a spike of layer 0 reaches layer 1 in the same
    step. Without it, Brian's order holds and a spike arrives one step later.
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
        _set(self, size=expectations.whole(f"The size of '{self.name}'", self.size, least=1))
        given = expectations.mapping(f"The parts of '{self.name}'", self.parts, "names to sizes")
        parts = {
            expect_compiled("part", n): expectations.whole(f"The size of part '{n}'", s, least=1)
            for n, s in given.items()
        }
        _set(self, parts=parts)
        expectations.mapping(f"'initial' of '{self.name}'", self.initial, "names of variables to values")
        if self.layer is not None:
            _set(self, layer=expectations.whole(f"The layer of '{self.name}'", self.layer))
        if self.parts and sum(self.parts.values()) != self.size:
            raise WrongInput(f"The parts of '{self.name}' must add up to its {self.size} cells.")

    def stretches(self) -> dict[str, slice]:
        """Return where each part lies; without parts, the population itself."""
        stops = np.cumsum([0, *self.parts.values()]).tolist()
        named = zip(self.parts, stops, stops[1:], strict=False)
        return {n: slice(a, b) for n, a, b in named} or {self.name: slice(0, self.size)}


@dataclass(frozen=True, kw_only=True)
class Modulator(metaclass=Described):
    """A neuromodulator, well mixed within each of its regions, which are the voxels of a grid if it has one.

    ``region_of`` gives the region of each cell of a population, shape ``(cell,)``.
    """

    name: str
    model: ModulatorModel
    regions: int = 1
    initial: Mapping[str, Any] = field(default_factory=dict)
    grid: Grid | None = None
    region_of: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse regions that are no number of them, and a grid of another size."""
        expect_compiled("modulator", self.name)
        expectations.kind(f"The model of '{self.name}'", self.model, ModulatorModel)
        _set(self, regions=expectations.whole(f"The regions of '{self.name}'", self.regions, least=1))
        expectations.mapping(f"'initial' of '{self.name}'", self.initial, "names of variables to values")
        places = expectations.places(self.name, self.region_of)
        _set(self, region_of=places)
        if self.grid is not None:
            expectations.kind(f"The grid of '{self.name}'", self.grid, Grid)
        if self.grid is not None and self.grid.voxels != self.regions:
            raise WrongInput(f"'{self.name}' has {self.regions} regions on {self.grid.voxels} voxels.")


@dataclass(frozen=True, kw_only=True)
class Projection(metaclass=Described):
    """Synapses from one population, part, modulator or task to another.

    ``every`` is how often sums over all synapses (``(summed)``) are worked out, for samplers that need no
    more; without it, in every step.
    ``modulators`` says which modulator each name in the model stands for, as ``"dopamine"`` (its level)
    or ``"dopamine.D1"``; ``region_of`` gives the region of each cell of the target's population, shape
    ``(cell,)``, when there is more than one region and the modulator does not say.
    ``delay`` is that of ``on_pre`` code after a spike of the source.
    ``learns`` is the layer after which ``on_event`` happens within a time step, where layers are ordered;
    without it, that of the target. A rule that waits for what comes back from a later layer names that one.
    """

    name: str
    source: str
    target: str
    model: SynapseModel
    wiring: Wiring = AllToAll()
    delay: Any = None  # one delay for all synapses; None: none beyond the time step
    every: Any = None
    initial: Mapping[str, Any] = field(default_factory=dict)
    modulators: Mapping[str, str] = field(default_factory=dict)
    region_of: tuple[int, ...] = ()
    learns: int | None = None

    def __post_init__(self) -> None:
        """Refuse what is no wiring of one name to another by a model of synapses."""
        of = f"of '{expect_compiled('projection', self.name)}'"
        for end in ("source", "target"):
            expectations.kind(f"The {end} {of}, by its name,", getattr(self, end), str)
        expectations.kind(f"The model {of}", self.model, SynapseModel)
        expectations.kind(f"The wiring {of}", self.wiring, *Drawn.__args__, Copied)
        for time, what in (("delay", "delay"), ("every", "'every'")):
            value = getattr(self, time)
            if isinstance(value, str):  # read, as all times are that are given as text
                value = gate.as_time(f"{time} of {self.name}", value)
            if value is not None:
                expectations.quantity(f"The {what} {of}", value, 1.0 * second, least=0)
            _set(self, **{time: value})
        expectations.mapping(f"'initial' {of}", self.initial, "names of variables to values")
        read = expectations.mapping(f"'modulators' {of}", self.modulators, "names in its model to levels")
        for level in read.values():
            expectations.kind(f"Each level in 'modulators' {of}", level, str)
        _set(self, region_of=expectations.indices(f"The regions in 'region_of' {of}", self.region_of))
        if self.learns is not None:
            _set(self, learns=expectations.whole(f"'learns' {of}", self.learns))


Part = Population | Modulator | Projection
ThirdFactor = Literal["lazy", "clock"]


@dataclass(frozen=True, kw_only=True)
class Circuit(metaclass=Described):
    """Who is there and who is wired to whom.

    ``links`` maps a variable that one component reads onto the variable of another:
    ``{"hidden.level": "expectation.level"}``. A source of one row is read by all cells; a modulator of
    several regions by each cell in its region, where it says which (``region_of``); any other row by row.
    ``subjects`` is how many replicas a program holds, each with its row of the task; none in an ordinary one.
    """

    populations: tuple[Population, ...]
    modulators: tuple[Modulator, ...] = ()
    projections: tuple[Projection, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    subjects: int = 0

    def __post_init__(self) -> None:
        """Refuse what is no part of a circuit."""
        _set(self, populations=expectations.each("The populations", self.populations, Population))
        _set(self, modulators=expectations.each("The modulators", self.modulators, Modulator))
        _set(self, projections=expectations.each("The projections", self.projections, Projection))
        links = expectations.mapping("The links", self.links, "what is written to, to what is read")
        for written in links.values():
            expectations.kind("What a link reads", written, str)
        _set(self, subjects=expectations.whole("The number of subjects", self.subjects))

    @property
    def tasks(self) -> int:
        """How many rows the task has."""
        return max(self.subjects, 1)
