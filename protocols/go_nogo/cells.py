"""Cells and synapses of this experiment: stimuli, the comparison of outcomes, and an oracle."""

from brian2 import Hz, ms, pA

from neuromodsim.description.model import EffectModel, NeuronModel, Parameter, SynapseModel
from neuromodsim.equations.neurons.nuclei.dopamine import DOPAMINE_NEURON
from neuromodsim.equations.sources import MEI_2025
from neuromodsim.transforms.effect import apply

SHOWN = NeuronModel(
    name="shown",
    summary="Fires randomly, at a high rate while the feature encoded by its group is present.",
    source=MEI_2025,
    equations="""
    pool      : integer (constant)  # what it stands for
    rate_on   : Hz (constant)       # rate while that is there
    fires     : 1                   # 1 if it fires in this step
    on = int(pool == cue_shown) + int(pool == heard) + int(pool == compound)
         + int(pool == memory) + int(pool == happened) : 1
    cue_shown : integer (linked)
    heard     : integer (linked)
    compound  : integer (linked)
    memory    : integer (linked)
    happened  : integer (linked)
    """,
    step="fires = int(rand() < (rate_off + on*(rate_on - rate_off))*dt)",
    threshold="fires > 0.5",
    parameters={
        "rate_off": Parameter(
            1 * Hz, "firing rate in the absence of the feature", low=0 * Hz, evidence="assumed"
        )
    },
    initial={"rate_on": 50 * Hz},
)

BACKGROUND = NeuronModel(
    name="background",
    summary="Fires randomly, and excites or inhibits.",
    source=MEI_2025,
    equations="""
    side  : 1 (constant)  # 1 or -1
    fires : 1             # 1 if it fires in this step
    """,
    step="fires = int(rand() < rate*dt)",
    threshold="fires > 0.5",
    parameters={"rate": Parameter(50 * Hz, "rate", low=0 * Hz, evidence="assumed")},
    initial={"side": "1 - 2*(i % 2)"},
)

COMPARISON = EffectModel(
    name="comparison",
    summary="During the outcome, received minus expected reward drives the cell.",
    source=MEI_2025,
    changes={"input_current": "input_current + comparing*current_per_error*(outcome - value)"},
    reads=(),
    equations="""
    dnet_rate/dt = -net_rate/tau_value               : Hz           # critic's E less I, per cell
    value = (net_rate - rate_at_zero)*value_per_rate : 1            # what was expected
    comparing                                        : 1 (linked)   # 1 while the outcome is there
    outcome                                          : 1 (linked)   # reward or punishment
    """,
    parameters={
        "tau_value": Parameter(
            50 * ms, "time constant of the critic's spikes", low=1 * ms, evidence="assumed"
        ),
        "rate_at_zero": Parameter(25 * Hz, "net rate of the critic at a value of zero", evidence="assumed"),
        "value_per_rate": Parameter(0.04 / Hz, "value per net rate", low=0 / Hz, evidence="assumed"),
        "current_per_error": Parameter(100 * pA, "current per error", low=0 * pA, evidence="assumed"),
    },
)

COMPARING_NEURON = apply(COMPARISON, DOPAMINE_NEURON, {})

VALUE = SynapseModel(
    name="value",
    summary="Each spike of the critic contributes to the reward expectation of dopamine cells.",
    source=MEI_2025,
    equations="w : Hz (constant)",
    on_pre="net_rate_post += w",
)

EXCITES = SynapseModel(
    name="excites",
    summary="Each spike adds to the excitation of a quadratic cell.",
    source=MEI_2025,
    equations="w : volt (constant)",
    on_pre="I_synaptic_post += w",
)

INHIBITS = SynapseModel(
    name="inhibits",
    summary="Each spike opens inhibitory conductance of a quadratic cell, per ms.",
    source=MEI_2025,
    equations="w : 1 (constant)",
    on_pre="g_inhibition_post += w",
)

SHARES = SynapseModel(
    name="shares",
    summary="A background cell drives all cells of its group equally.",
    source=MEI_2025,
    equations="w : volt (constant)",
    on_pre="I_background_post += w*side_pre",
)

TELLS = SynapseModel(
    name="tells",
    summary="An oracle excites noradrenaline cells at each cue while it signals the rule change.",
    source=MEI_2025,
    equations="w : amp (constant)",
    on_event={"enter_cue": "I_synaptic_post += w*told_pre"},
)
