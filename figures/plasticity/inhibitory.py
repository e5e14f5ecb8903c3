"""Inhibitory plasticity balances a random network: from synchrony at 160 Hz to irregular firing at 10 Hz.

Inhibition onto excitatory cells grows until it balances their excitation (Vogels et al. 2011). A network of
2000 cells with as many synapses per cell as the published one of 10,000, of which Brian2's example fires at
9.8 Hz after ten seconds, on the way to the target of 3 Hz. Without plasticity, cells fire at their limit and
regularly.
"""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from figures.style import TWO_COLUMNS
from neuromodsim.analysis.selection import runs_with
from neuromodsim.analysis.wording import extremes
from neuromodsim.plots.colours import COLOUR
from neuromodsim.plots.labels import run_title
from neuromodsim.reports.claims import Check

EXPERIMENT = "balanced_network cells=2000"
RUNS = {"plastic": (0, 1, 2), "no_plasticity": (0,)}
LOOK = {"plastic": COLOUR["potentiation"], "no_plasticity": COLOUR["no_dopamine"]}
LATE = 2.0  # s at the end
TARGET = 3.0  # Hz


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of each run.

    Returns
    -------
    xr.Dataset
        ``rate`` (run, time) of excitatory cells in Hz, in bins of 100 ms; ``cv`` (run) of their intervals in
        the last three seconds.
    """
    rows = [
        run["balance"].to_dataset().assign_coords(condition=run.attrs["condition"], seed=run.attrs["seed"])
        for run in runs
    ]
    return xr.concat(rows, "run")


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure, what was expected and what was observed."""
    end = float(summary.time.max())
    plastic, without = (runs_with(summary, condition=c) for c in RUNS)
    late, before = (
        one.rate.sel(time=slice(end - LATE, None)).mean("time").values for one in (plastic, without)
    )
    early = plastic.rate.sel(time=slice(1, 3)).mean("time").values
    return [
        _between("without plasticity, rate in Hz", before, 100, 250),
        _between("and coefficient of variation of intervals", without.cv.values, 0, 0.2),
        _between("with plasticity, rate in the first 100 ms", plastic.rate.values[:, 0], 100, 250),
        _between("rate in the last 2 s (plain Brian2, 10,000 cells: 9.8 Hz)", late, TARGET, 13),
        _between("relative to that from 1 to 3 s: still falling", late / early, 0.1, 0.75),
        _between("coefficient of variation of intervals: irregular", plastic.cv.values, 0.8, 1.5),
    ]


def _between(claim: str, found: np.ndarray, low: float, high: float) -> Check:
    supported = bool((found >= low).all() and (found <= high).all())
    return Check(claim, f"{low:g} to {high:g}", extremes(found, 2), supported)


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(TWO_COLUMNS, 2.5), width_ratios=(3, 1))
    for place, condition in enumerate(RUNS):
        runs = runs_with(summary, condition=condition)
        _draw(left, runs.time, runs.rate, condition)
        right.plot([place] * runs.sizes["run"], runs.cv, "o", color=LOOK[condition], markersize=4)
    left.axhline(TARGET, color="0.6", linewidth=0.8, linestyle="--")
    left.legend(loc="center right")
    right.set_xticks(range(len(RUNS)), [c.replace("_", "\n") for c in RUNS])
    right.set(ylabel="CV of interspike intervals", ylim=(0, 1.2), xlim=(-0.5, 1.5))
    return figure


def _draw(panel: Axes, time: xr.DataArray, rates: xr.DataArray, condition: str) -> None:
    """Draw the course of the rate of each run."""
    label = condition.replace("_", " ")
    for rate in np.atleast_2d(rates.values):
        panel.plot(time, rate, color=LOOK[condition], linewidth=0.8, label=label)
        label = ""
    panel.set(yscale="log", xlabel="Time (s)", ylabel="Rate of excitatory cells (Hz)")


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: the course of the excitatory rate."""
    figure, panel = plt.subplots(figsize=(TWO_COLUMNS / 2, 2.4))
    balance = run["balance"].to_dataset()
    _draw(panel, balance.time, balance.rate, run.attrs["condition"])
    panel.set_title(run_title(run))
    return figure
