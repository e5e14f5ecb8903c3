"""The leaky integrate-and-fire neuron.

    tau_m dv/dt = -(v - v_rest) + R · input_current;    v > v_threshold: a spike, v = v_reset

After a spike the membrane rests for ``t_refractory``. With a constant current that brings it above threshold,
the cell fires at

    f = 1 / (t_refractory + tau_m ln((R I + v_rest - v_reset) / (R I + v_rest - v_threshold)))

The membrane is exact if its input is constant. Spikes take place in whole time steps, so an interval differs from
the formula by less than one: at 0.1 ms, less than 1 % up to 100 spikes per second.

The values are those of the exercises that accompany Gerstner et al. (2014), read in their program; the
equation is that of section 1.3 of the book.
"""

from brian2 import Mohm, ms, mV

from neuromodsim.description.model import NeuronModel, Parameter
from neuromodsim.equations.neurons.input_currents import (
    INPUT_EQUATIONS,
    INPUT_INITIAL,
    INPUT_PARAMETERS,
    INPUT_STEP,
)
from neuromodsim.equations.sources import GERSTNER_2014

WHERE = "exercises, LIF.py"

LIF = NeuronModel(
    name="lif",
    summary="A leaky membrane that is reset when it reaches a threshold.",
    source=GERSTNER_2014,
    equations="""
    dv/dt = (v_rest - v + R*input_current)/tau_m : volt (unless refractory)  # membrane
    """
    + INPUT_EQUATIONS,
    method="exponential_euler",
    step=INPUT_STEP,
    threshold="v > v_threshold",
    reset="v = v_reset",
    refractory="t_refractory",
    parameters={
        "tau_m": Parameter(8 * ms, "time constant of the membrane", WHERE, 0.1 * ms, evidence="reported"),
        "R": Parameter(10 * Mohm, "resistance of the membrane", WHERE, 0 * Mohm, evidence="reported"),
        "v_rest": Parameter(-70 * mV, "resting potential", WHERE, evidence="reported"),
        "v_reset": Parameter(-65 * mV, "reset potential", WHERE, evidence="reported"),
        "v_threshold": Parameter(-50 * mV, "threshold", WHERE, evidence="reported"),
        "t_refractory": Parameter(2 * ms, "refractory period", WHERE, 0 * ms, evidence="reported"),
        **INPUT_PARAMETERS,
    },
    initial={"v": "v_rest", **INPUT_INITIAL},
)
