"""Elastic weight consolidation: a penalty on changes of weights that were important for earlier classes.

The gradient g of backpropagation is augmented by the derivative of ``lam/2 · Σ F · (w - anchor)²``. The
importance F is the diagonal of the Fisher information: the mean of g² over the images of a class, summed
over classes. Here the mean is taken while the class is learned (original: afterwards, with fixed weights),
and the reference weights are those at the end of the last class (one set, as in the published comparison).

The gradient involves only synapses with an active source; the penalty involves all, so all synapses are
updated.
"""

from dataclasses import replace

from neuromodsim.description.model import NeuronModel, Parameter, SynapseModel
from neuromodsim.equations.neurons.graded import GRADED_HIDDEN, GRADED_PIXEL
from neuromodsim.equations.neurons.replay import BPTT_HIDDEN, REPLAYED_PIXEL
from neuromodsim.equations.plasticity.backpropagation import (
    BP_HIDDEN_RULE,
    BP_OUTPUT_RULE,
    BPTT_HIDDEN_RULE,
    BPTT_OUTPUT_RULE,
    ETA,
)
from neuromodsim.equations.sources import KIRKPATRICK_2017

HELD = """
anchor : 1  # the weight at the end of the last class
F      : 1  # importance: diagonal of the Fisher information
f      : 1  # sum of squared gradients since then
"""
UPDATE = "f += g**2\nw -= eta*(g + lam*F*(w - anchor))\n"
CONSOLIDATE = "F += f/shown_pre\nf = 0\nanchor = w"
PARAMETERS = ETA | {
    "lam": Parameter(
        5e4,
        "strength of the penalty",
        "published program, for a loss that is a mean",
        low=0.0,
        evidence="reported",
    )
}


def counting(model: NeuronModel, teach: str) -> NeuronModel:
    """Return a cell that counts the images of a class it has learned from, and tells the end of a class."""
    return replace(
        model,
        name=f"{model.name}_counting",
        summary=f"{model.summary} It counts the images of a class.",
        equations=model.equations
        + """
        shown         : 1           # images since the last class ended
        ended         : 1           # 1 in the step after the end of a class
        consolidating : 1 (linked)  # 1 in the last step of a class
        """
        + ("" if f"{teach} " in model.equations else f"{teach} : 1 (linked)\n"),
        step=f"{model.step}\nshown = shown*(1 - ended) + {teach}\nended = consolidating",
        events={**model.events, "teach": f"{teach} > 0.5", "consolidate": "consolidating > 0.5"},
    )


def elastic(model: SynapseModel, gradient: str, before: str = "") -> SynapseModel:
    """Return a rule of backpropagation with the pull, for its gradient as an expression or variable."""
    takes = "" if gradient == "g" else f"g = {gradient}\n"
    gathers = {k: v for k, v in model.on_event.items() if k != "teach"}
    return replace(
        model,
        name=f"elastic_{model.name}",
        summary=f"{model.summary} Weights that were important for earlier classes are penalised.",
        source=KIRKPATRICK_2017,
        equations="w : 1  # weight\n"
        + ("g : 1  # dL/dw, gathered in the backward pass\n" if not takes else "")
        + HELD,
        on_event=gathers
        | {"teach": before + takes + UPDATE + ("" if takes else "g = 0"), "consolidate": CONSOLIDATE},
        parameters=PARAMETERS,
    )


EWC_PIXEL = counting(GRADED_PIXEL, "teaching")
EWC_HIDDEN = counting(GRADED_HIDDEN, "teaching")
EWC_HIDDEN_RULE = elastic(BP_HIDDEN_RULE, "slope_post*feedback_post*u_pre")
EWC_OUTPUT_RULE = elastic(BP_OUTPUT_RULE, "delta_post*u_pre", before="feedback_pre += w*delta_post\n")

EWC_REPLAYED_PIXEL = counting(REPLAYED_PIXEL, "ending")
EWC_BPTT_HIDDEN = counting(BPTT_HIDDEN, "ending")
EWC_BPTT_HIDDEN_RULE = elastic(replace(BPTT_HIDDEN_RULE, on_event={"replay": "g += delta_post"}), "g")
EWC_BPTT_OUTPUT_RULE = elastic(BPTT_OUTPUT_RULE, "g")
