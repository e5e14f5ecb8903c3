"""The task sequence: a training block for each class, each followed by three evaluations on all classes.

    block of class 1 ──► three evaluations ──► block of class 2 ──► … ──► three evaluations

The published evaluation uses within-class batches: each batch contains one class, so that its average
reveals the class (task identity leaks). In the single-image evaluation the same images are presented one at
a time, in random order, each as its own batch. In the mixed-class evaluation they are presented in the same
order, averaged over batches of all classes. Nothing is learned in evaluations. All blocks have the same
length: a class with fewer images is padded with one of them, from which nothing is learned and which no
evaluation counts.
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
EVALUATIONS = ("within_class", "single_image", "mixed_class")
TRAINING, WITHIN_CLASS, SINGLE_IMAGE, MIXED_CLASS = range(4)  # in ``task.evaluation``


@dataclass(frozen=True, kw_only=True)
class TaskSequence:
    """What is learned: which images, and how many of each class at most.

    ``block`` is how many images of a class its training block holds; ``batch`` the size of a batch in
    training, and how many images of each class an evaluation holds; ``passes`` how often a block shows its
    images; ``delta`` how far below the brightest a gate opens, in standard deviations of a pixel.
    """

    name: str
    images: Images
    block: int
    batch: int
    passes: int = 1
    delta: float = 0.2

    @property
    def period(self) -> int:
        """How many trials a training block and the evaluations after it take."""
        return self.passes * self.block + len(EVALUATIONS) * self.batch * self.images.classes

    @property
    def trials(self) -> int:
        """How many trials there are in all."""
        return self.period * self.images.classes

    @property
    def batches(self) -> int:
        """How many batches a training block has."""
        return -(-self.passes * self.block // self.batch)

    @property
    def gates(self) -> int:
        """How many gates there are: of batches in training and in two evaluations, of images in the other."""
        classes = self.images.classes
        return classes * (self.batches + 1 + self.batch + classes)


@dataclass(frozen=True)
class Plan:
    """What each trial shows, shape ``(trial,)``: image, gate, whether it trains, which evaluation it is for.

    ``ends`` marks ends of training blocks; ``gate_of`` has a row for each batch, a column for each hidden
    cell.
    """

    image: NDArray[np.int32]
    gate: NDArray[np.int32]
    learning: NDArray[np.int8]
    evaluation: NDArray[np.int8]
    ends: NDArray[np.int8]
    gate_of: NDArray[np.int8]


def expect_fit(sequence: TaskSequence, data: Labelled) -> None:
    """Raise `WrongInput` if images do not have the sizes that a sequence needs, or a class has none."""
    images = sequence.images
    wanted = (images.count, images.pixels, images.classes)
    if (len(data.labels), data.pixels, data.classes) != wanted:
        raise WrongInput(
            f"'{sequence.name}' needs {images.count} images of {images.pixels} pixels in {images.classes} "
            f"classes; got {len(data.labels)} of {data.pixels} in {data.classes} from {data.name}."
        )
    for kind, chosen in (("training", data.train), ("test", data.test)):
        missing = np.flatnonzero(np.bincount(data.labels[chosen], minlength=images.classes) == 0)
        if missing.size:
            raise WrongInput(f"{data.name} has no {kind} image of class {missing[0]}.")


def plan(sequence: TaskSequence, data: Labelled, order: Array, cells: int, rng: np.random.Generator) -> Plan:
    """Draw the order of images, and compute the gates.

    Parameters
    ----------
    sequence, data
        What is learned.
    order
        Classes in the order of their blocks, shape ``(class,)``.
    cells
        Hidden cells, each beside a pixel.
    rng
        Where chance comes from.
    """
    expect_fit(sequence, data)
    images = sequence.images
    brightness = as_bytes(data, images.full)
    gates = Gates(brightness, cells, sequence.delta, data.train)
    asked = {c: _some(rng, data.test[data.labels[data.test] == c], sequence.batch) for c in order.tolist()}
    every = np.concatenate([asked[c] for c in sorted(asked)])
    row_of = dict(zip(every.tolist(), gates.each(every), strict=True))
    row_of_class = {c: gates.of(found) for c, found in asked.items()}
    blocks = []
    for number in order.tolist():
        shuffled = rng.permutation(every)
        rows = np.array([row_of[k] for k in shuffled.tolist()])
        blocks += [
            _training_block(sequence, data, number, gates, rng),
            *(_evaluation(sequence, 1, asked[k], row_of_class[k], WITHIN_CLASS) for k in order.tolist()),
            _evaluation(sequence, images.classes, shuffled, rows, SINGLE_IMAGE),
            _evaluation(
                sequence, images.classes, shuffled, _in_batches(shuffled, sequence, gates), MIXED_CLASS
            ),
        ]
    image, gate, learning, evaluation, ends = (np.concatenate(column) for column in zip(*blocks, strict=True))
    table = np.zeros((sequence.gates, cells), np.int8)
    table[: len(gates.rows)] = gates.rows
    return Plan(
        image.astype(np.int32),
        gate.astype(np.int32),
        learning.astype(np.int8),
        evaluation.astype(np.int8),
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
    """Return columns, filled up to a size with an image that trains nothing and that no evaluation counts."""
    image, gate, learning, evaluation = columns
    spare = np.zeros(size - shown, int)
    return [
        np.concatenate([image, spare + image[0]]),
        np.concatenate([gate, spare + gate[0]]),
        np.concatenate([np.full(shown, learning), spare]),
        np.concatenate([np.full(shown, evaluation), spare]),
    ]


def _training_block(
    sequence: TaskSequence, data: Labelled, number: int, gates: Gates, rng: np.random.Generator
) -> list[Any]:
    """Return a training block: images of one class, in batches."""
    own = _some(rng, data.train[data.labels[data.train] == number], sequence.block)
    images = np.concatenate([rng.permutation(own) for _ in range(sequence.passes)])
    gate = _in_batches(images, sequence, gates)
    ends = np.zeros(sequence.passes * sequence.block, np.int8)
    ends[len(images) - 1] = 1
    return [*_filled(len(ends), [images, gate, 1, TRAINING], len(images)), ends]


def _in_batches(images: Array, sequence: TaskSequence, gates: Gates) -> Array:
    """Return the row of the gate of each image, of the batch that it comes in."""
    batches = [images[k : k + sequence.batch] for k in range(0, len(images), sequence.batch)]
    return np.concatenate([np.full(len(batch), gates.of(batch)) for batch in batches])


def _evaluation(sequence: TaskSequence, classes: int, images: Array, row: Any, which: int) -> list[Any]:
    """Return an evaluation on so many classes, with the gate of each image or one for all."""
    size = sequence.batch * classes
    rows = np.broadcast_to(row, len(images))
    return [*_filled(size, [images, rows, 0, which], len(images)), np.zeros(size, np.int8)]
