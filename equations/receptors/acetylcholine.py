"""Acetylcholine's receptors: muscarinic ones act over seconds, nicotinic ones within milliseconds.

Affinities span orders of magnitude between preparations; carbachol, which stands in for acetylcholine in
binding studies, has 0.8 µmolar at M1 and M2, where acetylcholine is given 1 to 10 and 0.1 to 1. The rate of
nicotinic receptors comes from binding at the endplate, 3.3e7 per molar and second (Land et al. 1984), times
their ``K_d``; muscarinic rates are assumed.

Left out: desensitisation, which takes a steady nicotinic occupancy away within a second, and the two binding
sites of a nicotinic receptor.
"""

from brian2 import second
from brian2.units.allunits import umolar

from neuromodsim.description.model import Parameter
from neuromodsim.equations.receptors.occupancy import RECEPTOR
from neuromodsim.equations.sources import ALEXANDER_2019, LAND_1984

RATE = Parameter(1 / second, "", "no rate was found; the response takes seconds", evidence="assumed")
ENDPLATE = "K_d times 3.3e7 per molar and second, at the endplate"

M1 = RECEPTOR.preset(
    name="m1",
    summary="M1: closes potassium channels through Gq, within seconds.",
    source=ALEXANDER_2019,
    K_d=Parameter(3 * umolar, "", "1 to 10 umolar", evidence="unverified"),
    k_off=RATE,
)

M2_M4 = RECEPTOR.preset(
    name="m2_m4",
    summary="M2 and M4: lower release and oppose D1's cAMP.",
    source=ALEXANDER_2019,
    K_d=Parameter(0.3 * umolar, "", "0.1 to 1 umolar", evidence="unverified"),
    k_off=RATE,
)

NICOTINIC_ALPHA4BETA2 = RECEPTOR.preset(
    name="nicotinic_alpha4beta2",
    summary="α4β2: the nicotinic receptor of high affinity, also on dopamine axons.",
    source=LAND_1984,
    K_d=Parameter(10 * umolar, "", "1 to 60 umolar", evidence="unverified"),
    k_off=Parameter(330 / second, "", ENDPLATE, evidence="derived"),
)

NICOTINIC_ALPHA7 = RECEPTOR.preset(
    name="nicotinic_alpha7",
    summary="α7: the nicotinic receptor of low affinity.",
    source=LAND_1984,
    K_d=Parameter(200 * umolar, "", "order of published affinities", evidence="unverified"),
    k_off=Parameter(6600 / second, "", ENDPLATE, evidence="derived"),
)
