"""A late reward, small: three minutes in place of an hour, and rewards that come sooner.

A reward half a second after a coincidence finds far more of the tag than one after 1 to 3 s, so that minutes
tell who earned it. (Rewards of ten times the size do not: they move what happens to be tagged as much.)
"""

import xarray as xr

from figures.izhikevich2007 import fig1, released
from neuromodsim.reports.claims import Check
from tests.figures.small import Run, Small

SOONER = {"task.delay_min": "200ms", "task.delay_max": "500ms"}


def _last(summary: xr.Dataset, condition: str) -> float:
    return float(summary.chosen.values[summary.condition.values == condition, -1].mean())


def _grows(summary: xr.Dataset, rewarded: str, yoked: str) -> Check:
    found, other = _last(summary, rewarded), _last(summary, yoked)
    return Check(
        "the chosen synapse grows if rewards follow it, and not if they come anyway (mean of seeds)",
        "to 0.8 mV at least, and to 0.5 mV at most",
        f"{found:.3f} and {other:.3f} mV",
        found > 0.8 and other < 0.5,
    )


def check_fig1(summary: xr.Dataset) -> list[Check]:
    """Return that a contingent reward teaches, and what the figure claims of rates and of one pair."""
    kept = [c for c in fig1.check(summary) if not c.claim.startswith(("contingent reward", "yoked reward"))]
    return [_grows(summary, "contingent", "yoked"), *kept]


def check_released(summary: xr.Dataset) -> list[Check]:
    """Return that released dopamine teaches, and what the figure claims of its concentration."""
    kept = [
        c for c in released.check(summary) if not c.claim.startswith(("contingent reward", "yoked reward"))
    ]
    return [_grows(summary, "released", "released_yoked"), *kept]


def _runs(*conditions: str, seeds: tuple[int, ...] = (0, 1)) -> tuple[Run, ...]:
    return tuple(
        Run(experiment="distal_reward", condition=c, seed=seed, duration="180s", parameters=SOONER)
        for c in conditions
        for seed in seeds
    )


FIGURES = {
    "fig1": Small(
        runs=(
            *_runs("contingent", "yoked"),
            *_runs("no_dopamine", seeds=(0,)),
            Run(experiment="pairing", condition="paired", duration="6s", device="numpy"),
        ),
        check=check_fig1,
        within=0.05,
        chaotic=("chosen", "dopamine", "rewards"),
    ),
    "released": Small(
        runs=_runs("released", "released_yoked"),
        check=check_released,
        within=0.15,
        chaotic=("chosen", "rewards"),
    ),
}
