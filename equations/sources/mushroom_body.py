"""The mushroom body and what was built after it."""

from neuromodsim.description.model import Source

ASO_2014 = Source(
    key="aso2014",
    authors="Aso, Y. and Hattori, D. and Yu, Y. and Johnston, R. M. and Iyer, N. A. and Ngo, T.-T. B. and "
    "Dionne, H. and Abbott, L. F. and Axel, R. and Tanimoto, H. and Rubin, G. M.",
    year=2014,
    title="The neuronal architecture of the mushroom body provides a logic for associative learning",
    journal="eLife",
    volume="3",
    pages="e04577",
    doi="10.7554/eLife.04577",
)

HIGE_2015 = Source(
    key="hige2015",
    authors="Hige, T. and Aso, Y. and Modi, M. N. and Rubin, G. M. and Turner, G. C.",
    year=2015,
    title="Heterosynaptic plasticity underlies aversive olfactory learning in Drosophila",
    journal="Neuron",
    volume="88",
    number="5",
    pages="985-998",
    doi="10.1016/j.neuron.2015.11.003",
)

CARON_2013 = Source(
    key="caron2013",
    authors="Caron, S. J. C. and Ruta, V. and Abbott, L. F. and Axel, R.",
    year=2013,
    title="Random convergence of olfactory inputs in the Drosophila mushroom body",
    journal="Nature",
    volume="497",
    pages="113-117",
    doi="10.1038/nature12063",
)

LIN_2014 = Source(
    key="lin2014",
    authors="Lin, A. C. and Bygrave, A. M. and de Calignon, A. and Lee, T. and Miesenbock, G.",
    year=2014,
    title="Sparse, decorrelated odor coding in the mushroom body enhances learned odor discrimination",
    journal="Nature Neuroscience",
    volume="17",
    number="4",
    pages="559-568",
    doi="10.1038/nn.3660",
)

PRISCO_2021 = Source(
    key="prisco2021",
    authors="Prisco, L. and Deimel, S. H. and Yeliseyeva, H. and Fiala, A. and Tavosanis, G.",
    year=2021,
    title="The anterior paired lateral neuron normalizes odour-evoked activity in the Drosophila "
    "mushroom body calyx",
    journal="eLife",
    volume="10",
    pages="e74172",
    doi="10.7554/eLife.74172",
)

DASGUPTA_2017 = Source(
    key="dasgupta2017",
    authors="Dasgupta, S. and Stevens, C. F. and Navlakha, S.",
    year=2017,
    title="A neural algorithm for a fundamental computing problem",
    journal="Science",
    volume="358",
    number="6364",
    pages="793-796",
    doi="10.1126/science.aam9868",
)

SHEN_2023 = Source(
    key="shen2023",
    authors="Shen, Y. and Dasgupta, S. and Navlakha, S.",
    year=2023,
    title="Reducing catastrophic forgetting with associative learning: a lesson from fruit flies",
    journal="Neural Computation",
    volume="35",
    number="11",
    pages="1797-1819",
    doi="10.1162/neco_a_01615",
)
