"""NACA with more hidden layers, other innervation and other splits, against NumPy and by their numbers."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms

import neuromodsim as nms
from neuromodsim.datasets import Labelled
from neuromodsim.numerics import randomness
from neuromodsim.protocols.naca_classification import experiment as nc
from neuromodsim.simulation.values import gather
from tests.protocols.naca_reference import DECAY, LENS, STEPS, THETA, modulation

CELLS, CLASSES, TRAINED, SEED = 11, 3, 8, 5
WEIGHTS = ("input_weights", "hidden_2_weights", "hidden_3_weights", "output_weights")
LAYERS = ("hidden", "hidden_2", "hidden_3", "output")


@pytest.fixture(scope="module")
def images():
    rng = np.random.default_rng(8)
    pixels = (rng.integers(60, 256, (10, 49)) * (rng.random((10, 49)) < 0.5)).astype(np.uint8)
    labels = np.arange(10, dtype=np.int32) % CLASSES
    groups = tuple("abcde"[k % 5] for k in range(10))
    return Labelled("made", pixels, labels, np.arange(10) >= TRAINED, (7, 7), CLASSES, groups)


def layer(arrived, w, b):
    """Return spikes and slopes of a layer, (step, cell), for spikes that arrive."""
    v = before = np.zeros(len(b))
    spikes, slopes = [], []
    for t in range(STEPS):
        v = DECAY * v * (1 - before) + arrived[t] @ w + b
        slopes.append((v > THETA - LENS) - before)
        before = (v > THETA).astype(float)
        spikes.append(before)
    return np.array(spikes), np.array(slopes)


def test_every_hidden_layer_changes_by_the_levels_of_its_own_modulator(images):
    """Catches layers that share a modulator, skip a step, or take another step's spikes from below."""
    made = nc.classification(nc.of(images), cells=CELLS, epochs=1, single=False, layers=3)
    states = {f"{name}.w": 20 * ms for name in WEIGHTS} | {f"{name}.bias": 20 * ms for name in LAYERS}
    made = replace(made, recording=replace(made.recording, states=states))
    # Cells of deeper layers are driven by few others here; a bias makes them fire.
    firing = {f"{name}.bias": np.full(CELLS, 0.2) for name in LAYERS[1:3]}
    run = nms.simulate(made, device="numpy", seed=SEED, progress=False, parameters=firing)
    given = gather(made, made.conditions["trained"], firing, SEED, float(made.duration))
    sizes = [images.pixels, CELLS, CELLS, CELLS, CLASSES]
    w = [given.numbers[f"{n}.w"].reshape(sizes[k : k + 2]).copy() for k, n in enumerate(WEIGHTS)]
    b = [given.numbers[f"{n}.bias"].copy() for n in LAYERS]
    start = [a.copy() for a in (*w, *b)]
    rate = {k: float(p.value) for k, p in given.parameters.items()}
    levels = []
    for k in ("", "_2", "_3"):
        rows = given.tables[f"release{k}.expectation_row{k}"]
        strength = given.tables[f"release{k}.innervation{k}"]
        levels.append(modulation((strength[rows] + strength[rows + 1]) / 2))
    for trial, image in enumerate(given.tables["task.image_at"][:TRAINED]):
        label = images.labels[image]
        steps = trial * STEPS + np.arange(STEPS)[:, None]
        drawn = randomness.uniform(np.arange(images.pixels), steps, randomness.key(SEED, "pixels"), 1)
        seen = [(drawn < images.images[image] / 255).astype(float)]
        slopes = []
        for k in range(4):
            spikes, slope = layer(seen[-1], w[k], b[k])
            seen.append(spikes)
            slopes.append(slope[-1])
        for k in range(3):
            drive = levels[k][label] * slopes[k]
            w[k] -= rate[f"{WEIGHTS[k]}.eta"] * np.outer(seen[k][-1], drive)
            b[k] -= rate[f"{LAYERS[k]}.eta_bias"] * drive
        mistake = seen[4].mean(axis=0) - (np.arange(CLASSES) == label)
        w[3] -= rate["output_weights.eta"] * np.outer(seen[3].mean(axis=0), mistake)
        b[3] -= rate["output.eta_bias"] * mistake
    found = [run[f"synapses/{n}"].weight[-1].values.ravel() for n in WEIGHTS]
    found += [run[f"state/{n}"].bias[-1].values for n in LAYERS]
    for before, after, wanted in zip(start, found, (*w, *b), strict=True):
        assert np.abs(wanted - before).max() > 1e-7, "nothing was learned, so nothing is compared"
        np.testing.assert_allclose(after - before.ravel(), (wanted - before).ravel(), rtol=1e-10, atol=1e-15)


def test_one_layer_stays_what_it_was_beside_more(images):
    """Catches a draw for a deeper layer that moves the order of images or the first layer's levels."""
    one, three = (
        gather(made, made.conditions["trained"], {}, SEED, float(made.duration))
        for made in (nc.classification(nc.of(images), cells=CELLS, epochs=1, layers=n) for n in (1, 3))
    )
    for name in one.tables:
        np.testing.assert_array_equal(one.tables[name], three.tables[name])
    assert not np.array_equal(three.tables["release.innervation"], three.tables["release_2.innervation_2"])


@pytest.mark.parametrize(
    ("kind", "ends", "spread"), [("uniform", 0, 1 / 12), ("normal", 0.617, 0.191), ("beta", 0, 1 / 8)]
)
def test_innervation_is_drawn_as_published(images, kind, ends, spread):
    """Catches a wrong distribution: share of strengths at 0 or 1, and variance, of closed form."""
    made = nc.classification(nc.of(images), cells=4000, epochs=1, innervation=kind)
    strengths = gather(made, made.conditions["trained"], {}, SEED, 0.1).tables["release.innervation"]
    assert np.mean((strengths == 0) | (strengths == 1)) == pytest.approx(ends, abs=0.01)
    assert strengths.var() == pytest.approx(spread, abs=0.005)
    assert strengths.mean() == pytest.approx(0.5, abs=0.01)


def test_each_seed_holds_another_speaker_out(images):
    """Catches a split that does not depend on the seed, or tests on speakers that were trained on."""
    source = replace(nc.of(images), leave_one_out=True)
    for seed in range(6):
        data = source.split(seed)
        assert {data.groups[k] for k in data.test} == {"abcde"[seed % 5]}
        assert "abcde"[seed % 5] not in {data.groups[k] for k in data.train}


def test_only_rules_that_send_nothing_back_can_be_deep(images):
    with pytest.raises(nms.WrongInput, match="needs one hidden layer; got 2"):
        nc.classification(nc.of(images), rule="bp", layers=2)
    with pytest.raises(nms.WrongInput, match="innervation"):
        nc.classification(nc.of(images), innervation="cauchy")
