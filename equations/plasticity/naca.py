"""The learning rules of NACA: neuromodulated hidden synapses, a delta rule for the output.

In the last step of an image, the synapses from cells that fire in it change. Onto a hidden cell j the
change is ``-eta · M(level_j) · h_j``: the neuromodulator's level says in which direction and how
much, the cell's slope h whether at all. Onto an output cell it is ``-eta · mistake``, the difference
between the share of steps in which it fired and what it should be.

The published output rule multiplies the mistake by the output's slope h, which is zero for a cell
below ``theta - lens``: such a cell can never learn again. That factor is left out here; the published
program also feeds all 20 steps to Adam, here the last step moves the weight by a constant rate. Both
rates were chosen on scikit-learn's digits with seeds 100 to 103.

`RATE_DELTA_RULE` takes all steps of an image into account, as the published gradient does: without the
slope, the sum over steps of ``mistake/T · s_j(t)`` is the mistake times the share of steps in which j
fired. It is less noisy than the last step alone.
"""

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import ZHANG_2023

NACA_HIDDEN_RULE = SynapseModel(
    name="naca_hidden_rule",
    summary="The neuromodulator level at the target controls the plasticity of active synapses.",
    source=ZHANG_2023,
    equations="w : 1  # weight",
    on_pre="I_input_post += w",
    on_event={"teach": "w -= eta*drive_post"},
    parameters={"eta": Parameter(5e-3, "learning rate", low=0.0, evidence="assumed")},
)

DELTA_RULE = SynapseModel(
    name="delta_rule",
    summary="Weights of active synapses change against the error of the target.",
    source=ZHANG_2023,
    equations="w : 1  # weight",
    on_pre="I_input_post += w",
    on_event={"teach": "w -= eta*mistake_post"},
    parameters={"eta": Parameter(1e-3, "learning rate", low=0.0, evidence="assumed")},
)

RATE_DELTA_RULE = SynapseModel(
    name="rate_delta_rule",
    summary="Weights change against the error of the target, in proportion to the firing of the source over the image.",
    source=ZHANG_2023,
    equations="w : 1  # weight",
    on_pre="I_input_post += w",
    on_event={"teach": "w -= eta*mistake_post*share_pre"},
    parameters={"eta": Parameter(1e-2, "learning rate", low=0.0, evidence="assumed")},
)

LAST_STEP_RULE = SynapseModel(
    name="last_step_rule",
    summary="Synapses from cells that fire in the last step change against their target's error there.",
    source=ZHANG_2023,
    equations="w : 1  # weight",
    on_pre="I_input_post += w",
    on_event={"last": "w -= eta*delta_post"},
    parameters={
        "eta": Parameter(
            5e-4, "learning rate", "published program, classes one by one", low=0.0, evidence="reported"
        )
    },
)
