"""Dopamine neurons and two extracellular compartments, each with an autoreceptor.

    nucleus ──spikes──► terminals: C ──► D2: divides release there
       ▲  └───spikes──► cell bodies: C ──► D2 ──┐
       └───────────── subtracts from the rate ◄─┘

The neurons release dopamine from terminals and from dendrites. Both compartments are well mixed.
"""

from dataclasses import replace

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.neuromodulator import Autoreceptor, Neuromodulator
from neuromodsim.description.population import Population
from neuromodsim.equations.clearance.dopamine import DA_SOMA, DA_VTA_DREYER
from neuromodsim.equations.drugs.receptors import SULPIRIDE
from neuromodsim.equations.drugs.uptake import NOMIFENSINE
from neuromodsim.equations.effects.autoreceptors import SOMATIC_AUTORECEPTOR, TERMINAL_AUTORECEPTOR
from neuromodsim.equations.neurons.tonic_burst_pause import TONIC_BURST_PAUSE
from neuromodsim.equations.receptors.dopamine import D1_DREYER, D2_SOMA_DREYER, D2_TERMINAL_DREYER
from neuromodsim.equations.release.release_all import RELEASE_ALL, RELEASE_ALL_SOMA
from neuromodsim.transforms.expansion import add_neuromodulators

CELLS = 100

TERMINALS = Neuromodulator(
    name="dopamine",
    nucleus=Population(name="nucleus", size=CELLS, model=TONIC_BURST_PAUSE),
    release=RELEASE_ALL,
    pool=DA_VTA_DREYER,
    receptors={"D1": D1_DREYER},
    autoreceptors=(Autoreceptor(name="terminal", receptor=D2_TERMINAL_DREYER, effect=TERMINAL_AUTORECEPTOR),),
    drugs=(NOMIFENSINE, replace(SULPIRIDE, target="terminal")),
)

CELL_BODIES = Neuromodulator(
    name="somatodendritic",
    nucleus="nucleus",
    release=RELEASE_ALL_SOMA,
    pool=DA_SOMA,
    autoreceptors=(
        Autoreceptor(name="soma", receptor=D2_SOMA_DREYER, effect=SOMATIC_AUTORECEPTOR, acts_on="nucleus"),
    ),
)

LOOP = add_neuromodulators(Circuit(populations=()), TERMINALS, CELL_BODIES)
