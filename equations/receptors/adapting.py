"""A receptor and what is new about its occupancy: the difference from its own average.

    phasic = occupancy − average ,    d average / dt = (occupancy − average) / tau_average

A third factor that is an occupancy needs to know what rest is. Here rest is not told but learned, within
``tau_average``: a tone that lasts teaches nothing, whatever it is, and bursts and dips teach up and down.
Receptors and what follows them do desensitise within such times; that it is done by a running average is a choice.
"""

from brian2 import second

from neuromodsim.description.model import Parameter, ReceptorModel
from neuromodsim.equations.receptors.occupancy import RECEPTOR

ADAPTING_RECEPTOR = ReceptorModel(
    name="adapting_receptor",
    summary="Occupancy of a receptor, and its deviation from its own running average.",
    source=RECEPTOR.source,
    level="phasic",
    equations="""
    doccupancy/dt = k_off*(C/K_d*free - occupancy)      : 1
    free = 1 - occupancy                                : 1  # what nothing is bound to
    daverage/dt = (occupancy - average)/tau_average     : 1
    phasic = occupancy - average                        : 1  # what is new
    """,
    parameters={
        **RECEPTOR.parameters,
        "tau_average": Parameter(
            20 * second, "memory of what is usual", low=0.01 * second, evidence="assumed"
        ),
    },
)
