"""Neuromodulated plasticity."""

from neuromodsim.description.model import Source

IZHIKEVICH_2007 = Source(
    key="izhikevich2007",
    authors="Izhikevich, E. M.",
    year=2007,
    title="Solving the distal reward problem through linkage of STDP and dopamine signaling",
    journal="Cerebral Cortex",
    volume="17",
    number="10",
    pages="2443-2452",
    doi="10.1093/cercor/bhl152",
)

SEOL_2007 = Source(
    key="seol2007",
    authors="Seol, G. H. and Ziburkus, J. and Huang, S. and Song, L. and Kim, I. T. and Takamiya, K. "
    "and Huganir, R. L. and Lee, H. and Kirkwood, A.",
    year=2007,
    title="Neuromodulators control the polarity of spike-timing-dependent synaptic plasticity",
    journal="Neuron",
    volume="55",
    number="6",
    pages="919-929",
    doi="10.1016/j.neuron.2007.08.013",
)

SUGISAKI_2011 = Source(
    key="sugisaki2011",
    authors="Sugisaki, E. and Fukushima, Y. and Tsukada, M. and Aihara, T.",
    year=2011,
    title="Cholinergic modulation on spike timing-dependent plasticity in hippocampal CA1 network",
    journal="Neuroscience",
    volume="192",
    pages="91-101",
    doi="10.1016/j.neuroscience.2011.06.064",
)

GRAUPNER_2012 = Source(
    key="graupner2012",
    authors="Graupner, M. and Brunel, N.",
    year=2012,
    title="Calcium-based plasticity model explains sensitivity of synaptic changes to spike pattern, "
    "rate, and dendritic location",
    journal="Proceedings of the National Academy of Sciences",
    volume="109",
    number="10",
    pages="3991-3996",
    doi="10.1073/pnas.1109359109",
)

YAGISHITA_2014 = Source(
    key="yagishita2014",
    authors="Yagishita, S. and Hayashi-Takagi, A. and Ellis-Davies, G. C. R. and Urakubo, H. and Ishii, S. "
    "and Kasai, H.",
    year=2014,
    title="A critical time window for dopamine actions on the structural plasticity of dendritic spines",
    journal="Science",
    volume="345",
    number="6204",
    pages="1616-1620",
    doi="10.1126/science.1255514",
)

HE_2015 = Source(
    key="he2015",
    authors="He, K. and Huertas, M. and Hong, S. Z. and Tie, X. and Hell, J. W. and Shouval, H. and "
    "Kirkwood, A.",
    year=2015,
    title="Distinct eligibility traces for LTP and LTD in cortical synapses",
    journal="Neuron",
    volume="88",
    number="3",
    pages="528-538",
    doi="10.1016/j.neuron.2015.09.037",
)

BRZOSKO_2017 = Source(
    key="brzosko2017",
    authors="Brzosko, Z. and Zannone, S. and Schultz, W. and Clopath, C. and Paulsen, O.",
    year=2017,
    title="Sequential neuromodulation of Hebbian plasticity offers mechanism for effective reward-based "
    "navigation",
    journal="eLife",
    volume="6",
    pages="e27756",
    doi="10.7554/eLife.27756",
)

FREMAUX_2016 = Source(
    key="fremaux2016",
    authors="Frémaux, N. and Gerstner, W.",
    year=2016,
    title="Neuromodulated spike-timing-dependent plasticity, and theory of three-factor learning rules",
    journal="Frontiers in Neural Circuits",
    volume="9",
    pages="85",
    doi="10.3389/fncir.2015.00085",
)

BARRY_2024 = Source(
    key="barry2024",
    authors="Barry, M. L. L. R. and Gerstner, W.",
    year=2024,
    title="Fast adaptation to rule switching using neuronal surprise",
    journal="PLoS Computational Biology",
    volume="20",
    number="2",
    pages="e1011839",
    doi="10.1371/journal.pcbi.1011839",
)

MEI_2025 = Source(
    key="mei2025",
    authors="Mei, J. and Rodriguez-Garcia, A. and Takeuchi, D. and Wainstein, G. and Hubig, N. and "
    "Mohsenzadeh, Y. and Ramaswamy, S.",
    year=2025,
    title="Improving the adaptive and continuous learning capabilities of artificial neural networks: "
    "lessons from multi-neuromodulatory dynamics",
    kind="misc",
    journal="arXiv",
    number="2501.06762",
    doi="10.48550/arXiv.2501.06762",
)
