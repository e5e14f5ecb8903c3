"""Wiring at a probability that is an expression, as of the distance of two cells."""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from brian2.utils.stringtools import get_identifiers
from numpy.typing import NDArray

from neuromodsim.description import expectations
from neuromodsim.description.self_connections import Indices, expect_said
from neuromodsim.errors import WrongInput
from neuromodsim.units.kinds import shown

BLOCK = 2**20  # pairs whose probabilities are in memory at a time
CHANCE = {"rand", "randn", "poisson"}


@dataclass(frozen=True)
class Probability:
    """Pairs drawn without replacement, each at a probability given by an expression.

    The expression may read the indices ``i`` and ``j`` of source and target, their numbers ``N_pre`` and
    ``N_post``, parameters of the projection's model, variables and parameters of both cells as ``x_pre`` and
    ``x_post``, and ``distance``, from their positions ``x``, ``y`` and ``z``. A probability of 1 connects a
    pair in any case, one of 0 in none. The number of synapses is the rounded expected value, so that one
    program serves all seeds unless positions are drawn. ``self_connections=False`` leaves out the connection
    of each cell to itself.

    Examples
    --------
    >>> wiring = Probability("exp(-distance/(100*um))", self_connections=False)
    >>> ring = Probability("1*(j == (i + 1) % N_post)")
    """

    expression: str
    self_connections: bool = True

    def __post_init__(self) -> None:
        """Refuse what is no expression."""
        expectations.kind("The expression of Probability", self.expression, str)
        try:
            ast.parse(self.expression.strip(), mode="eval")
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise WrongInput(
                f"The expression of Probability cannot be read; got {shown(self.expression)}."
            ) from error
        if read := CHANCE & get_identifiers(self.expression):
            raise WrongInput(
                f"The expression of Probability reads '{min(read)}'; pairs are drawn at random anyway."
            )
        expect_said(self)

    def draw(
        self,
        sources: int,
        targets: int,
        rng: np.random.Generator,
        chance: Callable[[Indices, Indices], NDArray[Any]],
        shift: int = 0,
    ) -> tuple[Indices, Indices]:
        """Return source and target indices, each of shape ``(synapse,)``, sorted by source.

        ``chance`` returns the probability of pairs of sources and targets, of shape ``(pair,)``; ``shift``
        is the difference between the indices of a cell as a target and as a source.
        """
        state = rng.bit_generator.state
        for latest in (8.0, np.inf):  # of most pairs it is known early that they are not drawn
            rng.bit_generator.state = state
            expected, ranks, number = 0.0, [], []
            for first in range(0, sources * targets, BLOCK):
                pair = np.arange(first, min(first + BLOCK, sources * targets))
                i, j = (pair // targets).astype(np.int32), (pair % targets).astype(np.int32)
                p = chance(i, j)
                p = p if self.self_connections else np.where(j == i + shift, 0.0, p)
                expected += float(p.sum())
                rank = _rank(p, rng.random(len(p)))
                ranks.append(rank[rank < latest])
                number.append(pair[rank < latest])
            rank, pair = np.concatenate([[], *ranks]), np.concatenate([np.empty(0, int), *number])
            if len(rank) >= round(expected):
                break
        chosen = np.sort(pair[np.argsort(rank, kind="stable")[: round(expected)]])
        return (chosen // targets).astype(np.int32), (chosen % targets).astype(np.int32)


def _rank(p: NDArray[Any], drawn: NDArray[Any]) -> NDArray[Any]:
    """Return in which order pairs are drawn: Pareto sampling (Rosén 1997).

    The pairs of the lowest ranks, as many as are expected, include each at nearly its probability; those of 1
    come first and those of 0 never.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        rank = drawn * (1 - p) / ((1 - drawn) * p)
    return np.where(p == 0, np.inf, rank)
