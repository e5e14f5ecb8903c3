"""One pair of spikes and one step of dopamine, against the number worked out on paper.

Every event of a simulation acts at the end of the time step in which it happens: a spike detected in
step n changes the tag after that step's decay, and dopamine released in step n is integrated from step
n + 1 on, because modulators and tags move first in a step ("groups") and spikes act later
("synapses"). All three events are shifted by the same step, so no difference of times is, and the closed
form holds without a correction.
"""

import numpy as np
import pytest
from brian2 import second, volt
from numpy import exp

from tests.pretend import spike_driven, weights

PRE, POST, DOPAMINE = 0.1, 0.110, 1.110  # seconds
TAU_C, TAU_D, TAU_PLUS = 1.0, 0.2, 0.02


def closed_form(until: float) -> float:
    """Return the weight in mV: integral of tag times dopamine from its release to ``until``."""
    rate = 1 / TAU_C + 1 / TAU_D
    tag = exp(-(POST - PRE) / TAU_PLUS) * exp(-(DOPAMINE - POST) / TAU_C)
    return tag * -np.expm1(-rate * (until - DOPAMINE - 0.001)) / rate


def test_the_number_on_paper():
    assert closed_form(np.inf) == pytest.approx(0.0371884, abs=5e-8)


def test_a_pair_and_a_step_of_dopamine_move_the_weight_as_worked_out():
    moved = weights(spike_driven([[PRE], [POST], [DOPAMINE]]), 4 * second)[:, 0]
    assert moved[1] == 0  # nothing before dopamine
    for snapshot in (2, 3, 4):
        assert moved[snapshot] == pytest.approx(closed_form(snapshot), rel=1e-12)


@pytest.mark.parametrize(("unit", "expected"), [(1 * volt, 1000), (0 * volt, 0)])
def test_the_weight_moves_in_its_unit(unit, expected):
    moved = weights(
        spike_driven([[PRE], [POST], [DOPAMINE]]), 3 * second, parameters={"plastic.w_unit": unit}
    )
    assert moved[-1, 0] == pytest.approx(expected * closed_form(3), rel=1e-12)


def test_without_dopamine_nothing_moves():
    assert not weights(spike_driven([[PRE], [POST], []]), 3 * second).any()


def test_post_before_pre_removes_tag():
    trains = [[POST], [PRE], [DOPAMINE]]
    moved = weights(spike_driven(trains), 3 * second, parameters={"plastic.a_minus": 1.5})
    assert moved[-1, 0] == pytest.approx(-1.5 * closed_form(3), rel=1e-12)


def test_in_one_step_pre_comes_before_post():
    trains = [[PRE], [PRE], [PRE + 0.999]]
    moved = weights(spike_driven(trains), 3 * second, parameters={"plastic.a_minus": 1.5})
    rate = 1 / TAU_C + 1 / TAU_D
    expected = exp(-0.999 / TAU_C) * -np.expm1(-rate * (3 - 1.1)) / rate
    assert moved[-1, 0] == pytest.approx(expected, rel=1e-12)
