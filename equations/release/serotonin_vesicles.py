"""Serotonin from vesicles, as a constant share of them per time, told by spikes.

    C += p_release · release_rate · vesicular / (tonic_rate · number of cells)     at each spike

The terminal model (Best et al. 2020) releases ``1.89/h · 63.04 µM`` (33.1 nM/s) times a firing that is
one at rest. Here a cell that fires at ``tonic_rate`` does the same, so that one spike of all cells
releases what the model releases in ``1/tonic_rate``.

The vesicles' content is held: a train that releases 16 times what a second at rest does takes less than a
hundredth of it. Left out with it are synthesis from tryptophan, the cytosol, refilling of vesicles and their
reserve. The tonic rate is ours; firing has no unit in the model.
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
            "share of the vesicles per time, at rest",
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
        "tonic_rate": Parameter(1 * Hz, "rate of a cell at rest", low=1e-3 * Hz, evidence="assumed"),
    },
)
