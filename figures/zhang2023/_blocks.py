"""What a run of a sequence of training blocks got right, by evaluation, block and class."""

import json
from collections.abc import Iterator

import numpy as np
import xarray as xr

EVALUATIONS = ("within_class", "single_image", "mixed_class")
CLASSES = 10


def asked(run: xr.DataTree) -> int:
    """Return how many test images were evaluated after the last training block."""
    trials = run["trials"].to_dataset()
    if "evaluation" in trials:
        return int(np.sum((trials.evaluation.values == 2) & (trials.trained.values == CLASSES)))
    return int(
        np.sum(
            (trials.training.values == 0) & (trials.image.values >= 0) & (trials.trained.values == CLASSES)
        )
    )


def rights(run: xr.DataTree) -> Iterator[np.ndarray]:
    """Yield the share of right answers in each evaluation, shape ``(block, place)``, in order of blocks."""
    trials = run["trials"].to_dataset()
    order = json.loads(run.attrs["notes"])["class_order"]
    if "evaluation" not in trials:  # a mushroom body: there is no batch, so all evaluations are one
        alone = (trials.training.values == 0) & (trials.image.values >= 0)
        evaluations = [alone] * len(EVALUATIONS)
    else:
        evaluations = [trials.evaluation.values == which for which in (1, 2, 3)]
    for evaluation in evaluations:
        right = np.full((CLASSES, CLASSES), np.nan)
        for block in range(CLASSES):
            for place, number in enumerate(order[: block + 1]):
                here = evaluation & (trials.trained.values == block + 1) & (trials.label.values == number)
                right[block, place] = trials.correct.values[here].mean()
        yield right
