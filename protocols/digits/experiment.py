"""Handwritten digits in a stream, learned with neuromodulated plasticity by the spiking network of NACA."""

from typing import Any

import numpy as np
from brian2 import ms

from neuromodsim import datasets
from neuromodsim.description.condition import Condition
from neuromodsim.description.experiment import Experiment, Setting
from neuromodsim.description.family import ExperimentFamily, IntegerAxis
from neuromodsim.description.recording import Recording, Window
from neuromodsim.equations.sources import ZHANG_2023
from neuromodsim.errors import WrongInput
from neuromodsim.protocols.digits.circuit import CLASSES, network
from neuromodsim.protocols.digits.task import DIGITS_TASK, IMAGES, LONGEST

TEST = 360  # images never trained on, a fifth of all
EPOCH = IMAGES * 20 * ms
SHOWN = 100  # test images at the end whose spikes are kept


def expectation_rows(classes: int) -> np.ndarray:
    """Return the first of the two expectation cells of each class, shape ``(class,)``.

    They lie where equal steps of probability cut a Gaussian tuning curve, as in the published program.
    """
    spread = np.sqrt(2 * np.log(classes / np.arange(1, classes + 1)))
    return np.trunc(spread / spread.max() * 2 * (classes - 1)).astype(np.int32)


def stream_images(setting: Setting) -> dict[str, Any]:
    """Draw what differs between seeds: the split, the order of images, and the innervation."""
    images, labels = datasets.digits()
    trials = round(setting.duration / float(setting.parameters["task.show_time"]))
    if trials > LONGEST:
        raise WrongInput(f"A run must show at most {LONGEST} images; got {trials}.")
    cells = len(setting.wiring["output_weights"][0]) // CLASSES
    innervation = setting.rng.random((2 * CLASSES, cells))
    shuffled = setting.rng.permutation(IMAGES)
    test, train = shuffled[:TEST], shuffled[TEST:]
    order = np.zeros(LONGEST, np.int32)
    learning = np.zeros(LONGEST, np.int8)
    for start in range(0, min(trials, LONGEST), IMAGES):
        order[start : start + len(train)] = setting.rng.permutation(train)
        order[start + len(train) : start + IMAGES] = test
        learning[start : start + len(train)] = 1
    return {
        "task.image_at": order,
        "task.learning_at": learning,
        "task.label_of": labels,
        "pixels.brightness": images,
        "release.innervation": innervation,
        "release.expectation_row": expectation_rows(CLASSES),
    }


def add_predictions(run: Any) -> None:
    """Add to the trials what the output said: counts, the class with most spikes, and the epoch."""
    kept = run["events"].children if "events" in run.children else {}
    if "trials" not in run.children or "output_verdict" not in kept:
        return  # a run that was not asked to keep them
    trials = run["trials"].to_dataset()
    votes = run["events/output_verdict"]["votes"].values.reshape(-1, CLASSES)
    units = {"units": "1"}
    prediction = votes.argmax(axis=1)
    run["trials"].dataset = trials.assign(
        votes=(("trial", "class"), votes, {**units, "long_name": "spikes of each output cell"}),
        prediction=("trial", prediction, {**units, "long_name": "class with most spikes"}),
        correct=("trial", prediction == trials.label.values, {**units, "long_name": "right class"}),
        epoch=("trial", np.arange(len(prediction)) // IMAGES, {**units, "long_name": "epoch"}),
    )


def learner(cells: int = 1000) -> Experiment:
    """Return the experiment with a given number of hidden cells."""
    return Experiment(
        name="digits",
        summary="A spiking network learns handwritten digits with neuromodulated plasticity.",
        source=ZHANG_2023,
        circuit=network(cells),
        task=DIGITS_TASK,
        conditions={
            "modulated": Condition(
                summary="The class label sets the neuromodulator level at each hidden cell."
            ),
            "unmodulated": Condition(
                summary="Every level is clamped where plasticity changes sign: hidden weights do not change.",
                parameters={"release.modulated": 0.0},
            ),
        },
        recording=Recording(
            spikes={name: Window(start=-SHOWN * 20 * ms) for name in ("pixels", "hidden", "output")},
            states={
                "input_weights.w": EPOCH,
                "output_weights.w": EPOCH,
                "expectation.level": 20 * ms,
            },
            windows={"expectation.level": Window(start=-SHOWN * 20 * ms)},
            events={
                "task.trial_end": ("image", "label", "learning"),
                "output.verdict": ("votes",),
            },
        ),
        duration=10 * EPOCH,
        dt=1 * ms,
        prepare=stream_images,
        finish=add_predictions,
    )


FAMILY = ExperimentFamily(
    name="digits",
    summary="A spiking network learns handwritten digits with neuromodulated plasticity.",
    source=ZHANG_2023,
    make=learner,
    axes={"cells": IntegerAxis(1000)},
)
