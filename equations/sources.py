"""The publications that models and numbers come from."""

from neuromodsim.description.model import Source

IZHIKEVICH_2003 = Source(
    key="izhikevich2003",
    authors="Izhikevich, E. M.",
    year=2003,
    title="Simple model of spiking neurons",
    journal="IEEE Transactions on Neural Networks 14(6):1569-1572",
    doi="10.1109/TNN.2003.820440",
)

IZHIKEVICH_2007 = Source(
    key="izhikevich2007",
    authors="Izhikevich, E. M.",
    year=2007,
    title="Solving the distal reward problem through linkage of STDP and dopamine signaling",
    journal="Cerebral Cortex 17(10):2443-2452",
    doi="10.1093/cercor/bhl152",
)

ZHANG_2023 = Source(
    key="zhang2023",
    authors="Zhang, T. and Cheng, X. and Jia, S. and Li, C. T. and Poo, M. and Xu, B.",
    year=2023,
    title="A brain-inspired algorithm that mitigates catastrophic forgetting of artificial and "
    "spiking neural networks with low computational cost",
    journal="Science Advances 9(34):eadi2947",
    doi="10.1126/sciadv.adi2947",
)

EJDRUP_2026 = Source(
    key="ejdrup2026",
    authors="Ejdrup, A. L. and Dreyer, J. K. and Lycas, M. D. and Jorgensen, S. H. and Robbins, T. W. "
    "and Dalley, J. and Herborg, F. and Gether, U.",
    year=2026,
    title="Computational modelling identifies key determinants of subregion-specific dopamine "
    "dynamics in the striatum",
    journal="eLife 14:105214",
    doi="10.7554/eLife.105214",
)

DREYER_2013 = Source(
    key="dreyer2013",
    authors="Dreyer, J. K. and Hounsgaard, J.",
    year=2013,
    title="Mathematical model of dopamine autoreceptors and uptake inhibitors and their influence "
    "on tonic and phasic dopamine signaling",
    journal="Journal of Neurophysiology 109(1):171-182",
    doi="10.1152/jn.00502.2012",
)

HUNGER_2020 = Source(
    key="hunger2020",
    authors="Hunger, L. and Kumar, A. and Schmidt, R.",
    year=2020,
    title="Abundance compensates kinetics: similar effect of dopamine signals on D1 and D2 receptor "
    "populations",
    journal="Journal of Neuroscience 40(14):2868-2881",
    doi="10.1523/JNEUROSCI.1951-19.2019",
)

LINDROOS_2018 = Source(
    key="lindroos2018",
    authors="Lindroos, R. and Dorst, M. C. and Du, K. and Filipovic, M. and Keller, D. and Ketzef, M. "
    "and Kozlov, A. K. and Kumar, A. and Lindahl, M. and Nair, A. G. and Perez-Fernandez, J. "
    "and Grillner, S. and Silberberg, G. and Hellgren Kotaleski, J.",
    year=2018,
    title="Basal ganglia neuromodulation over multiple temporal and structural scales: simulations "
    "of direct pathway MSNs investigate the fast onset of dopaminergic effects and predict "
    "the role of Kv4.2",
    journal="Frontiers in Neural Circuits 12:3",
    doi="10.3389/fncir.2018.00003",
)

BEST_2010 = Source(
    key="best2010",
    authors="Best, J. and Nijhout, H. F. and Reed, M.",
    year=2010,
    title="Serotonin synthesis, release and reuptake in terminals: a mathematical model",
    journal="Theoretical Biology and Medical Modelling 7:34",
    doi="10.1186/1742-4682-7-34",
)

BEST_2020 = Source(
    key="best2020",
    authors="Best, J. and Duncan, W. and Sadre-Marandi, F. and Hashemi, P. and Nijhout, H. F. and Reed, M.",
    year=2020,
    title="Autoreceptor control of serotonin dynamics",
    journal="BMC Neuroscience 21:40",
    doi="10.1186/s12868-020-00587-z",
)

BUNIN_1998 = Source(
    key="bunin1998",
    authors="Bunin, M. A. and Wightman, R. M.",
    year=1998,
    title="Quantitative evaluation of 5-hydroxytryptamine (serotonin) neuronal release and uptake: "
    "an investigation of extrasynaptic transmission",
    journal="Journal of Neuroscience 18(13):4854-4860",
    doi="10.1523/JNEUROSCI.18-13-04854.1998",
)

PALIJ_1994 = Source(
    key="palij1994",
    authors="Palij, P. and Stamford, J. A.",
    year=1994,
    title="Real-time monitoring of endogenous noradrenaline release in rat brain slices using fast "
    "cyclic voltammetry: 3. Selective detection of noradrenaline efflux in the locus "
    "coeruleus",
    journal="Brain Research 634(2):275-282",
    doi="10.1016/0006-8993(94)91930-5",
)

LAND_1984 = Source(
    key="land1984",
    authors="Land, B. R. and Harris, W. V. and Salpeter, E. E. and Salpeter, M. M.",
    year=1984,
    title="Diffusion and binding constants for acetylcholine derived from the falling phase of "
    "miniature endplate currents",
    journal="Proceedings of the National Academy of Sciences 81(5):1594-1598",
    doi="10.1073/pnas.81.5.1594",
)

HUMPHRIES_2009 = Source(
    key="humphries2009",
    authors="Humphries, M. D. and Lepora, N. and Wood, R. and Gurney, K.",
    year=2009,
    title="Capturing dopaminergic modulation and bimodal membrane behaviour of striatal medium "
    "spiny neurons in accurate, reduced models",
    journal="Frontiers in Computational Neuroscience 3:26",
    doi="10.3389/neuro.10.026.2009",
)

SERVAN_SCHREIBER_1990 = Source(
    key="servanschreiber1990",
    authors="Servan-Schreiber, D. and Printz, H. and Cohen, J. D.",
    year=1990,
    title="A network model of catecholamine effects: gain, signal-to-noise ratio, and behavior",
    journal="Science 249(4971):892-895",
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
    journal="Cell 129(2):397-410",
    doi="10.1016/j.cell.2007.03.015",
)

MCCORMICK_1989 = Source(
    key="mccormick1989",
    authors="McCormick, D. A. and Williamson, A.",
    year=1989,
    title="Convergence and divergence of neurotransmitter action in human cerebral cortex",
    journal="Proceedings of the National Academy of Sciences 86(20):8098-8102",
    doi="10.1073/pnas.86.20.8098",
)

MONTAGUE_2004 = Source(
    key="montague2004",
    authors="Montague, P. R. and McClure, S. M. and Baldwin, P. R. and Phillips, P. E. M. and "
    "Budygin, E. A. and Stuber, G. D. and Kilpatrick, M. R. and Wightman, R. M.",
    year=2004,
    title="Dynamic gain control of dopamine delivery in freely moving animals",
    journal="Journal of Neuroscience 24(7):1754-1759",
    doi="10.1523/JNEUROSCI.4279-03.2004",
)

ZHANG_2025 = Source(
    key="zhang2025",
    authors="Zhang, Y. and Luan, P. and Qiao, Q. and He, Y. and Zatka-Haas, P. and Zhang, G. and Lin, "
    "M. Z. and Lak, A. and Jing, M. and Mann, E. O. and Cragg, S. J.",
    year=2025,
    title="An axonal brake on striatal dopamine output by cholinergic interneurons",
    journal="Nature Neuroscience 28",
    doi="10.1038/s41593-025-01906-5",
)

MORON_2002 = Source(
    key="moron2002",
    authors="Moron, J. A. and Brockington, A. and Wise, R. A. and Rocha, B. A. and Hope, B. T.",
    year=2002,
    title="Dopamine uptake through the norepinephrine transporter in brain regions with low levels "
    "of the dopamine transporter: evidence from knock-out mouse lines",
    journal="Journal of Neuroscience 22(2):389-395",
    doi="10.1523/JNEUROSCI.22-02-00389.2002",
)

PATRIARCHI_2018 = Source(
    key="patriarchi2018",
    authors="Patriarchi, T. and Cho, J. R. and Merten, K. and Howe, M. W. and Marley, A. and Xiong, "
    "W. and Folk, R. W. and Broussard, G. J. and Liang, R. and Jang, M. J. and Zhong, H. and "
    "Dombeck, D. and von Zastrow, M. and Nimmerjahn, A. and Gradinaru, V. and Williams, J. T. "
    "and Tian, L.",
    year=2018,
    title="Ultrafast neuronal imaging of dopamine dynamics with designed genetically encoded sensors",
    journal="Science 360(6396):eaat4422",
    doi="10.1126/science.aat4422",
)

SUN_2018 = Source(
    key="sun2018",
    authors="Sun, F. and Zeng, J. and Jing, M. and Zhou, J. and Feng, J. and Owen, S. F. and Luo, Y. "
    "and Li, F. and Wang, H. and Yamaguchi, T. and others",
    year=2018,
    title="A genetically encoded fluorescent sensor enables rapid and specific detection of "
    "dopamine in flies, fish, and mice",
    journal="Cell 174(2):481-496",
    doi="10.1016/j.cell.2018.06.042",
)

FENG_2019 = Source(
    key="feng2019",
    authors="Feng, J. and Zhang, C. and Lischinsky, J. E. and Jing, M. and Zhou, J. and Wang, H. and "
    "Zhang, Y. and Dong, A. and Wu, Z. and Wu, H. and others",
    year=2019,
    title="A genetically encoded fluorescent sensor for rapid and specific in vivo detection of "
    "norepinephrine",
    journal="Neuron 102(4):745-761",
    doi="10.1016/j.neuron.2019.02.037",
)

WAN_2021 = Source(
    key="wan2021",
    authors="Wan, J. and Peng, W. and Li, X. and Qian, T. and Song, K. and Zeng, J. and Deng, F. and "
    "Hao, S. and Feng, J. and Zhang, P. and others",
    year=2021,
    title="A genetically encoded sensor for measuring serotonin dynamics",
    journal="Nature Neuroscience 24(5):746-752",
    doi="10.1038/s41593-021-00823-7",
)

JING_2020 = Source(
    key="jing2020",
    authors="Jing, M. and Li, Y. and Zeng, J. and Huang, P. and Skirzewski, M. and Kljakic, O. and "
    "Peng, W. and Qian, T. and Tan, K. and Zou, J. and others",
    year=2020,
    title="An optimized acetylcholine sensor for monitoring in vivo cholinergic activity",
    journal="Nature Methods 17(11):1139-1146",
    doi="10.1038/s41592-020-0953-2",
)

VENTON_2002 = Source(
    key="venton2002",
    authors="Venton, B. J. and Troyer, K. P. and Wightman, R. M.",
    year=2002,
    title="Response times of carbon fiber microelectrodes to dynamic changes in catecholamine concentration",
    journal="Analytical Chemistry 74(3):539-546",
    doi="10.1021/ac010819a",
)

HAN_2006 = Source(
    key="han2006",
    authors="Han, D. D. and Gu, H. H.",
    year=2006,
    title="Comparison of the monoamine transporters from human and mouse in their sensitivities to "
    "psychostimulant drugs",
    journal="BMC Pharmacology 6:6",
    doi="10.1186/1471-2210-6-6",
)

TATSUMI_1997 = Source(
    key="tatsumi1997",
    authors="Tatsumi, M. and Groshan, K. and Blakely, R. D. and Richelson, E.",
    year=1997,
    title="Pharmacological profile of antidepressants and related compounds at human monoamine transporters",
    journal="European Journal of Pharmacology 340(2-3):249-258",
    doi="10.1016/S0014-2999(97)01393-9",
)

ALEXANDER_2019 = Source(
    key="alexander2019",
    authors="Alexander, S. P. H. and Christopoulos, A. and Davenport, A. P. and Kelly, E. and Mathie, "
    "A. and Peters, J. A. and others",
    year=2019,
    title="The Concise Guide to Pharmacology 2019/20: G protein-coupled receptors",
    journal="British Journal of Pharmacology 176(S1):S21-S141",
    doi="10.1111/bph.14748",
)

ALEXANDER_2019_ENZYMES = Source(
    key="alexander2019enzymes",
    authors="Alexander, S. P. H. and Fabbro, D. and Kelly, E. and Mathie, A. and Peters, J. A. and "
    "Veale, E. L. and others",
    year=2019,
    title="The Concise Guide to Pharmacology 2019/20: Enzymes",
    journal="British Journal of Pharmacology 176(S1):S297-S396",
    doi="10.1111/bph.14752",
)

WOOD_2014 = Source(
    key="wood2014",
    authors="Wood, K. M. and Zeqja, A. and Nijhout, H. F. and Reed, M. C. and Best, J. and Hashemi, P.",
    year=2014,
    title="Voltammetric and mathematical evidence for dual transport mediation of serotonin "
    "clearance in vivo",
    journal="Journal of Neurochemistry 130(3):351-359",
    doi="10.1111/jnc.12733",
)

SEOL_2007 = Source(
    key="seol2007",
    authors="Seol, G. H. and Ziburkus, J. and Huang, S. and Song, L. and Kim, I. T. and Takamiya, K. "
    "and Huganir, R. L. and Lee, H. and Kirkwood, A.",
    year=2007,
    title="Neuromodulators control the polarity of spike-timing-dependent synaptic plasticity",
    journal="Neuron 55(6):919-929",
    doi="10.1016/j.neuron.2007.08.013",
)

LIU_2022 = Source(
    key="liu2022",
    authors="Liu, C. and Cai, X. and Ritzau-Jost, A. and Kramer, P. F. and Li, Y. and Khaliq, Z. M. and "
    "Hallermann, S. and Kaeser, P. S.",
    year=2022,
    title="An action potential initiation mechanism in distal axons for the control of dopamine release",
    journal="Science 375(6587):1378-1385",
    doi="10.1126/science.abn0532",
)

CHANTRANUPONG_2023 = Source(
    key="chantranupong2023",
    authors="Chantranupong, L. and Beron, C. C. and Zimmer, J. A. and Wen, M. J. and Wang, W. and "
    "Sabatini, B. L.",
    year=2023,
    title="Dopamine and glutamate regulate striatal acetylcholine in decision-making",
    journal="Nature 621:577-585",
    doi="10.1038/s41586-023-06492-9",
)

NAIR_2015 = Source(
    key="nair2015",
    authors="Nair, A. G. and Gutierrez-Arenas, O. and Eriksson, O. and Vincent, P. and Hellgren "
    "Kotaleski, J.",
    year=2015,
    title="Sensing positive versus negative reward signals through adenylyl cyclase-coupled GPCRs "
    "in direct and indirect pathway striatal medium spiny neurons",
    journal="Journal of Neuroscience 35(41):14017-14030",
    doi="10.1523/JNEUROSCI.0730-15.2015",
)

SUGISAKI_2011 = Source(
    key="sugisaki2011",
    authors="Sugisaki, E. and Fukushima, Y. and Tsukada, M. and Aihara, T.",
    year=2011,
    title="Cholinergic modulation on spike timing-dependent plasticity in hippocampal CA1 network",
    journal="Neuroscience 192:91-101",
    doi="10.1016/j.neuroscience.2011.06.064",
)

GRAUPNER_2012 = Source(
    key="graupner2012",
    authors="Graupner, M. and Brunel, N.",
    year=2012,
    title="Calcium-based plasticity model explains sensitivity of synaptic changes to spike pattern, "
    "rate, and dendritic location",
    journal="Proceedings of the National Academy of Sciences 109(10):3991-3996",
    doi="10.1073/pnas.1109359109",
)

YAGISHITA_2014 = Source(
    key="yagishita2014",
    authors="Yagishita, S. and Hayashi-Takagi, A. and Ellis-Davies, G. C. R. and Urakubo, H. and Ishii, S. "
    "and Kasai, H.",
    year=2014,
    title="A critical time window for dopamine actions on the structural plasticity of dendritic spines",
    journal="Science 345(6204):1616-1620",
    doi="10.1126/science.1255514",
)

HE_2015 = Source(
    key="he2015",
    authors="He, K. and Huertas, M. and Hong, S. Z. and Tie, X. and Hell, J. W. and Shouval, H. and "
    "Kirkwood, A.",
    year=2015,
    title="Distinct eligibility traces for LTP and LTD in cortical synapses",
    journal="Neuron 88(3):528-538",
    doi="10.1016/j.neuron.2015.09.037",
)

BRZOSKO_2017 = Source(
    key="brzosko2017",
    authors="Brzosko, Z. and Zannone, S. and Schultz, W. and Clopath, C. and Paulsen, O.",
    year=2017,
    title="Sequential neuromodulation of Hebbian plasticity offers mechanism for effective reward-based "
    "navigation",
    journal="eLife 6:e27756",
    doi="10.7554/eLife.27756",
)

BRETTE_GERSTNER_2005 = Source(
    key="brette2005",
    authors="Brette, R. and Gerstner, W.",
    year=2005,
    title="Adaptive exponential integrate-and-fire model as an effective description of neuronal activity",
    journal="Journal of Neurophysiology 94(5):3637-3642",
    doi="10.1152/jn.00686.2005",
)

HARKIN_2023 = Source(
    key="harkin2023",
    authors="Harkin, E. F. and Lynn, M. B. and Payeur, A. and Boucher, J.-F. and Caya-Bissonnette, L. and "
    "Cyr, D. and Stewart, C. and Longtin, A. and Naud, R. and Béïque, J.-C.",
    year=2023,
    title="Temporal derivative computation in the dorsal raphe network revealed by an experimentally "
    "driven augmented integrate-and-fire modeling framework",
    journal="eLife 12:e72951",
    doi="10.7554/eLife.72951",
)

BENNETT_1999 = Source(
    key="bennett1999",
    authors="Bennett, B. D. and Wilson, C. J.",
    year=1999,
    title="Spontaneous activity of neostriatal cholinergic interneurons in vitro",
    journal="Journal of Neuroscience 19(13):5586-5596",
    doi="10.1523/JNEUROSCI.19-13-05586.1999",
)

TSODYKS_1998 = Source(
    key="tsodyks1998",
    authors="Tsodyks, M. and Pawelzik, K. and Markram, H.",
    year=1998,
    title="Neural networks with dynamic synapses",
    journal="Neural Computation 10(4):821-835",
    doi="10.1162/089976698300017502",
)

LI_2023 = Source(
    key="li2023",
    authors="Li, L. and Rana, A. N. and Li, E. M. and Feng, J. and Li, Y. and Bruchas, M. R.",
    year=2023,
    title="Activity-dependent constraints on catecholamine signaling",
    journal="Cell Reports 42(12):113566",
    doi="10.1016/j.celrep.2023.113566",
)

RUMELHART_1986 = Source(
    key="rumelhart1986",
    authors="Rumelhart, D. E. and Hinton, G. E. and Williams, R. J.",
    year=1986,
    title="Learning representations by back-propagating errors",
    journal="Nature 323:533-536",
    doi="10.1038/323533a0",
)

LILLICRAP_2016 = Source(
    key="lillicrap2016",
    authors="Lillicrap, T. P. and Cownden, D. and Tweed, D. B. and Akerman, C. J.",
    year=2016,
    title="Random synaptic feedback weights support error backpropagation for deep learning",
    journal="Nature Communications 7:13276",
    doi="10.1038/ncomms13276",
)

NOKLAND_2016 = Source(
    key="nokland2016",
    authors="Nøkland, A.",
    year=2016,
    title="Direct feedback alignment provides learning in deep neural networks",
    journal="Advances in Neural Information Processing Systems 29",
    doi="10.48550/arXiv.1609.01596",
)

LIAO_2016 = Source(
    key="liao2016",
    authors="Liao, Q. and Leibo, J. Z. and Poggio, T.",
    year=2016,
    title="How important is weight symmetry in backpropagation?",
    journal="Proceedings of the AAAI Conference on Artificial Intelligence 30(1)",
    doi="10.1609/aaai.v30i1.10279",
)

FRENKEL_2021 = Source(
    key="frenkel2021",
    authors="Frenkel, C. and Lefebvre, M. and Bol, D.",
    year=2021,
    title="Learning without feedback: fixed random learning signals allow for feedforward training of deep "
    "neural networks",
    journal="Frontiers in Neuroscience 15:629892",
    doi="10.3389/fnins.2021.629892",
)

BELLEC_2020 = Source(
    key="bellec2020",
    authors="Bellec, G. and Scherr, F. and Subramoney, A. and Hajek, E. and Salaj, D. and Legenstein, R. and "
    "Maass, W.",
    year=2020,
    title="A solution to the learning dilemma for recurrent networks of spiking neurons",
    journal="Nature Communications 11:3625",
    doi="10.1038/s41467-020-17236-y",
)

KIRKPATRICK_2017 = Source(
    key="kirkpatrick2017",
    authors="Kirkpatrick, J. and Pascanu, R. and Rabinowitz, N. and others",
    year=2017,
    title="Overcoming catastrophic forgetting in neural networks",
    journal="PNAS 114(13):3521-3526",
    doi="10.1073/pnas.1611835114",
)

ASO_2014 = Source(
    key="aso2014",
    authors="Aso, Y. and Hattori, D. and Yu, Y. and Johnston, R. M. and Iyer, N. A. and Ngo, T.-T. B. and "
    "Dionne, H. and Abbott, L. F. and Axel, R. and Tanimoto, H. and Rubin, G. M.",
    year=2014,
    title="The neuronal architecture of the mushroom body provides a logic for associative learning",
    journal="eLife 3:e04577",
    doi="10.7554/eLife.04577",
)

HIGE_2015 = Source(
    key="hige2015",
    authors="Hige, T. and Aso, Y. and Modi, M. N. and Rubin, G. M. and Turner, G. C.",
    year=2015,
    title="Heterosynaptic plasticity underlies aversive olfactory learning in Drosophila",
    journal="Neuron 88(5):985-998",
    doi="10.1016/j.neuron.2015.11.003",
)

CARON_2013 = Source(
    key="caron2013",
    authors="Caron, S. J. C. and Ruta, V. and Abbott, L. F. and Axel, R.",
    year=2013,
    title="Random convergence of olfactory inputs in the Drosophila mushroom body",
    journal="Nature 497:113-117",
    doi="10.1038/nature12063",
)

LIN_2014 = Source(
    key="lin2014",
    authors="Lin, A. C. and Bygrave, A. M. and de Calignon, A. and Lee, T. and Miesenbock, G.",
    year=2014,
    title="Sparse, decorrelated odor coding in the mushroom body enhances learned odor discrimination",
    journal="Nature Neuroscience 17(4):559-568",
    doi="10.1038/nn.3660",
)

PRISCO_2021 = Source(
    key="prisco2021",
    authors="Prisco, L. and Deimel, S. H. and Yeliseyeva, H. and Fiala, A. and Tavosanis, G.",
    year=2021,
    title="The anterior paired lateral neuron normalizes odour-evoked activity in the Drosophila "
    "mushroom body calyx",
    journal="eLife 10:e74172",
    doi="10.7554/eLife.74172",
)

DASGUPTA_2017 = Source(
    key="dasgupta2017",
    authors="Dasgupta, S. and Stevens, C. F. and Navlakha, S.",
    year=2017,
    title="A neural algorithm for a fundamental computing problem",
    journal="Science 358(6364):793-796",
    doi="10.1126/science.aam9868",
)

SHEN_2023 = Source(
    key="shen2023",
    authors="Shen, Y. and Dasgupta, S. and Navlakha, S.",
    year=2023,
    title="Reducing catastrophic forgetting with associative learning: a lesson from fruit flies",
    journal="Neural Computation 35(11):1797-1819",
    doi="10.1162/neco_a_01615",
)

FREMAUX_2016 = Source(
    key="fremaux2016",
    authors="Frémaux, N. and Gerstner, W.",
    year=2016,
    title="Neuromodulated spike-timing-dependent plasticity, and theory of three-factor learning rules",
    journal="Frontiers in Neural Circuits 9:85",
    doi="10.3389/fncir.2015.00085",
)

BARRY_2024 = Source(
    key="barry2024",
    authors="Barry, M. L. L. R. and Gerstner, W.",
    year=2024,
    title="Fast adaptation to rule switching using neuronal surprise",
    journal="PLoS Computational Biology 20(2):e1011839",
    doi="10.1371/journal.pcbi.1011839",
)

MEI_2025 = Source(
    key="mei2025",
    authors="Mei, J., Rodriguez-Garcia, A., Takeuchi, D., Wainstein, G., Hubig, N., Mohsenzadeh, Y. and "
    "Ramaswamy, S.",
    year=2025,
    title="Improving the adaptive and continuous learning capabilities of artificial neural networks: "
    "lessons from multi-neuromodulatory dynamics",
    journal="arXiv 2501.06762",
    doi="10.48550/arXiv.2501.06762",
)
