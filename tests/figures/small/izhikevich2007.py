"""A late reward, small: minutes in place of an hour, and rewards that teach ten times as much."""

import xarray as xr

from figures.izhikevich2007 import fig1, released
from neuromodsim.claims import Check
from tests.figures.small import Run, Small

MORE = {"dopamine.reward_size": 5.0}
MORE_RELEASED = {"excitatory.d_per_level": 114.0}


def _last(summary: xr.Dataset, condition: str) -> float:
    return float(summary.chosen.values[summary.condition.values == condition, -1].mean())


def _grows(summary: xr.Dataset, rewarded: str, yoked: str) -> Check:
    found, other = _last(summary, rewarded), _last(summary, yoked)
    return Check(
        "the chosen synapse grows if rewards follow it, and not if they come anyway (mean of seeds)",
        "by 0.3 mV, and twice as much",
        f"{found:.3f} and {other:.3f} mV",
        found > 0.3 and found > 2 * other,
    )


def check_fig1(summary: xr.Dataset) -> list[Check]:
    """Return that a contingent reward teaches, and what the figure claims of rates and of one pair."""
    kept = [c for c in fig1.check(summary) if not c.claim.startswith(("a contingent", "the same rewards"))]
    return [_grows(summary, "contingent", "yoked"), *kept]


def check_released(summary: xr.Dataset) -> list[Check]:
    """Return that released dopamine teaches, and what the figure claims of its concentration."""
    kept = [c for c in released.check(summary) if not c.claim.startswith(("a contingent", "the same"))]
    return [_grows(summary, "released", "released_yoked"), *kept]


def _run(condition: str, seed: int, **parameters: float) -> Run:
    return Run(
        experiment="distal_reward", condition=condition, seed=seed, duration="200s", parameters=parameters
    )


FIGURES = {
    "fig1": Small(
        runs=(
            _run("contingent", 0, **MORE),
            _run("contingent", 1, **MORE),
            _run("yoked", 0, **MORE),
            _run("no_dopamine", 0),
            Run(experiment="pairing", condition="paired", device="numpy"),
        ),
        check=check_fig1,
        within=0.2,
    ),
    "released": Small(
        runs=(
            _run("released", 0, **MORE_RELEASED),
            _run("released", 1, **MORE_RELEASED),
            _run("released_yoked", 0, **MORE_RELEASED),
        ),
        check=check_released,
        within=0.2,
    ),
}
