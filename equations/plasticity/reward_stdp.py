"""Reward-modulated plasticity, with what D1 and D2 say together as the prediction error.

    pre, post spikes ──► x, y ──► tag c ──┐
                                          ├──► dw/dt = eta c (d1 D1 + d2 D2)
    dopamine ──► D1, D2, phasic parts ────┘

``D1`` and ``D2`` are the parts of the receptors' occupancy that are new (`ADAPTING_RECEPTOR`): above zero after a
burst, below it in a dip. D1 binds weakly and grows with large bursts; D2 binds strongly, and is what a dip
empties. A tag is left by pairs of spikes, or by presynaptic spikes alone (``a_alone``), for cells that are to be
taught although they are silent.

``share`` scales what a spike does, of current and of tag alike: two projections with shares that add up to one
mix two kinds of input without changing their sum.
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
    dc/dt = -c/tau_c                          : 1                 # eligibility, the tag
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
        "tau_c": Parameter(300 * ms, "life of the tag", low=1 * ms, evidence="assumed"),
        "a_plus": Parameter(1.0, "tag left by pre before post", evidence="assumed"),
        "a_minus": Parameter(0.3, "tag removed by post before pre", evidence="assumed"),
        "a_alone": Parameter(0.0, "tag left by a presynaptic spike alone", evidence="assumed"),
        "eta": Parameter(1 * mV / second, "learning rate", evidence="assumed"),
        "d1_weight": Parameter(2.0, "what D1 counts", evidence="assumed"),
        "d2_weight": Parameter(1.0, "what D2 counts", evidence="assumed"),
        "share": Parameter(1.0, "what a spike counts", low=0.0, evidence="assumed"),
        "w_min": Parameter(0 * mV, "smallest weight", evidence="assumed"),
        "w_max": Parameter(2.5 * mV, "largest weight", evidence="assumed"),
    },
    initial={"w": 1 * mV},
)
