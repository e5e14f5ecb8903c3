"""One model in a dish: its equations as Brian2 runs them, without the rest of an experiment."""

from typing import Any

import numpy as np
from brian2 import (
    Network,
    NeuronGroup,
    SpikeGeneratorGroup,
    SpikeMonitor,
    StateMonitor,
    Synapses,
    defaultclock,
    prefs,
    second,
)
from brian2.units import Quantity

from neuromodsim.description.model import Model, NeuronModel, SynapseModel
from neuromodsim.numerics.integration import method


def dish(model: Any, rows: int = 1, **values: Any) -> NeuronGroup:
    """Return cells or regions of a model with its parameters and initial values, or these."""
    prefs.codegen.target = "numpy"
    spiking = isinstance(model, NeuronModel)
    group = NeuronGroup(
        rows,
        f"{model.equations}\n{model.declarations()}",
        method=method(model.method),
        threshold=(model.threshold or None) if spiking else None,
        reset=(model.reset or None) if spiking else None,
        refractory=(model.refractory or False) if spiking else False,
        namespace={},
    )
    set_up(group, model, **values)
    if model.step:
        group.run_regularly(model.step, when="after_groups")
    return group


def set_up(group: Any, model: Model, **values: Any) -> None:
    """Give parameters and variables their values; texts are worked out last."""
    given = {n: p.value for n, p in model.parameters.items()} | dict(model.initial) | values
    for late in (False, True):
        for name, value in given.items():
            if isinstance(value, str) is late:
                setattr(group, name, value)


def watch(
    group: NeuronGroup, names: tuple[str, ...], duration: Quantity, *more: Any
) -> dict[str, np.ndarray]:
    """Run for a while; return variables by name, each of shape ``(row, step)``."""
    monitor = StateMonitor(group, names, record=True)
    Network(group, monitor, *group.contained_objects, *more).run(duration, namespace={})
    return {name: np.asarray(getattr(monitor, name)) for name in names}


def fired(group: NeuronGroup, duration: Quantity) -> np.ndarray:
    """Run for a while; return the rate of each cell in spikes per second."""
    spikes = SpikeMonitor(group, record=False)
    Network(group, spikes, *group.contained_objects).run(duration, namespace={})
    return np.asarray(spikes.count) / float(duration)


def released(
    model: SynapseModel, pool: NeuronGroup, times: Quantity, cells: int = 1, **values: Any
) -> list[Any]:
    """Return cells that all fire at these times, and their release into a pool."""
    who = np.repeat(np.arange(cells), len(times))
    source = SpikeGeneratorGroup(cells, who, np.tile(np.asarray(times), cells) * second)
    release = Synapses(
        source, pool, f"{model.equations}\n{model.declarations()}", on_pre=model.on_pre, namespace={}
    )
    release.connect()
    set_up(release, model, **values)
    return [source, release]


def step(dt: Quantity) -> None:
    """Choose the time step of what is made from here on."""
    defaultclock.dt = dt
