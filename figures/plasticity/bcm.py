"""A sliding threshold makes units selective: each ends with a response to one of four patterns.

The stable states of the rule of Bienenstock, Cooper and Munro are known for linearly independent patterns:
the number of patterns as the response to one of them, no response to the others, and the same number as the
threshold. With a fixed threshold, above the first responses, all responses vanish.
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

EXPERIMENT = "bcm_selectivity"
SEEDS = tuple(range(10))
RUNS = {"sliding": SEEDS, "fixed": SEEDS}
PATTERNS = 4


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of each run.

    Returns
    -------
    xr.Dataset
        ``response`` (run, unit, pattern) and ``theta`` (run, unit) at the end.
    """
    rows = [
        run["responses"].to_dataset().assign_coords(condition=run.attrs["condition"], seed=run.attrs["seed"])
        for run in runs
    ]
    return xr.concat(rows, "run")


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure, what was expected and what was observed."""
    sliding, fixed = (runs_with(summary, condition=c).response.values for c in RUNS)
    theta = runs_with(summary, condition="sliding").theta.values
    ordered = np.sort(sliding, axis=-1)
    chosen = np.unique(sliding.argmax(axis=-1))
    selective = 1 - sliding.mean(axis=-1) / sliding.max(axis=-1)
    return [
        _between("with a sliding threshold, the largest response of a unit", ordered[..., -1], 3.6, 4.4),
        _between("and its responses to other patterns", ordered[..., :-1], -0.2, 0.2),
        _between("and its threshold", theta, 3.2, 4.4),
        _between("selectivity, 1 - mean/largest response", selective, 0.7, 0.8),
        Check(
            "every pattern is that of some unit",
            f"{PATTERNS} of {PATTERNS}",
            f"{len(chosen)} of {PATTERNS}",
            len(chosen) == PATTERNS,
        ),
        _between("with a fixed threshold, all responses", fixed, -0.1, 0.1),
    ]


def _between(claim: str, found: np.ndarray, low: float, high: float) -> Check:
    supported = bool((found >= low).all() and (found <= high).all())
    return Check(claim, f"{low:g} to {high:g}", extremes(found, 2), supported)


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(TWO_COLUMNS, 2.4), sharey=True)
    for condition, panel in zip(RUNS, (left, right), strict=True):
        _draw(panel, runs_with(summary, condition=condition).response.values.reshape(-1, PATTERNS))
        panel.set(title=f"{condition.capitalize()} threshold", xlabel="Pattern, best first")
    left.axhline(PATTERNS, color="0.6", linewidth=0.8, linestyle="--")
    left.set_ylabel("Response")
    return figure


def _draw(panel: Axes, responses: np.ndarray) -> None:
    """Draw the responses of each unit, the largest first."""
    ordered = np.sort(responses, axis=1)[:, ::-1]
    panel.plot(
        np.arange(1, PATTERNS + 1), ordered.T, "o-", color=COLOUR["potentiation"], alpha=0.4, markersize=3
    )
    panel.set_xticks(range(1, PATTERNS + 1))


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: the responses of each unit."""
    figure, panel = plt.subplots(figsize=(TWO_COLUMNS / 2, 2.4))
    _draw(panel, run["responses"].response.values)
    panel.set(title=run_title(run), xlabel="Pattern, best first", ylabel="Response")
    return figure
