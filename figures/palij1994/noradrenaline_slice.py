"""Noradrenaline after a stimulus train in a slice: peak, half-life, drugs, and tonic firing.

Thirty pulses at 100 Hz: 0.31 ± 0.04 µM, cleared with a half-life of 2.93 ± 0.28 s; desipramine (50 nM)
raised the peak by 96 % and the half-life by 314 % (Palij and Stamford 1994, abstract). These four values
are fitted, by four parameters; the peak under desipramine requires reuptake at the release sites, without
which it hardly changes. The other claims are directions only: yohimbine raises the peak, and tonic firing
lowers it (Li et al. 2023).
"""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from figures.style import TWO_COLUMNS
from neuromodsim.analysis.crossings import half_life as _half_life
from neuromodsim.analysis.selection import runs_with
from neuromodsim.plots.colours import COLOUR
from neuromodsim.plots.labels import run_title
from neuromodsim.plots.rasters import draw_raster
from neuromodsim.reports.claims import Check

EXPERIMENT = "noradrenaline_slice"
SEEDS = (0, 1, 2)
RUNS = {
    "control": (0,),  # silent cells and a train: nothing here is random
    "desipramine": (0,),
    "yohimbine": (0,),
    "no_recapture": (0,),
    "no_recapture_desipramine": (0,),
    "tonic": SEEDS,
    "tonic_fast": SEEDS,
    "kept_stores": (0,),
    "kept_stores_tonic_fast": SEEDS,
}
TRAIN, SHOWN = 60.0, (-10.0, 40.0)  # s: onset, and what is kept around it
PEAK, PEAK_SEM, HALF_LIFE, HALF_LIFE_SEM = 310.0, 40.0, 2.93, 0.28  # nM and s
RISE, LENGTHENING = 1.96, 4.14  # by desipramine
SHADE = {
    "control": "0.2",
    "desipramine": COLOUR["modulated"],
    "yohimbine": COLOUR["yoked"],
    "no_recapture": "0.2",
    "no_recapture_desipramine": COLOUR["modulated"],
    "tonic": "#cc9933",
    "tonic_fast": COLOUR["dopamine"],
    "kept_stores": "0.2",
    "kept_stores_tonic_fast": COLOUR["dopamine"],
}


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of each run.

    Returns
    -------
    xr.Dataset
        ``noradrenaline`` (run, time) in nM from the onset of the train; ``baseline``, ``peak`` above it
        and ``half_life`` (run); ``stores`` (run), the share of vesicles that are ready at the train; ``rate``
        (run) before it, and ``per_pulse`` (run), the spikes of a cell during it over the pulses, if silent.
    """
    return xr.concat([_row(run) for run in runs], "run")


def _row(run: xr.DataTree) -> xr.Dataset:
    pool = run["modulators/noradrenaline"].isel(region=0)
    since = pool.time.values - TRAIN
    level = pool.C.values
    baseline = float(level[(since > -10) & (since < 0)].mean())
    top = int(np.argmax(np.where(since >= 0, level, -np.inf)))
    spikes = run["spikes/coeruleus"].to_dataset()
    cells = spikes.sizes["neuron_index"]
    times = spikes.time.values - TRAIN
    stores = run["synapses/noradrenaline_release"].x
    before = (stores.time.values > TRAIN - 10) & (stores.time.values < TRAIN)
    kept = np.flatnonzero((since > SHOWN[0]) & (since < SHOWN[1]))[::5]
    return xr.Dataset(
        {
            "noradrenaline": ("time", level[kept].round(2)),
            "baseline": baseline,
            "peak": float(level[top]) - baseline,
            "half_life": _half_life(since[top:], level[top:] - baseline),
            "stores": float(stores.values[before].mean()),
            "rate": float(((times > -30) & (times < 0)).sum() / cells / 30),
            "per_pulse": float(((times >= 0) & (times < 0.31)).sum() / cells / 30),
        },
        coords={
            "time": since[kept].round(3),
            "condition": run.attrs["condition"],
            "seed": run.attrs["seed"],
        },
    )


def _mean(summary: xr.Dataset, condition: str) -> xr.Dataset:
    return runs_with(summary, condition=condition).drop_vars(("condition", "seed")).mean("run")


def _relative(summary: xr.Dataset, name: str, condition: str, control: str = "control") -> float:
    return float(_mean(summary, condition)[name]) / float(_mean(summary, control)[name])


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure, what was expected and what was observed."""
    return [*_check_control(summary), *_check_drugs(summary), *_check_tonic(summary)]


def _check_control(summary: xr.Dataset) -> list[Check]:
    control = _mean(summary, "control")
    peak, half = float(control.peak), float(control.half_life)
    return [
        Check(
            "peak after 30 pulses at 100 Hz (fitted)",
            f"{PEAK:.0f} ± {PEAK_SEM:.0f} nM",
            f"{peak:.1f} nM, {float(control.per_pulse):.2f} spikes per pulse",
            abs(peak - PEAK) < PEAK_SEM,
        ),
        Check(
            "half-life from the peak (fitted)",
            f"{HALF_LIFE} ± {HALF_LIFE_SEM} s",
            f"{half:.2f} s",
            abs(half - HALF_LIFE) < HALF_LIFE_SEM,
        ),
    ]


def _check_drugs(summary: xr.Dataset) -> list[Check]:
    (rise, longer), (plain, plain_longer) = (
        [_relative(summary, name, *pair) for name in ("peak", "half_life")]
        for pair in (("desipramine", "control"), ("no_recapture_desipramine", "no_recapture"))
    )
    yohimbine = _relative(summary, "peak", "yohimbine")
    return [
        Check(
            "50 nM desipramine, with reuptake at the release sites (fitted)",
            f"peak x {RISE}, half-life x {LENGTHENING}, within a tenth",
            f"x {rise:.2f}, x {longer:.2f}",
            abs(rise / RISE - 1) < 0.1 and abs(longer / LENGTHENING - 1) < 0.1,
        ),
        Check(
            "without it the same dose lengthens the half-life as much, but does not raise the peak as much",
            f"half-life x {LENGTHENING} within a tenth; peak below x 1.1, not the published x {RISE}",
            f"x {plain_longer:.2f}; x {plain:.2f}",
            abs(plain_longer / LENGTHENING - 1) < 0.1 and 1 < plain < 1.1,
        ),
        Check("yohimbine raises the peak", "above x 1", f"x {yohimbine:.2f}", yohimbine > 1.05),
    ]


def _check_tonic(summary: xr.Dataset) -> list[Check]:
    tonic, fast = (_relative(summary, "peak", c) for c in ("tonic", "tonic_fast"))
    slow_rate, fast_rate = (float(_mean(summary, c).rate) for c in ("tonic", "tonic_fast"))
    kept = _relative(summary, "peak", "kept_stores_tonic_fast", "kept_stores")
    return [
        Check(
            "tonic firing reduces the rise after a train, more strongly at higher rates",
            "below x 1, and lower when fast",
            f"x {tonic:.2f} at {slow_rate:.1f} Hz, x {fast:.2f} at {fast_rate:.1f} Hz",
            fast < tonic < 0.95,
        ),
        Check(
            "less so with vesicle stores that are not depleted",
            f"above x {fast:.2f}",
            f"x {kept:.2f}",
            kept > 1.1 * fast,
        ),
    ]


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure, axes = plt.subplots(2, 3, figsize=(TWO_COLUMNS, 4.4))
    (blocked, plain, brake), (tonic, kept, bars) = axes
    _draw_traces(blocked, summary, {"control": "control", "desipramine": "desipramine"})
    blocked.set_title("Uptake blocked")
    _mark(blocked)
    _draw_traces(plain, summary, {"no_recapture": "control", "no_recapture_desipramine": "desipramine"})
    plain.set_title("Without reuptake at sites")
    _draw_traces(brake, summary, {"control": "control", "yohimbine": "yohimbine"})
    brake.set_title("α2 blocked")
    _draw_traces(tonic, summary, {"control": "silent", "tonic": "1 Hz", "tonic_fast": "7 Hz"})
    tonic.set_title("Tonic firing")
    _draw_traces(kept, summary, {"kept_stores": "silent", "kept_stores_tonic_fast": "7 Hz"})
    kept.set_title("Without depletion of stores")
    for panel in axes.flat[:5]:
        panel.set(xlabel="Time from train onset (s)", ylabel="Noradrenaline (nM)")
        panel.set(xlim=(-5, 30), ylim=(0, 660))
    _draw_bars(bars, summary)
    return figure


def _draw_traces(axes: plt.Axes, summary: xr.Dataset, labels: dict[str, str]) -> None:
    for condition, label in labels.items():
        line = _mean(summary, condition).noradrenaline
        axes.plot(line.time, line, color=SHADE[condition], label=label)
    axes.legend()


def _mark(axes: plt.Axes) -> None:
    """Mark the measured peaks, with the standard error, and the times of the measured halves."""
    axes.errorbar(-2.5, PEAK, PEAK_SEM, color=SHADE["control"], marker="_", capsize=2, linewidth=0.8)
    axes.plot(-2.5, RISE * PEAK, "_", color=SHADE["desipramine"])
    half, long = HALF_LIFE + 0.3, LENGTHENING * HALF_LIFE + 0.3
    axes.plot(half, PEAK / 2, "o", color=SHADE["control"], markersize=4, fillstyle="none")
    axes.plot(long, RISE * PEAK / 2, "o", color=SHADE["desipramine"], markersize=4, fillstyle="none")


def _draw_bars(axes: plt.Axes, summary: xr.Dataset) -> None:
    conditions = {"control": "silent", "tonic": "1 Hz", "tonic_fast": "7 Hz"}
    rise = np.array([float(_mean(summary, c).peak) for c in conditions])
    stores = np.array([float(_mean(summary, c).stores) for c in conditions])
    place = np.arange(len(conditions))
    axes.bar(place - 0.2, rise / rise[0], 0.36, color=[SHADE[c] for c in conditions])
    axes.bar(place + 0.2, stores, 0.36, color="none", edgecolor=[SHADE[c] for c in conditions])
    axes.set_xticks(place, list(conditions.values()))
    axes.set(ylabel="Relative to silent cells", ylim=(0, 1.1))
    axes.set_title("Rise (filled), releasable (open)")


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: noradrenaline, the autoreceptor, the stores of one cell, and spikes at the train."""
    pool = run["modulators/noradrenaline"].isel(region=0)
    stores = run["synapses/noradrenaline_release"].x
    figure, axes = plt.subplots(2, 2, figsize=(TWO_COLUMNS, 4.2))
    (level, brake), (ready, raster) = axes
    level.plot(pool.time, pool.C, color=COLOUR["modulated"])
    level.set(xlabel="Time (s)", ylabel="Noradrenaline (nM)", ylim=(0, None))
    level.set_title(run_title(run))
    brake.plot(pool.time, pool.terminal, color=COLOUR["yoked"])
    brake.set(xlabel="Time (s)", ylabel="α2 occupancy", ylim=(0, None), title="Autoreceptor")
    ready.plot(stores.time, stores, color="0.2")
    ready.set(
        xlabel="Time (s)", ylabel="Fraction releasable", ylim=(0, 1.05), title="Vesicles, at spikes of a cell"
    )
    draw_raster(raster, run["spikes/coeruleus"].to_dataset(), TRAIN - 2, TRAIN + 2)
    raster.set(xlabel="Time (s)", ylabel="Neuron", title="Spikes around the train")
    return figure
