"""Tasks and circuits: one experiment, or one family of them, per line. This list is the catalogue.

Nothing is imported, and nothing is built, before it is asked for: ``neuromodsim.protocols.PAIRING`` imports
``neuromodsim.protocols.pairing.experiment``. A test compares the list with the modules.
"""

from typing import Any

from neuromodsim.description.listed import Listed, entry

RULES = (
    "naca brp e_prop e_prop_random bptt ewc_bptt naca_rate bp feedback_alignment direct_feedback "
    "sign_symmetric ewc"
)

EXPERIMENTS = (
    Listed(
        "balanced_network",
        "balanced_network:FAMILY",
        "Inhibitory plasticity balances a random network.",
        "inhibitory plasticity, balance, homeostasis, STDP, vogels2011",
        axes={"cells": "10000"},
        models="excitatory_conductance inhibitory_conductance",
    ),
    Listed(
        "bcm_selectivity",
        "bcm_selectivity:EXPERIMENT",
        "Units with a sliding threshold become selective for one of four patterns.",
        "BCM, selectivity, unsupervised, rate network, bienenstock1982",
        models="listed_rates_input",
    ),
    Listed(
        "bursting_and_dopamine",
        "bursting_and_dopamine:EXPERIMENT",
        "Bursting accelerates learning from delayed rewards; acetylcholine preserves the learned weight.",
        "dopamine, noradrenaline, acetylcholine, STDP, eligibility trace, bursting, mei2025",
        models="deliver distal_reward_with_latch latch reward_under_way schedule watch_pre "
        "watch_until_learned",
    ),
    Listed(
        "class_incremental",
        "class_incremental:FAMILY",
        "Class-incremental continual learning of ten classes, by NACA and thirteen other rules.",
        "continual learning, credit assignment, NACA, gate, images, speech, event camera, zhang2023",
        axes={
            "data": "mnist digits spoken events",
            "rule": f"{RULES} naca_slope gated_bp",
            "cells": "1000",
        },
        models="bptt_hidden_counting elastic_bp_output_rule elastic_bptt_output_rule expectation_release "
        "graded_hidden_counting graded_output_rule graded_pixel_counting "
        "image_task_by_class_with_evaluations image_task_with_evaluations "
        "image_task_with_backward_pass_by_class_with_evaluations "
        "image_task_with_backward_pass_with_evaluations "
        "label_release naca_graded_rule naca_told_output replayed_pixel_counting "
        "surrogate_output_rule",
    ),
    Listed(
        "digits",
        "digits:FAMILY",
        "A spiking network learns handwritten digits with neuromodulated plasticity.",
        "NACA, classification, images, zhang2023",
        axes={"cells": "1000"},
        models="digits_task",
    ),
    Listed(
        "distal_reward",
        "distal_reward:EXPERIMENT",
        "A reward delayed by 1 to 3 s potentiates the synapse that caused it, and no other.",
        "dopamine, STDP, eligibility trace, reward, D1, izhikevich2007",
        models="deliver_listed distal_reward_task excite_listed watch_post",
    ),
    Listed(
        "dopamine_feedback",
        "dopamine_feedback:EXPERIMENT",
        "Terminal and somatic autoreceptors inhibit dopamine release, with and without drugs.",
        "dopamine, autoreceptor, drugs, release, D2, dreyer2013",
    ),
    Listed(
        "dopamine_volume",
        "dopamine_volume:EXPERIMENT",
        "Tonic, burst and pause in a box of striatum: dopamine, D1 and D2, dorsal and ventral.",
        "dopamine, volume transmission, diffusion, uptake, D1, D2, ejdrup2026",
        models="sampling whole_volume",
    ),
    Listed(
        "dopamine_volume_well_mixed",
        "dopamine_volume:WELL_MIXED",
        "Tonic, burst and pause in a well-mixed compartment with deterministic release.",
        "dopamine, uptake, D1, D2, ejdrup2026",
    ),
    Listed(
        "point_source",
        "dopamine_volume:POINT_SOURCE",
        "One vesicle in the centre of a box, compared with the closed-form solution.",
        "dopamine, volume transmission, diffusion, closed form, ejdrup2026",
    ),
    Listed(
        "firing_rates",
        "firing_rates:EXPERIMENT",
        "Firing rates of textbook neurons against constant input.",
        "neurons, LIF, adaptation, escape noise, gerstner2014",
    ),
    Listed(
        "go_nogo",
        "go_nogo:FAMILY",
        "Dopamine supports rule learning; noradrenaline supports set shifting.",
        "dopamine, noradrenaline, acetylcholine, serotonin, set shifting, reward, bursting, mei2025",
        axes={"shift": "extra intra", "length": "usual long"},
        models="background comparison count_alarms count_bursts count_critic_E count_critic_I count_errors "
        "count_go_E count_go_I count_nogo_E count_nogo_I excites go_nogo_task inhibits shares shown "
        "tells value",
    ),
    Listed(
        "go_nogo_rates",
        "go_nogo_rates:EXPERIMENT",
        "The Go/No-Go task with a simple rate-based actor and critic.",
        "dopamine, noradrenaline, set shifting, actor critic, reward, rate based, mei2025",
        models="go_nogo_rates_task rate_dopamine rate_noradrenaline rate_sums rate_unit",
    ),
    Listed(
        "hopfield",
        "hopfield:FAMILY",
        "Patterns stored by Hebb's rule in a recurrent network, and retrieved.",
        "Hebb, associative memory, rate network, hopfield1982",
        axes={"units": "400"},
        models="clamp shown_pattern store_and_retrieve",
    ),
    Listed(
        "mushroom_body",
        "mushroom_body:FAMILY",
        "Class-incremental learning of ten classes; dopamine reaches the compartment of one class only.",
        "dopamine, D1, continual learning, compartments, images, speech, event camera, shen2023",
        axes={"data": "digits mnist spoken events"},
        models="class_sequence compartment_dopamine_neuron teach",
    ),
    Listed(
        "naca_classification",
        "naca_classification:FAMILY",
        "Images or spoken digits, classified by spiking NACA and eleven other credit-assignment rules.",
        "NACA, credit assignment, classification, images, speech, zhang2023",
        axes={
            "data": "mnist spoken held_out_speaker",
            "rule": RULES,
            "layers": "1",
            "innervation": "uniform normal beta",
            "epochs": "10",
            "cells": "1000",
        },
        models="image_task image_task_by_class image_task_with_backward_pass "
        "image_task_with_backward_pass_by_class",
    ),
    Listed(
        "naca_sensitivity",
        "naca_sensitivity:EXPERIMENT",
        "6,000 images: sensitivity to NACA's modulator–plasticity curve, in a hundred variants.",
        "NACA, classification, images, sensitivity, zhang2023",
    ),
    Listed(
        "noradrenaline_slice",
        "noradrenaline_slice:EXPERIMENT",
        "Thirty pulses in a locus coeruleus slice: release, uptake, drugs, and tonic firing.",
        "noradrenaline, release, uptake, drugs, palij1994",
        models="alpha2_brake na_lc_slice_fitted recapture vesicle_pool_slice",
    ),
    Listed(
        "pairing",
        "pairing:EXPERIMENT",
        "One spike pair and one delayed reward, compared with the closed-form solution of the rule.",
        "dopamine, STDP, eligibility trace, closed form, izhikevich2007",
        models="deliver_listed_reward listed_rewards listed_spikes_post listed_spikes_pre",
    ),
    Listed(
        "perturbed_network",
        "perturbed_network:EXPERIMENT",
        "Hidden units learn from their noise, through read-out weights that they do not know.",
        "reward, node perturbation, gradient, rate network, fiete2006",
        models="judged_output perturbed_unit read_out tell_success",
    ),
    Listed(
        "pka_and_gate",
        "pka_and_gate:EXPERIMENT",
        "Transient and steady dopamine doses acting on the D1 cascade and on a gate of two receptors.",
        "dopamine, acetylcholine, adenosine, D1, PKA, lindroos2018",
    ),
    Listed(
        "and_gate",
        "pka_and_gate:AND_GATE",
        "A dopamine burst, an acetylcholine pause, or both, acting on the adenylyl cyclase of a D1 cell.",
        "dopamine, acetylcholine, D1, adenylyl cyclase, nair2015",
    ),
    Listed(
        "reward_centring",
        "reward_centring:EXPERIMENT",
        "Linear units learn from reward, minus several kinds of its mean, or from their noise.",
        "reward, critic, R-STDP, node perturbation, rate network, fremaux2010",
        models="judged_unit show_stimulus two_stimuli",
    ),
    Listed(
        "serotonin_undershoot",
        "serotonin_undershoot:EXPERIMENT",
        "A stimulus train of two seconds, followed by an undershoot of serotonin for a minute.",
        "serotonin, autoreceptor, release, uptake, best2020",
        models="bundle_electrode",
    ),
    Listed(
        "serotonin_settling",
        "serotonin_undershoot:SETTLING",
        "Serotonin and its autoreceptor approach the steady state from zero concentration.",
        "serotonin, autoreceptor, steady state, best2020",
    ),
    Listed(
        "stdp_windows",
        "stdp_windows:EXPERIMENT",
        "Receptor-dependent STDP: 60 spike pairings at each time difference, with each agonist.",
        "dopamine, noradrenaline, acetylcholine, serotonin, STDP, receptors, seol2007",
        models="listed_spikes_afferent listed_spikes_cell listed_spikes_late_afferent "
        "listed_spikes_late_cell listed_spikes_pipette pairing_in_a_dish",
    ),
    Listed(
        "target_spikes",
        "target_spikes:EXPERIMENT",
        "A cell is rewarded for spikes near those of another cell: six published sets of parameters.",
        "reward, R-STDP, eligibility trace, biofeedback, legenstein2008",
        models="fixed_rate linear_poisson pair_reward r_stdp_alpha_of_rates reward_at_learner "
        "reward_at_target",
    ),
    Listed(
        "triplet_pairing",
        "triplet_pairing:EXPERIMENT",
        "Pairings at five rates by the triplet rule, and its drift between random trains.",
        "STDP, triplets, BCM, pfister2006",
        models="listed_spikes_postsynaptic listed_spikes_presynaptic poisson_with_input",
    ),
)


def __getattr__(name: str) -> Any:
    if (found := entry(name, EXPERIMENTS)) is None:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    return found.load(__name__)


def __dir__() -> list[str]:
    return ["EXPERIMENTS", *(one.name.upper() for one in EXPERIMENTS)]
