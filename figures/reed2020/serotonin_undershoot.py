"""Serotonin undershoots its baseline after a stimulus train if its autoreceptor is slow.

After stimulation for two seconds, serotonin falls below its basal level within 30 s (Best, Reed et al.
2020, voltammetry); in their model the cascade downstream of 5-HT1B continues to inhibit release after
serotonin has been cleared. An instantaneous autoreceptor produces no undershoot. The steady state is the
published one.
"""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from figures.style import TWO_COLUMNS
from neuromodsim.analysis.selection import runs_with
from neuromodsim.analysis.windows import window_means as _averaged
from neuromodsim.analysis.wording import extremes
from neuromodsim.plots.colours import COLOUR
from neuromodsim.plots.labels import run_title
from neuromodsim.plots.marks import mark_reference
from neuromodsim.plots.rasters import draw_raster
from neuromodsim.reports.claims import Check

EXPERIMENT = "serotonin_undershoot"
SEEDS = (0, 1, 2, 3, 4)
RUNS = {
    "slow": SEEDS,
    "at_once": SEEDS,
    "no_autoreceptor": SEEDS,
    "citalopram": SEEDS,
    "weak_train": SEEDS,
    "serotonin_settling/empty": (0,),
}
TRAIN, LENGTH, PERIOD = 30.0, 2.0, 0.5  # s: onset, length, and how long each point is averaged over
PUBLISHED = {"C": 60.3, "slow_B": 979.0, "slow_G_star": 866.0, "slow_T_star": 1011.0}  # nM
NAME = {"C": "serotonin", "slow_B": "bound 5-HT1B", "slow_G_star": "G*", "slow_T_star": "T*"}
SHADE = {
    "slow": COLOUR["modulated"],
    "at_once": COLOUR["yoked"],
    "no_autoreceptor": COLOUR["unmodulated"],
    "citalopram": COLOUR["dopamine"],
    "weak_train": "#cc9933",
}
LABEL = {
    "slow": "slow cascade",
    "at_once": "at once",
    "no_autoreceptor": "no autoreceptor",
    "citalopram": "citalopram, 10 nM",
    "weak_train": "weak train",
}


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of each run.

    Returns
    -------
    xr.Dataset
        ``serotonin`` (run, time) in nM, ``factor`` (run, time) of release and ``rate`` (run, time) of a
        cell in Hz, averaged over half a second, with ``time`` from the onset of the train; ``settling``
        (quantity, minute) from an empty pool to rest, in nM.
    """
    rows, settling = [], xr.Dataset()
    for run in runs:
        if run.attrs["experiment"] == EXPERIMENT:
            rows.append(_row(run))
        else:
            settling = _settling(run)
    return xr.concat(rows, "run").merge(settling)


def _row(run: xr.DataTree) -> xr.Dataset:
    pool = run["modulators/serotonin"].isel(region=0)
    samples = round(PERIOD / float(pool.time[1] - pool.time[0]))
    acting = "at_once" if run.attrs["condition"] == "at_once" else "slow"
    serotonin = _averaged(pool.C.values, samples)
    edges = np.arange(len(serotonin) + 1) * PERIOD
    spikes = run["spikes/raphe"].to_dataset()
    rate = np.histogram(spikes.time.values, edges)[0] / spikes.sizes["neuron_index"] / PERIOD
    return xr.Dataset(
        {
            "serotonin": ("time", serotonin.round(3)),
            "factor": ("time", _averaged(pool[acting].values, samples).round(5)),
            "rate": ("time", rate),
        },
        coords={
            "time": edges[:-1] + PERIOD / 2 - TRAIN,
            "condition": run.attrs["condition"],
            "seed": run.attrs["seed"],
        },
    )


def _settling(run: xr.DataTree) -> xr.Dataset:
    pool = run["modulators/serotonin"].isel(region=0)
    samples = round(15 / float(pool.time[1] - pool.time[0]))
    levels = [_averaged(pool[name].values, samples).round(3) for name in PUBLISHED]
    minutes = (np.arange(len(levels[0])) + 0.5) / 4
    return xr.Dataset(
        {"settling": (("quantity", "minute"), np.array(levels))},
        coords={"quantity": list(PUBLISHED), "minute": minutes},
    )


def undershoot(runs: xr.Dataset) -> xr.Dataset:
    """Return how far serotonin goes below its baseline after the train, and when.

    Returns
    -------
    xr.Dataset
        Of each run ``baseline``, ``peak`` and ``lowest`` within a minute, in nM; the times from the end of
        the train when it is first below the baseline, ``crossed``, and lowest, ``at``, in s.
    """
    after = runs.serotonin.sel(time=slice(LENGTH, LENGTH + 60))
    smooth = after.rolling(time=5, center=True).mean()
    baseline = runs.serotonin.sel(time=slice(-25, 0)).mean("time")
    since = after.time - LENGTH
    below = since.where(smooth < baseline - 1.0).min("time")
    lowest = smooth.min("time")
    return xr.Dataset(
        {
            "baseline": baseline,
            "peak": runs.serotonin.max("time"),
            "crossed": below,
            "lowest": lowest,
            "at": since.isel(time=smooth.fillna(np.inf).argmin("time")),
        }
    )


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure, what was expected and what was observed."""
    return [*_check_undershoot(summary), _check_settled(summary), _check_citalopram(summary)]


def _check_undershoot(summary: xr.Dataset) -> list[Check]:
    slow, weak = (undershoot(runs_with(summary, condition=c)) for c in ("slow", "weak_train"))
    depth, small = (slow.lowest / slow.baseline - 1).values, (weak.baseline - weak.lowest).mean()
    return [
        Check(
            "with the slow cascade, serotonin is below its baseline within 30 s of the train",
            "within 30 s, and by a tenth or more, in every run",
            f"below after {extremes(slow.crossed, 1)} s, lowest after {extremes(slow['at'], 1)} s, "
            f"by {extremes(-100 * depth, 0)} %",
            bool((slow.crossed < 30).all() and (depth < -0.1).all()),
        ),
        *_check_without(summary),
        Check(
            "a train that adds half of the resting release leaves a small undershoot",
            "1 to 5 nM on average",
            f"{float(small):.1f} nM",
            bool(1 < small < 5),
        ),
    ]


def _check_without(summary: xr.Dataset) -> list[Check]:
    """Return that serotonin does not go below its baseline if no cascade is slow."""
    at_once, none = (undershoot(runs_with(summary, condition=c)) for c in ("at_once", "no_autoreceptor"))
    shallow, free = ((runs.lowest - runs.baseline).values for runs in (at_once, none))
    return [
        Check(
            "with an instantaneous autoreceptor, it is not",
            "less than 2 nM below, the fluctuation at rest, in every run",
            f"{extremes(shallow, 2)} nM",
            bool((shallow > -2).all()),
        ),
        Check(
            "nor without an autoreceptor",
            "less than 2 nM below in every run",
            f"{extremes(free, 2)} nM",
            bool((free > -2).all()),
        ),
    ]


def _check_settled(summary: xr.Dataset) -> Check:
    settled = summary.settling.sel(minute=slice(25, None)).mean("minute")
    off = {q: float(settled.sel(quantity=q)) / PUBLISHED[q] - 1 for q in PUBLISHED}
    return Check(
        "from zero concentration to the published steady state: 60.3 nM, B 0.979, G* 0.866, T* 1.011 µM",
        "within 1 %",
        ", ".join(f"{NAME[q]} {100 * off[q]:+.2f} %" for q in off),
        all(abs(error) < 0.01 for error in off.values()),
    )


def _check_citalopram(summary: xr.Dataset) -> Check:
    raised, rest = (
        undershoot(runs_with(summary, condition=c)).baseline.values for c in ("citalopram", "slow")
    )
    return Check(
        "citalopram raises basal serotonin",
        "above 1.5 times",
        f"{extremes(raised / rest, 2)} times",
        bool((raised / rest > 1.5).all()),
    )


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure, axes = plt.subplots(2, 3, figsize=(TWO_COLUMNS, 4.4))
    (whole, near, factor), (drug, rates, settling) = axes
    _draw_autoreceptors(whole, near, factor, summary)
    for condition in ("weak_train", "citalopram"):
        drug.plot(*_smooth(summary, condition), color=SHADE[condition], label=LABEL[condition])
    drug.set(xlim=(-30, 150), ylim=(0, None), ylabel="Serotonin (nM)", title="With other parameters")
    drug.legend(fontsize=6)
    rate = runs_with(summary, condition="slow").rate.mean("run")
    rates.step(rate.time, rate, where="mid", color=SHADE["slow"])
    rates.set(xlim=(-10, 20), ylim=(0, None), ylabel="Rate (Hz)", title="Firing of axons")
    for panel in (whole, near, factor, drug, rates):
        panel.set_xlabel("Time from train onset (s)")
    _draw_settling(settling, summary)
    return figure


def _smooth(summary: xr.Dataset, condition: str) -> tuple[xr.DataArray, xr.DataArray]:
    """Return time and the mean of serotonin over runs and over three samples."""
    line = runs_with(summary, condition=condition).serotonin.mean("run")
    return line.time, line.rolling(time=3, center=True).mean()


def _draw_autoreceptors(whole: plt.Axes, near: plt.Axes, factor: plt.Axes, summary: xr.Dataset) -> None:
    """Draw serotonin with three kinds of autoreceptor, again near the baseline, and what they do."""
    for condition in ("no_autoreceptor", "at_once", "slow"):
        runs = runs_with(summary, condition=condition)
        whole.plot(summary.time, runs.serotonin.mean("run"), color=SHADE[condition], label=LABEL[condition])
        near.plot(*_smooth(summary, condition), color=SHADE[condition])
        if condition != "no_autoreceptor":
            factor.plot(summary.time, runs.factor.mean("run"), color=SHADE[condition])
    whole.set(xlim=(-10, 60), ylim=(0, None), ylabel="Serotonin (nM)", title="2-s train")
    whole.legend(fontsize=6)
    near.set(xlim=(-30, 150), ylim=(25, 90), ylabel="Serotonin (nM)", title="Undershoot")
    mark_reference(near, PUBLISHED["C"])
    near.axvspan(LENGTH, LENGTH + 30, color="0.93", zorder=-1)
    near.text(LENGTH + 33, 88, "30 s after it", va="top", color="0.4", fontsize=7)
    factor.set(xlim=(-30, 150), ylim=(0, 1.1), ylabel="Release, relative to baseline")
    factor.set_title("Autoreceptor, factor on release")


def _draw_settling(axes: plt.Axes, summary: xr.Dataset) -> None:
    styles = ("-", "--", "-.", ":")
    for (name, published), style in zip(PUBLISHED.items(), styles, strict=True):
        share = summary.settling.sel(quantity=name) / published
        axes.plot(summary.minute, share, style, color="0.2", linewidth=1, label=NAME[name])
    mark_reference(axes, 1)
    axes.set(xlim=(0, 10), ylim=(0.1, 10), yscale="log")
    axes.set(xlabel="Time (min)", ylabel="Relative to steady state")
    axes.set_title("From zero concentration")
    axes.legend(fontsize=6)


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: serotonin, the cascade, what is released, and the spikes around the train."""
    pool = run["modulators/serotonin"].isel(region=0)
    figure, axes = plt.subplots(2, 2, figsize=(TWO_COLUMNS, 4.2))
    (level, cascade), (factor, raster) = axes
    level.plot(pool.time, pool.C, color=COLOUR["modulated"], linewidth=0.8)
    level.set(ylabel="Serotonin (nM)", ylim=(0, None), title=run_title(run))
    for name, style in (("slow_B", "--"), ("slow_G_star", "-."), ("slow_T_star", ":")):
        cascade.plot(pool.time, pool[name], style, color="0.2", label=NAME[name])
    cascade.set(ylabel="Concentration (nM)", title="Cascade downstream of 5-HT1B")
    cascade.legend()
    for name in ("slow", "at_once"):
        course = pool[name]  # recorded at other moments than levels are
        factor.plot(course[course.dims[0]], course, color=SHADE[name], label=LABEL[name])
    factor.set(ylabel="Factor on release", ylim=(0, None), title="Autoreceptors, acting or not")
    factor.legend()
    end = float(pool.time[-1])
    start, stop = (TRAIN - 3, TRAIN + 5) if end < 300 else (end - 8, end)
    draw_raster(raster, run["spikes/raphe"].to_dataset(), start, stop)
    raster.set(ylabel="Raphe neuron", title="Spikes")
    for panel in axes.flat:
        panel.set_xlabel("Time (s)")
    return figure
