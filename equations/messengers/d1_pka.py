"""From dopamine to phosphorylation in a direct pathway neuron: D1, Golf, AC5, cAMP, PKA and a target.

Dopamine binds D1 receptors, with or without their G protein, Golf. The complex releases the two parts
of Golf. The alpha part switches on adenylyl cyclase (AC5), which makes cAMP from ATP until the alpha
part has hydrolysed its GTP and returns; PDE4 and PDE10 take cAMP apart, PDE10 faster once it has bound
two cAMP. Four cAMP release the catalytic part of PKA (PKAc), which phosphorylates a target, and PP1
undoes it.

    DA ─► D1·Golf ─► Gαolf-GTP ─► AC5 ─► cAMP ─► PKA ─► PKAc ─► target-P
                  └► Gβγ                  └► PDE4, PDE10        └► PP1

29 substances, 29 reactions, mass action. Dopamine binds with a Kd of 5000 nM, yet half of the
steady PKAc is there at 185 nM: a few bound receptors free much G protein (spare receptors).

From the program of Lindroos et al. (ModelDB 237653, D1_reduced_cascade2_0.mod), read in a public copy
that NEURON translated and that carries the file's own text. A. Nair reduced it from the cascade of Nair
et al. 2016 and gave it an arbitrary target. Two of its simplifications are kept:
PKA takes up its four cAMP as two steps of first order in cAMP that use up one cAMP each, and gives off
one PKAc, not two. AMP is not followed, and ATP is held at 5 mM. Calcium and acetylcholine, which act
on AC5 in the larger cascade, are left out.

Rates at which AC5 changes hands reach 80 000/s at saturating dopamine while targets take minutes, so
the equations are stiff: a fourth-order Runge-Kutta step of 0.1 ms, stable at rest, diverges at 500 nM.
The method used here is stable up to 0.78 ms at any dose. At 0.5 ms, cAMP, PKAc, Gβγ and the target are
within 1e-5 of an adaptive integration; the receptor's complexes within 0.2 %, just after a jump of dopamine.
"""

from brian2.units import second
from brian2.units.stdunits import mM, nM

from neuromodsim.description.model import ModulatorModel, Parameter
from neuromodsim.equations.sources import LINDROOS_2018

CODE = "ModelDB 237653, D1_reduced_cascade2_0.mod"


def _per_second(value: float, meaning: str) -> Parameter:
    return Parameter(value / second, meaning, CODE, low=0 / second, evidence="reported")


def _binding(value: float, meaning: str) -> Parameter:
    return Parameter(value / (nM * second), meaning, CODE, low=0 / (nM * second), evidence="reported")


D1_PKA = ModulatorModel(
    name="d1_pka",
    summary="Dopamine at D1 receptors raises cAMP and activates PKA, which phosphorylates a target.",
    source=LINDROOS_2018,
    equations="""
    DA : mmolar (linked)  # extracellular dopamine: a pool's, or a prescribed one

    # the receptor and its G protein
    bind_coupled = kfD1RGolf_DA*D1RGolf*DA - krD1RGolf_DA*D1RDAGolf : mmolar/second  # D1RGolf + DA
    bind_free    = kfD1R_DA*D1R*DA - krD1R_DA*D1RDA                 : mmolar/second  # D1R + DA
    couple_empty = kfD1R_Golf*D1R*Golf - krD1R_Golf*D1RGolf         : mmolar/second  # D1R + Golf
    couple_bound = kfD1RDA_Golf*D1RDA*Golf - krD1RDA_Golf*D1RDAGolf : mmolar/second  # D1RDA + Golf
    activate     = kactGolf*D1RDAGolf                   : mmolar/second  # to D1RDA + GaolfGTP + Gbgolf
    hydrolyse    = kGaolfGTPase*GaolfGTP                : mmolar/second  # GaolfGTP to GaolfGDP
    rejoin       = kGolfback*GaolfGDP*Gbgolf            : mmolar/second  # GaolfGDP + Gbgolf to Golf
    dD1R/dt       = -bind_free - couple_empty                 : mmolar  # receptor
    dD1RDA/dt     = bind_free - couple_bound + activate       : mmolar  # with dopamine
    dD1RGolf/dt   = couple_empty - bind_coupled               : mmolar  # with Golf
    dD1RDAGolf/dt = bind_coupled + couple_bound - activate    : mmolar  # with both: active
    dGolf/dt      = rejoin - couple_empty - couple_bound      : mmolar  # whole G protein
    dGbgolf/dt    = activate - rejoin                         : mmolar  # its beta-gamma part
    dGaolfGTP/dt  = activate - hydrolyse - arm - arm_loaded   : mmolar  # its alpha part, active
    dGaolfGDP/dt  = hydrolyse - rejoin + disarm + disarm_loaded : mmolar  # its alpha part, spent

    # adenylyl cyclase makes cAMP
    arm           = kfAC5XGaolfGTP*AC5*GaolfGTP - krAC5XGaolfGTP*AC5GaolfGTP         : mmolar/second
    arm_loaded    = kfAC5XGaolfGTP*AC5_ATP*GaolfGTP - krAC5XGaolfGTP*AC5GaolfGTP_ATP : mmolar/second
    load          = kfAC5_ATP*AC5*ATP - krAC5X_ATP*AC5_ATP                           : mmolar/second
    load_armed    = kfAC5GaolfGTP_ATP*AC5GaolfGTP*ATP - krAC5X_ATP*AC5GaolfGTP_ATP   : mmolar/second
    make          = kcatAC5_ATP*AC5_ATP - kicatAC5_ATP*cAMP*AC5                      : mmolar/second
    make_armed    = kcatAC5GaolfGTP_ATP*AC5GaolfGTP_ATP - kicatAC5GaolfGTP_ATP*cAMP*AC5GaolfGTP \
        : mmolar/second
    disarm        = krgso*AC5GaolfGTP       : mmolar/second  # GTP hydrolysed on the cyclase
    disarm_loaded = krgso*AC5GaolfGTP_ATP   : mmolar/second
    dAC5/dt             = -arm - load + make + disarm                        : mmolar
    dAC5GaolfGTP/dt     = arm - load_armed + make_armed - disarm             : mmolar
    dAC5_ATP/dt         = load - arm_loaded - make + disarm_loaded           : mmolar
    dAC5GaolfGTP_ATP/dt = load_armed + arm_loaded - make_armed - disarm_loaded : mmolar
    dcAMP/dt = make + make_armed - meet_PDE4 - 2*switch_PDE10 - meet_PDE10 - meet_PDE10c \
        - pair - pair_again : mmolar

    # phosphodiesterases take it apart
    meet_PDE4    = kfPDE4_cAMP*cAMP*PDE4 - krPDE4_cAMP*PDE4_cAMP         : mmolar/second
    switch_PDE10 = kfPDE10_cAMP*PDE10*cAMP**2 - krPDE10_cAMP*PDE10c      : mmolar/second  # two cAMP
    meet_PDE10   = kfcAMP_PDE10*cAMP*PDE10 - krcAMP_PDE10*PDE10_cAMP     : mmolar/second
    meet_PDE10c  = kfPDE10c_cAMP*cAMP*PDE10c - krPDE10c_cAMP*PDE10c_cAMP : mmolar/second
    cut_PDE4     = kcatPDE4_cAMP*PDE4_cAMP                               : mmolar/second
    cut_PDE10    = kcatcAMP_PDE10*PDE10_cAMP                             : mmolar/second
    cut_PDE10c   = kcatPDE10c_cAMP*PDE10c_cAMP                           : mmolar/second
    dPDE4/dt        = cut_PDE4 - meet_PDE4                        : mmolar
    dPDE4_cAMP/dt   = meet_PDE4 - cut_PDE4                        : mmolar
    dPDE10/dt       = cut_PDE10 - meet_PDE10 - switch_PDE10       : mmolar
    dPDE10_cAMP/dt  = meet_PDE10 - cut_PDE10                      : mmolar
    dPDE10c/dt      = switch_PDE10 - meet_PDE10c + cut_PDE10c     : mmolar
    dPDE10c_cAMP/dt = meet_PDE10c - cut_PDE10c                    : mmolar

    # protein kinase A and its target
    pair       = kfPKA_2cAMP*cAMP*PKA - krPKA_2cAMP*PKAcAMP2               : mmolar/second
    pair_again = kfPKA2cAMP_2cAMP*cAMP*PKAcAMP2 - krPKA2cAMP_2cAMP*PKAcAMP4 : mmolar/second
    let_go     = krPKAc_PKAr*PKAcAMP4 - kfPKAc_PKAr*PKAc*PKAreg            : mmolar/second
    grasp      = kfPKAc_Target1*PKAc*Target1 - krPKAc_Target1*PKAc_Target1 : mmolar/second
    phosphorylate = kcatPKAc_Target1*PKAc_Target1                          : mmolar/second
    grasp_back = kfPP1_Target1p*PP1*Target1p - krPP1_Target1p*PP1_Target1p : mmolar/second
    dephosphorylate = kcatPP1_Target1p*PP1_Target1p                        : mmolar/second
    dPKA/dt          = -pair                            : mmolar
    dPKAcAMP2/dt     = pair - pair_again                : mmolar
    dPKAcAMP4/dt     = pair_again - let_go              : mmolar
    dPKAreg/dt       = let_go                           : mmolar  # its regulatory part
    dPKAc/dt         = let_go - grasp + phosphorylate   : mmolar  # its catalytic part, active
    dPKAc_Target1/dt = grasp - phosphorylate            : mmolar
    dTarget1/dt      = dephosphorylate - grasp          : mmolar
    dTarget1p/dt     = phosphorylate - grasp_back       : mmolar  # phosphorylated
    dPP1_Target1p/dt = grasp_back - dephosphorylate     : mmolar
    dPP1/dt          = dephosphorylate - grasp_back     : mmolar
    """,
    level="Target1p",
    method="chebyshev",
    parameters={
        "kfD1R_DA": _binding(0.05, "dopamine binds the free receptor"),
        "krD1R_DA": _per_second(250, "dopamine unbinds from the free receptor"),
        "kfD1RGolf_DA": _binding(0.05, "dopamine binds the coupled receptor"),
        "krD1RGolf_DA": _per_second(250, "dopamine unbinds from the coupled receptor"),
        "kfD1R_Golf": _binding(0.06, "Golf couples to the empty receptor"),
        "krD1R_Golf": _per_second(250, "Golf dissociates from the empty receptor"),
        "kfD1RDA_Golf": _binding(0.06, "Golf couples to the bound receptor"),
        "krD1RDA_Golf": _per_second(250, "Golf dissociates from the bound receptor"),
        "kactGolf": _per_second(15, "the active receptor dissociates Golf"),
        "kGaolfGTPase": _per_second(30, "the alpha subunit hydrolyses GTP"),
        "kGolfback": _binding(100, "the subunits of Golf reassociate"),
        "kfAC5XGaolfGTP": _binding(10, "the alpha subunit binds the cyclase"),
        "krAC5XGaolfGTP": _per_second(1, "the alpha subunit dissociates from the cyclase"),
        "kfAC5_ATP": _binding(1e-4, "ATP binds the cyclase"),
        "kfAC5GaolfGTP_ATP": _binding(0.00255, "ATP binds the active cyclase"),
        "krAC5X_ATP": _per_second(1, "ATP unbinds from the cyclase"),
        "kcatAC5_ATP": _per_second(1, "the cyclase synthesises cAMP"),
        "kicatAC5_ATP": _binding(0.002, "reverse reaction of cAMP synthesis"),
        "kcatAC5GaolfGTP_ATP": _per_second(50, "the active cyclase synthesises cAMP"),
        "kicatAC5GaolfGTP_ATP": _binding(2.55, "reverse reaction of cAMP synthesis by the active cyclase"),
        "krgso": _per_second(1, "GTP is hydrolysed on the cyclase"),
        "ATP": Parameter(5 * mM, "ATP, clamped", CODE, low=0 * mM, evidence="reported"),
        "kfPDE4_cAMP": _binding(0.03, "PDE4 binds cAMP"),
        "krPDE4_cAMP": _per_second(1, "PDE4 releases cAMP"),
        "kcatPDE4_cAMP": _per_second(2.5, "PDE4 degrades cAMP"),
        "kfPDE10_cAMP": Parameter(
            1e-6 / (nM**2 * second),
            "two cAMP activate PDE10",
            CODE,
            low=0 / (nM**2 * second),
            evidence="reported",
        ),
        "krPDE10_cAMP": _per_second(1, "PDE10 deactivates"),
        "kfcAMP_PDE10": _binding(0.1, "PDE10 binds cAMP"),
        "krcAMP_PDE10": _per_second(2, "PDE10 releases cAMP"),
        "kcatcAMP_PDE10": _per_second(3, "PDE10 degrades cAMP"),
        "kfPDE10c_cAMP": _binding(0.1, "activated PDE10 binds cAMP"),
        "krPDE10c_cAMP": _per_second(2, "activated PDE10 releases cAMP"),
        "kcatPDE10c_cAMP": _per_second(10, "activated PDE10 degrades cAMP"),
        "kfPKA_2cAMP": _binding(0.026, "PKA binds its first pair of cAMP"),
        "krPKA_2cAMP": _per_second(350, "the first pair unbinds"),
        "kfPKA2cAMP_2cAMP": _binding(0.0346, "PKA binds its second pair of cAMP"),
        "krPKA2cAMP_2cAMP": _per_second(50, "the second pair unbinds"),
        "krPKAc_PKAr": _per_second(50, "PKA releases its catalytic subunit"),
        "kfPKAc_PKAr": _binding(0.03, "the subunits of PKA reassociate"),
        "kfPKAc_Target1": _binding(0.08, "PKAc binds the target"),
        "krPKAc_Target1": _per_second(10, "PKAc unbinds from the target"),
        "kcatPKAc_Target1": _per_second(10, "PKAc phosphorylates the target"),
        "kfPP1_Target1p": _binding(0.001, "PP1 binds the phosphorylated target"),
        "krPP1_Target1p": _per_second(10, "PP1 unbinds from the target"),
        "kcatPP1_Target1p": _per_second(5, "PP1 dephosphorylates the target"),
    },
    # Published (the same file): the steady state at 20 nM dopamine.
    initial={
        "D1R": 1476.9984 * nM,
        "D1RDA": 5.959225 * nM,
        "D1RGolf": 515.0334 * nM,
        "D1RDAGolf": 2.008902 * nM,
        "Golf": 1453.0726 * nM,
        "Gbgolf": 29.885124 * nM,
        "GaolfGTP": 0.008913481 * nM,
        "GaolfGDP": 0.010083121 * nM,
        "AC5": 2.6694465 * nM,
        "AC5GaolfGTP": 0.118090406 * nM,
        "AC5_ATP": 667.4644 * nM,
        "AC5GaolfGTP_ATP": 29.748037 * nM,
        "cAMP": 38.186016 * nM,
        "PDE4": 1506.8085 * nM,
        "PDE4_cAMP": 493.19153 * nM,
        "PDE10": 396.45627 * nM,
        "PDE10_cAMP": 302.78168 * nM,
        "PDE10c": 0.5781013 * nM,
        "PDE10c_cAMP": 0.18396154 * nM,
        "PKA": 1157.1414 * nM,
        "PKAcAMP2": 3.2824342 * nM,
        "PKAcAMP4": 0.08673742 * nM,
        "PKAreg": 39.48949 * nM,
        "PKAc": 3.6607807 * nM,
        "PKAc_Target1": 36.82871 * nM,
        "Target1": 2515.0857 * nM,
        "Target1p": 377.42807 * nM,
        "PP1_Target1p": 73.65742 * nM,
        "PP1": 2927.3425 * nM,
    },
)
