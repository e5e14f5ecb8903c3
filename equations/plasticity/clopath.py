"""Voltage-based plasticity (Clopath et al. 2010).

    at a presynaptic spike:  w = w - A_LTD [ū- - θ-]+,    x = x + 1
    at all times:            dw/dt = A_LTP x/τ_x [v - θ+]+ [ū+ - θ-]+,    τ_x dx/dt = -x
    of the target:           τ- dū-/dt = v - ū-,    τ+ dū+/dt = v - ū+

Depression depends on the membrane before a presynaptic spike, potentiation on its height now and before; spikes
of the target have no role of their own. `voltage_traces` adds ū- and ū+ to a cell with a membrane ``v``. The weight
is an eligibility trace, x, times a variable of the target, so the default program integrates it at spikes.

The rule needs the shape of spikes: θ+ is passed only during one. In the authors' program (ModelDB 144566) the
membrane is held at its peak for 2 ms, and ū- and ū+ are read with a delay; cells that are reset at threshold,
such as `LIF`, leave potentiation out. The homeostatic factor of A_LTD, (mean ū / reference)², is not included.
Numbers are those of visual cortex, Table 1, recalled (τ_x: NEST, read).
"""

from dataclasses import replace

from brian2 import ms, mV

from neuromodsim.description.model import NeuronModel, Parameter, SynapseModel
from neuromodsim.equations.sources import CLOPATH_2010

TABLE = "Table 1, visual cortex"

CLOPATH = SynapseModel(
    name="clopath",
    summary="The membrane of the target, now and before, decides over depression and potentiation.",
    source=CLOPATH_2010,
    equations="""
    dx/dt = -x/tau_x              : 1  # presynaptic spikes
    dw/dt = A_LTP/tau_x*x*raised  : 1  # weight
    raised = int(v_post > theta_plus)*(v_post - theta_plus)*int(u_plus_post > theta_minus)*(u_plus_post - theta_minus) : volt**2
    """,
    on_pre="""
    I_synaptic_post += w_unit*w
    w -= A_LTD*(u_minus_post - theta_minus)*int(u_minus_post > theta_minus)
    x += 1
    """,
    bounds={"w": ("w_min", "w_max")},
    parameters={
        "A_LTD": Parameter(14e-5 / mV, "amplitude of depression", TABLE, 0 / mV, evidence="unverified"),
        "A_LTP": Parameter(
            8e-5 / mV**2, "amplitude of potentiation", TABLE, 0 / mV**2, evidence="unverified"
        ),
        "theta_minus": Parameter(-70.6 * mV, "threshold of both traces", TABLE, evidence="unverified"),
        "theta_plus": Parameter(-45.3 * mV, "threshold of the membrane", TABLE, evidence="unverified"),
        "tau_x": Parameter(
            15 * ms, "presynaptic trace", "NEST, clopath_synapse.h", 0.1 * ms, evidence="reported"
        ),
        "w_min": Parameter(0.0, "smallest weight", evidence="assumed"),
        "w_max": Parameter(3.0, "largest weight", evidence="assumed"),
        "w_unit": Parameter(1 * mV, "input of a weight of one", evidence="assumed"),
    },
    initial={"w": 1.0},
)


def voltage_traces(cell: NeuronModel) -> NeuronModel:
    """Return a cell with the two low-pass filtered voltages that the rule reads, at rest where ``v`` starts."""
    traces = "\ndu_minus/dt = (v - u_minus)/tau_u_minus : volt\ndu_plus/dt = (v - u_plus)/tau_u_plus : volt"
    start = {"u_minus": cell.initial["v"], "u_plus": cell.initial["v"]} if "v" in cell.initial else {}
    return replace(
        cell,
        name=f"{cell.name}_with_voltage_traces",
        equations=cell.equations + traces,
        parameters={
            **cell.parameters,
            "tau_u_minus": Parameter(10 * ms, "trace that depresses", TABLE, 0.1 * ms, evidence="unverified"),
            "tau_u_plus": Parameter(7 * ms, "trace that potentiates", TABLE, 0.1 * ms, evidence="unverified"),
        },
        initial={**cell.initial, **start},
    )
