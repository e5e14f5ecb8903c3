"""Individual delays in compiled programs: runs of synapses wait, and each is brought up to date by itself."""

import numpy as np
import pytest

from tests.differential import circuits, plain, rules
from tests.differential.compare import RTOL
from tests.differential.spikes import spikes

# A weight with bounds each, moved in both directions by levels that change their sign. Delays of one side or
# of both, also with events of the source, of synapses in the order of their delays and in none.
SEEDS = (195, 314, 442, 446, 580)


@pytest.mark.cpp
def test_synapses_of_a_cell_are_brought_up_to_date_at_different_times():
    """Catches turns of a modulator that are noted as passed by all synapses of a cell that fired."""
    drawn = [rules.rule(seed) for seed in SEEDS]
    assert all(isinstance(one.delay, tuple) or isinstance(one.post_delay, tuple) for one in drawn)
    found = circuits.found(drawn, spikes(0), "cpp", "event-driven")
    for rule, values in zip(drawn, found, strict=True):
        expected = plain.weights(rule, spikes(0), clock=False)
        np.testing.assert_allclose(values, expected, rtol=RTOL, atol=1e-12, err_msg=str(rule))
