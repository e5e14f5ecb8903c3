"""Acetylcholine on dopamine axons: nicotinic excitation, followed by refractoriness.

Sources conflict. In slices, synchronous firing of cholinergic interneurons evokes spikes in dopamine axons
(Liu et al. 2022), which are then refractory for about 100 ms; fewer interneurons are required for the
refractoriness than for the excitation, and it is stronger and more persistent in the dorsal than in the
ventral striatum (Zhang et al. 2025). The relevance in behaving animals is disputed: dopamine and
acetylcholine vary together at 2 Hz without local coupling (Krok et al. 2023), and dopamine responses to
reward do not require acetylcholine (Chantranupong et al. 2023). None of these effects is present unless it
is added.

    NICOTINIC_SPIKES    release → release · axons_driven · n⁴ / (n⁴ + half⁴)       of a spike of an interneuron
    NICOTINIC_DRIVE     release → release · (1 + rise · n)                         of a spike of a dopamine cell
    AXONAL_BRAKING      release → release · (1 − depth · brake)                    of either

with n the occupancy of nicotinic receptors, and ``brake`` the level of the receptor model ``axonal_brake``,
both in a compartment of acetylcholine near its release sites (``ach_fast``, fed by
``release_all_acetylcholine_fast``).

``NICOTINIC_SPIKES`` acts on a second release of dopamine, whose source is the interneurons, with a delay in
which their acetylcholine binds. A single interneuron has little effect, synchronous ones evoke axonal
spikes::

    Projection(name="axonal_spikes", source="interneurons", target="dopamine",
               model=MEAN_FIELD_RELEASE, delay=2 * ms)

``AXONAL_BRAKING`` acts on both releases. Together they reproduce the muscarinic contrast of Threlfell et
al. (2010, PMC2866006): agonists at M2 and M4 suppress acetylcholine release, and thereby both the
excitation and the refractoriness, so that a pulse every 100 ms or more releases less dopamine, and four
pulses at more than 25 Hz release more. A reduced release probability alone cannot explain this: it reduces
release by the same fraction at all frequencies. Effect sizes are assumed: with half of the axons driven and
refractoriness within 3 ms, the crossing is near 25 Hz.
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
