"""e-prop: eligibility traces of synapses are combined with a learning signal.

With the trace x of a source's spikes, decaying like the membrane, and the slope psi of the target
(Bellec et al. 2020, without recurrence and adaptation):

    e = Σ_t psi_t · x_t ,    x_t = decay · x_{t-1} + s_t ,    Δw = -eta · e · Σ_k B_k · mistake_k

The learning signal is applied once, in the last step of an image. B is the output weight for symmetric
feedback, and a fixed random value for random feedback.
"""

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.plasticity.backpropagation import ETA
from neuromodsim.equations.sources import BELLEC_2020

E_PROP_RULE = SynapseModel(
    name="e_prop_rule",
    summary="Eligibility traces of joint activity are converted into weight changes by feedback of errors.",
    source=BELLEC_2020,
    equations="""
    w           : 1  # weight
    eligibility : 1
    """,
    on_pre="I_input_post += w",
    on_event={
        "follow": "eligibility += psi_post*trace_pre",
        "teach": "w -= eta*feedback_post*eligibility\neligibility = 0",
    },
    parameters={"eta": Parameter(1e-3, "learning rate", low=0.0, evidence="assumed")},
)

E_PROP_OUTPUT_RULE = SynapseModel(
    name="e_prop_output_rule",
    summary="Feeds back the error of the target, times the weight; weight changes oppose the error.",
    source=BELLEC_2020,
    equations="w : 1  # weight",
    on_pre="I_input_post += w",
    on_event={"teach": "feedback_pre += w*mistake_post\nw -= eta*mistake_post*share_pre"},
    parameters=ETA,
)
