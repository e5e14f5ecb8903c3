"""What a rule's strings say, in plain Python from step to step; nothing of Brian2 or of ours is used.

In a step, an eligibility and what it adds to the weight come first, then the codes of events in the order
burst, pre, post, each statement with the values of that moment; then event-driven variables move on, with the
level that the step began with, each step by a matrix exponential.
"""

import math
from typing import Any

import numpy as np
from scipy.linalg import expm

from tests.differential import rules
from tests.differential.rules import Rule

DT = 1e-3
KNOWN = {"exp": math.exp, "int": int, "amount": rules.AMOUNT, **rules.TAUS}


class Values(dict):
    """The variables of a synapse; a subexpression is worked out wherever it is read."""

    def __init__(self, rule: Rule, **values: Any) -> None:
        super().__init__(KNOWN | dict.fromkeys(rule.variables, 0.0) | rule.initial | values)
        self.expressions = {name: compile(text, name, "eval") for name, text in rule.expressions.items()}

    def __missing__(self, name: str) -> float:
        return float(eval(self.expressions[name], {}, self))


def weights(rule: Rule, clock: bool) -> np.ndarray:
    """Return what is recorded of each synapse at the end, shape ``(variable, synapse)``.

    ``clock`` tells whether an eligibility is stepped by Euler's rule.
    """
    pairs = [(i, j) for i in range(rules.CELLS) for j in range(rules.CELLS)]
    return np.array([_synapse(rule, i, j, clock) for i, j in pairs]).T


def _synapse(rule: Rule, i: int, j: int, clock: bool) -> list[float]:
    region = rule.regions[j] if rule.regions else 0
    values = Values(rule, d=0.0)
    codes = {event: compile(_tidy(code), event, "exec") for event, code in rule.codes.items()}
    due = {
        "burst": set(rule.burst),
        "pre": {step + (rule.delay or 0) for step in rule.pre[i]},
        "post": set(rule.post[j]),
    }
    moves = {level: _move(rule, level) for level in (0.0, rules.LEVELS[region])}
    for step in range(rules.STEPS):
        values["d"] = rules.LEVELS[region] if step > rules.RISES else 0.0
        if rule.tag:
            _learn(rule, values, clock)
        for event, steps in due.items():
            if step in steps and event in codes:
                exec(codes[event], {}, values)
                _clip(rule, values)
        state = moves[values["d"]] @ np.array([*(values[n] for n in rule.slopes), 1.0])
        values.update(zip(rule.slopes, state.tolist(), strict=False))
    return [float(values[name]) for name in rule.recorded]


def _tidy(code: str) -> str:
    return "\n".join(line.strip() for line in code.split("\n"))


def _learn(rule: Rule, values: Values, clock: bool) -> None:
    """Let an eligibility move the weight for a step, and decay."""
    tag, share = values[rule.tag], -math.expm1(-DT / rules.TAU_TAG)
    long = DT if clock else rules.TAU_TAG * share
    values["w"] += tag * values["d"] * long / rules.TAU_W
    values[rule.tag] -= tag * (DT / rules.TAU_TAG if clock else share)
    _clip(rule, values)


def _clip(rule: Rule, values: Values) -> None:
    if rule.bounds:
        values["w"] = min(max(values["w"], rule.bounds[0]), rule.bounds[1])


def _move(rule: Rule, level: float) -> np.ndarray:
    """Return what a step makes of the event-driven variables and of one, for a level."""
    names = list(rule.slopes)
    matrix = np.zeros((len(names) + 1, len(names) + 1))
    for row, slope in enumerate(rule.slopes.values()):
        at = [eval(slope, {}, KNOWN | {"d": level} | dict.fromkeys(names, 0.0))]
        for name in names:
            at.append(eval(slope, {}, KNOWN | {"d": level} | dict.fromkeys(names, 0.0) | {name: 1.0}) - at[0])
        matrix[row] = [*at[1:], at[0]]
    return expm(matrix * DT)
