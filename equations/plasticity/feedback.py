"""Feedback of errors through weights other than the forward weights.

- *Feedback alignment* (Lillicrap et al. 2016): a fixed random matrix feeds back dL/dI of the output.
- *Direct feedback alignment* (Nøkland 2016), with one hidden layer: it feeds back ``output - label``.
  The published comparison calls this target propagation (TP).
- *Sign-symmetric* (Liao et al. 2016): the signs of the forward weights, with fixed magnitudes.
"""

from neuromodsim.description.model import SynapseModel
from neuromodsim.equations.plasticity.backpropagation import ETA
from neuromodsim.equations.sources import LIAO_2016, LILLICRAP_2016, NOKLAND_2016

FEEDBACK_ALIGNMENT = SynapseModel(
    name="feedback_alignment",
    summary="A fixed random synapse from an output cell feeds back its error to a hidden cell.",
    source=LILLICRAP_2016,
    equations="B : 1  # fixed weight",
    on_event={"teach": "feedback_post += B*delta_pre"},
)

DIRECT_FEEDBACK = SynapseModel(
    name="direct_feedback",
    summary="A fixed random synapse from an output cell feeds back output minus label to a hidden cell.",
    source=NOKLAND_2016,
    equations="B : 1  # fixed weight",
    on_event={"teach": "feedback_post += B*mistake_pre"},
)

SIGN_SYMMETRIC_OUTPUT_RULE = SynapseModel(
    name="sign_symmetric_output_rule",
    summary="Feeds back the error of the target with the sign of the weight and a fixed magnitude.",
    source=LIAO_2016,
    equations="""
    w         : 1  # weight
    magnitude : 1  # of what goes back, fixed
    """,
    on_pre="I_input_post += w*u_pre",
    on_event={
        "teach": "feedback_pre += magnitude*(int(w > 0) - int(w < 0))*delta_post\nw -= eta*delta_post*u_pre"
    },
    parameters=ETA,
)
