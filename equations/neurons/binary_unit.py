"""A unit that is -1 or 1, as in Hopfield networks: it follows the sign of its field, or at random around it.

    P(s = 1) = 1 / (1 + exp(-2 (field + external)/temperature)),    field = Σ w s

At the lowest temperature, the default, that is the sign of the field, a field of zero gives either sign at
random, and all units change at once. With ``p_update`` below 1 a unit changes with this probability per step
(asynchronous updates, as in Hopfield 1982). Without synapses the mean of s is tanh(external/temperature).

A projection adds to ``field`` (``field_post += w*s_pre``); what clamps a unit adds a large number. The
temperature is that of Glauber dynamics, an extension of the model of 1982.
"""

from neuromodsim.description.model import NeuronModel, Parameter
from neuromodsim.equations.sources import HOPFIELD_1982

BINARY_UNIT = NeuronModel(
    name="binary_unit",
    summary="A unit that is -1 or 1, after the sign of its field.",
    source=HOPFIELD_1982,
    equations="""
    s        : 1  # -1 or 1
    field    : 1  # weighted sum of what arrived
    external : 1  # external field
    """,
    step="""
    up = 1/(1 + exp(clip(-2*(field + external)/temperature, -700, 700)))
    s = where(rand() < p_update, where(rand() < up, 1, -1), s)
    field = 0
    """,
    sends="always",
    parameters={
        "temperature": Parameter(1e-9, "temperature", low=1e-9, evidence="assumed"),
        "p_update": Parameter(
            1.0, "probability of an update per step", low=0.0, high=1.0, evidence="assumed"
        ),
    },
    initial={"s": 1},
)
