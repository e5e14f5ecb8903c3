"""Two small populations that fire in listed steps, and one projection between them, whatever its rule."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from brian2 import ms

import neuromodsim as nms
from tests.pretend import ALWAYS, OURS

LATE = 2**30


def number(value: Any) -> nms.Parameter:
    return nms.Parameter(value, "a number")


def cell(name: str, trains: Sequence[Sequence[int]], extra: str = "", **more: Any) -> nms.NeuronModel:
    """Return cells that fire in the steps of a table."""
    table = nms.Table(shape=(len(trains), max(map(len, trains)) + 1), dtype="int32", meaning="steps")
    return nms.NeuronModel(
        name=f"listed_{name}",
        summary="Fires in listed steps.",
        source=OURS,
        equations=f"fired : integer\ndue = {name}_at(i, fired) : integer\n{extra}",
        threshold="timestep(t, dt) >= due",
        reset="fired += 1",
        tables={f"{name}_at": table},
        **more,
    )


def table(trains: Sequence[Sequence[int]]) -> np.ndarray:
    steps = np.full((len(trains), max(map(len, trains)) + 1), LATE)
    for row, train in zip(steps, trains, strict=True):
        row[: len(train)] = train
    return steps


def rule(**fields: Any) -> nms.SynapseModel:
    parameters = {name: number(value) for name, value in fields.pop("numbers", {}).items()}
    return nms.SynapseModel(
        **{"name": "rule", "summary": "A rule.", "source": OURS, "parameters": parameters, **fields}
    )


def experiment(
    model: nms.SynapseModel,
    pre: Sequence[Sequence[int]],
    post: Sequence[Sequence[int]],
    states: Mapping[str, Any],
    *,
    source: Mapping[str, Any] | None = None,
    target: Mapping[str, Any] | None = None,
    more: Sequence[nms.Population] = (),
    others: Sequence[nms.Projection] = (),
    duration: Any = 100 * ms,
    modulators: Sequence[nms.Modulator] = (),
    links: Mapping[str, str] | None = None,
    **projection: Any,
) -> nms.Experiment:
    """Return an experiment with the projection ``s`` from ``pre`` to ``post``."""
    ends = {"pre": (pre, source), "post": (post, target)}
    populations = [
        nms.Population(name=n, size=len(trains), model=cell(n, trains, **(fields or {})))
        for n, (trains, fields) in ends.items()
    ]
    tables = {f"{n}.{n}_at": table(trains) for n, (trains, _) in ends.items()}
    one = nms.Projection(name="s", source="pre", target="post", model=model, **projection)
    return nms.Experiment(
        name="listed",
        summary="Listed spikes.",
        source=OURS,
        circuit=nms.Circuit(
            populations=(*more, *populations),
            modulators=tuple(modulators),
            projections=(one, *others),
            links=links or {},
        ),
        conditions=ALWAYS,
        recording=nms.Recording(states=states),
        duration=duration,
        dt=1 * ms,
        prepare=lambda setting: tables,
    )


def recorded(subject: nms.Experiment, variable: str, **how: Any) -> np.ndarray:
    """Run on NumPy, unless said otherwise, and return a variable of ``s``, shape ``(time, synapse)``."""
    run = nms.simulate(subject, **{"device": "numpy", "progress": False, **how})
    return run["synapses/s"]["weight" if variable == "w" else variable].values


def without_recording(subject: nms.Experiment, *paths: str) -> nms.Experiment:
    states = {path: dt for path, dt in subject.recording.states.items() if path not in paths}
    return replace(subject, recording=nms.Recording(states=states))
