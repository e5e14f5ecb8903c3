"""Solving the distal reward problem: a delayed reward reinforces the synapse that caused it."""

import json
from typing import Any

import numpy as np
from brian2 import ms, second

from neuromodsim.description.condition import Condition, Yoke
from neuromodsim.description.experiment import Experiment, Prepared, Setting
from neuromodsim.description.recording import Recording, Window
from neuromodsim.description.task import NEVER
from neuromodsim.equations.sources import IZHIKEVICH_2007
from neuromodsim.errors import RunFailed
from neuromodsim.protocols.distal_reward.circuit import EXCITATORY, NETWORK
from neuromodsim.protocols.distal_reward.task import DISTAL_REWARD, LISTED

# D1 in place of the source's dopamine. At rest, 20 cells at 4 Hz keep 24.6 nmol/L of dopamine and 0.02398
# of D1 occupied (three runs of 200 s without rewards, seeds 101 to 103). A burst adds 0.0088 s of occupancy
# (28 bursts, seeds 101 and 102); a reward of the source adds 0.5 times 200 ms of dopamine, 11.4 times that.
TAUGHT_BY_D1 = {
    "dopamine.reward_size": 0.0,
    "excitatory.d_per_level": 11.4,
    "excitatory.level_at_rest": 0.02398,
}


def choose_synapse(setting: Setting) -> Prepared:
    """Pick the synapse to reinforce: the first of cell 0 onto another excitatory cell, met once.

    It starts at zero, unless a caller chooses the weights; the task watches its two cells; no rewards are
    listed.
    """
    i, j = setting.wiring["excitatory"]
    own = j[i == 0]
    met_once = [t for t in own if 0 < t < EXCITATORY and np.count_nonzero(own == t) == 1]
    target = int(met_once[0])
    chosen = int(np.flatnonzero((i == 0) & (j == target))[0])
    weights = np.zeros(len(i)) + np.asarray(setting.parameters["excitatory.w"])
    weights[chosen] = 0.0
    return Prepared(
        {"excitatory.w": weights, "task.reward_time": np.full(LISTED, NEVER)},
        pairs={"watch_post": (np.array([target], np.int32), np.array([0], np.int32))},
        notes={"chosen_synapse": chosen},
    )


def expect_deliveries(run: Any) -> None:
    """Check that every reward earned long enough ago was delivered: no place was noted over.

    Raises
    ------
    RunFailed
        If one was lost.
    """
    kept = run["events"].children if "events" in run.children else {}
    if not {"task_coincidence", "reward_spike"} <= set(kept):
        return  # a run that was not asked to keep them
    delay = json.loads(run.attrs["parameters"])["task.delay_max"]["value"].split()[0]
    end = float(run.attrs["duration"].split()[0]) - float(delay)
    earned = int((kept["task_coincidence"].time < end - 0.01).sum())
    delivered = kept["reward_spike"].sizes["event"]
    if delivered < earned:
        raise RunFailed(f"{earned} rewards were earned and {delivered} delivered; make UNDER_WAY larger.")


EXPERIMENT = Experiment(
    name="distal_reward",
    summary="A reward delayed by 1 to 3 s potentiates the synapse that caused it, and no other.",
    source=IZHIKEVICH_2007,
    circuit=NETWORK,
    task=DISTAL_REWARD,
    conditions={
        "contingent": Condition(summary="Each coincidence of the chosen synapse is rewarded."),
        "yoked": Condition(
            summary="The rewards of an independent run, at times unrelated to the synapse.",
            parameters={"task.contingent": 0.0},
            yoke=Yoke("contingent", event="reward.spike", table="task.reward_time"),
        ),
        "released": Condition(
            summary="Rewards evoke bursts of dopamine neurons; the released dopamine acts through D1.",
            parameters=TAUGHT_BY_D1,
        ),
        "released_yoked": Condition(
            summary="As released, with the rewards of an independent run.",
            parameters={"task.contingent": 0.0, **TAUGHT_BY_D1},
            yoke=Yoke("released", event="reward.spike", table="task.reward_time"),
        ),
        "no_dopamine": Condition(
            summary="Rewards do not release dopamine, and there is no tonic dopamine.",
            parameters={"dopamine.reward_size": 0.0, "excitatory.d_tonic": 0.0},
        ),
    },
    recording=Recording(
        spikes={
            "excitatory_cells": Window(start=-60 * second),
            "inhibitory_cells": Window(start=-60 * second),
            "vta": Window(start=-600 * second),
        },
        states={
            "excitatory.w": 60 * second,
            "dopamine.d": 100 * ms,
            "released.C": 100 * ms,
            "released.D1": 100 * ms,
        },
        events={"reward.spike": (), "task.coincidence": (), "task.listed": ()},
    ),
    duration=3600 * second,
    dt=1 * ms,
    prepare=choose_synapse,
    finish=expect_deliveries,
)
