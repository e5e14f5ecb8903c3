"""Backpropagation through one hidden layer, as local synaptic rules.

Rate networks: the change is ``-eta · dL/dI(target) · u(source)``; an output synapse feeds the delta of its
target, times its weight, back to its source before the weight changes.

Spiking networks: the same through time. In a backward pass through the steps of an image (`replay`), each
synapse whose source fired in a step changes by the delta of its target in this step. Output synapses
accumulate their change and apply it at the end, because the backward pass uses the original weights.
"""

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import RUMELHART_1986

ETA = {"eta": Parameter(1e-2, "learning rate", low=0.0, evidence="assumed")}

BP_HIDDEN_RULE = SynapseModel(
    name="bp_hidden_rule",
    summary="Weight changes oppose the feedback to the target, times its slope.",
    source=RUMELHART_1986,
    equations="w : 1  # weight",
    on_pre="I_input_post += w*u_pre",
    on_event={"teach": "w -= eta*slope_post*feedback_post*u_pre"},
    parameters=ETA,
)

BP_OUTPUT_RULE = SynapseModel(
    name="bp_output_rule",
    summary="Feeds back the error of the target, times the weight; weight changes oppose the error.",
    source=RUMELHART_1986,
    equations="w : 1  # weight",
    on_pre="I_input_post += w*u_pre",
    on_event={"teach": "feedback_pre += w*delta_post\nw -= eta*delta_post*u_pre"},
    parameters=ETA,
)

GRADED_OUTPUT_RULE = SynapseModel(
    name="graded_output_rule",
    summary="Weight changes oppose the error of the target; no feedback.",
    source=RUMELHART_1986,
    equations="w : 1  # weight",
    on_pre="I_input_post += w*u_pre",
    on_event={"teach": "w -= eta*delta_post*u_pre"},
    parameters=ETA,
)

BPTT_HIDDEN_RULE = SynapseModel(
    name="bptt_hidden_rule",
    summary="In each step of the backward pass, synapses whose source fired change against the delta of the target.",
    source=RUMELHART_1986,
    equations="w : 1  # weight",
    on_pre="I_input_post += w",
    on_event={"replay": "w -= eta*delta_post"},
    parameters=ETA,
)

GATHERED = """
w : 1  # weight
g : 1  # dL/dw, gathered in the backward pass
"""

BPTT_OUTPUT_RULE = SynapseModel(
    name="bptt_output_rule",
    summary="Feeds back the delta of the target, times the weight, in each step of the backward pass.",
    source=RUMELHART_1986,
    equations=GATHERED,
    on_pre="I_input_post += w",
    on_event={
        "back": "feedback_pre += w*delta_post\ng += s_then_pre*delta_post",
        "teach": "w -= eta*g\ng = 0",
    },
    parameters=ETA,
)

SURROGATE_OUTPUT_RULE = SynapseModel(
    name="surrogate_output_rule",
    summary="Weight changes oppose the delta of the target in the steps in which the source fired.",
    source=RUMELHART_1986,
    equations=GATHERED,
    on_pre="I_input_post += w",
    on_event={"back": "g += s_then_pre*delta_post", "teach": "w -= eta*g\ng = 0"},
    parameters=ETA,
)
