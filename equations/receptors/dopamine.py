"""Dopamine's receptors, as four groups of authors have them, beside each other.

They contradict each other by orders of magnitude, and what D1 and D2 are said to follow hangs on the choice.
Occupancy at rest with 10, 50 and 500 nmolar, and the time constant at 50 nmolar:

    source      D1                         D2
    Ejdrup      0.010 0.048 0.333  49 ms   0.59  0.88  0.99   0.61 s
    Dreyer      0.010 0.048 0.333  95 ms   0.010 0.048 0.333  95 ms
    Hunger      0.006 0.030 0.238  116 s   0.29  0.67  0.95   40 s
    Lindroos    0.002 0.010 0.091  4 ms    (none)

By Ejdrup's numbers D1 follows every burst and D2 averages seconds; by Hunger's both average minutes; by
Dreyer's the two are alike after the synapse, and the receptor that is special is the autoreceptor on
terminals, 0.09/0.33/0.83 with 2.2 s. Lindroos' D1 binds weakly and needs the amplification of its cascade.
Hunger et al. also say that a receptor's abundance limits what is bound, which is left out here.

Ejdrup's off-rate of D1 is written in the program as (1000 + 12.4)/52 per second: the rate at which half of
the response is over within a measured time. Its program starts D2 at 0.3 to 0.6, not at rest.
"""

from brian2 import second
from brian2.units.allunits import nmolar

from neuromodsim.description.model import Parameter
from neuromodsim.equations.receptors.occupancy import CODE, RECEPTOR
from neuromodsim.equations.sources import DREYER_2013, EJDRUP_2026, HUNGER_2020, LINDROOS_2018

TOOLBOX = "github.com/Lundbeck-Biometrics/Dopamine-Simulation-Tools"
AGREN = "the program, which cites Agren et al. 2021"
MODELDB = "ModelDB 237653"
MINUTE = 60 * second

D1_EJDRUP = RECEPTOR.preset(
    name="d1_ejdrup",
    summary="D1 that follows dopamine within 50 ms.",
    source=EJDRUP_2026,
    K_d=Parameter(1000 * nmolar, "", CODE, evidence="reported"),
    k_off=Parameter(1012.4 / 52 / second, "", CODE, evidence="reported"),
)

D2_EJDRUP = RECEPTOR.preset(
    name="d2_ejdrup",
    summary="D2 of high affinity that averages dopamine over seconds.",
    source=EJDRUP_2026,
    K_d=Parameter(7 * nmolar, "", AGREN, evidence="reported"),
    k_off=Parameter(0.2 / second, "", AGREN, evidence="reported"),
)

D1_DREYER = RECEPTOR.preset(
    name="d1_dreyer",
    summary="Postsynaptic D1, of low affinity.",
    source=DREYER_2013,
    K_d=Parameter(1000 * nmolar, "", TOOLBOX, evidence="reported"),
    k_off=Parameter(10 / second, "", TOOLBOX, evidence="reported"),
)

D2_DREYER = RECEPTOR.preset(
    name="d2_dreyer",
    summary="Postsynaptic D2, with the binding rates of D1.",
    source=DREYER_2013,
    K_d=Parameter(1000 * nmolar, "", TOOLBOX, evidence="reported"),
    k_off=Parameter(10 / second, "", TOOLBOX, evidence="reported"),
)

D2_TERMINAL_DREYER = RECEPTOR.preset(
    name="d2_terminal_dreyer",
    summary="D2 autoreceptor on terminals, where it lowers release.",
    source=DREYER_2013,
    K_d=Parameter(100 * nmolar, "", f"{TOOLBOX}: k_on 0.003 per nmolar and second", evidence="reported"),
    k_off=Parameter(0.3 / second, "", TOOLBOX, evidence="reported"),
)

D2_SOMA_DREYER = RECEPTOR.preset(
    name="d2_soma_dreyer",
    summary="D2 autoreceptor on cell bodies, where it slows firing.",
    source=DREYER_2013,
    K_d=Parameter(1000 * nmolar, "", f"{TOOLBOX}: k_on 0.01 per nmolar and second", evidence="reported"),
    k_off=Parameter(10 / second, "", TOOLBOX, evidence="reported"),
)

D1_HUNGER = RECEPTOR.preset(
    name="d1_hunger",
    summary="D1 that averages dopamine over minutes.",
    source=HUNGER_2020,
    K_d=Parameter(1600 * nmolar, "", "article", evidence="unverified"),
    k_off=Parameter(0.5 / MINUTE, "", "article; its abstract says minutes", evidence="unverified"),
)

D2_HUNGER = RECEPTOR.preset(
    name="d2_hunger",
    summary="D2 that averages dopamine over most of a minute.",
    source=HUNGER_2020,
    K_d=Parameter(25 * nmolar, "", "article", evidence="unverified"),
    k_off=Parameter(0.5 / MINUTE, "", "article; its abstract says minutes", evidence="unverified"),
)

D1_LINDROOS = RECEPTOR.preset(
    name="d1_lindroos",
    summary="D1 of low affinity and fast binding, upstream of an amplifying cascade.",
    source=LINDROOS_2018,
    K_d=Parameter(5000 * nmolar, "", f"{MODELDB}: 250/0.05", evidence="reported"),
    k_off=Parameter(250 / second, "", MODELDB, evidence="reported"),
)
