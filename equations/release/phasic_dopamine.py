"""Phasic dopamine as one number for a whole network: each reward adds a step, which then decays.

The unit is that of the source, where a reward raises extracellular dopamine by 0.5 µM; it is kept
dimensionless here because only its product with the plasticity rate is known.
"""

from brian2 import ms

from neuromodsim.description.model import ModulatorModel, Parameter
from neuromodsim.equations.sources import IZHIKEVICH_2007

PHASIC_DOPAMINE = ModulatorModel(
    name="phasic_dopamine",
    summary="Dopamine that rises with each reward and decays exponentially.",
    source=IZHIKEVICH_2007,
    equations="dd/dt = -d / tau_d : 1  # phasic dopamine",
    level="d",
    parameters={
        "tau_d": Parameter(
            200 * ms,
            "time constant of dopamine",
            "article; 0.995 per ms in daspnet.m",
            low=1 * ms,
            evidence="reported",
        ),
        "reward_size": Parameter(0.5, "increment per reward", "daspnet.m", low=0.0, evidence="reported"),
    },
)
