"""Digits learned with neuromodulated plasticity: what the network gets right, and what changed.

NACA's spiking network on scikit-learn's handwritten digits, one image at a time. The published network
(MNIST, 784-1000-10, Adam and mini-batches) reached 95.46 ± 0.17 % in 10 epochs; these are other,
smaller images, so that number is no target here. A thousand random hidden cells already separate 64
pixels well enough for the delta rule on top of them, so holding the neuromodulator where plasticity
turns over costs nothing that shows; with 50 hidden cells it costs a fifth of the accuracy.
"""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from figures.style import COLOUR, TWO_COLUMNS
from neuromodsim.claims import Check

EXPERIMENT = "digits"
SEEDS = tuple(range(5))
RUNS = {
    "modulated": SEEDS,
    "unmodulated": SEEDS,
    "digits_narrow/modulated": SEEDS,
    "digits_narrow/unmodulated": SEEDS,
}
BINS = np.linspace(-1.5, 1.5, 151)
CLASSES = 10


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of each run.

    Returns
    -------
    xr.Dataset
        ``accuracy`` (run, epoch) on images never trained on, ``confusion`` (run, shown, said) of the
        last epoch as a share of each class, ``level`` (run, class, level_bin), ``change``
        (run, change_bin) of the input weights, ``seconds`` (run) of computing.
    """
    return xr.concat([_row(run) for run in runs], "run")


def _row(run: xr.DataTree) -> xr.Dataset:
    trials = run["trials"].to_dataset()
    tested = trials.isel(trial=np.flatnonzero(trials.learning.values == 0))
    accuracy = tested.correct.astype(float).groupby(tested.epoch).mean()
    last = tested.isel(trial=np.flatnonzero(tested.epoch.values == tested.epoch.values.max()))
    confusion = np.zeros((CLASSES, CLASSES))
    np.add.at(confusion, (last.label.values, last.prediction.values), 1)
    weights = run["synapses/input_weights"].weight
    change = np.clip((weights[-1] - weights[0]).values, BINS[0], BINS[-1])
    return xr.Dataset(
        {
            "accuracy": ("epoch", accuracy.values),
            "confusion": (("shown", "said"), confusion / confusion.sum(axis=1, keepdims=True)),
            "change": ("bin", np.histogram(change, BINS)[0] / weights.sizes["synapse"]),
            "seconds": float(run.attrs["computing_time"].split()[0]),
        },
        coords={
            "epoch": accuracy.epoch.values + 1,
            "bin": (BINS[:-1] + BINS[1:]) / 2,
            "condition": run.attrs["condition"],
            "experiment": run.attrs["experiment"],
            "seed": run.attrs["seed"],
        },
    )


def _of(summary: xr.Dataset, experiment: str, condition: str) -> xr.Dataset:
    chosen = (summary.experiment == experiment) & (summary.condition == condition)
    return summary.isel(run=np.flatnonzero(chosen.values))


def _final(summary: xr.Dataset, experiment: str, condition: str) -> np.ndarray:
    return np.asarray(_of(summary, experiment, condition).accuracy[:, -1])


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure with what was wanted and found."""
    final = _final(summary, "digits", "modulated")
    control = _final(summary, "digits", "unmodulated")
    narrow = _final(summary, "digits_narrow", "modulated")
    narrow_control = _final(summary, "digits_narrow", "unmodulated")
    worst = float(np.min(_of(summary, "digits", "modulated").confusion.values.diagonal(axis1=1, axis2=2)))
    return [
        Check(
            "accuracy on images never trained on, after 10 epochs",
            "at least 0.93 on average",
            _spread(final),
            bool(final.mean() >= 0.93),
        ),
        Check(
            "no output cell dies (the worst class of any seed)",
            "above 0.5",
            f"{worst:.2f}",
            worst > 0.5,
        ),
        Check(
            "1000 hidden cells: random ones do as well, so holding the modulator costs nothing",
            "within 0.02 of each other on average",
            f"{_spread(control)}; the difference is {final.mean() - control.mean():+.4f}",
            bool(abs(control.mean() - final.mean()) <= 0.02),
        ),
        Check(
            "50 hidden cells: it is clearly worse",
            "lower by 0.1 or more in every seed",
            f"{_spread(narrow_control)} against {_spread(narrow)}",
            bool(np.all(narrow - narrow_control >= 0.1)),
        ),
    ]


def _spread(values: np.ndarray) -> str:
    return f"{values.mean():.4f} ± {values.std(ddof=1):.4f} over {len(values)} seeds"


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure, (left, middle, right) = plt.subplots(1, 3, figsize=(TWO_COLUMNS, 2.4))
    for experiment, style, cells in (("digits", "-", 1000), ("digits_narrow", "--", 50)):
        for condition in ("modulated", "unmodulated"):
            lines = _of(summary, experiment, condition).accuracy
            label = f"{condition}, {cells} hidden cells"
            left.plot(lines.epoch, lines.mean("run"), style, color=COLOUR[condition], label=label)
            low, high = lines.min("run"), lines.max("run")
            left.fill_between(lines.epoch, low, high, color=COLOUR[condition], alpha=0.15, linewidth=0)
    left.axhline(0.93, color="0.7", linewidth=0.6, zorder=0)
    left.set(
        xlabel="Epoch", ylabel="Right on test images", ylim=(0, 1), xticks=(1, 4, 7, 10), title="Accuracy"
    )
    left.legend(loc="lower right", handlelength=1.5)
    _draw_confusion(middle, _of(summary, "digits", "modulated").confusion.mean("run").values)
    _draw_change(right, summary)
    return figure


def _draw_confusion(axes: plt.Axes, confusion: np.ndarray) -> None:
    picture = axes.imshow(confusion, cmap="magma_r", vmin=0, vmax=1)
    axes.set(xlabel="Network says", ylabel="Digit shown", title="Test images, last epoch")
    axes.set_xticks(range(CLASSES))
    axes.set_yticks(range(CLASSES))
    axes.spines[:].set_visible(True)
    plt.colorbar(picture, ax=axes, shrink=0.8, label="Share")


def _draw_change(axes: plt.Axes, summary: xr.Dataset) -> None:
    share = _of(summary, "digits", "modulated").change.mean("run")
    axes.fill_between(share.bin, share, step="mid", color=COLOUR["modulated"], alpha=0.4)
    axes.set(
        xlabel="Change of an input weight",
        ylabel="Share of synapses",
        yscale="log",
        title="Weights, before to after",
    )


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: confusion, accuracy, modulator levels, weight changes, and spikes of test images."""
    row = _row(run)
    figure, axes = plt.subplots(2, 3, figsize=(TWO_COLUMNS, 4.6))
    _draw_confusion(axes[0, 0], row.confusion.values)
    axes[0, 1].plot(row.epoch, row.accuracy, "o-", markersize=3, color=COLOUR[run.attrs["condition"]])
    axes[0, 1].set(
        xlabel="Epoch",
        ylabel="Right on test images",
        ylim=(min(0.6, float(row.accuracy.min())), 1),
        title=f"{run.attrs['condition']}, seed {run.attrs['seed']}: {float(row.accuracy[-1]):.3f}",
    )
    _draw_levels(axes[0, 2], run)
    weights = run["synapses/input_weights"].to_dataset()
    change = (weights.weight[-1] - weights.weight[0]).values.reshape(64, -1)
    reach = float(np.abs(change).max()) or 1.0
    picture = axes[1, 0].imshow(change[:, :100], cmap="RdBu_r", vmin=-reach, vmax=reach, aspect="auto")
    axes[1, 0].set(xlabel="Hidden cell (first 100)", ylabel="Pixel", title="Change of input weights")
    plt.colorbar(picture, ax=axes[1, 0])
    _draw_change_of_run(axes[1, 1], row)
    _draw_spikes(axes[1, 2], run)
    return figure


def _draw_levels(axes: plt.Axes, run: xr.DataTree) -> None:
    """Draw the level at the first cells for each class, from the last test images."""
    level = run["modulators/expectation"]["level"]
    trials = run["trials"].to_dataset()
    # A sample at the start of a step is from before it: the level there is that of the image before.
    shown = np.searchsorted(trials.time.values, level.time.values) - 1
    labels = trials.label.values[shown]
    cells = min(60, level.sizes["region"])
    table = np.full((CLASSES, cells), np.nan)
    for digit in range(CLASSES):
        rows = np.flatnonzero(labels == digit)
        if len(rows):
            table[digit] = level.values[rows[-1], :cells]
    picture = axes.imshow(table, cmap="PuOr", vmin=0, vmax=1, aspect="auto", interpolation="nearest")
    axes.set(xlabel=f"Hidden cell (first {cells})", ylabel="Digit shown", title="Neuromodulator level")
    axes.set_yticks(range(CLASSES))
    plt.colorbar(picture, ax=axes)


def _draw_change_of_run(axes: plt.Axes, row: xr.Dataset) -> None:
    axes.fill_between(row.bin, row.change, step="mid", color=COLOUR["modulated"], alpha=0.4)
    axes.set(xlabel="Change of an input weight", ylabel="Share", yscale="log", title="Weight changes")


def _draw_spikes(axes: plt.Axes, run: xr.DataTree) -> None:
    """Draw the output's spikes for the last images, with what was shown."""
    spikes = run["spikes/output"].to_dataset()
    trials = run["trials"].to_dataset().isel(trial=slice(-12, None))
    start = float(trials.time[0]) - 0.019
    recent = spikes.time.values >= start
    axes.plot((spikes.time.values[recent] - start) * 1e3, spikes.neuron.values[recent], "|k", markersize=4)
    for time, label in zip(trials.time.values, trials.label.values, strict=True):
        left = (time - start) * 1e3 - 19
        axes.plot(
            [left, left + 20],
            [label, label],
            color=COLOUR["modulated"],
            alpha=0.35,
            linewidth=5,
            solid_capstyle="butt",
        )
    axes.set(xlabel="Time (ms)", ylabel="Output cell", title="Output spikes and labels")
    axes.set_yticks(range(CLASSES))
