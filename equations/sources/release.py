"""Release, diffusion and clearance of neuromodulators."""

from neuromodsim.description.model import Source

EJDRUP_2026 = Source(
    key="ejdrup2026",
    authors="Ejdrup, A. L. and Dreyer, J. K. and Lycas, M. D. and Jorgensen, S. H. and Robbins, T. W. "
    "and Dalley, J. and Herborg, F. and Gether, U.",
    year=2026,
    title="Computational modelling identifies key determinants of subregion-specific dopamine "
    "dynamics in the striatum",
    journal="eLife",
    volume="14",
    pages="105214",
    doi="10.7554/eLife.105214",
)

DREYER_2013 = Source(
    key="dreyer2013",
    authors="Dreyer, J. K. and Hounsgaard, J.",
    year=2013,
    title="Mathematical model of dopamine autoreceptors and uptake inhibitors and their influence "
    "on tonic and phasic dopamine signaling",
    journal="Journal of Neurophysiology",
    volume="109",
    number="1",
    pages="171-182",
    doi="10.1152/jn.00502.2012",
)

BEST_2010 = Source(
    key="best2010",
    authors="Best, J. and Nijhout, H. F. and Reed, M.",
    year=2010,
    title="Serotonin synthesis, release and reuptake in terminals: a mathematical model",
    journal="Theoretical Biology and Medical Modelling",
    volume="7",
    pages="34",
    doi="10.1186/1742-4682-7-34",
)

BEST_2020 = Source(
    key="best2020",
    authors="Best, J. and Duncan, W. and Sadre-Marandi, F. and Hashemi, P. and Nijhout, H. F. and Reed, M.",
    year=2020,
    title="Autoreceptor control of serotonin dynamics",
    journal="BMC Neuroscience",
    volume="21",
    pages="40",
    doi="10.1186/s12868-020-00587-z",
)

BUNIN_1998 = Source(
    key="bunin1998",
    authors="Bunin, M. A. and Wightman, R. M.",
    year=1998,
    title="Quantitative evaluation of 5-hydroxytryptamine (serotonin) neuronal release and uptake: "
    "an investigation of extrasynaptic transmission",
    journal="Journal of Neuroscience",
    volume="18",
    number="13",
    pages="4854-4860",
    doi="10.1523/JNEUROSCI.18-13-04854.1998",
)

PALIJ_1994 = Source(
    key="palij1994",
    authors="Palij, P. and Stamford, J. A.",
    year=1994,
    title="Real-time monitoring of endogenous noradrenaline release in rat brain slices using fast "
    "cyclic voltammetry: 3. Selective detection of noradrenaline efflux in the locus "
    "coeruleus",
    journal="Brain Research",
    volume="634",
    number="2",
    pages="275-282",
    doi="10.1016/0006-8993(94)91930-5",
)

LAND_1984 = Source(
    key="land1984",
    authors="Land, B. R. and Harris, W. V. and Salpeter, E. E. and Salpeter, M. M.",
    year=1984,
    title="Diffusion and binding constants for acetylcholine derived from the falling phase of "
    "miniature endplate currents",
    journal="Proceedings of the National Academy of Sciences",
    volume="81",
    number="5",
    pages="1594-1598",
    doi="10.1073/pnas.81.5.1594",
)

MONTAGUE_2004 = Source(
    key="montague2004",
    authors="Montague, P. R. and McClure, S. M. and Baldwin, P. R. and Phillips, P. E. M. and "
    "Budygin, E. A. and Stuber, G. D. and Kilpatrick, M. R. and Wightman, R. M.",
    year=2004,
    title="Dynamic gain control of dopamine delivery in freely moving animals",
    journal="Journal of Neuroscience",
    volume="24",
    number="7",
    pages="1754-1759",
    doi="10.1523/JNEUROSCI.4279-03.2004",
)

ZHANG_2025 = Source(
    key="zhang2025",
    authors="Zhang, Y. and Luan, P. and Qiao, Q. and He, Y. and Zatka-Haas, P. and Zhang, G. and Lin, "
    "M. Z. and Lak, A. and Jing, M. and Mann, E. O. and Cragg, S. J.",
    year=2025,
    title="An axonal brake on striatal dopamine output by cholinergic interneurons",
    journal="Nature Neuroscience",
    volume="28",
    doi="10.1038/s41593-025-01906-5",
)

MORON_2002 = Source(
    key="moron2002",
    authors="Moron, J. A. and Brockington, A. and Wise, R. A. and Rocha, B. A. and Hope, B. T.",
    year=2002,
    title="Dopamine uptake through the norepinephrine transporter in brain regions with low levels "
    "of the dopamine transporter: evidence from knock-out mouse lines",
    journal="Journal of Neuroscience",
    volume="22",
    number="2",
    pages="389-395",
    doi="10.1523/JNEUROSCI.22-02-00389.2002",
)

WOOD_2014 = Source(
    key="wood2014",
    authors="Wood, K. M. and Zeqja, A. and Nijhout, H. F. and Reed, M. C. and Best, J. and Hashemi, P.",
    year=2014,
    title="Voltammetric and mathematical evidence for dual transport mediation of serotonin "
    "clearance in vivo",
    journal="Journal of Neurochemistry",
    volume="130",
    number="3",
    pages="351-359",
    doi="10.1111/jnc.12733",
)

LIU_2022 = Source(
    key="liu2022",
    authors="Liu, C. and Cai, X. and Ritzau-Jost, A. and Kramer, P. F. and Li, Y. and Khaliq, Z. M. and "
    "Hallermann, S. and Kaeser, P. S.",
    year=2022,
    title="An action potential initiation mechanism in distal axons for the control of dopamine release",
    journal="Science",
    volume="375",
    number="6587",
    pages="1378-1385",
    doi="10.1126/science.abn0532",
)

CHANTRANUPONG_2023 = Source(
    key="chantranupong2023",
    authors="Chantranupong, L. and Beron, C. C. and Zimmer, J. A. and Wen, M. J. and Wang, W. and "
    "Sabatini, B. L.",
    year=2023,
    title="Dopamine and glutamate regulate striatal acetylcholine in decision-making",
    journal="Nature",
    volume="621",
    pages="577-585",
    doi="10.1038/s41586-023-06492-9",
)
