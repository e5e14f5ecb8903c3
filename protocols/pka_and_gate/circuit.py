"""Unconnected striatal cells, each with its own dose of dopamine.

Each row is one dose. All rows share acetylcholine and adenosine, and the receptors of all three have the same
rates, as in the toolbox from which the rates are taken.

    dopamine ───────► D1 cascade: cAMP, PKA, target            (direct pathway, molecule by molecule)
        │ bound ────► cAMP up in the direct pathway, down in the indirect
    acetylcholine ──► M4 inhibits the direct pathway
    adenosine ──────► A2A drives the indirect pathway
"""

from dataclasses import replace

from brian2.units.stdunits import nM

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.model import ReceptorModel
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.neuromodulator import Neuromodulator
from neuromodsim.equations.messengers.camp import CAMP_D1, CAMP_D2
from neuromodsim.equations.messengers.d1_pka import D1_PKA
from neuromodsim.equations.messengers.nair_2015 import D1_M4_GATE
from neuromodsim.equations.receptors.dopamine import D1_DREYER, D2_DREYER
from neuromodsim.equations.receptors.opponents import A2A_DREYER, M4_DREYER
from neuromodsim.equations.release.transient import TRANSIENT
from neuromodsim.transforms.neuromodulator import modulator_of

DOSES = (0, 5, 10, 20, 50, 100, 200, 500, 1000) * nM
ROWS = len(DOSES)


def prescribed(name: str, rows: int = 1, **receptors: ReceptorModel) -> Modulator:
    """Return a prescribed neuromodulator with its receptors, at rest with its tonic concentration."""
    at_rest = {receptor: f"tonic/(tonic + {receptor}_K_d)" for receptor in receptors}
    whole = Neuromodulator(name=name, pool=TRANSIENT, receptors=receptors, initial=at_rest)
    return replace(modulator_of(whole), regions=rows)


CELLS = Circuit(
    populations=(),
    modulators=(
        prescribed("dopamine", ROWS, D1=D1_DREYER, D2=D2_DREYER),
        prescribed("acetylcholine", M4=M4_DREYER),
        prescribed("adenosine", A2A=A2A_DREYER),
        Modulator(name="cascade", model=D1_PKA, regions=ROWS),
        # At the concentrations of the toolbox nothing drives either kind of cell at rest.
        Modulator(name="direct", model=CAMP_D1, regions=ROWS, initial={"cAMP": 0.0}),
        Modulator(name="indirect", model=CAMP_D2, regions=ROWS, initial={"cAMP": 0.0}),
    ),
    links={
        "cascade.DA": "dopamine.C",
        "direct.occupancy_up": "dopamine.D1",
        "direct.occupancy_down": "acetylcholine.M4",
        "indirect.occupancy_up": "adenosine.A2A",
        "indirect.occupancy_down": "dopamine.D2",
    },
)

GATED_CELLS = Circuit(
    populations=(),
    modulators=(
        prescribed("dopamine", ROWS),
        prescribed("acetylcholine"),
        Modulator(name="gate", model=D1_M4_GATE, regions=ROWS),
    ),
    links={"gate.DA": "dopamine.C", "gate.ACh": "acetylcholine.C"},
)
