"""Noradrenaline neurons of the locus coeruleus.

Awake they fire at 1 to 3 Hz, with short bursts of 8 to 10 Hz; held at 5 Hz or more they exhaust what
they release. The strong and slow adaptation keeps rates low:

    I (pA)       20    40    100    200
    rate (Hz)   1.0   1.9    3.9    7.1

The numbers are a starting point made by hand for these rates, not a fit to recordings. Left out: the
pacemaker, gap junctions (whose strength decides between tonic and phasic firing), and the inhibition
between cells through alpha-2 receptors, which is an autoreceptor here.
"""

from brian2 import ms, mV, nS, pA, pF

from neuromodsim.equations.neurons.adaptive_exponential import ADAPTIVE_EXPONENTIAL, chosen
from neuromodsim.equations.sources import BRETTE_GERSTNER_2005

LOCUS_COERULEUS_NEURON = ADAPTIVE_EXPONENTIAL.preset(
    name="locus_coeruleus_neuron",
    summary="A noradrenaline neuron: 1 to 7 spikes/s at 20 to 200 pA, with strong adaptation.",
    source=BRETTE_GERSTNER_2005,
    C_m=chosen(70 * pF),
    g_L=chosen(2 * nS),
    E_L=chosen(-50 * mV),
    V_T=chosen(-43 * mV),
    Delta_T=chosen(2 * mV),
    a=chosen(0.5 * nS),
    b=chosen(70 * pA),
    tau_w=chosen(400 * ms),
    v_reset=chosen(-62 * mV),
)
