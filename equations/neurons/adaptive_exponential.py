"""The adaptive exponential integrate-and-fire neuron: the cells of the neuromodulatory nuclei.

A leaky membrane, an exponential spike onset at ``V_T``, and one slow adaptation current ``I_w`` (w in the
article): it follows the membrane with conductance ``a`` and increases by ``b`` at each spike. Small slow
cells with strong adaptation fire regularly at a few hertz, as most cells of these nuclei do.

    C_m dv/dt = -g_L (v - E_L) + g_L Delta_T exp((v - V_T)/Delta_T) - I_w + input_current

A spike is cut at ``V_T + 5 Delta_T``, where the exponential has taken over and the rest of the upstroke
would last no more than C_m/g_L · exp(-5). In the article it is cut at 20 mV, far up a blow-up that a
time step cannot follow: the adaptation then catches how far above the cut the last step went, and rates
depend on the step. Above the cut the exponential is held, so that a large input or a long step cannot
run away. Rates at a step of 0.1 and of 0.025 ms then differ by less than 0.1 %, and at 1 ms by less
than 1 %.

The values here are those of the article, a regular-spiking cortical cell, recalled; the nuclei are presets.
Cells with the same input fire synchronously: give them noise, or scattered initial values (``{"v": "v_reset
+ (V_T - v_reset)*rand()"}``).
"""

from brian2 import ms, mV, nS, pA, pF

from neuromodsim.description.model import NeuronModel, Parameter
from neuromodsim.equations.neurons.input_currents import (
    INPUT_EQUATIONS,
    INPUT_INITIAL,
    INPUT_PARAMETERS,
    INPUT_STEP,
)
from neuromodsim.equations.sources import BRETTE_GERSTNER_2005

ADAPTIVE_EXPONENTIAL = NeuronModel(
    name="adaptive_exponential",
    summary="A leaky membrane with an exponential spike and one adaptation current.",
    source=BRETTE_GERSTNER_2005,
    equations="""
    dv/dt = (g_L*(E_L - v) + I_spike - I_w + input_current) / C_m : volt  # membrane
    dI_w/dt = (a*(v - E_L) - I_w) / tau_w                         : amp   # adaptation
    I_spike = g_L*Delta_T*exp(clip((v - V_T)/Delta_T, -100, 5))   : amp   # upstroke of a spike
    """
    + INPUT_EQUATIONS,
    step=INPUT_STEP,
    method="rk2",
    threshold="v >= V_T + 5*Delta_T",
    reset="""
    v = v_reset
    I_w += b
    """,
    parameters={
        "C_m": Parameter(281 * pF, "capacitance", "Table 1", low=1 * pF, evidence="unverified"),
        "g_L": Parameter(30 * nS, "leak conductance", "Table 1", low=0 * nS, evidence="unverified"),
        "E_L": Parameter(-70.6 * mV, "resting potential", "Table 1", evidence="unverified"),
        "V_T": Parameter(
            -50.4 * mV, "spike threshold of the exponential term", "Table 1", evidence="unverified"
        ),
        "Delta_T": Parameter(
            2 * mV, "slope factor of the exponential term", "Table 1", low=0.01 * mV, evidence="unverified"
        ),
        "a": Parameter(4 * nS, "subthreshold adaptation", "Table 1", evidence="unverified"),
        "b": Parameter(80.5 * pA, "spike-triggered adaptation", "Table 1", evidence="unverified"),
        "tau_w": Parameter(
            144 * ms, "time constant of adaptation", "Table 1", low=0.1 * ms, evidence="unverified"
        ),
        "v_reset": Parameter(-70.6 * mV, "reset potential", "Table 1", evidence="unverified"),
        **INPUT_PARAMETERS,
    },
    initial={"v": "E_L", **INPUT_INITIAL},
)


def chosen(value: object) -> Parameter:
    """Return a number chosen by hand so that the cell fires as it should, not fitted to recordings."""
    return Parameter(value, "", "chosen by hand", evidence="assumed")
