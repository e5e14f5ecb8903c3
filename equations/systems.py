"""What the catalogue has of each neuromodulator: nuclei, release, clearance, receptors, effects, sensors.

A new model of a neuromodulator gets its line here, and with it a place on the page that ``neuromodsim show``
prints of the neuromodulator or the receptor.
"""

from neuromodsim.description.system import NeuromodulatorySystem, Receptor
from neuromodsim.equations.clearance.acetylcholine import ACH_AMBIENT, ACH_FAST
from neuromodsim.equations.clearance.agonist import DOPAMINE_PUFF, NORADRENALINE_PUFF, SEROTONIN_PUFF
from neuromodsim.equations.clearance.dopamine import (
    DA_DS_EJDRUP,
    DA_SNC_DREYER,
    DA_SOMA,
    DA_VS_EJDRUP,
    DA_VTA_DREYER,
)
from neuromodsim.equations.clearance.noradrenaline import NA_LC_SLICE
from neuromodsim.equations.clearance.serotonin import (
    SEROTONIN_RAPHE_BUNIN,
    SEROTONIN_SNR_BUNIN,
    SEROTONIN_TERMINAL_REED,
)
from neuromodsim.equations.clearance.two_uptakes import TWO_UPTAKES
from neuromodsim.equations.effects.acetylcholine_on_dopamine import (
    AXONAL_BRAKING,
    AXONAL_BRAKING_VENTRAL,
    NICOTINIC_DRIVE,
    NICOTINIC_SPIKES,
)
from neuromodsim.equations.effects.alpha2a_h_current import ALPHA2A_H_CURRENT
from neuromodsim.equations.effects.autoreceptors import SOMATIC_AUTORECEPTOR, TERMINAL_AUTORECEPTOR
from neuromodsim.equations.effects.background import BACKGROUND_GAIN, PATIENCE
from neuromodsim.equations.effects.bursting_ended import BURSTING_ENDED
from neuromodsim.equations.effects.dopamine_on_cholinergic import CHOLINERGIC_D2, CHOLINERGIC_M4
from neuromodsim.equations.effects.girk import GIRK
from neuromodsim.equations.effects.input_gain import INPUT_GAIN
from neuromodsim.equations.effects.m1_adaptation import M1_ADAPTATION
from neuromodsim.equations.effects.medium_spiny import (
    MEDIUM_SPINY_D1,
    MEDIUM_SPINY_D1_CURRENT,
    MEDIUM_SPINY_D1_NETWORK,
    MEDIUM_SPINY_D1_TUNED,
    MEDIUM_SPINY_D2,
    MEDIUM_SPINY_D2_NETWORK,
    MEDIUM_SPINY_D2_TUNED,
)
from neuromodsim.equations.effects.muscarinic_autoreceptor import MUSCARINIC_AUTORECEPTOR
from neuromodsim.equations.effects.net_takes_dopamine import NET_TAKES_DOPAMINE
from neuromodsim.equations.effects.noradrenergic_bursting import NORADRENERGIC_BURSTING
from neuromodsim.equations.effects.plasticity_above_rest import PLASTICITY_ABOVE_REST
from neuromodsim.equations.effects.plasticity_rate import FASTER_PLASTICITY, PROTECTION
from neuromodsim.equations.effects.serotonin_autoreceptor import SEROTONIN_BRAKE_AT_ONCE, SEROTONIN_BRAKE_SLOW
from neuromodsim.equations.effects.synaptic import RELEASE_PROBABILITY, SYNAPTIC_GAIN
from neuromodsim.equations.messengers.camp import CAMP_D1, CAMP_D2
from neuromodsim.equations.messengers.d1_pka import D1_PKA
from neuromodsim.equations.messengers.nair_2015 import D1_M4_GATE
from neuromodsim.equations.neurons.nuclei.basal_forebrain import BASAL_FOREBRAIN_NEURON
from neuromodsim.equations.neurons.nuclei.dopamine import DOPAMINE_NEURON
from neuromodsim.equations.neurons.nuclei.dorsal_raphe import (
    DORSAL_RAPHE_NEURON,
    RAPHE_GABA,
    RAPHE_SEROTONIN,
    RAPHE_SEROTONIN_WARM,
)
from neuromodsim.equations.neurons.nuclei.locus_coeruleus import LOCUS_COERULEUS_NEURON
from neuromodsim.equations.neurons.nuclei.striatal_cholinergic import STRIATAL_CHOLINERGIC_INTERNEURON
from neuromodsim.equations.plasticity.dopamine_stdp import DOPAMINE_STDP
from neuromodsim.equations.plasticity.dopamine_window import DOPAMINE_WINDOW
from neuromodsim.equations.plasticity.graupner_brunel import (
    GRAUPNER_BRUNEL_CORTEX,
    GRAUPNER_BRUNEL_CULTURE,
    GRAUPNER_BRUNEL_SLICE,
)
from neuromodsim.equations.plasticity.pull_push import PULL_PUSH
from neuromodsim.equations.plasticity.reward_stdp import REWARD_STDP
from neuromodsim.equations.plasticity.sequential import SEQUENTIAL, SEQUENTIAL_SUGISAKI
from neuromodsim.equations.plasticity.transforming_traces import TRANSFORMING_TRACES
from neuromodsim.equations.receptors.acetylcholine import (
    M1,
    M2_M4,
    NICOTINIC_ALPHA4BETA2,
    NICOTINIC_ALPHA7,
)
from neuromodsim.equations.receptors.axonal_brake import AXONAL_BRAKE, AXONAL_BRAKE_VENTRAL
from neuromodsim.equations.receptors.dopamine import (
    D1_DREYER,
    D1_EJDRUP,
    D1_HUNGER,
    D1_LINDROOS,
    D2_DREYER,
    D2_EJDRUP,
    D2_HUNGER,
    D2_SOMA_DREYER,
    D2_TERMINAL_DREYER,
)
from neuromodsim.equations.receptors.ht1b_cascade import HT1B_AT_ONCE, HT1B_CASCADE
from neuromodsim.equations.receptors.noradrenaline import ALPHA1, ALPHA2A, BETA
from neuromodsim.equations.receptors.opponents import A2A_DREYER, M4_DREYER
from neuromodsim.equations.receptors.serotonin import SEROTONIN_1A, SEROTONIN_1B, SEROTONIN_2A, SEROTONIN_2C
from neuromodsim.equations.release.facilitation_depression import FACILITATION_DEPRESSION
from neuromodsim.equations.release.mean_field import MEAN_FIELD_RELEASE, MEAN_FIELD_RELEASE_VENTRAL
from neuromodsim.equations.release.phasic_dopamine import PHASIC_DOPAMINE
from neuromodsim.equations.release.quantal import QUANTAL_RELEASE
from neuromodsim.equations.release.release_all import (
    RELEASE_ALL,
    RELEASE_ALL_ACETYLCHOLINE,
    RELEASE_ALL_ACETYLCHOLINE_FAST,
    RELEASE_ALL_SNC,
    RELEASE_ALL_SOMA,
)
from neuromodsim.equations.release.serotonin_vesicles import SEROTONIN_VESICLES
from neuromodsim.equations.release.vesicle_pool import VESICLE_POOL
from neuromodsim.equations.sensors.photometry import (
    DLIGHT1_1,
    DLIGHT1_3B,
    GRAB_5HT1,
    GRAB_ACH3,
    GRAB_DA1H,
    GRAB_DA1M,
    GRAB_NE1M,
)
from neuromodsim.equations.sensors.voltammetry import VOLTAMMETRY

DOPAMINE = NeuromodulatorySystem(
    name="dopamine",
    summary="Dopamine of the ventral tegmental area and the substantia nigra.",
    symbols=("DA",),
    nuclei=(DOPAMINE_NEURON,),
    release=(
        QUANTAL_RELEASE,
        MEAN_FIELD_RELEASE,
        MEAN_FIELD_RELEASE_VENTRAL,
        RELEASE_ALL,
        RELEASE_ALL_SNC,
        RELEASE_ALL_SOMA,
        FACILITATION_DEPRESSION,
        PHASIC_DOPAMINE,
    ),
    compartments=(DA_DS_EJDRUP, DA_VS_EJDRUP, DA_VTA_DREYER, DA_SNC_DREYER, DA_SOMA, DOPAMINE_PUFF),
    receptors={
        "D1": Receptor((D1_EJDRUP, D1_DREYER, D1_HUNGER, D1_LINDROOS)),
        "D2": Receptor((D2_EJDRUP, D2_DREYER, D2_HUNGER, D2_TERMINAL_DREYER, D2_SOMA_DREYER)),
    },
    cascades=(CAMP_D1, CAMP_D2, D1_PKA, D1_M4_GATE),
    effects=(
        MEDIUM_SPINY_D1,
        MEDIUM_SPINY_D1_CURRENT,
        MEDIUM_SPINY_D1_NETWORK,
        MEDIUM_SPINY_D1_TUNED,
        MEDIUM_SPINY_D2,
        MEDIUM_SPINY_D2_NETWORK,
        MEDIUM_SPINY_D2_TUNED,
        CHOLINERGIC_D2,
        TERMINAL_AUTORECEPTOR,
        SOMATIC_AUTORECEPTOR,
        GIRK,
        INPUT_GAIN,
        SYNAPTIC_GAIN,
        RELEASE_PROBABILITY,
        PLASTICITY_ABOVE_REST,
    ),
    plasticity=(
        DOPAMINE_STDP,
        DOPAMINE_WINDOW,
        REWARD_STDP,
        SEQUENTIAL,
        SEQUENTIAL_SUGISAKI,
        GRAUPNER_BRUNEL_CORTEX,
        GRAUPNER_BRUNEL_CULTURE,
        GRAUPNER_BRUNEL_SLICE,
    ),
    sensors=(DLIGHT1_1, DLIGHT1_3B, GRAB_DA1M, GRAB_DA1H, VOLTAMMETRY),
)

ACETYLCHOLINE = NeuromodulatorySystem(
    name="acetylcholine",
    summary="Acetylcholine of the basal forebrain and of striatal interneurons.",
    symbols=("ACh",),
    nuclei=(BASAL_FOREBRAIN_NEURON, STRIATAL_CHOLINERGIC_INTERNEURON),
    release=(RELEASE_ALL_ACETYLCHOLINE, RELEASE_ALL_ACETYLCHOLINE_FAST),
    compartments=(ACH_AMBIENT, ACH_FAST),
    receptors={
        "M1": Receptor((M1,)),
        "M2": Receptor((M2_M4,)),
        "M4": Receptor((M2_M4, M4_DREYER)),
        "alpha4beta2": Receptor((NICOTINIC_ALPHA4BETA2,), also=("nicotinic", "nAChR")),
        "alpha7": Receptor((NICOTINIC_ALPHA7,)),
    },
    cascades=(AXONAL_BRAKE, AXONAL_BRAKE_VENTRAL, CAMP_D1, D1_M4_GATE),
    effects=(
        AXONAL_BRAKING,
        AXONAL_BRAKING_VENTRAL,
        NICOTINIC_DRIVE,
        NICOTINIC_SPIKES,
        CHOLINERGIC_M4,
        MUSCARINIC_AUTORECEPTOR,
        M1_ADAPTATION,
        BURSTING_ENDED,
        PROTECTION,
        INPUT_GAIN,
        SYNAPTIC_GAIN,
        RELEASE_PROBABILITY,
    ),
    plasticity=(
        SEQUENTIAL,
        SEQUENTIAL_SUGISAKI,
        PULL_PUSH,
        GRAUPNER_BRUNEL_CORTEX,
        GRAUPNER_BRUNEL_CULTURE,
        GRAUPNER_BRUNEL_SLICE,
    ),
    sensors=(GRAB_ACH3,),
)

SEROTONIN = NeuromodulatorySystem(
    name="serotonin",
    summary="Serotonin of the raphe nuclei.",
    symbols=("5-HT",),
    nuclei=(DORSAL_RAPHE_NEURON, RAPHE_SEROTONIN, RAPHE_SEROTONIN_WARM, RAPHE_GABA),
    release=(SEROTONIN_VESICLES, RELEASE_ALL),
    compartments=(
        SEROTONIN_RAPHE_BUNIN,
        SEROTONIN_SNR_BUNIN,
        SEROTONIN_TERMINAL_REED,
        TWO_UPTAKES,
        SEROTONIN_PUFF,
    ),
    receptors={
        "5-HT1A": Receptor((SEROTONIN_1A,), also=("serotonin_1A",)),
        "5-HT1B": Receptor((SEROTONIN_1B, HT1B_CASCADE, HT1B_AT_ONCE), also=("serotonin_1B",)),
        "5-HT2A": Receptor((SEROTONIN_2A,), also=("serotonin_2A",)),
        "5-HT2C": Receptor((SEROTONIN_2C,), also=("serotonin_2C",)),
    },
    effects=(SEROTONIN_BRAKE_SLOW, SEROTONIN_BRAKE_AT_ONCE, GIRK, PATIENCE),
    plasticity=(TRANSFORMING_TRACES,),
    sensors=(GRAB_5HT1, VOLTAMMETRY),
)

NORADRENALINE = NeuromodulatorySystem(
    name="noradrenaline",
    summary="Noradrenaline of the locus coeruleus.",
    symbols=("NA", "NE", "norepinephrine"),
    nuclei=(LOCUS_COERULEUS_NEURON,),
    release=(VESICLE_POOL,),
    compartments=(NA_LC_SLICE, NORADRENALINE_PUFF),
    receptors={
        "alpha1": Receptor((ALPHA1,)),
        "alpha2A": Receptor((ALPHA2A,)),
        "beta": Receptor((BETA,), also=("beta1", "beta2")),
    },
    effects=(
        ALPHA2A_H_CURRENT,
        TERMINAL_AUTORECEPTOR,
        GIRK,
        M1_ADAPTATION,
        NORADRENERGIC_BURSTING,
        BACKGROUND_GAIN,
        FASTER_PLASTICITY,
        INPUT_GAIN,
        SYNAPTIC_GAIN,
        NET_TAKES_DOPAMINE,
    ),
    plasticity=(
        PULL_PUSH,
        TRANSFORMING_TRACES,
        GRAUPNER_BRUNEL_CORTEX,
        GRAUPNER_BRUNEL_CULTURE,
        GRAUPNER_BRUNEL_SLICE,
    ),
    sensors=(GRAB_NE1M, VOLTAMMETRY),
)

ADENOSINE = NeuromodulatorySystem(
    name="adenosine",
    summary="Adenosine, which opposes dopamine in the indirect pathway.",
    receptors={"A2A": Receptor((A2A_DREYER,))},
    cascades=(CAMP_D2,),
)
