"""Which cell is wired to which: rules that draw pairs of source and target."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from neuromodsim.description import expectations
from neuromodsim.description.fields import keep
from neuromodsim.description.probability import Probability
from neuromodsim.description.self_connections import Indices, Others, expect_said, expect_some
from neuromodsim.errors import WrongInput


@dataclass(frozen=True)
class AllToAll:
    """Every source cell is connected to every target cell, in row-major order (target index fastest).

    ``self_connections=False`` leaves out the connection of each cell to itself.

    Examples
    --------
    >>> sources, targets = AllToAll().draw(2, 3, np.random.default_rng())
    >>> sources.tolist(), targets.tolist()
    ([0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2])
    >>> _, targets = AllToAll(self_connections=False).draw(3, 3, np.random.default_rng())
    >>> targets.tolist()
    [1, 2, 0, 2, 0, 1]
    """

    self_connections: bool = True

    def __post_init__(self) -> None:
        """Refuse what is neither true nor false."""
        expect_said(self)

    def draw(
        self, sources: int, targets: int, rng: np.random.Generator, shift: int = 0
    ) -> tuple[Indices, Indices]:
        """Return source and target indices, each of shape ``(synapse,)``.

        ``shift`` is the difference between the indices of a cell as a target and as a source.
        """
        if not self.self_connections:
            others = Others(sources, targets, shift)
            return others.pairs(np.arange(others.first[-1]))
        i, j = np.divmod(np.arange(sources * targets, dtype=np.int64), targets)
        return i.astype(np.int32), j.astype(np.int32)

    def in_rows(self, sources: Any, targets: Any, rows: int, columns: int) -> bool:
        """Whether pairs are those of all sources to all targets, where the target runs fastest."""
        i, j = np.asarray(sources), np.asarray(targets)
        if not self.self_connections:
            if rows != columns or not i.size:
                return False
            expected = self.draw(rows, columns, np.random.default_rng(0))
            return np.array_equal(i, expected[0]) and np.array_equal(j, expected[1])
        if i.shape != (rows * columns,) or j.shape != i.shape or not i.size:
            return False
        by_row, by_column = i.reshape(rows, columns), j.reshape(rows, columns)
        return bool((by_row == np.arange(rows)[:, None]).all() and (by_column == np.arange(columns)).all())


@dataclass(frozen=True)
class OneToOne:
    """Source cell k is connected to target cell k.

    Examples
    --------
    >>> sources, targets = OneToOne().draw(3, 3, np.random.default_rng())
    >>> sources.tolist(), targets.tolist()
    ([0, 1, 2], [0, 1, 2])
    """

    def draw(self, sources: int, targets: int, rng: np.random.Generator) -> tuple[Indices, Indices]:
        """Return source and target indices, each of shape ``(synapse,)``."""
        if sources != targets:
            raise WrongInput(f"One to one needs equal sizes; got {sources} and {targets}.")
        k = np.arange(sources, dtype=np.int32)
        return k, k.copy()


@dataclass(frozen=True)
class FixedOutDegree:
    """Each source cell projects to ``degree`` targets drawn with replacement.

    ``self_connections=False`` draws among the other cells.

    Examples
    --------
    >>> sources, targets = FixedOutDegree(2).draw(3, 100, np.random.default_rng())
    >>> sources.tolist()
    [0, 0, 1, 1, 2, 2]
    """

    degree: int
    self_connections: bool = True

    def __post_init__(self) -> None:
        """Refuse fields of another kind."""
        keep(self, degree=expectations.whole("The degree of FixedOutDegree", self.degree))
        expect_said(self)

    def draw(
        self, sources: int, targets: int, rng: np.random.Generator, shift: int = 0
    ) -> tuple[Indices, Indices]:
        """Return source and target indices, each of shape ``(synapse,)``, sorted by source.

        ``shift`` is the difference between the indices of a cell as a target and as a source.
        """
        i = np.repeat(np.arange(sources, dtype=np.int32), self.degree)
        if not self.self_connections:
            others = Others(sources, targets, shift)
            expect_some(others.targets.min(initial=1) if self.degree else 1, "target")
            drawn = rng.integers(0, others.targets[:, np.newaxis], size=(sources, self.degree))
            j = others.past_own(np.arange(sources)[:, np.newaxis], drawn).astype(np.int32)
            return i, np.sort(j, axis=1).ravel()
        j = rng.integers(0, targets, size=(sources, self.degree), dtype=np.int32)
        return i, np.sort(j, axis=1).ravel()


@dataclass(frozen=True)
class FixedInDegree:
    """Each target cell receives input from ``degree`` sources drawn without replacement.

    ``self_connections=False`` draws among the other cells.

    Examples
    --------
    >>> sources, targets = FixedInDegree(2).draw(100, 3, np.random.default_rng())
    >>> sorted(targets.tolist())
    [0, 0, 1, 1, 2, 2]
    """

    degree: int
    self_connections: bool = True

    def __post_init__(self) -> None:
        """Refuse fields of another kind."""
        keep(self, degree=expectations.whole("The degree of FixedInDegree", self.degree))
        expect_said(self)

    def draw(
        self, sources: int, targets: int, rng: np.random.Generator, shift: int = 0
    ) -> tuple[Indices, Indices]:
        """Return source and target indices, each of shape ``(synapse,)``, sorted by source.

        ``shift`` is the difference between the indices of a cell as a target and as a source.
        """
        others = None if self.self_connections else Others(targets, sources, -shift)
        least = sources if others is None else int(others.targets.min())
        if self.degree > least:
            raise WrongInput(f"A cell cannot take {self.degree} different inputs from {least} cells.")
        if others is None:
            chosen = [rng.choice(sources, self.degree, replace=False) for _ in range(targets)]
        else:
            drawn = [rng.choice(n, self.degree, replace=False) for n in others.targets]
            chosen = [others.past_own(j, k) for j, k in enumerate(drawn)]
        i = np.concatenate(chosen).astype(np.int32)
        j = np.repeat(np.arange(targets, dtype=np.int32), self.degree)
        order = np.argsort(i, kind="stable")
        return i[order], j[order]


@dataclass(frozen=True)
class FixedProbability:
    """Pairs drawn without replacement, at a connection probability.

    The number of synapses is the rounded expected value, so that one program serves all seeds.
    ``self_connections=False`` draws among pairs of different cells.

    Examples
    --------
    >>> sources, targets = FixedProbability(0.1).draw(20, 30, np.random.default_rng())
    >>> len(sources)
    60
    """

    probability: float
    self_connections: bool = True

    def __post_init__(self) -> None:
        """Refuse fields of another kind."""
        keep(self, probability=expectations.share("The probability of a wiring", self.probability))
        expect_said(self)

    def draw(
        self, sources: int, targets: int, rng: np.random.Generator, shift: int = 0
    ) -> tuple[Indices, Indices]:
        """Return source and target indices, each of shape ``(synapse,)``, sorted by source.

        ``shift`` is the difference between the indices of a cell as a target and as a source.
        """
        if not self.self_connections:
            others = Others(sources, targets, shift)
            count = int(others.first[-1])
            return others.pairs(np.sort(rng.choice(count, round(self.probability * count), replace=False)))
        pairs = sources * targets
        chosen = np.sort(rng.choice(pairs, round(self.probability * pairs), replace=False))
        return (chosen // targets).astype(np.int32), (chosen % targets).astype(np.int32)


@dataclass(frozen=True)
class FixedTotalNumber:
    """A fixed number of synapses between randomly drawn sources and targets, like release sites in a volume.

    Examples
    --------
    >>> sources, targets = FixedTotalNumber(5).draw(20, 30, np.random.default_rng())
    >>> len(sources)
    5
    """

    count: int

    def __post_init__(self) -> None:
        """Refuse a count that is no whole number."""
        keep(self, count=expectations.whole("The number of synapses of FixedTotalNumber", self.count))

    def draw(self, sources: int, targets: int, rng: np.random.Generator) -> tuple[Indices, Indices]:
        """Return source and target indices, each of shape ``(synapse,)``, sorted by source."""
        i = np.sort(rng.integers(0, sources, size=self.count, dtype=np.int32))
        return i, rng.integers(0, targets, size=self.count, dtype=np.int32)


@dataclass(frozen=True)
class Pairs:
    """Explicit pairs of source and target indices.

    Examples
    --------
    >>> sources, targets = Pairs((0, 2), (1, 1)).draw(3, 2, np.random.default_rng())
    >>> targets.tolist()
    [1, 1]
    >>> Pairs((0, 3), (1, 1)).draw(3, 2, np.random.default_rng())
    Traceback (most recent call last):
    neuromodsim.errors.WrongInput: Pairs name the source 3; there are only 0 to 2.
    """

    sources: tuple[int, ...]
    targets: tuple[int, ...]

    def __post_init__(self) -> None:
        """Refuse what is no pairs of whole numbers."""
        keep(self, sources=expectations.indices("The sources of Pairs", self.sources, least=None))
        keep(self, targets=expectations.indices("The targets of Pairs", self.targets, least=None))

    def draw(self, sources: int, targets: int, rng: np.random.Generator) -> tuple[Indices, Indices]:
        """Return source and target indices, each of shape ``(synapse,)``."""
        if len(self.sources) != len(self.targets):
            raise WrongInput(
                f"Pairs need as many targets as sources; got {len(self.targets)} for {len(self.sources)}."
            )
        for kind, chosen, size in (("source", self.sources, sources), ("target", self.targets, targets)):
            for index in chosen:
                if not 0 <= index < size:
                    raise WrongInput(f"Pairs name the {kind} {index}; there are only 0 to {size - 1}.")
        return np.asarray(self.sources, np.int32), np.asarray(self.targets, np.int32)


Drawn = (
    AllToAll
    | OneToOne
    | FixedOutDegree
    | FixedInDegree
    | FixedProbability
    | Probability
    | FixedTotalNumber
    | Pairs
)


@dataclass(frozen=True)
class Copied:
    """A wiring drawn anew for each of several replicas, which are not wired to one another."""

    of: Drawn
    copies: int

    def draw(self, sources: int, targets: int, rng: np.random.Generator) -> tuple[Indices, Indices]:
        """Refuse: each replica draws its own, from its own seed."""
        raise NotImplementedError("the pairs of replicas are drawn one by one")


Wiring = Drawn | Copied
