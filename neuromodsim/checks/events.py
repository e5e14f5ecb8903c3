"""Events at which code of cells and synapses runs: each is one of its cells, the task or the clock."""

from collections.abc import Iterable, Mapping
from typing import Any

from neuromodsim.description.event_names import EventName, event_of_task, known_of_task
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import Model, NeuronModel
from neuromodsim.description.task import Task
from neuromodsim.errors import WrongInput, unknown


def events(model: Model) -> list[str]:
    """Return the names of the events of a model's rows."""
    if isinstance(model, Task):
        return model.event_names()
    spikes = ["spike"] if getattr(model, "threshold", "") or acts_always(model) else []
    return [*spikes, *getattr(model, "events", {})]


def acts_always(model: Model) -> bool:
    """Whether projections of a model's rows act in every step, without spikes."""
    return isinstance(model, NeuronModel) and model.sends == "always"


def expect_events(experiment: Experiment, models: Mapping[str, Model]) -> None:
    """Raise `WrongInput` if code runs at an event that there is not, or at an interval that is none.

    Parameters
    ----------
    experiment
        Whose cells and projections are looked at.
    models
        The model of every component that a projection can be wired to.
    """
    for population in experiment.circuit.populations:
        own = events(population.model)
        _expect_each(experiment, population.name, population.model.on_event, own, None)
    for projection in experiment.circuit.projections:
        own, theirs = (events(models[end]) for end in (projection.source, projection.target))
        _expect_each(experiment, projection.name, projection.model.on_event, own, theirs)
        cells = [end for end in (projection.source, projection.target) if not _pool(models[end])]
        distant = [e for e in projection.model.on_event if not EventName.read(e).local]
        if distant and not cells:
            raise WrongInput(
                f"'{projection.name}' runs code at '{distant[0]}', which needs cells or the task at one of "
                "its ends; it leads from a modulator to a modulator."
            )


def _pool(model: Model) -> bool:
    return not isinstance(model, NeuronModel | Task)


def _expect_each(
    experiment: Experiment, component: str, on_event: Iterable[str], own: list[str], theirs: list[str] | None
) -> None:
    """Refuse an event that code cannot run at; ``theirs`` are those of a synapse's target."""
    of_task = experiment.task.event_names() if experiment.task is not None else []
    known = [*own, *(f"post.{event}" for event in theirs or ()), *known_of_task(experiment.task)]
    seen: dict[Any, str] = {}
    for name in on_event:
        event = EventName.read(name)
        if event.of == "every":
            which: Any = event.steps(component, experiment.dt)
        elif event.of == "task":
            which = event_of_task(experiment.task, event.event)
        else:
            which = name if name in known else None
        if which is None:
            raise unknown(f"event for code of {component} to run at:", name, [*known, "every(...)"])
        # A source that is the task itself calls its events by their names alone.
        of = "task" if event.of == "own" and own == of_task else event.of
        other = seen.setdefault((of, which), name)
        if other != name:
            raise WrongInput(f"'{other}' and '{name}' of '{component}' are one event; put its code together.")
