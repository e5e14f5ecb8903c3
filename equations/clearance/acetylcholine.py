"""Two extracellular compartments of acetylcholine: ambient, and near release sites.

Acetylcholine acts by wired and by volume transmission, and its clearance rate is uncertain by a factor of a
thousand. The slow end is that of Dreyer's model of striatal interneurons, a linear loss of 1.2/s; here the
enzyme density reproduces this rate. The fast end, 100/s, represents the range from 10 to 1000/s. Both
parameter sets were compiled from several sources; confidence is low.
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
