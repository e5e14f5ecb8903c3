"""Dorsal raphe neurons, serotonin around their terminals, and slow and instantaneous 5-HT1B autoreceptors.

    electrode ──► axons ──┐
                          ├──► release ──► serotonin ──► 5-HT1B, slow ──────┐
    raphe, 1 spike/s ─────┘       ▲            └───────► 5-HT1B, at once ──┤
                                  └────────────────────────────────────────┘

Both autoreceptors are present in every condition, at the same serotonin concentration; their weights
determine which of them is effective. The electrode stimulates 13 of 100 axons: 120 pulses at 60 Hz then add
15.6 spikes per cell to two spontaneous ones, as in the published program (8 times baseline, for 2 s).
"""

from brian2 import Hz, pA, second

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.connectivity import Pairs
from neuromodsim.description.model import Parameter
from neuromodsim.description.neuromodulator import Autoreceptor, Neuromodulator
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.equations.clearance.serotonin import SEROTONIN_TERMINAL_REED
from neuromodsim.equations.drugs.uptake import CITALOPRAM
from neuromodsim.equations.effects.serotonin_autoreceptor import (
    SEROTONIN_BRAKE_AT_ONCE,
    SEROTONIN_BRAKE_SLOW,
)
from neuromodsim.equations.neurons.axonal_stimulation import ELECTRODE, PULSE, with_axon
from neuromodsim.equations.neurons.nuclei.dorsal_raphe import DORSAL_RAPHE_NEURON
from neuromodsim.equations.receptors.ht1b_cascade import HT1B_AT_ONCE, HT1B_CASCADE
from neuromodsim.equations.release.serotonin_vesicles import SEROTONIN_VESICLES
from neuromodsim.equations.sources import BEST_2020
from neuromodsim.transforms.expansion import add_neuromodulators

CELLS, REACHED = 100, 13
TONIC = 20.5 * pA  # one spike per second, with the noise

TRAIN = ELECTRODE.preset(
    name="bundle_electrode",
    summary="A train of two seconds in the medial forebrain bundle.",
    source=BEST_2020,
    onset=Parameter(30 * second, "", "of this package", evidence="assumed"),
    pulses=Parameter(120.0, "", "two seconds", evidence="derived"),
    frequency=Parameter(60 * Hz, "", "usual in such experiments", evidence="unverified"),
)

RAPHE = Population(
    name="raphe",
    size=CELLS,
    model=with_axon(DORSAL_RAPHE_NEURON).with_parameters(noise_sd=5 * pA),
    # Each at its own place between two spikes, which are a second apart: twice the life of adaptation.
    initial={
        "I": TONIC,
        "I_w": "b*exp(-2*(i + 0.5)/N)/(1 - exp(-2))",
        "v": "E_L + (20*pA - b*exp(-2*(i + 0.5)/N)/(1 - exp(-2)))/g_L",
    },
)

SEROTONIN = Neuromodulator(
    "serotonin",
    nucleus=RAPHE,
    release=SEROTONIN_VESICLES,
    pool=SEROTONIN_TERMINAL_REED,
    autoreceptors=(
        Autoreceptor(name="slow", receptor=HT1B_CASCADE, effect=SEROTONIN_BRAKE_SLOW),
        Autoreceptor(name="at_once", receptor=HT1B_AT_ONCE, effect=SEROTONIN_BRAKE_AT_ONCE),
    ),
    drugs=(CITALOPRAM,),
)

CIRCUIT = add_neuromodulators(
    Circuit(
        populations=(Population(name="electrode", size=1, model=TRAIN),),
        projections=(
            Projection(
                name="stimulation",
                source="electrode",
                target="raphe",
                model=PULSE,
                wiring=Pairs((0,) * REACHED, tuple(range(REACHED))),
            ),
        ),
    ),
    SEROTONIN,
)
