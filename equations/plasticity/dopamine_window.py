"""Dopamine counts only if it comes a little after the spikes: 0.3 to 2 s (nucleus accumbens).

Spines of D1 cells grow when dopamine follows pairing by about a second, not when it comes with it or
before it. A tag that only fades would be strongest at once. Here the tag must ripen: pairing starts
it, and three steps of time constant ``tau_ripe`` have to pass before dopamine can use it, as adenylyl
cyclase 1 has to be primed by calcium and calmodulin before D1 receptors can drive it. Meanwhile all
of it fades:

    ripe(t) = exp(-t/tau_tag) · (1 - exp(-t/tau_ripe))³

which is a sum of four plain exponentials, so a synapse keeps four tags that start together and
differ in how fast they fade. D1 occupancy counts by its square, because protein kinase A needs cAMP
in pairs; this also keeps the tail of the dopamine pulse from reaching the ripe tag, when it comes
with the spikes.

Ours, and fitted by hand to what the source states, for a puff of dopamine cleared with 105 ms at D1
receptors that follow within 50 ms: growth against delay is largest at 0.6 s, 0.7 of that at 0.3 s and
0.3 at 2 s, at most 0.1 at 0 s, and nothing at -1 and 5 s. The source counts from the onset of a train
of pairings; here the delay is that from a single pair. Post before pre leaves no tag, since the
source did not try it. Urakubo et al. (2020) have the biochemistry in full.
"""

from brian2 import ms, mV, second

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import YAGISHITA_2014

DOPAMINE_WINDOW = SynapseModel(
    name="dopamine_window",
    summary="An eligibility trace that rises over half a second restricts potentiation to later dopamine.",
    source=YAGISHITA_2014,
    equations="""
    dx/dt = -x / tau_plus                               : 1 (event-driven)  # nearest presynaptic spike
    dtag/dt = -tag/tau_tag                              : 1  # all that pairing left
    dtag_1/dt = -tag_1*(1/tau_tag + 1/tau_ripe)         : 1
    dtag_2/dt = -tag_2*(1/tau_tag + 2/tau_ripe)         : 1
    dtag_3/dt = -tag_3*(1/tau_tag + 3/tau_ripe)         : 1
    dw/dt = eta*(tag - 3*tag_1 + 3*tag_2 - tag_3)*d1**2 : 1  # weight, 1 at the start
    d1                                                  : 1  # occupancy of D1 receptors
    """,
    modulators=("d1",),
    on_pre="""
    I_synaptic_post += w_unit*w
    x = 1
    """,
    on_post="""
    tag += x
    tag_1 += x
    tag_2 += x
    tag_3 += x
    """,
    bounds={"w": ("w_min", "w_max")},
    parameters={
        "tau_plus": Parameter(20 * ms, "window of pre before post", evidence="assumed", low=1 * ms),
        "tau_tag": Parameter(0.8 * second, "life of the tag", "fitted", low=1 * ms, evidence="assumed"),
        "tau_ripe": Parameter(0.35 * second, "time of each step", "fitted", low=1 * ms, evidence="assumed"),
        "eta": Parameter(1 / second, "rate of growth at full occupancy", evidence="assumed"),
        "w_min": Parameter(0.0, "smallest weight", evidence="assumed"),
        "w_max": Parameter(3.0, "largest weight", evidence="assumed"),
        "w_unit": Parameter(1 * mV, "input of a weight of one", evidence="assumed"),
    },
    initial={"w": 1.0},
)
