"""From dopamine to phosphorylation, small: nothing is random, so that runs are the figure's, cut short."""

import xarray as xr

from figures.lindroos2018 import pka_and_gate as figure
from neuromodsim.reports.claims import Check
from tests.figures.small import Run, Small


def check(summary: xr.Dataset) -> list[Check]:
    """Return the figure's claims, less those of steady PKAc: after a minute, cAMP alone is there."""
    return [c for c in figure.check(summary) if "steady PKAc" not in c.claim]


def _long(condition: str) -> str:
    """Return how long a condition is run: just as long as its time course is shown, or until it is steady."""
    return "60s" if condition == "steady" else "10.1s"


FIGURES = {
    "pka_and_gate": Small(
        runs=tuple(
            Run(
                experiment=condition.rpartition("/")[0] or figure.EXPERIMENT,
                condition=condition.rpartition("/")[2],
                duration=_long(condition),
            )
            for condition in figure.RUNS
        ),
        check=check,
    )
}
