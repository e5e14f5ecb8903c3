"""Cells that wait in a ring give the same run as Brian2's queue of synapses, to the bit."""

from dataclasses import replace

import numpy as np
import pytest

import neuromodsim as nms
from neuromodsim.backends import waiting
from tests.backends.subjects import RICH

pytestmark = pytest.mark.cpp


def mixed_up(setting):
    """Return the tables of the subject, and synapses in no order of cells, some of them twice."""
    pairs = {}
    for name in ("plastic", "inhibition"):
        i, j = setting.wiring[name]
        order = setting.rng.permutation(len(i))
        i, j = i[order], j[order]
        i[-1], j[-1] = i[0], j[0]
        pairs[name] = (i, j)
    return nms.Prepared({"task.level": np.arange(5.0) / 7}, pairs)


@pytest.mark.parametrize("prepare", [RICH.prepare, mixed_up], ids=["cell by cell", "in no order"])
def test_spikes_wait_as_in_the_queue(prepare, monkeypatch):
    """Catches a delay of another step, a lost or doubled synapse, and another order of touching them."""
    subject = replace(RICH, prepare=prepare, name="waiting")
    ours = nms.simulate(subject, seed=2, progress=False)
    assert float(abs(ours["synapses/plastic"].weight - ours["synapses/plastic"].weight[0]).max()) > 0.1
    monkeypatch.setattr(waiting, "use_ring", lambda synapses, step, turns: None)
    theirs = nms.simulate(replace(subject, name="queued"), seed=2, progress=False)
    for node in ours.subtree:
        for name, values in node.to_dataset(inherit=False).variables.items():
            np.testing.assert_array_equal(
                values.values, theirs[node.path][name].values, f"{node.path}/{name}"
            )
