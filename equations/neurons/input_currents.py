"""What drives a cell from outside: a current that is set, synaptic current, and noise.

    input_current = I + I_synaptic + I_noise

``I`` stays what it is set to: by an initial value, a task, an effect or a link. ``I_synaptic`` is what
spikes bring: a synapse raises it (``I_synaptic_post += w``, w in ampere) and it decays within
``tau_synaptic``. ``I_noise`` is an Ornstein-Uhlenbeck current, independent in each cell, with the
standard deviation ``noise_sd``, which is zero unless set. It is stepped exactly, so that its size and
its correlation in time do not depend on the time step.

The two time constants are ours: that of a fast synapse.
"""

from brian2 import ms, pA

from neuromodsim.description.model import Parameter

INPUT_EQUATIONS = """
input_current = I + I_synaptic + I_noise    : amp
dI_synaptic/dt = -I_synaptic / tau_synaptic : amp  # what spikes brought
I_noise                                     : amp  # fluctuations of its own
I                                           : amp  # set from outside
"""

INPUT_STEP = "I_noise = I_noise*exp(-dt/tau_noise) + noise_sd*sqrt(1 - exp(-2*dt/tau_noise))*randn()"

INPUT_PARAMETERS = {
    "tau_synaptic": Parameter(5 * ms, "decay of synaptic current", "ours", low=0.01 * ms, evidence="assumed"),
    "noise_sd": Parameter(
        0 * pA, "standard deviation of the noise current", "none", low=0 * pA, evidence="assumed"
    ),
    "tau_noise": Parameter(5 * ms, "memory of the noise current", "ours", low=0.01 * ms, evidence="assumed"),
}

INPUT_INITIAL = {"I_noise": "noise_sd*randn()"}
