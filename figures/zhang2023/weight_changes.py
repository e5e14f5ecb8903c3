"""Distribution of weight changes in class-incremental learning.

Rate-based networks learn MNIST's classes in sequence; shown are the changes of 784,000 weights onto hidden
cells from their initial values. NACA leaves nine tenths of them nearly unchanged, but so does the same
plasticity with one level for all cells (STDP without modulation, here potentiation only) behind the same
gate: the gate determines which synapses remain unchanged. Without the gate, NACA leaves no more unchanged
than backpropagation, most of them from dark pixels. Changes are shown relative to the largest one, since
learning rates differ.
"""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from figures.style import TWO_COLUMNS
from neuromodsim.analysis.moments import mean
from neuromodsim.analysis.selection import runs_with
from neuromodsim.analysis.wording import mean_and_deviation
from neuromodsim.reports.claims import Check

EXPERIMENT = "class_incremental rule=naca_rate"
SEEDS = (0, 1, 2)
BP, EWC = "class_incremental rule=bp", "class_incremental rule=ewc"
RUNS = {
    **dict.fromkeys(("gated", "stdp", "no_gate", "stdp_no_gate"), SEEDS),
    f"{BP}/trained": SEEDS,
    f"{EWC}/trained": SEEDS,
}
ROWS = {
    (EXPERIMENT, "gated"): ("NACA", "#c1440e"),
    (EXPERIMENT, "stdp"): ("STDP, same gate", "#e0a030"),
    (EXPERIMENT, "no_gate"): ("NACA, no gate", "#aa3377"),
    (EXPERIMENT, "stdp_no_gate"): ("STDP, no gate", "#222222"),
    (BP, "trained"): ("BP", "#7f7f7f"),
    (EWC, "trained"): ("EWC", "#4477aa"),
}
AFTER = (1, 2, 10)  # training blocks
BINS = np.linspace(-1, 1, 101)
LEFT = 0.01  # of the largest change: nearly untouched
TILE = (28, 25)  # pixels and hidden cells that a point of a map is the mean of


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of each run.

    Returns
    -------
    xr.Dataset
        ``largest`` (run, after) change of a weight; ``left`` (run, after), share of weights that moved by
        less than a hundredth of it, ``still`` the share that did not move at all; ``dark`` (run), share of
        weights from pixels that no image lit; ``count`` (run, after, bin), log10(1 + weights); and of the
        first seed ``map`` (kind, shown, pixels, cells), mean of absolute changes in percent of the largest.
    """
    rows, maps = [], {}
    for run in runs:
        changes = _changes(run)
        rows.append(_row(run, changes))
        if run.attrs["seed"] == SEEDS[0]:
            key = (run.attrs["experiment"], run.attrs["condition"])
            maps[ROWS[key][0]] = np.stack(
                [_tiles(np.abs(changes[k]) / np.abs(changes[k]).max()) for k in (0, -1)]
            )
    shown = ("kind", "shown", "pixels", "cells"), np.stack(list(maps.values()))
    return (
        xr.concat(rows, "run").assign(map=shown).assign_coords(kind=list(maps), shown=[AFTER[0], AFTER[-1]])
    )


def _changes(run: xr.DataTree) -> list[np.ndarray]:
    """Return how far each weight has moved after some training blocks, each (pixel, cell)."""
    weight = run["synapses/input_weights"].weight
    shape = [int(run["synapses/input_weights"][name].max()) + 1 for name in ("pre", "post")]
    return [(weight[block].values - weight[0].values).reshape(shape) for block in AFTER]


def _row(run: xr.DataTree, changes: list[np.ndarray]) -> xr.Dataset:
    largest = np.array([np.abs(c).max() for c in changes])
    parts = [c / most for c, most in zip(changes, largest, strict=True)]
    lit = np.any(changes[-1] != 0, axis=1)  # no rule moves a weight from a pixel that is dark
    counts = np.array([np.log10(1 + np.histogram(p, BINS)[0]) for p in parts])
    return xr.Dataset(
        {
            "largest": ("after", np.array([float(f"{most:.3g}") for most in largest])),
            "left": ("after", np.array([np.mean(np.abs(p) < LEFT) for p in parts]).round(4)),
            "still": ("after", np.array([np.mean(p == 0) for p in parts]).round(4)),
            "dark": round(float(1 - lit.mean()), 4),
            "count": (("after", "bin"), counts.round(2)),
        },
        coords={
            "after": list(AFTER),
            "bin": ((BINS[:-1] + BINS[1:]) / 2).round(3),
            "experiment": run.attrs["experiment"],
            "condition": run.attrs["condition"],
            "seed": run.attrs["seed"],
        },
    )


def _tiles(part: np.ndarray) -> np.ndarray:
    """Return the mean of each tile of a matrix (pixel, cell), in percent."""
    rows, columns = TILE
    high, wide = part.shape[0] // rows, part.shape[1] // columns
    tiles = part[: high * rows, : wide * columns].reshape(high, rows, wide, columns).mean(axis=(1, 3))
    return np.asarray((100 * tiles.astype(float)).round(1))


def _runs(summary: xr.Dataset, experiment: str, condition: str) -> xr.Dataset:
    return runs_with(summary, experiment=experiment, condition=condition)


def _left(summary: xr.Dataset, experiment: str, condition: str, after: int) -> np.ndarray:
    return np.asarray(_runs(summary, experiment, condition).left.sel(after=after))


def _spread(values: np.ndarray) -> str:
    return mean_and_deviation(values, 3)


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure with what was expected and observed."""
    left = {name: _left(summary, *key, after=AFTER[-1]) for key, (name, _) in ROWS.items()}
    first = {name: _left(summary, *key, after=1) for key, (name, _) in ROWS.items()}
    return [
        Check(
            "NACA leaves synapses nearly untouched, after ten blocks",
            "at least half (published: about 0.5 of all)",
            _spread(left["NACA"]),
            mean(left["NACA"]) >= 0.5,
        ),
        Check(
            "unmodulated STDP behind the same gate leaves as many",
            "within 0.1 of NACA, after ten blocks",
            f"{_spread(left['STDP, same gate'])} against {_spread(left['NACA'])}",
            abs(mean(left["STDP, same gate"]) - mean(left["NACA"])) <= 0.1,
        ),
        Check(
            "without the gate NACA leaves fewer",
            "at least 0.3 fewer than with it, after ten blocks",
            f"{_spread(left['NACA, no gate'])} against {_spread(left['NACA'])}",
            mean(left["NACA"]) - mean(left["NACA, no gate"]) >= 0.3,
        ),
        Check(
            "after one block",
            "NACA leaves more than without its gate",
            ", ".join(f"{name} {mean(values):.2f}" for name, values in first.items()),
            mean(first["NACA"]) > mean(first["NACA, no gate"]),
        ),
    ]


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure, axes = plt.subplots(3, len(ROWS), figsize=(TWO_COLUMNS, 4.6), sharex="row", sharey="row")
    for column, (key, (name, colour)) in enumerate(ROWS.items()):
        runs = _runs(summary, *key)
        axes[0, column].set_title(name)
        for place, after in enumerate((AFTER[0], AFTER[-1])):
            most = float(runs.largest.sel(after=after).mean())
            picture = axes[place, column].imshow(
                summary["map"].sel(kind=name, shown=after), cmap="magma", vmin=0, vmax=40, aspect="auto"
            )
            axes[place, column].set(xticks=[], yticks=[])
            axes[place, column].set_xlabel(f"100 % is {most:.2g}", fontsize=6)
        _draw_histogram(axes[2, column], runs, colour)
    axes[0, 0].set_ylabel("Pixels\n(1 block)")
    axes[1, 0].set_ylabel("Pixels\n(10 blocks)")
    axes[2, 0].set_ylabel("log10(1 + weights)")
    figure.colorbar(picture, ax=axes[:2, -1], label="Mean change, % of the largest", shrink=0.9)
    return figure


def _draw_histogram(axes: plt.Axes, runs: xr.Dataset, colour: str) -> None:
    for after, style in zip(AFTER, (":", "--", "-"), strict=True):
        axes.step(runs.bin, runs["count"].sel(after=after).mean("run"), style, color=colour, linewidth=0.9)
    left = 100 * float(runs.left.sel(after=AFTER[-1]).mean())
    axes.set_title(f"{left:.0f} % left", fontsize=7)
    axes.set(xlabel="Change / largest", ylim=(0, 6))


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: how far input weights have moved after some blocks."""
    changes = _changes(run)
    row = _row(run, changes)
    figure, axes = plt.subplots(1, len(AFTER), figsize=(TWO_COLUMNS, 2.5))
    for axis, after, change in zip(axes, AFTER, changes, strict=True):
        axis.imshow(_tiles(np.abs(change) / np.abs(change).max()), cmap="magma", aspect="auto")
        axis.set(xlabel="Hidden cells", ylabel="Pixels", xticks=[], yticks=[])
        axis.set_title(f"{after} blocks: {100 * float(row.left.sel(after=after)):.0f} % left")
    return figure
