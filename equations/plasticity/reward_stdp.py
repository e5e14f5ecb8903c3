"""Reward-modulated plasticity: phasic D1 and D2 occupancy together signal the prediction error.

    pre, post spikes ──► x, y ──► eligibility trace c ──┐
                                                        ├──► dw/dt = eta c (d1 D1 + d2 D2)
    dopamine ──► D1, D2, phasic occupancy ──────────────┘

``D1`` and ``D2`` are phasic occupancies (`ADAPTING_RECEPTOR`): positive after a burst, negative in a dip.
D1 has a low affinity and responds to large bursts; D2 has a high affinity and responds to dips. Pairs of
spikes leave an eligibility trace, and so do presynaptic spikes alone (``a_alone``), for cells that learn
while they are silent.

``share`` scales both the current and the eligibility trace of a spike: two projections whose shares add up
to one mix two kinds of input without changing their sum.
"""

from brian2 import ms, mV, second

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import FREMAUX_2016

REWARD_STDP = SynapseModel(
    name="reward_stdp",
    summary="Phasic dopamine, sensed by D1 and D2, converts eligibility traces into weight changes.",
    source=FREMAUX_2016,
    equations="""
    dx/dt = -x/tau_plus                       : 1 (event-driven)  # presynaptic spikes
    dy/dt = -y/tau_minus                      : 1 (event-driven)  # postsynaptic spikes
    dc/dt = -c/tau_c                          : 1                 # eligibility trace
    dw/dt = eta*c*(d1_weight*D1 + d2_weight*D2) : volt            # weight
    D1                                        : 1                 # phasic occupancy of D1
    D2                                        : 1                 # phasic occupancy of D2
    """,
    modulators=("D1", "D2"),
    on_pre="""
    I_synaptic_post += share*w
    x += 1
    c += share*(a_alone - a_minus*y)
    """,
    on_post="""
    y += 1
    c += share*a_plus*x
    """,
    bounds={"w": ("w_min", "w_max")},
    parameters={
        "tau_plus": Parameter(20 * ms, "window of pre before post", low=1 * ms, evidence="assumed"),
        "tau_minus": Parameter(20 * ms, "window of post before pre", low=1 * ms, evidence="assumed"),
        "tau_c": Parameter(
            300 * ms, "time constant of the eligibility trace", low=1 * ms, evidence="assumed"
        ),
        "a_plus": Parameter(1.0, "eligibility increment of pre before post", evidence="assumed"),
        "a_minus": Parameter(0.3, "eligibility decrement of post before pre", evidence="assumed"),
        "a_alone": Parameter(0.0, "eligibility increment of a presynaptic spike alone", evidence="assumed"),
        "eta": Parameter(1 * mV / second, "learning rate", evidence="assumed"),
        "d1_weight": Parameter(2.0, "weight of D1", evidence="assumed"),
        "d2_weight": Parameter(1.0, "weight of D2", evidence="assumed"),
        "share": Parameter(1.0, "weight of a spike", low=0.0, evidence="assumed"),
        "w_min": Parameter(0 * mV, "smallest weight", evidence="assumed"),
        "w_max": Parameter(2.5 * mV, "largest weight", evidence="assumed"),
    },
    initial={"w": 1 * mV},
    ranges={"x": (0.0, None), "y": (0.0, None)},
)
