"""cAMP as one variable: two receptors act on the cyclase in opposite directions, and cAMP decays.

In direct pathway neurons D1 receptors drive adenylyl cyclase and M4 receptors inhibit it; in indirect
pathway neurons A2A receptors drive it and D2 receptors inhibit it. The drive is the rectified difference of
the two occupancies; phosphodiesterase degrades cAMP at a fixed rate.

    D1 or A2A ──►  max(up - down, 0) ──► cAMP ──► decay
    M4 or D2  ──┤

From the dopamine toolbox of J. Dreyer, which builds on the source named here; the paper itself stops at
the receptors. cAMP is in the toolbox's own unit, not tied to a concentration: between 0.1 and 10 a cell
leaves the numbers of its receptors alone. The slow change of these numbers, which the toolbox has, is
left out here, and so is all that lies between receptor and cyclase: no G protein, no amplification, no
saturation. The gate is therefore a threshold, and above it a sum. The products of a burst with a pause
that Nair et al. (2015) find are in another, larger model.
"""

from brian2.units import second

from neuromodsim.description.model import ModulatorModel, Parameter
from neuromodsim.equations.sources import DREYER_2013

CODE = "Dopamine-Simulation-Tools, postsynaptic.py"

CAMP_D1 = ModulatorModel(
    name="camp_d1",
    summary="cAMP of a direct pathway neuron: stimulated by D1 and inhibited by M4 receptors.",
    source=DREYER_2013,
    equations="""
    occupancy_up   : 1 (linked)  # of the receptor that drives the cyclase
    occupancy_down : 1 (linked)  # of the inhibitory receptor
    drive = clip(B_up*occupancy_up - B_down*occupancy_down, 0, inf)/second : Hz  # of the cyclase
    dcAMP/dt = drive - k_PDE*cAMP                                          : 1
    """,
    level="cAMP",
    method="rk2",
    parameters={
        "B_up": Parameter(
            18.0, "weight of D1: cAMP synthesis rate at full occupancy", CODE, evidence="reported"
        ),
        "B_down": Parameter(10.0, "weight of M4", CODE, evidence="reported"),
        "k_PDE": Parameter(
            0.1 / second,
            "phosphodiesterase",
            f"{CODE}, after Yapo et al. 2017",
            0 / second,
            evidence="reported",
        ),
    },
    initial={"cAMP": 0.2},  # twice the lower limit, where the toolbox starts
    ranges={"cAMP": (0.0, None)},
)

CAMP_D2 = CAMP_D1.preset(
    name="camp_d2",
    summary="cAMP of an indirect pathway neuron: stimulated by A2A and inhibited by D2 receptors.",
    source=DREYER_2013,
    B_up=Parameter(25.0, "weight of A2A: cAMP synthesis rate at full occupancy", CODE, evidence="reported"),
    B_down=Parameter(50.0, "weight of D2", CODE, evidence="reported"),
)
