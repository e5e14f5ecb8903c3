"""Random rules come out as their strings say, in both programs; more by ``python -m tests.differential``."""

import numpy as np
import pytest

from tests.differential import circuits, plain, rules, script
from tests.differential.compare import RTOL, disagreements, drawn
from tests.differential.spikes import spikes

CIRCUITS = range(12)  # of 25 rules each


@pytest.mark.parametrize("circuit", CIRCUITS)
def test_random_rules_mean_what_they_say(circuit):
    """Each as the event-driven program; as the clock-driven program too where that is another."""
    assert list(disagreements([circuit], "numpy", "event-driven")) == []
    assert list(disagreements([circuit], "numpy", "clock-driven")) == []


@pytest.mark.parametrize("how", ["event-driven", "clock-driven"])
def test_a_name_that_a_rule_shares_with_its_cells_is_its_own_in_both_programs(how):
    """Against plain Brian2, in which it is renamed by hand; a rule reads ``v_post`` of its cells as well."""
    shared = [one for one in map(rules.rule, range(150)) if one.shares and script.same(one)]
    assert len(shared) >= 4 and any("v_post" in str(one.codes) for one in shared)
    for crowded in (False, True):
        found = circuits.found(shared, spikes(0), "numpy", how, crowded)
        for rule, values, expected in zip(shared, found, script.weights(shared, spikes(0)), strict=True):
            exact = how == "clock-driven" or not rule.tags  # eligibilities are stepped by Euler's rule
            np.testing.assert_allclose(values, expected, rtol=RTOL if exact else 0.05, err_msg=str(rule))


def test_plain_python_and_plain_brian2_agree():
    """What rules are held to, against scripts for Brian2 made of the same strings."""
    compared = 0
    for circuit in range(14):
        chosen = [rule for rule in drawn(circuit, "event-driven") if script.same(rule)]
        for rule, values in zip(chosen, script.weights(chosen, spikes(circuit)), strict=True):
            expected = plain.weights(rule, spikes(circuit), clock=bool(rule.tags))
            np.testing.assert_allclose(values, expected, rtol=RTOL, atol=1e-12, err_msg=str(rule))
        compared += len(chosen)
    assert compared >= 50


def test_random_rules_are_various():
    """Catches a generator that has ceased to draw what has been got wrong before."""
    many = [rules.rule(seed) for seed in range(300)]
    moved = [np.abs(plain.weights(rule, spikes(rule.seed // 25), clock=False)).max() for rule in many[:50]]
    assert np.mean(np.array(moved) > 1e-3) > 0.8
    for kind in ("tags", "bounds", "delay", "reads", "initial", "expressions"):
        assert 30 < sum(bool(getattr(rule, kind)) for rule in many) < 270, kind
    counts = {
        "shared names": sum(rule.shares for rule in many),
        "two modulators": sum(len(rule.reads) == 2 for rule in many),
        "two eligibilities": sum(len(rule.tags) == 2 for rule in many),
        "bounded and signed": sum(bool(rule.bounds and "s" in str(rule.tags)) for rule in many),
        "cells' variables": sum("v_p" in f"{rule.codes}{rule.expressions}{rule.slopes}" for rule in many),
        "parts": sum((rule.source, rule.target) != ("pre", "post") for rule in many),
        "bursts": sum("burst" in rule.codes for rule in many),
    }
    assert min(counts.values()) > 8, counts
