"""Sensors of concentrations."""

from neuromodsim.description.model import Source

PATRIARCHI_2018 = Source(
    key="patriarchi2018",
    authors="Patriarchi, T. and Cho, J. R. and Merten, K. and Howe, M. W. and Marley, A. and Xiong, "
    "W. and Folk, R. W. and Broussard, G. J. and Liang, R. and Jang, M. J. and Zhong, H. and "
    "Dombeck, D. and von Zastrow, M. and Nimmerjahn, A. and Gradinaru, V. and Williams, J. T. "
    "and Tian, L.",
    year=2018,
    title="Ultrafast neuronal imaging of dopamine dynamics with designed genetically encoded sensors",
    journal="Science",
    volume="360",
    number="6396",
    pages="eaat4422",
    doi="10.1126/science.aat4422",
)

SUN_2018 = Source(
    key="sun2018",
    authors="Sun, F. and Zeng, J. and Jing, M. and Zhou, J. and Feng, J. and Owen, S. F. and Luo, Y. "
    "and Li, F. and Wang, H. and Yamaguchi, T. and others",
    year=2018,
    title="A genetically encoded fluorescent sensor enables rapid and specific detection of "
    "dopamine in flies, fish, and mice",
    journal="Cell",
    volume="174",
    number="2",
    pages="481-496",
    doi="10.1016/j.cell.2018.06.042",
)

FENG_2019 = Source(
    key="feng2019",
    authors="Feng, J. and Zhang, C. and Lischinsky, J. E. and Jing, M. and Zhou, J. and Wang, H. and "
    "Zhang, Y. and Dong, A. and Wu, Z. and Wu, H. and others",
    year=2019,
    title="A genetically encoded fluorescent sensor for rapid and specific in vivo detection of "
    "norepinephrine",
    journal="Neuron",
    volume="102",
    number="4",
    pages="745-761",
    doi="10.1016/j.neuron.2019.02.037",
)

WAN_2021 = Source(
    key="wan2021",
    authors="Wan, J. and Peng, W. and Li, X. and Qian, T. and Song, K. and Zeng, J. and Deng, F. and "
    "Hao, S. and Feng, J. and Zhang, P. and others",
    year=2021,
    title="A genetically encoded sensor for measuring serotonin dynamics",
    journal="Nature Neuroscience",
    volume="24",
    number="5",
    pages="746-752",
    doi="10.1038/s41593-021-00823-7",
)

JING_2020 = Source(
    key="jing2020",
    authors="Jing, M. and Li, Y. and Zeng, J. and Huang, P. and Skirzewski, M. and Kljakic, O. and "
    "Peng, W. and Qian, T. and Tan, K. and Zou, J. and others",
    year=2020,
    title="An optimized acetylcholine sensor for monitoring in vivo cholinergic activity",
    journal="Nature Methods",
    volume="17",
    number="11",
    pages="1139-1146",
    doi="10.1038/s41592-020-0953-2",
)

VENTON_2002 = Source(
    key="venton2002",
    authors="Venton, B. J. and Troyer, K. P. and Wightman, R. M.",
    year=2002,
    title="Response times of carbon fiber microelectrodes to dynamic changes in catecholamine concentration",
    journal="Analytical Chemistry",
    volume="74",
    number="3",
    pages="539-546",
    doi="10.1021/ac010819a",
)
