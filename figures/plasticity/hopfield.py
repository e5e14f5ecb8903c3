"""Storage in a Hopfield network: errors one step after a stored pattern, and retrieval from a corrupted one.

The one-step error is known: crosstalk of the other patterns is a sum of independent signs, so that its
distribution is binomial, and normal in a large network (the line). Below about 0.138 patterns per unit,
patterns with a fifth of the units flipped are retrieved; far above, they are lost.
"""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure
from scipy.special import erf
from scipy.stats import binom

from figures.style import TWO_COLUMNS
from neuromodsim.analysis.selection import runs_with
from neuromodsim.plots.colours import COLOUR
from neuromodsim.plots.labels import run_title
from neuromodsim.reports.claims import Check

EXPERIMENT = "hopfield"
# One-step errors of a large network by patterns per unit, of textbooks.
LOADS = {0.105: 0.0010, 0.138: 0.0036, 0.185: 0.0100, 0.37: 0.0501, 0.61: 0.1002}
SEEDS = tuple(range(5))
RUNS = dict.fromkeys((*(f"load_{load:g}" for load in LOADS), "retrieval", "overloaded"), SEEDS)


def of_large_network(load: float) -> float:
    """Return the one-step error of a large network."""
    return float((1 - erf(np.sqrt(1 / (2 * load)))) / 2)


def one_step_error(units: int, patterns: int) -> float:
    """Return the one-step error of a finite network; a field of zero is either sign."""
    signs = (patterns - 1) * (units - 1)  # the sum of as many must be below -(units - 1)
    up = (signs - (units - 1)) / 2  # how many of them are 1 where it is just that
    tie = binom.pmf(round(up), signs, 0.5) if up == round(up) else 0.0
    return float(binom.cdf(np.ceil(up) - 1, signs, 0.5) + tie / 2)


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of each run.

    Returns
    -------
    xr.Dataset
        ``wrong`` (run, after): the share of units that differed from the pattern, after one step and in the
        last; ``sem`` (run): the standard error over patterns of the first; ``units``, ``patterns`` and
        those that were ``tested`` (run).
    """
    rows = []
    for run in runs:
        wrong = run["retrieval"].wrong
        row = xr.Dataset(
            {
                "wrong": wrong.mean("trial"),
                "sem": wrong.isel(after=0).std("trial", ddof=1) / wrong.sizes["trial"] ** 0.5,
                "units": run["state/units"].sizes["neuron"],
                "tested": wrong.sizes["trial"],
                "patterns": run["retrieval"].attrs["patterns"],
            }
        )
        rows.append(row.assign_coords(condition=run.attrs["condition"], seed=run.attrs["seed"]))
    return xr.concat(rows, "run")


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure, what was expected and what was observed."""
    return [*(at_load(summary, load) for load in LOADS), *retrieval(summary)]


def at_load(summary: xr.Dataset, load: float) -> Check:
    """Return the claim on the one-step error at a load."""
    runs, known = runs_with(summary, condition=f"load_{load:g}"), LOADS[load]
    found, first = runs.wrong.isel(after=0).values, runs.isel(run=0)
    expected = one_step_error(int(first.units), int(first.patterns))
    bits = float((runs.units * runs.tested).sum())
    error = max(float((runs.sem**2).sum() ** 0.5) / found.size, (expected * (1 - expected) / bits) ** 0.5)
    return Check(
        f"one-step error at {load:g} patterns per unit",
        f"{expected:.4f}, of a large network {known:.4f}, within 4 standard errors",
        f"{found.mean():.4f} ± {error:.4f}",
        bool(abs(found.mean() - expected) <= 4 * error and abs(of_large_network(load) - known) < 6e-5),
    )


def retrieval(summary: xr.Dataset) -> list[Check]:
    """Return the claims on patterns that are shown with some units flipped."""
    kept, lost = (
        1 - 2 * runs_with(summary, condition=c).wrong.isel(after=1) for c in ("retrieval", "overloaded")
    )
    return [
        Check(
            "0.05 patterns per unit, a fifth of the units flipped: overlap after five steps",
            "above 0.99",
            f"{float(kept.min()):.4f} to {float(kept.max()):.4f}",
            bool((kept > 0.99).all()),
        ),
        Check(
            "0.3 patterns per unit, the same",
            "below 0.9",
            f"{float(lost.min()):.3f} to {float(lost.max()):.3f}",
            bool((lost < 0.9).all()),
        ),
    ]


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(TWO_COLUMNS, 2.5))
    fine = np.linspace(0.08, 0.65, 100)
    left.plot(fine, [of_large_network(a) for a in fine], color="0.6", label="large network")
    for load in LOADS:
        found = runs_with(summary, condition=f"load_{load:g}").wrong.isel(after=0)
        left.plot([load] * found.size, found, ".", color=COLOUR["potentiation"])
    left.set(yscale="log", xlabel="Patterns per unit", ylabel="One-step error", title="Intact patterns")
    left.legend(loc="lower right")
    for place, condition in enumerate(("retrieval", "overloaded")):
        wrong = runs_with(summary, condition=condition).wrong
        right.plot(place + np.array([-0.1, 0.1]), 1 - 2 * wrong.values.T, ".-", color=COLOUR["single_image"])
    right.set_xticks((0, 1), ("0.05 per unit", "0.3 per unit"))
    right.set(ylabel="Overlap", ylim=(0, 1.05), xlim=(-0.5, 1.5))
    right.set_title("A fifth flipped: after one step, five steps")
    return figure


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: errors of each pattern, after one step and in the last."""
    figure, panel = plt.subplots(figsize=(TWO_COLUMNS / 2, 2.4))
    for after, wrong in run["retrieval"].wrong.groupby("after"):
        panel.plot(wrong.trial, wrong.squeeze(), ".", label=str(after))
    panel.set(title=run_title(run), xlabel="Pattern", ylabel="Fraction of units that differ")
    panel.legend()
    return figure
