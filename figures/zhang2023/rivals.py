"""Every way to assign credit in one network: MNIST, spoken digits, and a speaker never heard.

All with the same images, order, first weights and spikes of pixels, one image at a time, at constant rates
chosen on another seed of MNIST (for speech, too). MNIST once and ten times, speech ten times, three where a
speaker is left out. Elastic weights are not here: where classes come mixed, they are backpropagation. The
published comparison is of convolutional networks with Adam, and can be compared by its order alone.
"""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from figures.style import COLOUR, TWO_COLUMNS
from neuromodsim.claims import Check

EXPERIMENT = "mnist_bp"
SPIKING = ("naca", "brp", "e_prop", "e_prop_random", "bptt")
RATE = ("naca_rate", "bp", "feedback_alignment", "direct_feedback", "sign_symmetric")
RULES = (*SPIKING, *RATE)
TASKS = {
    "mnist": "MNIST, once",
    "mnist_ten_times": "MNIST, ten times",
    "spoken": "Spoken digits",
    "unheard": "A speaker never heard",
}
SEEDS = (0, 1, 2)
MORE, FEWER, ONE = (0, 1, 2, 3, 4), (0, 1), (0,)
RUNS = {f"mnist_{rule}/trained": SEEDS for rule in RULES}
RUNS |= {
    f"mnist_ten_times_{rule}/trained": ONE if rule in SPIKING else FEWER for rule in RULES if rule != "naca"
}
RUNS |= {"naca_classification/trained": MORE}  # is mnist_ten_times_naca
RUNS |= {f"spoken_{rule}/trained": SEEDS for rule in RULES}
RUNS |= {f"unheard_{rule}/trained": (0, 1) for rule in RULES}  # George, Jackson
CLASSES = 10


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
    task, rule = _task_and_rule(run.attrs["experiment"])
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


def _task_and_rule(experiment: str) -> tuple[str, str]:
    if experiment == "naca_classification":
        return "mnist_ten_times", "naca"
    task = max((task for task in TASKS if experiment.startswith(f"{task}_")), key=len)
    return task, experiment.removeprefix(f"{task}_")


def _last(summary: xr.Dataset, task: str, rule: str) -> np.ndarray:
    """Return the accuracy of each run after its last epoch."""
    chosen = summary.isel(
        run=np.flatnonzero((summary.condition == task).values & (summary.rule == rule).values)
    )
    return np.array([values[np.isfinite(values)][-1] for values in chosen.accuracy.values])


def _mean(summary: xr.Dataset, task: str, rule: str) -> float:
    values = _last(summary, task, rule)
    return float(values.mean()) if values.size else float("nan")


def _worst(summary: xr.Dataset, task: str, rules: Iterable[str]) -> tuple[float, str]:
    return min((_mean(summary, task, rule), rule) for rule in rules)


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure with what was wanted and found."""
    least = summary.least.where(summary.condition.isin(["mnist", "mnist_ten_times"]), drop=True)
    checks = [
        _learned(summary, "mnist", 0.85),
        _learned(summary, "mnist_ten_times", 0.85),
        _learned(summary, "spoken", 0.6),
        Check(
            "MNIST: no output cell is dead in any run; the class said least often",
            "at least 0.05 of test images",
            f"{float(least.min()):.3f}",
            float(least.min()) >= 0.05,
        ),
    ]
    for kind, rules in (("spiking", SPIKING), ("rate", RATE)):
        falls = [_mean(summary, "spoken", r) - _mean(summary, "unheard", r) for r in rules]
        checks.append(
            Check(
                f"{kind} rules: a speaker never heard is harder than new words of known speakers",
                "lower by 0.1 or more for each rule",
                f"lower by {min(falls):.3f} to {max(falls):.3f}",
                min(falls) >= 0.1,
            )
        )
    return checks


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
            values = 100 * _last(summary, task, rule)
            colour = COLOUR["modulated"] if rule.startswith("naca") else "0.45"
            marker = "o" if rule in SPIKING else "s"
            axes[column].plot(
                values, np.full(len(values), row), marker, color=colour, alpha=0.4, markersize=3
            )
            axes[column].plot(values.mean(), row, "|", color=colour, markersize=11)
        axes[column].axhline(len(SPIKING) - 0.5, color="0.85")
        axes[column].set(xlabel="Right (%)", title=title)
    axes[0].set(yticks=range(len(RULES)), yticklabels=[rule.replace("_", " ") for rule in RULES])
    axes[0].invert_yaxis()
    return figure


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: what it got right in each epoch."""
    row = _row(run)
    figure, axes = plt.subplots(figsize=(TWO_COLUMNS / 2, 2.7))
    axes.plot(row.epoch, 100 * row.accuracy, "o-", markersize=3)
    axes.set(xlabel="Epoch", ylabel="Right on test images (%)", title=run.attrs["experiment"])
    return figure
