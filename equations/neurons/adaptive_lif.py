"""The adaptive leaky integrate-and-fire neuron (ALIF): each spike raises the threshold.

    tau_m dv/dt = -(v - v_rest) + R · input_current;    tau_a da/dt = -a
    v > v_threshold + beta a: a spike, v = v_reset, a = a + 1

The first interval after a step of current is that of the `LIF` neuron; later ones are longer. At rest of the
adaptation, ``a`` is q/(1 - q) when a spike is due, with q = exp(-T/tau_a), and the interval T solves

    T = t_refractory + tau_m ln((R I + v_rest - v_reset) / (R I + v_rest - v_threshold - beta q/(1 - q)))

The form is that of Bellec et al. (2020), whose cells are without units, in discrete time and subtract the
threshold at a spike; here the reset is that of the `LIF` neuron, and the numbers of the membrane are its own.
The size of the adaptation is an assumption.
"""

from dataclasses import replace

from brian2 import ms, mV

from neuromodsim.description.model import Parameter
from neuromodsim.equations.neurons.lif import LIF
from neuromodsim.equations.sources import BELLEC_2020

ADAPTIVE_LIF = replace(
    LIF,
    name="adaptive_lif",
    summary="A leaky membrane whose threshold rises with each spike and decays slowly.",
    source=BELLEC_2020,
    equations=LIF.equations + "\nda/dt = -a/tau_a : 1  # adaptation: spikes that the threshold remembers",
    threshold="v > v_threshold + beta*a",
    reset="v = v_reset\na += 1",
    parameters={
        **LIF.parameters,
        "tau_a": Parameter(200 * ms, "time constant of the adaptation", low=0.1 * ms, evidence="assumed"),
        "beta": Parameter(2 * mV, "rise of the threshold per spike", low=0 * mV, evidence="assumed"),
    },
)
