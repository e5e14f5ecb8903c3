"""Striatal cells in a row, each with its own dose of dopamine, and no synapses between them.

Each row is one dose. All rows share acetylcholine and adenosine, and the receptors of all three bind
by the same rates, as in the toolbox the rates come from.

    dopamine ───────► D1 cascade: cAMP, PKA, target            (direct pathway, molecule by molecule)
        │ bound ────► cAMP up in the direct pathway, down in the indirect
    acetylcholine ──► M4 holds the direct pathway back
    adenosine ──────► A2A drives the indirect pathway
"""

from dataclasses import replace

from brian2 import second
from brian2.units.stdunits import nM

from neuromodsim.circuit import Circuit, Modulator
from neuromodsim.equations.messengers.camp import CAMP_D1, CAMP_D2
from neuromodsim.equations.messengers.d1_pka import D1_PKA
from neuromodsim.equations.release.transient import TRANSIENT
from neuromodsim.equations.sources import DREYER_2013
from neuromodsim.model import Parameter

DOSES = (0, 5, 10, 20, 50, 100, 200, 500, 1000) * nM
ROWS = len(DOSES)

CODE = "Dopamine-Simulation-Tools, postsynaptic.py"
BOUND_TRANSIENT = replace(
    TRANSIENT,
    name="bound_transient",
    summary="A prescribed concentration, and the share of postsynaptic receptors that it binds.",
    source=DREYER_2013,
    equations=TRANSIENT.equations + "dbound/dt = k_on*C*(1 - bound) - k_off*bound : 1\n",
    method="exponential_euler",
    parameters={
        **TRANSIENT.parameters,
        "k_on": Parameter(0.01 / (nM * second), "binding", CODE, 0 / (nM * second), evidence="read"),
        "k_off": Parameter(10 / second, "unbinding", CODE, 0 / second, evidence="read"),
    },
    initial={**TRANSIENT.initial, "bound": "tonic/(tonic + k_off/k_on)"},
)

CELLS = Circuit(
    populations=(),
    modulators=(
        Modulator(name="dopamine", model=BOUND_TRANSIENT, regions=ROWS),
        Modulator(name="acetylcholine", model=BOUND_TRANSIENT),
        Modulator(name="adenosine", model=BOUND_TRANSIENT),
        Modulator(name="cascade", model=D1_PKA, regions=ROWS),
        # At the concentrations of the toolbox nothing drives either kind of cell at rest.
        Modulator(name="direct", model=CAMP_D1, regions=ROWS, initial={"cAMP": 0.0}),
        Modulator(name="indirect", model=CAMP_D2, regions=ROWS, initial={"cAMP": 0.0}),
    ),
    links={
        "cascade.DA": "dopamine.C",
        "direct.occupancy_up": "dopamine.bound",
        "direct.occupancy_down": "acetylcholine.bound",
        "indirect.occupancy_up": "adenosine.bound",
        "indirect.occupancy_down": "dopamine.bound",
    },
)
