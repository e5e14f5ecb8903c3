"""Learning from reward: spike timing, perturbations and policy gradients."""

from neuromodsim.description.model import Source

FIETE_2006 = Source(
    key="fiete2006",
    authors="Fiete, I. R. and Seung, H. S.",
    year=2006,
    title="Gradient learning in spiking neural networks by dynamic perturbation of conductances",
    journal="Physical Review Letters",
    volume="97",
    pages="048104",
    doi="10.1103/PhysRevLett.97.048104",
)

FLORIAN_2007 = Source(
    key="florian2007",
    authors="Florian, R. V.",
    year=2007,
    title="Reinforcement learning through modulation of spike-timing-dependent synaptic plasticity",
    journal="Neural Computation",
    volume="19",
    number="6",
    pages="1468-1502",
    doi="10.1162/neco.2007.19.6.1468",
)

FREMAUX_2010 = Source(
    key="fremaux2010",
    authors="Frémaux, N. and Sprekeler, H. and Gerstner, W.",
    year=2010,
    title="Functional requirements for reward-modulated spike-timing-dependent plasticity",
    journal="Journal of Neuroscience",
    volume="30",
    number="40",
    pages="13326-13337",
    doi="10.1523/JNEUROSCI.6249-09.2010",
)

LEGENSTEIN_2008 = Source(
    key="legenstein2008",
    authors="Legenstein, R. and Pecevski, D. and Maass, W.",
    year=2008,
    title="A learning theory for reward-modulated spike-timing-dependent plasticity with application to "
    "biofeedback",
    journal="PLoS Computational Biology",
    volume="4",
    number="10",
    pages="e1000180",
    doi="10.1371/journal.pcbi.1000180",
)

VASILAKI_2009 = Source(
    key="vasilaki2009",
    authors="Vasilaki, E. and Frémaux, N. and Urbanczik, R. and Senn, W. and Gerstner, W.",
    year=2009,
    title="Spike-based reinforcement learning in continuous state and action space: when policy gradient "
    "methods fail",
    journal="PLoS Computational Biology",
    volume="5",
    number="12",
    pages="e1000586",
    doi="10.1371/journal.pcbi.1000586",
)
