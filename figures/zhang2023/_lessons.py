"""What a course of lessons, one class after the other, comes to: accuracy, forgetting, backward transfer."""

import json
from collections.abc import Iterator

import numpy as np
import xarray as xr

EXAMS = ("A", "B", "mixed")
CLASSES = 10


def asked(run: xr.DataTree) -> int:
    """Return how many test images were asked after the last lesson."""
    trials = run["trials"].to_dataset()
    if "exam" in trials:
        return int(np.sum((trials.exam.values == 2) & (trials.taught.values == CLASSES)))
    return int(
        np.sum((trials.lesson.values == 0) & (trials.image.values >= 0) & (trials.taught.values == CLASSES))
    )


def rights(run: xr.DataTree) -> Iterator[np.ndarray]:
    """Yield the share of right answers in each exam, shape ``(lesson, place)``, in the order of lessons."""
    trials = run["trials"].to_dataset()
    order = json.loads(run.attrs["notes"])["class_order"]
    if "exam" not in trials:  # a mushroom body: there is no batch, so all exams are one
        alone = (trials.lesson.values == 0) & (trials.image.values >= 0)
        exams = [alone] * len(EXAMS)
    else:
        exams = [trials.exam.values == which for which in (1, 2, 3)]
    for exam in exams:
        right = np.full((CLASSES, CLASSES), np.nan)
        for lesson in range(CLASSES):
            for place, number in enumerate(order[: lesson + 1]):
                here = exam & (trials.taught.values == lesson + 1) & (trials.label.values == number)
                right[lesson, place] = trials.correct.values[here].mean()
        yield right


def accuracy(right: np.ndarray) -> np.ndarray:
    """Return the mean over the classes taught so far, shape ``(lesson,)``."""
    return np.array([right[lesson, : lesson + 1].mean() for lesson in range(len(right))])


def forgetting(right: np.ndarray) -> float:
    """Return the mean fall from the best of any earlier exam to the last, of all classes but the last."""
    return float((np.nanmax(right[:-1, :-1], axis=0) - right[-1, :-1]).mean())


def transfer(right: np.ndarray) -> float:
    """Return the mean change from a class's own exam to the last, of all classes but the last."""
    return float((right[-1, :-1] - np.diagonal(right)[:-1]).mean())
