"""α2A closes h-channels: less cAMP lowers the half-activation and the conductance.

The shift of half-activation, 5 to 10 mV, and the direction are those of working-memory cells in prefrontal
cortex (Wang et al. 2007), recalled; the fraction of the conductance that closes is assumed. Noradrenaline's
other receptors undo this at higher levels.
"""

from brian2 import mV

from neuromodsim.description.model import EffectModel, Parameter
from neuromodsim.equations.sources import WANG_2007

ALPHA2A_H_CURRENT = EffectModel(
    name="alpha2a_h_current",
    summary="α2A closes h-channels, which prolongs the integration of distal inputs.",
    source=WANG_2007,
    changes={
        "half_h": "half_h - alpha2A_shift*alpha2A",
        "g_h": "g_h*(1 - alpha2A_closure*alpha2A)",
    },
    reads=("alpha2A",),
    parameters={
        "alpha2A_shift": Parameter(
            7.5 * mV,
            "downward shift of half-activation",
            "5 to 10 mV",
            low=0 * mV,
            high=50 * mV,
            evidence="unverified",
        ),
        "alpha2A_closure": Parameter(
            0.3, "fraction of the conductance that closes", low=0.0, high=1.0, evidence="assumed"
        ),
    },
)
