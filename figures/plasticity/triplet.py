"""Triplets of spikes explain how pairing depends on its rate; pairs do not.

Points are the changes that Sjöström et al. (2001) observed after 60 pairings (unverified; bars: standard
errors), lines the four published sets of Pfister and Gerstner (2006), and the best pair rule with the same
windows. Right: drift of the minimal set between independent Poisson trains, and the rule of Bienenstock,
Cooper and Munro that it equals (line).
"""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from figures.style import TWO_COLUMNS
from neuromodsim.analysis.selection import runs_with
from neuromodsim.analysis.wording import listed
from neuromodsim.plots.colours import COLOUR
from neuromodsim.plots.labels import run_title
from neuromodsim.reports.claims import Check

EXPERIMENT = "triplet_pairing"
# Mean squared error in units of the standard error, over ten points, as published.
MISFIT = {"full": 0.34, "minimal": 0.35, "nearest": 0.22, "nearest_minimal": 0.34}
RUNS = dict.fromkeys((*MISFIT, "pair"), (0,))
DATA = np.array([[-0.04, 0.14, 0.29, 0.53, 0.56], [-0.29, -0.41, -0.34, 0.56, 0.75]])  # +10 ms, -10 ms
ERRORS = np.array([[0.05, 0.10, 0.14, 0.11, 0.26], [0.08, 0.11, 0.10, 0.32, 0.19]])
# Changes computed from the published sets, by an independent program.
FULL = np.array([[0, 0.132, 0.247, 0.534, 0.741], [-0.312, -0.334, -0.352, 0.155, 0.727]])
MINIMAL = np.array([[0, 0.119, 0.228, 0.532, 0.763], [-0.317, -0.332, -0.342, 0.174, 0.749]])
STEP, SOURCE_RATE = 1e-3, 10.0  # s, Hz
THRESHOLD = 7.1e-3 * 33.7 / (6.5e-3 * 16.8 * 0.114)  # Hz
LOOK = {"full": "-", "minimal": "--", "nearest": "-.", "nearest_minimal": ":"}


def drift(target: np.ndarray) -> np.ndarray:
    """Return the mean drift of the minimal set per second, at rates of the target in Hz, in steps of 1 ms.

    Spikes of one step count as pre before post, so a trace is a sum over steps and not an integral.
    """

    def kept(tau: float, first: int) -> float:
        return STEP * np.exp(-first * STEP / tau) / -np.expm1(-STEP / tau)

    up = 6.5e-3 * kept(16.8e-3, 0) * kept(0.114, 1) * SOURCE_RATE * target**2
    return up - 7.1e-3 * kept(33.7e-3, 1) * SOURCE_RATE * target


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of each run.

    Returns
    -------
    xr.Dataset
        ``change`` (run, lag, rate), ``drift`` and its standard error ``drift_sem`` (run, target_rate), per s.
    """
    rows = []
    for run in runs:
        found = run["changes"].to_dataset()
        sem = found.drift.std("synapse", ddof=1) / found.sizes["synapse"] ** 0.5
        row = xr.Dataset({"change": found.change, "drift": found.drift.mean("synapse"), "drift_sem": sem})
        rows.append(row.assign_coords(condition=run.attrs["condition"], seed=run.attrs["seed"]))
    return xr.concat(rows, "run")


def _changes(summary: xr.Dataset, condition: str) -> np.ndarray:
    return np.asarray(runs_with(summary, condition=condition).change.values[0])


def misfit(change: np.ndarray) -> float:
    """Return the mean squared error of changes, each in units of its standard error."""
    return float((((change - DATA) / ERRORS) ** 2).mean())


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure, what was expected and what was observed."""
    fits = [_fit(misfit(_changes(summary, c)), c, known) for c, known in MISFIT.items()]
    tables = [_table(_changes(summary, c), c, known) for c, known in (("full", FULL), ("minimal", MINIMAL))]
    pair = misfit(_changes(summary, "pair"))
    control = Check(
        "the best pair rule has a far larger error", "more than 5 times 0.35", f"{pair:.1f}", pair > 5 * 0.35
    )
    return [*fits, *tables, control, _bcm(runs_with(summary, condition="minimal").isel(run=0))]


def _fit(found: float, condition: str, known: float) -> Check:
    claim = f"error of the set '{condition}' over ten points"
    return Check(claim, f"{known:g} (published)", f"{found:.3f}", abs(found - known) < 0.02)


def _table(found: np.ndarray, condition: str, known: np.ndarray) -> Check:
    off = np.abs(found - known).max()
    return Check(
        f"changes of the set '{condition}' at 0.1, 10, 20, 40, 50 Hz, +10 ms and -10 ms",
        f"{listed(known.ravel(), '{:.3f}')}, within 0.001",
        f"off by at most {off:.4f}",
        bool(off <= 1e-3),
    )


def _bcm(one: xr.Dataset) -> Check:
    expected = drift(one.target_rate.values)
    off = np.abs(one.drift.values - expected) / one.drift_sem.values
    return Check(
        f"the minimal set drifts as the BCM rule, with a threshold of {THRESHOLD:.1f} Hz",
        f"{listed(expected, '{:.4f}')} per s, within 4 standard errors",
        f"{listed(one.drift.values, '{:.4f}')} per s",
        bool(off.max() <= 4),
    )


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure, (left, middle, right) = plt.subplots(1, 3, figsize=(TWO_COLUMNS, 2.5))
    rate = summary.rate.values
    for row, (panel, lag) in enumerate(((left, "+10 ms"), (middle, "-10 ms"))):
        panel.errorbar(rate, DATA[row], ERRORS[row], fmt="ok", markersize=3, linewidth=0.8)
        for condition, style in LOOK.items():
            label = condition.replace("_", ", ")
            line = _changes(summary, condition)[row]
            panel.plot(rate, line, style, color=COLOUR["potentiation"], linewidth=0.9, label=label)
        panel.plot(rate, _changes(summary, "pair")[row], color=COLOUR["depression"], label="pairs")
        panel.set(title=f"60 pairings, {lag}", xlabel="Rate (Hz)", ylabel="Relative change", ylim=(-0.7, 1.1))
    middle.legend(fontsize=6)
    _draw_drift(right, runs_with(summary, condition="minimal").isel(run=0))
    return figure


def _draw_drift(panel: Axes, one: xr.Dataset) -> None:
    fine = np.linspace(0, 42, 100)
    panel.axhline(0, color="0.8", linewidth=0.5)
    panel.plot(fine, drift(fine), color="0.6", linewidth=0.9)
    panel.errorbar(
        one.target_rate, one.drift, one.drift_sem, fmt="o", color=COLOUR["potentiation"], markersize=3
    )
    panel.set(title="Poisson trains, minimal", xlabel="Target rate (Hz)", ylabel="Drift (1/s)")


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: changes by pairing, and drift between Poisson trains."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(TWO_COLUMNS, 2.4))
    found = run["changes"].to_dataset()
    for lag in found.lag.values:
        left.plot(found.rate, found.change.sel(lag=lag), "o-", markersize=3, label=f"{lag:+g} ms")
    left.set(xlabel="Rate (Hz)", ylabel="Relative change")
    left.legend()
    right.plot(found.target_rate, found.drift, ".", color="0.4")
    right.set(xlabel="Target rate (Hz)", ylabel="Drift (1/s)")
    figure.suptitle(run_title(run), fontsize=8)
    return figure
