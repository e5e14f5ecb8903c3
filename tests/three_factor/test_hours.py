"""Two hours of biological time in a compiled program: nothing overflows, and no digit is lost.

The running numbers of the event-driven program would leave the range of a double within minutes at a short
eligibility (exp(7200 s / 20 ms)) and lose digits at a long one, if nothing started them anew.
"""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import second

import neuromodsim as nms
from tests.pretend import WIDE, spike_driven
from tests.three_factor.oracle import Pair, weight

STEP = 0.005  # seconds
HOURS = 1_440_000  # steps
EVERY = 240_000
SPIKES, RELEASES = 14_400, 1_440
TAUS = {"fast": 0.02, "slow": 100.0}


@pytest.mark.cpp
@pytest.mark.slow
def test_two_hours_equal_the_closed_form(rng):
    counts = (SPIKES, SPIKES, RELEASES)
    trains = [np.sort(rng.choice(HOURS, count, replace=False)) for count in counts]
    subject = spike_driven([(train * STEP).tolist() for train in trains], dt=STEP * second)
    plastic, release = subject.circuit.projections
    both = tuple(
        replace(plastic, name=name, model=WIDE.with_parameters(tau_c=tau * second, a_minus=1.5))
        for name, tau in TAUS.items()
    )
    subject = replace(
        subject,
        name="hours",
        circuit=replace(subject.circuit, projections=(*both, release)),
        recording=nms.Recording(states={f"{name}.w": EVERY * STEP * second for name in TAUS}),
    )
    run = nms.simulate(subject, duration=HOURS * STEP * second)
    for name, tau in TAUS.items():
        found = run[f"synapses/{name}"]["weight"].values[:, 0]
        expected = weight(Pair(tau_c=tau), *trains, range(0, HOURS + 1, EVERY), STEP)
        assert np.isfinite(found).all() and np.ptp(expected) > 0.05
        np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-10 * np.max(np.abs(expected)))
