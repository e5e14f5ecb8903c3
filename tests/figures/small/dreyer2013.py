"""Dopamine holds itself back, small: two seconds once settled, and two seeds where cells fire at random."""

import xarray as xr

from figures.dreyer2013 import dopamine_feedback as figure
from neuromodsim.claims import Check
from tests.figures.small import Run, Small, bounds


def check(summary: xr.Dataset) -> list[Check]:
    """Return the figure's claims, loosened where cells fire at random: two seconds say little of a mean."""
    found = {region: figure._level(summary, f"{region}_poisson") for region in figure.REGIONS}
    near = {
        region: (0.85 * level, 1.15 * level) for region in found for level in (figure.at_rest(region, 4),)
    }
    return [*(c for c in figure.check(summary) if "at random at 4 Hz" not in c.claim), *bounds(found, **near)]


FIGURES = {
    "dopamine_feedback": Small(
        runs=tuple(
            Run(experiment=figure.EXPERIMENT, condition=condition, seed=seed, duration="42s")
            for condition, seeds in figure.RUNS.items()
            for seed in seeds[:2]
        ),
        check=check,
    )
}
