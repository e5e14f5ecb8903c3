"""Serotonin's receptors, as simple occupancies.

5-HT1A is given the concentration that half-activates its potassium current (30 to 100 nmolar); binding
studies say 1 to 10. 5-HT1B has the binding step of the terminal model of Best, Reed et al. (2020): 36 per
µmolar and hour on, 20 per hour off, so that it takes 162 s at 60 nmolar; the cascade behind it is a model
of its own. 5-HT2A and 5-HT2C have remembered affinities and assumed rates.
"""

from brian2 import second
from brian2.units.allunits import nmolar

from neuromodsim.description.model import Parameter
from neuromodsim.equations.receptors.occupancy import RECEPTOR
from neuromodsim.equations.sources import ALEXANDER_2019, BEST_2020

HOUR = 3600 * second
RATE = Parameter(1 / second, "", "no rate was found", evidence="assumed")

SEROTONIN_1A = RECEPTOR.preset(
    name="serotonin_1a",
    summary="5-HT1A: opens potassium channels, which inhibit raphe neurons.",
    source=ALEXANDER_2019,
    K_d=Parameter(
        50 * nmolar, "", "half of the potassium current at 30 to 100 nmolar", evidence="unverified"
    ),
    k_off=Parameter(0.5 / second, "", "current that ends within 2 s", evidence="unverified"),
)

SEROTONIN_1B = RECEPTOR.preset(
    name="serotonin_1b",
    summary="5-HT1B: the autoreceptor on terminals, bound for minutes.",
    source=BEST_2020,
    K_d=Parameter(
        20 / 36 * 1000 * nmolar, "", "published terminal program: 20/36 umolar", evidence="reported"
    ),
    k_off=Parameter(20 / HOUR, "", "published terminal program", evidence="reported"),
)

SEROTONIN_2A = RECEPTOR.preset(
    name="serotonin_2a",
    summary="5-HT2A: depolarises and lowers the afterhyperpolarisation through Gq.",
    source=ALEXANDER_2019,
    K_d=Parameter(200 * nmolar, "", "0.1 to 0.3 umolar", evidence="unverified"),
    k_off=RATE,
)

SEROTONIN_2C = RECEPTOR.preset(
    name="serotonin_2c",
    summary="5-HT2C: converts an eligibility trace for depression into depression.",
    source=ALEXANDER_2019,
    K_d=Parameter(30 * nmolar, "", "10 to 60 nmolar", evidence="unverified"),
    k_off=RATE,
)
