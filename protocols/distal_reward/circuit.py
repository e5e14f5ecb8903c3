"""A cortical network of 800 excitatory and 200 inhibitory cells, with global dopamine.

Each cell sends 100 synapses to cells drawn at random with replacement (excitatory ones to all,
inhibitory ones to excitatory cells only), so that autapses and multiple synapses occur, as in the published
program. A spike acts in the next step, which is the published delay of 1 ms.

Dopamine has two forms. ``dopamine`` is the variable of the source, which jumps at a reward and decays.
``released`` is a concentration: after a reward, neurons of the ventral tegmental area burst, their spikes
release dopamine into the extracellular space of the ventral striatum, and it binds D1 receptors. Parameters
determine which of the two is the third factor (conditions ``contingent`` and ``released``); the cells burst
at rewards in both.

The burst is caused by a current that each reward adds to all these cells and that decays with 100 ms, like
NMDA currents. Tonic firing at about 4 Hz maintains a tonic dopamine level; the third factor is the
occupancy relative to its baseline, so a decrease below baseline would cause depression.
"""

from dataclasses import replace

from brian2 import ms, pA

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.connectivity import FixedOutDegree, Pairs
from neuromodsim.description.effect import Effect
from neuromodsim.description.model import ModulatorModel, NeuronModel, SynapseModel
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.neuromodulator import Neuromodulator
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.equations.clearance.dopamine import DA_VS_EJDRUP
from neuromodsim.equations.effects.plasticity_above_rest import PLASTICITY_ABOVE_REST
from neuromodsim.equations.neurons.izhikevich_2007 import IZHIKEVICH
from neuromodsim.equations.neurons.nuclei.dopamine import DOPAMINE_NEURON
from neuromodsim.equations.plasticity.dopamine_stdp import DOPAMINE_STDP
from neuromodsim.equations.receptors.dopamine import D1_EJDRUP, D2_EJDRUP
from neuromodsim.equations.release.mean_field import MEAN_FIELD_RELEASE_VENTRAL
from neuromodsim.equations.release.phasic_dopamine import PHASIC_DOPAMINE
from neuromodsim.equations.synapses.fixed_current import FIXED_CURRENT
from neuromodsim.equations.synapses.fixed_weight import FIXED_WEIGHT
from neuromodsim.protocols.distal_reward.task import (
    DELIVER,
    DELIVER_LISTED,
    EXCITE_LISTED,
    REWARD_UNDER_WAY,
    SCHEDULE,
    UNDER_WAY,
    WATCH_POST,
    WATCH_PRE,
)
from neuromodsim.transforms.expansion import add_neuromodulators

EXCITATORY, INHIBITORY, DEGREE = 800, 200, 100
DOPAMINE_CELLS = 20
BURST = 120 * pA  # what a reward adds to the current of each dopamine cell


def cortex(
    cell: NeuronModel = IZHIKEVICH,
    rule: SynapseModel = DOPAMINE_STDP,
    dopamine: ModulatorModel = PHASIC_DOPAMINE,
    watch_post: SynapseModel = WATCH_POST,
) -> Circuit:
    """Return cells, dopamine and what tells the task of one synapse, with given equations of each."""
    return Circuit(
        populations=(
            Population(
                name="cortex",
                size=EXCITATORY + INHIBITORY,
                model=cell,
                parts={"excitatory_cells": EXCITATORY, "inhibitory_cells": INHIBITORY},
                initial={
                    "a": f"(0.02 + 0.08*(i >= {EXCITATORY}))/ms",
                    "u_jump": f"(8 - 6*(i >= {EXCITATORY}))*mV",
                },
            ),
            Population(name="reward", size=UNDER_WAY, model=REWARD_UNDER_WAY),
        ),
        modulators=(Modulator(name="dopamine", model=dopamine),),
        projections=(
            Projection(
                name="excitatory",
                source="excitatory_cells",
                target="cortex",
                model=rule,
                wiring=FixedOutDegree(DEGREE),
                modulators={"d": "dopamine"},
            ),
            Projection(
                name="inhibitory",
                source="inhibitory_cells",
                target="excitatory_cells",
                model=FIXED_WEIGHT,
                wiring=FixedOutDegree(DEGREE),
            ),
            Projection(
                name="watch_pre", source="cortex", target="task", model=WATCH_PRE, wiring=Pairs((0,), (0,))
            ),
            Projection(
                name="watch_post", source="cortex", target="task", model=watch_post, wiring=Pairs((1,), (0,))
            ),
            Projection(name="schedule", source="task", target="reward", model=SCHEDULE),
            Projection(name="deliver", source="reward", target="dopamine", model=DELIVER),
        ),
    )


RELEASED = Neuromodulator(
    "released",
    nucleus=Population(
        name="vta",
        size=DOPAMINE_CELLS,
        model=DOPAMINE_NEURON.with_parameters(tau_synaptic=100 * ms, noise_sd=10 * pA),
        initial={"I": 35 * pA, "v": "v_reset + (V_T - v_reset)*rand()", "I_w": "60*pA*rand()"},
    ),
    release=MEAN_FIELD_RELEASE_VENTRAL,
    pool=DA_VS_EJDRUP,
    receptors={"D1": D1_EJDRUP, "D2": D2_EJDRUP},
    effects=(Effect(PLASTICITY_ABOVE_REST, on="excitatory", reads={"level": "D1"}),),
)

CORTEX = cortex()
TAUGHT = replace(
    CORTEX,
    projections=(
        *CORTEX.projections,
        Projection(name="deliver_listed", source="task", target="dopamine", model=DELIVER_LISTED),
        Projection(
            name="reward_burst", source="reward", target="vta", model=FIXED_CURRENT, initial={"w": BURST}
        ),
        Projection(
            name="listed_burst", source="task", target="vta", model=EXCITE_LISTED, initial={"w": BURST}
        ),
    ),
)
NETWORK = add_neuromodulators(TAUGHT, RELEASED)
