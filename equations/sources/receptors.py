"""Receptors, the cascades behind them, and drugs."""

from neuromodsim.description.model import Source

HUNGER_2020 = Source(
    key="hunger2020",
    authors="Hunger, L. and Kumar, A. and Schmidt, R.",
    year=2020,
    title="Abundance compensates kinetics: similar effect of dopamine signals on D1 and D2 receptor "
    "populations",
    journal="Journal of Neuroscience",
    volume="40",
    number="14",
    pages="2868-2881",
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
    journal="Frontiers in Neural Circuits",
    volume="12",
    pages="3",
    doi="10.3389/fncir.2018.00003",
)

NAIR_2015 = Source(
    key="nair2015",
    authors="Nair, A. G. and Gutierrez-Arenas, O. and Eriksson, O. and Vincent, P. and Hellgren "
    "Kotaleski, J.",
    year=2015,
    title="Sensing positive versus negative reward signals through adenylyl cyclase-coupled GPCRs "
    "in direct and indirect pathway striatal medium spiny neurons",
    journal="Journal of Neuroscience",
    volume="35",
    number="41",
    pages="14017-14030",
    doi="10.1523/JNEUROSCI.0730-15.2015",
)

HAN_2006 = Source(
    key="han2006",
    authors="Han, D. D. and Gu, H. H.",
    year=2006,
    title="Comparison of the monoamine transporters from human and mouse in their sensitivities to "
    "psychostimulant drugs",
    journal="BMC Pharmacology",
    volume="6",
    pages="6",
    doi="10.1186/1471-2210-6-6",
)

TATSUMI_1997 = Source(
    key="tatsumi1997",
    authors="Tatsumi, M. and Groshan, K. and Blakely, R. D. and Richelson, E.",
    year=1997,
    title="Pharmacological profile of antidepressants and related compounds at human monoamine transporters",
    journal="European Journal of Pharmacology",
    volume="340",
    number="2-3",
    pages="249-258",
    doi="10.1016/S0014-2999(97)01393-9",
)

ALEXANDER_2019 = Source(
    key="alexander2019",
    authors="Alexander, S. P. H. and Christopoulos, A. and Davenport, A. P. and Kelly, E. and Mathie, "
    "A. and Peters, J. A. and others",
    year=2019,
    title="The Concise Guide to Pharmacology 2019/20: G protein-coupled receptors",
    journal="British Journal of Pharmacology",
    volume="176",
    number="S1",
    pages="S21-S141",
    doi="10.1111/bph.14748",
)

ALEXANDER_2019_ENZYMES = Source(
    key="alexander2019enzymes",
    authors="Alexander, S. P. H. and Fabbro, D. and Kelly, E. and Mathie, A. and Peters, J. A. and "
    "Veale, E. L. and others",
    year=2019,
    title="The Concise Guide to Pharmacology 2019/20: Enzymes",
    journal="British Journal of Pharmacology",
    volume="176",
    number="S1",
    pages="S297-S396",
    doi="10.1111/bph.14752",
)

LI_2023 = Source(
    key="li2023",
    authors="Li, L. and Rana, A. N. and Li, E. M. and Feng, J. and Li, Y. and Bruchas, M. R.",
    year=2023,
    title="Activity-dependent constraints on catecholamine signaling",
    journal="Cell Reports",
    volume="42",
    number="12",
    pages="113566",
    doi="10.1016/j.celrep.2023.113566",
)
