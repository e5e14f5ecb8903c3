"""Events of the task and the clock, at which code of cells and synapses runs; and what it reads of the task.

A synapse runs code at events of its cells. So the cells that listen get an event of their own, in the step of
the other: the task notes in which step its event was last triggered, and each cell compares that with the
present step. Code that names a variable of the task, such as ``reward_task``, reads it by a link.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from brian2.equations.equations import FLOAT
from brian2.utils.stringtools import get_identifiers

from neuromodsim.description.event_names import EventName, event_of_task
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.layout import bare
from neuromodsim.description.model import Model, NeuronModel, parsed
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.description.task import Event, Task
from neuromodsim.transforms.task import all_events
from neuromodsim.transforms.traces import fresh, named_in
from neuromodsim.units.quantities import unit_text

OF_TASK = "_task"


def brought_near(experiment: Experiment) -> tuple[Experiment, Mapping[str, str]]:
    """Return an experiment in which code of cells and synapses runs at events of these cells alone.

    Also, by events of the task, the variables in which it is to note the step after the last one: 0 is never.
    The experiment is as it stands where no code names another event, or a variable of the task.
    """
    listening = _Listening(experiment)
    populations = tuple(listening.population(p) for p in experiment.circuit.populations)
    projections = tuple(listening.projection(p) for p in experiment.circuit.projections)
    if not listening.events:  # but perhaps events of the task, by the names of their phases
        circuit = replace(experiment.circuit, populations=populations, projections=projections)
        return _linked(replace(experiment, circuit=circuit)), {}
    circuit = replace(
        experiment.circuit,
        populations=tuple(replace(p, model=listening.heard(p)) for p in populations),
        projections=projections,
        links={**experiment.circuit.links, **listening.links()},
    )
    return _linked(replace(experiment, circuit=circuit, task=listening.noting())), listening.marks


class _Listening:
    """Who listens to what: which cells need an event, and which events of the task they wait for."""

    def __init__(self, experiment: Experiment) -> None:
        self.experiment, self.task = experiment, experiment.task
        self.taken = named_in(experiment.circuit)
        if self.task is not None:
            self.taken |= set().union(*map(get_identifiers, texts(self.task)), self.task.parameters)
        self.owners = {n: p.name for p in experiment.circuit.populations for n in (p.name, *p.parts)}
        self.marks: dict[str, str] = {}  # event of the task -> what holds the step after its last one
        self.events: dict[str, dict[str, str]] = {}  # component -> what is listened to -> event of its own

    def population(self, one: Population) -> Population:
        """Return a population whose code runs at events of its own."""
        on_event = {self._at(name, one.name): code for name, code in one.model.on_event.items()}
        return replace(one, model=replace(one.model, on_event=on_event)) if one.model.on_event else one

    def projection(self, one: Projection) -> Projection:
        """Return a projection whose code runs at events of its cells."""
        names = {name: self._near(name, one) for name in one.model.on_event}
        on_event = {names[name]: code for name, code in one.model.on_event.items()}
        return replace(one, model=replace(one.model, on_event=on_event)) if on_event else one

    def _near(self, name: str, one: Projection) -> str:
        event = EventName.read(name)
        if event.local:
            return name
        if one.source == "task" or one.source in self.owners:
            return self._at(name, self.owners.get(one.source, "task"))
        return f"post.{self._at(name, self.owners.get(one.target, 'task'))}"

    def _at(self, name: str, component: str) -> str:
        """Return the event of a component's own that stands for one, wherever that is."""
        event = EventName.read(name)
        if event.local:
            return name
        theirs = event_of_task(self.task, event.event) if event.of == "task" else None
        if component == "task" and theirs is not None:
            return theirs
        key = f"every {event.steps(component, self.experiment.dt)}" if theirs is None else theirs
        known = self.events.setdefault(component, {})
        if key not in known:
            known[key] = fresh(f"at_{theirs or 'interval'}", self.taken)
        if theirs is not None and theirs not in self.marks:
            self.marks[theirs] = fresh(f"step_of_{theirs}", self.taken)
        return known[key]

    def _condition(self, key: str) -> str:
        if key in self.marks:
            return f"{self.marks[key]} == t_in_timesteps + 1"
        return f"t_in_timesteps > 0 and t_in_timesteps % {key.removeprefix('every ')} == 0"

    def heard(self, one: Population) -> NeuronModel:
        """Return the model of a population with the events that it or its synapses listen to."""
        known = self.events.get(one.name)
        if not known:
            return one.model
        lines = "".join(f"\n{self.marks[key]} : integer (linked)" for key in known if key in self.marks)
        new = {event: self._condition(key) for key, event in known.items()}
        return replace(one.model, equations=one.model.equations + lines, events={**one.model.events, **new})

    def links(self) -> dict[str, str]:
        """Return the links by which cells read when events of the task were."""
        pairs = ((component, key) for component, known in self.events.items() for key in known)
        return {
            f"{c}.{self.marks[k]}": f"task.{self.marks[k]}"
            for c, k in pairs
            if k in self.marks and c != "task"
        }

    def noting(self) -> Task | None:
        """Return the task with what it notes, and with events at intervals if it is to have some."""
        if self.task is None:
            return None
        own = self.events.get("task", {})
        events = {event: Event(when=self._condition(key)) for key, event in own.items()}
        equations = self.task.equations + "".join(f"\n{mark} : integer" for mark in self.marks.values())
        return replace(self.task, events={**self.task.events, **events}, equations=equations)


def texts(model: Model) -> list[str]:
    """Return all texts of a model in which names are read."""
    found: list[str] = [model.all_equations()]
    for name in {f.name for f in fields(model)} - {"name", "summary", "equations"}:
        value = getattr(model, name)
        values = value.values() if isinstance(value, Mapping) else [value]
        found += [text for text in values if isinstance(text, str)]
    if isinstance(model, Task):
        found += [text for e in all_events(model).values() for text in (e.when, e.do)]
    return [bare(text) for text in found]


def read_of_task(model: Model, task: Task | None) -> dict[str, str]:
    """Return the names in a model that stand for variables of the task, as ``reward_task``, with these.

    A name that the model declares itself is its own.
    """
    if task is None:
        return {}
    known = {*parsed(task.all_equations()), *task.parameters}
    own = {*parsed(model.equations), *model.parameters, *model.tables}
    named = set().union(*map(get_identifiers, texts(model)))
    found = {name: name.removesuffix(OF_TASK) for name in named if name.endswith(OF_TASK) and name not in own}
    return {name: found[name] for name in sorted(found) if found[name] in known}


def _linked(experiment: Experiment) -> Experiment:
    """Return an experiment in which cells and modulators read variables of the task by links."""
    circuit, task = experiment.circuit, experiment.task
    links = dict(circuit.links)

    def linked(part: Any) -> Any:
        read = read_of_task(part.model, task)
        if not read or task is None:
            return part
        for name, variable in read.items():
            links[f"{part.name}.{name}"] = circuit.links.get(f"task.{variable}", f"task.{variable}")
        lines = "".join(f"\n{name} : {_kind(task, variable)} (linked)" for name, variable in read.items())
        return replace(part, model=replace(part.model, equations=part.model.equations + lines))

    populations = tuple(map(linked, circuit.populations))
    modulators = tuple(map(linked, circuit.modulators))
    if links == dict(circuit.links):
        return experiment
    return replace(
        experiment, circuit=replace(circuit, populations=populations, modulators=modulators, links=links)
    )


def _kind(task: Task, variable: str) -> str:
    """Return the unit of a variable or parameter of a task, or its type, as an equation declares it."""
    if variable in task.parameters:
        return task.parameters[variable].unit
    equation = parsed(task.all_equations())[variable]
    return unit_text(equation.dim) if equation.var_type == FLOAT else str(equation.var_type)
