"""Receptors that oppose dopamine at adenylyl cyclase: M4 in the direct pathway, A2A in the indirect one.

In the toolbox of J. Dreyer, both have the rates of its postsynaptic dopamine receptors, in the absence of
other data, and acetylcholine or adenosine is constant at 100 nM by default.
"""

from brian2 import second
from brian2.units.stdunits import nM

from neuromodsim.description.model import Parameter
from neuromodsim.equations.receptors.occupancy import RECEPTOR
from neuromodsim.equations.sources import DREYER_2013

CODE = "Dopamine-Simulation-Tools, postsynaptic.py"
K_D = Parameter(1000 * nM, "", CODE, evidence="reported")
K_OFF = Parameter(10 / second, "", CODE, evidence="reported")

M4_DREYER = RECEPTOR.preset(
    name="m4_dreyer",
    summary="M4 with the rates of postsynaptic dopamine receptors: inhibits the direct pathway.",
    source=DREYER_2013,
    K_d=K_D,
    k_off=K_OFF,
)

A2A_DREYER = RECEPTOR.preset(
    name="a2a_dreyer",
    summary="A2A with the rates of postsynaptic dopamine receptors: drives the indirect pathway.",
    source=DREYER_2013,
    K_d=K_D,
    k_off=K_OFF,
)
