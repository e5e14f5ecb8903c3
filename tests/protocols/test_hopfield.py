"""The Hopfield network against NumPy: the same weights, the same bits."""

import json

import numpy as np

import neuromodsim as nms
from neuromodsim.protocols.hopfield.experiment import FAMILY, FREE, TESTED

UNITS = 30


def test_stored_patterns_are_retrieved_as_by_numpy():
    """Fails when a pattern is stored twice or late, or a unit feeds itself."""
    run = nms.simulate(
        FAMILY.experiment(units=UNITS), condition="overloaded", seed=2, device="numpy", progress=False
    )
    s, stored = run["state/units"].s.values, json.loads(run.attrs["notes"])["patterns"]
    assert stored == round(0.3 * UNITS)
    patterns = s[1 : stored + 1]
    assert len({tuple(p) for p in patterns}) == stored
    weights = patterns.T @ patterns / UNITS
    np.fill_diagonal(weights, 0)
    wrong = run["retrieval"].wrong
    for trial in range(stored):
        begins = stored + trial * (1 + FREE)
        assert (s[begins + 1] != patterns[trial]).sum() == round(0.2 * UNITS)
        for step in range(1, 1 + FREE):
            field = weights @ s[begins + step]
            decided = np.abs(field) > 1e-9  # a field of zero gives either sign
            assert (s[begins + step + 1] == np.sign(field))[decided].all(), (trial, step)
        assert wrong.values[1, trial] == (s[begins + 1 + FREE] != patterns[trial]).mean()
    assert wrong.sizes["trial"] == min(stored, TESTED)
