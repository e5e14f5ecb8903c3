"""Synapses of the mushroom body that do not change: claws of Kenyon cells, and their input to APL."""

from brian2 import mV

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import CARON_2013, LIN_2014

CLAW = SynapseModel(
    name="claw",
    summary="A projection neuron's input to one claw of a Kenyon cell.",
    source=CARON_2013,
    on_pre="v_post += epsp",
    parameters={"epsp": Parameter(0.4 * mV, "increment per spike", low=0 * mV, evidence="assumed")},
)

KENYON_TO_APL = SynapseModel(
    name="kenyon_to_apl",
    summary="APL measures the fraction of Kenyon cells that fire.",
    source=LIN_2014,
    on_pre="fired_post += 1/N_pre",
)
