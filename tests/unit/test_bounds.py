"""Bounds of synaptic variables: held at spikes, in every step, and against a caller."""

from dataclasses import replace

import numpy as np
import pytest

import neuromodsim as nms
from tests.unit.fields import (
    HELD,
    TAG,
    TRACE,
    bounded,
    cell,
    experiment,
    last,
)


def test_bounds_that_a_caller_turns_round_are_refused():
    subject = experiment(bounded())
    with pytest.raises(nms.WrongInput, match="wrong order"):
        nms.simulate(subject, device="numpy", parameters={"p.low": 2.0})
    with pytest.raises(nms.WrongInput, match="beyond its bounds"):
        nms.simulate(subject, device="numpy", parameters={"p.w": 1.5})
    with pytest.raises(nms.WrongInput, match="beyond its bounds"):
        nms.simulate(replace(subject, prepare=lambda s: {"p.w": np.full(3, -1.0)}), device="numpy")


@pytest.mark.parametrize("how", ["event-driven", "clock-driven"])
def test_an_eligibility_keeps_within_its_bounds(how):
    rule = replace(TAG, bounds={"c": ("low", "high")}, **HELD)
    run = nms.simulate(experiment(rule, record=("p.c", "p.w")), device="numpy", third_factor=how)
    eligibility = run["synapses/p"]["eligibility"].values
    assert eligibility.max() == pytest.approx(1.0, abs=1e-12)
    # At the bound after each spike, and a decay of two steps between them, of one at the end.
    steps = [2.0] * 8 + [1.0]
    exact = sum(-np.expm1(-k / 10) for k in steps) * 0.010
    euler = sum(1 - 0.9**k for k in steps) * 0.010
    assert run["synapses/p"]["weight"].values[-1, 0] == pytest.approx(
        exact if how == "event-driven" else euler, rel=1e-9
    )


def test_an_eligibility_whose_bounds_leave_out_zero_needs_the_clock():
    rule = replace(TAG, bounds={"c": ("low", "high")}, initial={"c": 0.5}, **HELD)
    changed = {"p.low": 0.5}
    with pytest.raises(nms.WrongInput, match="third_factor='clock-driven'"):
        nms.simulate(experiment(rule), device="numpy", parameters=changed)
    run = nms.simulate(
        experiment(rule, record=("p.c",)), device="numpy", parameters=changed, third_factor="clock-driven"
    )
    assert run["synapses/p"]["eligibility"].values[1:].min() == 0.5


def test_a_trace_with_bounds_is_clipped_at_its_spike():
    rule = bounded(equations=TRACE, on_pre="x += 1", on_post="w = x", bounds={"x": ("low", "high")})
    assert last(experiment(rule, post=cell(threshold="timestep(t, dt) == 18"))) == pytest.approx(1.0)
    with pytest.raises(nms.WrongInput, match="event-driven"):
        nms.simulate(experiment(replace(rule, initial={"x": 0.6})), device="numpy", parameters={"p.low": 0.5})


def test_what_is_integrated_is_held_in_every_step():
    rule = bounded(equations="dw/dt = 1/tau : 1", on_pre="")
    run = nms.simulate(experiment(rule), device="numpy")
    np.testing.assert_allclose(
        run["synapses/p"]["weight"].values[:, 0], np.minimum(np.arange(21) / 5, 1.0), rtol=1e-12
    )
