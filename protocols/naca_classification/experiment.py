"""Credit-assignment rules in one network: MNIST and spoken digits, as single images.

784 (or 900) pixels, 1000 hidden cells, one output cell per class. Experiments differ in the learning rule
(`rules.RULES`); images, their order, initial weights and input spikes are the same for a given seed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from brian2 import ms
from numpy.typing import NDArray

from neuromodsim import datasets
from neuromodsim.datasets import Labelled
from neuromodsim.description.condition import Condition
from neuromodsim.description.experiment import Experiment, Setting
from neuromodsim.description.family import ExperimentFamily, IntegerAxis
from neuromodsim.description.recording import Recording
from neuromodsim.description.task import Task
from neuromodsim.equations.sources import ZHANG_2023
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.protocols.digits.experiment import expectation_rows
from neuromodsim.protocols.digits.task import image_task, image_task_with_backward_pass, with_ends_of_classes
from neuromodsim.protocols.naca_classification.circuit import hidden_layers, network
from neuromodsim.protocols.naca_classification.rules import RULES, Rule

LONGEST = 20  # epochs that one run can show
STEPS = 20  # per image, where cells spike


def alike(hidden: float, output: float) -> dict[str, float]:
    """Return learning rates that are the same for the weights and the bias of a layer."""
    layers = {"input_weights.eta": hidden, "hidden.eta_bias": hidden}
    return layers | {"output_weights.eta": output, "output.eta_bias": output}


# Learning rates, chosen on MNIST with seed 100, which no figure shows: for naca on the test accuracy of ten
# epochs, for rate networks on the last 4,000 of 14,000 images, among five pairs at most; for the other
# spiking rules on the last 2,000 of 6,000 (4,000 of 12,000 for brp), among twelve to twenty.
RATES = {
    "naca": {
        "input_weights.eta": 1e-3,
        "hidden.eta_bias": 1e-3,
        "output_weights.eta": 1e-3,
        "output.eta_bias": 1e-4,
    },
    "brp": alike(1e-5, 3e-3),
    "e_prop": alike(3e-3, 3e-3),
    "e_prop_random": alike(1e-3, 1e-2),
    "bptt": alike(0.1, 1e-3),
    "ewc_bptt": alike(0.1, 1e-3),
    "naca_rate": alike(3e-3, 1e-2),
    "bp": alike(1.0, 1e-2),
    "feedback_alignment": alike(3.0, 1e-2),
    "direct_feedback": alike(1.0, 1e-2),
    "sign_symmetric": alike(3.0, 1e-2),
    "ewc": alike(1.0, 1e-2),  # as bp: the pull comes on top
}


Strengths = Callable[[np.random.Generator, tuple[int, ...]], NDArray[np.float64]]
INNERVATION: dict[str, Strengths] = {  # the published three
    "uniform": lambda rng, shape: rng.random(shape),
    "normal": lambda rng, shape: np.clip(rng.normal(0.5, 1, shape), 0, 1),
    "beta": lambda rng, shape: rng.beta(0.5, 0.5, shape),
}


@dataclass(frozen=True)
class Images:
    """Where images come from, and what must be known of them before they are read.

    ``full`` is the brightness at which a pixel fires in every step. With ``leave_one_out``, all images of one
    group (a speaker) are kept for tests, in alphabetical order of groups seed by seed.
    """

    name: str
    load: Callable[[], Labelled]
    count: int
    pixels: int
    classes: int = 10
    full: float = 1.0
    leave_one_out: bool = False

    def split(self, seed: int) -> Labelled:
        """Return the images with those that are kept for tests with this seed."""
        data = self.load()
        groups = sorted(set(data.groups))
        return data.held_out(groups[seed % len(groups)]) if self.leave_one_out else data


MNIST = Images("MNIST", datasets.mnist, 70000, 784)
SPOKEN = Images("FSDD", datasets.spoken_digits, 3000, 900, full=0.1)
HELD_OUT_SPEAKER = replace(SPOKEN, name="FSDD, one speaker held out", leave_one_out=True)


def of(data: Labelled) -> Images:
    """Return a set of labelled images as something to learn from."""
    return Images(data.name, lambda: data, len(data.labels), data.pixels, data.classes)


def held_out(speaker: str) -> Images:
    """Return the spoken digits with all of one speaker kept for tests."""
    return replace(
        SPOKEN, name=f"FSDD without {speaker}", load=lambda: datasets.spoken_digits().held_out(speaker)
    )


def as_bytes(data: Labelled, full: float) -> NDArray[np.int8]:
    """Return images as bytes, less 128; ``full`` and more is 255."""
    if data.images.dtype == np.uint8 and full == 1:
        return (data.images.astype(np.uint8) ^ 128).view(np.int8)
    share = np.minimum(data.brightness() / full, 1)
    return (np.rint(255 * share).astype(np.uint8) ^ 128).view(np.int8)


def classification(
    images: Images,
    rule: str = "naca",
    cells: int = 1000,
    epochs: int = 10,
    single: bool = True,
    layers: int = 1,
    innervation: str = "uniform",
    name: str = "",
) -> Experiment:
    """Return the experiment that trains and tests a network with a learning rule.

    Parameters
    ----------
    images
        What it learns: `MNIST`, `SPOKEN`, `held_out(speaker)`, or images of your own (`of`).
    rule
        One of `RULES`.
    cells
        Hidden cells, of each layer.
    epochs
        How often all images are shown; each epoch is all training images in a new order, then all test
        images with weights frozen.
    single
        Whether weights are kept in single precision, as the published program does.
    layers
        Hidden layers; more than one only for rules that send nothing back (``"naca"``).
    innervation
        How strongly expectation cells reach hidden cells, one of `INNERVATION`.
    name
        Of the experiment.

    Raises
    ------
    WrongInput
        If there is no such rule or innervation, or not so many epochs or layers.
    """
    if rule not in RULES:
        raise unknown("learning rule", rule, RULES)
    if innervation not in INNERVATION:
        raise unknown("innervation", innervation, INNERVATION)
    if not 1 <= epochs <= LONGEST:
        raise WrongInput(f"The number of epochs must be from 1 to {LONGEST}; got {epochs}.")
    chosen = RULES[rule]
    conditions = {"trained": Condition(summary="The rule as described.")}
    if chosen.signal == "expectation":
        conditions["unmodulated"] = Condition(
            summary="Every level is clamped where plasticity changes sign, so hidden weights do not change.",
            parameters={"release.modulated": 0.0},
        )
    whole = epochs * images.count * steps(chosen) * ms
    return Experiment(
        name=name or f"{rule}_on_{images.name}".lower().replace(" ", "_"),
        summary=f"{images.name}: {chosen.summary[0].lower()}{chosen.summary[1:]}",
        source=ZHANG_2023,
        circuit=network(chosen, images.count, images.pixels, cells, images.classes, single, layers),
        task=task_for(images, chosen),
        conditions=conditions,
        recording=Recording(
            states={"input_weights.w": whole},
            events={"task.trial_end": ("label", "learning"), "output.verdict": ("votes",)},
        ),
        duration=whole,
        dt=1 * ms,
        parameters=rates(rule, layers) | ({} if chosen.spiking else {"task.show_time": steps(chosen) * ms}),
        prepare=partial(stream, images, chosen, layers, INNERVATION[innervation]),
        finish=partial(add_predictions, images.count, images.classes),
    )


def rates(rule: str, layers: int = 1) -> dict[str, float]:
    """Return the learning rates chosen for a rule; deeper layers have those of the first."""
    chosen = dict(RATES.get(rule, {}))
    for name in hidden_layers(layers)[1:]:
        chosen |= {
            f"{name}_weights.eta": chosen["input_weights.eta"],
            f"{name}.eta_bias": chosen["hidden.eta_bias"],
        }
    return chosen


def steps(rule: Rule) -> int:
    """Return how many steps an image takes.

    Without spikes one is enough, or two where the class shown has to be released first.
    """
    if rule.spiking:
        return 2 * STEPS + 1 if rule.backward else STEPS
    return 1 if rule.signal == "output" else 2


def task_for(images: Images, rule: Rule) -> Task:
    """Return the task that shows images as a rule needs it."""
    longest = LONGEST * images.count
    make = image_task_with_backward_pass if rule.backward else image_task
    task = make(images.count, longest)
    return with_ends_of_classes(task, longest) if rule.held else task


def stream(images: Images, rule: Rule, layers: int, strengths: Strengths, setting: Setting) -> dict[str, Any]:
    """Draw what differs between seeds: the order of images, and what is fixed and random in the rule."""
    data = images.split(setting.seed)
    if (len(data.labels), data.pixels, data.classes) != (images.count, images.pixels, images.classes):
        raise WrongInput(
            f"This network needs {images.count} images of {images.pixels} pixels in {images.classes} "
            f"classes; got {len(data.labels)} of {data.pixels} in {data.classes} from {images.name}."
        )
    cells = len(setting.wiring["output_weights"][0]) // images.classes
    innervation = strengths(setting.rng, (2 * images.classes, cells))
    order = np.zeros(LONGEST * images.count, np.int32)
    learning = np.zeros(len(order), np.int8)
    trials = round(setting.duration * 1e3 / steps(rule))
    if trials > len(order):
        raise WrongInput(f"A run must show at most {len(order)} images; got {trials}.")
    for start in range(0, max(trials, 1), images.count):
        order[start : start + images.count] = [*setting.rng.permutation(data.train), *data.test]
        learning[start : start + len(data.train)] = 1
    tables = {
        "task.image_at": order,
        "task.learning_at": learning,
        "task.label_of": data.labels,
        "pixels.brightness": as_bytes(data, images.full),
    }
    if rule.held:
        tables["task.ends_class_at"] = np.zeros(len(order), np.int8)
    if rule.signal == "expectation":
        for k in (name.removeprefix("hidden") for name in hidden_layers(layers)):
            tables[f"release{k}.innervation{k}"] = innervation
            tables[f"release{k}.expectation_row{k}"] = expectation_rows(images.classes)
            innervation = strengths(setting.rng, innervation.shape)  # after the order, so that it stays
    if rule.signal == "label":  # Kaiming's uniform distribution, as the published program
        tables["release.projection"] = (2 * innervation[: images.classes] - 1) * np.sqrt(6 / images.classes)
    return tables


def add_predictions(count: int, classes: int, run: Any) -> None:
    """Add to the trials what the output said: the class that said most, whether it was right, the epoch."""
    kept = run["events"].children if "events" in run.children else {}
    if "trials" not in run.children or "output_verdict" not in kept:
        return  # a run that was not asked to keep them
    trials = run["trials"].to_dataset()
    votes = run["events/output_verdict"]["votes"].values.reshape(-1, classes)
    units = {"units": "1"}
    prediction = votes.argmax(axis=1)
    run["trials"].dataset = trials.assign(
        prediction=("trial", prediction, {**units, "long_name": "class that says most"}),
        correct=("trial", prediction == trials.label.values, {**units, "long_name": "right class"}),
        epoch=("trial", np.arange(len(prediction)) // count, {**units, "long_name": "epoch"}),
    )


def _why_not(chosen: Mapping[str, Any]) -> str | None:
    """Return why a combination does not exist; None if it does."""
    rule = chosen["rule"]
    if chosen["layers"] > 1 and RULES[rule].deeper is None:
        return f"only rule=naca has more than one hidden layer, not rule={rule}."
    if chosen["innervation"] != "uniform" and RULES[rule].signal != "expectation":
        return f"only rule=naca and rule=naca_rate have an innervation, not rule={rule}."
    return None


def _make(data: Images, **chosen: Any) -> Experiment:
    return classification(data, **chosen, name="naca_classification")


FAMILY = ExperimentFamily(
    name="naca_classification",
    summary="Images or spoken digits, classified by spiking NACA and eleven other credit-assignment rules.",
    source=ZHANG_2023,
    make=_make,
    axes={
        "data": {"mnist": MNIST, "spoken": SPOKEN, "held_out_speaker": HELD_OUT_SPEAKER},
        "rule": {name: name for name in RULES},
        "layers": IntegerAxis(1),
        "innervation": {kind: kind for kind in INNERVATION},
        "epochs": IntegerAxis(10, high=LONGEST),
        "cells": IntegerAxis(1000),
    },
    refuses=_why_not,
)
