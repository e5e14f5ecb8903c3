"""Noradrenaline's pool in slices of the locus coeruleus: assembled, with low confidence.

No parametrised model of noradrenaline's spread was found. What was measured (Palij and Stamford 1994) is the
half-life of uptake, 2.93 s, at 0.31 µmolar; ``V_max = K_m ln 2 / t½`` gives it back in the linear range, and
0.31 µmolar beside an assumed ``K_m`` of 0.4 is not quite there: the simulated half-life is longer for high
peaks. Noradrenaline reaches ten times as far as striatal dopamine before it is taken up (37 against 3.4
µm), which makes it the modulator for which a well mixed pool is the best approximation.

Desipramine at the concentration of that article lengthened the half-life to 4.1 times.
"""

from dataclasses import replace

from brian2 import second
from brian2.units.allunits import nmolar

from neuromodsim.description.model import Parameter
from neuromodsim.equations.clearance.michaelis_menten import AS_DOPAMINE, EXTRACELLULAR
from neuromodsim.equations.sources import PALIJ_1994

NA_LC_SLICE = replace(EXTRACELLULAR, transporters={"NET": "K_m"}).preset(
    name="na_lc_slice",
    summary="Noradrenaline in slices of the locus coeruleus: uptake within seconds.",
    source=PALIJ_1994,
    V_max=Parameter(
        94.63 * nmolar / second, "", "K_m*ln(2)/(2.93 s), half-life measured", evidence="derived"
    ),
    K_m=Parameter(400 * nmolar, "", "order of the transporter's affinity", evidence="assumed"),
    **AS_DOPAMINE,
)
