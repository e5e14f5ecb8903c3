"""Two eligibility traces, each converted by its own neuromodulator (visual cortex).

Pre before post leaves an eligibility trace for potentiation, post before pre one for depression. Neither
changes the synapse. Noradrenaline at β2 receptors converts the first into potentiation, serotonin at 5-HT2C
receptors the second into depression, if they arrive while the trace lasts. The trace for depression is
shorter.

    pre → post ──► LTP trace (5 to 10 s) ──┬── noradrenaline, β2 ──► dw > 0
    post → pre ──► LTD trace (2.5 to 5 s) ─┴── serotonin, 5-HT2C ──► dw < 0

Time constants of the traces are the middle of the ranges recalled; amplitudes, rates and windows are
assumptions of this package. In the source, synapses are trained in bursts and traces saturate, which is not
modelled.
"""

from brian2 import ms, mV, second

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import HE_2015

TRANSFORMING_TRACES = SynapseModel(
    name="transforming_traces",
    summary="Noradrenaline converts one eligibility trace to potentiation, serotonin another to depression.",
    source=HE_2015,
    equations="""
    dx/dt = -x / tau_plus                  : 1 (event-driven)  # nearest presynaptic spike
    dy/dt = -y / tau_minus                 : 1 (event-driven)  # nearest postsynaptic spike
    dltp_trace/dt = -ltp_trace / tau_ltp   : 1                 # left by pre before post
    dltd_trace/dt = -ltd_trace / tau_ltd   : 1                 # left by post before pre
    dw/dt = eta_ltp*ltp_trace*beta2 - eta_ltd*ltd_trace*ht2c : 1  # weight, 1 at the start
    beta2                                  : 1                 # occupancy of β2 receptors
    ht2c                                   : 1                 # occupancy of 5-HT2C receptors
    """,
    modulators=("beta2", "ht2c"),
    on_pre="""
    I_synaptic_post += w_unit*w
    ltd_trace += y
    x = 1
    """,
    on_post="""
    ltp_trace += x
    y = 1
    """,
    bounds={"w": ("w_min", "w_max")},
    parameters={
        "tau_plus": Parameter(20 * ms, "window of pre before post", evidence="assumed", low=1 * ms),
        "tau_minus": Parameter(20 * ms, "window of post before pre", evidence="assumed", low=1 * ms),
        "tau_ltp": Parameter(
            7.5 * second, "time constant of the LTP trace", "5 to 10 s", low=1 * ms, evidence="unverified"
        ),
        "tau_ltd": Parameter(
            3.75 * second, "time constant of the LTD trace", "2.5 to 5 s", low=1 * ms, evidence="unverified"
        ),
        "eta_ltp": Parameter(0.01 / second, "rate at which β2 converts its trace", evidence="assumed"),
        "eta_ltd": Parameter(0.01 / second, "rate at which 5-HT2C converts its trace", evidence="assumed"),
        "w_min": Parameter(0.0, "smallest weight", evidence="assumed"),
        "w_max": Parameter(3.0, "largest weight", evidence="assumed"),
        "w_unit": Parameter(1 * mV, "input of a weight of one", evidence="assumed"),
    },
    initial={"w": 1.0},
    ranges={"x": (0.0, 1.0), "y": (0.0, 1.0)},
)
