"""Figure 1: a reward delayed by seconds selectively reinforces the synapse that caused it.

After every pre-post coincidence of one chosen synapse, dopamine is released 1 to 3 s later. Within an hour
this synapse, which starts at zero, grows to the maximal weight, while the others stay low (Izhikevich 2007,
Fig. 1). Yoked controls, which receive the rewards of another network, and controls without dopamine are
additions to the published figure: they show that both the contingency and dopamine are necessary.
"""

import json
from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from figures.style import TWO_COLUMNS
from neuromodsim.analysis.selection import runs_with
from neuromodsim.analysis.wording import extremes
from neuromodsim.plots.colours import COLOUR
from neuromodsim.plots.courses import each_and_median
from neuromodsim.plots.labels import run_title
from neuromodsim.plots.rasters import draw_raster
from neuromodsim.reports.claims import Check

EXPERIMENT = "distal_reward"
SEEDS = tuple(range(10))
RUNS = {"contingent": SEEDS, "yoked": SEEDS, "no_dopamine": (0,), "pairing/paired": (0,)}

LARGEST = 4.0  # mV, daspnet.m
PAIR = float(np.exp(-0.5) * np.exp(-1.0) / 6)  # 0.0371884: tau_c·tau_d/(tau_c + tau_d) = 1/6 s
BINS = np.linspace(0, LARGEST, 41)


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of each run.

    Returns
    -------
    xr.Dataset
        ``chosen`` and ``others`` (run, time) in mV, ``dopamine`` (run, minute), ``share`` of final
        weights (run, bin), ``rate`` (run) in Hz, ``rewards`` (run), and ``pair`` (), the weight change
        of a single pair.
    """
    rows, pair = [], np.nan
    for run in runs:
        if run.attrs["experiment"] == "pairing":
            pair = float(run["synapses/excitatory"].weight[-1, 0])
        else:
            rows.append(_row(run))
    return xr.concat(rows, "run").assign(pair=pair)


def _row(run: xr.DataTree) -> xr.Dataset:
    chosen = json.loads(run.attrs["notes"])["chosen_synapse"]
    weight = run["synapses/excitatory"].weight
    spikes = run["spikes/excitatory_cells"].to_dataset()
    seconds = min(60.0, float(weight.time[-1]))
    level = run["modulators/dopamine"].d[:, 0]
    samples = len(level.time) // max(1, round(float(weight.time[-1]) / 60))
    minutes = level.values[: len(level) // samples * samples].reshape(-1, samples).mean(axis=1)
    others = (weight.sum("synapse") - weight[:, chosen]) / (weight.sizes["synapse"] - 1)
    histogram = np.histogram(np.clip(weight[-1].values, 0, LARGEST), BINS)[0]
    return xr.Dataset(
        {
            "chosen": ("time", weight[:, chosen].values.copy()),  # not a view of all weights
            "others": ("time", others.values),
            "dopamine": ("minute", minutes),
            "share": ("bin", histogram / weight.sizes["synapse"]),
            "rate": spikes.sizes["spike"] / spikes.sizes["neuron_index"] / seconds,
            "rewards": run["events/reward_spike"].sizes["event"] + run["events/task_listed"].sizes["event"],
        },
        coords={
            "time": weight.time.values,
            "minute": np.arange(len(minutes)),
            "bin": (BINS[:-1] + BINS[1:]) / 2,
            "condition": run.attrs["condition"],
            "seed": run.attrs["seed"],
        },
    )


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure, what was expected and what was observed."""
    pair = Check(
        "one spike pair, one reward: equals the closed form of the rule",
        f"{PAIR:.7f}",
        f"{float(summary.pair):.7f}",
        bool(np.isclose(summary.pair, PAIR, rtol=1e-9)),
    )
    return [*_check_chosen(summary), *_check_network(summary), pair]


def _check_chosen(summary: xr.Dataset) -> list[Check]:
    """Return what becomes of the chosen synapse, with contingent reward and in both controls."""
    contingent, yoked, none = (
        runs_with(summary, condition=c).chosen[:, -1].values for c in ("contingent", "yoked", "no_dopamine")
    )
    return [
        Check(
            "contingent reward potentiates the chosen synapse (median of final weights)",
            "at least 3.5 mV",
            f"{np.median(contingent):.2f} mV, {_spread(contingent)}",
            bool(np.median(contingent) >= 3.5),
        ),
        Check(
            "yoked reward does not (median of final weights)",
            "at most 1 mV",
            f"{np.median(yoked):.2f} mV, {_spread(yoked)}",
            bool(np.median(yoked) <= 1.0),
        ),
        Check(
            "without dopamine no weight changes",
            "0 mV",
            f"{np.max(none):.2f} mV",
            bool(np.all(none == 0)),
        ),
    ]


def _check_network(summary: xr.Dataset) -> list[Check]:
    """Return what must hold of all other synapses, and of the firing of cells."""
    low, rate = summary.others[:, -1].values, summary.rate.values
    return [
        Check(
            "the other synapses stay low (mean of final weights)",
            "below 2 mV in every run",
            f"{extremes(low, 2)} mV",
            bool(low.max() < 2.0),
        ),
        Check(
            "firing rate of excitatory cells",
            "1 to 5 Hz in every run",
            f"{extremes(rate, 2)} Hz",
            bool(rate.min() >= 1.0 and rate.max() <= 5.0),
        ),
    ]


def _spread(values: np.ndarray) -> str:
    return f"{extremes(values, 2)} over {len(values)} seeds"


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure, axes = plt.subplots(2, 2, figsize=(TWO_COLUMNS, 4.4))
    (left, right), (released, final) = axes
    for panel, condition in ((left, "contingent"), (right, "yoked")):
        runs, minutes = runs_with(summary, condition=condition), summary.time / 60
        each_and_median(panel, minutes, runs.chosen, COLOUR[condition], "chosen, median")
        panel.plot(minutes, runs.others.mean("run"), color="0.4", linestyle="--", label="others, mean")
        panel.set(xlabel="Time (min)", ylabel="Weight (mV)", ylim=(0, 1.03 * LARGEST), xlim=(0, 60))
        panel.set_title(f"Chosen synapse, {condition} reward ({runs.sizes['run']} replicates)")
        panel.legend(loc="center right" if condition == "contingent" else "upper left")
    for condition in ("contingent", "yoked"):
        runs = runs_with(summary, condition=condition)
        level = runs.dopamine.mean("run") * 1e3
        released.plot(summary.minute + 0.5, level, color=COLOUR[condition], label=condition)
        share = runs.share.mean("run")
        final.step(summary.bin, share, where="mid", color=COLOUR[condition], label=condition)
    released.set(xlabel="Time (min)", ylabel="Phasic dopamine (10⁻³)", ylim=(0, None), xlim=(0, 60))
    released.set_title("Dopamine, mean of each minute")
    released.legend(loc="lower right")
    final.set(xlabel="Final weight (mV)", ylabel="Fraction of synapses", yscale="log")
    final.set_title("All synapses, final weights")
    final.legend()
    return figure


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: the chosen synapse, dopamine, spikes, and the final weights."""
    row = _row(run)
    figure, axes = plt.subplots(2, 2, figsize=(TWO_COLUMNS, 4.2))
    (weights, dopamine), (raster, final) = axes
    minutes = row.time / 60
    weights.plot(minutes, row.chosen, color=COLOUR["contingent"], label="chosen synapse")
    weights.plot(minutes, row.others, color="0.4", linestyle="--", label="mean of the others")
    weights.set(
        xlabel="Time (min)",
        ylabel="Weight (mV)",
        ylim=(-0.05, 1.05 * LARGEST),
        title=run_title(run),
    )
    weights.legend()
    released = run.attrs["condition"].startswith("released")
    level = run["modulators/released"].C[:, 0] if released else run["modulators/dopamine"].d[:, 0]
    dopamine.plot(level.time / 60, level, color=COLOUR["dopamine"], linewidth=0.5)
    shown = "Dopamine (nmol/L)" if released else "Phasic dopamine"
    dopamine.set(xlabel="Time (min)", ylabel=shown, title="Dopamine")
    spikes = run["spikes/excitatory_cells"].to_dataset()
    if spikes.sizes["spike"]:
        draw_raster(raster, spikes, start=spikes.time.values.max() - 2)
    raster.set(xlabel="Time (s)", ylabel="Excitatory cell", title="Spikes, last 2 s")
    final.step(row.bin, row.share, where="mid", color=COLOUR["contingent"])
    final.set(xlabel="Final weight (mV)", ylabel="Fraction of synapses", yscale="log", title="All synapses")
    return figure
