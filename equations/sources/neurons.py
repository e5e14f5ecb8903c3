"""Cells and synapses."""

from neuromodsim.description.model import Source

IZHIKEVICH_2003 = Source(
    key="izhikevich2003",
    authors="Izhikevich, E. M.",
    year=2003,
    title="Simple model of spiking neurons",
    journal="IEEE Transactions on Neural Networks",
    volume="14",
    number="6",
    pages="1569-1572",
    doi="10.1109/TNN.2003.820440",
)

HUMPHRIES_2009 = Source(
    key="humphries2009",
    authors="Humphries, M. D. and Lepora, N. and Wood, R. and Gurney, K.",
    year=2009,
    title="Capturing dopaminergic modulation and bimodal membrane behaviour of striatal medium "
    "spiny neurons in accurate, reduced models",
    journal="Frontiers in Computational Neuroscience",
    volume="3",
    pages="26",
    doi="10.3389/neuro.10.026.2009",
)

SERVAN_SCHREIBER_1990 = Source(
    key="servanschreiber1990",
    authors="Servan-Schreiber, D. and Printz, H. and Cohen, J. D.",
    year=1990,
    title="A network model of catecholamine effects: gain, signal-to-noise ratio, and behavior",
    journal="Science",
    volume="249",
    number="4971",
    pages="892-895",
    doi="10.1126/science.2392679",
)

WANG_2007 = Source(
    key="wang2007",
    authors="Wang, M. and Ramos, B. P. and Paspalas, C. D. and Shu, Y. and Simen, A. and Duque, A. "
    "and Vijayraghavan, S. and Brennan, A. and Dudley, A. and Nou, E. and Mazer, J. A. and "
    "McCormick, D. A. and Arnsten, A. F. T.",
    year=2007,
    title="Alpha2A-adrenoceptors strengthen working memory networks by inhibiting cAMP-HCN channel "
    "signaling in prefrontal cortex",
    journal="Cell",
    volume="129",
    number="2",
    pages="397-410",
    doi="10.1016/j.cell.2007.03.015",
)

MCCORMICK_1989 = Source(
    key="mccormick1989",
    authors="McCormick, D. A. and Williamson, A.",
    year=1989,
    title="Convergence and divergence of neurotransmitter action in human cerebral cortex",
    journal="Proceedings of the National Academy of Sciences",
    volume="86",
    number="20",
    pages="8098-8102",
    doi="10.1073/pnas.86.20.8098",
)

BRETTE_GERSTNER_2005 = Source(
    key="brette2005",
    authors="Brette, R. and Gerstner, W.",
    year=2005,
    title="Adaptive exponential integrate-and-fire model as an effective description of neuronal activity",
    journal="Journal of Neurophysiology",
    volume="94",
    number="5",
    pages="3637-3642",
    doi="10.1152/jn.00686.2005",
)

HARKIN_2023 = Source(
    key="harkin2023",
    authors="Harkin, E. F. and Lynn, M. B. and Payeur, A. and Boucher, J.-F. and Caya-Bissonnette, L. and "
    "Cyr, D. and Stewart, C. and Longtin, A. and Naud, R. and Béïque, J.-C.",
    year=2023,
    title="Temporal derivative computation in the dorsal raphe network revealed by an experimentally "
    "driven augmented integrate-and-fire modeling framework",
    journal="eLife",
    volume="12",
    pages="e72951",
    doi="10.7554/eLife.72951",
)

BENNETT_1999 = Source(
    key="bennett1999",
    authors="Bennett, B. D. and Wilson, C. J.",
    year=1999,
    title="Spontaneous activity of neostriatal cholinergic interneurons in vitro",
    journal="Journal of Neuroscience",
    volume="19",
    number="13",
    pages="5586-5596",
    doi="10.1523/JNEUROSCI.19-13-05586.1999",
)

TSODYKS_1998 = Source(
    key="tsodyks1998",
    authors="Tsodyks, M. and Pawelzik, K. and Markram, H.",
    year=1998,
    title="Neural networks with dynamic synapses",
    journal="Neural Computation",
    volume="10",
    number="4",
    pages="821-835",
    doi="10.1162/089976698300017502",
)
