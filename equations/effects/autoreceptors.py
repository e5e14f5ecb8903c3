"""Autoreceptors as in Dreyer's toolbox: division of release, reduction of the firing rate.

    release → release / (1 + alpha · terminal)        alpha = 3
    rate    → max(rate − fall · soma, 0)              fall = 10 spikes per second

With the receptors of the same toolbox, an input of 5 spikes per second results in 4.0. The first feedback
has a closed-form steady state, the root of a quadratic in the concentration. For nuclei of cells with a
membrane, GIRK replaces the second.
"""

from brian2 import Hz

from neuromodsim.description.model import EffectModel, Parameter
from neuromodsim.equations.sources import DREYER_2013

TOOLBOX = "github.com/Lundbeck-Biometrics/Dopamine-Simulation-Tools"

TERMINAL_AUTORECEPTOR = EffectModel(
    name="terminal_autoreceptor",
    summary="An autoreceptor on terminals that divides release.",
    source=DREYER_2013,
    changes={"p_release": "p_release/(1 + terminal_alpha*terminal)"},
    reads=("terminal",),
    parameters={
        "terminal_alpha": Parameter(3.0, "feedback strength", TOOLBOX, low=0.0, evidence="reported"),
    },
)

SOMATIC_AUTORECEPTOR = EffectModel(
    name="somatic_autoreceptor",
    summary="An autoreceptor on cell bodies that lowers the rate of cells without a membrane.",
    source=DREYER_2013,
    changes={"rate": "clip(rate - somatic_fall*soma, 0*hertz, 1e4*hertz)"},
    reads=("soma",),
    parameters={
        "somatic_fall": Parameter(
            10 * Hz,
            "reduction of the firing rate at full occupancy",
            TOOLBOX,
            low=0 * Hz,
            evidence="reported",
        ),
    },
)
