"""Who is taught what, when: one class after the other, and three exams on all classes after each lesson.

    lesson on class 1 ──► exams A, B, mixed ──► lesson on class 2 ──► … ──► exams A, B, mixed

Exam A is the published one: classes in batches of their own, so that what is averaged over a batch tells
the class. In exam B the same images come one at a time, in random order, each a batch of its own. In the
mixed exam they come in the same order, averaged over batches of all classes. Nothing is learned in exams.
Every block takes as long as every other: a class that has fewer images than others is
filled up with one of them, from which nothing is learned and which no exam counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuromodsim.datasets import Labelled
from neuromodsim.errors import WrongInput
from neuromodsim.protocols.naca_classification.experiment import Images, as_bytes

Array = NDArray[np.integer[Any]]
EXAMS = ("A", "B", "mixed")
NONE, A, B, MIXED = range(4)  # in ``task.exam``


@dataclass(frozen=True, kw_only=True)
class Course:
    """What is taught: which images, and how many of each class at most.

    ``batch`` is the size of a batch in lessons, and how many images of each class are asked in an exam;
    ``passes`` how often a lesson shows its images; ``delta`` how far below the brightest a gate opens, in
    standard deviations of a pixel.
    """

    name: str
    images: Images
    lesson: int
    batch: int
    passes: int = 1
    delta: float = 0.2

    @property
    def block(self) -> int:
        """How many trials a lesson and its exams take."""
        return self.passes * self.lesson + len(EXAMS) * self.batch * self.images.classes

    @property
    def trials(self) -> int:
        """How many trials there are in all."""
        return self.block * self.images.classes

    @property
    def batches(self) -> int:
        """How many batches a lesson has."""
        return -(-self.passes * self.lesson // self.batch)

    @property
    def gates(self) -> int:
        """How many gates there are: of batches in lessons, exam A and the mixed one, of images in exam B."""
        classes = self.images.classes
        return classes * (self.batches + 1 + self.batch + classes)


@dataclass(frozen=True)
class Plan:
    """What each trial shows, shape ``(trial,)``: image, gate, whether it teaches, which exam it is for.

    ``ends`` marks ends of lessons; ``gate_of`` has a row for each batch, a column for each hidden cell.
    """

    image: NDArray[np.int32]
    gate: NDArray[np.int32]
    learning: NDArray[np.int8]
    exam: NDArray[np.int8]
    ends: NDArray[np.int8]
    gate_of: NDArray[np.int8]


def expect_fit(course: Course, data: Labelled) -> None:
    """Raise `WrongInput` if images are not what a course is made for, or some class has none."""
    images = course.images
    wanted = (images.count, images.pixels, images.classes)
    if (len(data.labels), data.pixels, data.classes) != wanted:
        raise WrongInput(
            f"'{course.name}' is made for {images.count} images of {images.pixels} pixels in "
            f"{images.classes} classes; {data.name} has {len(data.labels)} of {data.pixels} in "
            f"{data.classes}."
        )
    for kind, chosen in (("teach with", data.train), ("test on", data.test)):
        missing = np.flatnonzero(np.bincount(data.labels[chosen], minlength=images.classes) == 0)
        if missing.size:
            raise WrongInput(f"{data.name} has no image of class {missing[0]} to {kind}.")


def plan(course: Course, data: Labelled, order: Array, cells: int, rng: np.random.Generator) -> Plan:
    """Draw which image comes when, and work out the gates.

    Parameters
    ----------
    course, data
        What is taught.
    order
        Classes in the order of their lessons, shape ``(class,)``.
    cells
        Hidden cells, each beside a pixel.
    rng
        Where chance comes from.
    """
    expect_fit(course, data)
    images = course.images
    brightness = as_bytes(data, images.full)
    gates = Gates(brightness, cells, course.delta, data.train)
    asked = {c: _some(rng, data.test[data.labels[data.test] == c], course.batch) for c in order.tolist()}
    every = np.concatenate([asked[c] for c in sorted(asked)])
    row_of = dict(zip(every.tolist(), gates.each(every), strict=True))
    row_of_class = {c: gates.of(found) for c, found in asked.items()}
    blocks = []
    for number in order.tolist():
        shuffled = rng.permutation(every)
        rows = np.array([row_of[k] for k in shuffled.tolist()])
        blocks += [
            _lesson(course, data, number, gates, rng),
            *(_exam(course, 1, asked[k], row_of_class[k], A) for k in order.tolist()),
            _exam(course, images.classes, shuffled, rows, B),
            _exam(course, images.classes, shuffled, _in_batches(shuffled, course, gates), MIXED),
        ]
    image, gate, learning, exam, ends = (np.concatenate(column) for column in zip(*blocks, strict=True))
    table = np.zeros((course.gates, cells), np.int8)
    table[: len(gates.rows)] = gates.rows
    return Plan(
        image.astype(np.int32),
        gate.astype(np.int32),
        learning.astype(np.int8),
        exam.astype(np.int8),
        ends.astype(np.int8),
        table,
    )


class Gates:
    """The gates of batches: one row for each batch, one column for each hidden cell."""

    def __init__(self, images: NDArray[np.int8], cells: int, delta: float, train: Array) -> None:
        self.images = images
        self.beside = np.arange(cells) * images.shape[1] // cells
        self.reach = delta * float(images[train].std(dtype=np.float64))
        self.rows: list[NDArray[np.bool_]] = []

    def of(self, batch: Array) -> int:
        """Return the row of a new gate, of images that are shown together."""
        mean = self.images[batch].mean(axis=0, dtype=np.float64)[self.beside]
        self.rows.append(mean > mean.max() - self.reach)
        return len(self.rows) - 1

    def each(self, images: Array) -> Iterator[int]:
        """Yield the row of a gate for each image alone."""
        for image in images:
            yield self.of(np.array([image]))


def _some(rng: np.random.Generator, images: Array, count: int) -> Array:
    return rng.permutation(images)[:count]


def _filled(size: int, columns: list[Any], shown: int) -> list[Any]:
    """Return columns, filled up to a size with an image that teaches nothing and that no exam counts."""
    image, gate, learning, exam = columns
    spare = np.zeros(size - shown, int)
    return [
        np.concatenate([image, spare + image[0]]),
        np.concatenate([gate, spare + gate[0]]),
        np.concatenate([np.full(shown, learning), spare]),
        np.concatenate([np.full(shown, exam), spare]),
    ]


def _lesson(course: Course, data: Labelled, number: int, gates: Gates, rng: np.random.Generator) -> list[Any]:
    """Return a lesson: images of one class, in batches."""
    own = _some(rng, data.train[data.labels[data.train] == number], course.lesson)
    images = np.concatenate([rng.permutation(own) for _ in range(course.passes)])
    gate = _in_batches(images, course, gates)
    ends = np.zeros(course.passes * course.lesson, np.int8)
    ends[len(images) - 1] = 1
    return [*_filled(len(ends), [images, gate, 1, NONE], len(images)), ends]


def _in_batches(images: Array, course: Course, gates: Gates) -> Array:
    """Return the row of the gate of each image, of the batch that it comes in."""
    batches = [images[k : k + course.batch] for k in range(0, len(images), course.batch)]
    return np.concatenate([np.full(len(batch), gates.of(batch)) for batch in batches])


def _exam(course: Course, classes: int, images: Array, row: Any, which: int) -> list[Any]:
    """Return an exam on so many classes, with the gate of each image or one for all."""
    size = course.batch * classes
    rows = np.broadcast_to(row, len(images))
    return [*_filled(size, [images, rows, 0, which], len(images)), np.zeros(size, np.int8)]
