"""Gain on what cells of a group share, and a current that holds them back.

Noradrenaline as the randomness of choices (Doya 2002) needs noise that a decision can see. Noise of each
cell's own averages out over a group; what the group shares does not. Raising the gain of shared background input is
thus exploration, where raising the gain of all input is not: it scales both sides of a choice.

Serotonin as patience: a current that holds back cells that drive towards action, so that acting needs more evidence.
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
        "exploration": Parameter(0.0, "rise of the gain at a level of one", low=0.0, evidence="assumed")
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
        "patience": Parameter(0 * mV, "pull at a level of one, as an input", low=0 * mV, evidence="assumed")
    },
)
