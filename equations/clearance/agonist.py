"""An agonist applied to a slice: in the bath, as puffs, or both.

    C = bath + remainder of the puffs

These are the quantities an experimenter controls. Without bath and puffs it is the control experiment, so
drugs are parameters of one program. Receptors are those of the transmitter; agonists with a higher
affinity, such as isoproterenol at β, saturate them more strongly.
"""

from brian2 import ms, second
from brian2.units.allunits import mmolar, nmolar

from neuromodsim.description.model import ModulatorModel, Parameter, SynapseModel
from neuromodsim.equations.sources import EJDRUP_2026, HE_2015, PALIJ_1994, SEOL_2007

NONE = 0 * nmolar
MOST = 10 * mmolar

AGONIST = ModulatorModel(
    name="agonist",
    summary="An agonist applied to the bath, as a puff, or both.",
    source=SEOL_2007,
    equations="""
    dpuffed/dt = -puffed / tau_wash : mmolar  # what is left of puffs
    C = bath + puffed               : mmolar  # outside cells
    """,
    level="C",
    method="relaxation",
    parameters={
        "bath": Parameter(NONE, "bath concentration", low=NONE, high=MOST, evidence="assumed"),
        "puff": Parameter(NONE, "concentration added by a puff", low=NONE, high=MOST, evidence="assumed"),
        "tau_wash": Parameter(1 * second, "duration of a puff", low=0.1 * ms, evidence="assumed"),
    },
)

NORADRENALINE_PUFF = AGONIST.preset(
    name="noradrenaline_puff",
    summary="Noradrenaline puffed on, or an agonist in the bath, cleared as in slices.",
    source=PALIJ_1994,
    tau_wash=Parameter(2.93 / 0.6931 * second, "", "half-life 2.93 s", evidence="derived"),
)

DOPAMINE_PUFF = AGONIST.preset(
    name="dopamine_puff",
    summary="Dopamine puffed on or in the bath, cleared as in ventral striatum.",
    source=EJDRUP_2026,
    tau_wash=Parameter(105 * ms, "", "Km/Vmax = 0.21 umolar / (2 umolar/s)", evidence="derived"),
)

SEROTONIN_PUFF = AGONIST.preset(
    name="serotonin_puff",
    summary="Serotonin puffed on or in the bath.",
    source=HE_2015,
    tau_wash=Parameter(
        0.86 * second, "", "Km/Vmax = 60 nmolar / (69.4 nmolar/s) of a terminal model", evidence="derived"
    ),
)

PUFF = SynapseModel(
    name="puff",
    summary="A puff of an agonist from a pipette.",
    source=HE_2015,
    on_pre="puffed_post += puff_post",
)
