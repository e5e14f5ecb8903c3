"""Rules that come out otherwise than their strings say."""

from collections.abc import Iterator, Sequence

import numpy as np

from tests.differential import circuits, plain
from tests.differential.rules import Rule, rule

RTOL = 1e-10  # products of some sixty factors against one exponential


def disagreements(seeds: Sequence[int], device: str, how: str, batch: int = 25) -> Iterator[str]:
    """Yield what is wrong, one rule at a time."""
    for start in range(0, len(seeds), batch):
        drawn = [rule(seed) for seed in seeds[start : start + batch]]
        for one, values in zip(drawn, circuits.found(drawn, device, how), strict=True):
            wrong = differs(one, values, how)
            if wrong:
                yield f"{device}, {how}: {wrong}"


def differs(one: Rule, values: np.ndarray, how: str) -> str:
    """Return which variables of a rule are wrong, and the rule; nothing where none is."""
    expected = plain.weights(one, clock=how == "clock")
    wrong = ~np.isclose(values, expected, rtol=RTOL, atol=1e-12).all(axis=1)
    if not wrong.any():
        return ""
    names = ", ".join(n for n, bad in zip(one.recorded, wrong, strict=True) if bad)
    return f"{names} of {one}: {values[wrong].tolist()}, not {expected[wrong].tolist()}"
