"""Modulated STDP, without and with an eligibility trace: MSTDP and MSTDPET (Florian 2007).

    ζ = P+ Φ_post + P- Φ_pre;    P+, P-: traces of presynaptic (A+) and postsynaptic (A-) spikes
    MSTDP:    dw/dt = γ r ζ                         a pair counts if there is reward at its second spike
    MSTDPET:  dw/dt = γ r z,    τ_z dz/dt = -z + ζ  it counts for τ_z

Φ are spike trains, so ζ changes weights at spikes. A reward that a spike causes arrives one time step
later: it meets the trace of MSTDPET, but not the spike of MSTDP, which needs a reward that lasts. (The
published program multiplies ζ of one step by the reward of the next.) With A+ = -A- the signs of reward and
of a pair's order together decide the sign of a change.

Windows of 20 ms, amplitudes of 1 and -1 and a trace of 25 ms are those of the article, as they stand in
programs (BindsNET: times); γ is 0.1 mV and 0.625 mV there (unverified), where weights are in mV.
"""

from dataclasses import replace

from brian2 import ms, mV

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import FLORIAN_2007

SHARED = {
    "tau_plus": Parameter(20 * ms, "window of pre before post", "BindsNET", 0.1 * ms, evidence="reported"),
    "tau_minus": Parameter(20 * ms, "window of post before pre", "BindsNET", 0.1 * ms, evidence="reported"),
    "A_plus": Parameter(1.0, "amplitude of pre before post", evidence="unverified"),
    "A_minus": Parameter(-1.0, "amplitude of post before pre", evidence="unverified"),
    "w_min": Parameter(0.0, "smallest weight", evidence="unverified"),
    "w_max": Parameter(5.0, "largest weight", evidence="unverified"),
    "w_unit": Parameter(1 * mV, "input of a weight of one", evidence="unverified"),
}

MSTDP = SynapseModel(
    name="mstdp",
    summary="Reward at the second spike of a pair decides whether and how the pair changes a weight.",
    source=FLORIAN_2007,
    equations="""
    dx/dt = -x/tau_plus  : 1 (event-driven)  # presynaptic spikes, P+/A+
    dy/dt = -y/tau_minus : 1 (event-driven)  # postsynaptic spikes, P-/A-
    w                    : 1                 # weight
    r                    : 1                 # reward
    """,
    modulators=("r",),
    on_pre="""
    I_synaptic_post += w_unit*w
    w = clip(w + gamma*r*A_minus*y, w_min, w_max)
    x += 1
    """,
    on_post="""
    w = clip(w + gamma*r*A_plus*x, w_min, w_max)
    y += 1
    """,
    parameters={
        **SHARED,
        "gamma": Parameter(0.1, "learning rate", evidence="unverified"),
    },
    initial={"w": 1.0},
)

MSTDPET = replace(
    MSTDP,
    name="mstdpet",
    summary="Pairs of spikes leave a trace of some tens of milliseconds, which reward converts.",
    equations="""
    dx/dt = -x/tau_plus  : 1 (event-driven)  # presynaptic spikes, P+/A+
    dy/dt = -y/tau_minus : 1 (event-driven)  # postsynaptic spikes, P-/A-
    dz/dt = -z/tau_z     : Hz                # eligibility trace
    dw/dt = gamma*r*z    : 1                 # weight
    r                    : 1                 # reward
    """,
    on_pre="""
    I_synaptic_post += w_unit*w
    z += A_minus*y/tau_z
    x += 1
    """,
    on_post="""
    z += A_plus*x/tau_z
    y += 1
    """,
    bounds={"w": ("w_min", "w_max")},
    parameters={
        **SHARED,
        "tau_z": Parameter(
            25 * ms, "time constant of the eligibility trace", "BindsNET", 0.1 * ms, evidence="reported"
        ),
        "gamma": Parameter(0.625, "learning rate", evidence="unverified"),
    },
)
