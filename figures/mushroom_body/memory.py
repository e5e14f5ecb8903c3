"""A memory that later training leaves alone: ten classes in sequence, each image shown once.

A mushroom body is trained on one class at a time, without replay and without task identity. Every image of
an evaluation comes alone, among images of all classes seen so far (single-image evaluation), and the answer
is the output neuron that has fallen most silent out of ten. Synapses change only where Kenyon cells fire
while dopamine of their own compartment is there. So a training block leaves the other nine compartments as
they are, and the order of classes does not matter. If training releases dopamine in all compartments, or in
none, nothing is learned. There is no gate on the input, and nothing is computed from
a batch.
"""

import json
from collections.abc import Iterable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from figures.style import COLOUR, TWO_COLUMNS
from neuromodsim.reports.claims import Check

EXPERIMENT = "mushroom_body data=mnist"
SEEDS = tuple(range(5))
SMALL = "mushroom_body"
CONTROLS = ("compartments", "one_compartment", "no_dopamine", "ongoing", "no_apl")
ORDERS = tuple(f"order_{k}" for k in range(1, 6))
MNIST_ORDERS = ORDERS[:4]  # beside the order that seed 0 draws
OTHERS = ("mushroom_body data=spoken", "mushroom_body data=events")
RUNS = {
    "compartments": SEEDS,
    **dict.fromkeys(MNIST_ORDERS, (0,)),
    **{f"{SMALL}/{condition}": SEEDS for condition in (*CONTROLS, *ORDERS)},
    **{f"{name}/compartments": SEEDS for name in OTHERS},
}

CLASSES = 10
SETS = {
    "mushroom_body data=mnist": ("MNIST", "#c1440e"),
    "mushroom_body": ("scikit-learn's digits", "#4477aa"),
    "mushroom_body data=spoken": ("spoken digits", "#228833"),
    "mushroom_body data=events": ("event camera", "#aa3377"),
}
SHOWN = 10  # last images whose spikes are shown


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of each run.

    Returns
    -------
    xr.Dataset
        ``right`` (run, block, place): share of right answers after so many training blocks, on the class that
        was trained at this place; ``accuracy`` (run, block) over all classes seen; ``final`` (run) on all
        test images; ``by_spikes`` (run): the same if two output neurons with as few spikes are no answer;
        ``active`` (run), share of Kenyon cells; and of one run ``occupancy`` (time, place) of D1 and
        ``votes`` (image, class) with what was ``shown``.
    """
    rows, example = [], None
    for run in runs:
        rows.append(_row(run))
        if example is None and run.attrs["experiment"] == SMALL:
            example = _example(run)
    summary = xr.concat(rows, "run")
    return summary if example is None else summary.merge(example)


def _evaluations(run: xr.DataTree) -> xr.Dataset:
    trials = run["trials"].to_dataset()
    chosen = (trials.training.values == 0) & (trials.image.values >= 0)
    return trials.isel(trial=np.flatnonzero(chosen))


def _row(run: xr.DataTree) -> xr.Dataset:
    evaluations = _evaluations(run)
    order = json.loads(run.attrs["notes"])["class_order"]
    right = np.full((CLASSES, CLASSES), np.nan)
    for block in range(CLASSES):
        for place, digit in enumerate(order[: block + 1]):
            asked = (evaluations.trained.values == block + 1) & (evaluations.label.values == digit)
            if asked.any():
                right[block, place] = evaluations.correct.values[asked].mean()
    last = evaluations.isel(trial=np.flatnonzero(evaluations.trained.values == CLASSES))
    accuracy = np.nanmean(right, axis=1)
    return xr.Dataset(
        {
            "right": (("block", "place"), right.round(4)),
            "accuracy": ("block", accuracy.round(4)),
            "final": round(float(last.correct.values.mean()), 4),
            "by_spikes": round(float((last.correct.values & ~last.tied.values).mean()), 4),
            "active": round(float(run["events/apl_verdict"].fired.values[_shown(run)].mean()), 4),
            "images": last.sizes["trial"],
            "seconds": float(run.attrs["computing_time"].split()[0]),
        },
        coords={
            "block": np.arange(1, CLASSES + 1),
            "place": np.arange(1, CLASSES + 1),
            "condition": run.attrs["condition"],
            "experiment": run.attrs["experiment"],
            "seed": run.attrs["seed"],
        },
    )


def _shown(run: xr.DataTree) -> np.ndarray:
    return np.flatnonzero(run["trials"].image.values >= 0)


def _example(run: xr.DataTree) -> xr.Dataset:
    """Return receptor occupancy over all blocks, compartments in order, and the last votes."""
    order = json.loads(run.attrs["notes"])["class_order"]
    level = run["modulators/dopamine"]["D1"][::2, order]
    last = run["trials"].to_dataset().isel(trial=slice(-SHOWN, None))
    return xr.Dataset(
        {
            "occupancy": (("time", "place"), level.values.round(4)),
            "votes": (("image", "class"), last.votes.values),
            "shown": ("image", last.label.values),
        },
        coords={"time": level.time.values.round(3)},
    )


def _of(summary: xr.Dataset, experiment: str, *conditions: str) -> xr.Dataset:
    chosen = (summary.experiment.values == experiment) & np.isin(summary.condition.values, conditions)
    return summary.isel(run=np.flatnonzero(chosen))


def _orders(summary: xr.Dataset) -> np.ndarray:
    """Return the results of five orders of classes with the same cells, shape ``(seed, order)``."""
    rows = [_of(summary, SMALL, order).sortby("seed").final.values for order in ORDERS]
    return np.stack(rows, axis=1)


def _mnist_orders(summary: xr.Dataset) -> np.ndarray:
    """Return the results of the orders of MNIST's classes with the cells of seed 0, shape ``(order,)``."""
    runs = _of(summary, EXPERIMENT, "compartments", *MNIST_ORDERS)
    return np.asarray(runs.final.values[runs.seed.values == 0])


def forgetting(right: np.ndarray) -> np.ndarray:
    """Return how far each run fell from its best on the classes before the last, shape ``(run,)``.

    The mean over classes of the best share of right answers at any earlier evaluation, less that at the end
    (Chaudhry et al. 2018). Classes seen later compete for the answer, so it is above zero even if no synapse
    that was trained ever changes again.
    """
    earlier, end = right[:, :-1, :-1], right[:, -1, :-1]
    result: np.ndarray = (np.nanmax(earlier, axis=1) - end).mean(axis=1)
    return result


def backward_transfer(right: np.ndarray) -> np.ndarray:
    """Return the mean change from a class's own evaluation to the last, shape ``(run,)`` (Lopez-Paz 2017)."""
    own = np.diagonal(right, axis1=1, axis2=2)[:, :-1]
    result: np.ndarray = (right[:, -1, :-1] - own).mean(axis=1)
    return result


def _lowest(values: Any) -> float:
    return float(np.asarray(values).min()) if np.size(values) else np.nan


def _mean(values: Any) -> float:
    return float(np.asarray(values).mean()) if np.size(values) else np.nan


def _highest(values: Any) -> float:
    return -_lowest(-np.asarray(values))


def _below(values: Any, others: Any) -> bool:
    """Return whether each of some runs is below the one with the same place among others."""
    return 0 < np.size(values) == np.size(others) and bool(np.all(np.asarray(values) < np.asarray(others)))


def _spread(values: Any) -> str:
    values = np.asarray(values, dtype=float)
    if len(values) < 2:
        return f"{len(values)} runs"
    return f"{values.mean():.4f} ± {values.std(ddof=1):.4f} ({len(values)} runs)"


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure with what was wanted and found."""
    mnist = _of(summary, EXPERIMENT, "compartments")
    orders, of_mnist = _orders(summary), _mnist_orders(summary)
    small = {c: _of(summary, SMALL, c).final.values for c in CONTROLS}
    others = {name: _of(summary, name, "compartments").final.values for name in OTHERS}
    active = summary.active.values[summary.condition.values != "no_apl"]
    return [
        Check(
            "MNIST, one image at a time, after ten training blocks in one pass",
            "at least 0.88 in every seed",
            _spread(mnist.final),
            _lowest(mnist.final) >= 0.88,
        ),
        Check(
            "the same, aimed for",
            "0.90 on average",
            _spread(mnist.final),
            _mean(mnist.final) >= 0.90,
        ),
        Check(
            "five orders of MNIST's classes, each with other cells and synapses",
            "best and worst within 0.01",
            f"{_lowest(mnist.final):.4f} to {_highest(mnist.final):.4f}",
            mnist.sizes["run"] == 5 and bool(np.ptp(mnist.final.values) <= 0.01),
        ),
        Check(
            f"{1 + len(MNIST_ORDERS)} orders of MNIST's classes, with the same cells and synapses",
            "best and worst within 0.01",
            ", ".join(f"{value:.4f}" for value in of_mnist),
            len(of_mnist) == 1 + len(MNIST_ORDERS) and bool(np.ptp(of_mnist) <= 0.01),
        ),
        Check(
            "five orders with the same cells, synapses and images (scikit-learn's digits)",
            "means over 5 seeds within 0.02",
            ", ".join(f"{mean:.4f}" for mean in orders.mean(axis=0)),
            bool(np.ptp(orders.mean(axis=0)) <= 0.02),
        ),
        Check(
            "dopamine in all compartments, or none: nothing is learned",
            "at most 0.2 in every seed (chance is 0.1)",
            f"{_spread(small['one_compartment'])}, {_spread(small['no_dopamine'])}",
            _highest(small["one_compartment"]) <= 0.2 and _highest(small["no_dopamine"]) <= 0.2,
        ),
        Check(
            "dopamine neurons that fire all the time spoil it",
            "lower in every seed",
            f"{_spread(small['ongoing'])} against {_spread(small['compartments'])}",
            _below(small["ongoing"], small["compartments"]),
        ),
        Check(
            "without APL it is worse",
            "lower in every seed",
            f"{_spread(small['no_apl'])} against {_spread(small['compartments'])}",
            _below(small["no_apl"], small["compartments"]),
        ),
        Check(
            "a few percent of Kenyon cells are active",
            "between 0.005 and 0.06 on average in every run with APL",
            f"{active.min():.3f} to {active.max():.3f}",
            bool(active.min() > 0.005 and active.max() < 0.06),
        ),
        *(
            Check(
                f"{SETS[name][0]}: ten classes are kept",
                f"at least {least} on average",
                _spread(values),
                _mean(values) >= least,
            )
            for name, values, least in (
                (SMALL, small["compartments"], 0.9),
                (OTHERS[0], others[OTHERS[0]], 0.7),
                (OTHERS[1], others[OTHERS[1]], 0.67),
            )
        ),
    ]


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure, axes = plt.subplots(2, 3, figsize=(TWO_COLUMNS, 4.8))
    _draw_blocks(axes[0, 0], summary)
    _draw_orders(axes[0, 1], summary)
    _draw_controls(axes[0, 2], summary)
    _draw_right(axes[1, 0], _of(summary, EXPERIMENT, "compartments").right.mean("run").values)
    _draw_occupancy(axes[1, 1], summary.time.values, summary.occupancy.values)
    _draw_votes(axes[1, 2], summary.votes.values, summary.shown.values)
    return figure


def _draw_blocks(axes: plt.Axes, summary: xr.Dataset) -> None:
    for name, (label, colour) in SETS.items():
        lines = _of(summary, name, "compartments").accuracy
        axes.plot(lines.block, lines.mean("run"), "-", color=colour, label=label)
        axes.fill_between(
            lines.block, lines.min("run"), lines.max("run"), color=colour, alpha=0.15, linewidth=0
        )
    block = np.arange(1, CLASSES + 1)
    axes.plot(block, 1 / block, ":", color="0.5", label="only the last block is kept")
    axes.set(
        xlabel="Training blocks", ylabel="Right, all classes so far", ylim=(0, 1.02), xticks=(1, 4, 7, 10)
    )
    axes.set_title("One image at a time (5 seeds)")
    axes.legend(fontsize=5.5, loc="lower left")


def _draw_orders(axes: plt.Axes, summary: xr.Dataset) -> None:
    mnist = _of(summary, EXPERIMENT, "compartments").final.values
    axes.plot(np.linspace(-0.3, 0.3, len(mnist)), mnist, "o", color=SETS[EXPERIMENT][1], markersize=3)
    for column, values in enumerate((_mnist_orders(summary), *_orders(summary))):
        colour = SETS[SMALL if column else EXPERIMENT][1]
        axes.plot(1 + column + np.linspace(-0.3, 0.3, len(values)), values, "o-", color=colour, markersize=3)
    axes.axhline(0.88, color="0.7", linewidth=0.6, zorder=0)
    axes.set(ylim=(0.8, 1), ylabel="Right after ten blocks", title="Five orders of classes")
    labels = ["all", "0", *(str(seed) for seed in SEEDS)]
    axes.set_xticks(range(len(labels)), labels, fontsize=6)
    axes.set_xlabel("Cells of seed")
    axes.text(0.5, 0.97, "MNIST", ha="center", fontsize=6)
    axes.text(4, 0.97, "scikit-learn's digits", ha="center", fontsize=6)
    axes.set_xlim(-0.6, 6.6)


def _draw_controls(axes: plt.Axes, summary: xr.Dataset) -> None:
    for place, condition in enumerate(CONTROLS):
        values = _of(summary, SMALL, condition).final.values
        colour = COLOUR["modulated" if condition == "compartments" else "unmodulated"]
        axes.bar(place, values.mean(), color=colour, width=0.7)
        axes.plot(np.full(len(values), place), values, ".k", markersize=3)
    axes.axhline(0.1, color="0.3", linewidth=0.6, linestyle=":")
    labels = ["its own\ncompart-\nment", "all of\nthem", "none", "tonic,\ntoo", "no\nAPL"]
    axes.set_xticks(range(len(CONTROLS)), labels, fontsize=5.5)
    axes.set(ylim=(0, 1), ylabel="Right", title="Dopamine (scikit-learn's digits)")


def _draw_right(axes: plt.Axes, right: np.ndarray) -> None:
    picture = axes.imshow(right, cmap="viridis", vmin=0.5, vmax=1, origin="lower")
    axes.set(xlabel="Class, in order trained", ylabel="Blocks so far", title="MNIST: what is kept")
    axes.set_xticks(range(0, CLASSES, 3), range(1, CLASSES + 1, 3))
    axes.set_yticks(range(0, CLASSES, 3), range(1, CLASSES + 1, 3))
    plt.colorbar(picture, ax=axes, shrink=0.8, label="Right")


def _draw_occupancy(axes: plt.Axes, time: np.ndarray, level: np.ndarray) -> None:
    for place in range(level.shape[1]):
        axes.plot(time, place + 1 + 8 * level[:, place], color=COLOUR["dopamine"], linewidth=0.5)
    axes.set(xlabel="Time (s)", ylabel="Compartment, in order trained", title="D1 occupied (bar: 0.1)")
    axes.plot([time[-1] * 1.02] * 2, [1, 1.8], color="k", linewidth=1.5)
    axes.set_yticks(range(1, CLASSES + 1, 3))


def _draw_votes(axes: plt.Axes, votes: np.ndarray, shown: np.ndarray) -> None:
    picture = axes.imshow(votes.T, cmap="magma", aspect="auto", origin="lower")
    axes.plot(range(len(shown)), shown, "s", markerfacecolor="none", color="white", markersize=6)
    axes.set(xlabel="Evaluation image", ylabel="Output neuron", title="Spikes (box: class shown)")
    axes.set_xticks(range(len(shown)), [str(label) for label in shown])
    axes.set_yticks(range(0, CLASSES, 3))
    plt.colorbar(picture, ax=axes, shrink=0.8)


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: what is kept of each block, dopamine, and the output of the last images."""
    row, example = _row(run), _example(run)
    figure, axes = plt.subplots(1, 3, figsize=(TWO_COLUMNS, 2.5))
    _draw_right(axes[0], row.right.values)
    axes[0].set_title(f"{run.attrs['condition']}, seed {run.attrs['seed']}: {float(row.final):.3f}")
    _draw_occupancy(axes[1], example.time.values, example.occupancy.values)
    _draw_votes(axes[2], example.votes.values, example.shown.values)
    return figure
