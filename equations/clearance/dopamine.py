"""Extracellular compartments of dopamine: conflicting published parameter sets as presets.

At 4 Hz the tonic level of the dorsal striatum is 8 nmolar with Ejdrup's parameters and 43 nmolar with
Dreyer's, that of the ventral striatum 24 and 55; reviews report 5 to 10, and fast-scan
controlled-adsorption voltammetry 90 nmolar in vivo. A result that depends on one of these levels should be
shown for the others as well.

Ejdrup's program sets the maximal dorsal uptake rate to 6 µmolar/s, to 4.5 for its Figure 1, and to 4 as a
default argument; 6 is the value of the comparison between regions, and is used here.

Dreyer's toolbox has a second loss, ``k_nonDAT`` of 0.04, described as a first-order rate (Budygin et al.
2002), but the program subtracts ``dt * k_nonDAT`` independently of the concentration, which is zero order.
First-order loss is used here; set ``k_loss`` to zero to compare with its closed-form steady state, which
omits the loss. Dreyer's compartments are well mixed, without diffusion parameters: those here are Ejdrup's.

The somatodendritic compartment has Dreyer's uptake, and a volume fraction 40 % above that of the striatum
(Rice and Cragg 2008). According to that article, uptake in the striatum is 200 times that in the substantia
nigra; Dreyer's values differ by a factor of 8 to 20 only.
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
