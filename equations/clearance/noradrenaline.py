"""Extracellular noradrenaline in slices of the locus coeruleus, compiled from several sources.

No parametrised model of noradrenaline diffusion was found. The measured quantity (Palij and Stamford 1994)
is the half-life of uptake, 2.93 s, at 0.31 µmolar; ``V_max = K_m ln 2 / t½`` reproduces it in the linear
range. With an assumed ``K_m`` of 0.4, 0.31 µmolar is outside this range: the simulated half-life is longer
for high peaks. Noradrenaline spreads ten times as far as striatal dopamine before uptake (37 against 3.4
µm), which makes it the modulator for which a well-mixed compartment is the best approximation.

Desipramine at the concentration of that article increased the half-life 4.1-fold.
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
