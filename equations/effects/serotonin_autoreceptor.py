"""5-HT1B on serotonin terminals: the release factor of a receptor model, with a weight.

    release → release · (1 + weight · (factor − 1))

``factor`` is the level of ``ht1b_cascade`` (named ``slow`` among the receptors) or of ``ht1b_at_once``
(named ``at_once``). With both in a compartment, their weights select a slow
autoreceptor, an instantaneous one, or none, within the same program.
"""

from neuromodsim.description.model import EffectModel, Parameter
from neuromodsim.equations.sources import BEST_2010, BEST_2020

SEROTONIN_BRAKE_SLOW = EffectModel(
    name="serotonin_brake_slow",
    summary="5-HT1B and its G protein reduce serotonin release.",
    source=BEST_2020,
    changes={"p_release": "p_release*(1 + slow_weight*(slow - 1))"},
    reads=("slow",),
    parameters={
        "slow_weight": Parameter(
            1.0, "weight of the autoreceptor, from 0 to 1", low=0.0, high=1.0, evidence="assumed"
        ),
    },
)

SEROTONIN_BRAKE_AT_ONCE = EffectModel(
    name="serotonin_brake_at_once",
    summary="5-HT1B reduces serotonin release without delay.",
    source=BEST_2010,
    changes={"p_release": "p_release*(1 + at_once_weight*(at_once - 1))"},
    reads=("at_once",),
    parameters={
        "at_once_weight": Parameter(
            1.0, "weight of the autoreceptor, from 0 to 1", low=0.0, high=1.0, evidence="assumed"
        ),
    },
)
