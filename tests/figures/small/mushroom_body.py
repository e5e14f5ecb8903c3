"""A memory that later training leaves alone, small: scikit-learn's digits, one seed of each condition."""

import xarray as xr

from neuromodsim.reports.claims import Check
from tests.figures.small import Run, Small, bounds


def check(summary: xr.Dataset) -> list[Check]:
    """Return what the figure claims of the conditions of one set, of one seed."""
    final = dict(zip(summary.condition.values.tolist(), summary.final.values.tolist(), strict=True))
    final["active"] = float(summary.active[0])
    return list(
        bounds(
            final,
            compartments=(0.88, 1),
            one_compartment=(0, 0.2),
            no_dopamine=(0, 0.2),
            ongoing=(0.5, final["compartments"] - 0.04),
            active=(0.035, 0.045),
        )
    )


FIGURES = {
    "memory": Small(
        runs=tuple(
            Run(experiment="mushroom_body", condition=condition)
            for condition in ("compartments", "one_compartment", "no_dopamine", "ongoing")
        ),
        check=check,
        within=0.05,
    )
}
