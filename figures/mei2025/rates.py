"""The Go/No-Go task in a rate model: a control simple enough to follow by hand.

Actor and critic are linear in stimuli and compounds; dopamine is the prediction error, and noradrenaline
rises with violated predictions.
With and without noradrenaline must compare as in the spiking model; its single effects do not
(docs/go-nogo.md). All values are results of this implementation; the study gives none.

Some criteria were set after the reported seeds had been seen (docs/go-nogo.md): they guard the observed
result.
"""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from figures.mei2025 import fig3
from figures.mei2025._trials import BLOCK, CRITERION, LAST, LATE, SHIFT
from figures.style import TWO_COLUMNS
from neuromodsim.analysis.selection import runs_with
from neuromodsim.plots.marks import mark_moment
from neuromodsim.reports.claims import Check

EXPERIMENT = "go_nogo_rates"
SEEDS = tuple(range(1000, 1100))
CONDITIONS = (
    *("da_na", "da_only", "na_plasticity_only", "na_gain_only"),
    *("na_tonic", "na_oracle", "no_da"),
)
RUNS = dict.fromkeys(CONDITIONS, SEEDS)


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of each run.

    Returns
    -------
    xr.Dataset
        ``before`` and ``after`` (run), shares of right answers in the last trials before the shift and of
        the run; ``correct`` and ``level`` (condition_mean, block), means over runs of right answers and
        noradrenaline.
    """
    rows = [_row(run) for run in runs]
    each = xr.concat([row[["before", "after"]] for row in rows], "run")
    courses = xr.concat([row[["correct", "level"]] for row in rows], "run")
    means = courses.groupby("condition").mean().rename(condition="condition_mean").round(3)
    return xr.merge([each, means])


def _row(run: xr.DataTree) -> xr.Dataset:
    right = run["trials"].correct.values
    starts = np.arange(0, LAST, BLOCK)
    level = run["modulators/noradrenaline"].n.values[:, 0]
    return xr.Dataset(
        {
            "before": round(float(right[SHIFT - LATE : SHIFT].mean()), 3),
            "after": round(float(right[-LATE:].mean()), 3),
            "correct": ("block", [right[s : s + BLOCK].mean() for s in starts]),
            "level": ("block", [level[s : s + BLOCK].mean() for s in starts]),
        },
        coords={
            "block": starts + BLOCK / 2,
            "condition": run.attrs["condition"],
            "seed": run.attrs["seed"],
        },
    )


def _share(summary: xr.Dataset, condition: str) -> float:
    return float((runs_with(summary, condition=condition).after.values >= CRITERION).mean())


def _before(summary: xr.Dataset, condition: str) -> tuple[float, float]:
    """Return the median and the mean of right answers before the shift."""
    before = runs_with(summary, condition=condition).before.values
    return float(np.median(before)), float(before.mean())


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure, what was expected and what was observed."""
    return [*_check_learning(summary), *_check_relearning(summary), _check_level(summary)]


def _check_learning(summary: xr.Dataset) -> list[Check]:
    quiet = ("da_na", "da_only", "na_oracle")
    known = {c: _before(summary, c) for c in (*quiet, "no_da")}
    return [
        Check(
            "before the shift, agents without tonic noradrenaline know the rule (median; mean)",
            "at least 0.9 correct",
            ", ".join(f"{c} {known[c][0]:.2f}; {known[c][1]:.2f}" for c in quiet),
            min(known[c][0] for c in quiet) >= CRITERION,
        ),
        Check(
            "without dopamine nothing is learned",
            "0.4 to 0.6",
            f"{known['no_da'][1]:.2f}",
            0.4 <= known["no_da"][1] <= 0.6,
        ),
    ]


def _check_relearning(summary: xr.Dataset) -> list[Check]:
    both, alone, tonic = (_share(summary, c) for c in ("da_na", "da_only", "na_tonic"))
    return [
        Check(
            "dopamine with noradrenaline relearns (0.9 correct at the end)",
            "at least 80 % of seeds",
            f"{100 * both:.0f} %",
            both >= 0.8,
        ),
        Check(
            "with dopamine alone most seeds fail",
            "at most 50 % of seeds",
            f"{100 * alone:.0f} %",
            alone <= 0.5,
        ),
        Check(
            "a constant level of noradrenaline is less effective",
            "fewer seeds than phasic noradrenaline",
            f"{100 * tonic:.0f} %",
            tonic < both,
        ),
    ]


def _check_level(summary: xr.Dataset) -> Check:
    level = summary.level.sel(condition_mean="da_na")
    quiet = float(level.where((level.block > SHIFT - 100) & (level.block < SHIFT)).max())
    peak = float(level.where(level.block > SHIFT).max())
    return Check(
        "noradrenaline rises with the shift, not before",
        "peak at least ten times the highest mean of the 100 trials before",
        f"{peak:.2f} against {quiet:.3f}",
        peak > 10 * quiet,
    )


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure, (left, middle, right) = plt.subplots(1, 3, figsize=(TWO_COLUMNS, 2.5))
    for condition in ("da_na", "da_only", "no_da"):
        course = summary.sel(condition_mean=condition)
        left.plot(summary.block, course.correct, color=fig3.COLOUR[condition], label=fig3.LABEL[condition])
    left.set(xlabel="Trial", ylabel="Fraction correct (mean)", ylim=(0.3, 1.02), title="Performance")
    left.legend(loc="lower left", fontsize="xx-small")
    middle.plot(summary.block, summary.level.sel(condition_mean="da_na"), color=fig3.COLOUR["da_na"])
    middle.set(xlabel="Trial", ylabel="Level", ylim=(0, None), title="Noradrenaline")
    rows = np.arange(len(CONDITIONS))[::-1]
    colours = [fig3.COLOUR.get(c, "0.6") for c in CONDITIONS]
    right.barh(rows, [100 * _share(summary, c) for c in CONDITIONS], color=colours)
    right.set_yticks(rows, [fig3.LABEL[c] for c in CONDITIONS], fontsize="xx-small")
    right.set(xlabel="% of seeds that relearn", xlim=(0, 100), title="Conditions")
    for panel in (left, middle):
        mark_moment(panel, SHIFT)
    return figure


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: right answers and noradrenaline."""
    row = _row(run)
    figure, (left, right) = plt.subplots(1, 2, figsize=(TWO_COLUMNS, 2.4))
    left.plot(row.block, row.correct, color=fig3.COLOUR["da_na"])
    left.set(xlabel="Trial", ylabel="Fraction correct", ylim=(0, 1.02))
    right.plot(row.block, row.level, color=fig3.COLOUR["da_na"])
    right.set(xlabel="Trial", ylabel="Noradrenaline", ylim=(0, None))
    return figure
