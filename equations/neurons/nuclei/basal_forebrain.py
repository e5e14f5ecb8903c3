"""Cholinergic neurons of the basal forebrain that fire single spikes.

There are two types: one fires bursts at reward and punishment, all cells together; the other, this
one, fires single spikes in rhythm. At rest it is silent:

    I (pA)       20    40    100    200
    rate (Hz)     0   3.5   11.5   24.8

The numbers are a starting point made by hand for these rates, not a fit to recordings. The cells of
this region that fire spontaneously at 2 to 8 Hz are not cholinergic. Left out: the bursting type, the
calcium and A-type potassium currents that set early- from late-firing cells.
"""

from brian2 import ms, mV, nS, pA, pF

from neuromodsim.equations.neurons.adaptive_exponential import ADAPTIVE_EXPONENTIAL, chosen
from neuromodsim.equations.sources import BRETTE_GERSTNER_2005

BASAL_FOREBRAIN_NEURON = ADAPTIVE_EXPONENTIAL.preset(
    name="basal_forebrain_neuron",
    summary="A regular cholinergic neuron of the basal forebrain: silent at 20 pA, 25 spikes/s at 200 pA.",
    source=BRETTE_GERSTNER_2005,
    C_m=chosen(80 * pF),
    g_L=chosen(3 * nS),
    E_L=chosen(-58 * mV),
    V_T=chosen(-48 * mV),
    Delta_T=chosen(2 * mV),
    a=chosen(0.5 * nS),
    b=chosen(40 * pA),
    tau_w=chosen(150 * ms),
    v_reset=chosen(-60 * mV),
)
