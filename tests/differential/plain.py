"""What a rule's strings say, in plain Python from step to step; nothing of Brian2 or of ours is used.

In a step, an eligibility and what it adds to the weight come first, then the codes of events in the order
burst, pre, post, each statement with the values of that moment; then event-driven variables move on, with the
levels that the step began with, each step by the series of a matrix exponential.
"""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from tests.differential import rules
from tests.differential.rules import Rule
from tests.differential.spikes import STEPS, Spikes, held, level

DT = 1e-3
KNOWN = {
    "exp": math.exp,
    "int": int,
    "where": lambda c, a, b: a if c else b,
    "amount": rules.AMOUNT,
    **rules.TAUS,
}


class Values(dict):
    """The variables of a synapse; a subexpression is worked out wherever it is read."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(KNOWN | dict.fromkeys(rule.variables, 0.0) | rule.initial)
        self.expressions = {name: compile(text, name, "eval") for name, text in rule.expressions.items()}

    def __missing__(self, name: str) -> float:
        return float(eval(self.expressions[name], {}, self))


class Interpreter:
    """Follows the synapses of one rule; ``clock`` tells whether eligibilities are stepped by Euler's rule."""

    def __init__(self, rule: Rule, spikes: Spikes, clock: bool) -> None:
        self.rule, self.spikes, self.clock = rule, spikes, clock
        self.codes = {event: compile(_tidy(code), event, "exec") for event, code in rule.codes.items()}
        self.gates = {tag: compile(gate, tag, "eval") for tag, gate in rule.tags.items()}
        self.moves: dict[tuple[float, ...], np.ndarray] = {}

    def weights(self) -> np.ndarray:
        """Return what is recorded of each synapse at the end, shape ``(variable, synapse)``."""
        late = map(self.rule.delays, range(len(self.rule.pairs)))
        return np.array([self._synapse(*pair, *by) for pair, by in zip(self.rule.pairs, late, strict=True)]).T

    def _synapse(self, i: int, j: int, delay: int, post_delay: int) -> list[float]:
        rule, values = self.rule, Values(self.rule)
        pre, post = self.spikes.pre[i], self.spikes.post[j]
        due = {
            "burst": set(self.spikes.burst),
            "pre": {step + delay for step in pre},
            "post": {step + post_delay for step in post},
        }
        for step in range(STEPS):
            around = {name: level(name, step, rule.regions[j]) for name in "ds"}
            around |= {"v_pre": held("pre", i, pre, step), "v_post": held("post", j, post, step)}
            values.update(around if rule.shares else {**around, "v": around["v_post"]})
            self._learn(values)
            for event, steps in due.items():
                if step in steps and event in self.codes:
                    exec(self.codes[event], {}, values)
                    self._clip(values)
            state = self._move(around) @ np.array([*(values[n] for n in rule.slopes), 1.0])
            values.update(zip(rule.slopes, state.tolist(), strict=False))
        return [float(values[name]) for name in rule.recorded]

    def _learn(self, values: Values) -> None:
        """Let eligibilities move the weight for a step, and decay."""
        for (tag, gate), tau in zip(self.gates.items(), rules.TAU_TAGS, strict=False):
            share = DT / tau if self.clock else -math.expm1(-DT / tau)
            values["w"] += values[tag] * eval(gate, {}, values) * tau * share / rules.TAU_W
            values[tag] -= values[tag] * share
        if self.gates:
            self._clip(values)

    def _clip(self, values: Values) -> None:
        if self.rule.bounds:
            values["w"] = min(max(values["w"], self.rule.bounds[0]), self.rule.bounds[1])

    def _move(self, around: Mapping[str, float]) -> np.ndarray:
        """Return what a step makes of the event-driven variables and of one, for what is around."""
        key = tuple(around.values())
        if key not in self.moves:
            self.moves[key] = _exponential(_matrix(self.rule.slopes, around) * DT)
        return self.moves[key]


def weights(rule: Rule, spikes: Spikes, clock: bool) -> np.ndarray:
    """Return what is recorded of each synapse at the end, shape ``(variable, synapse)``."""
    return Interpreter(rule, spikes, clock).weights()


def _tidy(code: str) -> str:
    return "\n".join(line.strip() for line in code.split("\n"))


def _matrix(slopes: Mapping[str, str], around: Mapping[str, float]) -> np.ndarray:
    names: list[str] = list(slopes)
    matrix = np.zeros((len(names) + 1, len(names) + 1))
    for row, slope in enumerate(slopes.values()):
        nothing: dict[str, Any] = {**KNOWN, **around, **dict.fromkeys(names, 0.0)}
        at = [eval(slope, {}, nothing)]
        at += [eval(slope, {}, {**nothing, name: 1.0}) - at[0] for name in names]
        matrix[row] = [*at[1:], at[0]]
    return matrix


def _exponential(matrix: np.ndarray) -> np.ndarray:
    """Return the exponential of a matrix as small as that of one step."""
    assert np.abs(matrix).sum(axis=1).max() < 2
    total = term = np.eye(len(matrix))
    for k in range(1, 30):
        term = term @ matrix / k
        total = total + term
    return total
