"""Class-incremental learning in a mushroom body: ten classes in sequence, each image presented once.

A mushroom body is trained on one class at a time, without replay and without task identity. In evaluation,
images of all classes trained so far are presented one at a time (single-image evaluation), and the response
is the output neuron with the fewest spikes out of ten. Synapses change only where Kenyon cells fire while
dopamine is present in their compartment. A training block therefore leaves the other nine compartments
unchanged, and the order of classes does not matter. If training releases dopamine in all compartments, or in
none, nothing is learned. There is no gate on the input, and nothing is computed from
a batch.
"""

import json
from collections.abc import Iterable, Iterator

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from figures.style import TWO_COLUMNS
from neuromodsim.analysis.moments import mean
from neuromodsim.analysis.selection import runs_with
from neuromodsim.analysis.wording import extremes, listed, mean_and_deviation
from neuromodsim.plots.bars import bar_and_runs
from neuromodsim.plots.colours import COLOUR
from neuromodsim.plots.courses import with_range
from neuromodsim.plots.labels import run_title
from neuromodsim.plots.marks import mark_chance, mark_reference
from neuromodsim.plots.matrices import draw_retention
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
    "mushroom_body data=mnist": ("MNIST", COLOUR["mnist"]),
    "mushroom_body": ("scikit-learn's digits", COLOUR["digits"]),
    "mushroom_body data=spoken": ("spoken digits", COLOUR["spoken"]),
    "mushroom_body data=events": ("event camera", COLOUR["events"]),
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
    return runs_with(summary, experiment=experiment, condition=conditions)


def _orders(summary: xr.Dataset) -> np.ndarray:
    """Return the results of five orders of classes with the same cells, shape ``(seed, order)``."""
    rows = [_of(summary, SMALL, order).sortby("seed").final.values for order in ORDERS]
    return np.stack(rows, axis=1)


def _mnist_orders(summary: xr.Dataset) -> np.ndarray:
    """Return the results of the orders of MNIST's classes with the cells of seed 0, shape ``(order,)``."""
    runs = _of(summary, EXPERIMENT, "compartments", *MNIST_ORDERS)
    return np.asarray(runs_with(runs, seed=0).final.values)


def _below(values: np.ndarray, others: np.ndarray) -> bool:
    """Return whether each of some runs is below the one with the same place among others."""
    return 0 < values.size == others.size and bool(np.all(values < others))


def _spread(values: np.ndarray) -> str:
    runs = f"{len(values)} runs"
    return runs if len(values) < 2 else f"{mean_and_deviation(values, 4)} ({runs})"


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure with what was expected and observed."""
    return [
        *_check_mnist(_of(summary, EXPERIMENT, "compartments")),
        *_check_orders(summary),
        *_check_controls(summary),
        _check_active(summary.active.values[summary.condition.values != "no_apl"]),
        *_check_sets(summary),
    ]


def _check_mnist(runs: xr.Dataset) -> list[Check]:
    final = runs.final.values
    return [
        Check(
            "MNIST, one image at a time, after ten training blocks in one pass",
            "at least 0.88 in every seed",
            _spread(final),
            final.size > 0 and bool(final.min() >= 0.88),
        ),
        Check(
            "the same, aimed for",
            "0.90 on average",
            _spread(final),
            mean(final) >= 0.90,
        ),
        Check(
            "five orders of MNIST's classes, each with other cells and synapses",
            "best and worst within 0.01",
            extremes(final, 4) if final.size else "no runs",
            final.size == 5 and bool(np.ptp(final) <= 0.01),
        ),
    ]


def _check_orders(summary: xr.Dataset) -> list[Check]:
    """Return whether the order of classes matters if cells, synapses and images stay the same."""
    orders, of_mnist = _orders(summary), _mnist_orders(summary)
    return [
        Check(
            f"{1 + len(MNIST_ORDERS)} orders of MNIST's classes, with the same cells and synapses",
            "best and worst within 0.01",
            listed(of_mnist, "{:.4f}"),
            len(of_mnist) == 1 + len(MNIST_ORDERS) and bool(np.ptp(of_mnist) <= 0.01),
        ),
        Check(
            "five orders with the same cells, synapses and images (scikit-learn's digits)",
            "means over 5 seeds within 0.02",
            listed(orders.mean(axis=0), "{:.4f}"),
            bool(np.ptp(orders.mean(axis=0)) <= 0.02),
        ),
    ]


def _check_controls(summary: xr.Dataset) -> list[Check]:
    """Return what dopamine elsewhere, none, or a missing inhibition cost."""
    own, every, none, ongoing, no_apl = (_of(summary, SMALL, c).final.values for c in CONTROLS)
    return [
        Check(
            "dopamine in all compartments, or none: nothing is learned",
            "at most 0.2 in every seed (chance is 0.1)",
            f"{_spread(every)}, {_spread(none)}",
            all(values.size > 0 and bool(values.max() <= 0.2) for values in (every, none)),
        ),
        Check(
            "dopamine neurons that fire all the time spoil it",
            "lower in every seed",
            f"{_spread(ongoing)} against {_spread(own)}",
            _below(ongoing, own),
        ),
        Check(
            "without APL it is worse",
            "lower in every seed",
            f"{_spread(no_apl)} against {_spread(own)}",
            _below(no_apl, own),
        ),
    ]


def _check_active(active: np.ndarray) -> Check:
    return Check(
        "a few percent of Kenyon cells are active",
        "between 0.005 and 0.06 on average in every run with APL",
        extremes(active, 3),
        bool(active.min() > 0.005 and active.max() < 0.06),
    )


def _check_sets(summary: xr.Dataset) -> Iterator[Check]:
    for name, least in ((SMALL, 0.9), (OTHERS[0], 0.7), (OTHERS[1], 0.67)):
        values = _of(summary, name, "compartments").final.values
        yield Check(
            f"{SETS[name][0]}: ten classes are kept",
            f"at least {least} on average",
            _spread(values),
            mean(values) >= least,
        )


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure, axes = plt.subplots(2, 3, figsize=(TWO_COLUMNS, 4.8))
    _draw_blocks(axes[0, 0], summary)
    _draw_orders(axes[0, 1], summary)
    _draw_controls(axes[0, 2], summary)
    _draw_kept(axes[1, 0], _of(summary, EXPERIMENT, "compartments").right.mean("run").values)
    _draw_occupancy(axes[1, 1], summary.time.values, summary.occupancy.values)
    _draw_votes(axes[1, 2], summary.votes.values, summary.shown.values)
    return figure


def _draw_blocks(axes: plt.Axes, summary: xr.Dataset) -> None:
    for name, (label, colour) in SETS.items():
        lines = _of(summary, name, "compartments").accuracy
        with_range(axes, lines.block, lines, colour, label)
    block = np.arange(1, CLASSES + 1)
    axes.plot(block, 1 / block, ":", color="0.5", label="only the last block is kept")
    axes.set(
        xlabel="Training blocks", ylabel="Accuracy, classes so far", ylim=(0, 1.02), xticks=(1, 4, 7, 10)
    )
    axes.set_title("One image at a time (5 seeds)")
    axes.legend(fontsize=5.5, loc="lower left")


def _draw_orders(axes: plt.Axes, summary: xr.Dataset) -> None:
    mnist = _of(summary, EXPERIMENT, "compartments").final.values
    axes.plot(np.linspace(-0.3, 0.3, len(mnist)), mnist, "o", color=SETS[EXPERIMENT][1], markersize=3)
    for column, values in enumerate((_mnist_orders(summary), *_orders(summary))):
        colour = SETS[SMALL if column else EXPERIMENT][1]
        axes.plot(1 + column + np.linspace(-0.3, 0.3, len(values)), values, "o-", color=colour, markersize=3)
    mark_reference(axes, 0.88)
    axes.set(ylim=(0.8, 1), ylabel="Accuracy after ten blocks", title="Five class orders")
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
        bar_and_runs(axes, place, values, colour, width=0.7, size=3)
    mark_chance(axes, 1 / CLASSES)
    labels = ["its own\ncompart-\nment", "all of\nthem", "none", "tonic,\ntoo", "no\nAPL"]
    axes.set_xticks(range(len(CONTROLS)), labels, fontsize=5.5)
    axes.set(ylim=(0, 1), ylabel="Accuracy", title="Dopamine (scikit-learn's digits)")


def _draw_kept(axes: plt.Axes, right: np.ndarray) -> None:
    picture = draw_retention(axes, right, lowest=0.5)
    axes.set_title("MNIST: retention")
    plt.colorbar(picture, ax=axes, shrink=0.8, label="Accuracy")


def _draw_occupancy(axes: plt.Axes, time: np.ndarray, level: np.ndarray) -> None:
    for place in range(level.shape[1]):
        axes.plot(time, place + 1 + 8 * level[:, place], color=COLOUR["dopamine"], linewidth=0.5)
    axes.set(xlabel="Time (s)", ylabel="Compartment, in training order", title="D1 occupancy (bar: 0.1)")
    axes.plot([time[-1] * 1.02] * 2, [1, 1.8], color="k", linewidth=1.5)
    axes.set_yticks(range(1, CLASSES + 1, 3))


def _draw_votes(axes: plt.Axes, votes: np.ndarray, shown: np.ndarray) -> None:
    picture = axes.imshow(votes.T, cmap="magma", aspect="auto", origin="lower")
    axes.plot(range(len(shown)), shown, "s", markerfacecolor="none", color="white", markersize=6)
    axes.set(xlabel="Evaluation image", ylabel="Output neuron", title="Spikes (box: true class)")
    axes.set_xticks(range(len(shown)), [str(label) for label in shown])
    axes.set_yticks(range(0, CLASSES, 3))
    plt.colorbar(picture, ax=axes, shrink=0.8)


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: what is kept of each block, dopamine, and the output of the last images."""
    row, example = _row(run), _example(run)
    figure, axes = plt.subplots(1, 3, figsize=(TWO_COLUMNS, 2.5))
    _draw_kept(axes[0], row.right.values)
    axes[0].set_title(f"{run_title(run)}: {float(row.final):.3f}")
    _draw_occupancy(axes[1], example.time.values, example.occupancy.values)
    _draw_votes(axes[2], example.votes.values, example.shown.values)
    return figure
