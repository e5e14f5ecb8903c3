"""Acetylcholine returns bursting cells to regular spiking, and reduces their shared input.

    c = −65 mV + 30 mV · noradrenaline · (1 − calm · acetylcholine) , and d and the shared gain alike

It modifies the strengths of `NORADRENERGIC_BURSTING` and `BACKGROUND_GAIN`, and requires cells that have
both. In the published scheme acetylcholine is a switch that follows noradrenaline; here it is a level.
"""

from neuromodsim.description.model import EffectModel, Parameter
from neuromodsim.equations.sources import MEI_2025

BURSTING_ENDED = EffectModel(
    name="bursting_ended",
    summary="A level that returns bursting cells to regular spiking.",
    source=MEI_2025,
    changes={name: f"{name}*(1 - calm*level)" for name in ("burst_reset", "burst_recovery", "exploration")},
    reads=("level",),
    parameters={
        "calm": Parameter(
            0.0, "fraction of bursting suppressed at a level of one", low=0.0, high=1.0, evidence="assumed"
        )
    },
)
