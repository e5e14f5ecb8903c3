"""An agonist given to a slice: in the bath throughout, or puffed on for a moment.

The concentration at the receptors is that of the bath plus what is left of the puffs; the share of
receptors that is occupied follows it at once,

    occupancy = C / (C + K_d).

That is what an experimenter controls; kinetics of binding are left to receptor models. A bath of none
and no puff is a control experiment, so drugs are nothing but parameters. Affinities are those of the
transmitter where the agonist's own was not found.
"""

from brian2 import ms, second
from brian2.units.allunits import mmolar, nmolar, umolar

from neuromodsim.equations.sources import EJDRUP_2026, HE_2015, SEOL_2007
from neuromodsim.model import ModulatorModel, Parameter, SynapseModel

NONE = 0 * nmolar

AGONIST = ModulatorModel(
    name="agonist",
    summary="An agonist in the bath or puffed on, and the share of receptors it occupies.",
    source=SEOL_2007,
    equations="""
    dpuffed/dt = -puffed / tau_wash                             : mmolar  # what is left of puffs
    occupancy = (bath + puffed)/(bath + puffed + K_d)           : 1       # share of receptors
    """,
    level="occupancy",
    parameters={
        "bath": Parameter(NONE, "concentration in the bath", low=NONE, evidence="assumed"),
        "puff": Parameter(NONE, "concentration that a puff adds", low=NONE, evidence="assumed"),
        "tau_wash": Parameter(1 * second, "how long a puff lasts", low=0.1 * ms, evidence="assumed"),
        "K_d": Parameter(
            1 * umolar,
            "concentration that occupies half the receptors",
            low=1e-9 * mmolar,
            evidence="assumed",
        ),
    },
)

ISOPROTERENOL = AGONIST.preset(
    name="isoproterenol",
    summary="An agonist of β receptors; puffs are noradrenaline.",
    source=SEOL_2007,
    K_d=Parameter(0.74 * umolar, "", "noradrenaline at β; isoproterenol binds tighter", evidence="recalled"),
    tau_wash=Parameter(
        4.23 * second, "", "half-life 2.93 s in slices, Palij and Stamford 1994", evidence="computed"
    ),
)

METHOXAMINE = AGONIST.preset(
    name="methoxamine",
    summary="An agonist of α1 receptors.",
    source=SEOL_2007,
    K_d=Parameter(0.33 * umolar, "", "noradrenaline at α1", evidence="recalled"),
)

MUSCARINIC_AGONIST = AGONIST.preset(
    name="muscarinic_agonist",
    summary="An agonist of muscarinic receptors.",
    source=SEOL_2007,
    K_d=Parameter(0.8 * umolar, "", "carbachol, binding of GTPγS, pEC50 6.1", evidence="read"),
)

DOPAMINE_PUFF = AGONIST.preset(
    name="dopamine_puff",
    summary="Dopamine at D1 receptors, cleared as in ventral striatum.",
    source=EJDRUP_2026,
    K_d=Parameter(1 * umolar, "", "EC50 in the published program", evidence="read"),
    tau_wash=Parameter(105 * ms, "", "Km/Vmax = 0.21 µM / (2 µM/s)", evidence="computed"),
)

SEROTONIN_PUFF = AGONIST.preset(
    name="serotonin_puff",
    summary="Serotonin at 5-HT2C receptors.",
    source=HE_2015,
    K_d=Parameter(30 * nmolar, "", "10 to 60 nM", evidence="recalled"),
    tau_wash=Parameter(
        0.86 * second, "", "Km/Vmax = 60 nM / (69.4 nM/s), published terminal model", evidence="computed"
    ),
)

PUFF = SynapseModel(
    name="puff",
    summary="A pipette puffs an agonist onto a slice.",
    source=HE_2015,
    on_pre="puffed_post += puff_post",
)
