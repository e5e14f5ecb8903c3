"""The event-driven program against a closed form worked out from event to event, for random spikes."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, mV, second

from tests.pretend import WIDE, spike_driven, weights
from tests.three_factor.oracle import Pair, weight

STEPS = 2_600
SNAPSHOTS = [0, 500, 1000, 1500, 2000, 2500, STEPS]  # the last one is the end of the run
EVENTS = 100

ADDITIVE = replace(
    WIDE,
    on_pre=WIDE.on_pre.replace("x = 1", "x += 1"),
    on_post=WIDE.on_post.replace("y = 1", "y += 1"),
)


@pytest.fixture
def trains(rng):
    """Return the steps of about 100 spikes of pre, post and dopamine, shape ``(3, spike)``."""
    return np.sort([rng.choice(STEPS - 100, EVENTS, replace=False) for _ in range(3)], axis=1)


def engine(trains, *, how="event-driven", rule=WIDE, delay=None, **parameters):
    """Return weights in mV at the snapshots."""
    subject = spike_driven((trains * 1e-3).tolist(), rule=rule, delay=delay, sample=500 * ms)
    changed = {f"plastic.{name}": value for name, value in parameters.items()}
    return weights(subject, STEPS * ms, parameters=changed, third_factor=how)[:, 0]


def assert_same(found, expected, rtol=1e-12):
    np.testing.assert_allclose(found, expected, rtol=rtol, atol=rtol * np.max(np.abs(expected)))


@pytest.mark.parametrize("tau_c", [0.02, 1.0, 100.0])
def test_equals_the_closed_form(trains, tau_c):
    expected = weight(Pair(tau_c=tau_c), *trains, SNAPSHOTS, 1e-3)
    assert_same(engine(trains, tau_c=tau_c * second, a_minus=1.5), expected)


def test_tonic_dopamine_adds_to_the_phasic(trains):
    expected = weight(Pair(tonic=0.3), *trains, SNAPSHOTS, 1e-3)
    assert_same(engine(trains, a_minus=1.5, d_tonic=0.3), expected)
    silent = [trains[0], trains[1], []]
    assert_same(
        engine(np.array([*trains[:2], 10_000 + trains[2]]), a_minus=1.5, d_tonic=0.3),
        weight(Pair(tonic=0.3), *silent, SNAPSHOTS, 1e-3),
    )


def test_a_weight_keeps_within_its_bounds(trains):
    rule = Pair(low=-0.5, high=0.25)
    expected = weight(rule, *trains, range(0, STEPS + 1, 20), 1e-3)
    assert min(expected) == rule.low and max(expected) == rule.high  # both are met
    assert not {rule.low, rule.high} >= set(weight(rule, *trains, SNAPSHOTS[1:], 1e-3))
    found = engine(trains, a_minus=1.5, w_min=-0.5 * mV, w_max=0.25 * mV)
    assert_same(found, weight(rule, *trains, SNAPSHOTS, 1e-3))


def test_traces_that_add_up(trains):
    expected = weight(Pair(additive=True), *trains, SNAPSHOTS, 1e-3)
    assert_same(engine(trains, rule=ADDITIVE, a_minus=1.5), expected)


@pytest.mark.parametrize("rule", [WIDE, ADDITIVE], ids=["nearest", "additive"])
def test_a_delay_keeps_the_presynaptic_trace_in_the_synapse(trains, rule):
    late = 7  # steps from a presynaptic spike to its arrival
    expected = weight(Pair(additive=rule is ADDITIVE), trains[0] + late, *trains[1:], SNAPSHOTS, 1e-3)
    assert_same(engine(trains, rule=rule, delay=late * ms, a_minus=1.5), expected)


def test_a_trace_in_the_cell_equals_one_in_the_synapse(trains, monkeypatch):
    """Catches a trace that a cell keeps otherwise than its synapses would."""
    kept_by_cells = engine(trains, rule=ADDITIVE, a_minus=1.5)
    monkeypatch.setattr("neuromodsim.transforms.traces.movable", lambda projection: [])
    assert_same(engine(trains, rule=ADDITIVE, a_minus=1.5), kept_by_cells)


def test_the_clock_program_comes_close(trains):
    """The clock-driven program integrates by Euler steps, so at 1 ms it is right to a percent or so."""
    expected = np.array(weight(Pair(), *trains, SNAPSHOTS, 1e-3))
    found = engine(trains, how="clock-driven", a_minus=1.5)
    assert found == pytest.approx(expected, abs=0.02 * np.max(np.abs(expected)))
    assert np.max(np.abs(found - expected)) > 1e-6  # it is another program


def test_a_snapshot_is_what_a_run_that_ends_there_holds(trains):
    """Catches weights recorded before they are brought up to date, or brought up to date twice."""
    subject = spike_driven((trains * 1e-3).tolist(), sample=1 * ms)
    every_step = weights(subject, 1500 * ms)[:, 0]
    expected = weight(Pair(a_minus=0.0), *trains, range(1501), 1e-3)
    assert_same(every_step, expected)
    for stop in (500, 1500):
        subject = spike_driven((trains * 1e-3).tolist(), sample=300 * ms)
        assert_same(weights(subject, stop * ms)[-1], every_step[stop])
