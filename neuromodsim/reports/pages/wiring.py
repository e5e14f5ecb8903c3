"""How the pairs of a projection are drawn, in words."""

from functools import singledispatch
from typing import Any

from neuromodsim.description import connectivity, probability


@singledispatch
def words(wiring: Any) -> str:
    """Return how the pairs of a projection are drawn."""
    raise TypeError(f"{type(wiring).__name__} is no wiring")


@words.register
def _(wiring: connectivity.AllToAll) -> str:
    return "all to all" + _without(wiring)


@words.register
def _(wiring: connectivity.OneToOne) -> str:
    return "one to one"


@words.register
def _(wiring: connectivity.FixedOutDegree) -> str:
    return f"{wiring.degree} random targets per source" + _without(wiring)


@words.register
def _(wiring: connectivity.FixedInDegree) -> str:
    return f"{wiring.degree} different random sources per target" + _without(wiring)


@words.register
def _(wiring: connectivity.FixedProbability) -> str:
    return f"{100 * wiring.probability:g} % of all pairs, at random" + _without(wiring)


@words.register
def _(wiring: probability.Probability) -> str:
    return f"at random, with probability {wiring.expression}" + _without(wiring)


@words.register
def _(wiring: connectivity.FixedTotalNumber) -> str:
    return f"{counted(wiring.count, 'synapse')} between random pairs"


@words.register
def _(wiring: connectivity.Pairs) -> str:
    if len(wiring.sources) == 1:
        return f"cell {wiring.sources[0]} to cell {wiring.targets[0]}"
    return f"{counted(len(wiring.sources), 'listed pair')}"


@words.register
def _(wiring: connectivity.Copied) -> str:
    return f"{words(wiring.of)}, in each of {wiring.copies} replicas"


def _without(wiring: Any) -> str:
    return "" if wiring.self_connections else ", without self-connections"


def counted(number: int, thing: str) -> str:
    """Return a number of things: ``'1 cell'``, ``'80 cells'``."""
    return f"{number} {thing}{'' if number == 1 else 's'}"
