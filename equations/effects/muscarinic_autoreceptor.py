"""M2 and M4 on cholinergic interneurons: acetylcholine lowers its own release.

    release → release · (1 − M4_block · M4)

In slices of striatum, agonists at these receptors suppress acetylcholine release, and thereby change
nicotinic effects on dopamine (Threlfell et al. 2010, PMC2866006); see ``acetylcholine_on_dopamine``.
Dreyer's toolbox, they reduce the firing rate instead (``cholinergic_m4``). The effect size is assumed.
"""

from neuromodsim.description.model import EffectModel, Parameter
from neuromodsim.equations.sources import DREYER_2013

MUSCARINIC_AUTORECEPTOR = EffectModel(
    name="muscarinic_autoreceptor",
    summary="M2 and M4 that lower the release of acetylcholine.",
    source=DREYER_2013,
    changes={"p_release": "p_release*(1 - M4_block*M4)"},
    reads=("M4",),
    parameters={
        "M4_block": Parameter(
            1.0, "fraction by which full occupancy reduces release", low=0.0, high=1.0, evidence="assumed"
        ),
    },
)
