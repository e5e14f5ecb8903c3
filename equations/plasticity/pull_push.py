"""Receptors shift the window of spike-timing-dependent plasticity up or down (visual cortex).

Spike pairing alone has no effect. With receptors that raise cAMP (β), both orders of spikes potentiate;
with receptors coupled to phospholipase C (α1, M1), both orders depress. If both kinds are active, the
effects add up to a Hebbian window, because each has a preferred order:

                        Δt > 0 (pre first)      Δt < 0 (post first)
    β                   + large                 + small
    α1, M1              - small                 - large
    β and α1            +                       -

Receptor occupancies are evaluated at the time of the second spike. They scale the two windows linearly,
without common saturation; this, and all amplitudes and time constants, are assumptions of this package:
only the signs are from the source. The sign of ``m1_effect`` determines the effect of acetylcholine through
M1: -1 as in visual cortex; in other preparations it potentiates.
"""

from brian2 import ms, mV

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import SEOL_2007

PULL_PUSH = SynapseModel(
    name="pull_push",
    summary="β receptors enable potentiation by pairing, α1 and M1 receptors enable depression.",
    source=SEOL_2007,
    equations="""
    dx/dt = -x / tau_plus  : 1 (event-driven)  # nearest presynaptic spike
    dy/dt = -y / tau_minus : 1 (event-driven)  # nearest postsynaptic spike
    w                      : 1                 # weight, 1 at the start
    beta                   : 1                 # occupancy of β receptors
    alpha1                 : 1                 # occupancy of α1 receptors
    m1                     : 1                 # occupancy of M1 receptors
    """,
    modulators=("beta", "alpha1", "m1"),
    on_pre="""
    I_synaptic_post += w_unit*w
    w = clip(w + y*(ltp_after*beta - ltd_after*(alpha1 - m1_effect*m1)), w_min, w_max)
    x = 1
    """,
    on_post="""
    w = clip(w + x*(ltp_before*beta - ltd_before*(alpha1 - m1_effect*m1)), w_min, w_max)
    y = 1
    """,
    parameters={
        "tau_plus": Parameter(20 * ms, "window of pre before post", evidence="assumed", low=1 * ms),
        "tau_minus": Parameter(20 * ms, "window of post before pre", evidence="assumed", low=1 * ms),
        "ltp_before": Parameter(0.01, "potentiation by pre before post", evidence="assumed", low=0.0),
        "ltp_after": Parameter(0.004, "potentiation by post before pre", evidence="assumed", low=0.0),
        "ltd_before": Parameter(0.004, "depression by pre before post", evidence="assumed", low=0.0),
        "ltd_after": Parameter(0.01, "depression by post before pre", evidence="assumed", low=0.0),
        "m1_effect": Parameter(
            -1.0, "effect of M1 relative to α1's; > 0 potentiates", "abstract", -1e3, 1e3, "reported"
        ),
        "w_min": Parameter(0.0, "smallest weight", evidence="assumed"),
        "w_max": Parameter(3.0, "largest weight", evidence="assumed"),
        "w_unit": Parameter(1 * mV, "input of a weight of one", evidence="assumed"),
    },
    initial={"w": 1.0},
    ranges={"x": (0.0, 1.0), "y": (0.0, 1.0)},
)
