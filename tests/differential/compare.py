"""Rules that come out otherwise than their strings say."""

from collections.abc import Iterable, Iterator

import numpy as np

from tests.differential import circuits, plain
from tests.differential.rules import Rule, rule
from tests.differential.spikes import Spikes, spikes

RULES = 25  # in one circuit
RTOL = 1e-10  # products of some sixty factors against one exponential


def drawn(circuit: int, how: str, rules: int = RULES) -> list[Rule]:
    """Return the rules of a circuit that a program is for.

    The clock-driven program differs where modulators, bounds or names are that a rule shares with cells.
    """
    found = [rule(seed) for seed in range(circuit * RULES, circuit * RULES + rules)]
    return [one for one in found if how == "event-driven" or one.reads or one.bounds or one.shares]


def disagreements(numbers: Iterable[int], device: str, how: str, rules: int = RULES) -> Iterator[str]:
    """Yield what is wrong in circuits, one rule at a time.

    In every other circuit, cells have variables and parameters of all names that rules have.
    """
    for number in numbers:
        around, chosen = spikes(number), drawn(number, how, rules)
        values_of = circuits.found(chosen, around, device, how, crowded=bool(number % 2))
        for one, values in zip(chosen, values_of, strict=True):
            wrong = differs(one, around, values, how)
            if wrong:
                yield f"{device}, {how}: {wrong}"


def differs(one: Rule, around: Spikes, values: np.ndarray, how: str) -> str:
    """Return which variables of a rule are wrong, and the rule; nothing where none is."""
    expected = plain.weights(one, around, clock=how == "clock-driven")
    wrong = ~np.isclose(values, expected, rtol=RTOL, atol=1e-12).all(axis=1)
    if not wrong.any():
        return ""
    names = ", ".join(n for n, bad in zip(one.recorded, wrong, strict=True) if bad)
    return f"{names} of {one}: {values[wrong].tolist()}, not {expected[wrong].tolist()}"
