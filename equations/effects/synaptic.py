"""Modulation of a synapse: postsynaptic gain and presynaptic release probability.

    gain → gain (1 + gain_change · level)          all spikes of a train equally
    U    → U (1 − presynaptic_block · level)       mostly the first ones: later ones find more vesicles

Presynaptic receptors that lower release, such as D2, M4, 5-HT1B and adenosine's A1, are of the second kind.
Sign and size depend on receptor and synapse, and must be chosen by the user; the values here are assumed.
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
