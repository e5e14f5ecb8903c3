"""A synapse that adds current, with a gain that modulators change."""

from brian2 import pA

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import BRETTE_GERSTNER_2005

CURRENT_SYNAPSE = SynapseModel(
    name="current_synapse",
    summary="Each spike adds a weight times a gain to the target's synaptic current.",
    source=BRETTE_GERSTNER_2005,
    equations="w : amp (constant)",
    on_pre="I_synaptic_post += gain*w",
    parameters={"gain": Parameter(1.0, "factor that modulators change", low=0.0, evidence="assumed")},
    initial={"w": 20 * pA},
)
