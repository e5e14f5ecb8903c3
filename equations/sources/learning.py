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
