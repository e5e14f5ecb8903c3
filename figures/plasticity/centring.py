"""Reward must be centred, for each stimulus on its own; a rule whose eligibility has no mean needs no critic.

A linear unit answers y = w x + ξ to x = 1 or 1/2 and is rewarded by -(y - target x)², plus or minus 1/2
where stimuli differ in difficulty. Left and middle: mean change of a weight at the best one, in units of
the learning rate, per step; bars are the closed form. Right: learning with stimuli of different difficulty
(mean and standard deviation over units); dashed lines are where the closed form of the mean change is zero.
"""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy.optimize import brentq

from figures.style import TWO_COLUMNS
from neuromodsim.analysis.selection import runs_with
from neuromodsim.plots.colours import COLOUR
from neuromodsim.plots.labels import run_title
from neuromodsim.reports.claims import Check

EXPERIMENT = "reward_centring"
SEEDS = tuple(range(5))
RUNS = dict.fromkeys(("drift", "drift_off", "drift_two", "learn", "learn_two"), SEEDS)
RULES = {
    "naive": "Hebb × reward",
    "common": "minus common mean",
    "own": "minus mean of stimulus",
    "node": "node perturbation",
}
LOOK = {
    "naive": COLOUR["no_dopamine"],
    "common": COLOUR["depression"],
    "own": COLOUR["potentiation"],
    "node": COLOUR["noradrenaline"],
}
SIGMA = 0.2
X = np.array([1.0, 0.5])
TASKS = {  # target and offset
    "drift": (1.0, 0.0),
    "drift_off": (1.3, 0.0),
    "drift_two": (1.0, 1.0),
    "learn": (1.0, 0.0),
    "learn_two": (1.0, 1.0),
}
TOLERANCE = 4  # standard errors, for drifts
NEAR = 0.06  # of weights after learning: the closed form neglects their fluctuations


def drift(rule: str, w: float, target: float = 1.0, offset: float = 0.0) -> float:
    """Return the mean change of a weight ``w`` by a rule, per step and learning rate, in closed form.

    With e = target - w and ⟨·⟩ over both stimuli, ⟨ξ R⟩ = 2 e σ² x and ⟨R⟩ = -σ² - e² x² ± offset/2 for each.

    Examples
    --------
    >>> [round(drift(rule, 1.0), 6) for rule in RULES]
    [-0.025, 0.0, 0.0, 0.0]
    >>> [round(drift(rule, 1.0, offset=1.0), 6) for rule in RULES]
    [0.1625, 0.1875, 0.0, 0.0]
    """
    error = target - w
    covariance = 2 * error * SIGMA**2 * (X**2).mean()
    reward = -(SIGMA**2) - error**2 * X**2 + offset * np.array([0.5, -0.5])
    expected = {"naive": 0.0, "common": reward.mean()}.get(rule, reward)
    return float(covariance + w * (X**2 * (reward - expected)).mean())


def rest(rule: str, offset: float) -> float:
    """Return the weight at which the mean change is zero, from below."""
    weights = np.linspace(0.0, 4.0, 401)
    changes = [drift(rule, w, offset=offset) for w in weights]
    last = max(k for k in range(400) if changes[k] > 0 >= changes[k + 1])
    return float(brentq(lambda w: drift(rule, w, offset=offset), weights[last], weights[last + 1]))


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of each run.

    Returns
    -------
    xr.Dataset
        ``change`` and its standard error ``change_sem`` (run, rule); ``w`` (run, rule, time), the mean over
        units, and its standard deviation ``w_sd``.
    """
    rows = []
    for run in runs:
        found = run["learning"].to_dataset()
        sem = found.change.std("unit", ddof=1) / found.sizes["unit"] ** 0.5
        row = {"change": found.change.mean("unit"), "change_sem": sem}
        row |= {"w": found.w.mean("unit"), "w_sd": found.w.std("unit", ddof=1)}
        rows.append(xr.Dataset(row).assign_coords(condition=run.attrs["condition"], seed=run.attrs["seed"]))
    return xr.concat(rows, "run")


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure, what was expected and what was observed."""
    still = [condition for condition in TASKS if condition.startswith("drift")]
    return [*(drifts(summary, c) for c in still), *ends(summary, "learn"), *ends(summary, "learn_two")]


def pooled(summary: xr.Dataset, condition: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the mean change by rule over all runs of a condition, and its standard error."""
    one = runs_with(summary, condition=condition)
    n = one.sizes["run"]
    return one.change.mean("run").values, np.sqrt((one.change_sem**2).sum("run").values) / n


def drifts(summary: xr.Dataset, condition: str) -> Check:
    """Return the claim that weights change as in closed form."""
    target, offset = TASKS[condition]
    expected = np.array([drift(rule, 1.0, target, offset) for rule in RULES])
    found, sem = pooled(summary, condition)
    return Check(
        f"mean change by R, R - ⟨R⟩, R - ⟨R|x⟩ and noise; target {target:g}, offset {offset:g}",
        f"{_signed(expected)}, within {TOLERANCE} standard errors",
        f"{_signed(found)} ± {', '.join(f'{s:.5f}' for s in sem)}",
        bool((np.abs(found - expected) <= TOLERANCE * sem).all()),
    )


def _signed(values: np.ndarray) -> str:
    return ", ".join(f"{v:+.5f}" for v in values + 0.0)


def ends(summary: xr.Dataset, condition: str) -> list[Check]:
    """Return the claims that weights end where the closed form of their change is zero."""
    offset = TASKS[condition][1]
    w = runs_with(summary, condition=condition).w
    last = w.isel(time=slice(-w.sizes["time"] // 5, None)).mean("time")
    checks = []
    for rule, name in RULES.items():
        expected, found = rest(rule, offset), last.sel(rule=rule).values
        checks.append(
            Check(
                f"learned weight of 1 by '{name}', offset {offset:g}",
                f"{expected:.3f} ± {NEAR:g}",
                f"{found.min():.3f} to {found.max():.3f}",
                bool((np.abs(found - expected) <= NEAR).all()),
            )
        )
    return checks


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure, panels = plt.subplots(1, 3, figsize=(TWO_COLUMNS, 2.6))
    for condition, title, panel in zip(
        ("drift", "drift_two"), ("Equal stimuli", "One is easier"), panels, strict=False
    ):
        _draw_drifts(panel, summary, condition)
        panel.set_title(f"{title}, at the best weight")
    panels[0].set_ylabel("Mean change")
    learned = runs_with(summary, condition="learn_two").isel(run=0)
    _draw_learning(panels[2], learned.w, learned.w_sd)
    panels[2].legend(fontsize=6)
    for rule in RULES:
        panels[2].axhline(rest(rule, 1.0), color=LOOK[rule], linewidth=0.7, linestyle="--")
    return figure


def _draw_drifts(panel: Axes, summary: xr.Dataset, condition: str) -> None:
    target, offset = TASKS[condition]
    expected = [drift(rule, 1.0, target, offset) for rule in RULES]
    found, sem = pooled(summary, condition)
    places = np.arange(len(RULES))
    panel.axhline(0, color="0.8", linewidth=0.5)
    panel.bar(places, expected, color=list(LOOK.values()), alpha=0.35)
    panel.errorbar(places, found, TOLERANCE * sem, fmt="ok", markersize=3, linewidth=0.8)
    panel.set_xticks(places, ["×R", "-⟨R⟩", "-⟨R|x⟩", "noise"], fontsize=7)


def _draw_learning(panel: Axes, w: xr.DataArray, sd: xr.DataArray) -> None:
    for rule, name in RULES.items():
        mean, spread = w.sel(rule=rule), sd.sel(rule=rule)
        steps = w.time.values * 1000
        panel.plot(steps, mean, color=LOOK[rule], label=name)
        panel.fill_between(steps, mean - spread, mean + spread, color=LOOK[rule], alpha=0.15, linewidth=0)
    panel.set(title="Learning, one is easier", xlabel="Trial", ylabel="Weight", ylim=(-0.2, 2.8))


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: weights by rule, mean and standard deviation over units."""
    figure, panel = plt.subplots(figsize=(TWO_COLUMNS / 2, 2.6))
    w = run["learning"].w
    _draw_learning(panel, w.mean("unit"), w.std("unit", ddof=1))
    panel.set(title=run_title(run))
    panel.legend(fontsize=6)
    return figure
