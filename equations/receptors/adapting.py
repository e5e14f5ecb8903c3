"""A receptor with adaptation: its phasic occupancy is the deviation from a running average.

    phasic = occupancy − average ,    d average / dt = (occupancy − average) / tau_average

If occupancy is a third factor, a baseline is required. Here the baseline is not specified but follows the
running average with time constant ``tau_average``: a tonic level of any size causes no plasticity, bursts
and dips cause potentiation and depression. Receptors and their cascades desensitise on this time scale;
modelling this by a running average is an assumption.
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
    free = 1 - occupancy                                : 1  # unbound fraction
    daverage/dt = (occupancy - average)/tau_average     : 1
    phasic = occupancy - average                        : 1  # deviation from the average
    """,
    parameters={
        **RECEPTOR.parameters,
        "tau_average": Parameter(
            20 * second, "time constant of the running average", low=0.01 * second, evidence="assumed"
        ),
    },
    ranges={"occupancy": (0.0, 1.0), "average": (0.0, 1.0)},
)
