"""A simulated slice: pairs of cells that fire at listed times, with one synapse of each rule between them.

Each pair has its own time difference, and all are exposed to the same agonists. A second set of pairs has
one time difference and one pipette each, which puffs dopamine at its own delay.
"""

from dataclasses import replace

from brian2 import ms

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.connectivity import OneToOne, Pairs
from neuromodsim.description.geometry import WellMixed
from neuromodsim.description.model import ModulatorModel, ReceptorModel, SynapseModel
from neuromodsim.description.neuromodulator import Neuromodulator
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.equations.clearance.agonist import (
    AGONIST,
    DOPAMINE_PUFF,
    NORADRENALINE_PUFF,
    PUFF,
    SEROTONIN_PUFF,
)
from neuromodsim.equations.neurons.listed_spikes import listed_spikes
from neuromodsim.equations.plasticity.dopamine_window import DOPAMINE_WINDOW
from neuromodsim.equations.plasticity.graupner_brunel import (
    CALCIUM_DELAY,
    GRAUPNER_BRUNEL_CULTURE,
    GRAUPNER_BRUNEL_SLICE,
)
from neuromodsim.equations.plasticity.pull_push import PULL_PUSH
from neuromodsim.equations.plasticity.sequential import SEQUENTIAL, SEQUENTIAL_SUGISAKI
from neuromodsim.equations.plasticity.transforming_traces import TRANSFORMING_TRACES
from neuromodsim.equations.receptors.acetylcholine import M1
from neuromodsim.equations.receptors.dopamine import D1_EJDRUP
from neuromodsim.equations.receptors.noradrenaline import ALPHA1, BETA
from neuromodsim.equations.receptors.serotonin import SEROTONIN_2C
from neuromodsim.transforms.expansion import add_neuromodulators

STEP = 1 * ms  # in which runs are made
# Postsynaptic minus presynaptic spike, in ms.
LAGS = (-100, -80, -60, -50, -40, -30, -20, -15, -10, -5, 5, 10, 15, 20, 30, 40, 50, 60, 80, 100)
# From a pairing to the puff of dopamine, in seconds.
DELAYS = (-1.0, -0.5, -0.2, 0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0)
MOST = 62  # pairings, a test pulse, and one place for never

CALCIUM = {
    "beta": "beta_agonist.beta",
    "d1": "dopamine.D1",
    "alpha1": "alpha1_agonist.alpha1",
    "m1": "muscarinic_agonist.M1",
}
# Every rule, what it calls the receptors, and where their levels are.
RULES = (
    (PULL_PUSH, {n: CALCIUM[n] for n in ("beta", "alpha1", "m1")}),
    (SEQUENTIAL, {"ach": "muscarinic_agonist.M1", "d1": "dopamine.D1"}),
    (SEQUENTIAL_SUGISAKI, {"ach": "muscarinic_agonist.M1", "d1": "dopamine.D1"}),
    (TRANSFORMING_TRACES, {"beta2": "beta_agonist.beta", "ht2c": "serotonin.HT2C"}),
    (DOPAMINE_WINDOW, {"d1": "dopamine.D1"}),
    (GRAUPNER_BRUNEL_CULTURE, CALCIUM),
    (GRAUPNER_BRUNEL_SLICE, CALCIUM),
)


def cells(name: str, size: int) -> Population:
    """Return cells that fire at listed times."""
    return Population(name=name, size=size, model=listed_spikes(name, cells=size, most=MOST))


def synapses(rule: SynapseModel, reads: dict[str, str]) -> Projection:
    """Return one synapse of a rule for each pair; its calcium is as late as whole steps allow."""
    delay = CALCIUM_DELAY.get(rule.name)
    return Projection(
        name=rule.name,
        source="afferent",
        target="cell",
        model=rule,
        wiring=OneToOne(),
        delay=None if delay is None else round(float(delay) / float(STEP)) * STEP,
        modulators=reads,
    )


def agonist(name: str, pool: ModulatorModel, **receptors: ReceptorModel) -> Neuromodulator:
    """Return an agonist that all pairs see, in the bath or from the first pipette."""
    return Neuromodulator(
        name=name, nucleus="pipette", release=PUFF, pool=pool, receptors=receptors, wiring=Pairs((0,), (0,))
    )


AGONISTS = (
    agonist("beta_agonist", NORADRENALINE_PUFF, beta=BETA),
    agonist("alpha1_agonist", AGONIST, alpha1=ALPHA1),
    agonist("muscarinic_agonist", AGONIST, M1=M1),
    agonist("dopamine", DOPAMINE_PUFF, D1=D1_EJDRUP),
    agonist("serotonin", SEROTONIN_PUFF, HT2C=SEROTONIN_2C),
)
# Dopamine once more, with a region and a pipette for each delay.
LATE = replace(
    agonist("late_dopamine", DOPAMINE_PUFF, D1=D1_EJDRUP),
    geometry=WellMixed(regions=len(DELAYS)),
    wiring=Pairs(tuple(range(1, len(DELAYS) + 1)), tuple(range(len(DELAYS)))),
)

SLICE = add_neuromodulators(
    Circuit(
        populations=(
            cells("afferent", len(LAGS)),
            cells("cell", len(LAGS)),
            cells("late_afferent", len(DELAYS)),
            cells("late_cell", len(DELAYS)),
            cells("pipette", 1 + len(DELAYS)),
        ),
        projections=(
            *(synapses(*rule) for rule in RULES),
            Projection(
                name="late",
                source="late_afferent",
                target="late_cell",
                model=DOPAMINE_WINDOW,
                wiring=OneToOne(),
                modulators={"d1": "late_dopamine.D1"},
            ),
        ),
    ),
    *AGONISTS,
    LATE,
)
