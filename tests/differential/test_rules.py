"""Random rules come out as their strings say, in both programs; more by ``python -m tests.differential``."""

import numpy as np
import pytest

import neuromodsim as nms
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
def test_a_name_that_a_rule_shares_with_its_cells_is_refused_in_both_programs(how):
    """Fails when it is taken where the cell keeps the trace, and refused where the synapse does."""
    shared = next(one for one in map(rules.rule, range(100)) if one.shares)
    with pytest.raises(nms.WrongInput, match="'v' is a name in 's"):
        circuits.found([shared], spikes(0), "numpy", how)


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
