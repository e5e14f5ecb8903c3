"""A Hopfield network that stores patterns and is then shown each of them again.

A trial shows one pattern for a step. In the first trials, as many as there are patterns, it is stored.
In later ones the network is free for some steps afterwards, from the pattern as it was stored or with some
units flipped.

A run returns ``retrieval``: the share of units that differed from the stored pattern after the first and
after the last free step, trial by trial. One step after an intact pattern, a unit differs if the crosstalk
of the other patterns exceeds its own. Crosstalk is a sum of (P - 1)(N - 1) independent signs, thus binomial;
in a large network the share is ½ (1 - erf(√(N/2P))).
"""

import json
from functools import partial
from typing import Any

import numpy as np
from brian2 import ms

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.condition import Condition
from neuromodsim.description.connectivity import OneToOne
from neuromodsim.description.experiment import Experiment, Prepared, Setting
from neuromodsim.description.family import ExperimentFamily, IntegerAxis
from neuromodsim.description.model import NeuronModel, Parameter, SynapseModel, Table
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.description.recording import Recording
from neuromodsim.description.task import Event, Phase, Task
from neuromodsim.equations.neurons.binary_unit import BINARY_UNIT
from neuromodsim.equations.plasticity.hopfield import HOPFIELD_STORAGE
from neuromodsim.equations.sources import HOPFIELD_1982

LOADS = (0.105, 0.138, 0.185, 0.37, 0.61)  # patterns per unit
TESTED = 40  # trials in which the network is free
FREE = 5  # steps of each
STRONG = 1000.0  # field of a clamped unit

TASK = Task(
    name="store_and_retrieve",
    summary="First trials store the pattern shown, later ones leave the network free after it.",
    source=HOPFIELD_1982,
    equations="clamped : 1  # 1 while a pattern is shown",
    timeline=(
        Phase("show", "step_time", on_enter="clamped = 1"),
        Phase("free", "free_time", when="trial >= patterns", on_enter="clamped = 0"),
    ),
    events={"store": Event(when="trial < patterns")},
    parameters={
        "patterns": Parameter(20, "number of stored patterns", integer=True, low=1),
        "flipped": Parameter(0.0, "share of units that are shown with the wrong sign", low=0.0, high=0.5),
        "step_time": Parameter(1 * ms, "one step", low=1 * ms),
        "free_time": Parameter(FREE * ms, "duration of free steps", low=1 * ms),
    },
)

CLAMP = SynapseModel(
    name="clamp",
    summary="A strong field while a pattern is shown.",
    source=HOPFIELD_1982,
    on_pre="field_post += strong*clamped_task*y_pre",
    parameters={"strong": Parameter(STRONG, "field of a clamped unit", low=0.0, evidence="assumed")},
)


def shown(rows: int, units: int) -> NeuronModel:
    """Return units that send the pattern of the present trial."""
    return NeuronModel(
        name="shown_pattern",
        summary="Sends the pattern of the present trial.",
        source=HOPFIELD_1982,
        equations="y : 1  # -1 or 1",
        step="y = pattern(trial_task, i)",
        sends="always",
        tables={"pattern": Table(shape=(rows, units), dtype="int8", meaning="patterns by trial and unit")},
    )


def most(units: int) -> int:
    """Return the number of patterns at the largest load."""
    return round(max(LOADS) * units)


def draw_patterns(units: int, setting: Setting) -> Prepared:
    """Draw random patterns, and what is shown of them after they were stored: with some units flipped."""
    patterns, flipped = setting.parameters["task.patterns"], setting.parameters["task.flipped"]
    stored = setting.rng.choice(np.array([-1, 1], dtype=np.int8), (int(patterns), units))
    signs = np.ones((TESTED, units), dtype=np.int8)
    signs[:, : round(float(flipped) * units)] = -1
    cues = stored[np.arange(TESTED) % len(stored)] * setting.rng.permuted(signs, axis=1)
    table = np.ones((most(units) + TESTED, units), dtype=np.int8)
    table[: len(stored) + TESTED] = np.concatenate([stored, cues])
    return Prepared({"shown.pattern": table}, notes={"patterns": len(stored)})


def measure_retrieval(run: Any) -> None:
    """Add the share of units that differ from the stored pattern, after the first and the last free step."""
    import xarray as xr

    if "state" not in run.children or "units" not in run["state"].children:
        return  # a run that was not asked to keep them
    s, stored = run["state/units"].s.values, json.loads(run.attrs["notes"])["patterns"]
    begins = stored + np.arange(min(TESTED, stored)) * (1 + FREE)
    if begins[-1] + 1 + FREE >= len(s):
        return  # a shorter run
    patterns = s[1 : 1 + len(begins)]
    wrong = [(s[begins + steps] != patterns).mean(axis=1) for steps in (2, 1 + FREE)]
    run["retrieval"] = xr.Dataset(
        {"wrong": (("after", "trial"), np.array(wrong), {"units": "1"})},
        coords={"after": ["one step", "last step"], "trial": np.arange(len(begins))},
        attrs={"patterns": stored},
    )


def condition(units: int, load: float, flipped: float = 0.0) -> Condition:
    """Return a condition with so many patterns per unit, shown again with a share of units flipped."""
    shown_as = f"shown with {flipped:.0%} of the units flipped" if flipped else "shown intact"
    return Condition(
        summary=f"{load:g} patterns per unit, {shown_as}.",
        parameters={"task.patterns": max(1, round(load * units)), "task.flipped": flipped},
    )


def network(units: int) -> Experiment:
    """Return the experiment with so many units."""
    return Experiment(
        name="hopfield",
        summary="Patterns stored by Hebb's rule in a recurrent network, and retrieved.",
        source=HOPFIELD_1982,
        circuit=Circuit(
            populations=(
                Population(name="shown", size=units, model=shown(most(units) + TESTED, units), layer=0),
                Population(name="units", size=units, model=BINARY_UNIT, layer=1),
            ),
            projections=(
                Projection(name="clamp", source="shown", target="units", model=CLAMP, wiring=OneToOne()),
                Projection(name="recurrent", source="units", target="units", model=HOPFIELD_STORAGE),
            ),
        ),
        task=TASK,
        conditions={
            **{f"load_{load:g}": condition(units, load) for load in LOADS},
            "retrieval": condition(units, 0.05, flipped=0.2),
            "overloaded": condition(units, 0.3, flipped=0.2),
        },
        parameters={"recurrent.units": units},
        recording=Recording(states={"units.s": 1 * ms}),
        duration=(most(units) + TESTED * (1 + FREE)) * ms,
        dt=1 * ms,
        prepare=partial(draw_patterns, units),
        finish=measure_retrieval,
    )


FAMILY = ExperimentFamily(
    name="hopfield",
    summary="Patterns stored by Hebb's rule in a recurrent network, and retrieved.",
    source=HOPFIELD_1982,
    make=network,
    axes={"units": IntegerAxis(400, low=20)},
)
