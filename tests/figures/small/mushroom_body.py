"""A memory that later lessons leave alone, small: scikit-learn's digits, one seed of each condition."""

import xarray as xr

from figures.mushroom_body import memory as figure
from neuromodsim.claims import Check
from tests.figures.small import Run, Small, bounds


def check(summary: xr.Dataset) -> list[Check]:
    """Return what the figure claims of the conditions of one set, of one seed."""
    final = dict(zip(summary.condition.values.tolist(), summary.final.values.tolist(), strict=True))
    final["without_apl"] = final["no_apl"] - final["compartments"]
    final["other_order"] = final["order_1"] - final["compartments"]
    final["active"] = float(summary.active[0])
    return list(
        bounds(
            final,
            compartments=(0.9, 1),
            one_compartment=(0, 0.2),
            no_dopamine=(0, 0.2),
            ongoing=(0.5, final["compartments"] - 0.03),
            without_apl=(-0.2, 0),
            other_order=(-0.03, 0.03),
            active=(0.005, 0.06),
        )
    )


FIGURES = {
    "memory": Small(
        runs=tuple(
            Run(experiment="mushroom_body", condition=condition)
            for condition in (*figure.CONTROLS, "order_1")
        ),
        check=check,
        within=0.05,
    )
}
