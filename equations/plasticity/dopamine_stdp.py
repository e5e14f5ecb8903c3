"""Dopamine-gated spike-timing-dependent plasticity.

A coincidence of spikes does not change the weight. It leaves an eligibility trace, ``c``, that decays within
a second. Only dopamine that arrives during this time changes the weight, so that a delayed reward reinforces
the synapses that caused it.

    pre, post spikes ──► x, y ──► eligibility trace c ──┐
                                                        ├──► dw/dt = c · (d_tonic + d) / tau_w
    dopamine d ─────────────────────────────────────────┘

Where the article and the published program (ModelDB 84167, daspnet.m) differ, this follows the program, which
generated the figures: spike traces count the nearest spike only (``x = 1``, not ``x += 1``); eligibility
increments are 0.1 and -0.15; the weight changes by ``c·d`` every 10 ms, hence ``tau_w``; tonic dopamine of
0.002 is added to phasic dopamine. The eligibility trace of the program decays by 1 % every 10 ms, a time
constant of 995 ms; the article gives 1 s, which is used. If both cells fire in the same step, the program
applies +0.1 and -0.15, this rule +0.1 only (pre before post).
"""

from brian2 import ms, mV, second

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import IZHIKEVICH_2007

DOPAMINE_STDP = SynapseModel(
    name="dopamine_stdp",
    summary="Dopamine converts a recent pre-post coincidence into a lasting weight change.",
    source=IZHIKEVICH_2007,
    equations="""
    dx/dt = -x / tau_plus                : 1 (event-driven)  # nearest presynaptic spike
    dy/dt = -y / tau_minus               : 1 (event-driven)  # nearest postsynaptic spike
    dc/dt = -c / tau_c                   : 1                 # eligibility trace
    dw/dt = w_unit*c*(d_tonic + d)/tau_w : volt              # weight
    d                                    : 1                 # phasic dopamine
    """,
    modulators=("d",),
    on_pre="""
    I_synaptic_post += w
    x = 1
    c -= a_minus * y
    """,
    on_post="""
    y = 1
    c += a_plus * x
    """,
    bounds={"w": ("w_min", "w_max")},
    parameters={
        "tau_plus": Parameter(
            20 * ms, "window of pre before post", "daspnet.m", low=1 * ms, evidence="reported"
        ),
        "tau_minus": Parameter(
            20 * ms, "window of post before pre", "daspnet.m", low=1 * ms, evidence="reported"
        ),
        "tau_c": Parameter(
            1 * second,
            "time constant of the eligibility trace",
            "article; 0.99 per 10 ms in daspnet.m",
            low=1 * ms,
            evidence="reported",
        ),
        "tau_w": Parameter(
            10 * ms, "speed of consolidation", "daspnet.m", low=1e-3 * ms, evidence="reported"
        ),
        "a_plus": Parameter(
            0.1, "eligibility increment of pre before post", "daspnet.m", evidence="reported"
        ),
        "a_minus": Parameter(
            0.15, "eligibility decrement of post before pre", "daspnet.m", evidence="reported"
        ),
        "d_tonic": Parameter(0.002, "tonic dopamine", "daspnet.m", evidence="reported"),
        "w_min": Parameter(0 * mV, "smallest weight", "daspnet.m", evidence="reported"),
        "w_max": Parameter(4 * mV, "largest weight", "daspnet.m", evidence="reported"),
        "w_unit": Parameter(
            1 * mV, "weight change per unit of eligibility and dopamine", "daspnet.m", evidence="reported"
        ),
    },
    initial={"w": 1 * mV},
    ranges={"x": (0.0, 1.0), "y": (0.0, 1.0)},
)
