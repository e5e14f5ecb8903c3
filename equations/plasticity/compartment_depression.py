"""Depression of Kenyon cell synapses by the dopamine of their compartment.

A Kenyon cell that fires tags its synapses. A synapse weakens where its tag meets dopamine, whatever the
output neuron does (Hige et al. 2015): the rule is heterosynaptic, and it has no sign but one.

    Kenyon cell spikes ──► tag c ──┐
                                   ├──► dw/dt = - eta · c · d · w
    dopamine d, this compartment ──┘

Efficacy falls towards zero and stays: without dopamine here nothing changes, whatever is learned in
other compartments. It is written with its logarithm, w = w_0 exp(-depression), because

    d(depression)/dt = eta · c · d

is eligibility times modulator, and so runs event by event and exactly.

The output neuron that has fallen most silent says what was learned.
"""

from brian2 import Hz, ms, mV

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import HIGE_2015

COMPARTMENT_DEPRESSION = SynapseModel(
    name="compartment_depression",
    summary="Kenyon cell synapses are depressed by spikes that coincide with dopamine in the compartment.",
    source=HIGE_2015,
    equations="""
    dc/dt = -c/tau_c           : 1  # tag
    ddepression/dt = eta*c*d   : 1  # logarithm of what is lost
    d                          : 1  # receptors of this compartment that dopamine occupies
    """,
    modulators=("d",),
    on_pre="""
    v_post += w_0*exp(-depression)
    c += 1
    """,
    parameters={
        "tau_c": Parameter(40 * ms, "life of the tag", low=1 * ms, evidence="assumed"),
        "eta": Parameter(100 * Hz, "speed of depression", low=0 * Hz, evidence="assumed"),
        "w_0": Parameter(1 * mV, "what a spike adds before learning", low=0 * mV, evidence="assumed"),
    },
)
