"""Node perturbation follows the gradient of reward, and needs no critic (Fiete and Seung 2006).

A network with eight hidden units that all receive the same reward. Left: mean change of each weight against
the gradient of the mean reward (finite differences) times the variance of the noise; the line is equality.
Right: reward while hidden units learn (mean over 50 networks with the same initial weights, and range over
seeds).
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

EXPERIMENT = "perturbed_network"
SEEDS = (0, 1, 2)
RUNS = dict.fromkeys(("gradient", "no_critic", "learning"), SEEDS)
SIGMA = 0.2
LATE = 200  # steps at the beginning and at the end


def mean_reward(w: np.ndarray, one: xr.Dataset) -> float:
    """Return the mean reward over patterns and noise, of a network with these weights.

    The output is a sum of independent answers, so that its mean and variance are those of each, which
    Gauss-Hermite quadrature gives.
    """
    nodes, weights = np.polynomial.hermite_e.hermegauss(40)
    weights = weights / weights.sum()
    summed = one.patterns.values @ w
    answers = np.tanh(summed[..., None] + SIGMA * nodes)
    mean = answers @ weights
    variance = (answers**2) @ weights - mean**2
    off = mean @ one.v.values - one.goals.values
    return float(-(off**2 + variance @ one.v.values**2).mean())


def gradient(one: xr.Dataset, by: float = 1e-4) -> np.ndarray:
    """Return the gradient of the mean reward with respect to each weight, by finite differences."""
    w = one.w.transpose("input", "hidden").values
    found = np.empty_like(w)
    for place in np.ndindex(*w.shape):
        step = np.zeros_like(w)
        step[place] = by
        found[place] = (mean_reward(w + step, one) - mean_reward(w - step, one)) / (2 * by)
    return found


def summarise(runs: Iterable[xr.DataTree]) -> xr.Dataset:
    """Return what the figure shows of each run.

    Returns
    -------
    xr.Dataset
        ``change`` (run, input, hidden) of weights per step and learning rate, ``change_sem``; ``expected``,
        what the gradient says; and ``reward`` (run, time).
    """
    rows = []
    for run in runs:
        one = run["perturbation"].to_dataset()
        row = one[["change", "change_sem", "reward"]]
        row["expected"] = (("input", "hidden"), SIGMA**2 * gradient(one))
        rows.append(row.assign_coords(condition=run.attrs["condition"], seed=run.attrs["seed"]))
    return xr.concat(rows, "run")


def along(found: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Return the cosine of two changes of all weights, by run, shape ``(run,)``."""
    one, other = (np.reshape(values, (len(values), -1)) for values in (found, expected))
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return np.asarray((one * other).sum(axis=1) / lengths)


def check(summary: xr.Dataset) -> list[Check]:
    """Return the claims of this figure, what was expected and what was observed."""
    return [
        follows(summary, "gradient", "reward minus its common mean"),
        follows(summary, "no_critic", "reward alone"),
        equal(summary, "gradient"),
        learned(summary),
    ]


def follows(summary: xr.Dataset, condition: str, signal: str) -> Check:
    """Return the claim that the mean change is along the gradient."""
    one = runs_with(summary, condition=condition)
    found = along(one.change.values, one.expected.values)
    claim = f"cosine of mean change and gradient of the mean reward, by {signal}"
    return Check(claim, "above 0.9", extremes(found, 3), bool((found > 0.9).all()))


def equal(summary: xr.Dataset, condition: str) -> Check:
    """Return the claim that the mean change is the gradient, also in size."""
    one = runs_with(summary, condition=condition)
    off = ((one.change - one.expected) / one.change_sem).values
    return Check(
        "mean squared difference of change and gradient, in units of the squared standard error",
        "0.6 to 1.5",
        f"{(off**2).mean():.2f}",
        bool(0.6 <= (off**2).mean() <= 1.5),
    )


def learned(summary: xr.Dataset) -> Check:
    """Return the claim that errors become small."""
    reward = runs_with(summary, condition="learning").reward.values
    first, last = (-part.mean(axis=1) for part in (reward[:, :LATE], reward[:, -LATE:]))
    return Check(
        "squared error at the end of learning, relative to the beginning",
        "below 0.2",
        extremes(last / first, 3),
        bool((last < 0.2 * first).all()),
    )


def draw(summary: xr.Dataset) -> Figure:
    """Draw the figure from its summary alone."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(TWO_COLUMNS, 2.5))
    for condition, colour in (("no_critic", "0.7"), ("gradient", COLOUR["potentiation"])):
        one = runs_with(summary, condition=condition)
        label = "reward - mean" if condition == "gradient" else "reward"
        left.plot(
            one.expected.values.ravel(),
            one.change.values.ravel(),
            ".",
            color=colour,
            label=label,
            markersize=4,
        )
    ends = np.array([summary.expected.min(), summary.expected.max()])
    left.plot(ends, ends, color="0.4", linewidth=0.8)
    left.locator_params(axis="x", nbins=5)
    left.set(xlabel="Gradient × variance", ylabel="Mean change", title="Weights stand still")
    left.legend(fontsize=6)
    learn = runs_with(summary, condition="learning")
    _draw_reward(right, learn.time.values, learn.reward.values)
    right.set_title("Learning")
    return figure


def _draw_reward(panel: Axes, time: np.ndarray, reward: np.ndarray, width: int = 40) -> None:
    """Draw reward in means over ``width`` steps."""
    whole = reward.shape[-1] // width * width
    blocks = reward[:, :whole].reshape(len(reward), -1, width).mean(axis=-1)
    steps = 1000 * time[:whole].reshape(-1, width).mean(axis=-1)
    panel.plot(steps, blocks.mean(axis=0), color=COLOUR["potentiation"])
    panel.fill_between(
        steps, blocks.min(axis=0), blocks.max(axis=0), color=COLOUR["potentiation"], alpha=0.2, linewidth=0
    )
    panel.axhline(0, color="0.6", linewidth=0.5)
    panel.set(xlabel="Trial", ylabel="Reward")


def draw_run(run: xr.DataTree) -> Figure:
    """Draw one run: reward over time."""
    figure, panel = plt.subplots(figsize=(TWO_COLUMNS / 2, 2.4))
    found = run["perturbation"].reward
    _draw_reward(panel, found.time.values, found.values[None])
    panel.set(title=run_title(run))
    return figure
