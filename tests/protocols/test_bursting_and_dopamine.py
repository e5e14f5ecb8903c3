"""One tagged synapse: who bursts, and what acetylcholine ends."""

import numpy as np
import pytest
from brian2 import ms, mV, second

import neuromodsim as nms

pytestmark = pytest.mark.cpp
SHORT = {"device": "cpp", "seed": 3, "duration": 0.5 * second}
SAMPLED = {
    "spikes": {name: nms.Window() for name in ("excitatory_cells", "inhibitory_cells")},
    "states": {"task.learned": 10 * ms},
    "only": {},
}
# Learned from the start, in cells that fire often.
LEARNED = {"excitatory__w_learned": 0 * mV, "cortex__noise_width": 30 * mV}


def run(condition, **parameters):
    named = {name.replace("__", "."): value for name, value in parameters.items()}
    return nms.simulate(
        "bursting_and_dopamine", condition=condition, parameters=named, record=SAMPLED, **SHORT
    )


def short_intervals(tree, cells):
    """Return the share of intervals between a cell's spikes that are of a burst, below 10 ms."""
    spikes = tree[f"spikes/{cells}"]
    gaps = np.diff(spikes.time.values)[np.diff(spikes.neuron.values) == 0]
    return float((gaps < 0.0095).mean())


@pytest.fixture(scope="module")
def bursting():
    return run("bursting")


@pytest.fixture(scope="module")
def regular():
    return run("regular")


def test_noradrenaline_makes_excitatory_cells_burst(bursting, regular):
    """Fails when the level does not reach the cells."""
    assert short_intervals(regular, "excitatory_cells") < 0.1
    assert short_intervals(bursting, "excitatory_cells") > 0.3


def test_inhibitory_cells_stay_what_they_are():
    """Fails when noradrenaline changes all cells: an inhibitory cell alone fires as without it."""
    alone = {"excitatory__w": 0 * mV, "inhibitory__w": 0 * mV, "excitatory__d_tonic": 0.0}
    times = [run(c, **alone)["spikes/inhibitory_cells"].time.values for c in ("bursting", "regular")]
    np.testing.assert_array_equal(*times)


@pytest.mark.parametrize("condition", ["bursting_then_calm", "bursting"])
def test_acetylcholine_comes_once_the_synapse_is_learned_if_it_latches(condition):
    """Fails when the latch does not close, closes without being asked to, or opens again."""
    tree = run(condition, **LEARNED)
    learned = tree["state/task"].learned.values.ravel()
    assert (np.diff(learned) >= 0).all()
    assert (learned[-1] > 0) == (condition == "bursting_then_calm")


def test_what_is_not_learned_does_not_latch():
    """Fails when any spike of the target closes the latch."""
    tree = run("bursting_then_calm", cortex__noise_width=30 * mV)
    assert (tree["state/task"].learned == 0).all()


def test_a_synapse_that_latched_earns_nothing_more():
    """Fails when rewards go on: coincidences after the latch are not counted."""
    tree = run("bursting_then_calm", **LEARNED, task__window=1000 * ms)
    learned = tree["state/task"].learned
    closed = float(learned.time[np.flatnonzero(learned.values.ravel())[0]])
    assert (tree["events/task_coincidence"].time <= closed + 0.01).all()
