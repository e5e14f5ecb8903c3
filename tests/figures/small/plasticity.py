"""Figures about plasticity, small: two pairings of the sixty and every sign; one seed; a small network."""

import xarray as xr

from figures.plasticity import bcm, centring, hopfield, inhibitory, stdp_windows, triplet
from neuromodsim.reports.claims import Check
from tests.figures.small import Run, Small

UNITS = 60  # of the Hopfield network
SHOWN = ("load_0.185", "load_0.61", "retrieval", "overloaded")


def check_bcm(summary: xr.Dataset) -> list[Check]:
    """Return the figure's claims; five units need not choose all patterns."""
    return [c for c in bcm.check(summary) if "every pattern" not in c.claim]


def check_hopfield(summary: xr.Dataset) -> list[Check]:
    """Return the figure's claims on the loads that are run."""
    loads = [load for load in hopfield.LOADS if f"load_{load:g}" in SHOWN]
    return [*(hopfield.at_load(summary, load) for load in loads), *hopfield.retrieval(summary)]


def check_centring(summary: xr.Dataset) -> list[Check]:
    """Return the figure's claim on stimuli of different difficulty."""
    return [centring.drifts(summary, "drift_two")]


FIGURES = {
    "stdp_windows": Small(
        runs=tuple(
            Run(
                experiment=stdp_windows.EXPERIMENT,
                condition=condition,
                duration="23s",
                parameters={"task.pairings": 2.0},
            )
            for condition in stdp_windows.RUNS
        ),
        check=stdp_windows.check,
    ),
    "bcm": Small(
        runs=tuple(
            Run(experiment=bcm.EXPERIMENT, condition=c, device="numpy", duration="8s") for c in bcm.RUNS
        ),
        check=check_bcm,
    ),
    "centring": Small(
        runs=(Run(experiment=centring.EXPERIMENT, condition="drift_two", duration="600ms", device="numpy"),),
        check=check_centring,
    ),
    "hopfield": Small(
        runs=tuple(
            Run(
                experiment=f"{hopfield.EXPERIMENT} units={UNITS}",
                condition=condition,
                seed=1,
                named=hopfield.EXPERIMENT,
                device="numpy",
            )
            for condition in SHOWN
        ),
        check=check_hopfield,
    ),
    "triplet": Small(
        runs=tuple(Run(experiment=triplet.EXPERIMENT, condition=condition) for condition in triplet.RUNS),
        check=triplet.check,
    ),
    "inhibitory": Small(
        runs=tuple(Run(experiment=inhibitory.EXPERIMENT, condition=c) for c in inhibitory.RUNS),
        check=inhibitory.check,
        within=0.3,  # cells are chaotic
    ),
}
