"""The digits experiment against the same algorithm written down again in NumPy."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms

import neuromodsim as nms
from neuromodsim import datasets
from neuromodsim.numerics import randomness
from neuromodsim.protocols.digits.circuit import network
from neuromodsim.protocols.digits.experiment import FAMILY, IMAGES, TEST, expectation_rows
from neuromodsim.simulation.values import gather
from tests.protocols.naca_reference import learn, modulation

CELLS, SHOWN, SEED = 30, 6, 4
EXPERIMENT = FAMILY.experiment()
SMALL = replace(EXPERIMENT, name="digits_small", circuit=network(CELLS))
RECORD = nms.Recording(
    spikes={name: nms.Window() for name in ("pixels", "hidden", "output")},
    states={"input_weights.w": 20 * ms, "output_weights.w": 20 * ms, "hidden.bias": 20 * ms},
    events={"task.trial_end": ("image", "label", "learning"), "output.verdict": ("votes",)},
)


def show(device: str, images: int = SHOWN, **options):
    """Return a run of the small network over a few images."""
    arguments = {"device": device, "seed": SEED, "record": RECORD, "progress": False} | options
    return nms.simulate(SMALL, duration=images * 20 * ms, **arguments)


@pytest.fixture(scope="module")
def run():
    return show("numpy")


def reference():
    """Return what the independent program makes of the same images, weights and random numbers."""
    condition = SMALL.conditions["modulated"]
    given = gather(SMALL, condition, {}, SEED, SHOWN * 0.02)
    images, labels = datasets.digits()
    order = given.tables["task.image_at"][:SHOWN]
    stream = [(images[k], labels[k], True) for k in order]
    weights = [
        given.numbers["input_weights.w"].reshape(64, CELLS),
        given.numbers["output_weights.w"].reshape(CELLS, 10),
    ]
    biases = [given.numbers["hidden.bias"], given.numbers["output.bias"]]
    rates = [float(given.parameters[f"{n}.eta"].value) for n in ("input_weights", "output_weights")]
    innervation, rows = given.tables["release.innervation"], given.tables["release.expectation_row"]
    return learn(stream, weights, biases, innervation, rows, randomness.key(SEED, "pixels"), rates)


def test_network_learns_as_the_equations_say(run):
    """Catches a wrong sign, order of layers, step of learning, modulation curve or reset."""
    weights, biases, votes = reference()
    for name, expected in zip(("input_weights", "output_weights"), weights, strict=True):
        found = run[f"synapses/{name}"].weight[-1].values.reshape(expected.shape)
        start = run[f"synapses/{name}"].weight[0].values.reshape(expected.shape)
        assert np.abs(expected - start).max() > 1e-3, "nothing was learned, so nothing is compared"
        np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-14)
    np.testing.assert_allclose(run["state/hidden"].bias[-1], biases[0], rtol=1e-10, atol=1e-14)
    np.testing.assert_array_equal(run["trials"].votes, votes)


def test_rows_of_a_dense_projection_do_as_queues_do(run, build_cache):
    """Catches a row that starts at the wrong synapse, or spikes left over from blocks of eight."""
    compiled = show("cpp")
    for name in ("pixels", "hidden", "output"):
        for column in ("time", "neuron"):
            expected, found = run[f"spikes/{name}"][column], compiled[f"spikes/{name}"][column]
            np.testing.assert_array_equal(found, expected)
    for name in ("input_weights", "output_weights"):
        expected, found = run[f"synapses/{name}"].weight, compiled[f"synapses/{name}"].weight
        np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-14)


def test_weights_are_frozen_where_learning_is_not_allowed():
    """Catches a test image that teaches."""
    frozen = {"task.learning_at": np.zeros(SMALL.task.tables["learning_at"].shape)}
    weight = show("numpy", images=2, parameters=frozen)["synapses/input_weights"].weight
    np.testing.assert_array_equal(weight[-1], weight[0])


def test_levels_held_at_the_turn_leave_input_weights_alone():
    """Catches a control that still learns below."""
    held = show("numpy", images=2, condition="unmodulated")
    weight = held["synapses/input_weights"].weight
    np.testing.assert_array_equal(weight[-1], weight[0])
    assert np.any(held["synapses/output_weights"].weight[-1] != held["synapses/output_weights"].weight[0])


def test_no_image_is_both_trained_on_and_tested():
    """Catches a split that leaks, and epochs that show an image twice."""
    seconds = 2 * IMAGES * 0.02
    tables = gather(EXPERIMENT, EXPERIMENT.conditions["modulated"], {}, 3, seconds).tables
    for epoch in (slice(0, IMAGES), slice(IMAGES, 2 * IMAGES)):
        images = tables["task.image_at"][epoch]
        learning = tables["task.learning_at"][epoch]
        assert sorted(images) == list(range(IMAGES))
        assert np.count_nonzero(learning == 0) == TEST
    first, second = (set(tables["task.image_at"][e][-TEST:]) for e in (slice(0, IMAGES), epoch))
    assert first == second


def test_a_longer_run_begins_like_a_shorter_one():
    """Catches random numbers of the preparation that depend on how long the run is."""
    short, long = (
        gather(EXPERIMENT, EXPERIMENT.conditions["modulated"], {}, 3, epochs * IMAGES * 0.02)
        for epochs in (1, 2)
    )
    assert np.array_equal(short.tables["task.image_at"][:IMAGES], long.tables["task.image_at"][:IMAGES])
    assert np.array_equal(short.tables["release.innervation"], long.tables["release.innervation"])


def test_expectation_rows_are_the_published_ones():
    assert expectation_rows(10).tolist() == [18, 15, 13, 11, 9, 8, 7, 5, 3, 0]
    assert expectation_rows(11).tolist() == [20, 16, 14, 12, 11, 10, 8, 7, 5, 3, 0]


@pytest.mark.parametrize(
    ("level", "value"),
    [
        (0, 1),
        (0.125, 1.2),
        (0.25, 1),
        (0.5, 0),
        (0.75, -1),
        (0.875, -1.2),
        (1, -1),
        (0.05, 1.128),
        (0.3, 0.64),
    ],
)
def test_the_reference_curve_has_the_published_landmarks(level, value):
    assert modulation(np.array(level)) == pytest.approx(value)


def test_more_images_than_a_run_can_show_are_refused():
    with pytest.raises(nms.WrongInput, match="must show at most"):
        nms.simulate(SMALL, device="numpy", duration="100000s", record=nms.Recording())
