"""Acetylcholine first, dopamine later: depression while exploring, potentiation once rewarded (CA1).

In the presence of acetylcholine, every pairing changes the weight immediately, whatever the order of
spikes; pairing also leaves an eligibility trace, which dopamine within seconds converts into potentiation:

    pairing ──► W ──► dw = ach_effect · ACh · W                    immediately
                 └──► trace (2 s) ──► dw/dt = eta · D1 · trace     with dopamine

The published program (ModelDB 233396) lowers the weight by 0.002 W, and adds 0.01 of the trace when a
reward comes; here dopamine has a time course, and a D1 occupancy of one for ``pulse`` has the same effect.
The program has one level of acetylcholine, here it is an occupancy. Without either modulator there is no
plasticity, whereas slices show a Hebbian window. In the slices of the paper dopamine is effective minutes
later, which a trace of 2 s, intended for navigation, cannot explain.

The sign of ``ach_effect`` determines whether acetylcholine depresses or potentiates, because laboratories
disagree: Brzosko et al. (2017) find depression at all timings, Sugisaki et al. (2011) find that eserine
converts depression into potentiation (`SEQUENTIAL_SUGISAKI`).
"""

from brian2 import ms, mV, second

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import BRZOSKO_2017, SUGISAKI_2011

SEQUENTIAL = SynapseModel(
    name="sequential",
    summary="Acetylcholine depresses paired synapses, later dopamine converts this into potentiation.",
    source=BRZOSKO_2017,
    equations="""
    dx/dt = -x / tau_w                : 1 (event-driven)  # nearest presynaptic spike
    dy/dt = -y / tau_w                : 1 (event-driven)  # nearest postsynaptic spike
    dtrace/dt = -trace / tau_trace    : 1                 # what dopamine can still convert
    dw/dt = eta_da*trace*d1/pulse     : 1                 # weight
    ach                               : 1                 # occupancy of muscarinic receptors
    d1                                : 1                 # occupancy of D1 receptors
    """,
    modulators=("ach", "d1"),
    on_pre="""
    I_synaptic_post += w_unit*w
    w = clip(w + ach_effect*ach*amplitude*y, w_min, w_max)
    trace += amplitude*y
    x = 1
    """,
    on_post="""
    w = clip(w + ach_effect*ach*amplitude*x, w_min, w_max)
    trace += amplitude*x
    y = 1
    """,
    bounds={"w": ("w_min", "w_max")},
    parameters={
        "tau_w": Parameter(
            10 * ms, "window, the same for both orders", "ModelDB 233396", 1 * ms, None, "reported"
        ),
        "amplitude": Parameter(1.0, "height of the window", "ModelDB 233396", 0.0, None, "reported"),
        "tau_trace": Parameter(
            2 * second, "time constant of the trace", "ModelDB 233396", 1 * ms, None, "reported"
        ),
        "ach_effect": Parameter(
            -0.002, "change by acetylcholine per W; > 0 potentiates", "ModelDB 233396", evidence="reported"
        ),
        "eta_da": Parameter(
            0.01, "fraction of the trace converted by a reward", "ModelDB 233396", evidence="reported"
        ),
        "pulse": Parameter(
            200 * ms, "time at full D1 occupancy equivalent to one reward", low=1 * ms, evidence="assumed"
        ),
        "w_min": Parameter(1.0, "smallest weight", "ModelDB 233396", evidence="reported"),
        "w_max": Parameter(3.0, "largest weight", "ModelDB 233396", evidence="reported"),
        "w_unit": Parameter(1 * mV, "input of a weight of one", evidence="assumed"),
    },
    initial={"w": 2.0},
    ranges={"x": (0.0, 1.0), "y": (0.0, 1.0)},
)

SEQUENTIAL_SUGISAKI = SEQUENTIAL.preset(
    name="sequential_sugisaki",
    summary="The same with acetylcholine that potentiates, as found with eserine.",
    source=SUGISAKI_2011,
    ach_effect=Parameter(0.002, "", "sign from the abstract, size as in SEQUENTIAL", evidence="assumed"),
)
