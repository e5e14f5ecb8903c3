"""Simulated agents: cells that fire at given times, and the experiments made of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from brian2 import Quantity, ms, second, volt

import neuromodsim as nms
from neuromodsim.equations import DOPAMINE_STDP, PHASIC_DOPAMINE

NEVER = 1e9  # seconds
OURS = nms.Source(key="pretend", authors="Nobody", year=2000, title="A test", journal="None", doi="10.0/0")
ALWAYS = {"always": nms.Condition(summary="The only one.")}


def spike_source(cells: int, longest: int) -> nms.NeuronModel:
    """Return cells that fire at the times of a table, one row per cell, the unused ends `NEVER`."""
    return nms.NeuronModel(
        name="spike_source",
        summary="Fires at given times.",
        source=OURS,
        equations="""
        I_synaptic : volt     # what spikes brought, never used
        sent       : integer  # spikes so far
        """,
        threshold="timestep(t, dt) >= timestep(spike_time(i, sent), dt)",
        reset="sent += 1",
        tables={"spike_time": nms.Table(shape=(cells, longest + 1), unit=second, meaning="when to fire")},
    )


def spike_table(trains: Sequence[Sequence[float]]) -> Quantity:
    """Return the table of spike sources that fire at these times, in seconds."""
    table = np.full((len(trains), max(map(len, trains)) + 1), NEVER)
    for row, train in zip(table, trains, strict=True):
        row[: len(train)] = train
    return table * second


# Each spike of a cell raises a modulator by a step.
RELEASE = nms.SynapseModel(
    name="release_step",
    summary="Adds a step to the modulator.",
    source=OURS,
    on_pre="d_post += step",
    parameters={"step": nms.Parameter(1.0, "what one spike releases")},
)

# The pair rule with amplitudes of one and no limits within reach.
WIDE = DOPAMINE_STDP.with_parameters(
    a_plus=1.0, a_minus=0.0, d_tonic=0.0, tau_w=1 * second, w_min=-1e6 * volt, w_max=1e6 * volt
)
WIDE = replace(WIDE, initial={"w": 0 * volt})


def spike_driven(
    trains: Sequence[Sequence[float]],
    *,
    rule: nms.SynapseModel = WIDE,
    pairs: tuple[tuple[int, ...], tuple[int, ...]] = ((0,), (1,)),
    releases: Mapping[str, tuple[tuple[int, ...], tuple[int, ...]]] | None = None,
    modulators: Sequence[nms.Modulator] = (nms.Modulator(name="dopamine", model=PHASIC_DOPAMINE),),
    stands_for: Mapping[str, str] | None = None,
    compartment_of: tuple[int, ...] = (),
    delay: Any = None,
    dt: Any = 1 * ms,
    sample: Any = 1 * second,
    states: Mapping[str, Any] | None = None,
) -> nms.Experiment:
    """Return an experiment in which every spike is given.

    ``trains`` are spike times in seconds, one train per cell. ``pairs`` wires cells by the rule;
    ``releases`` says for each modulator which cells release it, and into which regions.
    """
    releases = {"dopamine": ((2,), (0,))} if releases is None else releases
    table = spike_table(trains)
    cells = nms.Population(name="cells", size=len(trains), model=spike_source(*_shape(table)))
    rule_projection = nms.Projection(
        name="plastic",
        source="cells",
        target="cells",
        model=rule,
        wiring=nms.Pairs(*pairs),
        modulators={"d": "dopamine"} if stands_for is None else stands_for,
        compartment_of=compartment_of,
        delay=delay,
    )
    release_projections = tuple(
        nms.Projection(
            name=f"release_{name}", source="cells", target=name, model=RELEASE, wiring=nms.Pairs(*ends)
        )
        for name, ends in releases.items()
    )
    return nms.Experiment(
        name="spike_driven",
        summary="Cells that fire when told to.",
        source=OURS,
        circuit=nms.Circuit(
            populations=(cells,),
            modulators=tuple(modulators),
            projections=(rule_projection, *release_projections),
        ),
        conditions=ALWAYS,
        recording=nms.Recording(states={"plastic.w": sample} if states is None else states),
        duration=1 * second,
        dt=dt,
        prepare=lambda setting: {"cells.spike_time": np.asarray(table)},
    )


def _shape(table: Quantity) -> tuple[int, int]:
    return table.shape[0], table.shape[1] - 1


def weights(experiment: nms.Experiment, duration: Any, **how: Any) -> np.ndarray:
    """Run on NumPy, unless said otherwise, and return weights in mV, shape ``(time, synapse)``."""
    run = nms.simulate(experiment, duration=duration, **{"device": "numpy", **how})
    return run["synapses/plastic"]["weight"].values


def task_alone(
    task: nms.Task,
    *,
    events: Mapping[str, tuple[str, ...]],
    duration: Any = 1 * second,
    dt: Any = 1 * ms,
    prepare: Callable[..., Any] | None = None,
) -> nms.Experiment:
    """Return an experiment that is nothing but a task."""
    return nms.Experiment(
        name="task_alone",
        summary="A task without a network.",
        source=OURS,
        circuit=nms.Circuit(populations=()),
        task=task,
        conditions=ALWAYS,
        recording=nms.Recording(events=events),
        duration=duration,
        dt=dt,
        prepare=prepare,
    )
