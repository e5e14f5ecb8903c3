"""Each learning rule against the same algorithm written down again in NumPy, and against gradients."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms

import neuromodsim as nms
from neuromodsim.backends import compiler
from neuromodsim.datasets import Labelled
from neuromodsim.numerics import randomness
from neuromodsim.protocols.naca_classification import experiment as nc
from neuromodsim.simulation.values import gather
from tests.protocols import credit_reference as reference
from tests.protocols.naca_reference import STEPS, modulation

CELLS, CLASSES, TRAINED, TESTED, SEED = 16, 3, 9, 3, 4


@pytest.fixture(scope="module")
def images():
    """Return a few images of 81 pixels, some of them dark: no multiple of what a processor does at once."""
    rng = np.random.default_rng(3)
    count = TRAINED + TESTED
    pixels = (rng.integers(30, 256, (count, 81)) * (rng.random((count, 81)) < 0.4)).astype(np.uint8)
    labels = np.arange(count, dtype=np.int32) % CLASSES
    return Labelled("made", pixels, labels, np.arange(count) >= TRAINED, (9, 9), CLASSES)


def experiment(images, rule, single=False):
    made = nc.classification(nc.of(images), rule, cells=CELLS, epochs=1, single=single)
    every = nc.steps(nc.RULES[rule]) * ms
    states = {f"{name}.w": every for name in ("input_weights", "output_weights")}
    states |= {f"{name}.bias": every for name in ("hidden", "output")}
    return replace(made, recording=replace(made.recording, states=states))


def both(images, rule, teacher=None, parameters=None, ends=None):
    """Return weights and biases of a run and of the reference, before and after the images."""
    made = experiment(images, rule)
    changed = dict(parameters or {})
    if ends is not None:
        at = np.zeros(made.task.tables["ends_class_at"].shape, np.int8)
        at[ends] = 1
        changed["task.ends_class_at"] = at
    run = nms.simulate(made, device="numpy", seed=SEED, progress=False, parameters=changed)
    given = gather(made, made.conditions["trained"], changed, SEED, float(made.duration))
    shape = [(images.pixels, CELLS), (CELLS, CLASSES)]
    w = [
        given.numbers[f"{n}.w"].reshape(s).copy() for n, s in zip(("input_weights", "output_weights"), shape)
    ]
    b = [given.numbers[f"{n}.bias"].copy() for n in ("hidden", "output")]
    start = [a.copy() for a in (*w, *b)]
    options = fixed_parts(given, rule)
    teach = teacher or reference.RULES[rule]
    spiking, every = nc.RULES[rule].spiking, nc.steps(nc.RULES[rule])
    key = randomness.key(SEED, "pixels")
    for trial, image in enumerate(given.tables["task.image_at"][:TRAINED]):
        x = images.images[image] / 255
        if spiking:
            steps = trial * every + np.arange(STEPS)[:, None]
            x = (randomness.uniform(np.arange(images.pixels), steps, key, 1) < x).astype(float)
        extra = {} if ends is None else {"ends": trial in ends}
        teach(x, int(images.labels[image]), w, b, **options, **extra)
    found = [run[f"synapses/{n}"].weight[-1].values for n in ("input_weights", "output_weights")]
    found = [f.reshape(s) for f, s in zip(found, shape)]
    found += [run[f"state/{n}"].bias[-1].values for n in ("hidden", "output")]
    return start, found, [*w, *b]


def fixed_parts(given, rule):
    """Return rates and fixed random numbers of a rule, as they were given to the run."""
    rates = {k: float(p.value) for k, p in given.parameters.items()}
    options = {
        "eta": [rates["input_weights.eta"], rates["output_weights.eta"]],
        "eta_bias": [rates["hidden.eta_bias"], rates["output.eta_bias"]],
    }
    if nc.RULES[rule].signal == "expectation":
        rows, innervation = given.tables["release.expectation_row"], given.tables["release.innervation"]
        options["modulation"] = modulation((innervation[rows] + innervation[rows + 1]) / 2)
    if nc.RULES[rule].signal == "label":
        options["projection"] = given.tables["release.projection"]
    if nc.RULES[rule].feedback is not None:
        options["feedback"] = given.numbers["feedback.B"].reshape(CLASSES, CELLS)
    if rule == "sign_symmetric":
        options["magnitude"] = given.numbers["output_weights.magnitude"].reshape(CELLS, CLASSES)
    return options


def compare(start, found, expected):
    for before, after, wanted in zip(start, found, expected, strict=True):
        assert np.abs(wanted - before).max() > 1e-7, "nothing was learned, so nothing is compared"
        np.testing.assert_allclose(after - before, wanted - before, rtol=1e-10, atol=1e-15)


@pytest.mark.parametrize("rule", sorted(reference.RULES))
def test_a_rule_changes_weights_as_its_equations_say(images, rule):
    """Catches a wrong sign, order within a step, trace, backward pass, or a test image that teaches."""
    compare(*both(images, rule))


@pytest.mark.parametrize(
    ("rule", "gradients"),
    [("ewc", reference.graded_gradients), ("ewc_bptt", reference.gradients_through_time)],
)
def test_elastic_weights_are_pulled_back_by_what_mattered(images, rule, gradients):
    """Catches an importance of the wrong class, an anchor that is not set, and a pull that is missing."""
    lam = {"input_weights.lam": 2e3, "output_weights.lam": 2e3}
    ends = [2, 6]
    start, found, expected = both(images, rule, reference.Elastic(gradients, 2e3), lam, ends)
    compare(start, found, expected)
    _, free, _ = both(images, rule, reference.Elastic(gradients, 0.0), dict.fromkeys(lam, 0.0), ends)
    assert np.abs(found[0] - free[0]).max() > 1e-6, "the pull does nothing here, so nothing is compared"


def numbers(rng, pixels=12, cells=9, classes=3):
    w = [rng.normal(0, 0.4, (pixels, cells)), rng.normal(0, 0.6, (cells, classes))]
    return w, [rng.normal(0, 0.1, cells), rng.normal(0, 0.1, classes)]


def slope(loss, array, at, step=1e-6):
    before = array[at]
    values = []
    for sign in (1, -1):
        array[at] = before + sign * step
        values.append(loss())
    array[at] = before
    return (values[0] - values[1]) / (2 * step)


def test_backpropagation_is_the_gradient(rng):
    """Catches an error in the reference that the engine would share."""
    w, b = numbers(rng)
    x = rng.random(12)

    def loss():
        return 0.5 * np.sum((reference.graded_forward(x, w, b)[1] - (np.arange(3) == 1)) ** 2)

    dw, db = reference.graded_gradients(x, 1, w, b)
    for arrays, found in ((w, dw), (b, db)):
        for layer in (0, 1):
            for at in list(np.ndindex(arrays[layer].shape))[::5]:
                assert found[layer][at] == pytest.approx(slope(loss, arrays[layer], at), rel=1e-6, abs=1e-9)


def test_the_backward_pass_is_the_gradient_of_spikes_with_a_slope(rng):
    """Catches a step too few in the backward pass, and a leak in the wrong direction.

    A spike has no derivative; one that rises in a straight line does, and it is the box. Resets are held,
    since the rule leaves them out of the derivative.
    """
    w, b = numbers(rng)
    x = (rng.random((STEPS, 12)) < 0.3).astype(float)
    resets = [s for _, s, _ in reference.forward(x, w, b, reference.soft)]

    def loss():
        s = reference.forward(x, w, b, reference.soft, resets)[1][1]
        return 0.5 * np.sum(reference.mistake(s, 2) ** 2)

    dw, _ = reference.gradients_through_time(x, 2, w, b, reference.soft, resets)
    assert np.count_nonzero(dw[0]) > 20
    for layer in (0, 1):
        for at in list(np.ndindex(w[layer].shape))[::4]:
            assert dw[layer][at] == pytest.approx(slope(loss, w[layer], at), rel=1e-5, abs=1e-8)


def test_forward_weights_come_to_point_along_random_feedback():
    """Catches feedback that teaches nothing: in alignment the angle to backpropagation falls below 90°."""
    from sklearn.datasets import load_digits

    data = load_digits()
    rng = np.random.default_rng(5)
    w = [(2 * rng.random(s) - 1) / np.sqrt(s[0]) for s in ((64, 60), (60, 10))]
    b = [np.zeros(60), np.zeros(10)]
    feedback = rng.normal(0, 0.3, (10, 60))

    def angle():
        """Return the mean angle between what comes back and what backpropagation would send, in degrees."""
        angles = []
        for image, label in zip(data.data[:200] / 16, data.target[:200]):
            _, y = reference.graded_forward(image, w, b)
            delta = (y - (np.arange(10) == label)) * y * (1 - y)
            one, other = feedback.T @ delta, w[1] @ delta
            angles.append(np.degrees(np.arccos(one @ other / np.linalg.norm(one) / np.linalg.norm(other))))
        return np.mean(angles)

    before = angle()
    for _ in range(3):
        for image, label in zip(data.data[:1500] / 16, data.target[:1500]):
            reference.feedback_alignment(image, label, w, b, [0.1] * 2, [0.1] * 2, feedback=feedback)
    assert before > 80
    assert angle() < 60


def test_bad_input_is_refused_before_a_run(images):
    with pytest.raises(nms.WrongInput, match="no learning rule 'nacca'; did you mean naca"):
        nc.classification(nc.MNIST, "nacca")
    with pytest.raises(nms.WrongInput, match="from 1 to 20; got 0"):
        nc.classification(nc.MNIST, epochs=0)
    wrong = nc.Images("made", lambda: images, 12, 100, CLASSES)
    with pytest.raises(nms.WrongInput, match="needs 12 images of 100 pixels in 3 classes; got 12 of 81"):
        nms.simulate(nc.classification(wrong), device="numpy", progress=False)


def test_bytes_keep_the_brightness_that_spikes_are_drawn_from(images):
    stored = nc.as_bytes(images, 1.0).astype(int) + 128
    np.testing.assert_array_equal(stored, images.images)
    graded = replace(images, images=images.brightness())
    np.testing.assert_array_equal(nc.as_bytes(graded, 1.0).astype(int) + 128, images.images)
    assert np.all(nc.as_bytes(graded, 0.1)[graded.images > 0.1] == 127)


@pytest.mark.cpp
@pytest.mark.parametrize(
    ("rule", "single", "flags"),
    [("bptt", False, ()), ("naca", True, ()), ("naca", True, ("-mno-avx512bw", "-mno-avx512vl"))],
)
def test_compiled_rows_do_as_queues_do(images, rule, single, flags, monkeypatch):
    """Catches a row whose sum for the source is torn apart, another order of sums, and a cell left out.

    Once more as a processor without vectors of 512 bits does it.
    """
    monkeypatch.setattr(compiler, "FLAGS", compiler.FLAGS + flags)
    made = experiment(images, rule, single)
    everyone = dict.fromkeys(("pixels", "hidden", "output"), nms.Window())
    made = replace(made, recording=replace(made.recording, spikes=everyone))
    runs = [nms.simulate(made, device=d, seed=SEED, progress=False) for d in ("numpy", "cpp")]
    for name in everyone:
        for column in ("time", "neuron"):
            one, other = (run[f"spikes/{name}"][column].values for run in runs)
            np.testing.assert_array_equal(other, one)
    for name in ("input_weights", "output_weights"):
        one, other = (run[f"synapses/{name}"].weight.values for run in runs)
        assert one.dtype == (np.float32 if single else np.float64)
        np.testing.assert_allclose(other, one, rtol=1e-6 if single else 1e-10, atol=1e-14)
