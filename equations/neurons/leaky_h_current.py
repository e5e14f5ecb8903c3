"""A leaky cell with an h-current: a pyramidal cell modulated by α2A.

    C_m dv/dt = g_L (E_L − v) + g_h m (E_h − v) + input_current
    dm/dt     = (m_inf(v) − m) / tau_h ,     m_inf = 1 / (1 + exp((v − half_h) / slope_h))

The h-current opens when the membrane is hyperpolarised, pulls it up, and shunts inputs that arrive in
the dendrites. cAMP opens it more and earlier; α2A, which lowers cAMP, closes it. Working-memory cells
then integrate inputs for longer (Wang et al. 2007).

Parameters were chosen by hand; the h-current is of the order of that of a layer 5 cell. One compartment
represents distal dendrites.
"""

from brian2 import ms, mV, nS, pF

from neuromodsim.description.model import NeuronModel, Parameter
from neuromodsim.equations.neurons.input_currents import (
    INPUT_EQUATIONS,
    INPUT_INITIAL,
    INPUT_PARAMETERS,
    INPUT_STEP,
)
from neuromodsim.equations.sources import WANG_2007

LEAKY_H = NeuronModel(
    name="leaky_h",
    summary="A leaky integrate-and-fire cell with an h-current.",
    source=WANG_2007,
    equations="""
    dv/dt = (g_L*(E_L - v) + g_h*m*(E_h - v) + input_current)/C_m : volt (unless refractory)
    dm/dt = (m_inf - m)/tau_h                                     : 1  # open h-channels
    m_inf = 1/(1 + exp((v - half_h)/slope_h))                     : 1
    """
    + INPUT_EQUATIONS,
    step=INPUT_STEP,
    method="rk2",
    threshold="v >= v_T",
    reset="v = v_reset",
    refractory="t_refractory",
    parameters={
        "C_m": Parameter(200 * pF, "capacitance", low=1 * pF, evidence="assumed"),
        "g_L": Parameter(8 * nS, "leak conductance", low=0 * nS, evidence="assumed"),
        "E_L": Parameter(-75 * mV, "leak reversal potential", evidence="assumed"),
        "g_h": Parameter(10 * nS, "maximal h-conductance", low=0 * nS, evidence="assumed"),
        "E_h": Parameter(
            -30 * mV,
            "reversal potential of the h-current",
            "order of published values",
            evidence="unverified",
        ),
        "half_h": Parameter(
            -82 * mV, "half-activation potential", "order of published values", evidence="unverified"
        ),
        "slope_h": Parameter(7 * mV, "slope factor of activation", low=0.1 * mV, evidence="assumed"),
        "tau_h": Parameter(40 * ms, "time constant of activation", low=0.1 * ms, evidence="assumed"),
        "v_T": Parameter(-50 * mV, "threshold", evidence="assumed"),
        "v_reset": Parameter(-60 * mV, "reset potential", evidence="assumed"),
        "t_refractory": Parameter(2 * ms, "refractory period", low=0 * ms, evidence="assumed"),
        **INPUT_PARAMETERS,
    },
    initial={"v": "E_L", **INPUT_INITIAL},
    ranges={"m": (0.0, 1.0)},
)
