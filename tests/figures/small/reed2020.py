"""Serotonin after a train, small: one seed of each condition, and ten minutes from an empty pool."""

import xarray as xr

from figures.reed2020 import serotonin_undershoot as figure
from neuromodsim.claims import Check
from tests.figures.small import Run, Small


def check(summary: xr.Dataset) -> list[Check]:
    """Return the figure's claims, and the rest from an empty pool loosened: it takes half an hour."""
    last = summary.settling.isel(minute=slice(-4, None)).mean("minute")
    off = [abs(float(last.sel(quantity=q)) / wanted - 1) for q, wanted in figure.PUBLISHED.items()]
    own = [c for c in figure.check(summary.assign(settling=summary.settling)) if "empty pool" not in c.claim]
    return [
        *own,
        Check("near the published rest ten minutes after an empty pool", "5 %", f"{off}", max(off) < 0.05),
    ]


FIGURES = {
    "serotonin_undershoot": Small(
        runs=(
            *(
                Run(experiment=figure.EXPERIMENT, condition=condition, duration="100s")
                for condition in figure.SHADE
            ),
            Run(experiment="serotonin_settling", condition="empty", duration="600s"),
        ),
        check=check,
    )
}
