"""Input currents of a cell: a constant current, synaptic current, and noise.

    input_current = I + I_synaptic + I_noise

``I`` is set by an initial value, a task, an effect or a link. ``I_synaptic`` is the synaptic current: a
synapse increases it (``I_synaptic_post += w``, w in ampere) and it decays with ``tau_synaptic``.
``I_noise`` is an Ornstein-Uhlenbeck current, independent in each cell, with standard deviation
``noise_sd``, which is zero by default. It is integrated exactly, so that its amplitude and correlation time
do not depend on the time step.

The two time constants are assumptions of this package: those of a fast synapse.
"""

from brian2 import ms, pA

from neuromodsim.description.model import Parameter

INPUT_EQUATIONS = """
input_current = I + I_synaptic + I_noise    : amp
dI_synaptic/dt = -I_synaptic / tau_synaptic : amp  # synaptic current
I_noise                                     : amp  # noise current
I                                           : amp  # constant current
"""

INPUT_STEP = "I_noise = I_noise*exp(-dt/tau_noise) + noise_sd*sqrt(1 - exp(-2*dt/tau_noise))*randn()"

INPUT_PARAMETERS = {
    "tau_synaptic": Parameter(
        5 * ms, "time constant of synaptic current", "of this package", low=0.01 * ms, evidence="assumed"
    ),
    "noise_sd": Parameter(
        0 * pA, "standard deviation of the noise current", "none", low=0 * pA, evidence="assumed"
    ),
    "tau_noise": Parameter(
        5 * ms, "correlation time of the noise current", "of this package", low=0.01 * ms, evidence="assumed"
    ),
}

INPUT_INITIAL = {"I_noise": "noise_sd*randn()"}
