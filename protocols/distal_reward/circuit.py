"""A cortical network of 800 excitatory and 200 inhibitory cells, and dopamine for all of it.

Each cell sends 100 synapses to cells drawn at random with replacement (excitatory ones to all,
inhibitory ones to excitatory cells only), so a cell can meet itself or another twice, as in the
published program. A spike acts in the step after it, which is the published delay of 1 ms.
"""

from neuromodsim.circuit import (
    AllToAll,
    Circuit,
    FixedOutDegree,
    Modulator,
    Pairs,
    Population,
    Projection,
)
from neuromodsim.equations.neurons.izhikevich_2007 import IZHIKEVICH
from neuromodsim.equations.plasticity.dopamine_stdp import DOPAMINE_STDP
from neuromodsim.equations.release.phasic_dopamine import PHASIC_DOPAMINE
from neuromodsim.equations.synapses.fixed_weight import FIXED_WEIGHT
from neuromodsim.protocols.distal_reward.task import (
    DELIVER,
    DELIVER_LISTED,
    REWARD_UNDER_WAY,
    SCHEDULE,
    UNDER_WAY,
    WATCH_POST,
    WATCH_PRE,
)

EXCITATORY, INHIBITORY, DEGREE = 800, 200, 100

NETWORK = Circuit(
    populations=(
        Population(
            name="cortex",
            size=EXCITATORY + INHIBITORY,
            model=IZHIKEVICH,
            parts={"excitatory_cells": EXCITATORY, "inhibitory_cells": INHIBITORY},
            initial={
                "a": f"(0.02 + 0.08*(i >= {EXCITATORY}))/ms",
                "u_jump": f"(8 - 6*(i >= {EXCITATORY}))*mV",
            },
        ),
        Population(name="reward", size=UNDER_WAY, model=REWARD_UNDER_WAY),
    ),
    modulators=(Modulator(name="dopamine", model=PHASIC_DOPAMINE),),
    projections=(
        Projection(
            name="excitatory",
            source="excitatory_cells",
            target="cortex",
            model=DOPAMINE_STDP,
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
            name="watch_pre",
            source="cortex",
            target="task",
            model=WATCH_PRE,
            wiring=Pairs((0,), (0,)),
        ),
        Projection(
            name="watch_post",
            source="cortex",
            target="task",
            model=WATCH_POST,
            wiring=Pairs((1,), (0,)),
        ),
        Projection(name="schedule", source="task", target="reward", model=SCHEDULE, wiring=AllToAll()),
        Projection(name="deliver", source="reward", target="dopamine", model=DELIVER),
        Projection(name="deliver_listed", source="task", target="dopamine", model=DELIVER_LISTED),
    ),
)
