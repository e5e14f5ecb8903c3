"""A small experiment that uses every field of a description, and a change of each of them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from brian2 import mmolar, ms, second, um, volt

import neuromodsim as nms
from tests.neuromodulators.parts import CLOSED
from tests.neuromodulators.parts import experiment as on_a_grid
from tests.pretend import ALWAYS, OURS


def number(value: Any, **more: Any) -> nms.Parameter:
    """Return a parameter."""
    return nms.Parameter(value, "a number", **more)


CELL = nms.NeuronModel(
    name="cell",
    summary="A cell.",
    source=OURS,
    equations="dv/dt = (drive - v)/tau : 1\ndrive : 1\nseen : 1\nn : 1",
    threshold="v > 0.5",
    reset="v = 0",
    step="drive = shape(i)*0.7",
    refractory="2*ms",
    method="euler",
    parameters={"tau": number(10 * ms)},
    tables={"shape": nms.Table(shape=(6,), meaning="drive")},
    initial={"v": 0.1, "drive": 0.0},
    events={"high": "v > 0.3", "low": "v < -0.2"},
    on_event={"high": "seen += 1", "low": "seen *= 2"},
    single=("seen",),
)
HELD = "u : 1\nn : 1\nlevel_here : 1 (linked)"
SINK = nms.NeuronModel(
    name="sink", summary="A cell.", source=OURS, equations=HELD, threshold="u > 2", reset="u = level_here"
)
RULE = nms.SynapseModel(
    name="rule",
    summary="A rule with a third factor.",
    source=OURS,
    equations="dc/dt = -c/tau_c : 1\ndw/dt = c*d/tau_w : 1\ndx/dt = -x/tau_x : 1 (event-driven)\nd : 1",
    on_pre="x += 0.5\nu_post += w",
    on_post="c += x",
    on_event={"high": "c += 0.1", "low": "c -= 0.1"},
    modulators=("d",),
    bounds={"w": ("w_min", "w_max")},
    parameters={
        "tau_c": number(100 * ms),
        "tau_w": number(1 * second),
        "tau_x": number(20 * ms),
        "w_min": number(0.0),
        "w_max": number(1.0),
    },
    initial={"w": 0.5},
)
ADDING = nms.SynapseModel(
    name="adding",
    summary="Adds.",
    source=OURS,
    equations="w : 1\nW : 1",
    on_pre="u_post += w",
    initial={"w": 1.0},
)
SUMMING = nms.SynapseModel(
    name="summing", summary="Samples.", source=OURS, equations="n_post = u_pre + k : 1 (summed)\nk : 1"
)
LEVEL = nms.ModulatorModel(
    name="level",
    summary="A level.",
    source=OURS,
    equations="dd/dt = -d/tau_d : 1\nother : 1",
    level="d",
    step="other = 2*d",
    parameters={"tau_d": number(50 * ms)},
)
TASK = nms.Task(
    name="phases",
    summary="Two phases.",
    source=OURS,
    equations="dshown/dt = -shown/second : 1",
    timeline=(
        nms.Phase("cue", "flash", on_enter="shown = image(trial)"),
        nms.Phase("rest", "pause", on_enter="shown = 0"),
    ),
    events={
        "first": nms.Event("shown > 0.5", do="shown -= 0.5"),
        "last": nms.Event("shown < 0", do="shown = 0"),
    },
    step="shown *= 0.99",
    parameters={"flash": number(20 * ms), "pause": number(40 * ms)},
    tables={"image": nms.Table(shape=(3,), meaning="what is shown", dtype="float32")},
)
EVERYTHING = nms.Experiment(
    name="everything",
    summary="All fields.",
    source=OURS,
    circuit=nms.Circuit(
        populations=(
            nms.Population(
                name="cells", size=6, model=CELL, parts={"left": 2, "right": 4}, initial={"v": 0.2}
            ),
            nms.Population(name="sinks", size=3, model=SINK),
        ),
        modulators=(nms.Modulator(name="pool", model=LEVEL, regions=2, compartment_of={"sinks": (0, 1, 0)}),),
        projections=(
            nms.Projection(name="dense", source="cells", target="sinks", model=ADDING),
            nms.Projection(
                name="plastic",
                source="cells",
                target="sinks",
                model=RULE,
                wiring=nms.FixedOutDegree(2),
                delay=2 * ms,
                modulators={"d": "pool"},
                compartment_of=(0, 1, 1),
                initial={"w": 0.3},
            ),
            nms.Projection(
                name="sampled",
                source="cells",
                target="sinks",
                model=replace(SUMMING, equations=SUMMING.equations.replace("u_pre", "v_pre")),
                wiring=nms.Pairs((0, 1, 5), (0, 1, 2)),
                update_interval=5 * ms,
            ),
        ),
        links={"sinks.level_here": "pool.d"},
    ),
    task=TASK,
    conditions=ALWAYS,
    recording=nms.Recording(
        spikes={"left": nms.Window(), "sinks": nms.Window()},
        states={"cells.v": 1 * ms, "sinks.u": 1 * ms, "plastic.w": 10 * ms},
        only={"cells.v": (4, 1)},
        events={"cells.high": ("seen", "v"), "task.first": ()},
    ),
    duration=100 * ms,
    dt=1 * ms,
)
LINE = on_a_grid(nms.Neuromodulator("fluid", pool=CLOSED, geometry=nms.Line(4 * um, 1 * um)))

Change = Callable[[nms.Experiment], nms.Experiment]


def whole(**fields: Any) -> Change:
    """Return a change of fields of an experiment."""
    return lambda e: replace(e, **fields)


def circuit(**fields: Any) -> Change:
    """Return a change of fields of a circuit; a function changes what is there."""
    return lambda e: replace(e, circuit=_changed(e.circuit, fields))


def part(name: str, /, **fields: Any) -> Change:
    """Return a change of fields of a population, modulator or projection."""

    def change(e: nms.Experiment) -> nms.Experiment:
        kinds = {
            kind: tuple(_changed(p, fields) if p.name == name else p for p in getattr(e.circuit, kind))
            for kind in ("populations", "modulators", "projections")
        }
        return replace(e, circuit=replace(e.circuit, **kinds))

    return change


def model(name: str, /, **fields: Any) -> Change:
    """Return a change of fields of the model of a component, or of the task."""
    if name == "task":
        return lambda e: replace(e, task=_changed(e.task, fields))
    return part(name, model=lambda there: _changed(there, fields))


def both(first: Change, second: Change) -> Change:
    """Return one change after the other."""
    return lambda e: second(first(e))


def recording(**fields: Any) -> Change:
    """Return a change of fields of a recording."""
    return lambda e: replace(e, recording=_changed(e.recording, fields))


def _changed(value: Any, fields: dict[str, Any]) -> Any:
    return replace(value, **{n: f(getattr(value, n)) if callable(f) else f for n, f in fields.items()})


def turned(given: Any) -> Any:
    """Return the same in the opposite order."""
    return dict(reversed(given.items())) if isinstance(given, dict) else tuple(reversed(given))


def renamed(name: str) -> Callable[[str], str]:
    """Return what puts another text in the place of one."""
    return lambda there: name


def first_event(**fields: Any) -> Callable[[Any], Any]:
    """Return a change of fields of the first event of a task."""
    return lambda events: {**events, "first": replace(events["first"], **fields)}


def first_phase(**fields: Any) -> Callable[[Any], Any]:
    """Return a change of fields of the first phase of a task."""
    return lambda timeline: (replace(timeline[0], **fields), *timeline[1:])


def with_parameter(name: str, /, **fields: Any) -> Callable[[Any], Any]:
    """Return a change of fields of one parameter."""
    return lambda there: {**there, name: replace(there[name], **fields)}


def with_table(name: str, /, **fields: Any) -> Callable[[Any], Any]:
    """Return a change of fields of one table."""
    return lambda there: {**there, name: replace(there[name], **fields)}


def more(text: str) -> Callable[[str], str]:
    """Return what adds a line of code."""
    return lambda there: f"{there}\n{text}"


WITHOUT = both(  # a third factor, which is integrated as one
    part("plastic", modulators={}, compartment_of=()),
    model("plastic", equations="dw/dt = -w/tau_x : 1\nc : 1\nx : 1", modulators=()),
)
FOUR = nms.Pairs((0, 1, 2, 3), (0, 1, 2, 2))
# Other programs: each field of a description that reaches one, and the order of what it holds.
OTHER: dict[str, Change] = {
    "Experiment.dt": whole(dt=0.5 * ms),
    "Experiment.task": lambda e: replace(e, task=None, recording=replace(e.recording, events={})),
    "Circuit.populations": circuit(populations=turned),
    "Circuit.modulators": circuit(
        modulators=lambda there: (*there, replace(there[0], name="second", regions=1, compartment_of={}))
    ),
    "Circuit.projections": circuit(projections=turned),
    "Circuit.links": circuit(links={"sinks.level_here": "pool.other"}),
    "Population.size": part("cells", size=8, parts={"left": 2, "right": 6}),
    "Population.parts": part("cells", parts={"left": 3, "right": 3}),
    "Population.parts, turned": part("cells", parts=turned),
    "Population.layer": part("cells", layer=0),
    "Modulator.regions": part("pool", regions=3),
    "Modulator.compartment_of": part("pool", compartment_of={"sinks": (1, 0, 0)}),
    "Projection.source": part("dense", source="right"),
    "Projection.source, as many": part("sampled", source="right", wiring=FOUR),
    "Projection.source, all": part("sampled", wiring=FOUR),
    "Projection.target": part("sampled", target="right"),
    "Projection.wiring": part("plastic", wiring=nms.FixedOutDegree(3)),
    "Projection.wiring, no rows": part("dense", wiring=nms.FixedOutDegree(3)),
    "Projection.delay": part("plastic", delay=None),
    "Projection.delay, some": part("dense", delay=1 * ms),
    "Projection.delay, own": part("plastic", delay="3*ms*rand()"),
    "Projection.post_delay": part("plastic", post_delay=1 * ms),
    "Projection.post_delay, own": part("plastic", post_delay="3*ms*rand()"),
    "Projection.update_interval": part("sampled", update_interval=None),
    "Projection.update_interval, other": part("sampled", update_interval=7 * ms),
    "Projection.modulators": part("plastic", modulators={"d": "pool.other"}),
    "Projection.compartment_of": part("plastic", compartment_of=(0, 0, 1)),
    "Projection.learn_after_layer": both(part("cells", layer=0), part("plastic", learn_after_layer=2)),
    "Projection.learn_after_layer, other": both(part("cells", layer=0), part("plastic", learn_after_layer=3)),
    "Projection.name": part("sampled", name="samples"),
    "Model.equations": model("sinks", equations=more("more : 1")),
    "Model.parameters": model("cells", parameters=lambda there: {**there, "extra": number(1.0)}),
    "Model.parameters, turned": model("plastic", parameters=turned),
    "Model.tables": model("cells", tables=with_table("shape", shape=(7,))),
    "Model.single": model("cells", single=()),
    "NeuronModel.threshold": model("cells", threshold="v > 0.6"),
    "NeuronModel.reset": model("cells", reset="v = -1"),
    "NeuronModel.refractory": model("cells", refractory=""),
    "NeuronModel.method": model("cells", method="exponential_euler"),
    "NeuronModel.step": model("cells", step=more("seen += 1")),
    "NeuronModel.step, turned": model("cells", step="seen += 1\ndrive = shape(i)*0.7"),
    "NeuronModel.sends": model("sinks", sends="always", threshold="", reset=""),
    "NeuronModel.events": model("cells", events={"high": "v > 0.4", "low": "v < -0.2"}),
    "NeuronModel.on_event": model("cells", on_event={"high": "seen += 2", "low": "seen *= 2"}),
    "ModulatorModel.level": model("pool", level="other"),
    "ModulatorModel.step": model("pool", step="other = 3*d"),
    "ModulatorModel.method": model("pool", method="euler"),
    "SynapseModel.on_pre": model("plastic", on_pre="x += 0.6\nu_post += w"),
    "SynapseModel.on_pre, turned": model("plastic", on_pre="u_post += w\nx += 0.5"),
    "SynapseModel.on_post": model("plastic", on_post="c += 2*x"),
    "SynapseModel.on_event": model("plastic", on_event={"high": "c += 0.2", "low": "c -= 0.1"}),
    "SynapseModel.on_event, turned": model("plastic", on_event=turned),
    "Model.equations, no third factor": WITHOUT,
    "SynapseModel.method": both(WITHOUT, model("plastic", method="exact")),
    "SynapseModel.random": model("plastic", on_pre="x += rand()\nu_post += w", random="sequence"),
    "SynapseModel.random, counter": model("plastic", on_pre="x += rand()\nu_post += w"),
    "Projection.dt": both(WITHOUT, part("plastic", dt=5 * ms)),
    "SynapseModel.step": model("plastic", step="c *= 0.99"),
    "SynapseModel.bounds": model("plastic", bounds={}),
    "SynapseModel.modulators": both(
        part("plastic", modulators={"m": "pool"}),
        model(
            "plastic",
            modulators=("m",),
            equations=lambda there: there.replace("c*d/", "c*m/").replace("\nd : 1", "\nm : 1"),
        ),
    ),
    "Parameter.value": model(
        "cells",
        parameters=with_parameter("tau", value=1 * volt),
        equations="v : 1\ndrive : 1\nseen : 1",
        refractory="",
    ),
    "Parameter.integer": model("plastic", parameters=with_parameter("w_max", integer=True)),
    "Table.shape": model("task", tables=with_table("image", shape=(4,))),
    "Table.unit": model(
        "task",
        tables=with_table("image", unit=mmolar),
        timeline=first_phase(on_enter="shown = image(trial)/mmolar"),
    ),
    "Table.dtype": model("task", tables=with_table("image", dtype="float64")),
    "Task.timeline": model("task", timeline=turned),
    "Task.events": model("task", events=turned),
    "Task.step": model("task", step="shown *= 0.98"),
    "Phase.name": model("task", timeline=first_phase(name="sign")),
    "Phase.duration": model("task", timeline=first_phase(duration="pause")),
    "Phase.on_enter": model("task", timeline=first_phase(on_enter="shown = 2*image(trial)")),
    "Phase.until": model("task", timeline=first_phase(until="shown > 2")),
    "Phase.when": model("task", timeline=first_phase(when="shown > 2")),
    "Phase.step": model("task", timeline=first_phase(step="shown = 3*image(trial)")),
    "Phase.on_leave": model("task", timeline=first_phase(on_leave="shown = 3*image(trial)")),
    "Task.method": model("task", method="euler"),
    "Event.when": model("task", events=first_event(when="shown > 0.6")),
    "Event.do": model("task", events=first_event(do="shown -= 0.6")),
    "Recording.spikes": recording(spikes={"left": nms.Window()}),
    "Recording.spikes, turned": recording(spikes=turned),
    "Recording.states": recording(states={"cells.v": 1 * ms, "sinks.u": 1 * ms}),
    "Recording.states, turned": recording(states=turned),
    "Recording.only": recording(only={"cells.v": (1, 4)}),
    "Recording.events": recording(events={"cells.high": ("seen",), "task.first": ()}),
    "Recording.events, turned": recording(events=turned),
    "Recording.events, variables": recording(events={"cells.high": ("v", "seen"), "task.first": ()}),
}
# The same program: what a run brings, or only a reader needs.
SAME: dict[str, Change] = {
    "Experiment.name": whole(name="another"),
    "Experiment.summary": whole(summary="Told otherwise."),
    "Experiment.source": whole(source=replace(OURS, title="Another")),
    "Experiment.conditions": whole(conditions={"other": nms.Condition(summary="Another.")}),
    "Experiment.recording": recording(windows={"cells.v": nms.Window(start=10 * ms)}),
    "Experiment.duration": whole(duration=200 * ms),
    "Experiment.parameters": whole(parameters={"cell.tau": 20 * ms}),
    "Experiment.prepare": whole(prepare=lambda setting: {"task.shown": 1.0}),
    "Experiment.finish": whole(finish=print),
    "Experiment.variant": whole(variant={"rule": "another"}),
    "Population.initial": part("cells", initial={"v": 0.9}),
    "Modulator.initial": part("pool", initial={"d": 0.9}),
    "Projection.initial": part("plastic", initial={"w": 0.9}),
    "Projection.delay, value": part("plastic", delay=7 * ms),
    "Model.name": model("cells", name="unit"),
    "Model.summary": model("plastic", summary="Told otherwise."),
    "Model.source": model("task", source=replace(OURS, title="Another")),
    "Model.initial, value": model("plastic", initial={"w": 0.9}),
    "Model.ranges": model("plastic", ranges={"w": (0.0, 1.0)}),
    "Model.made_of": model("cells", made_of=(SINK,)),
    "ModulatorModel.transporters": model("pool", transporters={"DAT": "tau_d"}),
    "Parameter.value, other": model("plastic", parameters=with_parameter("tau_c", value=900 * ms)),
    "Parameter.meaning": model("plastic", parameters=with_parameter("tau_c", meaning="?", where="p. 1")),
    "Parameter.low": model("plastic", parameters=with_parameter("tau_c", low=1 * ms, high=9 * second)),
    "Parameter.evidence": model("plastic", parameters=with_parameter("tau_c", evidence="reported")),
    "Table.meaning": model("cells", tables=with_table("shape", meaning="?")),
    "Table.rising": model("cells", tables=with_table("shape", rising=True)),
    "Recording.windows": recording(windows={"sinks.u": nms.Window(stop=10 * ms)}),
    "Recording.states, intervals": recording(states=lambda there: dict.fromkeys(there, 5 * ms)),
    "Recording.spikes, windows": recording(
        spikes=lambda there: dict.fromkeys(there, nms.Window(stop=9 * ms))
    ),
}
# The same program from another description: each has a digest of its own, and one source.
ALIKE: dict[str, Change] = {
    "Model.initial": model("plastic", initial={"w": 0.5, "x": 0.7}),
    "Population.parts, renamed": part("cells", parts={"left": 2, "last": 4}),
    "Model.equations, turned": model("sinks", equations="n : 1\nu : 1\nlevel_here : 1 (linked)"),
    "NeuronModel.events, turned": model("cells", events=turned),
    "NeuronModel.on_event, turned": model("cells", on_event=turned),
}
for name in ("Experiment.name", "Model.name", "Modulator.initial", "ModulatorModel.transporters"):
    ALIKE[name] = SAME.pop(name)
