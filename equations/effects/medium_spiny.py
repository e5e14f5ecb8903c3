"""Effects of dopamine on medium spiny neurons: D1 in the direct pathway, D2 in the indirect one.

    D1:  v_rest → v_rest (1 + K φ)    more inward rectifier: rests lower
         u_jump → u_jump (1 − L φ)    more L-type calcium: less adaptation, fires more once it fires
         NMDA   → NMDA (1 + β1 φ)
    D2:  k      → k (1 − α φ)         a shallower membrane
         AMPA   → AMPA (1 − β2 φ)

φ is the fraction of active receptors, from 0 to 1: the occupancies ``D1`` and ``D2``.

Published copies differ in signs. ``v_rest`` is negative, so that a positive K lowers it. A smaller k makes
the parabola between rest and threshold shallower: for the same current the cell gets closer to threshold,
so that D2 *raises* firing to injected current and lowers it to synaptic input, through AMPA, which the
article finds to dominate. The article's own program (ModelDB 128818) has AMPA times (1 − β2 φ) and NMDA
times (1 + β1 φ). The later network (ModelDB 128874) has (1 **+** β2 φ), the opposite sign, and a misspelt
variable that leaves the D1 current active in D2 cells; neither is adopted.

Three parameter sets, which differ in the strength of the synaptic effects:

    set                                            K       L      β1     α      β2
    ``medium_spiny_d1``, ``_d2`` (two programs)    0.0289  0.331  0.5    0.032  0.3
    ``_tuned`` (transcription of the article)      0.0289  0.331  6.3    0.032  0.215
    ``_network`` (ModelDB 128874, at φ = 0.1)      none    none   3.75   0.03   0.156

One copy of the first set has L = 0.221. The network's set has a current in place of K and L.
"""

from brian2 import mV, nS

from neuromodsim.description.model import EffectModel, Parameter
from neuromodsim.equations.neurons.medium_spiny_humphries import NETWORK, TRANSCRIBED, USERS
from neuromodsim.equations.sources import HUMPHRIES_2009

NOT_THERE = "not in this program, which has a current instead"

MEDIUM_SPINY_D1 = EffectModel(
    name="medium_spiny_d1",
    summary="D1 lowers the resting potential of medium spiny neurons and raises suprathreshold firing.",
    source=HUMPHRIES_2009,
    changes={
        "v_rest": "v_rest*(1 + D1_rest*D1)",
        "u_jump": "u_jump*(1 - D1_jump*D1)",
        "gain_nmda": "gain_nmda*(1 + D1_nmda*D1)",
    },
    reads=("D1",),
    parameters={
        "D1_rest": Parameter(
            0.0289, "K: reduction of the resting potential", USERS, low=0.0, high=1.0, evidence="reported"
        ),
        "D1_jump": Parameter(
            0.331, "L: reduction of adaptation", USERS, low=0.0, high=1.0, evidence="reported"
        ),
        "D1_nmda": Parameter(0.5, "beta1: increase of NMDA", USERS, low=0.0, high=100.0, evidence="reported"),
    },
)

MEDIUM_SPINY_D1_TUNED = MEDIUM_SPINY_D1.preset(
    name="medium_spiny_d1_tuned",
    summary="D1 on medium spiny neurons, with the article's strong effect on NMDA.",
    source=HUMPHRIES_2009,
    D1_nmda=Parameter(6.3, "", TRANSCRIBED, evidence="reported"),
)

MEDIUM_SPINY_D1_NETWORK = MEDIUM_SPINY_D1.preset(
    name="medium_spiny_d1_network",
    summary="D1 on NMDA alone, with the value of the striatal network.",
    source=HUMPHRIES_2009,
    D1_rest=Parameter(0.0, "", NOT_THERE, evidence="reported"),
    D1_jump=Parameter(0.0, "", NOT_THERE, evidence="reported"),
    D1_nmda=Parameter(3.75, "", NETWORK, evidence="reported"),
)

MEDIUM_SPINY_D2 = EffectModel(
    name="medium_spiny_d2",
    summary="D2 reduces k and AMPA of medium spiny neurons.",
    source=HUMPHRIES_2009,
    changes={
        "k": "k*(1 - D2_membrane*D2)",
        "gain_ampa": "gain_ampa*(1 - D2_ampa*D2)",
    },
    reads=("D2",),
    parameters={
        "D2_membrane": Parameter(
            0.032, "alpha: reduction of k", USERS, low=0.0, high=1.0, evidence="reported"
        ),
        "D2_ampa": Parameter(0.3, "beta2: reduction of AMPA", USERS, low=0.0, high=1.0, evidence="reported"),
    },
)

MEDIUM_SPINY_D2_TUNED = MEDIUM_SPINY_D2.preset(
    name="medium_spiny_d2_tuned",
    summary="D2 on medium spiny neurons, by a transcription of the article.",
    source=HUMPHRIES_2009,
    D2_ampa=Parameter(0.215, "", TRANSCRIBED, evidence="reported"),
)

MEDIUM_SPINY_D2_NETWORK = MEDIUM_SPINY_D2.preset(
    name="medium_spiny_d2_network",
    summary="D2 on medium spiny neurons, with the values of the striatal network and the sign of the article.",
    source=HUMPHRIES_2009,
    D2_membrane=Parameter(0.03, "", NETWORK, evidence="reported"),
    D2_ampa=Parameter(0.156, "", f"{NETWORK}, where the sign is the opposite", evidence="reported"),
)

MEDIUM_SPINY_D1_CURRENT = EffectModel(
    name="medium_spiny_d1_current",
    summary="A current added by D1 that drives the membrane away from -68 mV, in both directions.",
    source=HUMPHRIES_2009,
    changes={"input_current": "input_current + D1*g_dopamine*(v - E_dopamine)"},
    reads=("D1",),
    parameters={
        "g_dopamine": Parameter(
            22.7 * nS, "conductance of the current", NETWORK, low=0 * nS, evidence="reported"
        ),
        "E_dopamine": Parameter(-68.4 * mV, "reversal potential", NETWORK, evidence="reported"),
    },
)
