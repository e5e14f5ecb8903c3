"""Class-incremental learning: gated rules against NumPy, order of blocks and evaluations, and the gate."""

import os
from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms

import neuromodsim as nms
from neuromodsim.datasets import Labelled
from neuromodsim.numerics import randomness
from neuromodsim.protocols.class_incremental import experiment as cc
from neuromodsim.protocols.class_incremental.sequence import (
    MIXED_CLASS,
    SINGLE_IMAGE,
    WITHIN_CLASS,
    Gates,
    expect_fit,
    plan,
)
from neuromodsim.protocols.naca_classification import experiment as nc
from neuromodsim.simulation.values import gather
from tests.protocols import gated_reference as reference
from tests.protocols.naca_reference import STEPS, modulation

CELLS, CLASSES, PIXELS, SEED = 20, 3, 81, 4


@pytest.fixture(scope="module")
def images():
    """Return images of three classes, bright in different rows; class 2 has fewer than the others."""
    rng = np.random.default_rng(3)
    labels = np.array([0, 1, 2, 0, 1, 2, 0, 1, 0, 1, 2, 0, 1], np.int32)
    pixels = rng.integers(30, 200, (len(labels), 9, 9)) * (rng.random((len(labels), 9, 9)) < 0.4)
    for image, label in zip(pixels, labels, strict=True):
        image[3 * label + 1] += 50
    pixels = pixels.reshape(len(labels), PIXELS).astype(np.uint8)
    return Labelled("made", pixels, labels, np.arange(len(labels)) >= 8, (9, 9), CLASSES)


@pytest.fixture(scope="module")
def sequence(images):
    return cc.TaskSequence(name="made", images=nc.of(images), block=3, batch=2, passes=2, delta=1.0)


def experiment(sequence, rule):
    made = cc.class_incremental(sequence, rule, CELLS, single=False)
    states = {
        f"{name}.w": sequence.trials * cc.steps(cc.RULES[rule]) * ms
        for name in ("input_weights", "output_weights")
    }
    states["output.bias"] = sequence.trials * cc.steps(cc.RULES[rule]) * ms
    return replace(made, recording=replace(made.recording, states=states))


def both(sequence, images, rule, condition):
    """Return weights and votes of a run, and of the reference, with weights at the start."""
    made = experiment(sequence, rule)
    # Fast enough that sums differ from what they would be without the gate.
    changed = {"input_weights.eta": 0.2, "output_weights.eta": 0.2, "output.eta_bias": 0.1}
    run = nms.simulate(
        made, condition=condition, device="numpy", seed=SEED, progress=False, parameters=changed
    )
    given = gather(made, made.conditions[condition], changed, SEED, float(made.duration))
    shape = [(PIXELS, CELLS), (CELLS, CLASSES)]
    names = ("input_weights", "output_weights")
    w = [given.numbers[f"{n}.w"].reshape(s).copy() for n, s in zip(names, shape, strict=True)]
    hidden = given.numbers.get("hidden.bias", np.zeros(CELLS))
    b = [
        np.broadcast_to(given.numbers["output.bias"] if n else hidden, s).copy()
        for n, s in ((0, CELLS), (1, CLASSES))
    ]
    start = [a.copy() for a in w]
    rates = {k: float(p.value) for k, p in given.parameters.items()}
    options = {"eta": [0.2, 0.2], "eta_bias": [rates.get("hidden.eta_bias", 0.0), 0.1]}
    if "release.innervation" in given.tables:
        rows, innervation = given.tables["release.expectation_row"], given.tables["release.innervation"]
        options["modulation"] = modulation((innervation[rows] + innervation[rows + 1]) / 2)
        options["modulation"] = options["modulation"] * rates["release.modulated"]
    key = randomness.key(SEED, "pixels")
    votes = []
    for trial, image in enumerate(given.tables["task.image_at"]):
        x = images.images[image] / 255
        if cc.RULES[rule].spiking:
            steps = trial * STEPS + np.arange(STEPS)[:, None]
            x = (randomness.uniform(np.arange(PIXELS), steps, key, 1) < x).astype(float)
        gate = given.tables["hidden.gate_of"][given.tables["task.gate_at"][trial]]
        gate = gate if rates["hidden.gated"] else np.ones(CELLS)
        held = not given.tables["task.learning_at"][trial]
        before = [a.copy() for a in (*w, *b)]
        votes.append(reference.RULES[rule](x, int(images.labels[image]), w, b, gate=gate, **options))
        if held:
            for a, was in zip((*w, *b), before, strict=True):
                a[...] = was
    found = [run[f"synapses/{n}"].weight[-1].values.reshape(s) for n, s in zip(names, shape, strict=True)]
    said = run["events/output_verdict"].votes.values.reshape(-1, CLASSES)
    return start, found, w, said, np.array(votes)


@pytest.mark.parametrize("rule", sorted(reference.RULES))
@pytest.mark.parametrize("condition", ["gated", "no_gate"])
def test_a_rule_behind_a_gate_does_as_its_equations_say(sequence, images, rule, condition):
    """Catches a gate on the wrong cell or image, a slope that is missing, an evaluation that trains."""
    start, found, expected, said, votes = both(sequence, images, rule, condition)
    for before, after, wanted in zip(start, found, expected, strict=True):
        assert np.abs(wanted - before).max() > 1e-4, "nothing was learned, so nothing is compared"
        np.testing.assert_allclose(after - before, wanted - before, rtol=1e-10, atol=1e-14)
    np.testing.assert_allclose(said, votes, rtol=1e-10)


def test_gate_alone_leaves_hidden_weights_as_they_were(sequence, images):
    """Catches plasticity in the control that has none."""
    start, found, *_ = both(sequence, images, "naca", "gate_only")
    np.testing.assert_array_equal(found[0], start[0])
    assert np.abs(found[1] - start[1]).max() > 1e-4


def test_without_modulation_all_classes_move_a_synapse_alike(sequence):
    """Catches levels that still differ, which would be modulation."""
    made = experiment(sequence, "naca")
    given = gather(made, made.conditions["stdp"], {}, SEED, float(made.duration))
    assert np.all(given.tables["release.innervation"] == 0.75)
    assert modulation(np.array([0.75])) == pytest.approx(-1)


@pytest.fixture(scope="module")
def drawn(sequence, images):
    return plan(sequence, images, np.array([2, 0, 1]), CELLS, np.random.default_rng(1))


def test_blocks_and_evaluations_come_in_order(sequence, images, drawn):
    """Catches replay, an evaluation of training images, a filler that counts, a wrong end of a block."""
    assert {len(a) for a in (drawn.image, drawn.gate, drawn.learning, drawn.evaluation, drawn.ends)} == {
        sequence.trials
    }
    labels = images.labels[drawn.image].reshape(CLASSES, sequence.period)
    learning, evaluation, ends = (
        a.reshape(CLASSES, sequence.period) for a in (drawn.learning, drawn.evaluation, drawn.ends)
    )
    images_at = drawn.image.reshape(CLASSES, sequence.period)
    for block, number in enumerate((2, 0, 1)):
        own = images.train[images.labels[images.train] == number]
        trained = learning[block] == 1
        assert np.all(labels[block][trained] == number)
        assert sorted(images_at[block][trained]) == sorted([*own, *own])  # two passes
        assert np.flatnonzero(ends[block]).tolist() == [trained.sum() - 1]
        for kind, order in ((1, [2, 0, 0, 1, 1]), (2, None)):
            asked = evaluation[block] == kind
            assert set(images_at[block][asked]) == set(images.test)
            assert order is None or labels[block][asked].tolist() == order
        assert (
            images_at[block][evaluation[block] == 3].tolist()
            == images_at[block][evaluation[block] == 2].tolist()
        )
        assert not np.any((learning[block] == 1) & (evaluation[block] > 0))


def test_gates_are_of_what_is_shown_together(sequence, images, drawn):
    """Catches a gate of another image or batch, which is what makes or breaks the published result."""
    beside = np.arange(CELLS) * PIXELS // CELLS
    reach = images.images[images.train].std()

    def expect(trial, together):
        mean = images.images[together].mean(axis=0)
        wanted = mean[beside] > mean[beside].max() - reach
        np.testing.assert_array_equal(drawn.gate_of[drawn.gate[trial]], wanted)

    for trial in np.flatnonzero(drawn.evaluation == WITHIN_CLASS):
        label = images.labels[drawn.image[trial]]
        expect(trial, images.test[images.labels[images.test] == label])
    for trial in np.flatnonzero(drawn.evaluation == SINGLE_IMAGE):
        expect(trial, drawn.image[trial : trial + 1])
    start = np.flatnonzero(drawn.evaluation == MIXED_CLASS)[0]
    for k in range(len(images.test)):
        first = start + k // sequence.batch * sequence.batch
        expect(start + k, drawn.image[first : min(first + sequence.batch, start + len(images.test))])
    of_class = {tuple(drawn.gate_of[row]) for row in drawn.gate[drawn.evaluation == WITHIN_CLASS]}
    assert len(of_class) == CLASSES, "a batch of one class does not tell which class it is"


def test_the_gate_is_the_limit_of_the_published_one(rng):
    """The published one is a steep sigmoid of normalised pixels, resampled to the hidden cells."""
    images = rng.integers(0, 255, (6, PIXELS))
    batch, train = np.array([1, 4]), np.arange(5)
    normalised = (images / 255 - 0.13) / (images[train] / 255).std()
    mean = normalised[batch].mean(axis=0)[[int(j * PIXELS / 50) for j in range(50)]]
    published = 1 / (1 + np.exp(-np.clip(1000 * (mean - (mean.max() - 0.2)), -700, 700)))
    gates = Gates((images - 128).astype(np.int8), 50, 0.2, train)
    gates.of(batch)
    np.testing.assert_allclose(gates.rows[0], published, atol=1e-6)
    assert 0 < published.sum() < 50


real = pytest.mark.skipif(not os.environ.get("NEUROMODSIM_DATA"), reason="NEUROMODSIM_DATA names no folder")


@pytest.mark.parametrize(
    "name", ["digits", *(pytest.param(n, marks=real) for n in ("mnist", "spoken", "events"))]
)
def test_sequences_fit_their_data(name):
    """Catches sizes that a set does not have, and blocks of which most would be fillers."""
    sequence = cc.SEQUENCES[name]
    data = sequence.images.load()
    expect_fit(sequence, data)
    for most, chosen in ((sequence.block, data.train), (sequence.batch, data.test)):
        assert most <= np.bincount(data.labels[chosen]).max()


def test_what_cannot_be_learned_is_refused_before_a_run(sequence, images):
    with pytest.raises(nms.WrongInput, match="no learning rule 'nacca'; did you mean naca"):
        cc.class_incremental(sequence, "nacca")
    lost = replace(images, testing=images.testing & (images.labels != 2))
    without = replace(sequence, images=replace(sequence.images, load=lambda: lost))
    with pytest.raises(nms.WrongInput, match="made has no test image of class 2"):
        nms.simulate(cc.class_incremental(without, cells=CELLS), device="numpy", progress=False)
    with pytest.raises(nms.WrongInput, match="no training image of class 1"):
        replace(images, testing=images.testing | (images.labels == 1))
    with pytest.raises(nms.WrongInput, match="no test images"):
        replace(images, testing=np.zeros(len(images.labels), bool))
    wrong = replace(sequence, images=replace(sequence.images, count=12))
    with pytest.raises(nms.WrongInput, match="needs 12 images of 81 pixels in 3 classes; got 13"):
        nms.simulate(cc.class_incremental(wrong, cells=CELLS), device="numpy", progress=False)
