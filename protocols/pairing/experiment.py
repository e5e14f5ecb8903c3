"""One synapse, spikes and rewards at given times: the smallest test of a plasticity rule.

In the condition ``paired`` a presynaptic spike at 1 s is followed by a postsynaptic one 10 ms later and by
a unit of dopamine one second after that. With eligibility increments of one and no tonic dopamine, the
weight changes by exp(-0.5) · exp(-1) · tau_c · tau_d / (tau_c + tau_d) = 0.0371884 (in units of
``w_unit``).
"""

from typing import Any

import numpy as np
from brian2 import ms, mV, second

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.condition import Condition
from neuromodsim.description.experiment import Experiment, Setting
from neuromodsim.description.model import Parameter, SynapseModel, Table
from neuromodsim.description.modulator import Modulator
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.description.recording import Recording, Window
from neuromodsim.description.task import NEVER, Event, Task
from neuromodsim.equations.neurons.listed_spikes import listed_spikes
from neuromodsim.equations.plasticity.dopamine_stdp import DOPAMINE_STDP
from neuromodsim.equations.release.phasic_dopamine import PHASIC_DOPAMINE
from neuromodsim.equations.sources import IZHIKEVICH_2007

LISTED = 1000

REWARDS = Task(
    name="listed_rewards",
    summary="Rewards at listed times.",
    source=IZHIKEVICH_2007,
    equations="given : integer  # rewards so far",
    events={"listed": Event(when="timestep(t, dt) >= timestep(listed_reward(given), dt)", do="given += 1")},
    tables={"listed_reward": Table(shape=(LISTED,), unit=second, meaning="times of reward", rising=True)},
    parameters={"reward_delay": Parameter(1 * second, "interval from the postsynaptic spike to the reward")},
)

DELIVER = SynapseModel(
    name="deliver_listed_reward",
    summary="A reward increases dopamine.",
    source=IZHIKEVICH_2007,
    on_event={"listed": "d_post += reward_size_post"},
)


def list_times(setting: Setting) -> dict[str, Any]:
    """List one presynaptic spike at 1 s, one postsynaptic one 10 ms later, and one late reward."""
    delay = float(setting.parameters["task.reward_delay"])
    times = {}
    for cell, first in (("pre", 1.0), ("post", 1.01)):
        times[f"{cell}.{cell}_time"] = np.append(first, np.full(LISTED - 1, NEVER))[None, :]
    # Dopamine that a task releases meets synapses one step later than a spike would.
    reward = np.append(1.01 + delay, np.full(LISTED - 1, NEVER))
    return {**times, "task.listed_reward": reward}


EXPERIMENT = Experiment(
    name="pairing",
    summary="One spike pair and one delayed reward, compared with the closed-form solution of the rule.",
    source=IZHIKEVICH_2007,
    circuit=Circuit(
        populations=(
            Population(name="pre", size=1, model=listed_spikes("pre", cells=1, most=LISTED)),
            Population(name="post", size=1, model=listed_spikes("post", cells=1, most=LISTED)),
        ),
        modulators=(Modulator(name="dopamine", model=PHASIC_DOPAMINE),),
        projections=(
            Projection(
                name="excitatory",
                source="pre",
                target="post",
                model=DOPAMINE_STDP,
                modulators={"d": "dopamine"},
                initial={"w": 0 * mV},
            ),
            Projection(name="deliver", source="task", target="dopamine", model=DELIVER),
        ),
    ),
    task=REWARDS,
    conditions={
        "paired": Condition(
            summary="Unit eligibility traces, one unit of dopamine, no tonic dopamine.",
            parameters={
                "excitatory.a_plus": 1.0,
                "excitatory.a_minus": 1.0,
                "excitatory.tau_w": 1 * second,
                "excitatory.d_tonic": 0.0,
                "dopamine.reward_size": 1.0,
            },
        ),
        "published": Condition(summary="The published parameters."),
    },
    recording=Recording(
        spikes={"pre": Window(), "post": Window()},
        states={"excitatory.w": 10 * ms, "excitatory.c": 10 * ms, "dopamine.d": 10 * ms},
    ),
    duration=40 * second,
    dt=1 * ms,
    prepare=list_times,
)
