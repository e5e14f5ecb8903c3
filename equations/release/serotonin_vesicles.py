"""Serotonin release from vesicles at a constant fractional rate, driven by spikes.

    C += p_release · release_rate · vesicular / (tonic_rate · number of cells)     at each spike

The terminal model (Best et al. 2020) releases ``1.89/h · 63.04 µM`` (33.1 nM/s) times a firing rate that is
one at baseline. Here a cell that fires at ``tonic_rate`` releases as much, so that one spike of all cells
releases the amount that the model releases in ``1/tonic_rate``.

The vesicle content is constant: a train that releases 16 times the amount of one second at baseline uses
less than one percent of it. Synthesis from tryptophan, the cytosol, vesicle refilling and reserve pools are
not modelled. The tonic rate is an assumption of this package; firing has no unit in the model.
"""

from brian2 import Hz, second
from brian2.units.allunits import mmolar, umolar

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import BEST_2020

PROGRAM = "published terminal program"
HOUR = 3600 * second

SEROTONIN_VESICLES = SynapseModel(
    name="serotonin_vesicles",
    summary="Release of serotonin from vesicles, 33 nmolar/s when cells fire at their tonic rate.",
    source=BEST_2020,
    on_pre="C_post += p_release*release_rate*vesicular/(tonic_rate*N_pre)",
    parameters={
        "p_release": Parameter(
            1.0, "release, relative to rest", PROGRAM, low=0.0, high=10.0, evidence="reported"
        ),
        "release_rate": Parameter(
            1.89 / HOUR,
            "fractional release rate at baseline",
            PROGRAM,
            low=0 / second,
            evidence="reported",
        ),
        "vesicular": Parameter(
            63.04 * umolar,
            "serotonin in vesicles",
            f"{PROGRAM}, steady state",
            low=0 * umolar,
            high=1e3 * mmolar,
            evidence="reported",
        ),
        "tonic_rate": Parameter(1 * Hz, "baseline firing rate", low=1e-3 * Hz, evidence="assumed"),
    },
)
