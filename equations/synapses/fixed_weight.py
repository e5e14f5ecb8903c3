"""A synapse whose weight does not change: each spike adds it to the input of the next step."""

from brian2 import mV

from neuromodsim.description.model import SynapseModel
from neuromodsim.equations.sources import IZHIKEVICH_2007

FIXED_WEIGHT = SynapseModel(
    name="fixed_weight",
    summary="Each spike adds a constant weight to the target's input.",
    source=IZHIKEVICH_2007,
    equations="w : volt (constant)",
    on_pre="I_synaptic_post += w",
    initial={"w": -1 * mV},
)
