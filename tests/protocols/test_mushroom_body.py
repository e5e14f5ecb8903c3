"""The mushroom body against its equations written down again, its task sequence, and what it must learn."""

from dataclasses import replace

import numpy as np
import pytest
import xarray as xr
from brian2 import ms

import neuromodsim as nms
from neuromodsim.protocols.mushroom_body import experiment as mb
from neuromodsim.protocols.mushroom_body.sequence import QUIET, Stimuli, class_order, expect_fit, schedule

CELLS, CLAWS, TRIALS, SEED = 150, 7, 12, 3
SMALL = replace(mb.experiment(mb.DIGITS, CELLS, CLAWS), name="mushroom_body_small")
EVERY = {
    "spikes": dict.fromkeys(
        ("projection_neurons", "kenyon_cells", "output_neurons", "dopamine_neurons"), nms.Window()
    ),
    "states": {"memory.depression": TRIALS * mb.TRIAL, "dopamine.D1": 1 * ms, "apl.inhibition": 1 * ms},
    "windows": {},
}
STEPS = TRIALS * round(mb.TRIAL / ms)


@pytest.fixture(scope="module")
def run():
    """Return the first images of the first training block, with all spikes and every step of dopamine."""
    return nms.simulate(SMALL, device="numpy", seed=SEED, duration=TRIALS * mb.TRIAL, record=EVERY)


def raster(run, name: str, cells: int) -> np.ndarray:
    """Return which cell fired in which step, shape ``(step, cell)``."""
    spikes = run[f"spikes/{name}"]
    fired = np.zeros((STEPS, cells), bool)
    fired[np.round(spikes.time.values * 1000).astype(int), spikes.neuron.values] = True
    return fired


def reference(run) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return spikes of Kenyon cells and of output neurons, and depression, from inputs and dopamine.

    Written down again from the equations, in mV and ms, one step after the other.
    """
    synapses = run["synapses/claws"]
    claws = np.zeros((64, CELLS))
    claws[synapses.pre.values, synapses.post.values] = 1
    inputs, level = raster(run, "projection_neurons", 64), run["modulators/dopamine"].D1.values
    kenyon, output = np.zeros((STEPS, CELLS), bool), np.zeros((STEPS, 10), bool)
    v, out, inhibition, fired = np.zeros(CELLS), np.zeros(10), 0.0, 0.0
    tag, depression = np.zeros(CELLS), np.zeros((CELLS, 10))
    leak, keep = np.exp(-1 / 100), np.exp(-1 / 40)
    for step in range(STEPS):
        rests = step % 40 == 0  # every image starts from rest
        depression += 100 * tag[:, None] * level[step] * 0.040 * (1 - keep)
        tag *= keep
        v = (v + 0.4 * (inputs[step] @ claws)) * leak - inhibition * 100 * (1 - leak)
        v *= not rests
        kenyon[step] = v > 20
        v[kenyon[step]] = 0
        out = (out + kenyon[step] @ np.exp(-depression)) * np.exp(-1 / 1000) * (not rests)
        tag += kenyon[step]
        output[step] = out > 0.5
        out -= 0.5 * output[step]
        fired = (fired + kenyon[step].mean()) * (not rests)
        inhibition = 40 / (1 + (0.05 / (fired + 1e-9)) ** 8)
    return kenyon, output, depression


def test_circuit_does_as_the_equations_say(run):
    """Catches a wrong order of layers, a missing reset, inhibition of the wrong sign, dopamine misread."""
    kenyon, output, depression = reference(run)
    assert kenyon.sum() > 50 and output.sum() > 500, "hardly a spike, so nothing is compared"
    np.testing.assert_array_equal(raster(run, "kenyon_cells", CELLS), kenyon)
    np.testing.assert_array_equal(raster(run, "output_neurons", 10), output)
    found = run["synapses/memory"].depression[-1].values.reshape(CELLS, 10)
    assert depression.max() > 0.1, "nothing was learned"
    np.testing.assert_allclose(found, depression, rtol=1e-9, atol=1e-12)


def test_a_training_block_leaves_the_other_compartments_alone(run):
    """Catches dopamine that flows between compartments, and dopamine neurons that fire for others."""
    digit = int(run["trials"].label[0])
    depression = run["synapses/memory"].depression[-1].values.reshape(CELLS, 10)
    assert depression[:, digit].max() > 0.1
    assert np.all(np.delete(depression, digit, axis=1) == 0)
    cells = set((run["spikes/dopamine_neurons"].neuron.values // 5).tolist())
    assert cells == {digit}


def test_inhibition_leaves_a_few_percent_of_kenyon_cells(run):
    """Catches an APL that comes too late, or not at all."""
    share = run["events/apl_verdict"].fired.values
    free = nms.simulate(
        SMALL,
        condition="no_apl",
        device="numpy",
        seed=SEED,
        duration=2 * mb.TRIAL,
        record={**EVERY, "states": {}},
    )
    assert np.all((share > 0.02) & (share < 0.15))
    assert free["events/apl_verdict"].fired.values.mean() > 3 * share.mean()


@pytest.fixture
def few() -> tuple[mb.TaskSequence, Stimuli]:
    """Return 60 images of 10 classes, 40 of them for training."""
    labels = np.arange(60, dtype=np.int32) % 10
    stimuli = Stimuli(np.zeros((60, 4), np.int8), labels, np.arange(40), np.arange(40, 60))
    sequence = mb.TaskSequence(
        name="few", images=60, pixels=4, training=40, testing=20, evaluation=3, load=lambda rng: stimuli
    )
    return sequence, stimuli


def test_classes_come_one_after_the_other_each_image_once(few, rng):
    """Catches replay, training with test images, an evaluation that trains, and one on classes to come."""
    sequence, stimuli = few
    order = class_order(-1, rng)
    image, training = schedule(sequence, stimuli, order, rng)
    assert len(image) == len(training) == sequence.trials
    trained = image[training == 1]
    assert sorted(trained) == stimuli.training.tolist()
    assert stimuli.labels[trained].tolist() == np.repeat(order, 4).tolist()
    evaluated = np.flatnonzero((training == 0) & (image >= 0))
    assert set(image[evaluated]) <= set(stimuli.testing)
    so_far = [set(stimuli.labels[image[:k][training[:k] == 1]]) for k in evaluated]
    assert all(stimuli.labels[image[k]] in seen for k, seen in zip(evaluated, so_far, strict=True))
    assert sorted(image[-sequence.testing :]) == stimuli.testing.tolist()
    ends = np.flatnonzero(np.diff(training) == -1)
    assert all(np.all(image[end + 1 : end + 1 + QUIET] == -1) for end in ends)


def test_an_order_by_number_is_the_same_for_every_seed():
    """Catches orders that change with the cells, which would compare two things at once."""
    orders = [[class_order(k, np.random.default_rng(s)).tolist() for k in range(1, 6)] for s in (0, 1)]
    assert orders[0] == orders[1]
    assert len({tuple(order) for order in orders[0]}) == 5
    drawn = [class_order(-1, np.random.default_rng(s)).tolist() for s in range(3)]
    assert len({tuple(order) for order in drawn}) == 3


def test_the_most_silent_output_neuron_is_the_answer():
    """Catches the loudest taken for the answer, and ties that go to the first."""
    votes = np.tile(np.arange(20.0, 30.0), (3, 1))
    votes[0, 4], votes[1, 7], votes[2, [2, 8]] = 1, 0, 5
    left = np.zeros((3, 10))
    left[2, 2], left[2, 8] = 0.4, 0.1
    trials = xr.Dataset({n: ("trial", v) for n, v in (("label", [4, 1, 8]), ("training", [1.0, 0.0, 0.0]))})
    verdict = xr.Dataset({"votes": ("event", votes.ravel()), "v": ("event", left.ravel())})
    tree = xr.DataTree.from_dict({"trials": trials, "events/output_neurons_verdict": verdict})
    mb.add_answers(tree)
    assert tree["trials"].answer.values.tolist() == [4, 7, 8]
    assert tree["trials"].correct.values.tolist() == [True, False, True]
    assert tree["trials"].tied.values.tolist() == [False, False, True]
    assert tree["trials"].trained.values.tolist() == [1, 1, 1]


def test_a_class_without_images_is_refused(few, rng):
    sequence, stimuli = few
    lost = replace(stimuli, training=stimuli.training[stimuli.labels[stimuli.training] != 6])
    with pytest.raises(nms.WrongInput, match="got none of class 6"):
        schedule(sequence, lost, np.arange(10), rng)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            {"rows": np.zeros((60, 5), np.int8)},
            "60 labelled images of 1 frames and 4 pixels; got rows of shape .60, 5.",
        ),
        ({"labels": np.full(60, 12, np.int32)}, "Labels of 'few' must be from 0 to 9; got 12 for image 0"),
        ({"testing": np.arange(0)}, "40 training images and 20 test images; got 40 and 0"),
    ],
)
def test_stimuli_that_do_not_fit_are_refused(few, wrong, message):
    sequence, stimuli = few
    with pytest.raises(nms.WrongInput, match=message):
        expect_fit(sequence, replace(stimuli, **wrong))


def test_more_trials_than_the_sequence_has_are_refused():
    with pytest.raises(nms.WrongInput, match="at most 3667 trials"):
        nms.simulate(SMALL, device="numpy", duration="1000s", record=nms.Recording())


def test_frames_of_a_recording_follow_each_other():
    """Catches a recording that goes on into the next one, and one that starts late."""
    labels = np.arange(30, dtype=np.int32) % 10
    seen = np.zeros((150, 64), np.int8)
    seen[np.arange(150), np.arange(150) % 64] = 127
    rows = Stimuli(seen, labels, np.arange(20), np.arange(20, 30))
    sizes = {"images": 30, "training": 20, "testing": 10, "evaluation": 1, "frames": 5}
    sequence = replace(mb.DIGITS, load=lambda rng: rows, **sizes)
    shown = nms.simulate(
        mb.experiment(sequence, 20, 3),
        device="numpy",
        duration=2 * mb.TRIAL,
        record={**EVERY, "states": {}},
        parameters={"apl.strongest": "0*mV/ms"},
    )
    second = int(shown["trials"].image[1])
    neurons = shown["spikes/projection_neurons"].to_dataset()
    late = neurons.time.values > 0.0395
    order = np.argsort(neurons.time.values[late], kind="stable")
    fired = neurons.neuron.values[late][order].tolist()
    expected = [k % 64 for k in range(5 * second, 5 * second + 5)]
    assert fired[:5] == expected
    assert set(fired[5:]) == {expected[-1]}  # the last frame stays


@pytest.mark.cpp
def test_ten_classes_are_kept_and_dopamine_everywhere_keeps_none(build_cache):
    """Catches a memory that later training overwrites, in the whole compiled experiment."""
    kept, lost = (
        nms.simulate(
            mb.FAMILY.experiment(), condition=condition, seed=100, record={"spikes": {}, "states": {}}
        )
        for condition in ("compartments", "one_compartment")
    )
    right = []
    for run in (kept, lost):
        trials = run["trials"].to_dataset().isel(trial=slice(-mb.DIGITS.testing, None))
        right.append(float(trials.correct.mean()))
    assert right[0] > 0.88  # 0.93 on average, sd 0.01
    assert right[1] < 0.2
