"""The learning rules that are compared: their cells, synapses and feedback connections."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from neuromodsim.description.model import NeuronModel, SynapseModel
from neuromodsim.equations.neurons import eligible, graded, naca, replay
from neuromodsim.equations.plasticity import backpropagation as bp
from neuromodsim.equations.plasticity import elastic_weights as ewc
from neuromodsim.equations.plasticity.e_prop import E_PROP_OUTPUT_RULE, E_PROP_RULE
from neuromodsim.equations.plasticity.feedback import (
    DIRECT_FEEDBACK,
    FEEDBACK_ALIGNMENT,
    SIGN_SYMMETRIC_OUTPUT_RULE,
)
from neuromodsim.equations.plasticity.naca import NACA_HIDDEN_RULE, RATE_DELTA_RULE


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A credit-assignment rule for a network with one hidden layer.

    ``signal`` is the learning signal of hidden cells: the neuromodulator level (``"expectation"``), a
    projection of the label (``"label"``), or feedback from the output (``"output"``). ``feedback`` is the
    synapse from output to hidden cells, if feedback has its own weights. ``deeper`` is the synapse between
    hidden layers, if there can be several. ``backward`` is whether the rule has a backward pass through
    the steps of an image; ``held`` whether it depends on the ends of classes.
    """

    summary: str
    pixel: NeuronModel
    hidden: NeuronModel
    output: NeuronModel
    into_hidden: SynapseModel
    into_output: SynapseModel
    signal: str = "output"
    feedback: SynapseModel | None = None
    deeper: SynapseModel | None = None
    backward: bool = False
    held: bool = False
    initial: Mapping[str, str] = field(default_factory=dict)  # further, of projections

    @property
    def spiking(self) -> bool:
        """Whether its cells send spikes, over 20 steps; otherwise numbers, in one."""
        return "graded" not in self.pixel.name


TOLD_OUTPUT = replace(
    naca.OUTPUT, name="naca_told_output", events={**naca.OUTPUT.events, "teach": "teaching > 0.5"}
)
NACA_INTO_HIDDEN_GRADED = replace(
    NACA_HIDDEN_RULE,
    name="naca_graded_rule",
    on_pre="I_input_post += w*u_pre",
    on_event={"teach": "w -= eta*drive_post*u_pre"},
)
NACA_DEEPER_RULE = replace(
    NACA_HIDDEN_RULE,
    name="naca_deeper_rule",
    summary="The same for a cell above another hidden layer, which uses spikes of the last step.",
    on_event={"teach": "w -= eta*drive_post*s_pre"},
)
_BP = Rule(
    summary="Backpropagation through the hidden layer.",
    pixel=graded.GRADED_PIXEL,
    hidden=graded.GRADED_HIDDEN,
    output=graded.GRADED_OUTPUT,
    into_hidden=bp.BP_HIDDEN_RULE,
    into_output=bp.BP_OUTPUT_RULE,
)
_BPTT = Rule(
    summary="Backpropagation through time with a rectangular surrogate derivative.",
    pixel=replay.REPLAYED_PIXEL,
    hidden=replay.BPTT_HIDDEN,
    output=replay.BPTT_OUTPUT,
    into_hidden=bp.BPTT_HIDDEN_RULE,
    into_output=bp.BPTT_OUTPUT_RULE,
    backward=True,
)
_E_PROP = Rule(
    summary="Eligibility traces and errors fed back through the output weights (e-prop).",
    pixel=eligible.TRACED_PIXEL,
    hidden=eligible.ELIGIBLE_HIDDEN,
    output=naca.OUTPUT,
    into_hidden=E_PROP_RULE,
    into_output=E_PROP_OUTPUT_RULE,
)
RANDOM = {"feedback.B": "(2*rand() - 1)/sqrt({cells})"}

RULES: dict[str, Rule] = {
    "naca": Rule(
        summary="The class label sets a neuromodulator level at each hidden cell, which controls plasticity.",
        pixel=naca.BYTE_PIXEL,
        hidden=naca.COUNTING_HIDDEN,
        output=naca.OUTPUT,
        into_hidden=NACA_HIDDEN_RULE,
        into_output=RATE_DELTA_RULE,
        deeper=NACA_DEEPER_RULE,
        signal="expectation",
    ),
    "brp": Rule(
        summary="A fixed random projection of the label replaces the error of hidden cells (DRTP, BRP).",
        pixel=replay.REPLAYED_PIXEL,
        hidden=replay.BRP_HIDDEN,
        output=replay.BPTT_OUTPUT,
        into_hidden=bp.BPTT_HIDDEN_RULE,
        into_output=bp.SURROGATE_OUTPUT_RULE,
        signal="label",
        backward=True,
    ),
    "e_prop": _E_PROP,
    "e_prop_random": replace(
        _E_PROP,
        summary="Eligibility traces and errors fed back through fixed random weights (e-prop).",
        output=TOLD_OUTPUT,
        into_output=RATE_DELTA_RULE,
        feedback=DIRECT_FEEDBACK,
        initial=RANDOM,
    ),
    "bptt": _BPTT,
    "ewc_bptt": replace(
        _BPTT,
        summary="Backpropagation through time with elastic weight consolidation.",
        pixel=ewc.EWC_REPLAYED_PIXEL,
        hidden=ewc.EWC_BPTT_HIDDEN,
        into_hidden=ewc.EWC_BPTT_HIDDEN_RULE,
        into_output=ewc.EWC_BPTT_OUTPUT_RULE,
        held=True,
    ),
    "naca_rate": replace(
        _BP,
        summary="The same as naca in a rate-based network.",
        hidden=graded.NACA_GRADED_HIDDEN,
        into_hidden=NACA_INTO_HIDDEN_GRADED,
        into_output=bp.GRADED_OUTPUT_RULE,
        signal="expectation",
    ),
    "bp": _BP,
    "feedback_alignment": replace(
        _BP,
        summary="A fixed random matrix feeds back the output error.",
        into_output=bp.GRADED_OUTPUT_RULE,
        feedback=FEEDBACK_ALIGNMENT,
        initial=RANDOM,
    ),
    "direct_feedback": replace(
        _BP,
        summary="A fixed random matrix feeds back output minus label (the published TP).",
        into_output=bp.GRADED_OUTPUT_RULE,
        feedback=DIRECT_FEEDBACK,
        initial=RANDOM,
    ),
    "sign_symmetric": replace(
        _BP,
        summary="Errors are fed back through the signs of the forward weights, with fixed magnitudes.",
        into_output=SIGN_SYMMETRIC_OUTPUT_RULE,
        initial={"output_weights.magnitude": "rand()/sqrt({cells})"},
    ),
    "ewc": replace(
        _BP,
        summary="Backpropagation with elastic weight consolidation.",
        pixel=ewc.EWC_PIXEL,
        hidden=ewc.EWC_HIDDEN,
        into_hidden=ewc.EWC_HIDDEN_RULE,
        into_output=ewc.EWC_OUTPUT_RULE,
        held=True,
    ),
}
