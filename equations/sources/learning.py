"""Textbook neurons and classical learning rules."""

from neuromodsim.description.model import Source

GERSTNER_2014 = Source(
    key="gerstner2014",
    authors="Gerstner, W. and Kistler, W. M. and Naud, R. and Paninski, L.",
    year=2014,
    title="Neuronal dynamics: from single neurons to networks and models of cognition",
    kind="misc",
    journal="Cambridge University Press",
    doi="10.1017/CBO9781107447615",
)

SOMPOLINSKY_1988 = Source(
    key="sompolinsky1988",
    authors="Sompolinsky, H. and Crisanti, A. and Sommers, H. J.",
    year=1988,
    title="Chaos in random neural networks",
    journal="Physical Review Letters",
    volume="61",
    number="3",
    pages="259-262",
    doi="10.1103/PhysRevLett.61.259",
)

OJA_1982 = Source(
    key="oja1982",
    authors="Oja, E.",
    year=1982,
    title="A simplified neuron model as a principal component analyzer",
    journal="Journal of Mathematical Biology",
    volume="15",
    number="3",
    pages="267-273",
    doi="10.1007/BF00275687",
)

BIENENSTOCK_1982 = Source(
    key="bienenstock1982",
    authors="Bienenstock, E. L. and Cooper, L. N. and Munro, P. W.",
    year=1982,
    title="Theory for the development of neuron selectivity: orientation specificity and binocular "
    "interaction in visual cortex",
    journal="Journal of Neuroscience",
    volume="2",
    number="1",
    pages="32-48",
    doi="10.1523/JNEUROSCI.02-01-00032.1982",
)

HOPFIELD_1982 = Source(
    key="hopfield1982",
    authors="Hopfield, J. J.",
    year=1982,
    title="Neural networks and physical systems with emergent collective computational abilities",
    journal="Proceedings of the National Academy of Sciences",
    volume="79",
    number="8",
    pages="2554-2558",
    doi="10.1073/pnas.79.8.2554",
)

SONG_2000 = Source(
    key="song2000",
    authors="Song, S. and Miller, K. D. and Abbott, L. F.",
    year=2000,
    title="Competitive Hebbian learning through spike-timing-dependent synaptic plasticity",
    journal="Nature Neuroscience",
    volume="3",
    number="9",
    pages="919-926",
    doi="10.1038/78829",
)

VAN_ROSSUM_2000 = Source(
    key="vanrossum2000",
    authors="van Rossum, M. C. W. and Bi, G. Q. and Turrigiano, G. G.",
    year=2000,
    title="Stable Hebbian learning from spike timing-dependent plasticity",
    journal="Journal of Neuroscience",
    volume="20",
    number="23",
    pages="8812-8821",
    doi="10.1523/JNEUROSCI.20-23-08812.2000",
)

GUTIG_2003 = Source(
    key="gutig2003",
    authors="Gütig, R. and Aharonov, R. and Rotter, S. and Sompolinsky, H.",
    year=2003,
    title="Learning input correlations through nonlinear temporally asymmetric Hebbian plasticity",
    journal="Journal of Neuroscience",
    volume="23",
    number="9",
    pages="3697-3714",
    doi="10.1523/JNEUROSCI.23-09-03697.2003",
)

PFISTER_2006 = Source(
    key="pfister2006",
    authors="Pfister, J.-P. and Gerstner, W.",
    year=2006,
    title="Triplets of spikes in a model of spike timing-dependent plasticity",
    journal="Journal of Neuroscience",
    volume="26",
    number="38",
    pages="9673-9682",
    doi="10.1523/JNEUROSCI.1425-06.2006",
)

CLOPATH_2010 = Source(
    key="clopath2010",
    authors="Clopath, C. and Büsing, L. and Vasilaki, E. and Gerstner, W.",
    year=2010,
    title="Connectivity reflects coding: a model of voltage-based STDP with homeostasis",
    journal="Nature Neuroscience",
    volume="13",
    number="3",
    pages="344-352",
    doi="10.1038/nn.2479",
)

VOGELS_2011 = Source(
    key="vogels2011",
    authors="Vogels, T. P. and Sprekeler, H. and Zenke, F. and Clopath, C. and Gerstner, W.",
    year=2011,
    title="Inhibitory plasticity balances excitation and inhibition in sensory pathways and memory networks",
    journal="Science",
    volume="334",
    number="6062",
    pages="1569-1573",
    doi="10.1126/science.1211095",
)
