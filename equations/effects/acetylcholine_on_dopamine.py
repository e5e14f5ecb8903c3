"""Acetylcholine on dopamine axons: nicotinic drive, and the brake that follows it.

Sources pull apart. In slices, cholinergic interneurons make dopamine axons fire where they are, and then keep
them from answering for some 100 ms; more so in the dorsal than in the ventral striatum (Zhang et al. 2025). Whether this
matters in a behaving animal is disputed: dopamine and acetylcholine vary together at 2 Hz without local coupling (Krok
2023), and dopamine's answer to reward does not need acetylcholine (Chantranupong et al. 2023). Muscarinic agonists
lower release at 1 to 10 Hz and raise it above 25. All of it is therefore off unless attached.

``NICOTINIC_DRIVE`` raises release with nicotinic occupancy. ``AXONAL_BRAKING`` lowers it by the level ``brake``
of the receptor model ``axonal_brake`` in the pool of acetylcholine. To let interneurons release dopamine without
spikes of its own axons, give the pool a second release whose source is the interneurons. Sizes are assumed.
"""

from neuromodsim.equations.sources import ZHANG_2025
from neuromodsim.model import EffectModel, Parameter

NICOTINIC_DRIVE = EffectModel(
    name="nicotinic_drive",
    summary="Nicotinic receptors on dopamine axons that raise release.",
    source=ZHANG_2025,
    changes={"p_release": "p_release*(1 + nicotinic_rise*nicotinic)"},
    reads=("nicotinic",),
    parameters={
        "nicotinic_rise": Parameter(
            1.0, "relative rise of release at full occupancy", low=0.0, evidence="assumed"
        ),
    },
)

AXONAL_BRAKING = EffectModel(
    name="axonal_braking",
    summary="Dopamine axons in the dorsal striatum that do not answer after acetylcholine drove them.",
    source=ZHANG_2025,
    changes={"p_release": "p_release*(1 - brake_depth*brake)"},
    reads=("brake",),
    parameters={
        "brake_depth": Parameter(
            0.9,
            "share of release that a full brake takes away",
            "dorsal",
            low=0.0,
            high=1.0,
            evidence="assumed",
        ),
    },
)

AXONAL_BRAKING_VENTRAL = AXONAL_BRAKING.preset(
    name="axonal_braking_ventral",
    summary="The brake on dopamine axons in the ventral striatum, which is weaker.",
    source=ZHANG_2025,
    brake_depth=Parameter(0.5, "", "weaker than dorsal, by an assumed amount", evidence="assumed"),
)
