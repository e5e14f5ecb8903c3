"""Random rules come out as their strings say, in both programs; more by ``python -m tests.differential``."""

import numpy as np
import pytest

from tests.differential import plain, rules
from tests.differential.compare import disagreements

SEEDS = range(20)


@pytest.mark.parametrize("how", ["lazy", "clock"])
def test_random_rules_mean_what_they_say(how):
    assert list(disagreements(SEEDS, "numpy", how, batch=20)) == []


def test_random_rules_are_various():
    """Catches a generator that has ceased to draw what has been got wrong before."""
    drawn = [rules.rule(seed) for seed in range(300)]
    moved = [np.abs(plain.weights(rule, clock=False)).max() for rule in drawn[:60]]
    assert np.mean(np.array(moved) > 1e-3) > 0.8
    for kind in ("tag", "bounds", "delay", "regions", "first", "initial", "expressions"):
        assert 15 < sum(bool(getattr(rule, kind)) for rule in drawn) < 285, kind
    assert sum("burst" in rule.codes for rule in drawn) > 60
    assert sum(bool({*rule.pre[0]} & {*rule.post[0]}) for rule in drawn) > 60
