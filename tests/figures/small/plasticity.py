"""Figures about plasticity, small: two pairings of the sixty and every sign; one seed; a small network."""

import xarray as xr

from figures.plasticity import (
    bcm,
    centring,
    hopfield,
    inhibitory,
    perturbed_network,
    stdp_windows,
    target_spikes,
    triplet,
)
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


def check_target_spikes(summary: xr.Dataset) -> list[Check]:
    """Return the figure's claims on the sets that are run."""
    return target_spikes.check(summary, names=("set_2", "set_5"))


def check_perturbed_network(summary: xr.Dataset) -> list[Check]:
    """Return the figure's claims on what is run."""
    return [
        perturbed_network.follows(summary, "gradient", "reward minus its mean"),
        perturbed_network.learned(summary),
    ]


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
    "target_spikes": Small(
        runs=tuple(
            Run(experiment=target_spikes.EXPERIMENT, condition=c, duration="600s") for c in ("set_2", "set_5")
        ),
        check=check_target_spikes,
        within=0.3,  # one more spike changes all that follow
    ),
    "perturbed_network": Small(
        runs=tuple(
            Run(experiment=perturbed_network.EXPERIMENT, condition=c, duration="1500ms", device="numpy")
            for c in ("gradient", "learning")
        ),
        check=check_perturbed_network,
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
