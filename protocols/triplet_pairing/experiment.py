"""Triplet plasticity: 60 pairings at five rates and two time differences, and independent Poisson trains.

The pairings are those of Sjöström et al. (2001), to which Pfister and Gerstner (2006) fitted their rule: each
pair of cells fires 60 times, 10 ms apart in either order, at 0.1 to 50 Hz. Conditions are the four published
sets for visual cortex, and the best pair rule with the same windows as a control. Beside them, synapses
between Poisson cells at 10 Hz and cells at several rates show the mean drift, which for the minimal set is
the BCM rule.

A run returns ``changes``: relative to the first weight by time difference and rate, and the drift per second
by the rate of the target.
"""

from dataclasses import replace
from typing import Any

import numpy as np
from brian2 import Hz, ms, second

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.condition import Condition
from neuromodsim.description.connectivity import OneToOne
from neuromodsim.description.experiment import Experiment, Setting
from neuromodsim.description.model import SynapseModel
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.description.recording import Recording
from neuromodsim.equations.neurons.listed_spikes import listed_spikes
from neuromodsim.equations.neurons.poisson import POISSON
from neuromodsim.equations.plasticity.triplet_stdp import (
    TRIPLET_STDP,
    TRIPLET_STDP_MINIMAL,
    TRIPLET_STDP_NEAREST,
    TRIPLET_STDP_NEAREST_MINIMAL,
)
from neuromodsim.equations.sources import PFISTER_2006

RATES, LAGS, PAIRINGS = (0.1, 10.0, 20.0, 40.0, 50.0), (10.0, -10.0), 60  # Hz, ms
TARGET_RATES, SOURCE_RATE, SYNAPSES = (5.0, 10.0, 20.0, 30.0, 40.0), 10.0, 8  # Hz; synapses of each rate
FREE = 1e6  # a bound out of reach
PAIR = {"A2_plus": 4.7e-3, "A3_plus": 0.0, "A2_minus": 8e-4, "A3_minus": 0.0}
CELLS = len(RATES) * len(LAGS)

RANDOM = replace(
    POISSON,
    name="poisson_with_input",
    summary="Fires as a Poisson process at a given rate, whatever arrives.",
    equations=POISSON.equations + "\nI_synaptic : volt  # what spikes brought, which has no effect",
)


def list_times(setting: Setting) -> dict[str, Any]:
    """List when each pair fires, rate by rate and time difference by time difference."""
    pre, post = np.empty((CELLS, PAIRINGS)), np.empty((CELLS, PAIRINGS))
    for row, (lag, rate) in enumerate((lag, rate) for lag in LAGS for rate in RATES):
        first = np.arange(PAIRINGS) / rate
        pre[row], post[row] = first + max(0.0, -lag) / 1000, first + max(0.0, lag) / 1000
    return {"presynaptic.presynaptic_time": pre, "postsynaptic.postsynaptic_time": post}


def measure_changes(run: Any) -> None:
    """Add the changes of weight by pairings, and the drift between random trains."""
    import xarray as xr

    kept = run["synapses"].children if "synapses" in run.children else {}
    if {"paired", "random"} - set(kept):
        return  # a run that was not asked to keep them
    paired, random = (kept[name].weight for name in ("paired", "random"))
    drift = (random[-1] - random[0]).values / float(random.time[-1] - random.time[0])
    run["changes"] = xr.Dataset(
        {
            "change": (("lag", "rate"), (paired[-1] - paired[0]).values.reshape(len(LAGS), len(RATES))),
            "drift": (
                ("target_rate", "synapse"),
                drift.reshape(len(TARGET_RATES), SYNAPSES),
                {"units": "1/s"},
            ),
        },
        coords={
            "lag": ("lag", np.array(LAGS), {"units": "ms"}),
            "rate": ("rate", np.array(RATES), {"units": "Hz"}),
            "target_rate": ("target_rate", np.array(TARGET_RATES), {"units": "Hz"}),
        },
    )


def condition(summary: str, numbers: dict[str, Any]) -> Condition:
    """Return a condition in which both projections have these numbers."""
    return Condition(
        summary=summary,
        parameters={f"{p}.{name}": value for p in ("paired", "random") for name, value in numbers.items()},
    )


def of_set(rule: SynapseModel) -> Condition:
    """Return the condition of a published set."""
    same = ("w_min", "w_max", "w_unit")
    return condition(rule.summary, {n: p.value for n, p in rule.parameters.items() if n not in same})


def random_cells(name: str, rates: Any) -> Population:
    """Return Poisson cells with these rates in Hz."""
    return Population(name=name, size=len(rates), model=RANDOM, initial={"rate": rates * Hz})


EXPERIMENT = Experiment(
    name="triplet_pairing",
    summary="Pairings at five rates by the triplet rule, and its drift between random trains.",
    source=PFISTER_2006,
    circuit=Circuit(
        populations=(
            *(
                Population(name=name, size=CELLS, model=listed_spikes(name, cells=CELLS, most=PAIRINGS))
                for name in ("presynaptic", "postsynaptic")
            ),
            random_cells("sources", np.full(len(TARGET_RATES) * SYNAPSES, SOURCE_RATE)),
            random_cells("targets", np.repeat(TARGET_RATES, SYNAPSES)),
        ),
        projections=tuple(
            Projection(name=name, source=source, target=target, model=TRIPLET_STDP, wiring=OneToOne())
            for name, source, target in (
                ("paired", "presynaptic", "postsynaptic"),
                ("random", "sources", "targets"),
            )
        ),
    ),
    conditions={
        "full": of_set(TRIPLET_STDP),
        "minimal": of_set(TRIPLET_STDP_MINIMAL),
        "nearest": of_set(TRIPLET_STDP_NEAREST),
        "nearest_minimal": of_set(TRIPLET_STDP_NEAREST_MINIMAL),
        "pair": condition("Pairs only, all spikes, the best amplitudes.", PAIR),
    },
    parameters={"random.w_min": -FREE, "random.w_max": FREE},
    recording=Recording(states={"paired.w": 10 * second, "random.w": 10 * second}),
    duration=600 * second,
    dt=1 * ms,
    prepare=list_times,
    finish=measure_changes,
)
