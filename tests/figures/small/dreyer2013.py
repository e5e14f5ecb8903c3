"""Dreyer's autoreceptors, small: two seconds once settled, steps twice as long, two seeds of random cells."""

from dataclasses import replace

import numpy as np
import xarray as xr
from brian2 import ms

from figures.dreyer2013 import dopamine_feedback as figure
from neuromodsim.analysis.selection import runs_with
from neuromodsim.catalogue import catalogue
from neuromodsim.reports.claims import Check
from tests.figures.small import Run, Small, bounds

NEARLY_SETTLED = 10.0  # s


def check(summary: xr.Dataset) -> list[Check]:
    """Return the figure's claims; where cells fire at random, of half a minute: two seconds say little."""
    found, near = {}, {}
    for region in figure.REGIONS:
        course = runs_with(summary, condition=f"{region}_poisson").course
        found[region] = float(course.sel(time=slice(NEARLY_SETTLED, None)).mean())
        near[region] = tuple(np.array([0.97, 1.03]) * figure.at_rest(region, 4))
    return [*(c for c in figure.check(summary) if "at random at 4 Hz" not in c.claim), *bounds(found, **near)]


EXPERIMENT = replace(catalogue.experiment(figure.EXPERIMENT), dt=0.2 * ms)

FIGURES = {
    "dopamine_feedback": Small(
        runs=tuple(
            Run(experiment=EXPERIMENT, condition=condition, seed=seed, duration="42s")
            for condition, seeds in figure.RUNS.items()
            for seed in seeds[:2]
        ),
        check=check,
    )
}
