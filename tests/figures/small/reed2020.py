"""Serotonin after a train, small: one seed of each condition, and the first minute from an empty pool."""

import xarray as xr

from figures.reed2020 import serotonin_undershoot as figure
from neuromodsim.analysis.selection import runs_with
from neuromodsim.reports.claims import Check
from tests.figures.small import Run, Small


def check(summary: xr.Dataset) -> list[Check]:
    """Return the figure's claims; in place of half an hour from an empty pool, the rest before the train."""
    own = [c for c in figure.check(summary) if "zero concentration" not in c.claim]
    rest = float(figure.undershoot(runs_with(summary, condition="slow")).baseline.mean())
    wanted = figure.PUBLISHED["C"]
    near = abs(rest / wanted - 1) < 0.02
    return [*own, Check("serotonin before the train", f"{wanted} nM within 2 %", f"{rest:.2f} nM", near)]


FIGURES = {
    "serotonin_undershoot": Small(
        runs=(
            *(
                Run(experiment=figure.EXPERIMENT, condition=condition, duration="95s")
                for condition in figure.SHADE
            ),
            Run(experiment="serotonin_settling", condition="empty", duration="60s"),
        ),
        check=check,
    )
}
