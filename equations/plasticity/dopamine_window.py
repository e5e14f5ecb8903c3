"""Dopamine is effective only 0.3 to 2 s after spike pairing (nucleus accumbens).

Spines of D1 cells grow if dopamine follows pairing by about a second, but not if it is simultaneous or
earlier. An exponentially decaying eligibility trace would be largest immediately. Here the trace matures:
after pairing, it passes through three steps of time constant ``tau_ripe`` before dopamine is effective, as
adenylyl cyclase 1 must be primed by calcium and calmodulin before D1 receptors can activate it. Meanwhile
it decays:

    trace(t) = exp(-t/tau_tag) · (1 - exp(-t/tau_ripe))³

This is a sum of four exponentials, so a synapse keeps four eligibility traces with the same onset and
different decay rates. D1 occupancy enters as its square, because protein kinase A binds cAMP in pairs; the
square also reduces the effect of the tail of a dopamine pulse that coincides with the spikes.

The rule is of this package. It is fitted by hand to the statements of the source, for a puff of dopamine
cleared with 105 ms and D1 receptors that follow within 50 ms: growth as a function of delay is largest at
0.6 s, 0.7 of the maximum at 0.3 s and 0.3 at 2 s, at most 0.1 at 0 s, and zero at -1 and 5 s. The source
measures the delay from the onset of a train of pairings; here it is measured from a single pair. Post
before pre leaves no trace, because the source did not test it. Urakubo et al. (2020) model the biochemistry
in detail.
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
    dtag/dt = -tag/tau_tag                              : 1  # eligibility trace, without maturation
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
        "tau_tag": Parameter(
            0.8 * second, "time constant of the eligibility trace", "fitted", low=1 * ms, evidence="assumed"
        ),
        "tau_ripe": Parameter(
            0.35 * second, "time constant of each step", "fitted", low=1 * ms, evidence="assumed"
        ),
        "eta": Parameter(1 / second, "rate of growth at full occupancy", evidence="assumed"),
        "w_min": Parameter(0.0, "smallest weight", evidence="assumed"),
        "w_max": Parameter(3.0, "largest weight", evidence="assumed"),
        "w_unit": Parameter(1 * mV, "input of a weight of one", evidence="assumed"),
    },
    initial={"w": 1.0},
    ranges={"x": (0.0, 1.0)},
)
