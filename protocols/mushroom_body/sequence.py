"""The task sequence: a training block for each class, each image once, and an evaluation after each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuromodsim.errors import WrongInput
from neuromodsim.protocols.mushroom_body.circuit import CLASSES

QUIET = 25  # blank trials after a training block: a second, in which dopamine is taken up

Array = NDArray[np.integer[Any]]


@dataclass(frozen=True)
class Stimuli:
    """Images or recordings, as projection neurons see them, and which of them are for training.

    ``rows`` has shape ``(image * frame, pixel)``, whole numbers from 0 to 127; ``labels`` is ``(image,)``;
    ``training`` and ``testing`` are indices of images.
    """

    rows: NDArray[np.int8]
    labels: Array
    training: Array
    testing: Array


@dataclass(frozen=True, kw_only=True)
class TaskSequence:
    """How large a set of stimuli is, and how to get it: ``load(rng)`` may draw its split."""

    name: str
    images: int
    pixels: int
    training: int
    testing: int
    evaluation: int  # images of each class trained so far, after each block but the last
    load: Callable[[np.random.Generator], Stimuli]
    frames: int = 1

    @property
    def trials(self) -> int:
        """How many trials there are in all."""
        evaluations = self.evaluation * CLASSES * (CLASSES - 1) // 2 + self.testing
        return self.training + evaluations + QUIET * CLASSES


def expect_fit(sequence: TaskSequence, stimuli: Stimuli) -> None:
    """Raise `WrongInput` if stimuli do not have the sizes that a sequence needs."""
    shape = (sequence.images * sequence.frames, sequence.pixels)
    if stimuli.rows.shape != shape or len(stimuli.labels) != sequence.images:
        raise WrongInput(
            f"'{sequence.name}' needs {sequence.images} labelled images of {sequence.frames} frames and "
            f"{sequence.pixels} pixels; got rows of shape {stimuli.rows.shape} and "
            f"{len(stimuli.labels)} labels."
        )
    outside = np.flatnonzero((stimuli.labels < 0) | (stimuli.labels >= CLASSES))
    if len(outside):
        raise WrongInput(
            f"Labels of '{sequence.name}' must be from 0 to {CLASSES - 1}; got "
            f"{stimuli.labels[outside[0]]} for image {outside[0]}."
        )
    if (len(stimuli.training), len(stimuli.testing)) != (sequence.training, sequence.testing):
        raise WrongInput(
            f"'{sequence.name}' needs {sequence.training} training images and {sequence.testing} test "
            f"images; got {len(stimuli.training)} and {len(stimuli.testing)}."
        )


def class_order(which: float, rng: np.random.Generator) -> Array:
    """Return the order in which classes are trained: one of many by number, or drawn."""
    chosen = rng if which < 0 else np.random.default_rng([2023, int(which)])
    return chosen.permutation(CLASSES).astype(np.int32)


def schedule(
    sequence: TaskSequence, stimuli: Stimuli, order: Array, rng: np.random.Generator
) -> tuple[Array, NDArray[np.int8]]:
    """Return the image of each trial, -1 for none, and whether it comes with dopamine.

    Raises
    ------
    WrongInput
        If a class has no training image or no test image.
    """
    images, training = [], []
    by_class = {}
    for number in range(CLASSES):
        trained = stimuli.training[stimuli.labels[stimuli.training] == number]
        tested = stimuli.testing[stimuli.labels[stimuli.testing] == number]
        if not len(trained) or not len(tested):
            raise WrongInput(
                f"'{sequence.name}' needs training and test images of each class; got none of class {number}."
            )
        by_class[number] = rng.permutation(trained), rng.permutation(tested)
    for place, number in enumerate(order.tolist()):
        images += [by_class[number][0], np.full(QUIET, -1)]
        training += [np.ones(len(by_class[number][0])), np.zeros(QUIET)]
        seen = order[: place + 1].tolist()
        last = place == CLASSES - 1
        evaluation = (
            [rng.permutation(stimuli.testing)]
            if last
            else [_some(by_class[c][1], sequence.evaluation) for c in seen]
        )
        images += evaluation
        training += [np.zeros(len(part)) for part in evaluation]
    return np.concatenate(images).astype(np.int32), np.concatenate(training).astype(np.int8)


def _some(images: Array, count: int) -> Array:
    """Return so many images, with blanks in place of those that are missing."""
    return np.concatenate([images[:count], np.full(max(0, count - len(images)), -1, np.int32)])
