"""Dopamine learns a rule and noradrenaline lets go of it: the first full spiking version of Figure 3.

The panels are those of the study's Figure 3, which is a concept: C is the task, D performance, E
noradrenaline, F the entropy of the choice given a go cue. None of its panels has numbers in the text,
so no number here is the study's: all are ours, and what is checked is the order of conditions and the
shape of courses that it describes. The lowest row is ours alone: what each effect of noradrenaline does
by itself, what a constant level costs, and what acetylcholine keeps.

Some bounds were set after the reported seeds had been seen (docs/go-nogo.md): they guard what was found.
"""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from figures.style import TWO_COLUMNS
from neuromodsim.claims import Check

EXPERIMENT = "go_nogo"
SEEDS = tuple(range(1000, 1014))
CONDITIONS = (
    *("da_na", "da_only", "na_plasticity_only", "na_gain_only", "na_bursting_only"),
    *("na_tonic", "na_oracle", "no_da", "da_na_ach"),
)
RUNS = dict.fromkeys(CONDITIONS, SEEDS)

SHIFT, BLOCK, LATE, LAST = 200, 25, 75, 525  # trials
ALARM = 2.0  # spikes of a noradrenaline cell in a trial that count as a burst
CRITERION = 0.9
GO_CUES = {False: ("AX", "AY"), True: ("AX", "BX")}  # before the shift, and after it
KEPT = ("AX", "BY")  # compounds whose right answer stays
NUCLEUS = 20  # noradrenaline cells

COLOUR = {"da_na": "#228833", "da_only": "#c1440e", "no_da": "#7f7f7f", "da_na_ach": "#4477aa"}
SINGLE = {
    "na_plasticity_only": "#ee9922",
    "na_gain_only": "#4477aa",
    "na_bursting_only": "#aa3377",
    "na_tonic": "0.5",
}
LABEL = {
    "da_na": "DA + NA",
    "da_only": "DA only",
    "na_plasticity_only": "NA: plasticity",
    "na_gain_only": "NA: gain",
    "na_bursting_only": "NA: bursting",
    "na_tonic": "NA: tonic",
    "na_oracle": "NA: oracle",
    "no_da": "no DA",
    "da_na_ach": "DA + NA + ACh",
}


def entropy(actions: np.ndarray) -> float:
    """Return the entropy of choices of 0 or 1, in bits; NaN without any."""
    if actions.size == 0:
        return float("nan")
    p = np.clip([actions.mean(), 1 - actions.mean()], 1e-12, 1)
    return float(-(p * np.log2(p)).sum())


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of each run.

    Returns
    -------
    xr.Dataset
        ``correct`` (run, block), ``before`` and ``after`` (run), shares of right answers, in the
        last trials before the shift and of the run; ``criterion`` (run), trials from the shift
        until 36 of 40 were right, NaN if never; ``false_alarms`` (run), bursts of noradrenaline
        cells in the 100 trials before the shift; ``first_alarm`` (run), trials from the shift to
        the first; ``alarm`` (run, block) spikes per cell and trial; ``concentration`` (run, block)
        in nmol/L; ``pooled`` and ``per_compound`` (run, block), bits; ``kept`` (run), share of
        right answers to what the shift left as it was, in the 100 trials after it.
    """
    return xr.concat([_row(run) for run in runs], "run")


def _row(run: xr.DataTree) -> xr.Dataset:
    trials = run["trials"].to_dataset()
    right, alarms = trials.correct.values, trials.alarms.values / NUCLEUS
    starts = np.arange(0, LAST, BLOCK)  # runs differ by a few trials, since pauses do
    blocks = [slice(start, start + BLOCK) for start in starts]
    bursts = np.flatnonzero(alarms >= ALARM)
    later = bursts[bursts >= SHIFT]
    pool = run["modulators/noradrenaline"].C
    at = np.searchsorted(pool.time.values, trials.time.values[starts + BLOCK // 2])
    stays = np.isin(trials.stimulus.values, KEPT)
    early = np.arange(right.size) < SHIFT + 100
    kept = right[stays & early & (np.arange(right.size) >= SHIFT)]
    bits = np.array([_bits(trials, block) for block in blocks])
    return xr.Dataset(
        {
            "correct": ("block", [right[b].mean().round(3) for b in blocks]),
            "alarm": ("block", [alarms[b].mean().round(2) for b in blocks]),
            "concentration": ("block", pool.values[at, 0].round(0)),
            "pooled": ("block", bits[:, 0].round(2)),
            "per_compound": ("block", bits[:, 1].round(2)),
            "before": round(float(right[SHIFT - LATE : SHIFT].mean()), 3),
            "after": round(float(right[-LATE:].mean()), 3),
            "criterion": _criterion(right[SHIFT:]),
            "false_alarms": int(((bursts >= SHIFT - 100) & (bursts < SHIFT)).sum()),
            "first_alarm": float(later[0] - SHIFT) if later.size else float("nan"),
            "kept": round(float(kept.mean()), 3),
        },
        coords={
            "block": starts + BLOCK / 2,
            "condition": run.attrs["condition"],
            "seed": run.attrs["seed"],
        },
    )


def _bits(trials: xr.Dataset, block: slice) -> tuple[float, float]:
    """Return H(A | go cue) of a block, pooled over the go compounds, and the mean of each by itself."""
    action, stimulus = trials.action.values[block], trials.stimulus.values[block]
    cues = GO_CUES[block.start >= SHIFT]
    each = [entropy(action[stimulus == cue]) for cue in cues]
    return entropy(action[np.isin(stimulus, cues)]), float(np.nanmean(each))


def _criterion(right: np.ndarray, window: int = 40, needed: int = 36) -> float:
    """Return after how many trials as many of a window as needed were right; NaN if never."""
    sums = np.convolve(right, np.ones(window), "valid")
    reached = np.flatnonzero(sums >= needed)
    return float(reached[0] + window) if reached.size else float("nan")


def _of(summary: xr.Dataset, condition: str) -> xr.Dataset:
    return summary.isel(run=np.flatnonzero(summary.condition.values == condition))


def _relearned(summary: xr.Dataset, condition: str) -> float:
    return float((_of(summary, condition).after >= CRITERION).mean())


def ratio(summary: xr.Dataset, draws: int = 2000) -> tuple[float, float, float]:
    """Return the ratio of median trials to criterion, DA only to DA + NA, and its 95 % interval (bootstrap).

    A run that does not get there counts as the length of the run after the shift: a lower bound.
    """
    rng = np.random.default_rng(0)
    longest = float(summary.block[-1]) + BLOCK / 2 - SHIFT
    both = [np.nan_to_num(_of(summary, c).criterion.values, nan=longest) for c in ("da_only", "da_na")]
    drawn = [np.median(rng.choice(values, (draws, values.size)), axis=1) for values in both]
    low, high = np.percentile(drawn[0] / drawn[1], [2.5, 97.5])
    return float(np.median(both[0]) / np.median(both[1])), float(low), float(high)


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure with what was wanted and found."""
    return [
        *_check_learning(summary),
        *_check_alarm(summary),
        *_check_entropy(summary),
        *_check_more(summary),
    ]


def _check_learning(summary: xr.Dataset) -> list[Check]:
    taught = [c for c in CONDITIONS if c not in ("no_da", "na_tonic")]
    before = {c: float(_of(summary, c).before.median()) for c in taught}
    worst = min(before, key=lambda c: before[c])
    none = float(_of(summary, "no_da").before.mean())
    found, alone = _relearned(summary, "da_na"), _relearned(summary, "da_only")
    middle, low, high = ratio(summary)
    return [
        Check(
            "before the shift, every condition with dopamine knows the rule (median of seeds)",
            "at least 0.9 right",
            f"{before[worst]:.2f} at the worst ({LABEL[worst]})",
            before[worst] >= CRITERION,
        ),
        Check(
            "without dopamine nothing is learned (mean before the shift)",
            "0.4 to 0.6",
            f"{none:.2f}",
            0.4 <= none <= 0.6,
        ),
        Check(
            "dopamine with noradrenaline relearns (0.9 right at the end)",
            "more than half of the seeds (80 % were hoped for)",
            f"{100 * found:.0f} %",
            found > 0.5,
        ),
        Check(
            "dopamine alone fails",
            "fewer than half as many seeds",
            f"{100 * alone:.0f} %",
            alone < found / 2,
        ),
        Check(
            "median trials to criterion, dopamine alone over both (never counts as the end)",
            "95 % interval above 1",
            f"{middle:.2f} ({low:.2f} to {high:.2f})",
            low > 1,
        ),
    ]


def _check_alarm(summary: xr.Dataset) -> list[Check]:
    runs = _of(summary, "da_na")
    false = float((runs.false_alarms > 0).mean())
    soon = float((runs.first_alarm <= 30).mean())
    course = runs.alarm.mean("run")
    peak = float(course.where(course.block > SHIFT).max())
    end = float(course[-3:].mean())
    return [
        Check(
            "noradrenaline cells are quiet in the 100 trials before the shift",
            "no burst in at least 90 % of seeds",
            f"{100 * (1 - false):.0f} %",
            false <= 0.1,
        ),
        Check(
            "they burst within 30 trials after it",
            "in at least 80 % of seeds",
            f"{100 * soon:.0f} %",
            soon >= 0.8,
        ),
        Check(
            "and fall silent again (spikes per cell and trial, last 75 trials over the peak)",
            "below a third",
            f"{end:.2f} over {peak:.2f}",
            end < peak / 3,
        ),
    ]


def _check_entropy(summary: xr.Dataset) -> list[Check]:
    both, alone = (_of(summary, c) for c in ("da_na", "da_only"))
    after = (summary.block > SHIFT) & (summary.block < SHIFT + 150)
    end = summary.block > summary.block[-1] - LATE

    def mean(runs: xr.Dataset, name: str, where: xr.DataArray) -> float:
        return float(runs[name].where(where).mean())

    pooled = [mean(alone, "pooled", after), mean(alone, "pooled", end), mean(both, "pooled", end)]
    each = [mean(both, "per_compound", after), mean(alone, "per_compound", after)]
    last = mean(both, "per_compound", end)
    return [
        Check(
            "H(A | go cue) over both go compounds stays high with dopamine alone, and falls with both",
            "end: alone above 0.6 bits and above both",
            f"alone {pooled[0]:.2f}, then {pooled[1]:.2f}; both at the end {pooled[2]:.2f} bits",
            pooled[1] > 0.6 and pooled[1] > pooled[2],
        ),
        Check(
            "H of each compound by itself rises for a while with noradrenaline",
            "higher than alone after the shift, and lower at the end",
            f"{each[0]:.2f} against {each[1]:.2f}, then {last:.2f} bits",
            each[0] > each[1] and last < each[0],
        ),
    ]


def _check_more(summary: xr.Dataset) -> list[Check]:
    stable = [float(_of(summary, c).before.mean()) for c in ("da_na", "na_tonic")]
    kept = [float(_of(summary, c).kept.mean()) for c in ("da_na", "da_na_ach")]
    single = {c: _relearned(summary, c) for c in ("na_plasticity_only", "na_gain_only")}
    best = max(single, key=lambda c: single[c])
    return [
        Check(
            "noradrenaline that is always on costs performance under a stable rule",
            "lower than with phasic noradrenaline",
            f"{stable[1]:.2f} against {stable[0]:.2f}",
            stable[1] < stable[0] - 0.02,
        ),
        Check(
            "acetylcholine keeps more of what still holds (AX and BY, 100 trials from the shift)",
            "higher than without",
            f"{kept[1]:.2f} against {kept[0]:.2f}",
            kept[1] > kept[0],
        ),
        Check(
            "plasticity or gain alone do less than all effects together (seeds that relearn)",
            "fewer",
            f"{LABEL[best]} {100 * single[best]:.0f} %, all {100 * _relearned(summary, 'da_na'):.0f} %",
            single[best] < _relearned(summary, "da_na"),
        ),
    ]


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure, axes = plt.subplots(3, 3, figsize=(TWO_COLUMNS, 6.3))
    _draw_task(axes[0, 0])
    _draw_performance(axes[0, 1], summary)
    _draw_outcomes(axes[0, 2], summary)
    _draw_alarm(axes[1, 0], summary)
    _draw_entropy(axes[1, 1], summary, "pooled", "F  H(A | go cue), pooled")
    _draw_entropy(axes[1, 2], summary, "per_compound", "F  H(A | go cue), per compound")
    _draw_effects(axes[2, 0], summary)
    _draw_single(axes[2, 1], summary)
    _draw_kept(axes[2, 2], summary)
    return figure


def _draw_task(axes: plt.Axes) -> None:
    """Draw which compounds Go is right for, before and after the shift."""
    axes.set_title("C  Task: Go is right for")
    for column, go in enumerate((("AX", "AY"), ("AX", "BX"))):
        for row, stimulus in enumerate(("AX", "AY", "BX", "BY")):
            right = stimulus in go
            axes.text(
                column,
                -row,
                stimulus,
                ha="center",
                va="center",
                color="w" if right else "0.3",
                bbox={"boxstyle": "round", "facecolor": "#228833" if right else "0.9", "edgecolor": "none"},
            )
    axes.text(0, 0.9, "before (A)", ha="center")
    axes.text(1, 0.9, "after (X)", ha="center")
    axes.set(xlim=(-0.7, 1.7), ylim=(-3.6, 1.4), xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set_visible(False)


def _course(axes: plt.Axes, runs: xr.Dataset, name: str, colour: str, label: str) -> None:
    values = runs[name]
    axes.plot(runs.block, values.mean("run"), color=colour, label=label)
    low, high = values.quantile([0.25, 0.75], "run")
    axes.fill_between(runs.block, low, high, color=colour, alpha=0.15, linewidth=0)


def _draw_performance(axes: plt.Axes, summary: xr.Dataset) -> None:
    alone = _of(summary, "da_only")
    lucky = (alone.after >= CRITERION).values
    _course(axes, _of(summary, "da_na"), "correct", COLOUR["da_na"], "DA + NA")
    _course(axes, alone.isel(run=np.flatnonzero(~lucky)), "correct", COLOUR["da_only"], "DA only, fails")
    if lucky.any():
        _course(axes, alone.isel(run=np.flatnonzero(lucky)), "correct", "#ee9922", "DA only, lucky")
    _course(axes, _of(summary, "no_da"), "correct", COLOUR["no_da"], "no DA")
    axes.axvline(SHIFT, color="0.5", linewidth=0.8, linestyle=":")
    axes.set(xlabel="Trial", ylabel="Share right", ylim=(0.1, 1.02))
    axes.set_title("D  Performance")
    axes.legend(loc="lower right", fontsize="xx-small")


def _draw_outcomes(axes: plt.Axes, summary: xr.Dataset) -> None:
    bins = np.linspace(0.3, 1.0, 15)
    for condition, colour in (("da_only", COLOUR["da_only"]), ("da_na", COLOUR["da_na"])):
        after = _of(summary, condition).after
        weights = np.full(after.size, 1 / after.size)
        axes.hist(after, bins, weights=weights, color=colour, alpha=0.5, label=LABEL[condition])
    axes.set(xlabel=f"Share right, last {LATE} trials", ylabel="Share of seeds")
    axes.set_title("D  Where runs end")
    axes.legend(loc="upper left", fontsize="xx-small")


def _draw_alarm(axes: plt.Axes, summary: xr.Dataset) -> None:
    for condition in ("da_na", "da_only"):
        _course(axes, _of(summary, condition), "concentration", COLOUR[condition], LABEL[condition])
    axes.axvline(SHIFT, color="0.5", linewidth=0.8, linestyle=":")
    axes.set(xlabel="Trial", ylabel="Noradrenaline (nmol/L)", ylim=(0, None))
    axes.set_title("E  Noradrenaline")
    axes.legend(fontsize="xx-small")


def _draw_entropy(axes: plt.Axes, summary: xr.Dataset, name: str, title: str) -> None:
    for condition in ("da_na", "da_only"):
        _course(axes, _of(summary, condition), name, COLOUR[condition], LABEL[condition])
    axes.axvline(SHIFT, color="0.5", linewidth=0.8, linestyle=":")
    axes.set(xlabel="Trial", ylabel="Bits", ylim=(0, 1.02))
    axes.set_title(title)


def _draw_effects(axes: plt.Axes, summary: xr.Dataset) -> None:
    shares = [100 * _relearned(summary, c) for c in CONDITIONS]
    rows = np.arange(len(CONDITIONS))[::-1]
    axes.barh(rows, shares, color=[COLOUR.get(c, "0.6") for c in CONDITIONS])
    axes.set_yticks(rows, [LABEL[c] for c in CONDITIONS], fontsize="xx-small")
    axes.axvline(80, color="0.5", linewidth=0.8, linestyle=":")
    axes.set(xlabel="% of seeds that relearn", xlim=(0, 100))
    axes.set_title("Conditions")


def _draw_single(axes: plt.Axes, summary: xr.Dataset) -> None:
    """Draw how each effect of noradrenaline does by itself, and noradrenaline that is always on."""
    for condition, colour in SINGLE.items():
        mean = _of(summary, condition).correct.mean("run")
        axes.plot(summary.block, mean, color=colour, label=LABEL[condition])
    axes.axvline(SHIFT, color="0.5", linewidth=0.8, linestyle=":")
    axes.set(xlabel="Trial", ylabel="Share right (mean)", ylim=(0.1, 1.02))
    axes.set_title("Single effects")
    axes.legend(loc="lower left", fontsize="xx-small")


def _draw_kept(axes: plt.Axes, summary: xr.Dataset) -> None:
    names = ("da_only", "da_na", "da_na_ach")
    for column, condition in enumerate(names):
        runs = _of(summary, condition)
        for offset, name, shade in ((-0.18, "kept", 1.0), (0.18, "after", 0.45)):
            values = runs[name]
            spread = values.std() / np.sqrt(values.size)
            axes.bar(column + offset, values.mean(), 0.34, yerr=spread, color=COLOUR[condition], alpha=shade)
    axes.set_xticks(range(3), ["DA", "DA + NA", "+ ACh"])
    axes.set(ylabel="Share right", ylim=(0.4, 1.02))
    axes.set_title("What holds kept; end (pale)")


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: choices, noradrenaline and dopamine."""
    trials = run["trials"].to_dataset()
    figure, axes = plt.subplots(1, 3, figsize=(TWO_COLUMNS, 2.4))
    smooth = np.convolve(trials.correct.values, np.ones(BLOCK) / BLOCK, "valid")
    axes[0].plot(np.arange(smooth.size) + BLOCK, smooth, color=COLOUR["da_na"])
    axes[0].set(xlabel="Trial", ylabel=f"Share right, last {BLOCK}", ylim=(0, 1.02))
    for panel, name, colour in ((axes[1], "noradrenaline", "#228833"), (axes[2], "dopamine", "#8a2be2")):
        level = run[f"modulators/{name}"].C[:, 0]
        panel.plot(level.time, level, color=colour, linewidth=0.5)
        panel.set(xlabel="Time (s)", ylabel=f"{name.capitalize()} (nmol/L)", ylim=(0, None))
    return figure
