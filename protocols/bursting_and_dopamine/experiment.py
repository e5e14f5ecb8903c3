"""One chosen synapse, and bursting cells: noradrenaline accelerates learning, acetylcholine preserves it.

The demonstration of Rodriguez-Garcia and Ramaswamy (public program of a talk, SNUFA 2024) on the network of
`distal_reward`. Noradrenaline switches excitatory cells from regular spiking to chattering, and the chosen
synapse is potentiated several times faster, but not persistently. Acetylcholine is a latch: once the synapse
is almost at its maximum, cells return to regular spiking and rewards have no further effect.

    c = −65 mV + 30 mV · level ,   d = 8 mV − 12 mV · level ,   level = noradrenaline · (1 − acetylcholine)

As in that program, the noradrenaline level is prescribed, and acetylcholine depends on the chosen weight:
neither is released. Differences: all delays are 1 ms, instead of up to 5 ms between excitatory cells;
synapses of inhibitory cells are not plastic.
"""

from dataclasses import replace

from brian2 import ms, mV, second

from neuromodsim.description.condition import Condition
from neuromodsim.description.connectivity import Pairs
from neuromodsim.description.experiment import Experiment, Prepared, Setting
from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.description.projection import Projection
from neuromodsim.description.recording import Recording, Window
from neuromodsim.equations.effects.noradrenergic_bursting import NORADRENERGIC_BURSTING
from neuromodsim.equations.neurons.izhikevich_2007 import IZHIKEVICH
from neuromodsim.equations.plasticity.dopamine_stdp import DOPAMINE_STDP
from neuromodsim.equations.release.phasic_dopamine import PHASIC_DOPAMINE
from neuromodsim.equations.sources import MEI_2025
from neuromodsim.protocols.distal_reward.circuit import DEGREE, EXCITATORY, cortex
from neuromodsim.protocols.distal_reward.experiment import choose_synapse
from neuromodsim.protocols.distal_reward.task import DISTAL_REWARD, WATCH_POST
from neuromodsim.transforms.effect import apply

CELL = apply(
    NORADRENERGIC_BURSTING,
    IZHIKEVICH,
    {"level": "(noradrenaline*(1 - acetylcholine)*excitatory)"},
    """
    acetylcholine = int(learned > 0) : 1
    noradrenaline : 1 (linked)         # 0.5 makes cells chatter
    learned       : integer (linked)   # above 0 once acetylcholine has come
    excitatory    : 1 (constant)       # 1 or 0
    strong        : integer            # how often cell 0 met it through a synapse that is learned
    """,
)
RULE = replace(
    DOPAMINE_STDP,
    name="watched_stdp",
    summary="Dopamine-gated plasticity that reports when a synapse of cell 0 has been learned.",
    on_pre=f"{DOPAMINE_STDP.on_pre.rstrip()}\n    strong_post += int(i == 0 and w >= w_learned)\n",
    parameters={
        **DOPAMINE_STDP.parameters,
        # It is at its largest for a moment only, which the next presynaptic spike may miss.
        "w_learned": Parameter(3.9 * mV, "weight that counts as learned", low=0 * mV, evidence="assumed"),
    },
    made_of=(DOPAMINE_STDP,),
)
TASK = replace(
    DISTAL_REWARD,
    name="distal_reward_with_latch",
    summary="Delayed reward after pre-post coincidences of the selected synapse, until it has been learned.",
    equations=f"""{DISTAL_REWARD.equations}
    noradrenaline : 1        # given, all the time
    learned       : integer  # spikes of the target since its synapse was learned, if that latches
    """,
    parameters={
        **DISTAL_REWARD.parameters,
        "latches": Parameter(
            0.0, "1 if acetylcholine is released once the weight is learned", low=0.0, high=1.0
        ),
    },
)
WATCH_UNTIL_LEARNED = replace(
    WATCH_POST,
    name="watch_until_learned",
    summary="Reports pre-post coincidences to the task until the synapse has been learned.",
    on_pre=WATCH_POST.on_pre.replace("contingent_post > 0.5", "contingent_post > 0.5 and learned_post < 1"),
)
LATCH = SynapseModel(
    name="latch",
    summary="Reports to the task that the selected synapse has been learned.",
    source=MEI_2025,
    on_pre="learned_post += int(latches_post > 0.5 and strong_pre > 0)",
)

CORTEX = cortex(CELL, RULE, PHASIC_DOPAMINE.with_parameters(tau_d=100 * ms), WATCH_UNTIL_LEARNED)
CELLS, REWARD = CORTEX.populations
NETWORK = replace(
    CORTEX,
    populations=(
        replace(CELLS, initial={**CELLS.initial, "excitatory": f"1*(i < {EXCITATORY})"}),
        REWARD,
    ),
    projections=(
        *CORTEX.projections,
        Projection(name="latch", source="cortex", target="task", model=LATCH, wiring=Pairs((1,), (0,))),
    ),
    links={f"cortex.{name}": f"task.{name}" for name in ("noradrenaline", "learned")},
)


def choose(setting: Setting) -> Prepared:
    """Pick the synapse to reinforce as `distal_reward` does, and watch its target for the latch."""
    chosen = choose_synapse(setting)
    return replace(chosen, pairs={**chosen.pairs, "latch": chosen.pairs["watch_post"]})


BURSTING = {"task.noradrenaline": 0.5}  # chattering: c = -50 mV, d = 2 mV

EXPERIMENT = Experiment(
    name="bursting_and_dopamine",
    summary="Bursting accelerates learning from delayed rewards; acetylcholine preserves the learned weight.",
    source=MEI_2025,
    circuit=NETWORK,
    task=TASK,
    conditions={
        "bursting_then_calm": Condition(
            summary="Excitatory cells burst until the synapse is learned; acetylcholine terminates it.",
            parameters={**BURSTING, "task.latches": 1.0},
        ),
        "bursting": Condition(summary="Excitatory cells burst continuously.", parameters=BURSTING),
        "regular": Condition(summary="Regular-spiking excitatory cells, fast-spiking inhibitory cells."),
        "all_regular": Condition(
            summary="All cells are regular-spiking.",
            parameters={"cortex.a": 0.02 / ms, "cortex.u_jump": 8 * mV},
        ),
    },
    recording=Recording(
        spikes={
            "excitatory_cells": Window(start=-10 * second),
            "inhibitory_cells": Window(start=-10 * second),
        },
        states={"excitatory.w": 1 * second, "dopamine.d": 1 * second},
        only={"excitatory.w": tuple(range(DEGREE))},  # those of cell 0, one of which is the chosen synapse
        events={"reward.spike": (), "task.coincidence": ("learned",)},
    ),
    duration=3600 * second,
    dt=1 * ms,
    prepare=choose,
)
