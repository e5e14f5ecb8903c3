"""Hidden units learn by node perturbation, through read-out weights that they do not know.

One of four patterns over five inputs is shown in each step. Eight hidden units answer h = tanh(Σ w x + ξ),
and the output is o = Σ v h with fixed random v. Reward is -(o - goal)², and every hidden unit is told the
same number: reward minus its running mean over all patterns. For Gaussian noise the mean change is the
gradient exactly (Stein's lemma),

    ⟨Δw⟩ = η σ² ∂⟨R⟩/∂w

whatever the network, the size of the noise, and what is subtracted from reward.

Fifty networks start with the same weights and have noise of their own. In the conditions ``gradient`` and
``no_critic`` the learning rate is so small that weights remain what they are; in ``learning`` they learn. A
run returns ``perturbation``: the mean change of each weight per step and learning rate, over networks, and
reward over time.
"""

import json
from dataclasses import replace
from typing import Any

import numpy as np
from brian2 import ms

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.condition import Condition
from neuromodsim.description.connectivity import AllToAll, Pairs
from neuromodsim.description.experiment import Experiment, Prepared, Setting
from neuromodsim.description.model import NeuronModel, Parameter, SynapseModel, Table
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.description.recording import Recording
from neuromodsim.equations.neurons.listed_rates import listed_rates
from neuromodsim.equations.neurons.rate_units import NOISY_UNIT
from neuromodsim.equations.plasticity.node_perturbation import NODE_PERTURBATION_RATE
from neuromodsim.equations.sources import FIETE_2006

PATTERNS, INPUTS, HIDDEN, NETWORKS, STEPS = 4, 5, 8, 50, 4000
STILL, LEARNING = 1e-7, 0.2  # learning rates per step
OF_NETWORK = np.repeat(np.arange(NETWORKS), HIDDEN)  # of each hidden unit

PERTURBED = replace(
    NOISY_UNIT,
    name="perturbed_unit",
    summary="The hyperbolic tangent of a weighted sum and noise.",
    step="""
    noise = sigma*randn()
    y = tanh(arrived + drive + noise)
    arrived = 0
    success = 0
    """,
    parameters={"sigma": Parameter(0.2, "standard deviation of the noise", low=0.0)},
)

OUTPUT = NeuronModel(
    name="judged_output",
    summary="The weighted sum of hidden units, and how near it is to a goal.",
    source=FIETE_2006,
    equations="""
    arrived  : 1  # weighted sum of what arrived
    output   : 1
    reward   : 1
    expected : 1  # running mean of reward
    success  : 1
    """,
    step="""
    output = arrived
    arrived = 0
    reward = -(output - goal(timestep(t, dt)))**2
    success = reward - critic*expected
    expected += rate*(reward - expected)
    """,
    sends="always",
    tables={"goal": Table(shape=(STEPS,), meaning="wanted output by step")},
    parameters={
        "critic": Parameter(1.0, "1 if the running mean is subtracted", low=0.0, high=1.0),
        "rate": Parameter(0.02, "weight of a reward in the running mean", low=0.0, high=1.0),
    },
)

READ = SynapseModel(
    name="read_out",
    summary="A fixed weight.",
    source=FIETE_2006,
    equations="v : 1",
    on_pre="arrived_post += v*y_pre",
)

TELL = SynapseModel(
    name="tell_success",
    summary="Tells hidden units how well their network did.",
    source=FIETE_2006,
    on_pre="success_post += success_pre",
)


def draw_network(setting: Setting) -> Prepared:
    """Draw patterns, goals, their order, and one network, of which all are copies."""
    rng = setting.rng
    patterns = rng.normal(size=(PATTERNS, INPUTS)) / np.sqrt(INPUTS)
    goals = np.array([1.0, -1.0, 0.5, -0.5])
    order = rng.permuted(np.tile(np.arange(PATTERNS), (STEPS // PATTERNS, 1)), axis=1).ravel()
    w = rng.normal(size=(INPUTS, HIDDEN))
    v = rng.normal(size=HIDDEN) / np.sqrt(HIDDEN)
    drawn = {"patterns": patterns, "goals": goals, "w": w, "v": v}
    return Prepared(
        {
            "input.input_rate": patterns[order],
            "output.goal": goals[order],
            "plastic.w": np.tile(w, (1, NETWORKS)).ravel(),
            "read.v": np.tile(v, NETWORKS),
        },
        notes={name: value.ravel().tolist() for name, value in drawn.items()},
    )


def measure_perturbation(run: Any) -> None:
    """Add the mean change of each weight, the network that was drawn, and reward over time."""
    import xarray as xr

    if "synapses" not in run.children or "output" not in run["state"].children:
        return  # a run that was not asked to keep them
    w = run["synapses/plastic"].weight
    eta = LEARNING if run.attrs["condition"] == "learning" else STILL
    steps = float(w.time[-1] - w.time[0]) / 1e-3
    change = (w.values[-1] - w.values[0]).reshape(INPUTS, NETWORKS, HIDDEN) / (eta * steps)
    reward = run["state/output"].reward
    notes = json.loads(run.attrs["notes"])
    run["perturbation"] = xr.Dataset(
        {
            "change": (("input", "hidden"), change.mean(axis=1)),
            "change_sem": (("input", "hidden"), change.std(axis=1, ddof=1) / NETWORKS**0.5),
            "reward": ("time", reward.values.mean(axis=1)),
            "patterns": (("pattern", "input"), np.reshape(notes["patterns"], (PATTERNS, INPUTS))),
            "goals": ("pattern", notes["goals"]),
            "w": (("input", "hidden"), np.reshape(notes["w"], (INPUTS, HIDDEN))),
            "v": ("hidden", notes["v"]),
        },
        coords={"time": ("time", np.asarray(reward.time), reward.time.attrs)},
    )


EXPERIMENT = Experiment(
    name="perturbed_network",
    summary="Hidden units learn from their noise, through read-out weights that they do not know.",
    source=FIETE_2006,
    circuit=Circuit(
        populations=(
            Population(name="input", size=INPUTS, model=listed_rates("input", STEPS, INPUTS), layer=0),
            Population(name="hidden", size=NETWORKS * HIDDEN, model=PERTURBED, layer=1),
            Population(name="output", size=NETWORKS, model=OUTPUT, layer=2),
        ),
        projections=(
            Projection(
                name="plastic",
                source="input",
                target="hidden",
                model=NODE_PERTURBATION_RATE,
                wiring=AllToAll(),
                learn_after_layer=2,
            ),
            Projection(
                name="read",
                source="hidden",
                target="output",
                model=READ,
                wiring=Pairs(tuple(range(NETWORKS * HIDDEN)), tuple(OF_NETWORK.tolist())),
            ),
            Projection(
                name="tell",
                source="output",
                target="hidden",
                model=TELL,
                wiring=Pairs(tuple(OF_NETWORK.tolist()), tuple(range(NETWORKS * HIDDEN))),
            ),
        ),
    ),
    conditions={
        "gradient": Condition(summary="Weights stand still.", parameters={"plastic.eta": STILL}),
        "no_critic": Condition(
            summary="Weights stand still, and nothing is subtracted from reward.",
            parameters={"plastic.eta": STILL, "output.critic": 0.0},
        ),
        "learning": Condition(summary="Weights learn.", parameters={"plastic.eta": LEARNING}),
    },
    recording=Recording(states={"plastic.w": 100 * ms, "output.reward": 1 * ms}),
    duration=STEPS * ms,
    dt=1 * ms,
    prepare=draw_network,
    finish=measure_perturbation,
)
