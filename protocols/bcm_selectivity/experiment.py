"""Units with a sliding threshold become selective for one of several overlapping patterns.

Four patterns are bumps of activity over twelve inputs, of length 1, each shown for one step and all in a new
order every four steps. Five units start from small random weights and learn each on its own. For linearly
independent patterns of equal probability, the stable states of the rule of Bienenstock, Cooper and Munro are
known: a response of 4 to one pattern, of 0 to the others, and a threshold of 4. With a fixed threshold, above
the first responses, all weights vanish. How soon a unit becomes selective depends on its first weights: of
200 units of seeds 100 to 139, 4 % were not after 8,000 steps, and all were after 9,920.

A run returns ``responses``: of each unit to each pattern, from the last weights, and its threshold.
"""

from typing import Any

import numpy as np
from brian2 import ms, second

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.condition import Condition
from neuromodsim.description.experiment import Experiment, Setting
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.description.recording import Recording
from neuromodsim.equations.neurons.listed_rates import listed_rates
from neuromodsim.equations.neurons.rate_units import BCM_UNIT
from neuromodsim.equations.plasticity.bcm import BCM
from neuromodsim.equations.sources import BIENENSTOCK_1982

PATTERNS, INPUTS, UNITS, STEPS = 4, 12, 5, 16000
WIDTH = 1.5  # of a bump, in inputs


def patterns() -> Any:
    """Return the patterns, shape ``(pattern, input)``."""
    apart = np.arange(INPUTS) - np.arange(PATTERNS)[:, None] * INPUTS / PATTERNS
    apart = (apart + INPUTS / 2) % INPUTS - INPUTS / 2
    bumps = np.exp(-(apart**2) / (2 * WIDTH**2))
    return bumps / np.linalg.norm(bumps, axis=1, keepdims=True)


def draw_inputs(setting: Setting) -> dict[str, Any]:
    """Draw the order of patterns and the first weights."""
    order = np.tile(np.arange(PATTERNS), (STEPS // PATTERNS, 1))
    return {
        "input.input_rate": patterns()[setting.rng.permuted(order, axis=1).ravel()],
        "plastic.w": setting.rng.uniform(0, 0.5, INPUTS * UNITS),
    }


def measure_responses(run: Any) -> None:
    """Add the responses to each pattern that the last weights make, and the mean threshold at the end."""
    import xarray as xr

    kept = run["synapses"].children if "synapses" in run.children else {}
    if "plastic" not in kept or "output" not in run["state"].children:
        return  # a run that was not asked to keep them
    last = kept["plastic"].weight.values[-1].reshape(INPUTS, UNITS)
    theta = run["state/output"].theta.values
    run["responses"] = xr.Dataset(
        {
            "response": (("unit", "pattern"), (patterns() @ last).T, {"units": "1"}),
            "theta": ("unit", theta[-len(theta) // 4 :].mean(axis=0), {"units": "1"}),
        }
    )


EXPERIMENT = Experiment(
    name="bcm_selectivity",
    summary="Units with a sliding threshold become selective for one of four patterns.",
    source=BIENENSTOCK_1982,
    circuit=Circuit(
        populations=(
            Population(name="input", size=INPUTS, model=listed_rates("input", STEPS, INPUTS), layer=0),
            Population(name="output", size=UNITS, model=BCM_UNIT, layer=1),
        ),
        projections=(Projection(name="plastic", source="input", target="output", model=BCM),),
    ),
    conditions={
        "sliding": Condition(summary="The threshold follows the mean of the squared response."),
        "fixed": Condition(
            summary="The threshold stays at 1.",
            parameters={"output.tau_theta": 1e9 * second, "output.theta": 1.0},
        ),
    },
    parameters={"plastic.eta": 4e-3, "output.tau_theta": 50 * ms},
    recording=Recording(states={"plastic.w": 40 * ms, "output.theta": 40 * ms}),
    duration=STEPS * ms,
    dt=1 * ms,
    prepare=draw_inputs,
    finish=measure_responses,
)
