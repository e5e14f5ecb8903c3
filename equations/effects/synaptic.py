"""What a modulator does to a synapse: after it, a gain; before it, a release probability.

    gain → gain (1 + gain_change · level)          all spikes of a train alike
    U    → U (1 − presynaptic_block · level)       the first ones most: later ones find more vesicles

Presynaptic receptors that lower release, such as D2, M4, 5-HT1B and adenosine's A1, are of the second kind.
Which sign and size a receptor has at which synapse is the user's to say; the numbers here are assumed.
"""

from neuromodsim.description.model import EffectModel, Parameter
from neuromodsim.equations.sources import TSODYKS_1998

SYNAPTIC_GAIN = EffectModel(
    name="synaptic_gain",
    summary="A level that scales synaptic efficacy.",
    source=TSODYKS_1998,
    changes={"gain": "gain*(1 + gain_change*level)"},
    reads=("level",),
    parameters={
        "gain_change": Parameter(0.5, "relative change at a level of one", low=-1.0, evidence="assumed"),
    },
)

RELEASE_PROBABILITY = EffectModel(
    name="release_probability",
    summary="A level that lowers the release probability of a synapse.",
    source=TSODYKS_1998,
    changes={"U": "U*(1 - presynaptic_block*level)"},
    reads=("level",),
    parameters={
        "presynaptic_block": Parameter(
            0.5, "fraction by which a level of one reduces release", low=0.0, high=1.0, evidence="assumed"
        ),
    },
)
