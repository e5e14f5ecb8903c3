"""Synapses that learn to predict: each spike takes away a part of the mismatch that it met.

    mismatch += w ,    w −= eta · mismatch        at each presynaptic spike

The local delta rule of SpikeSuM, on the mismatch itself, which the sign of the cell does not turn round.
What is observed comes in through fixed synapses, and takes the mismatch down.
"""

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import BARRY_2024

PREDICTION = SynapseModel(
    name="prediction",
    summary="Each spike predicts, and learns from the remaining prediction error.",
    source=BARRY_2024,
    equations="w : 1  # weight",
    on_pre="""
    mismatch_post += w
    w = clip(w - eta*seen_post, 0, w_max)
    """,
    parameters={
        "eta": Parameter(1e-3, "learning rate", low=0.0, evidence="assumed"),
        "w_max": Parameter(0.2, "largest weight", low=0.0, evidence="assumed"),
    },
)

OBSERVATION = SynapseModel(
    name="observation",
    summary="Each spike reports the occurrence of an outcome.",
    source=BARRY_2024,
    on_pre="mismatch_post -= strength",
    parameters={"strength": Parameter(0.05, "weight of a spike", low=0.0, evidence="assumed")},
)
