"""Credit assignment and class-incremental learning in artificial and spiking networks."""

from neuromodsim.description.model import Source

ZHANG_2023 = Source(
    key="zhang2023",
    authors="Zhang, T. and Cheng, X. and Jia, S. and Li, C. T. and Poo, M. and Xu, B.",
    year=2023,
    title="A brain-inspired algorithm that mitigates catastrophic forgetting of artificial and "
    "spiking neural networks with low computational cost",
    journal="Science Advances",
    volume="9",
    number="34",
    pages="eadi2947",
    doi="10.1126/sciadv.adi2947",
)

RUMELHART_1986 = Source(
    key="rumelhart1986",
    authors="Rumelhart, D. E. and Hinton, G. E. and Williams, R. J.",
    year=1986,
    title="Learning representations by back-propagating errors",
    journal="Nature",
    volume="323",
    pages="533-536",
    doi="10.1038/323533a0",
)

LILLICRAP_2016 = Source(
    key="lillicrap2016",
    authors="Lillicrap, T. P. and Cownden, D. and Tweed, D. B. and Akerman, C. J.",
    year=2016,
    title="Random synaptic feedback weights support error backpropagation for deep learning",
    journal="Nature Communications",
    volume="7",
    pages="13276",
    doi="10.1038/ncomms13276",
)

NOKLAND_2016 = Source(
    key="nokland2016",
    authors="Nøkland, A.",
    year=2016,
    title="Direct feedback alignment provides learning in deep neural networks",
    kind="inproceedings",
    journal="Advances in Neural Information Processing Systems",
    volume="29",
    doi="10.48550/arXiv.1609.01596",
)

LIAO_2016 = Source(
    key="liao2016",
    authors="Liao, Q. and Leibo, J. Z. and Poggio, T.",
    year=2016,
    title="How important is weight symmetry in backpropagation?",
    kind="inproceedings",
    journal="Proceedings of the AAAI Conference on Artificial Intelligence",
    volume="30",
    number="1",
    doi="10.1609/aaai.v30i1.10279",
)

FRENKEL_2021 = Source(
    key="frenkel2021",
    authors="Frenkel, C. and Lefebvre, M. and Bol, D.",
    year=2021,
    title="Learning without feedback: fixed random learning signals allow for feedforward training of deep "
    "neural networks",
    journal="Frontiers in Neuroscience",
    volume="15",
    pages="629892",
    doi="10.3389/fnins.2021.629892",
)

BELLEC_2020 = Source(
    key="bellec2020",
    authors="Bellec, G. and Scherr, F. and Subramoney, A. and Hajek, E. and Salaj, D. and Legenstein, R. and "
    "Maass, W.",
    year=2020,
    title="A solution to the learning dilemma for recurrent networks of spiking neurons",
    journal="Nature Communications",
    volume="11",
    pages="3625",
    doi="10.1038/s41467-020-17236-y",
)

KIRKPATRICK_2017 = Source(
    key="kirkpatrick2017",
    authors="Kirkpatrick, J. and Pascanu, R. and Rabinowitz, N. and others",
    year=2017,
    title="Overcoming catastrophic forgetting in neural networks",
    journal="Proceedings of the National Academy of Sciences",
    volume="114",
    number="13",
    pages="3521-3526",
    doi="10.1073/pnas.1611835114",
)
