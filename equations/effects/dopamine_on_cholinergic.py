"""Dopamine and acetylcholine silence cholinergic interneurons: D2, and their own M4.

    rate → max(rate − 30 · D2, 0) ,   and the same for M4       (spikes per second)

as in Dreyer's toolbox, for cells without a membrane that fire 6 spikes per second: an occupancy of one
fifth silences them. This causes the pause after a dopamine burst. For cells with a membrane use GIRK.
Inhibition of these cells through D2 in behaving animals is undisputed (Chantranupong et al. 2023), unlike
the reverse direction.
"""

from brian2 import Hz

from neuromodsim.description.model import EffectModel, Parameter
from neuromodsim.equations.sources import DREYER_2013

TOOLBOX = "github.com/Lundbeck-Biometrics/Dopamine-Simulation-Tools"

CHOLINERGIC_D2 = EffectModel(
    name="cholinergic_d2",
    summary="D2 that lowers the rate of cholinergic interneurons.",
    source=DREYER_2013,
    changes={"rate": "clip(rate - D2_fall*D2, 0*hertz, 1e4*hertz)"},
    reads=("D2",),
    parameters={
        "D2_fall": Parameter(
            30 * Hz,
            "reduction of the firing rate at full occupancy",
            TOOLBOX,
            low=0 * Hz,
            evidence="reported",
        ),
    },
)

CHOLINERGIC_M4 = EffectModel(
    name="cholinergic_m4",
    summary="M4 that lowers the rate of cholinergic interneurons, by their own acetylcholine.",
    source=DREYER_2013,
    changes={"rate": "clip(rate - M4_fall*M4, 0*hertz, 1e4*hertz)"},
    reads=("M4",),
    parameters={
        "M4_fall": Parameter(
            30 * Hz,
            "reduction of the firing rate at full occupancy",
            TOOLBOX,
            low=0 * Hz,
            evidence="reported",
        ),
    },
)
