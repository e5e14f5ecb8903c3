"""Intracellular effects of a dopamine transient in striatal cells, and gating by an acetylcholine pause.

Two models are compared for the same nine doses. The D1 cascade of Lindroos et al. (2018) describes each
molecule and includes dopamine only: a transient (``alpha_published``, which reproduces the published
values; two others that start from the tonic level) or a steady dose. Dreyer's one-variable cAMP model
includes the opposing receptors: M4 in the direct, A2A in the indirect pathway. In it, dopamine changes to
each dose for 0.4 s, an increase for a burst and a decrease for a dip (``pulse``), acetylcholine pauses for
the same time (``pause``), or both (``pulse_and_pause``). A second experiment, ``and_gate``, does the same
with the cascade of Nair et al. (2015), which describes each molecule and includes both receptors.

In the published transient, the tonic 20 nM of dopamine disappears at its onset: the program sets dopamine to
the alpha function, instead of adding it. If the tonic level is kept below a peak of 500 nM
(``alpha_on_base``), cAMP at 1 s is 1704 nM instead of 1681 nM; if the transient is added to it
(``alpha_added``), 1791 nM.
"""

import numpy as np
from brian2 import ms, second
from brian2.units.stdunits import nM

from neuromodsim.description.condition import Condition
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.recording import Recording
from neuromodsim.equations.sources import LINDROOS_2018, NAIR_2015
from neuromodsim.protocols.pka_and_gate.circuit import CELLS, DOSES, GATED_CELLS

TONIC = 20 * nM  # of the cascade's published initial state
# Dreyer's toolbox starts from 50 nM of dopamine (dopamine_and_cin.py) and holds the ligands of the
# opposing receptors at 100 nM by default (postsynaptic.py).
AT_REST = {
    "dopamine.tonic": 50 * nM,
    "dopamine.size": 0 * nM,
    "dopamine.lasting": 400 * ms,
    "acetylcholine.lasting": 400 * ms,
}
PULSE = {"dopamine.held": DOSES}
PAUSE = {"acetylcholine.held": 0 * nM}
OTHERS_HELD = {
    f"{name}.{variable}": value * nM
    for name in ("acetylcholine", "adenosine")
    for variable, value in (("tonic", 100), ("held", 100), ("size", 0))
}

EXPERIMENT = Experiment(
    name="pka_and_gate",
    summary="Transient and steady dopamine doses acting on the D1 cascade and on a gate of two receptors.",
    source=LINDROOS_2018,
    circuit=CELLS,
    conditions={
        "alpha_published": Condition(
            summary="An alpha function that peaks at each dose; the tonic level is removed at its onset.",
            parameters={"dopamine.held": 0 * nM, "dopamine.size": DOSES},
        ),
        "alpha_on_base": Condition(
            summary="From the tonic level to a peak at each dose above it.",
            parameters={"dopamine.held": TONIC, "dopamine.size": np.maximum(DOSES / nM - 20, 0) * nM},
        ),
        "alpha_added": Condition(
            summary="An alpha function of each size on top of the tonic level.",
            parameters={"dopamine.held": TONIC, "dopamine.size": DOSES},
        ),
        "steady": Condition(
            summary="Each dose from the start, until the steady state.",
            parameters={"dopamine.onset": 0 * second, "dopamine.held": DOSES, "dopamine.size": 0 * nM},
        ),
        "pulse": Condition(
            summary="Dopamine changes to each dose for 0.4 s: a burst, or a dip below 50 nM.",
            parameters=AT_REST | PULSE,
        ),
        "pause": Condition(
            summary="Acetylcholine pauses for 0.4 s; dopamine stays at 50 nM.",
            parameters=AT_REST | PAUSE | {"dopamine.held": 50 * nM},
        ),
        "pulse_and_pause": Condition(
            summary="Dopamine changes to each dose during an acetylcholine pause.",
            parameters=AT_REST | PULSE | PAUSE,
        ),
    },
    parameters=OTHERS_HELD,
    recording=Recording(
        states={
            "dopamine.C": 10 * ms,
            "dopamine.D1": 10 * ms,
            "cascade.cAMP": 10 * ms,
            "cascade.PKAc": 10 * ms,
            "cascade.Target1p": 10 * ms,
            "cascade.D1RDAGolf": 10 * ms,
            "cascade.Gbgolf": 10 * ms,
            "direct.cAMP": 10 * ms,
            "indirect.cAMP": 10 * ms,
        },
    ),
    duration=300 * second,
    dt=0.5 * ms,
)

BRIEF = {"dopamine.lasting": 400 * ms, "acetylcholine.lasting": 400 * ms}

AND_GATE = Experiment(
    name="and_gate",
    summary="A dopamine burst, an acetylcholine pause, or both, acting on the adenylyl cyclase of a D1 cell.",
    source=NAIR_2015,
    circuit=GATED_CELLS,
    conditions={
        "burst_and_pause": Condition(
            summary="Dopamine changes to each dose for 0.4 s during an acetylcholine pause.",
            parameters=BRIEF | PULSE | PAUSE,
        ),
        "burst": Condition(
            summary="Dopamine changes to each dose for 0.4 s.",
            parameters=BRIEF | PULSE | {"acetylcholine.held": 100 * nM},
        ),
        "pause": Condition(
            summary="Acetylcholine pauses for 0.4 s.",
            parameters=BRIEF | PAUSE | {"dopamine.held": 10 * nM},
        ),
    },
    # The published state of rest.
    parameters={
        "dopamine.tonic": 10 * nM,
        "dopamine.size": 0 * nM,
        "acetylcholine.tonic": 100 * nM,
        "acetylcholine.size": 0 * nM,
    },
    recording=Recording(
        states={
            "dopamine.C": 10 * ms,
            "acetylcholine.C": 10 * ms,
            "gate.cAMP": 10 * ms,
            "gate.PKAc": 10 * ms,
        }
    ),
    duration=20 * second,
    dt=0.5 * ms,
)
