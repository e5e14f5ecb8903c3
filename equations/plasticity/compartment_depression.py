"""Depression of Kenyon cell synapses by the dopamine of their compartment.

A spike of a Kenyon cell leaves an eligibility trace at its synapses. A synapse is depressed if dopamine
arrives while the trace lasts, whatever the output neuron does (Hige et al. 2015): the rule is
heterosynaptic, and changes have one sign only.

    Kenyon cell spikes ──► eligibility trace c ──┐
                                                 ├──► dw/dt = - eta · c · d · w
    dopamine d, this compartment ────────────────┘

Efficacy decreases towards zero and does not recover: without dopamine in this compartment nothing changes,
whatever is learned in other compartments. The state variable is the logarithm of the efficacy,
w = w_0 exp(-depression), because

    d(depression)/dt = eta · c · d

has the form eligibility times modulator, and is therefore integrated event-driven and exactly.

The response is the class of the output neuron with the fewest spikes.
"""

from brian2 import Hz, ms, mV

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import HIGE_2015

COMPARTMENT_DEPRESSION = SynapseModel(
    name="compartment_depression",
    summary="Kenyon cell synapses are depressed by spikes that coincide with dopamine in the compartment.",
    source=HIGE_2015,
    equations="""
    dc/dt = -c/tau_c           : 1  # eligibility trace
    ddepression/dt = eta*c*d   : 1  # logarithm of the lost efficacy
    d                          : 1  # receptor occupancy by dopamine in this compartment
    """,
    modulators=("d",),
    on_pre="""
    v_post += w_0*exp(-depression)
    c += 1
    """,
    parameters={
        "tau_c": Parameter(40 * ms, "time constant of the eligibility trace", low=1 * ms, evidence="assumed"),
        "eta": Parameter(100 * Hz, "speed of depression", low=0 * Hz, evidence="assumed"),
        "w_0": Parameter(1 * mV, "synaptic efficacy before learning", low=0 * mV, evidence="assumed"),
    },
)
