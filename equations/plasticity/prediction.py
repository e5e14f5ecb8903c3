"""Predictive synapses: each spike reduces the mismatch by a fraction.

    mismatch += w ,    w −= eta · mismatch        at each presynaptic spike

The local delta rule of SpikeSuM, applied to the mismatch itself, independently of the sign of the cell.
Observed outcomes arrive through fixed synapses and reduce the mismatch.
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
