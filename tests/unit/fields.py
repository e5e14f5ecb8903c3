"""Three cells onto three by one projection, of which a test changes one field."""

import re
from dataclasses import replace

from brian2 import ms, mV

import neuromodsim as nms
from neuromodsim import Phase, Projection, SynapseModel, Task
from neuromodsim.description.model import ModulatorModel, NeuronModel
from tests.pretend import ALWAYS, OURS

P = nms.Parameter


def synapse(**fields) -> SynapseModel:
    return SynapseModel(
        **{"name": "rule", "summary": "s", "source": OURS, "equations": "w : 1", "on_pre": "w += 1"} | fields
    )


def cell(**fields) -> NeuronModel:
    """Return a cell that fires in the steps 2, 4, 6, ... if nothing else is said."""
    given = {"equations": "v : 1\nn : 1", "threshold": "timestep(t, dt) % 2 == 0 and t > 0*second"}
    return NeuronModel(**{"name": "cell", "summary": "s", "source": OURS} | given | fields)


def pool(**fields) -> ModulatorModel:
    given = {"equations": "d : 1", "level": "d", "initial": {"d": 1.0}}
    return ModulatorModel(**{"name": "told", "summary": "s", "source": OURS} | given | fields)


TAG = synapse(
    equations="dc/dt = -c/tau : 1\ndw/dt = c*d/second : 1\nd : 1",
    modulators=("d",),
    on_pre="c += 1",
    parameters={"tau": P(10 * ms, "life")},
)
HELD = {"parameters": {**TAG.parameters, "low": P(0.0, "least"), "high": P(1.0, "most")}}


def experiment(
    model=None, pre=None, post=None, task=None, pools=None, record=(), layers=False, regions=1, **ends
) -> nms.Experiment:
    """Return three cells onto three by one projection, ``p``, for 20 ms."""
    populations = tuple(
        nms.Population(name=n, size=3, model=m or cell(), layer=k if layers else None)
        for k, (n, m) in enumerate((("pre", pre), ("post", post)))
    )
    given = {"name": "p", "source": "pre", "target": "post", "model": model or synapse()}
    return nms.Experiment(
        name="fields",
        summary="s",
        source=OURS,
        circuit=nms.Circuit(
            populations=populations,
            modulators=tuple(
                nms.Modulator(name=n, model=m, regions=regions) for n, m in (pools or {"d": pool()}).items()
            ),
            projections=(Projection(**given | {"wiring": nms.OneToOne()} | ends),),
        ),
        task=task,
        conditions=ALWAYS,
        recording=nms.Recording(states=dict.fromkeys(record or ("p.w",), 1 * ms)),
        duration=20 * ms,
        dt=1 * ms,
    )


def last(subject: nms.Experiment, path="p.w", **how) -> float:
    """Return the value of a variable at the end of a run, of the first row."""
    run = nms.simulate(subject, **{"device": "numpy", **how})
    folder = "synapses" if path.startswith("p.") else "modulators" if path.startswith("d.") else "state"
    component, name = path.split(".")
    dataset = run[f"{folder}/{component}"]
    return float(dataset["weight" if name == "w" else name].values[-1].flat[0])


def spikes(subject: nms.Experiment, population="pre") -> int:
    recording = nms.Recording(spikes={population: nms.Window()}, states={"p.w": 1 * ms})
    run = nms.simulate(replace(subject, recording=recording), device="numpy")
    return int((run[f"spikes/{population}"]["neuron"].values == 0).sum())


SPIKES = 9  # of each cell: in steps 2, 4, ..., 18
DRIFT = "dv/dt = 1/second : 1\nn : 1"
A_TABLE = {"table": nms.Table(shape=(2,), meaning="two numbers")}
TIMELINE = {
    "equations": "x : 1\n",
    "timeline": (Phase("a", "a_time", on_enter="x += 1"), Phase("b", "b_time")),
    "parameters": {"a_time": P(5 * ms, "length"), "b_time": P(3 * ms, "length")},
}


def task(**fields) -> Task:
    return Task(**{"name": "task", "summary": "s", "source": OURS} | TIMELINE | fields)


def of_task(**fields) -> nms.Experiment:
    return experiment(task=task(**fields), record=("p.w", "task.x"))


A_BOUND = {"low": P(0.0, "l"), "high": P(1.0, "h"), "other": P(1 * mV, "o"), "tau": P(5 * ms, "t")}


def bounded(**fields) -> SynapseModel:
    """Return a synapse with bounds, and those parameters that it reads."""
    given = {"bounds": {"w": ("low", "high")}} | fields
    read = {name: p for name, p in A_BOUND.items() if re.search(rf"\b{name}\b", str(given))}
    return synapse(**{"parameters": read} | given)


TRACE = "w : 1\ndx/dt = -x/tau : 1 (event-driven)"
