"""The simple model of spiking neurons, in the form used to solve the distal reward problem.

A quadratic membrane with a recovery variable; four parameters define a regular-spiking excitatory or a
fast-spiking inhibitory cell. Input arrives once per millisecond: synaptic input is constant for one step,
and each cell receives independent uniform noise in every step. The model is therefore tied to a time step
of 1 ms, which the source uses too, in two half-steps for the membrane.

``v_reset`` and ``u_jump`` are c and d of the source, which denote other quantities in plasticity rules.
The noise amplitude (13 mV wide) and the two half-steps are those of the published program
(ModelDB 84167, daspnet.m); the article describes the network in words only.
"""

from brian2 import ms, mV

from neuromodsim.description.model import NeuronModel, Parameter
from neuromodsim.equations.sources import IZHIKEVICH_2003

IZHIKEVICH = NeuronModel(
    name="izhikevich",
    summary="A quadratic cell with recovery, independent noise, and input that is constant for one step.",
    source=IZHIKEVICH_2003,
    equations="""
    dv/dt = (0.04/mV*v**2 + 5*v + 140*mV - u + I_synaptic + noise)/ms : volt  # membrane
    du/dt = a*(b*v - u)                     : volt                    # recovery
    noise = noise_width*(rand() - 0.5)      : volt                    # new in every step
    I_synaptic                              : volt                    # what spikes brought
    a                                       : 1/second (constant)     # speed of recovery
    u_jump                                  : volt (constant)         # recovery's rise at a spike
    """,
    method="half_steps(v)",
    step="I_synaptic = 0*mV",
    threshold="v >= v_peak",
    reset="""
    v = v_reset
    u += u_jump
    """,
    parameters={
        "b": Parameter(0.2, "sensitivity of recovery to the membrane", "daspnet.m", evidence="reported"),
        "v_reset": Parameter(-65 * mV, "reset potential", "daspnet.m", evidence="reported"),
        "v_peak": Parameter(30 * mV, "peak of a spike", "daspnet.m", evidence="reported"),
        "noise_width": Parameter(
            13 * mV, "width of the uniform noise", "daspnet.m", low=0 * mV, evidence="reported"
        ),
    },
    initial={"v": -65 * mV, "u": -13 * mV, "a": 0.02 / ms, "u_jump": 8 * mV},
)
