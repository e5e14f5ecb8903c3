"""Homeostatic scaling: all weights of a cell follow its activity, by the same factor (van Rossum et al. 2000).

    dw/dt = β w (a_goal - a) + γ w e,    de/dt = a_goal - a
    τ_a da/dt = -a,  a = a + 1/τ_a at a postsynaptic spike

``a`` estimates the rate of the target; its integrated error, ``e``, removes what proportional control leaves.
The change is proportional to the weight, so ratios of weights are kept, as in cultures (Turrigiano et al. 1998).
With a constant rate, ln w changes by β (a_goal - a) t + γ (a_goal - a) t²/2.

Slow: give the projection a step of its own, such as ``dt=1*second``. The form is that of Eq. 3; the values are
recalled, and the rate of the integral is an assumption.
"""

from brian2 import Hz, mV, second

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import VAN_ROSSUM_2000

SYNAPTIC_SCALING = SynapseModel(
    name="synaptic_scaling",
    summary="All weights of a cell change by the same factor, towards a target rate.",
    source=VAN_ROSSUM_2000,
    equations="""
    dw/dt = w*(beta*(a_goal - a) + gamma*error) : 1   # weight
    derror/dt = a_goal - a                      : 1   # integrated error
    da/dt = -a/tau_a                            : Hz  # rate of the target
    """,
    on_pre="I_synaptic_post += w_unit*w",
    on_post="a += 1/tau_a",
    parameters={
        "beta": Parameter(4e-5, "proportional control, per spike", "Methods", 0.0, evidence="unverified"),
        "gamma": Parameter(1e-7 * Hz, "integral control", "Methods", 0 * Hz, evidence="unverified"),
        "tau_a": Parameter(
            100 * second, "averaging of the rate", "Methods", 1e-3 * second, evidence="unverified"
        ),
        "a_goal": Parameter(20 * Hz, "target rate", evidence="assumed", low=0 * Hz),
        "w_unit": Parameter(1 * mV, "input of a weight of one", evidence="assumed"),
    },
    initial={"w": 1.0},
)
