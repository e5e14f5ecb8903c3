"""Serotonin neurons of the dorsal raphe nucleus, and the GABA neurons that inhibit them.

``DORSAL_RAPHE_NEURON`` is the simple one: slow and regular, with the capacitance and leak that were
measured at 29-30 °C (57.6 pF; 553 MΩ, hence 1.8 nS) and an adaptation made by hand for its rates:

    I (pA)       20    40    100    200
    rate (Hz)   1.0   1.7    3.5    6.7

``RAPHE_SEROTONIN`` and its warm twin are the detailed ones (see ``augmented_gif``). Their capacitance
and leak are the means of all recorded cells, at room temperature (96 cells) and at 29-30 °C (27 cells);
the rest belongs to one cell at room temperature that lies near the medians. A resistance and a time
constant that are means of cells need not multiply to the mean capacitance: 67 pF times 1156 MΩ is 77 ms,
where the article reports 75 ms. For the warm cells only passive values and gating were measured; that a
spike leaves the same traces is assumed, and so is the pace of inactivation. Their inactivation is used
as published although its slope, -1.667 per mV, is ten times that at room temperature (-0.165); one of
the two may be misprinted.

``RAPHE_GABA`` is one somatostatin neuron of the same table, DRN424, fitted as a cell without potassium
currents, with a time constant of 37 ms (median 34 ms) and threshold 8.0 mV above rest (8.7 mV). The
published network takes instead a fit of the same cells whose threshold also follows the membrane.
"""

from brian2 import Mohm, ms, mV, nS, pA, pF, volt

from neuromodsim.description.model import Parameter
from neuromodsim.equations.neurons.adaptive_exponential import ADAPTIVE_EXPONENTIAL, chosen
from neuromodsim.equations.neurons.augmented_gif import AUGMENTED_GIF, eta, gamma, read
from neuromodsim.equations.sources import HARKIN_2023

ROOM = "mean of 96 cells at room temperature"
WARM = "mean of 27 cells at 29-30 °C"
WARM_GATING = "5HT_fit_opts_heated.json"
GABA_CELL = "model_params.csv, DRN424, GIF"

DORSAL_RAPHE_NEURON = ADAPTIVE_EXPONENTIAL.preset(
    name="dorsal_raphe_neuron",
    summary="A simple serotonin neuron: 1 to 7 spikes/s at 20 to 200 pA.",
    source=HARKIN_2023,
    C_m=read(57.6 * pF, where=WARM),
    g_L=read(1.8 * nS, where="553 MOhm, " + WARM),
    E_L=chosen(-52 * mV),
    V_T=chosen(-45 * mV),
    Delta_T=chosen(2.3 * mV),
    a=chosen(0 * nS),
    b=chosen(60 * pA),
    tau_w=chosen(500 * ms),
    v_reset=chosen(-55 * mV),
)

RAPHE_SEROTONIN = AUGMENTED_GIF.preset(
    name="raphe_serotonin",
    summary="A serotonin neuron in detail, with the mean passive properties at room temperature.",
    source=HARKIN_2023,
    C_m=read(67.0 * pF, where=ROOM),
    g_L=read(1 / (1156 * Mohm), where="1156 MOhm, " + ROOM),
)

RAPHE_SEROTONIN_WARM = AUGMENTED_GIF.preset(
    name="raphe_serotonin_warm",
    summary="A serotonin neuron in detail, with passive properties and gating at 29-30 °C.",
    source=HARKIN_2023,
    C_m=read(57.6 * pF, where=WARM),
    g_L=read(1 / (553 * Mohm), where="553 MOhm, " + WARM),
    E_K=read(-89.1 * mV, where="published network"),
    m_max=read(1849.0, where=WARM_GATING),
    k_m=read(66.46 / volt, where=WARM_GATING),
    V_m=read(92.77 * mV, where=WARM_GATING),
    h_max=read(1.008, where=WARM_GATING),
    k_h=read(-1667 / volt, where=WARM_GATING),
    V_h=read(-54.93 * mV, where=WARM_GATING),
    n_max=read(1.264, where=WARM_GATING),
    k_n=read(233.7 / volt, where=WARM_GATING),
    V_n=read(-25.64 * mV, where=WARM_GATING),
    tau_h=Parameter(45 * ms, "", "as at room temperature", evidence="assumed"),
)

RAPHE_GABA = AUGMENTED_GIF.preset(
    name="raphe_gaba",
    summary="A somatostatin neuron of the dorsal raphe: fast, and without potassium currents.",
    source=HARKIN_2023,
    C_m=read(33.5778 * pF, where=GABA_CELL),
    g_L=read(0.898955 * nS, where=GABA_CELL),
    E_L=read(-65.0008 * mV, where=GABA_CELL),
    V_T=read(-56.9743 * mV, where=GABA_CELL),
    Delta_V=read(3.14259 * mV, where=GABA_CELL),
    v_reset=read(-48.41 * mV, where=GABA_CELL),
    t_ref=read(4 * ms, where=GABA_CELL),
    g_A=read(0 * nS, where=GABA_CELL),
    g_K=read(0 * nS, where=GABA_CELL),
    **eta(109.776, -16.507, 18.8545, -5.48973, 3.44729, -1.53529, 0.0605912, where=GABA_CELL),
    **gamma(-11.0529, 19.341, 4.10754, 0.253013, where=GABA_CELL),
)
