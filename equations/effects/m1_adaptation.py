"""M1 closes the potassium channels of the M-current and of the slow afterhyperpolarisation.

In a cell with one adaptation current, its conductance ``a`` stands for the M-current, which follows the
membrane, and its jump ``b`` for the afterhyperpolarisation, which follows spikes. Acetylcholine reduces
both (McCormick and Williamson 1989); the cell rests closer to threshold and continues to fire. Effect sizes
are assumed. Suppression of a slow potassium current also removes subthreshold resonance.

Only in adaptive exponential cells do ``a`` and ``b`` have this meaning. Quadratic cells have other
parameters of these names: do not apply this effect to them.
"""

from neuromodsim.description.model import EffectModel, Parameter
from neuromodsim.equations.sources import MCCORMICK_1989

M1_ADAPTATION = EffectModel(
    name="m1_adaptation",
    summary="M1 suppresses spike-frequency adaptation.",
    source=MCCORMICK_1989,
    changes={"a": "a*(1 - M1_on_M_current*M1)", "b": "b*(1 - M1_on_AHP*M1)"},
    reads=("M1",),
    parameters={
        "M1_on_M_current": Parameter(
            0.7, "fraction of the M-current suppressed", low=0.0, high=1.0, evidence="assumed"
        ),
        "M1_on_AHP": Parameter(
            0.7, "fraction of the afterhyperpolarisation suppressed", low=0.0, high=1.0, evidence="assumed"
        ),
    },
)
