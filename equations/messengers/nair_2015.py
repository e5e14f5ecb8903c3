"""Gating in a direct pathway neuron, as a cascade of molecules: D1 with Golf, M4 with Gi, and DARPP-32.

Golf from D1 receptors drives adenylyl cyclase (AC5), Gi from M4 receptors inhibits it, and each binds the
cyclase with lower affinity if the other is bound. Acetylcholine keeps M4 active at baseline, so that a
dopamine burst alone (1 µM for 0.4 s) increases cAMP sixfold, an acetylcholine pause alone 1.3-fold, and
both together 38-fold. Behind cAMP lie PKA and DARPP-32, on which PKA, CDK5 and phosphatases work; calcium
is held at rest.

    DA ──► D1·Golf ──► Gαolf ──► AC5 ──► cAMP ──► PKA ──► DARPP-32
    ACh ─► M4·Gi ────► Gαi ───┤           └─► PDE4, PDE10

113 reactions among 72 substances and four that are held (dopamine, acetylcholine, calcium, ATP), by mass
action, from BioModels BIOMD0000000635; read there in the form that BioModels exports for Octave, whose
initial state is the steady state at 10 nM dopamine and 100 nM acetylcholine. As in the smaller cascade,
pairs of cAMP and of calcium count once, except in PDE10. The reporter AKAR3, whose rates are zero in
the file, is left out, and so is the sigmoid in time by which the file drives dopamine and acetylcholine.
Dopamine binds D1 ten times slower than in Lindroos et al. (2018) and leaves fifty times slower, so Kd is
1000 nM here and 5000 nM there.
"""

from typing import Any

from brian2.units import second
from brian2.units.stdunits import nM

from neuromodsim.description.model import ModulatorModel, Parameter
from neuromodsim.equations.messengers.mass_action import mass_action, reactions
from neuromodsim.equations.sources import NAIR_2015

CODE = "BioModels BIOMD0000000635"

NETWORK = reactions("""
    # D1 receptors and Golf
    D1RGolf + DA <-> D1RDAGolf                            kfD1RGolf_DA  krD1RGolf_DA
    D1RDA + Golf <-> D1RDAGolf                            kfD1RDA_Golf  krD1RDA_Golf
    D1R + Golf <-> D1RGolf                                kfD1R_Golf  krD1R_Golf
    D1R + DA <-> D1RDA                                    kfD1R_DA  krD1R_DA
    D1RDAGolf -> D1RDA + GaolfGTP + Gbgolf                kactGolf
    GaolfGTP -> GaolfGDP                                  kGaolfGTPase
    GaolfGDP + Gbgolf -> Golf                             kGolfback

    # M4 receptors and Gi
    M4R + Gi <-> M4RGi                                    kfM4R_Gi  krM4R_Gi
    M4RACh + Gi <-> M4RAChGi                              kfM4RACh_Gi  krM4RACh_Gi
    M4RGi + ACh <-> M4RAChGi                              kfM4RGi_ACh  krM4RGi_ACh
    M4R + ACh <-> M4RACh                                  kfM4R_ACh  krM4R_ACh
    M4RAChGi -> M4RACh + GaiGTP + Gbgi                    kactGi
    GaiGTP -> GaiGDP                                      kGiGTPase
    GaiGDP + Gbgi -> Gi                                   kGiback

    # the cyclase, with calcium and either alpha part
    AC5 + GaolfGTP <-> AC5GaolfGTP                        kfAC5XGaolfGTP  krAC5XGaolfGTP
    AC5 + Ca <-> AC5Ca                                    kfAC5Ca  krAC5Ca
    AC5Ca + GaolfGTP <-> AC5CaGaolfGTP                    kfAC5XGaolfGTP  krAC5XGaolfGTP
    AC5Ca + GaiGTP <-> AC5CaGaiGTP                        kfAC5XGaiGTP  krAC5XGaiGTP
    AC5 + GaiGTP <-> AC5GaiGTP                            kfAC5XGaiGTP  krAC5XGaiGTP
    AC5GaolfGTP + GaiGTP <-> AC5GaolfGTPGaiGTP            kfAC5XNCGaiGTP  krAC5XNCGaiGTP
    AC5CaGaolfGTP + GaiGTP <-> AC5CaGaolfGTPGaiGTP        kfAC5XNCGaiGTP  krAC5XNCGaiGTP
    AC5GaiGTP + GaolfGTP <-> AC5GaolfGTPGaiGTP            kfAC5XNCGaolfGTP  krAC5XNCGaolfGTP
    AC5CaGaiGTP + GaolfGTP <-> AC5CaGaolfGTPGaiGTP        kfAC5XNCGaolfGTP  krAC5XNCGaolfGTP

    # the same with ATP on it
    AC5GaolfGTPGaiGTP + ATP <-> AC5GaolfGTPGaiGTP_ATP     kfAC5GaolfGTPGaiGTP_ATP  krAC5X_ATP
    AC5GaiGTP + ATP <-> AC5GaiGTP_ATP                     kfAC5GaiGTP_ATP  krAC5X_ATP
    AC5GaolfGTP + ATP <-> AC5GaolfGTP_ATP                 kfAC5GaolfGTP_ATP  krAC5X_ATP
    AC5 + ATP <-> AC5_ATP                                 kfAC5_ATP  krAC5X_ATP
    AC5Ca + ATP <-> AC5Ca_ATP                             kfAC5Ca_ATP  krAC5X_ATP
    AC5CaGaolfGTP + ATP <-> AC5CaGaolfGTP_ATP             kfAC5CaGaolfGTP_ATP  krAC5X_ATP
    AC5CaGaiGTP + ATP <-> AC5CaGaiGTP_ATP                 kfAC5CaGaiGTP_ATP  krAC5X_ATP
    AC5CaGaolfGTPGaiGTP + ATP <-> AC5CaGaolfGTPGaiGTP_ATP  kfAC5CaGaolfGTPGaiGTP_ATP  krAC5X_ATP
    AC5GaiGTP_ATP + GaolfGTP <-> AC5GaolfGTPGaiGTP_ATP    kfAC5XNCGaolfGTP  krAC5XNCGaolfGTP
    AC5CaGaiGTP_ATP + GaolfGTP <-> AC5CaGaolfGTPGaiGTP_ATP  kfAC5XNCGaolfGTP  krAC5XNCGaolfGTP
    AC5_ATP + GaolfGTP <-> AC5GaolfGTP_ATP                kfAC5XGaolfGTP  krAC5XGaolfGTP
    AC5Ca_ATP + GaolfGTP <-> AC5CaGaolfGTP_ATP            kfAC5XGaolfGTP  krAC5XGaolfGTP
    AC5_ATP + Ca <-> AC5Ca_ATP                            kfAC5Ca  krAC5Ca
    AC5_ATP + GaiGTP <-> AC5GaiGTP_ATP                    kfAC5XGaiGTP  krAC5XGaiGTP
    AC5GaolfGTP_ATP + GaiGTP <-> AC5GaolfGTPGaiGTP_ATP    kfAC5XNCGaiGTP  krAC5XNCGaiGTP
    AC5Ca_ATP + GaiGTP <-> AC5CaGaiGTP_ATP                kfAC5XGaiGTP  krAC5XGaiGTP
    AC5CaGaolfGTP_ATP + GaiGTP <-> AC5CaGaolfGTPGaiGTP_ATP  kfAC5XNCGaiGTP  krAC5XNCGaiGTP

    # makes cAMP, and takes it back
    AC5GaolfGTP_ATP -> cAMP + AC5GaolfGTP                 kcatAC5GaolfGTP_ATP
    cAMP + AC5GaolfGTP -> AC5GaolfGTP_ATP                 kicatAC5GaolfGTP_ATP
    AC5_ATP -> cAMP + AC5                                 kcatAC5_ATP
    cAMP + AC5 -> AC5_ATP                                 kicatAC5_ATP
    AC5GaiGTP_ATP -> cAMP + AC5GaiGTP                     kcatAC5GaiGTP_ATP
    cAMP + AC5GaiGTP -> AC5GaiGTP_ATP                     kicatAC5GaiGTP_ATP
    AC5GaolfGTPGaiGTP_ATP -> cAMP + AC5GaolfGTPGaiGTP     kcatAC5GaolfGTPGaiGTP_ATP
    cAMP + AC5GaolfGTPGaiGTP -> AC5GaolfGTPGaiGTP_ATP     kicatAC5GaolfGTPGaiGTP_ATP
    AC5CaGaolfGTPGaiGTP_ATP -> cAMP + AC5CaGaolfGTPGaiGTP  kcatAC5CaGaolfGTPGaiGTP_ATP
    cAMP + AC5CaGaolfGTPGaiGTP -> AC5CaGaolfGTPGaiGTP_ATP  kicatAC5CaGaolfGTPGaiGTP_ATP
    AC5CaGaiGTP_ATP -> cAMP + AC5CaGaiGTP                 kcatAC5CaGaiGTP_ATP
    cAMP + AC5CaGaiGTP -> AC5CaGaiGTP_ATP                 kicatAC5CaGaiGTP_ATP
    AC5Ca_ATP -> cAMP + AC5Ca                             kcatAC5Ca_ATP
    cAMP + AC5Ca -> AC5Ca_ATP                             kicatAC5Ca_ATP
    AC5CaGaolfGTP_ATP -> cAMP + AC5CaGaolfGTP             kcatAC5CaGaolfGTP_ATP
    cAMP + AC5CaGaolfGTP -> AC5CaGaolfGTP_ATP             kicatAC5CaGaolfGTP_ATP

    # GTP is hydrolysed on the cyclase
    AC5GaolfGTP -> AC5 + GaolfGDP                         krgso
    AC5CaGaolfGTP -> AC5Ca + GaolfGDP                     krgso
    AC5CaGaiGTP -> AC5Ca + GaiGDP                         krgsi
    AC5GaiGTP -> AC5 + GaiGDP                             krgsi
    AC5GaolfGTPGaiGTP -> AC5GaiGTP + GaolfGDP             krgso
    AC5GaolfGTPGaiGTP -> AC5GaolfGTP + GaiGDP             krgsi
    AC5CaGaolfGTPGaiGTP -> AC5CaGaiGTP + GaolfGDP         krgso
    AC5CaGaolfGTPGaiGTP -> AC5CaGaolfGTP + GaiGDP         krgsi
    AC5GaolfGTPGaiGTP_ATP -> AC5GaolfGTP_ATP + GaiGDP     krgsi
    AC5GaiGTP_ATP -> AC5_ATP + GaiGDP                     krgsi
    AC5GaolfGTPGaiGTP_ATP -> AC5GaiGTP_ATP + GaolfGDP     krgso
    AC5GaolfGTP_ATP -> AC5_ATP + GaolfGDP                 krgso
    AC5CaGaolfGTP_ATP -> AC5Ca_ATP + GaolfGDP             krgso
    AC5CaGaolfGTPGaiGTP_ATP -> AC5CaGaolfGTP_ATP + GaiGDP  krgsi
    AC5CaGaiGTP_ATP -> AC5Ca_ATP + GaiGDP                 krgsi
    AC5CaGaolfGTPGaiGTP_ATP -> AC5CaGaiGTP_ATP + GaolfGDP  krgso

    # phosphodiesterases
    PDE4 + cAMP <-> PDE4_cAMP                             kfPDE4_cAMP  krPDE4_cAMP
    PDE4_cAMP -> PDE4                                     kcatPDE4_cAMP
    PDE10 + cAMP + cAMP <-> PDE10c                        kfPDE10_cAMP  krPDE10_cAMP
    PDE10 + cAMP <-> PDE10_cAMP                           kfcAMP_PDE10  krcAMP_PDE10
    PDE10_cAMP -> PDE10                                   kcatcAMP_PDE10
    PDE10c + cAMP <-> PDE10c_cAMP                         kfPDE10c_cAMP  krPDE10c_cAMP
    PDE10c_cAMP -> PDE10c                                 kcatPDE10c_cAMP

    # protein kinase A
    PKA + cAMP <-> PKAcAMP2                               kfPKA_2cAMP  krPKA_2cAMP
    PKAcAMP2 + cAMP <-> PKAcAMP4                          kfPKA2cAMP_2cAMP  krPKA2cAMP_2cAMP
    PKAcAMP4 <-> PKAc + PKAreg                            krPKAc_PKAr  kfPKAc_PKAr

    # calmodulin and calcineurin (PP2B)
    CaM + Ca <-> CaMCa2                                   kfCaM_2Ca  krCaM_2Ca
    CaMCa2 + Ca <-> CaMCa4                                kfCaMCa2_2Ca  krCaMCa2_2Ca
    PP2B + CaM <-> PP2BCaM                                kfPP2B_CaM  krPP2B_CaM
    PP2B + CaMCa2 <-> PP2BCaMCa2                          kfPP2B_CaMCa2  krPP2B_CaMCa2
    PP2B + CaMCa4 <-> PP2Bc                               kfPP2B_CaMCa4  krPP2B_CaMCa4
    PP2BCaM + Ca <-> PP2BCaMCa2                           kfPP2BCaM_2Ca  krPP2BCaM_2Ca
    PP2BCaMCa2 + Ca <-> PP2Bc                             kfPP2BCaMCa2_2Ca  krPP2BCaMCa2_2Ca

    # DARPP-32: phosphorylated at threonine 34 by PKA, at threonine 75 by CDK5
    PKAc + DARPP32 <-> PKAc_D32                           kfPKAc_D32  krPKAc_D32
    PKAc_D32 -> PKAc + D32p34                             kcatPKAc_D32
    CDK5 + DARPP32 <-> CDK5_D32                           kfCDK5_D32  krCDK5_D32
    CDK5_D32 -> CDK5 + D32p75                             kcatCDK5_D32
    D32p34 + PP1 <-> PP1D32p34                            kfPP1_D32p34  krPP1_D32p34
    D32p75 + PKAc <-> PKAcD32p75                          kfPKAc_D32p75  krPKAc_D32p75
    PKAc + B56PP2A <-> PKAc_B56PP2A                       kfPKAc_B56PP2A  krPKAc_B56PP2A
    PKAc_B56PP2A -> PKAc + B56PP2Ap                       kcatPKAc_B56PP2A
    B56PP2Ap -> B56PP2A                                   kdpB56PP2Ap
    B72PP2A + Ca <-> B72PP2ACa                            kfB72PP2A_Ca  krB72PP2A_Ca
    B56PP2Ap + D32p75 <-> B56PP2Ap_D32p75                 kfB56PP2Ap_D32p75  krB56PP2Ap_D32p75
    B56PP2Ap_D32p75 -> B56PP2Ap + DARPP32                 kcatB56PP2Ap_D32p75
    B72PP2A + D32p75 <-> B72PP2A_D32p75                   kfB72PP2A_D32p75  krB72PP2A_D32p75
    B72PP2A_D32p75 -> B72PP2A + DARPP32                   kcatB72PP2A_D32p75
    B72PP2ACa + D32p75 <-> B72PP2ACa_D32p75               kfB72PP2ACa_D32p75  krB72PP2ACa_D32p75
    B72PP2ACa_D32p75 -> B72PP2ACa + DARPP32               kcatB72PP2ACa_D32p75
    B56PP2A + D32p75 <-> B56PP2A_D32p75                   kfB56PP2A_D32p75  krB56PP2A_D32p75
    B56PP2A_D32p75 -> B56PP2A + DARPP32                   kcatB56PP2A_D32p75
    PP2Bc + D32p34 <-> PP2Bc_D32p34                       kfPP2Bc_D32p34  krPP2Bc_D32p34
    PP2Bc_D32p34 -> PP2Bc + DARPP32                       kcatPP2Bc_D32p34
    B72PP2ACa + D32p34 <-> B72PP2ACa_D32p34               kfB72PP2A_D32p34  krB72PP2A_D32p34
    B72PP2ACa_D32p34 -> B72PP2ACa + DARPP32               kcatB72PP2A_D32p34
    B72PP2A + D32p34 <-> B72PP2A_D32p34                   kfB72PP2A_D32p34  krB72PP2A_D32p34
    B72PP2A_D32p34 -> B72PP2A + DARPP32                   kcatB72PP2A_D32p34
""")

# Of first order, per second.
PER_SECOND = {
    "krD1RGolf_DA": 5.0,
    "krD1RDA_Golf": 5.0,
    "krD1R_Golf": 5.0,
    "krD1R_DA": 5.0,
    "kactGolf": 15.0,
    "kGaolfGTPase": 30.0,
    "krM4R_Gi": 90.0,
    "krM4RACh_Gi": 90.0,
    "krM4RGi_ACh": 90.0,
    "krM4R_ACh": 90.0,
    "kactGi": 60.0,
    "kGiGTPase": 30.0,
    "krAC5XGaolfGTP": 0.1,
    "krAC5Ca": 0.9,
    "krAC5XGaiGTP": 5.0,
    "krAC5XNCGaiGTP": 0.01,
    "krAC5XNCGaolfGTP": 0.01,
    "krAC5X_ATP": 1.0,
    "kcatAC5GaolfGTP_ATP": 20.0,
    "kcatAC5_ATP": 1.0,
    "kcatAC5GaiGTP_ATP": 0.25,
    "kcatAC5GaolfGTPGaiGTP_ATP": 5.0,
    "kcatAC5CaGaolfGTPGaiGTP_ATP": 2.5,
    "kcatAC5CaGaiGTP_ATP": 0.125,
    "kcatAC5Ca_ATP": 0.5,
    "kcatAC5CaGaolfGTP_ATP": 10.0,
    "krgso": 0.2,
    "krgsi": 30.0,
    "krPDE4_cAMP": 1.0,
    "kcatPDE4_cAMP": 2.0,
    "krPDE10_cAMP": 9.0,
    "krcAMP_PDE10": 2.0,
    "kcatcAMP_PDE10": 3.0,
    "krPDE10c_cAMP": 2.0,
    "kcatPDE10c_cAMP": 10.0,
    "krPKA_2cAMP": 1.0,
    "krPKA2cAMP_2cAMP": 1.0,
    "krPKAc_PKAr": 10.0,
    "krCaM_2Ca": 9.1,
    "krCaMCa2_2Ca": 1000.0,
    "krPP2B_CaM": 30.0,
    "krPP2B_CaMCa2": 3.0,
    "krPP2B_CaMCa4": 3.0,
    "krPP2BCaM_2Ca": 0.91,
    "krPP2BCaMCa2_2Ca": 10.0,
    "krPKAc_D32": 8.0,
    "kcatPKAc_D32": 10.0,
    "krCDK5_D32": 2.0,
    "kcatCDK5_D32": 3.0,
    "krPP1_D32p34": 0.08,
    "krPKAc_D32p75": 1.0,
    "krPKAc_B56PP2A": 0.3,
    "kcatPKAc_B56PP2A": 0.2,
    "kdpB56PP2Ap": 0.008,
    "krB72PP2A_Ca": 0.1,
    "krB56PP2Ap_D32p75": 10.0,
    "kcatB56PP2Ap_D32p75": 8.0,
    "krB72PP2A_D32p75": 6.4,
    "kcatB72PP2A_D32p75": 1.0,
    "krB72PP2ACa_D32p75": 10.0,
    "kcatB72PP2ACa_D32p75": 5.0,
    "krB56PP2A_D32p75": 6.4,
    "kcatB56PP2A_D32p75": 2.3,
    "krPP2Bc_D32p34": 1.0,
    "kcatPP2Bc_D32p34": 10.0,
    "krB72PP2A_D32p34": 1.0,
    "kcatB72PP2A_D32p34": 0.3,
}

# Of second order, per nM and second.
PER_NANOMOLAR_SECOND = {
    "kfD1RGolf_DA": 0.005,
    "kfD1RDA_Golf": 0.003,
    "kfD1R_Golf": 0.003,
    "kfD1R_DA": 0.005,
    "kGolfback": 100.0,
    "kfM4R_Gi": 0.012,
    "kfM4RACh_Gi": 1.2,
    "kfM4RGi_ACh": 1.0,
    "kfM4R_ACh": 0.01,
    "kGiback": 100.0,
    "kfAC5XGaolfGTP": 0.2,
    "kfAC5Ca": 0.001,
    "kfAC5XGaiGTP": 50.0,
    "kfAC5XNCGaiGTP": 0.01,
    "kfAC5XNCGaolfGTP": 0.002,
    "kfAC5GaolfGTPGaiGTP_ATP": 3e-4,
    "kfAC5GaiGTP_ATP": 6.25e-5,
    "kfAC5GaolfGTP_ATP": 0.00105,
    "kfAC5_ATP": 1e-4,
    "kfAC5Ca_ATP": 7.5e-5,
    "kfAC5CaGaolfGTP_ATP": 5.5e-4,
    "kfAC5CaGaiGTP_ATP": 5.625e-5,
    "kfAC5CaGaolfGTPGaiGTP_ATP": 1.75e-4,
    "kicatAC5GaolfGTP_ATP": 0.084,
    "kicatAC5_ATP": 4e-4,
    "kicatAC5GaiGTP_ATP": 0.00105,
    "kicatAC5GaolfGTPGaiGTP_ATP": 0.006,
    "kicatAC5CaGaolfGTPGaiGTP_ATP": 0.00175,
    "kicatAC5CaGaiGTP_ATP": 2.8125e-5,
    "kicatAC5Ca_ATP": 1.5e-4,
    "kicatAC5CaGaolfGTP_ATP": 0.022,
    "kfPDE4_cAMP": 0.01,
    "kfcAMP_PDE10": 0.1,
    "kfPDE10c_cAMP": 0.13,
    "kfPKA_2cAMP": 2.6e-4,
    "kfPKA2cAMP_2cAMP": 3.46e-4,
    "kfPKAc_PKAr": 0.01,
    "kfCaM_2Ca": 0.006,
    "kfCaMCa2_2Ca": 0.1,
    "kfPP2B_CaM": 1.0,
    "kfPP2B_CaMCa2": 1.0,
    "kfPP2B_CaMCa4": 1.0,
    "kfPP2BCaM_2Ca": 0.006,
    "kfPP2BCaMCa2_2Ca": 0.1,
    "kfPKAc_D32": 3e-4,
    "kfCDK5_D32": 9e-4,
    "kfPP1_D32p34": 0.04,
    "kfPKAc_D32p75": 3.7e-4,
    "kfPKAc_B56PP2A": 0.001,
    "kfB72PP2A_Ca": 1e-4,
    "kfB56PP2Ap_D32p75": 0.0015,
    "kfB72PP2A_D32p75": 8e-4,
    "kfB72PP2ACa_D32p75": 0.0015,
    "kfB56PP2A_D32p75": 8e-4,
    "kfPP2Bc_D32p34": 0.002,
    "kfB72PP2A_D32p34": 0.5,
}

# In nM: the published steady state.
AT_REST = {
    "GaiGTP": 2.3562470443292,
    "GaolfGDP": 0.00514744794169027,
    "Gbgolf": 107.875380092904,
    "GaolfGTP": 1.13940415390363,
    "D1RDAGolf": 3.70188602073145,
    "Golf": 1102.52804493589,
    "D1RGolf": 785.894688950477,
    "D1RDA": 16.100094198358,
    "D1R": 1194.30333083043,
    "cAMP": 91.6467576551524,
    "AC5": 0.507493613791483,
    "AC5GaolfGTP": 0.397626017086897,
    "CaM": 7686.15789228991,
    "CaMCa2": 316.776054644554,
    "CaMCa4": 2.47080976475754,
    "PDE4": 1531.9927671361,
    "PKA": 1100.85005741739,
    "PKAcAMP2": 26.2312279909643,
    "PKAcAMP4": 0.831786420159049,
    "PKAreg": 72.0869281714876,
    "PKAc": 11.5386581348021,
    "PP2B": 5.40475669921873,
    "PP2Bc": 194.502520839594,
    "PP2BCaM": 1380.87227011886,
    "PP2BCaMCa2": 419.196440881025,
    "DARPP32": 37271.6543135964,
    "PKAc_D32": 7.16774795405187,
    "D32p34": 0.678978545756906,
    "B72PP2A": 860.232017549719,
    "PKAc_B56PP2A": 16.40971542072,
    "B56PP2Ap": 410.242885172213,
    "CDK5": 233.496415726183,
    "PP1": 1493.10639547125,
    "CDK5_D32": 1566.50358427382,
    "D32p75": 8659.68104422894,
    "PKAcD32p75": 36.9708066619157,
    "B72PP2ACa": 51.6139210529853,
    "B56PP2Ap_D32p75": 296.047711354635,
    "B72PP2A_D32p75": 805.333502271791,
    "B72PP2ACa_D32p75": 44.6960093760864,
    "PP1D32p34": 506.893604528755,
    "PP2Bc_D32p34": 0.0240114612997978,
    "B72PP2A_D32p34": 224.645801649792,
    "AC5Ca": 0.0338357229453947,
    "AC5CaGaolfGTP": 0.0265277448296902,
    "AC5GaiGTP": 1.70785338199615,
    "AC5CaGaiGTP": 0.113888299015711,
    "B56PP2A": 711.07555205532,
    "B56PP2A_D32p75": 566.224135997113,
    "B72PP2ACa_D32p34": 13.4787480996268,
    "PDE4_cAMP": 468.007232863897,
    "AC5GaolfGTPGaiGTP": 4.39135728748305e-4,
    "AC5CaGaolfGTPGaiGTP": 2.92811632030252e-5,
    "M4R": 1529.69994816436,
    "M4RACh": 25.650119219421,
    "M4RGi": 214.722656407666,
    "Gi": 1095.19571044122,
    "M4RAChGi": 229.927276208549,
    "Gbgi": 460.154356942568,
    "GaiGDP": 0.299804540897635,
    "PDE10c": 0.230445425050315,
    "PDE10": 246.931440841991,
    "PDE10_cAMP": 452.609318325671,
    "PDE10c_cAMP": 0.228795407287519,
    "AC5GaolfGTPGaiGTP_ATP": 0.109825804214832,
    "AC5GaiGTP_ATP": 427.086542949603,
    "AC5GaolfGTP_ATP": 99.5522607546951,
    "AC5_ATP": 126.887958343277,
    "AC5CaGaolfGTP_ATP": 6.63679803850652,
    "AC5CaGaiGTP_ATP": 28.4724047907866,
    "AC5CaGaolfGTPGaiGTP_ATP": 0.00732171483303589,
    "AC5Ca_ATP": 8.459194407526,
}


def _meaning(rate: str) -> str:
    """Return the first reaction that a rate constant is of."""
    return next(r.text + (", back" if rate in r.rates[1:] else "") for r in NETWORK if rate in r.rates)


def _parameters(values: dict[str, float], unit: Any) -> dict[str, Parameter]:
    return {
        name: Parameter(value * unit, _meaning(name), CODE, low=0 * unit, evidence="reported")
        for name, value in values.items()
    }


D1_M4_GATE = ModulatorModel(
    name="d1_m4_gate",
    summary="Dopamine at D1 and acetylcholine at M4 converge on adenylyl cyclase: cAMP, PKA and DARPP-32.",
    source=NAIR_2015,
    equations="DA : mmolar (linked)\nACh : mmolar (linked)\n"
    + mass_action(NETWORK, held=("DA", "ACh", "Ca", "ATP")),
    level="PKAc",
    method="chebyshev",
    parameters={
        "Ca": Parameter(60 * nM, "calcium, clamped", CODE, low=0 * nM, evidence="reported"),
        "ATP": Parameter(5e6 * nM, "ATP, clamped", CODE, low=0 * nM, evidence="reported"),
        **_parameters(PER_SECOND, 1 / second),
        **_parameters(PER_NANOMOLAR_SECOND, 1 / (nM * second)),
        "kfPDE10_cAMP": Parameter(
            1e-6 / (nM**2 * second),
            _meaning("kfPDE10_cAMP"),
            CODE,
            low=0 / (nM**2 * second),
            evidence="reported",
        ),
    },
    initial={name: value * nM for name, value in AT_REST.items()},
)
