"""Beyond Figure 3: dependence on noradrenaline, input coding, time, type of shift, and serotonin.

None of it is in the study. A: a constant level of noradrenaline in place of release by surprise. B: what
makes agents relearn spontaneously with dopamine alone: the share of the actor's input that codes compounds
rather than single stimuli, the learning rate, and the time available. C: other types of shift, and repeated
reversals. D: serotonin as patience.

Ten runs of each, twenty in B, on seeds that had not been used when parameters were chosen. The criteria of
B were set after its runs had been seen, such that other seeds meet them as well; the others after one run
of each.
"""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from figures.mei2025._trials import BLOCK, CRITERION, LATE, NUCLEUS, SHIFT, learning, relearned, surprise
from figures.style import TWO_COLUMNS
from neuromodsim.analysis.moments import standard_error
from neuromodsim.analysis.selection import runs_with
from neuromodsim.plots.bars import bar_with_error
from neuromodsim.plots.colours import COLOUR
from neuromodsim.plots.marks import mark_criterion, mark_moment
from neuromodsim.reports.claims import Check

EXPERIMENT = "go_nogo"
SEEDS = tuple(range(1000, 1010))
MORE = tuple(range(1000, 1020))  # where a minority is looked for
BOTH, ALONE = COLOUR["dopamine_noradrenaline"], COLOUR["dopamine_alone"]
TONIC = ("na_tonic_0", "na_tonic_8", "na_tonic_10", "na_tonic_11", "na_tonic", "na_tonic_16")
SHARES = {  # percent of compounds: condition
    0: "da_only_compounds_0",
    25: "da_only_compounds_25",
    50: "da_only",
    100: "da_only_compounds_100",
}
RATES = {  # percent of the learning rates elsewhere: condition
    100: "da_only",
    **{percent: f"da_only_learning_{percent}" for percent in (110, 125, 150, 200)},
}
LONG = "go_nogo length=long/da_only"
PAIRS = {  # what changes: with noradrenaline, and with dopamine alone
    "intra-dimensional": ("go_nogo shift=intra/da_na", "go_nogo shift=intra/da_only"),
    "reversal": ("da_na_reversal", "da_only_reversal"),
    "reversals": ("da_na_hazard", "da_only_hazard"),
}
RUNS = {
    "da_na": SEEDS,
    **dict.fromkeys((*SHARES.values(), *RATES.values()), MORE),
    **dict.fromkeys((c for pair in PAIRS.values() for c in pair), SEEDS),
    "da_na_5ht": SEEDS,
    **dict.fromkeys(TONIC, SEEDS),
    LONG: MORE,
}


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of each run.

    Returns
    -------
    xr.Dataset
        ``correct`` (run, block), share of right answers; ``before`` and ``after`` (run), in the last
        trials before the shift and of the run; ``later`` (run), in all trials after the shift; ``level``
        (run), mean concentration of noradrenaline before the shift in nmol/L; ``reversals`` and ``noticed``
        (run), how often the rule changed and noradrenaline cells burst within 30 trials of that;
        ``first_alarm`` (run) in trials; ``latency`` (run) in ms, of Go before the shift; ``early_go`` (run),
        share of Go in the first 50 trials.
    """
    return xr.concat([_row(run) for run in runs], "run", join="outer")  # one is longer


def _row(run: xr.DataTree) -> xr.Dataset:
    trials = run["trials"].to_dataset()
    right, alarms = trials.correct.values, trials.alarms.values / NUCLEUS
    starts = np.arange(0, right.size - BLOCK + 1, BLOCK)
    changes = np.flatnonzero(np.diff(trials.block.values)) + 1
    bursts = np.flatnonzero(alarms >= 2)
    seen = [bool(((bursts >= change) & (bursts <= change + 30)).any()) for change in changes]
    pool = run["modulators/noradrenaline"].C
    went = (trials.action.values == 1) & (np.arange(right.size) < SHIFT)
    learned = learning(trials)
    experiment, condition = run.attrs["experiment"], run.attrs["condition"]
    return xr.Dataset(
        {
            "correct": ("block", [right[s : s + BLOCK].mean().round(2) for s in starts]),
            "before": learned["before"],
            "after": learned["after"],
            "later": round(float(right[SHIFT:].mean()), 3),
            "level": round(float(pool[pool.time < trials.time.values[SHIFT - 1]].mean()), 1),
            "reversals": changes.size,
            "noticed": sum(seen),
            "first_alarm": surprise(alarms)["first_alarm"],
            "latency": round(1e3 * float(trials.latency.values[went].mean()), 1),
            "early_go": round(float(trials.action.values[:50].mean()), 2),
        },
        coords={
            "block": starts + BLOCK / 2,
            "condition": condition if experiment == EXPERIMENT else f"{experiment}/{condition}",
            "seed": run.attrs["seed"],
        },
    )


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure, what was expected and what was observed."""
    return [*_check_tonic(summary), *_check_spontaneous(summary), *_check_shifts(summary)]


def _mean(summary: xr.Dataset, condition: str, name: str) -> float:
    return float(runs_with(summary, condition=condition)[name].mean())


def _check_tonic(summary: xr.Dataset) -> list[Check]:
    later = [_mean(summary, c, "later") for c in TONIC]
    best = int(np.argmax(later))
    before = [_mean(summary, c, "before") for c in TONIC]
    return [
        Check(
            "performance after the shift is best at an intermediate constant level of noradrenaline",
            "best neither with none nor with most",
            f"{later[0]:.2f}, best {later[best]:.2f} at {TONIC[best]}, {later[-1]:.2f}",
            0 < best < len(TONIC) - 1,
        ),
        Check(
            "under a stable rule a high constant level impairs performance",
            "at least 0.2 from none to most",
            f"{before[0]:.2f} to {before[-1]:.2f}",
            before[0] - before[-1] >= 0.2,
        ),
    ]


def _check_spontaneous(summary: xr.Dataset) -> list[Check]:
    by_rate, by_share = (
        {value: relearned(summary, c)[0] for value, c in conditions.items()} for conditions in (RATES, SHARES)
    )
    longer = relearned(summary, LONG)[0]
    return [
        Check(
            "dopamine alone: many agents relearn spontaneously at higher learning rates",
            "at least 40 % at twice the rates, at most 20 % at the usual ones",
            ", ".join(f"{100 * share:.0f} %" for share in by_rate.values()),
            by_rate[200] >= 0.4 and by_rate[100] <= 0.2,
        ),
        Check(
            "dopamine alone: in twice the time after the shift some agents relearn spontaneously",
            "at least 20 %, not all, and more than in the shorter run",
            f"{100 * longer:.0f} %, {100 * by_rate[100]:.0f} % in the shorter run",
            0.2 <= longer < 1 and longer > by_rate[100],
        ),
        Check(
            "dopamine alone: few relearn spontaneously with both kinds of input; with one kind, more do",
            "at most 20 % at 25 and 50 % of compounds, at least 15 % at 0 and 100 %",
            ", ".join(f"{100 * by_share[k]:.0f} %" for k in SHARES),
            max(by_share[25], by_share[50]) <= 0.2 and min(by_share[0], by_share[100]) >= 0.15,
        ),
    ]


def _check_shifts(summary: xr.Dataset) -> list[Check]:
    """Return what noradrenaline does for shifts of other kinds, in all trials after the shift."""
    new, (both, alone), (both_often, alone_often) = (
        [_mean(summary, c, "later") for c in PAIRS[kind]]
        for kind in ("intra-dimensional", "reversal", "reversals")
    )
    shown = runs_with(summary, condition=PAIRS["intra-dimensional"][0]).noticed.values
    bursts = shown.sum()
    return [
        Check(
            "noradrenaline helps after a reversal (correct from trial 200 on)",
            "more than dopamine alone",
            f"{both:.2f} against {alone:.2f}",
            both > alone,
        ),
        Check(
            "NOT OBSERVED: noradrenaline helps with repeated reversals (correct from trial 200 on)",
            "reported: difference within the spread of ten runs, -0.2 to 0.4",
            f"{both_often:.2f} against {alone_often:.2f}",
            -0.2 <= both_often - alone_often <= 0.4,
        ),
        Check(
            "new stimuli are learned without noradrenaline (its cells stay silent): no rule is abandoned",
            "at least 0.9 correct, and no burst",
            f"{min(new):.2f}, {bursts:.0f} bursts in {len(shown)} runs",
            min(new) >= 0.9 and bursts == 0,
        ),
        _check_noticed(runs_with(summary, condition="da_na_hazard")),
    ]


def _check_noticed(runs: xr.Dataset) -> Check:
    noticed = float(runs.noticed.sum() / runs.reversals.sum())
    return Check(
        "NOT OBSERVED: noradrenaline cells detect most of repeated reversals (burst within 30 trials)",
        "reported: fewer than 80 %",
        f"{100 * noticed:.0f} % of {int(runs.reversals.sum())}",
        noticed < 0.8,
    )


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure, axes = plt.subplot_mosaic("ASRL;CCVD", figsize=(TWO_COLUMNS, 4.2))
    _draw_tonic(axes["A"], summary)
    _draw_spontaneous(axes["S"], summary, SHARES, "% of input: compounds")
    _draw_spontaneous(axes["R"], summary, RATES, "% of learning rates")
    _draw_length(axes["L"], summary)
    _draw_shifts(axes["C"], summary)
    _draw_reversal(axes["V"], summary)
    _draw_serotonin(axes["D"], summary)
    return figure


def _draw_tonic(axes: plt.Axes, summary: xr.Dataset) -> None:
    level = [_mean(summary, c, "level") for c in TONIC]
    for name, colour, label in (("before", "0.5", "stable rule"), ("later", BOTH, "after the shift")):
        values = [runs_with(summary, condition=c)[name].values for c in TONIC]
        means, errors = [v.mean() for v in values], [standard_error(v) for v in values]
        axes.errorbar(level, means, errors, color=colour, marker="o", markersize=3, label=label)
    phasic = _mean(summary, "da_na", "later")
    axes.axhline(phasic, color=BOTH, linestyle=":", linewidth=0.8, label="phasic, after the shift")
    axes.set(xlabel="Noradrenaline (nmol/L)", ylabel="Fraction correct", ylim=(0.4, 1.02))
    axes.set_xscale("symlog", linthresh=10)
    axes.set_title("A  Constant level")
    axes.legend(fontsize="xx-small")


def _draw_spontaneous(axes: plt.Axes, summary: xr.Dataset, conditions: dict[int, str], label: str) -> None:
    """Draw how right each agent is at the end, by condition, and what share of agents relearned."""
    rng = np.random.default_rng(0)
    for place, condition in enumerate(conditions.values()):
        after = runs_with(summary, condition=condition).after.values
        where = place + rng.uniform(-0.2, 0.2, after.size)
        axes.plot(where, after, "o", color=ALONE, alpha=0.5, markersize=3)
        axes.text(
            place, 1.06, f"{100 * relearned(summary, condition)[0]:.0f} %", ha="center", fontsize="x-small"
        )
    mark_criterion(axes, CRITERION)
    axes.set_xticks(range(len(conditions)), [str(value) for value in conditions])
    axes.set(xlabel=label, ylabel=f"Fraction correct, last {LATE}", ylim=(0.3, 1.13))
    axes.set_title("B  Dopamine alone")


def _draw_length(axes: plt.Axes, summary: xr.Dataset) -> None:
    """Draw how many agents are right at each time, which grows with what they are given."""
    runs = runs_with(summary, condition=LONG)
    smooth = runs.correct.rolling(block=LATE // BLOCK).mean()
    whole = smooth.notnull().all("run") & (summary.block > SHIFT + LATE - BLOCK)  # runs differ in length
    share = (smooth >= CRITERION).mean("run").where(whole)
    axes.plot(summary.block - SHIFT, 100 * share, color=ALONE)
    axes.set(
        xlabel="Trials from the shift",
        ylabel=f"% of seeds, {CRITERION:g} correct",
        ylim=(0, 102),
        xlim=(0, None),
    )
    axes.set_title("B  More trials")


def _draw_shifts(axes: plt.Axes, summary: xr.Dataset) -> None:
    for place, pair in enumerate(PAIRS.values()):
        for offset, condition, colour in zip((-0.2, 0.2), pair, (BOTH, ALONE), strict=True):
            label = None if place else ("DA + NA" if offset < 0 else "DA only")
            values = runs_with(summary, condition=condition).later.values
            bar_with_error(axes, place + offset, values, colour, width=0.36, label=label)
    axes.set_xticks(range(len(PAIRS)), list(PAIRS), fontsize="xx-small")
    axes.set(ylabel="Fraction correct after the shift", ylim=(0, 1.02))
    axes.set_title("C  Other shifts")
    axes.legend(fontsize="xx-small")


def _draw_reversal(axes: plt.Axes, summary: xr.Dataset) -> None:
    for condition, colour in zip(PAIRS["reversal"], (BOTH, ALONE), strict=True):
        axes.plot(summary.block, runs_with(summary, condition=condition).correct.mean("run"), color=colour)
    mark_moment(axes, SHIFT)
    axes.set(xlabel="Trial", ylabel="Fraction correct", ylim=(0, 1.02), xlim=(0, 550))
    axes.set_title("C  Reversal")


def _draw_serotonin(axes: plt.Axes, summary: xr.Dataset) -> None:
    names = {"early_go": "Go, first 50", "before": "before shift", "later": "after shift"}
    for place, name in enumerate(names):
        for offset, condition, colour in ((-0.2, "da_na", BOTH), (0.2, "da_na_5ht", COLOUR["serotonin"])):
            label = None if place else ("DA + NA" if offset < 0 else "+ 5-HT")
            values = runs_with(summary, condition=condition)[name].values
            bar_with_error(axes, place + offset, values, colour, width=0.36, label=label)
    axes.set_xticks(range(len(names)), list(names.values()), fontsize="xx-small")
    axes.set(ylabel="Fraction", ylim=(0.2, 1.25))
    axes.set_title("D  Serotonin")
    axes.legend(fontsize="xx-small", loc="upper center", ncols=2)


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: the share of right answers."""
    row = _row(run)
    figure, axes = plt.subplots(figsize=(TWO_COLUMNS / 2, 2.4))
    axes.plot(row.block, row.correct, color=BOTH)
    axes.set(xlabel="Trial", ylabel="Fraction correct", ylim=(0, 1.02))
    return figure
