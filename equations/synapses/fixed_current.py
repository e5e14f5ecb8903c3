"""A synapse of constant weight onto a cell that is driven by current, such as those of the nuclei.

Each spike adds the weight to the synaptic current of the target, which decays there; a negative weight
inhibits.
"""

from brian2 import pA

from neuromodsim.description.model import SynapseModel
from neuromodsim.equations.sources import BRETTE_GERSTNER_2005

FIXED_CURRENT = SynapseModel(
    name="fixed_current",
    summary="Each spike adds a constant current to the target's synaptic current.",
    source=BRETTE_GERSTNER_2005,
    equations="w : amp (constant)",
    on_pre="I_synaptic_post += w",
    initial={"w": 20 * pA},
)
