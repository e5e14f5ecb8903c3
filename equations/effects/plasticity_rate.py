"""Modulation of the learning rate by noradrenaline and acetylcholine.

    eta → eta (1 + faster · beta)            β receptors gate potentiation
    eta → eta (1 − spared · M1)           learned weights are protected

Both are the simplest form of modulation of a learning rate; effect sizes are assumed.
"""

from neuromodsim.description.model import EffectModel, Parameter
from neuromodsim.equations.sources import MEI_2025

FASTER_PLASTICITY = EffectModel(
    name="faster_plasticity",
    summary="A level that multiplies the learning rate.",
    source=MEI_2025,
    changes={"eta": "eta*(1 + faster*level)"},
    reads=("level",),
    parameters={
        "faster": Parameter(
            0.0, "increase of the learning rate at a level of one", low=0.0, evidence="assumed"
        )
    },
)

PROTECTION = EffectModel(
    name="protection",
    summary="A level that reduces the learning rate.",
    source=MEI_2025,
    changes={"eta": "eta*(1 - spared*level)"},
    reads=("level",),
    parameters={
        "spared": Parameter(
            0.0,
            "fraction by which a level of one reduces the learning rate",
            low=0.0,
            high=1.0,
            evidence="assumed",
        )
    },
)
