"""What models say: one mechanism per file, values without logic. This list is the catalogue."""

from neuromodsim.equations.clearance.acetylcholine import ACH_AMBIENT as ACH_AMBIENT
from neuromodsim.equations.clearance.acetylcholine import ACH_FAST as ACH_FAST
from neuromodsim.equations.clearance.agonist import AGONIST as AGONIST
from neuromodsim.equations.clearance.agonist import DOPAMINE_PUFF as DOPAMINE_PUFF
from neuromodsim.equations.clearance.agonist import NORADRENALINE_PUFF as NORADRENALINE_PUFF
from neuromodsim.equations.clearance.agonist import PUFF as PUFF
from neuromodsim.equations.clearance.agonist import SEROTONIN_PUFF as SEROTONIN_PUFF
from neuromodsim.equations.clearance.bath import BATH as BATH
from neuromodsim.equations.clearance.dopamine import DA_DS_EJDRUP as DA_DS_EJDRUP
from neuromodsim.equations.clearance.dopamine import DA_SNC_DREYER as DA_SNC_DREYER
from neuromodsim.equations.clearance.dopamine import DA_SOMA as DA_SOMA
from neuromodsim.equations.clearance.dopamine import DA_VS_EJDRUP as DA_VS_EJDRUP
from neuromodsim.equations.clearance.dopamine import DA_VTA_DREYER as DA_VTA_DREYER
from neuromodsim.equations.clearance.enzymatic import ENZYMATIC as ENZYMATIC
from neuromodsim.equations.clearance.michaelis_menten import EXTRACELLULAR as EXTRACELLULAR
from neuromodsim.equations.clearance.noradrenaline import NA_LC_SLICE as NA_LC_SLICE
from neuromodsim.equations.clearance.serotonin import SEROTONIN_RAPHE_BUNIN as SEROTONIN_RAPHE_BUNIN
from neuromodsim.equations.clearance.serotonin import SEROTONIN_SNR_BUNIN as SEROTONIN_SNR_BUNIN
from neuromodsim.equations.clearance.serotonin import SEROTONIN_TERMINAL_REED as SEROTONIN_TERMINAL_REED
from neuromodsim.equations.clearance.two_uptakes import TWO_UPTAKES as TWO_UPTAKES
from neuromodsim.equations.drugs.cholinesterase import DONEPEZIL as DONEPEZIL
from neuromodsim.equations.drugs.cholinesterase import NEOSTIGMINE as NEOSTIGMINE
from neuromodsim.equations.drugs.cholinesterase import PHYSOSTIGMINE as PHYSOSTIGMINE
from neuromodsim.equations.drugs.receptors import ATROPINE as ATROPINE
from neuromodsim.equations.drugs.receptors import CARBACHOL as CARBACHOL
from neuromodsim.equations.drugs.receptors import EIGHT_OH_DPAT as EIGHT_OH_DPAT
from neuromodsim.equations.drugs.receptors import GUANFACINE as GUANFACINE
from neuromodsim.equations.drugs.receptors import HALOPERIDOL as HALOPERIDOL
from neuromodsim.equations.drugs.receptors import ISOPRENALINE as ISOPRENALINE
from neuromodsim.equations.drugs.receptors import KETANSERIN as KETANSERIN
from neuromodsim.equations.drugs.receptors import OXOTREMORINE as OXOTREMORINE
from neuromodsim.equations.drugs.receptors import PRAZOSIN as PRAZOSIN
from neuromodsim.equations.drugs.receptors import PROPRANOLOL as PROPRANOLOL
from neuromodsim.equations.drugs.receptors import QUINPIROLE as QUINPIROLE
from neuromodsim.equations.drugs.receptors import RACLOPRIDE as RACLOPRIDE
from neuromodsim.equations.drugs.receptors import SCH_23390 as SCH_23390
from neuromodsim.equations.drugs.receptors import SKF_81297 as SKF_81297
from neuromodsim.equations.drugs.receptors import SULPIRIDE as SULPIRIDE
from neuromodsim.equations.drugs.receptors import WAY_100635 as WAY_100635
from neuromodsim.equations.drugs.receptors import YOHIMBINE as YOHIMBINE
from neuromodsim.equations.drugs.uptake import CITALOPRAM as CITALOPRAM
from neuromodsim.equations.drugs.uptake import COCAINE as COCAINE
from neuromodsim.equations.drugs.uptake import COCAINE_NET as COCAINE_NET
from neuromodsim.equations.drugs.uptake import COCAINE_SERT as COCAINE_SERT
from neuromodsim.equations.drugs.uptake import DESIPRAMINE as DESIPRAMINE
from neuromodsim.equations.drugs.uptake import FLUOXETINE as FLUOXETINE
from neuromodsim.equations.drugs.uptake import METHYLPHENIDATE as METHYLPHENIDATE
from neuromodsim.equations.drugs.uptake import METHYLPHENIDATE_NET as METHYLPHENIDATE_NET
from neuromodsim.equations.drugs.uptake import NOMIFENSINE as NOMIFENSINE
from neuromodsim.equations.drugs.uptake import NOMIFENSINE_NET as NOMIFENSINE_NET
from neuromodsim.equations.effects.acetylcholine_on_dopamine import AXONAL_BRAKING as AXONAL_BRAKING
from neuromodsim.equations.effects.acetylcholine_on_dopamine import (
    AXONAL_BRAKING_VENTRAL as AXONAL_BRAKING_VENTRAL,
)
from neuromodsim.equations.effects.acetylcholine_on_dopamine import NICOTINIC_DRIVE as NICOTINIC_DRIVE
from neuromodsim.equations.effects.acetylcholine_on_dopamine import NICOTINIC_SPIKES as NICOTINIC_SPIKES
from neuromodsim.equations.effects.alpha2a_h_current import ALPHA2A_H_CURRENT as ALPHA2A_H_CURRENT
from neuromodsim.equations.effects.autoreceptors import SOMATIC_AUTORECEPTOR as SOMATIC_AUTORECEPTOR
from neuromodsim.equations.effects.autoreceptors import TERMINAL_AUTORECEPTOR as TERMINAL_AUTORECEPTOR
from neuromodsim.equations.effects.background import BACKGROUND_GAIN as BACKGROUND_GAIN
from neuromodsim.equations.effects.background import PATIENCE as PATIENCE
from neuromodsim.equations.effects.bursting_ended import BURSTING_ENDED as BURSTING_ENDED
from neuromodsim.equations.effects.dopamine_on_cholinergic import CHOLINERGIC_D2 as CHOLINERGIC_D2
from neuromodsim.equations.effects.dopamine_on_cholinergic import CHOLINERGIC_M4 as CHOLINERGIC_M4
from neuromodsim.equations.effects.girk import GIRK as GIRK
from neuromodsim.equations.effects.input_gain import INPUT_GAIN as INPUT_GAIN
from neuromodsim.equations.effects.m1_adaptation import M1_ADAPTATION as M1_ADAPTATION
from neuromodsim.equations.effects.medium_spiny import MEDIUM_SPINY_D1 as MEDIUM_SPINY_D1
from neuromodsim.equations.effects.medium_spiny import MEDIUM_SPINY_D1_CURRENT as MEDIUM_SPINY_D1_CURRENT
from neuromodsim.equations.effects.medium_spiny import MEDIUM_SPINY_D1_NETWORK as MEDIUM_SPINY_D1_NETWORK
from neuromodsim.equations.effects.medium_spiny import MEDIUM_SPINY_D1_TUNED as MEDIUM_SPINY_D1_TUNED
from neuromodsim.equations.effects.medium_spiny import MEDIUM_SPINY_D2 as MEDIUM_SPINY_D2
from neuromodsim.equations.effects.medium_spiny import MEDIUM_SPINY_D2_NETWORK as MEDIUM_SPINY_D2_NETWORK
from neuromodsim.equations.effects.medium_spiny import MEDIUM_SPINY_D2_TUNED as MEDIUM_SPINY_D2_TUNED
from neuromodsim.equations.effects.muscarinic_autoreceptor import (
    MUSCARINIC_AUTORECEPTOR as MUSCARINIC_AUTORECEPTOR,
)
from neuromodsim.equations.effects.net_takes_dopamine import NET_TAKES_DOPAMINE as NET_TAKES_DOPAMINE
from neuromodsim.equations.effects.noradrenergic_bursting import (
    NORADRENERGIC_BURSTING as NORADRENERGIC_BURSTING,
)
from neuromodsim.equations.effects.plasticity_above_rest import PLASTICITY_ABOVE_REST as PLASTICITY_ABOVE_REST
from neuromodsim.equations.effects.plasticity_rate import FASTER_PLASTICITY as FASTER_PLASTICITY
from neuromodsim.equations.effects.plasticity_rate import PROTECTION as PROTECTION
from neuromodsim.equations.effects.serotonin_autoreceptor import (
    SEROTONIN_BRAKE_AT_ONCE as SEROTONIN_BRAKE_AT_ONCE,
)
from neuromodsim.equations.effects.serotonin_autoreceptor import SEROTONIN_BRAKE_SLOW as SEROTONIN_BRAKE_SLOW
from neuromodsim.equations.effects.synaptic import RELEASE_PROBABILITY as RELEASE_PROBABILITY
from neuromodsim.equations.effects.synaptic import SYNAPTIC_GAIN as SYNAPTIC_GAIN
from neuromodsim.equations.messengers.camp import CAMP_D1 as CAMP_D1
from neuromodsim.equations.messengers.camp import CAMP_D2 as CAMP_D2
from neuromodsim.equations.messengers.d1_pka import D1_PKA as D1_PKA
from neuromodsim.equations.messengers.nair_2015 import D1_M4_GATE as D1_M4_GATE
from neuromodsim.equations.neurons.adaptive_exponential import ADAPTIVE_EXPONENTIAL as ADAPTIVE_EXPONENTIAL
from neuromodsim.equations.neurons.adaptive_lif import ADAPTIVE_LIF as ADAPTIVE_LIF
from neuromodsim.equations.neurons.augmented_gif import AUGMENTED_GIF as AUGMENTED_GIF
from neuromodsim.equations.neurons.axonal_stimulation import ELECTRODE as ELECTRODE
from neuromodsim.equations.neurons.axonal_stimulation import PULSE as PULSE
from neuromodsim.equations.neurons.binary_unit import BINARY_UNIT as BINARY_UNIT
from neuromodsim.equations.neurons.conductance_lif import CONDUCTANCE_LIF as CONDUCTANCE_LIF
from neuromodsim.equations.neurons.eligible import ELIGIBLE_HIDDEN as ELIGIBLE_HIDDEN
from neuromodsim.equations.neurons.eligible import TRACED_PIXEL as TRACED_PIXEL
from neuromodsim.equations.neurons.error_cell import ERROR_CELL as ERROR_CELL
from neuromodsim.equations.neurons.gated import GATED_BP_HIDDEN as GATED_BP_HIDDEN
from neuromodsim.equations.neurons.gated import GATED_GRADED_HIDDEN as GATED_GRADED_HIDDEN
from neuromodsim.equations.neurons.gated import GATED_HIDDEN as GATED_HIDDEN
from neuromodsim.equations.neurons.gated import SIGMOID_OUTPUT as SIGMOID_OUTPUT
from neuromodsim.equations.neurons.gated import SLOPE_OUTPUT as SLOPE_OUTPUT
from neuromodsim.equations.neurons.graded import GRADED_HIDDEN as GRADED_HIDDEN
from neuromodsim.equations.neurons.graded import GRADED_OUTPUT as GRADED_OUTPUT
from neuromodsim.equations.neurons.graded import GRADED_PIXEL as GRADED_PIXEL
from neuromodsim.equations.neurons.graded import NACA_GRADED_HIDDEN as NACA_GRADED_HIDDEN
from neuromodsim.equations.neurons.izhikevich_2007 import IZHIKEVICH as IZHIKEVICH
from neuromodsim.equations.neurons.izhikevich_conductance import FAST_SPIKING as FAST_SPIKING_CONDUCTANCE
from neuromodsim.equations.neurons.izhikevich_conductance import (
    IZHIKEVICH_CONDUCTANCE as IZHIKEVICH_CONDUCTANCE,
)
from neuromodsim.equations.neurons.leaky_h_current import LEAKY_H as LEAKY_H
from neuromodsim.equations.neurons.lif import LIF as LIF
from neuromodsim.equations.neurons.medium_spiny_humphries import MEDIUM_SPINY as MEDIUM_SPINY
from neuromodsim.equations.neurons.medium_spiny_humphries import MEDIUM_SPINY_NETWORK as MEDIUM_SPINY_NETWORK
from neuromodsim.equations.neurons.mushroom_body import APL as APL
from neuromodsim.equations.neurons.mushroom_body import KENYON_CELL as KENYON_CELL
from neuromodsim.equations.neurons.mushroom_body import OUTPUT_NEURON as OUTPUT_NEURON
from neuromodsim.equations.neurons.mushroom_body import PROJECTION_NEURON as PROJECTION_NEURON
from neuromodsim.equations.neurons.naca import BYTE_PIXEL as NACA_BYTE_PIXEL
from neuromodsim.equations.neurons.naca import COUNTING_HIDDEN as NACA_COUNTING_HIDDEN
from neuromodsim.equations.neurons.naca import HIDDEN as NACA_HIDDEN
from neuromodsim.equations.neurons.naca import OUTPUT as NACA_OUTPUT
from neuromodsim.equations.neurons.naca import PIXEL as NACA_PIXEL
from neuromodsim.equations.neurons.nuclei.basal_forebrain import (
    BASAL_FOREBRAIN_NEURON as BASAL_FOREBRAIN_NEURON,
)
from neuromodsim.equations.neurons.nuclei.dopamine import DOPAMINE_NEURON as DOPAMINE_NEURON
from neuromodsim.equations.neurons.nuclei.dorsal_raphe import DORSAL_RAPHE_NEURON as DORSAL_RAPHE_NEURON
from neuromodsim.equations.neurons.nuclei.dorsal_raphe import RAPHE_GABA as RAPHE_GABA
from neuromodsim.equations.neurons.nuclei.dorsal_raphe import RAPHE_SEROTONIN as RAPHE_SEROTONIN
from neuromodsim.equations.neurons.nuclei.dorsal_raphe import RAPHE_SEROTONIN_WARM as RAPHE_SEROTONIN_WARM
from neuromodsim.equations.neurons.nuclei.locus_coeruleus import (
    LOCUS_COERULEUS_NEURON as LOCUS_COERULEUS_NEURON,
)
from neuromodsim.equations.neurons.nuclei.striatal_cholinergic import (
    STRIATAL_CHOLINERGIC_INTERNEURON as STRIATAL_CHOLINERGIC_INTERNEURON,
)
from neuromodsim.equations.neurons.poisson import POISSON as POISSON
from neuromodsim.equations.neurons.rate_units import BCM_UNIT as BCM_UNIT
from neuromodsim.equations.neurons.rate_units import LINEAR_UNIT as LINEAR_UNIT
from neuromodsim.equations.neurons.rate_units import NOISY_UNIT as NOISY_UNIT
from neuromodsim.equations.neurons.rate_units import TANH_UNIT as TANH_UNIT
from neuromodsim.equations.neurons.replay import BPTT_HIDDEN as BPTT_HIDDEN
from neuromodsim.equations.neurons.replay import BPTT_OUTPUT as BPTT_OUTPUT
from neuromodsim.equations.neurons.replay import BRP_HIDDEN as BRP_HIDDEN
from neuromodsim.equations.neurons.replay import REPLAYED_PIXEL as REPLAYED_PIXEL
from neuromodsim.equations.neurons.srm0 import SRM0 as SRM0
from neuromodsim.equations.neurons.tonic_burst_pause import TONIC_BURST_PAUSE as TONIC_BURST_PAUSE
from neuromodsim.equations.plasticity.backpropagation import BP_HIDDEN_RULE as BP_HIDDEN_RULE
from neuromodsim.equations.plasticity.backpropagation import BP_OUTPUT_RULE as BP_OUTPUT_RULE
from neuromodsim.equations.plasticity.backpropagation import BPTT_HIDDEN_RULE as BPTT_HIDDEN_RULE
from neuromodsim.equations.plasticity.backpropagation import BPTT_OUTPUT_RULE as BPTT_OUTPUT_RULE
from neuromodsim.equations.plasticity.bcm import BCM as BCM
from neuromodsim.equations.plasticity.clopath import CLOPATH as CLOPATH
from neuromodsim.equations.plasticity.compartment_depression import (
    COMPARTMENT_DEPRESSION as COMPARTMENT_DEPRESSION,
)
from neuromodsim.equations.plasticity.dopamine_stdp import DOPAMINE_STDP as DOPAMINE_STDP
from neuromodsim.equations.plasticity.dopamine_window import DOPAMINE_WINDOW as DOPAMINE_WINDOW
from neuromodsim.equations.plasticity.e_prop import E_PROP_OUTPUT_RULE as E_PROP_OUTPUT_RULE
from neuromodsim.equations.plasticity.e_prop import E_PROP_RULE as E_PROP_RULE
from neuromodsim.equations.plasticity.elastic_weights import EWC_BPTT_HIDDEN_RULE as ELASTIC_BPTT_HIDDEN_RULE
from neuromodsim.equations.plasticity.elastic_weights import EWC_HIDDEN_RULE as ELASTIC_BP_HIDDEN_RULE
from neuromodsim.equations.plasticity.feedback import DIRECT_FEEDBACK as DIRECT_FEEDBACK
from neuromodsim.equations.plasticity.feedback import FEEDBACK_ALIGNMENT as FEEDBACK_ALIGNMENT
from neuromodsim.equations.plasticity.feedback import SIGN_SYMMETRIC_OUTPUT_RULE as SIGN_SYMMETRIC_OUTPUT_RULE
from neuromodsim.equations.plasticity.graupner_brunel import GRAUPNER_BRUNEL_CORTEX as GRAUPNER_BRUNEL_CORTEX
from neuromodsim.equations.plasticity.graupner_brunel import (
    GRAUPNER_BRUNEL_CULTURE as GRAUPNER_BRUNEL_CULTURE,
)
from neuromodsim.equations.plasticity.graupner_brunel import GRAUPNER_BRUNEL_SLICE as GRAUPNER_BRUNEL_SLICE
from neuromodsim.equations.plasticity.hebb import HEBB as HEBB
from neuromodsim.equations.plasticity.hopfield import HOPFIELD_STORAGE as HOPFIELD_STORAGE
from neuromodsim.equations.plasticity.inhibitory_stdp import INHIBITORY_STDP as INHIBITORY_STDP
from neuromodsim.equations.plasticity.mstdp import MSTDP as MSTDP
from neuromodsim.equations.plasticity.mstdp import MSTDPET as MSTDPET
from neuromodsim.equations.plasticity.naca import DELTA_RULE as DELTA_RULE
from neuromodsim.equations.plasticity.naca import LAST_STEP_RULE as LAST_STEP_RULE
from neuromodsim.equations.plasticity.naca import NACA_HIDDEN_RULE as NACA_HIDDEN_RULE
from neuromodsim.equations.plasticity.naca import RATE_DELTA_RULE as RATE_DELTA_RULE
from neuromodsim.equations.plasticity.node_perturbation import NODE_PERTURBATION as NODE_PERTURBATION
from neuromodsim.equations.plasticity.node_perturbation import (
    NODE_PERTURBATION_RATE as NODE_PERTURBATION_RATE,
)
from neuromodsim.equations.plasticity.oja import OJA as OJA
from neuromodsim.equations.plasticity.pair_stdp import PAIR_STDP as PAIR_STDP
from neuromodsim.equations.plasticity.pair_stdp import PAIR_STDP_ADDITIVE as PAIR_STDP_ADDITIVE
from neuromodsim.equations.plasticity.prediction import OBSERVATION as OBSERVATION
from neuromodsim.equations.plasticity.prediction import PREDICTION as PREDICTION
from neuromodsim.equations.plasticity.pull_push import PULL_PUSH as PULL_PUSH
from neuromodsim.equations.plasticity.r_max import R_MAX as R_MAX
from neuromodsim.equations.plasticity.r_max import VASILAKI as VASILAKI
from neuromodsim.equations.plasticity.r_stdp import R_STDP as R_STDP
from neuromodsim.equations.plasticity.r_stdp_alpha import R_STDP_ALPHA as R_STDP_ALPHA
from neuromodsim.equations.plasticity.reward_hebb import REWARD_HEBB as REWARD_HEBB
from neuromodsim.equations.plasticity.reward_stdp import REWARD_STDP as REWARD_STDP
from neuromodsim.equations.plasticity.sequential import SEQUENTIAL as SEQUENTIAL
from neuromodsim.equations.plasticity.sequential import SEQUENTIAL_SUGISAKI as SEQUENTIAL_SUGISAKI
from neuromodsim.equations.plasticity.synaptic_scaling import SYNAPTIC_SCALING as SYNAPTIC_SCALING
from neuromodsim.equations.plasticity.target_projection import LABEL as LABEL_PROJECTION
from neuromodsim.equations.plasticity.transforming_traces import TRANSFORMING_TRACES as TRANSFORMING_TRACES
from neuromodsim.equations.plasticity.triplet_stdp import TRIPLET_STDP as TRIPLET_STDP
from neuromodsim.equations.plasticity.triplet_stdp import TRIPLET_STDP_HIPPOCAMPUS as TRIPLET_STDP_HIPPOCAMPUS
from neuromodsim.equations.plasticity.triplet_stdp import (
    TRIPLET_STDP_HIPPOCAMPUS_MINIMAL as TRIPLET_STDP_HIPPOCAMPUS_MINIMAL,
)
from neuromodsim.equations.plasticity.triplet_stdp import (
    TRIPLET_STDP_HIPPOCAMPUS_NEAREST as TRIPLET_STDP_HIPPOCAMPUS_NEAREST,
)
from neuromodsim.equations.plasticity.triplet_stdp import (
    TRIPLET_STDP_HIPPOCAMPUS_NEAREST_MINIMAL as TRIPLET_STDP_HIPPOCAMPUS_NEAREST_MINIMAL,
)
from neuromodsim.equations.plasticity.triplet_stdp import TRIPLET_STDP_MINIMAL as TRIPLET_STDP_MINIMAL
from neuromodsim.equations.plasticity.triplet_stdp import TRIPLET_STDP_NEAREST as TRIPLET_STDP_NEAREST
from neuromodsim.equations.plasticity.triplet_stdp import (
    TRIPLET_STDP_NEAREST_MINIMAL as TRIPLET_STDP_NEAREST_MINIMAL,
)
from neuromodsim.equations.receptors.acetylcholine import M1 as M1
from neuromodsim.equations.receptors.acetylcholine import M2_M4 as M2_M4
from neuromodsim.equations.receptors.acetylcholine import NICOTINIC_ALPHA4BETA2 as NICOTINIC_ALPHA4BETA2
from neuromodsim.equations.receptors.acetylcholine import NICOTINIC_ALPHA7 as NICOTINIC_ALPHA7
from neuromodsim.equations.receptors.adapting import ADAPTING_RECEPTOR as ADAPTING_RECEPTOR
from neuromodsim.equations.receptors.axonal_brake import AXONAL_BRAKE as AXONAL_BRAKE
from neuromodsim.equations.receptors.axonal_brake import AXONAL_BRAKE_VENTRAL as AXONAL_BRAKE_VENTRAL
from neuromodsim.equations.receptors.dopamine import D1_DREYER as D1_DREYER
from neuromodsim.equations.receptors.dopamine import D1_EJDRUP as D1_EJDRUP
from neuromodsim.equations.receptors.dopamine import D1_HUNGER as D1_HUNGER
from neuromodsim.equations.receptors.dopamine import D1_LINDROOS as D1_LINDROOS
from neuromodsim.equations.receptors.dopamine import D2_DREYER as D2_DREYER
from neuromodsim.equations.receptors.dopamine import D2_EJDRUP as D2_EJDRUP
from neuromodsim.equations.receptors.dopamine import D2_HUNGER as D2_HUNGER
from neuromodsim.equations.receptors.dopamine import D2_SOMA_DREYER as D2_SOMA_DREYER
from neuromodsim.equations.receptors.dopamine import D2_TERMINAL_DREYER as D2_TERMINAL_DREYER
from neuromodsim.equations.receptors.ht1b_cascade import HT1B_AT_ONCE as HT1B_AT_ONCE
from neuromodsim.equations.receptors.ht1b_cascade import HT1B_CASCADE as HT1B_CASCADE
from neuromodsim.equations.receptors.noradrenaline import ALPHA1 as ALPHA1
from neuromodsim.equations.receptors.noradrenaline import ALPHA2A as ALPHA2A
from neuromodsim.equations.receptors.noradrenaline import BETA as BETA
from neuromodsim.equations.receptors.occupancy import RECEPTOR as RECEPTOR
from neuromodsim.equations.receptors.opponents import A2A_DREYER as A2A_DREYER
from neuromodsim.equations.receptors.opponents import M4_DREYER as M4_DREYER
from neuromodsim.equations.receptors.serotonin import SEROTONIN_1A as SEROTONIN_1A
from neuromodsim.equations.receptors.serotonin import SEROTONIN_1B as SEROTONIN_1B
from neuromodsim.equations.receptors.serotonin import SEROTONIN_2A as SEROTONIN_2A
from neuromodsim.equations.receptors.serotonin import SEROTONIN_2C as SEROTONIN_2C
from neuromodsim.equations.release.expectation import EXPECTATION as EXPECTATION
from neuromodsim.equations.release.facilitation_depression import (
    FACILITATION_DEPRESSION as FACILITATION_DEPRESSION,
)
from neuromodsim.equations.release.mean_field import MEAN_FIELD_RELEASE as MEAN_FIELD_RELEASE
from neuromodsim.equations.release.mean_field import MEAN_FIELD_RELEASE_VENTRAL as MEAN_FIELD_RELEASE_VENTRAL
from neuromodsim.equations.release.phasic_dopamine import PHASIC_DOPAMINE as PHASIC_DOPAMINE
from neuromodsim.equations.release.quantal import QUANTAL_RELEASE as QUANTAL_RELEASE
from neuromodsim.equations.release.release_all import RELEASE_ALL as RELEASE_ALL
from neuromodsim.equations.release.release_all import RELEASE_ALL_ACETYLCHOLINE as RELEASE_ALL_ACETYLCHOLINE
from neuromodsim.equations.release.release_all import (
    RELEASE_ALL_ACETYLCHOLINE_FAST as RELEASE_ALL_ACETYLCHOLINE_FAST,
)
from neuromodsim.equations.release.release_all import RELEASE_ALL_SNC as RELEASE_ALL_SNC
from neuromodsim.equations.release.release_all import RELEASE_ALL_SOMA as RELEASE_ALL_SOMA
from neuromodsim.equations.release.serotonin_vesicles import SEROTONIN_VESICLES as SEROTONIN_VESICLES
from neuromodsim.equations.release.transient import TRANSIENT as TRANSIENT
from neuromodsim.equations.release.vesicle_pool import VESICLE_POOL as VESICLE_POOL
from neuromodsim.equations.sensors.photometry import DLIGHT1_1 as DLIGHT1_1
from neuromodsim.equations.sensors.photometry import DLIGHT1_3B as DLIGHT1_3B
from neuromodsim.equations.sensors.photometry import GRAB_5HT1 as GRAB_5HT1
from neuromodsim.equations.sensors.photometry import GRAB_ACH3 as GRAB_ACH3
from neuromodsim.equations.sensors.photometry import GRAB_DA1H as GRAB_DA1H
from neuromodsim.equations.sensors.photometry import GRAB_DA1M as GRAB_DA1M
from neuromodsim.equations.sensors.photometry import GRAB_NE1M as GRAB_NE1M
from neuromodsim.equations.sensors.photometry import PHOTOMETRY as PHOTOMETRY
from neuromodsim.equations.sensors.voltammetry import VOLTAMMETRY as VOLTAMMETRY
from neuromodsim.equations.synapses.current import CURRENT_SYNAPSE as CURRENT_SYNAPSE
from neuromodsim.equations.synapses.fixed_current import FIXED_CURRENT as FIXED_CURRENT
from neuromodsim.equations.synapses.fixed_weight import FIXED_WEIGHT as FIXED_WEIGHT
from neuromodsim.equations.synapses.glutamate import GLUTAMATE as GLUTAMATE
from neuromodsim.equations.synapses.mushroom_body import CLAW as CLAW
from neuromodsim.equations.synapses.mushroom_body import KENYON_TO_APL as KENYON_TO_APL
from neuromodsim.equations.synapses.short_term import SHORT_TERM as SHORT_TERM
from neuromodsim.equations.systems import ACETYLCHOLINE as ACETYLCHOLINE
from neuromodsim.equations.systems import ADENOSINE as ADENOSINE
from neuromodsim.equations.systems import DOPAMINE as DOPAMINE
from neuromodsim.equations.systems import NORADRENALINE as NORADRENALINE
from neuromodsim.equations.systems import SEROTONIN as SEROTONIN
