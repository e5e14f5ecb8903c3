"""Plasticity of inhibitory synapses that balances excitation (Vogels et al. 2011).

    at a presynaptic spike:   w = w + η (y - 2 ρ_0 τ),    x = x + 1
    at a postsynaptic spike:  w = w + η x,                y = y + 1
    τ dx/dt = -x,  τ dy/dt = -y

Near-coincident spikes potentiate, in either order; a presynaptic spike alone depresses. Of uncorrelated trains
the mean change is 2 η τ ρ_pre (ρ_post - ρ_0), up to the chance of coincidence: inhibition grows until the
target fires at ρ_0. A weight of 1 is a conductance of 1 nS.

Values are those of Brian2's example of the article, read; the article's target rate is 5 Hz (unverified).
"""

from brian2 import Hz, ms, nS

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import VOGELS_2011

WHERE = "Brian2, frompapers/Vogels_et_al_2011.py"

INHIBITORY_STDP = SynapseModel(
    name="inhibitory_stdp",
    summary="Coincident spikes strengthen inhibition, presynaptic spikes alone weaken it.",
    source=VOGELS_2011,
    equations="""
    dx/dt = -x/tau : 1 (event-driven)  # presynaptic spikes
    dy/dt = -y/tau : 1 (event-driven)  # postsynaptic spikes
    w              : 1                 # weight
    """,
    on_pre="""
    w = clip(w + eta*(y - 2*rho_0*tau), 0, w_max)
    x += 1
    g_inhibitory_post += w*w_unit
    """,
    on_post="""
    w = clip(w + eta*x, 0, w_max)
    y += 1
    """,
    parameters={
        "tau": Parameter(20 * ms, "window of coincidence", WHERE, 0.1 * ms, evidence="reported"),
        "rho_0": Parameter(3 * Hz, "target rate", WHERE, 0 * Hz, evidence="reported"),
        "eta": Parameter(1e-2, "learning rate", WHERE, 0.0, evidence="reported"),
        "w_max": Parameter(100.0, "largest weight", WHERE, 0.0, evidence="reported"),
        "w_unit": Parameter(1 * nS, "conductance of a weight of one", WHERE, 0 * nS, evidence="reported"),
    },
    ranges={"w": (0.0, "w_max")},
)
