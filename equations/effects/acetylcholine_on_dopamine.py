"""Acetylcholine on dopamine axons: nicotinic drive, and the brake that follows it.

Sources pull apart. In slices, cholinergic interneurons that fire together make dopamine axons fire where
they are (Liu et al. 2022), and then keep them from answering for some 100 ms; fewer interneurons are needed
for the brake than for the drive, and it is stronger and more persistent in the dorsal than in the ventral
striatum (Zhang et al. 2025). Whether this matters in a behaving animal is disputed: dopamine and
acetylcholine vary together at 2 Hz without local coupling (Krok et al. 2023), and dopamine's answer to
reward does not need acetylcholine (Chantranupong et al. 2023). None of these effects is present unless it
is added.

    NICOTINIC_SPIKES    release → release · axons_driven · n⁴ / (n⁴ + half⁴)       of a spike of an interneuron
    NICOTINIC_DRIVE     release → release · (1 + rise · n)                         of a spike of a dopamine cell
    AXONAL_BRAKING      release → release · (1 − depth · brake)                    of either

with n the occupancy of nicotinic receptors, and ``brake`` the level of the receptor model ``axonal_brake``,
both in a pool of acetylcholine near its sites (``ach_fast``, fed by ``release_all_acetylcholine_fast``).

``NICOTINIC_SPIKES`` is for a second release into dopamine's pool, whose source is the interneurons and
whose delay lets their acetylcholine bind first. One interneuron does little, many at once make axons fire::

    Projection(name="axonal_spikes", source="interneurons", target="dopamine",
               model=MEAN_FIELD_RELEASE, delay=2 * ms)

``AXONAL_BRAKING`` goes on both releases. Together they make the muscarinic contrast of Threlfell et al.
(2010, PMC2866006): agonists at M2 and M4 stop acetylcholine, and with it both the drive and the brake, so
that a pulse every 100 ms or more releases less dopamine, and four pulses at more than 25 Hz release more. A
lower release probability alone cannot do that: it takes away the same share at all frequencies. Sizes are
assumed: half of the axons driven, and a brake set within 3 ms, put the crossing near 25 Hz.
"""

from neuromodsim.description.model import EffectModel, Parameter
from neuromodsim.equations.sources import LIU_2022, ZHANG_2025

NICOTINIC_SPIKES = EffectModel(
    name="nicotinic_spikes",
    summary="Synchronous firing of interneurons evokes spikes in dopamine axons.",
    source=LIU_2022,
    changes={
        "p_release": "p_release*axons_driven*nicotinic**4/(nicotinic**4 + nicotinic_half**4)",
    },
    reads=("nicotinic",),
    parameters={
        "axons_driven": Parameter(
            0.5, "fraction of axons driven by a strong volley", low=0.0, high=1.0, evidence="assumed"
        ),
        "nicotinic_half": Parameter(
            0.2, "occupancy at half-maximal drive", low=1e-6, high=1.0, evidence="assumed"
        ),
    },
)

NICOTINIC_DRIVE = EffectModel(
    name="nicotinic_drive",
    summary="Nicotinic receptors on dopamine axons that increase release.",
    source=ZHANG_2025,
    changes={"p_release": "p_release*(1 + nicotinic_rise*nicotinic)"},
    reads=("nicotinic",),
    parameters={
        "nicotinic_rise": Parameter(
            1.0, "relative increase of release at full occupancy", low=0.0, evidence="assumed"
        ),
    },
)

AXONAL_BRAKING = EffectModel(
    name="axonal_braking",
    summary="Refractoriness of dopamine axons in the dorsal striatum after acetylcholine drove them.",
    source=ZHANG_2025,
    changes={"p_release": "p_release*(1 - brake_depth*brake)"},
    reads=("brake",),
    parameters={
        "brake_depth": Parameter(
            0.9,
            "fraction by which full inhibition reduces release",
            "dorsal",
            low=0.0,
            high=1.0,
            evidence="assumed",
        ),
    },
)

AXONAL_BRAKING_VENTRAL = AXONAL_BRAKING.preset(
    name="axonal_braking_ventral",
    summary="Refractoriness of dopamine axons in the ventral striatum, which is weaker.",
    source=ZHANG_2025,
    brake_depth=Parameter(0.5, "", "weaker than dorsal, by an assumed amount", evidence="assumed"),
)
