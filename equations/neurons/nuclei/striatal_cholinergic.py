"""Cholinergic interneurons of the striatum, the tonically active neurons.

They are no nucleus, but the striatum's own source of acetylcholine: few large cells that fire by
themselves at 3 to 10 Hz, and pause for a few hundred milliseconds after a burst of input or when
dopamine arrives. Here the inward currents that drive them (persistent sodium, I_h) are lumped into a
leak that reverses above threshold, so that the cell fires at 5.3 Hz without input; the slow
afterhyperpolarisation is the adaptation, and makes the pause: eleven spikes within 300 ms of 150 pA
are followed by an interval twice as long as usual.

    I (pA)      -40   -20     0    20    40
    rate (Hz)     0   2.0   5.3   8.4  11.5

Capacitance and resistance (113 pF, 337 MΩ) are those of tonically active neurons in
NeuroElectro's table 46285; the article behind that table was not read. All else is a guess. Left out:
the pacemaker currents themselves, the sag, and calcium. What dopamine does to the cell is an effect.
"""

from brian2 import ms, mV, nS, pA, pF

from neuromodsim.description.model import Parameter
from neuromodsim.equations.neurons.adaptive_exponential import ADAPTIVE_EXPONENTIAL, chosen
from neuromodsim.equations.sources import BENNETT_1999

MEASURED = "NeuroElectro, table 46285, tonically active neurons"

STRIATAL_CHOLINERGIC_INTERNEURON = ADAPTIVE_EXPONENTIAL.preset(
    name="striatal_cholinergic_interneuron",
    summary="A tonically active neuron of the striatum: 5 spikes/s spontaneously, and a pause after a burst.",
    source=BENNETT_1999,
    C_m=Parameter(113 * pF, "", MEASURED, evidence="reported"),
    g_L=Parameter(3 * nS, "", "337 MOhm, " + MEASURED, evidence="reported"),
    E_L=chosen(-41 * mV),
    V_T=chosen(-47 * mV),
    Delta_T=chosen(2 * mV),
    a=chosen(0 * nS),
    b=chosen(30 * pA),
    tau_w=chosen(150 * ms),
    v_reset=chosen(-60 * mV),
)
