"""Dopamine's pools: rival numbers beside each other, none of which is the truth.

At 4 Hz the dorsal striatum has 8 nmolar of dopamine by Ejdrup's numbers and 43 nmolar by Dreyer's, the
ventral striatum 24 and 55; reviews say 5 to 10, and fast-scan controlled-adsorption voltammetry 90
nmolar in vivo. A result that needs one of these levels should be shown with the others.

Ejdrup's program sets the fastest dorsal uptake to 6 µmolar/s, to 4.5 in the cells behind its Figure 1, and
to 4 as a default argument; 6 is the number of the comparison between regions, and is used here.

Dreyer's toolbox names a second loss, ``k_nonDAT`` of 0.04, and describes it as a rate, first order (Budygin
et al. 2002), but the program takes ``dt * k_nonDAT`` away whatever the concentration, which is zero order. A
first-order loss is used here; set ``k_loss`` to zero to compare with its closed-form steady state, which
leaves the loss out. Dreyer's pools are well mixed and have no diffusion numbers: those here are Ejdrup's.

The somatodendritic pool has its uptake from Dreyer, and a volume fraction that is 40 % above the
striatum's (Rice and Cragg 2008). That article puts uptake in the striatum 200 times above that in the
substantia nigra, Dreyer's numbers only 8 to 20 times.
"""

from brian2 import second
from brian2.units.allunits import nmolar, umolar

from neuromodsim.description.model import Parameter
from neuromodsim.equations.clearance.michaelis_menten import CODE, EXTRACELLULAR
from neuromodsim.equations.sources import DREYER_2013, EJDRUP_2026

TOOLBOX = "github.com/Lundbeck-Biometrics/Dopamine-Simulation-Tools"
NO_NUMBER = "the toolbox has no space; as in Ejdrup et al."

DA_DS_EJDRUP = EXTRACELLULAR.preset(
    name="da_ds_ejdrup",
    summary="Dopamine in the dorsal striatum: fast uptake, very low tonic level.",
    source=EJDRUP_2026,
    V_max=Parameter(6 * umolar / second, "", CODE, evidence="reported"),
    K_m=Parameter(210 * nmolar, "", CODE, evidence="reported"),
)

DA_VS_EJDRUP = EXTRACELLULAR.preset(
    name="da_vs_ejdrup",
    summary="Dopamine in the ventral striatum: uptake a third as fast, and a tonic level.",
    source=EJDRUP_2026,
    V_max=Parameter(2 * umolar / second, "", CODE, evidence="reported"),
    K_m=Parameter(210 * nmolar, "", CODE, evidence="reported"),
)

DREYER = {
    "K_m": Parameter(160 * nmolar, "", TOOLBOX, evidence="reported"),
    "k_loss": Parameter(0.04 / second, "", f"{TOOLBOX}; first order here", evidence="reported"),
    "D": Parameter(EXTRACELLULAR.parameters["D"].value, "", NO_NUMBER, evidence="assumed"),
    "tortuosity": Parameter(1.54, "", NO_NUMBER, evidence="assumed"),
    "alpha": Parameter(0.21, "", NO_NUMBER, evidence="assumed"),
}

DA_VTA_DREYER = EXTRACELLULAR.preset(
    name="da_vta_dreyer",
    summary="Dopamine from the ventral tegmental area in the accumbens.",
    source=DREYER_2013,
    **{**DREYER, "V_max": Parameter(1500 * nmolar / second, "", TOOLBOX, evidence="reported")},
)

DA_SNC_DREYER = EXTRACELLULAR.preset(
    name="da_snc_dreyer",
    summary="Dopamine from the substantia nigra in the dorsal striatum.",
    source=DREYER_2013,
    **{**DREYER, "V_max": Parameter(4000 * nmolar / second, "", TOOLBOX, evidence="reported")},
)

DA_SOMA = EXTRACELLULAR.preset(
    name="da_soma",
    summary="Dopamine around the cell bodies and dendrites of dopamine neurons.",
    source=DREYER_2013,
    **{
        **DREYER,
        "V_max": Parameter(200 * nmolar / second, "", TOOLBOX, evidence="reported"),
        "alpha": Parameter(0.30, "", "Rice and Cragg 2008: 40 % above the striatum", evidence="unverified"),
    },
)
