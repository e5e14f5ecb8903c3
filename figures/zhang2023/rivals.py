"""Every way to assign credit in one network: MNIST, spoken digits, and a speaker never heard.

All with the same images, order, first weights, spikes of pixels and ten epochs, one image at a time, at
constant rates chosen on another seed of MNIST (also where speech is learned). Elastic weights are left out:
where classes come mixed, they are backpropagation. The published comparison is of convolutional
networks with Adam, and is drawn beside ours for its order alone.
"""

from collections.abc import Iterable

import numpy as np
import xarray as xr

EXPERIMENT = "mnist_bp"
SPIKING = ("naca", "brp", "e_prop", "e_prop_random", "bptt")
RATE = ("naca_rate", "bp", "feedback_alignment", "direct_feedback", "sign_symmetric")
RULES = (*SPIKING, *RATE)
TASKS = {"mnist": "MNIST", "spoken": "Spoken digits", "unheard": "A speaker never heard"}
SEEDS = tuple(range(5))
RUNS = {f"mnist_{rule}/trained": SEEDS for rule in RULES}
RUNS |= {f"spoken_{rule}/trained": SEEDS for rule in RULES}
RUNS |= {f"unheard_{rule}/trained": tuple(range(6)) for rule in RULES}  # each of six speakers once
CHANCE, CLASSES = 0.1, 10


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of each run.

    Returns
    -------
    xr.Dataset
        ``accuracy`` (run, epoch) on test images; ``least`` (run), the share of test images for which the
        class said least often was said, in the last epoch; ``seconds`` (run) of computing.
    """
    return xr.concat([_row(run) for run in runs], "run", join="outer")


def _row(run: xr.DataTree) -> xr.Dataset:
    trials = run["trials"].to_dataset()
    tested = trials.isel(trial=np.flatnonzero(trials.learning.values == 0))
    accuracy = tested.correct.astype(float).groupby(tested.epoch).mean()
    last = tested.prediction.values[tested.epoch.values == tested.epoch.values.max()]
    task, _, rule = run.attrs["experiment"].partition("_")
    return xr.Dataset(
        {
            "accuracy": ("epoch", accuracy.values.round(5)),
            "least": round(float(np.bincount(last, minlength=CLASSES).min() / len(last)), 4),
            "seconds": round(float(run.attrs["computing_time"].split()[0]), 1),
        },
        coords={"epoch": accuracy.epoch.values + 1, "task": task, "rule": rule, "seed": run.attrs["seed"]},
    )
