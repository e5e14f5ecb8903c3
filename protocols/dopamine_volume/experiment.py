"""Spatial dopamine dynamics and receptor occupancy in the dorsal and the ventral striatum.

Neurons fire tonically at 4 Hz, burst for 300 ms at 20 Hz (six spikes), or pause for a second. Uptake in the
dorsal striatum is three times as fast as in the ventral striatum, so that release events hardly overlap,
and the tonic level is 9 nmolar instead of 25 (Ejdrup et al. 2026).

Three experiments share this folder: ``dopamine_volume``, a box of 30 µm with periodic boundaries, at the
published voxel size; ``dopamine_volume_well_mixed``, the same parameters without space or randomness; and
``point_source``, a single vesicle with a closed-form solution.

Differences from the published program: the time step is 0.1 ms instead of 0.33 ms, because that program
divides by the free and not by the apparent diffusion coefficient; the box is smaller than the published 100
µm by 10 µm; the 10 % fewer sites of the ventral striatum are represented in the box by 10 % less release at
each; and runs start near the steady state, which the slow D2 would take seconds to reach. In the published
program each cell fires randomly; here all cells burst.
"""

from collections.abc import Mapping
from typing import Any

from brian2 import Hz, ms, second, um
from brian2.units.allunits import nmolar, umolar

from neuromodsim.description.condition import Condition
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.geometry import Box
from neuromodsim.description.recording import Recording
from neuromodsim.equations.sources import EJDRUP_2026
from neuromodsim.protocols.dopamine_volume.circuit import (
    BOX,
    along_x,
    in_space,
    one_vesicle,
    well_mixed,
)

Values = Mapping[str, Mapping[str, Any]]  # by region, then by path
FIRING: dict[str, dict[str, Any]] = {
    "tonic": {},
    "burst": {"nucleus.burst_length": 300 * ms},
    "pause": {"nucleus.pause_length": 1 * second},
}
SAYS = {
    "tonic": "tonic firing at 4 Hz",
    "burst": "a burst of six spikes at 20 Hz, 1 s after the start",
    "pause": "a pause of 1 s, 1 s after the start",
}
V_MAX = {"dorsal": 6 * umolar / second, "ventral": 2 * umolar / second}
# Near the steady states at 4 Hz, as an earlier run of each showed them.
AT_REST_IN_SPACE = {
    "dorsal": {"dopamine.C": 9.4 * nmolar, "dopamine.D1": 0.0092, "dopamine.D2": 0.54},
    "ventral": {"dopamine.C": 25.7 * nmolar, "dopamine.D1": 0.025, "dopamine.D2": 0.77},
}
# K_m J / (V_max − J), and what it occupies.
AT_REST_WELL_MIXED = {
    "dorsal": {"dopamine.C": 8.3 * nmolar, "dopamine.D1": 0.0082, "dopamine.D2": 0.54},
    "ventral": {"dopamine.C": 24 * nmolar, "dopamine.D1": 0.0234, "dopamine.D2": 0.774},
}


def conditions(at_rest: Values, sites: Values) -> dict[str, Condition]:
    """Return each region with each firing; ``sites`` says how many release sites are written."""
    return {
        f"{region}_{firing}": Condition(
            summary=f"{region.capitalize()} striatum, {SAYS[firing]}.",
            parameters={"dopamine.V_max": V_MAX[region], **sites[region], **at_rest[region], **plan},
        )
        for region in V_MAX
        for firing, plan in FIRING.items()
    }


EXPERIMENT = Experiment(
    name="dopamine_volume",
    summary="Tonic, burst and pause in a box of striatum: dopamine, D1 and D2, dorsal and ventral.",
    source=EJDRUP_2026,
    circuit=in_space(BOX),
    conditions=conditions(
        AT_REST_IN_SPACE,
        {
            "dorsal": {"dopamine_release.p_release": 0.06},
            "ventral": {"dopamine_release.p_release": 0.9 * 0.06},
        },
    ),
    recording=Recording(
        states={
            "fibre.C": 1 * ms,
            "fibre.D1": 1 * ms,
            "fibre.D2": 1 * ms,
            "dopamine.C": 50 * ms,
        },
        only={"dopamine.C": tuple(range(15 * 900, 16 * 900))},  # the slice in the middle
    ),
    duration=2500 * ms,
    dt=0.1 * ms,
)

WELL_MIXED = Experiment(
    name="dopamine_volume_well_mixed",
    summary="Tonic, burst and pause in a well-mixed compartment with deterministic release.",
    source=EJDRUP_2026,
    circuit=well_mixed(),
    conditions=conditions(
        AT_REST_WELL_MIXED,
        {
            "dorsal": {"dopamine_release.site_density": 0.04 / um**3},
            "ventral": {"dopamine_release.site_density": 0.036 / um**3},
        },
    ),
    parameters={"nucleus.regularity": 1.0},  # cells fire in turn: the expectation
    recording=Recording(states={"dopamine.C": 1 * ms, "dopamine.D1": 1 * ms, "dopamine.D2": 1 * ms}),
    duration=2500 * ms,
    dt=0.1 * ms,
)

FINE = Box((30, 30, 30) * um, dx=0.5 * um, boundary="periodic")

POINT_SOURCE = Experiment(
    name="point_source",
    summary="One vesicle in the centre of a box, compared with the closed-form solution.",
    source=EJDRUP_2026,
    circuit=one_vesicle(FINE),
    conditions={
        "no_uptake": Condition(summary="Diffusion of dopamine without uptake."),
        "dorsal": Condition(
            summary="Uptake far below saturation, at the rate of the dorsal striatum.",
            parameters={"dopamine.k_loss": 6 / 0.21 / second},
        ),
        "ventral": Condition(
            summary="Uptake far below saturation, at the rate of the ventral striatum.",
            parameters={"dopamine.k_loss": 2 / 0.21 / second},
        ),
    },
    parameters={
        "dopamine.V_max": 0 * umolar / second,
        "dopamine_release.p_release": 1.0,
        "nucleus.tonic_rate": 0 * Hz,  # it has nothing left to wait at the start, and for ever after
        "nucleus.regularity": 1.0,
        "nucleus.left": 0.0,
    },
    recording=Recording(states={"dopamine.C": 0.1 * ms}, only={"dopamine.C": along_x(FINE)}),
    duration=250 * ms,
    dt=0.025 * ms,
)
