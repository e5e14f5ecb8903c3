"""Acetylcholine's two pools: what spills over and stays, and what a synapse sees.

Acetylcholine works both by wiring and by volume, and its clearance is known within a factor of a thousand
only. The slow end is Dreyer's pool of a striatal interneuron, 1.2/s, as a linear loss; here the enzyme
is given the density that makes this rate. The fast end, 100/s, stands for anything between 10
and 1000/s. Both were assembled; confidence is low.
"""

from brian2.units.allunits import nmolar

from neuromodsim.description.model import Parameter
from neuromodsim.equations.clearance.enzymatic import ENZYMATIC
from neuromodsim.equations.sources import DREYER_2013, LAND_1984

ACH_AMBIENT = ENZYMATIC.preset(
    name="ach_ambient",
    summary="Ambient acetylcholine, hydrolysed within a second.",
    source=DREYER_2013,
    enzyme=Parameter(9 * nmolar, "", "k_cat*enzyme/K_m = 1.2/s, the toolbox's loss", evidence="derived"),
)

ACH_FAST = ENZYMATIC.preset(
    name="ach_fast",
    summary="Acetylcholine near its release sites, hydrolysed within 10 ms.",
    source=LAND_1984,
    enzyme=Parameter(750 * nmolar, "", "k_cat*enzyme/K_m = 100/s, out of 10 to 1000/s", evidence="assumed"),
)
