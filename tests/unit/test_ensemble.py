"""Many runs at once are the runs one by one."""

import pytest
from brian2 import ms, second

import neuromodsim as nms
from neuromodsim.ensemble import ensemble

RUNS = [("paired", 1), ("published", 1), ("paired", 2), ("published", 2)]


@pytest.mark.cpp
def test_runs_at_once_are_those_made_one_by_one_and_in_order():
    """Fails when runs share something that one of them changes, or come back in another order."""
    count = []
    with ensemble("pairing", RUNS, jobs=4, done=lambda: count.append(1), duration=3 * second) as trees:
        together = list(trees)
    assert len(count) == len(RUNS)
    for (condition, seed), tree in zip(RUNS, together, strict=True):
        alone = nms.simulate("pairing", condition=condition, seed=seed, duration=3 * second)
        assert (tree.attrs["condition"], tree.attrs["seed"]) == (condition, seed)
        for node in ("spikes/pre", "synapses/excitatory", "modulators/dopamine"):
            assert tree[node].identical(alone[node])


def test_a_run_that_fails_is_not_passed_over():
    """Fails when an ensemble goes on with fewer runs than were asked for."""
    wrong = [*RUNS[:1], ("no such condition", 1)]
    with (
        pytest.raises(nms.WrongInput, match="no such condition"),
        ensemble("pairing", wrong, device="numpy", duration=5 * ms) as trees,
    ):
        list(trees)
