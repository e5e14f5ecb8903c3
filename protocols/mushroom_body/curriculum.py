"""Who is taught what, when: classes one after the other, each once, with an exam after each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuromodsim.errors import WrongInput
from neuromodsim.protocols.mushroom_body.circuit import CLASSES

QUIET = 25  # blank trials after a lesson: a second, in which dopamine is taken up

Array = NDArray[np.integer[Any]]


@dataclass(frozen=True)
class Stimuli:
    """Images or recordings, as projection neurons see them, and which of them are for lessons.

    ``rows`` has shape ``(image * frame, pixel)``, whole numbers from 0 to 127; ``labels`` is ``(image,)``;
    ``taught`` and ``tested`` are indices of images.
    """

    rows: NDArray[np.int8]
    labels: Array
    taught: Array
    tested: Array


@dataclass(frozen=True, kw_only=True)
class Course:
    """How large a set of stimuli is, and how to get it: ``load(rng)`` may draw its split."""

    name: str
    images: int
    pixels: int
    taught: int
    tested: int
    exam: int  # images of each class seen so far, after each lesson but the last
    load: Callable[[np.random.Generator], Stimuli]
    frames: int = 1

    @property
    def trials(self) -> int:
        """How many trials there are in all."""
        exams = self.exam * CLASSES * (CLASSES - 1) // 2 + self.tested
        return self.taught + exams + QUIET * CLASSES


def expect_fit(course: Course, stimuli: Stimuli) -> None:
    """Raise `WrongInput` if stimuli are not what a course is made for."""
    shape = (course.images * course.frames, course.pixels)
    if stimuli.rows.shape != shape or len(stimuli.labels) != course.images:
        raise WrongInput(
            f"'{course.name}' is made for {course.images} images of {course.frames} frames and "
            f"{course.pixels} pixels, not for {stimuli.rows.shape} and {len(stimuli.labels)} labels."
        )
    outside = np.flatnonzero((stimuli.labels < 0) | (stimuli.labels >= CLASSES))
    if len(outside):
        raise WrongInput(
            f"Image {outside[0]} of '{course.name}' has the label {stimuli.labels[outside[0]]}; "
            f"classes are 0 to {CLASSES - 1}."
        )
    if (len(stimuli.taught), len(stimuli.tested)) != (course.taught, course.tested):
        raise WrongInput(
            f"'{course.name}' is made for {course.taught} images to teach with and "
            f"{course.tested} to test on, not for {len(stimuli.taught)} and {len(stimuli.tested)}."
        )


def class_order(which: float, rng: np.random.Generator) -> Array:
    """Return the order in which classes are taught: one of many by number, or drawn."""
    chosen = rng if which < 0 else np.random.default_rng([2023, int(which)])
    return chosen.permutation(CLASSES).astype(np.int32)


def schedule(
    course: Course, stimuli: Stimuli, order: Array, rng: np.random.Generator
) -> tuple[Array, NDArray[np.int8]]:
    """Return the image of each trial, -1 for none, and whether it comes with dopamine.

    Raises
    ------
    WrongInput
        If a class has no image to be taught with or tested on.
    """
    images, lessons = [], []
    by_class = {}
    for number in range(CLASSES):
        taught = stimuli.taught[stimuli.labels[stimuli.taught] == number]
        tested = stimuli.tested[stimuli.labels[stimuli.tested] == number]
        if not len(taught) or not len(tested):
            raise WrongInput(f"'{course.name}' has no image of class {number} to teach with or to test on.")
        by_class[number] = rng.permutation(taught), rng.permutation(tested)
    for place, number in enumerate(order.tolist()):
        images += [by_class[number][0], np.full(QUIET, -1)]
        lessons += [np.ones(len(by_class[number][0])), np.zeros(QUIET)]
        seen = order[: place + 1].tolist()
        last = place == CLASSES - 1
        exam = (
            [rng.permutation(stimuli.tested)] if last else [_some(by_class[c][1], course.exam) for c in seen]
        )
        images += exam
        lessons += [np.zeros(len(part)) for part in exam]
    return np.concatenate(images).astype(np.int32), np.concatenate(lessons).astype(np.int8)


def _some(images: Array, count: int) -> Array:
    """Return so many images, with blanks in place of those that are missing."""
    return np.concatenate([images[:count], np.full(max(0, count - len(images)), -1, np.int32)])
