"""Noradrenaline's receptors: affinities that order what a rising level recruits, and assumed rates.

Low levels occupy α2A, which steadies working memory; higher ones α1 and β, which let it go and gate
plasticity. The affinities are remembered from binding studies and were not read again. No rate of binding
of noradrenaline itself was found; one per second is assumed for all three.
"""

from brian2 import second
from brian2.units.allunits import nmolar

from neuromodsim.description.model import Parameter
from neuromodsim.equations.receptors.occupancy import RECEPTOR
from neuromodsim.equations.sources import ALEXANDER_2019, WANG_2007

AFFINITY = "order of published affinities"
RATE = Parameter(1 / second, "", "no rate was found", evidence="assumed")

ALPHA2A = RECEPTOR.preset(
    name="alpha2a",
    summary="α2A: the adrenoceptor of highest affinity; lowers cAMP, and is the autoreceptor.",
    source=WANG_2007,
    K_d=Parameter(56 * nmolar, "", AFFINITY, evidence="unverified"),
    k_off=RATE,
)

ALPHA1 = RECEPTOR.preset(
    name="alpha1",
    summary="α1: raises calcium through Gq, depolarises, and gates depression.",
    source=ALEXANDER_2019,
    K_d=Parameter(330 * nmolar, "", AFFINITY, evidence="unverified"),
    k_off=RATE,
)

BETA = RECEPTOR.preset(
    name="beta",
    summary="β: raises cAMP, blocks the slow afterhyperpolarisation, and gates potentiation.",
    source=ALEXANDER_2019,
    K_d=Parameter(740 * nmolar, "", AFFINITY, evidence="unverified"),
    k_off=RATE,
)
