"""Credit-assignment rules in one network: MNIST, spoken digits, and a held-out speaker.

All rules receive the same images in the same order, with the same initial weights and input spikes, as
single images, with constant learning rates chosen on another seed of MNIST (also for speech). Ten epochs of
MNIST and of speech; three epochs of speech with a held-out speaker, a different one for each seed. "One
epoch" of MNIST is the first of the ten, in the same runs. EWC is omitted: with mixed classes it is
equivalent to backpropagation. The published comparison is of convolutional networks with Adam, so that only
the ranking can be compared. The ranking of spiking rules that is checked was written down after the first
seeds had been seen.
"""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from figures.style import TWO_COLUMNS
from neuromodsim.analysis.moments import mean
from neuromodsim.analysis.selection import runs_with
from neuromodsim.plots.colours import COLOUR
from neuromodsim.plots.points import runs_and_mean
from neuromodsim.reports.claims import Check

EXPERIMENT = "naca_classification rule=bp"
SPIKING = ("naca", "brp", "e_prop", "e_prop_random", "bptt")
RATE = ("naca_rate", "bp", "feedback_alignment", "direct_feedback", "sign_symmetric")
RULES = (*SPIKING, *RATE)
TASKS = {
    "mnist_once": "MNIST, once",
    "mnist_ten_times": "MNIST, ten times",
    "spoken": "Spoken digits",
    "held_out_speaker": "Held-out speaker",
}
SEEDS = (0, 1, 2, 3, 4)
SPEAKERS = (0, 1, 2, 3, 4, 5)  # a seed holds out the speaker of its number
CLASSES = 10
FAMILY = "naca_classification"


def experiment(task: str, rule: str) -> str:
    """Return the experiment of a task and a rule; NACA is the default."""
    own = "" if rule == "naca" else f" rule={rule}"
    if task == "mnist_ten_times":
        return f"{FAMILY}{own}"
    return (
        f"{FAMILY} data=spoken{own}" if task == "spoken" else f"{FAMILY} data=held_out_speaker{own} epochs=3"
    )


MADE = {
    experiment(task, rule): (task, rule)
    for task in ("mnist_ten_times", "spoken", "held_out_speaker")
    for rule in RULES
}
RUNS = {
    f"{name}/trained": SPEAKERS if task == "held_out_speaker" else SEEDS for name, (task, _) in MADE.items()
}


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
    task, rule = MADE[run.attrs["experiment"]]
    return xr.Dataset(
        {
            "accuracy": ("epoch", accuracy.values.round(5)),
            "least": round(float(np.bincount(last, minlength=CLASSES).min() / len(last)), 4),
            "seconds": round(float(run.attrs["computing_time"].split()[0]), 1),
        },
        coords={
            "epoch": accuracy.epoch.values + 1,
            "condition": task,
            "rule": rule,
            "seed": run.attrs["seed"],
        },
    )


def right(summary: xr.Dataset, task: str, rule: str) -> np.ndarray:
    """Return the accuracy of each run of a rule after its last epoch; ``mnist_once``, the first."""
    of, last = ("mnist_ten_times", 0) if task == "mnist_once" else (task, -1)
    epochs = runs_with(summary, condition=of, rule=rule).accuracy.values
    return np.array([values[np.isfinite(values)][last] for values in epochs])


def _mean(summary: xr.Dataset, task: str, rule: str) -> float:
    return mean(right(summary, task, rule))


def _worst(summary: xr.Dataset, task: str, rules: Iterable[str]) -> tuple[float, str]:
    return min((_mean(summary, task, rule), rule) for rule in rules)


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure with what was expected and observed."""
    least = summary.least.where(summary.condition == "mnist_ten_times", drop=True)
    return [
        _learned(summary, "mnist_once", 0.85),
        _learned(summary, "mnist_ten_times", 0.85),
        _learned(summary, "spoken", 0.6),
        Check(
            "MNIST: no output cell is dead in any run; the class said least often",
            "at least 0.05 of test images",
            f"{float(least.min()):.3f}",
            float(least.min()) >= 0.05,
        ),
        _check_order(summary),
        *(_check_speaker(summary, kind, rules) for kind, rules in (("spiking", SPIKING), ("rate", RATE))),
    ]


def _check_order(summary: xr.Dataset) -> Check:
    ten = {rule: _mean(summary, "mnist_ten_times", rule) for rule in SPIKING}
    backward = min(ten[rule] for rule in ("e_prop", "e_prop_random", "bptt"))
    return Check(
        "NOT AS PUBLISHED (NACA, BRP, e-prop): with spikes, rules that send an error back do best",
        "e-prop and backpropagation through time, then NACA, then BRP, on average",
        ", ".join(f"{rule} {value:.4f}" for rule, value in ten.items()),
        backward > ten["naca"] > ten["brp"],
    )


def _check_speaker(summary: xr.Dataset, kind: str, rules: Iterable[str]) -> Check:
    falls = [_mean(summary, "spoken", r) - _mean(summary, "held_out_speaker", r) for r in rules]
    return Check(
        f"{kind} rules: a held-out speaker is harder than new words of known speakers",
        "lower by 0.1 or more for each rule",
        f"lower by {min(falls):.3f} to {max(falls):.3f}",
        min(falls) >= 0.1,
    )


def _learned(summary: xr.Dataset, task: str, wanted: float) -> Check:
    value, rule = _worst(summary, task, RULES)
    return Check(
        f"{TASKS[task]}: every rule learns; the least good, {rule}",
        f"at least {wanted} right on average",
        f"{value:.4f}",
        value >= wanted,
    )


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure, axes = plt.subplots(1, 4, figsize=(TWO_COLUMNS, 3.0), sharey=True)
    for column, (task, title) in enumerate(TASKS.items()):
        for row, rule in enumerate(RULES):
            values = 100 * right(summary, task, rule)
            colour = COLOUR["modulated"] if rule.startswith("naca") else "0.45"
            marker = "o" if rule in SPIKING else "s"
            runs_and_mean(axes[column], row, values, colour, marker=marker, horizontal=True)
        axes[column].axhline(len(SPIKING) - 0.5, color="0.85")
        axes[column].set(xlabel="Test accuracy (%)", title=title)
    axes[0].set(yticks=range(len(RULES)), yticklabels=[rule.replace("_", " ") for rule in RULES])
    axes[0].invert_yaxis()
    return figure


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: what it got right in each epoch."""
    row = _row(run)
    figure, axes = plt.subplots(figsize=(TWO_COLUMNS / 2, 2.7))
    axes.plot(row.epoch, 100 * row.accuracy, "o-", markersize=3)
    axes.set(xlabel="Epoch", ylabel="Test accuracy (%)", title=run.attrs["experiment"])
    return figure
