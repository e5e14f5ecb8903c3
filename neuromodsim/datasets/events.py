"""Digits as an event camera sees them: when and where a pixel got brighter or darker."""

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neuromodsim.datasets.archive import recordings
from neuromodsim.datasets.labelled import Labelled

FILE = "nmnist_small.zip"
COMMIT = "8f4654eef90610ed30b39894f8f614413768128e"
SOURCE = f"https://github.com/bamsumit/slayerPytorch/archive/{COMMIT}.zip"
NAME = r"[0-9]+\.bs2|train1K\.txt|test100\.txt"
NMNIST = "259df7ca6311a9acb7dcb21edcc4f6521b6b17dbafde5c4161b2f2db9dbe3a00"  # of recordings and lists
SIDE = 34  # pixels of the camera's picture
EVENT = np.dtype([("time", "i4"), ("x", "u1"), ("y", "u1"), ("polarity", "u1")])  # time in microseconds


@dataclass(frozen=True, eq=False)
class Recordings:
    """What a camera sent, one array of events for each recording.

    Attributes
    ----------
    events
        For each recording an array with fields ``time`` (microseconds), ``x``, ``y`` (0 to 33) and
        ``polarity`` (1 brighter, 0 darker), in order of time.
    labels, testing
        Class and whether it is for tests, shape ``(recording,)``.
    """

    name: str
    events: tuple[NDArray[np.void], ...]
    labels: NDArray[np.int32]
    testing: NDArray[np.bool_]

    def counts(self, frames: int = 1) -> NDArray[np.uint8]:
        """Return how many events fell on each pixel, in equal parts of each recording.

        Returns
        -------
        numpy.ndarray
            Shape ``(recording, frame, polarity, y, x)``, at most 255.
        """
        shape = (frames, 2, SIDE, SIDE)
        found = np.empty((len(self.events), *shape), np.uint8)
        for row, events in enumerate(self.events):
            time = events["time"].astype(np.int64)
            frame = time * frames // (time.max(initial=0) + 1)
            at = np.ravel_multi_index((frame, events["polarity"], events["y"], events["x"]), shape)
            found[row] = np.minimum(np.bincount(at, minlength=found[row].size), 255).reshape(shape)
        return found

    def pictures(self) -> Labelled:
        """Return one picture for each recording: events of either polarity, the most at 1.

        Both polarities stand one above the other, 68 x 34 pixels.
        """
        counts = self.counts().reshape(len(self.events), -1).astype(np.float32)
        return Labelled(
            name=self.name,
            images=counts / np.maximum(counts.max(axis=1, keepdims=True), 1),
            labels=self.labels,
            testing=self.testing,
            shape=(2 * SIDE, SIDE),
        )


@functools.cache
def event_digits() -> Recordings:
    """Return a small part of N-MNIST (Orchard et al. 2015, CC BY-SA 4.0): 1,000 and 100 for tests.

    MNIST's digits, moved in front of an event camera in three strokes of about 100 ms.

    Raises
    ------
    WrongInput
        If the file at hand has the wrong checksum.
    RunFailed
        If there is none and it cannot be downloaded.
    """
    found = recordings(FILE, SOURCE, NAME, NMNIST)
    train, test = (_list(found[name]) for name in ("train1K.txt", "test100.txt"))
    both = np.concatenate([train, test])
    return Recordings(
        name="N-MNIST",
        events=tuple(read_events(found[f"{number}.bs2"]) for number in both[:, 0]),
        labels=both[:, 1].astype(np.int32),
        testing=np.arange(len(both)) >= len(train),
    )


def _list(content: bytes) -> NDArray[np.int64]:
    """Return number and class of each recording of a list."""
    return np.loadtxt(content.decode().splitlines(), dtype=np.int64, comments="#", ndmin=2)


def read_events(content: bytes) -> NDArray[np.void]:
    """Return the events of one recording: five bytes each, x, y, polarity (1 bit) and time (23 bits)."""
    x, y, *rest = np.frombuffer(content, np.uint8).reshape(-1, 5).T
    high, middle, low = (part.astype(np.int32) for part in rest)
    events = np.empty(len(x), EVENT)
    events["x"], events["y"], events["polarity"] = x, y, high >> 7
    events["time"] = ((high & 127) << 16) | (middle << 8) | low
    return events
