"""Gain of background input shared by a group of cells, and an inhibitory current.

If noradrenaline controls the randomness of choices (Doya 2002), noise must affect decisions. Independent
noise averages out over a group; shared input does not. Increasing the gain of shared background input
therefore promotes exploration, whereas increasing the gain of all input does not, because it scales both
alternatives.

Serotonin as patience: a current inhibits cells that drive an action, so that acting requires more evidence.
"""

from brian2 import mV

from neuromodsim.description.model import EffectModel, Parameter
from neuromodsim.equations.sources import MEI_2025

BACKGROUND_GAIN = EffectModel(
    name="background_gain",
    summary="A level that increases the gain of input shared by a group.",
    source=MEI_2025,
    changes={"background": "background*(1 + exploration*level)"},
    reads=("level",),
    parameters={
        "exploration": Parameter(0.0, "increase of the gain at a level of one", low=0.0, evidence="assumed")
    },
)

PATIENCE = EffectModel(
    name="patience",
    summary="A level that inhibits the cells that drive an action.",
    source=MEI_2025,
    changes={"background": "background - patience*level*toward_action"},
    reads=("level",),
    equations="toward_action : 1 (constant)  # 1 in cells that drive towards action, else 0",
    parameters={
        "patience": Parameter(0 * mV, "inhibitory input at a level of one", low=0 * mV, evidence="assumed")
    },
)
