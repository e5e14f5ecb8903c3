"""Linear units that learn from reward: which mean of reward must be subtracted, and for which rule.

A unit answers y = w x + ξ to one of two stimuli, x = 1 or 1/2, in each step. Its reward is

    R = -(y - target x)² ± offset/2

so that with an ``offset`` the larger stimulus is the easier one. Four rules are compared, in units that see
the same stimuli: Hebb's rule times reward (``naive``), times reward minus its running mean over both
stimuli (``common``), minus that of this stimulus (``own``), and node perturbation with the raw reward
(``node``). All mean changes have a closed form, Cov(R, x y) plus ⟨S⟩⟨x y⟩ (after Frémaux, Sprekeler and
Gerstner 2010).

In conditions named ``drift`` the learning rate is so small that weights remain what they are, and the mean
change is measured; in the others, units learn. A run returns ``learning``: the weight of each unit over
time, by rule, and its change in units of the learning rate, per step.
"""

from dataclasses import replace
from typing import Any

from brian2 import ms

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.condition import Condition
from neuromodsim.description.connectivity import OneToOne
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import NeuronModel, Parameter, SynapseModel
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.description.recording import Recording
from neuromodsim.equations.neurons.rate_units import NOISY_UNIT
from neuromodsim.equations.plasticity.node_perturbation import NODE_PERTURBATION_RATE
from neuromodsim.equations.plasticity.reward_hebb import REWARD_HEBB
from neuromodsim.equations.sources import FREMAUX_2010

UNITS, STEPS, SIGMA = 500, 1500, 0.2
STILL, LEARNING = 1e-6, 0.1  # learning rates per step
RULES = {
    "naive": REWARD_HEBB,
    "common": REWARD_HEBB,
    "own": REWARD_HEBB,
    "node": NODE_PERTURBATION_RATE,
}

STIMULUS = NeuronModel(
    name="two_stimuli",
    summary="One of two numbers in each step, 1 or 1/2.",
    source=FREMAUX_2010,
    equations="y : 1  # what it sends",
    step="y = 0.5 + 0.5*int(rand() < 0.5)",
    sends="always",
)

JUDGED = replace(
    NOISY_UNIT,
    name="judged_unit",
    summary="A noisy linear unit, its reward, and what it expects.",
    source=FREMAUX_2010,
    equations=NOISY_UNIT.equations
    + """
    x        : 1  # the stimulus, until it was answered
    reward   : 1
    over_all : 1  # running means of reward
    if_large : 1
    if_small : 1
    """,
    step=NOISY_UNIT.step
    + """
    reward = -(y - target*x)**2 + offset*where(x > 0.75, 0.5, -0.5)
    success = reward - common*over_all - own*where(x > 0.75, if_large, if_small)
    over_all += rate*(reward - over_all)
    if_large += rate*(reward - if_large)*int(x > 0.75)
    if_small += rate*(reward - if_small)*int(x < 0.75)
    x = 0
    """,
    parameters={
        "sigma": Parameter(SIGMA, "standard deviation of the noise", low=0.0),
        "target": Parameter(1.0, "the best weight"),
        "offset": Parameter(0.0, "how much easier the larger stimulus is"),
        "common": Parameter(0.0, "1 if the mean over both stimuli is subtracted", low=0.0, high=1.0),
        "own": Parameter(0.0, "1 if the mean of this stimulus is subtracted", low=0.0, high=1.0),
        "rate": Parameter(0.1, "weight of a reward in running means", low=0.0, high=1.0),
    },
)

SHOW = SynapseModel(
    name="show_stimulus",
    summary="Tells a unit which stimulus it sees.",
    source=FREMAUX_2010,
    on_pre="x_post += y_pre",
)


def condition(summary: str, *, eta: float, w: float, target: float = 1.0, offset: float = 0.0) -> Condition:
    """Return a condition that starts at a weight and with the rewards that are to be expected there."""
    if_large, if_small = (
        -(SIGMA**2) - ((target - w) * x) ** 2 + easier * offset for x, easier in ((1.0, 0.5), (0.5, -0.5))
    )
    unit = {"target": target, "offset": offset, "if_large": if_large, "if_small": if_small}
    unit["over_all"] = (if_large + if_small) / 2
    values: dict[str, Any] = {}
    for rule in RULES:
        values |= {f"{rule}.{name}": value for name, value in unit.items()}
        values |= {f"onto_{rule}.eta": eta, f"onto_{rule}.w": w}
    return Condition(summary=summary, parameters=values)


def measure_learning(run: Any) -> None:
    """Add weights by rule, and the change of each unit per step and learning rate."""
    import numpy as np
    import xarray as xr

    kept = run["synapses"].children if "synapses" in run.children else {}
    if {f"onto_{rule}" for rule in RULES} - set(kept):
        return  # a run that was not asked to keep them
    weights = xr.concat([kept[f"onto_{rule}"].weight.rename(synapse="unit") for rule in RULES], "rule")
    eta = LEARNING if run.attrs["condition"].startswith("learn") else STILL
    steps = float(weights.time[-1] - weights.time[0]) / 1e-3
    change = (weights.isel(time=-1) - weights.isel(time=0)).values / (eta * steps)
    run["learning"] = xr.Dataset(
        {
            "w": (("rule", "time", "unit"), weights.values),
            "change": (("rule", "unit"), change, {"units": "1"}),
        },
        coords={"rule": list(RULES), "time": ("time", np.asarray(weights.time), weights.time.attrs)},
    )


EXPERIMENT = Experiment(
    name="reward_centring",
    summary="Linear units learn from reward, minus several kinds of its mean, or from their noise.",
    source=FREMAUX_2010,
    circuit=Circuit(
        populations=(
            Population(name="stimuli", size=UNITS, model=STIMULUS, layer=0),
            *(Population(name=rule, size=UNITS, model=JUDGED, layer=1) for rule in RULES),
        ),
        projections=(
            *(
                Projection(name=f"onto_{rule}", source="stimuli", target=rule, model=model, wiring=OneToOne())
                for rule, model in RULES.items()
            ),
            *(
                Projection(name=f"show_{rule}", source="stimuli", target=rule, model=SHOW, wiring=OneToOne())
                for rule in RULES
            ),
        ),
    ),
    conditions={
        "drift": condition("At the best weight, equally easy stimuli.", eta=STILL, w=1.0),
        "drift_off": condition("Below the best weight.", eta=STILL, w=1.0, target=1.3),
        "drift_two": condition("At the best weight, one stimulus is easier.", eta=STILL, w=1.0, offset=1.0),
        "learn": condition("Learning, equally easy stimuli.", eta=LEARNING, w=0.2),
        "learn_two": condition("Learning, one stimulus is easier.", eta=LEARNING, w=0.2, offset=1.0),
    },
    parameters={"common.common": 1.0, "own.own": 1.0},
    recording=Recording(states={f"onto_{rule}.w": 50 * ms for rule in RULES}),
    duration=STEPS * ms,
    dt=1 * ms,
    finish=measure_learning,
)
