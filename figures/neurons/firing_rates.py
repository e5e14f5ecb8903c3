"""Firing rates of textbook neurons with constant input, and the rates that theory gives.

Points are runs, lines closed forms: the logarithm of the leaky integrate-and-fire cell, the fixed point of an
adaptive threshold, and the renewal integral of escape noise. Filled points: cells as in the catalogue; open
ones: without refractoriness and adaptation.
"""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure
from scipy.integrate import quad
from scipy.optimize import brentq

from figures.style import TWO_COLUMNS
from neuromodsim.analysis.selection import runs_with
from neuromodsim.plots.colours import COLOUR
from neuromodsim.plots.labels import run_title
from neuromodsim.reports.claims import Check

EXPERIMENT = "firing_rates"
RUNS = {"refractory": (0,), "memoryless": (0,)}
STEP = 1e-4  # s
# mV, MOhm, s, 1/s: what a cell does after a spike, by condition.
TAU, R, RESET, THRESHOLD = 8e-3, 10.0, 5.0, 20.0  # voltages relative to rest
AFTER = {
    "refractory": {"rest": 2e-3, "beta": 2.0, "chi": -5.0},
    "memoryless": {"rest": 0.0, "beta": 0.0, "chi": 0.0},
}
TAU_A, RHO_0, THETA, DELTA, TAU_M = 0.2, 60.0, 16.0, 2.0, 20e-3
LOOK = {"refractory": {"marker": "o"}, "memoryless": {"marker": "o", "markerfacecolor": "white"}}


def lif(current: float, rest: float, raised: float = 0.0) -> float:
    """Return the rate in Hz with a current in nA and a threshold raised by so many mV; 0 below threshold."""
    top, aim = R * current, THRESHOLD + raised
    return 0.0 if top <= aim else 1 / (rest + TAU * np.log((top - RESET) / (top - aim)))


def adaptive(current: float, rest: float, beta: float) -> float:
    """Return the rate in Hz at which adaptation and interval agree."""
    if beta == 0 or lif(current, rest) == 0:
        return lif(current, rest)

    def surplus(rate: float) -> float:
        return lif(current, rest, beta / np.expm1(1 / (rate * TAU_A))) - rate

    return float(brentq(surplus, 0.05, lif(current, rest)))


def noisy(drive: float, chi: float) -> float:
    """Return the inverse of the mean interval in Hz with a drive in mV."""
    base = RHO_0 * np.exp((drive - THETA) / DELTA)
    ages = np.linspace(0, 0.2, 4001)
    hazard = base * np.exp(chi / DELTA * np.exp(-ages / TAU_M))
    passed = np.concatenate([[0], np.cumsum((hazard[1:] + hazard[:-1]) / 2 * np.diff(ages))])
    mean, _ = quad(lambda s: np.exp(-np.interp(s, ages, passed)), 0, ages[-1], limit=200)
    return float(1 / (mean + np.exp(-passed[-1]) / base))


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of each run.

    Returns
    -------
    xr.Dataset
        ``lif``, ``adaptive`` (run, current), ``noisy`` and its standard error ``noisy_sem`` (run, drive), in
        Hz.
    """
    rows = []
    for run in runs:
        rates = run["rates"].to_dataset()
        row = rates[["lif", "adaptive"]].assign(
            noisy=rates.noisy.mean("cell"),
            noisy_sem=rates.noisy.std("cell", ddof=1) / rates.sizes["cell"] ** 0.5,
        )
        rows.append(row.assign_coords(condition=run.attrs["condition"], seed=run.attrs["seed"]))
    return xr.concat(rows, "run")


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure, what was expected and what was observed."""
    return [claim for condition in AFTER for claim in _claims(summary, condition)]


def _claims(summary: xr.Dataset, condition: str) -> list[Check]:
    one, after = runs_with(summary, condition=condition).isel(run=0), AFTER[condition]
    plain = np.array([lif(i, after["rest"]) for i in one.current.values])
    slowed = np.array([adaptive(i, after["rest"], after["beta"]) for i in one.current.values])
    escape = np.array([noisy(u, after["chi"]) for u in one.drive.values])
    off = np.abs(one.noisy.values - escape) / one.noisy_sem.values
    return [
        _rates(f"{condition}: rates of the leaky integrate-and-fire cell", one.lif.values, plain),
        _rates(f"{condition}: rates with an adaptive threshold", one.adaptive.values, slowed),
        Check(
            f"{condition}: rates with escape noise are those of the renewal integral",
            "within 4 standard errors",
            f"at most {off.max():.1f}",
            bool(off.max() <= 4),
        ),
    ]


def _rates(claim: str, found: np.ndarray, expected: np.ndarray) -> Check:
    """Compare rates up to 100 Hz; of faster ones an interval is long by too few steps."""
    slow = (expected > 0) & (expected <= 100)
    relative = np.abs(found[slow] / expected[slow] - 1).max()
    intervals = np.abs(1 / found[expected > 0] - 1 / expected[expected > 0]).max()
    silent = bool((found[expected == 0] == 0).all())
    return Check(
        f"{claim} are those of the closed form",
        "within 1 % up to 100 Hz, within a time step above, none below threshold",
        f"{relative:.2%}, {intervals / STEP:.2f} steps, {'none' if silent else 'some'}",
        bool(relative < 0.01 and intervals <= 1.001 * STEP and silent),
    )


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure, (left, middle, right) = plt.subplots(1, 3, figsize=(TWO_COLUMNS, 2.4))
    for condition, after in AFTER.items():
        one = runs_with(summary, condition=condition).isel(run=0)
        _draw(left, one.current, one.lif, lambda i, a=after: lif(i, a["rest"]), condition)
        _draw(
            middle, one.current, one.adaptive, lambda i, a=after: adaptive(i, a["rest"], a["beta"]), condition
        )
        _draw(right, one.drive, one.noisy, lambda u, a=after: noisy(u, a["chi"]), condition)
    for panel, title in zip(
        (left, middle, right), ("LIF", "Adaptive threshold", "Escape noise"), strict=True
    ):
        panel.set(title=title, ylabel="Rate (Hz)")
        panel.set_xlabel("Input (mV)" if panel is right else "Current (nA)")
    right.legend(loc="upper left")
    return figure


def _draw(panel: plt.Axes, x: xr.DataArray, found: xr.DataArray, rate: object, condition: str) -> None:
    """Draw the rates of a run as points and those of theory as a line."""
    fine = np.linspace(float(x[0]), float(x[-1]), 60)
    panel.plot(fine, [rate(value) for value in fine], color="0.6", linewidth=0.9, zorder=0)
    look = {"color": COLOUR["single_image"], "linestyle": "none", "markersize": 4, **LOOK[condition]}
    panel.plot(x, found, label=condition, **look)


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: the rates of all three kinds of cells."""
    figure, axes = plt.subplots(1, 3, figsize=(TWO_COLUMNS, 2.2))
    rates = run["rates"].to_dataset()
    for name, panel in zip(("lif", "adaptive", "noisy"), axes, strict=True):
        found = rates[name].mean("cell") if name == "noisy" else rates[name]
        panel.plot(found[found.dims[0]], found, "o-", markersize=3)
        panel.set(title=name, ylabel="Rate (Hz)")
    figure.suptitle(run_title(run), fontsize=8)
    return figure
