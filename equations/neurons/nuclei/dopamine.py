"""Dopamine neurons of substantia nigra and ventral tegmental area.

They fire a few times per second, burst at about 20 Hz when a reward is better than expected, and
pause when it is worse. Here a constant current of 20 to 40 pA gives the tonic rate and -60 pA a pause:

    I (pA)       20    40    100    200
    rate (Hz)   2.5   4.5   10.2   19.8

These are rates after adaptation. A burst starts faster than it ends: 300 ms of 200 pA from rest give ten
spikes, the last at 20 per second; 120 pA give six.

The numbers are a starting point made by hand for these rates, not a fit to recordings. Left out: the
pacemaker (real cells fire without input), the conductances behind it (calcium, I_h, SK, A-type
potassium), depolarisation block, bursts by NMDA receptors, and all differences between nigra and
tegmental area.
"""

from brian2 import ms, mV, nS, pA, pF

from neuromodsim.equations.neurons.adaptive_exponential import ADAPTIVE_EXPONENTIAL, chosen
from neuromodsim.equations.sources import BRETTE_GERSTNER_2005

DOPAMINE_NEURON = ADAPTIVE_EXPONENTIAL.preset(
    name="dopamine_neuron",
    summary="A midbrain dopamine neuron: 2.5 to 20 spikes/s at 20 to 200 pA, without a pacemaker.",
    source=BRETTE_GERSTNER_2005,
    C_m=chosen(60 * pF),
    g_L=chosen(1.6 * nS),
    E_L=chosen(-48 * mV),
    V_T=chosen(-42 * mV),
    Delta_T=chosen(2.5 * mV),
    a=chosen(0.3 * nS),
    b=chosen(35 * pA),
    tau_w=chosen(250 * ms),
    v_reset=chosen(-60 * mV),
)
