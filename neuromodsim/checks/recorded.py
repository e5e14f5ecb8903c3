"""What a recording asks for, looked at before anything is built: what is there, each under a name of its own.

A dataset has names that are its own: ``time``, ``neuron``, ``pre``. A variable that is called so would take
their place, so it is refused. ``w`` and ``c`` of synapses are kept as ``weight`` and ``eligibility``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from neuromodsim.checks.equations import equations_of
from neuromodsim.checks.events import acts_always, events
from neuromodsim.description import expectations
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import Model, NeuronModel, SynapseModel
from neuromodsim.description.recorded_arrays import recording_written_out
from neuromodsim.description.recording import Recording
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.result.dataset import LONG_NAMES, node_of_event

ROWS = {"state": "neuron", "modulators": "region", "synapses": "synapse"}  # by the kind of node
OF_EVENTS = ("time", "neuron", "event")  # `trial` is that of the task, which numbers the rows of trials


def settled(experiment: Experiment, recording: Recording, taken: Iterable[str] = ()) -> Recording:
    """Return a recording with its subsets as plain numbers, or raise `WrongInput` if it cannot be kept.

    An array of a task is recorded entry by entry.

    Parameters
    ----------
    experiment
        What is recorded.
    recording
        What is kept of it.
    taken
        Names that a dataset will have beside its own, such as the dimensions of a sweep.

    Raises
    ------
    WrongInput
        If a name is not there, cannot be sampled, or would take the place of another in the dataset.
    """
    if experiment.task is not None:
        recording = recording_written_out(recording, experiment.task.arrays)
    _expect_spikes(experiment, recording.spikes)
    shown: dict[tuple[str, str], str] = {}
    for path in recording.states:
        component, variable = _of(experiment, path)
        _expect_sampled(path, component, experiment.components()[component], variable)
        _claim(experiment, component, variable, path, shown, tuple(taken))
    _expect_events(experiment, recording.events, tuple(taken))
    for path in recording.only:
        if path not in recording.states:
            raise unknown("recorded variable to keep a subset of", path, recording.states)
    for path in recording.windows:
        if path not in recording.states and path not in recording.events:
            raise unknown("recorded variable or event", path, [*recording.states, *recording.events])
    only = {path: _rows(path, rows) for path, rows in recording.only.items()}
    return replace(recording, only=only)


def _expect_spikes(experiment: Experiment, spikes: Mapping[str, Any]) -> None:
    populations = {n: p for p in experiment.circuit.populations for n in (p.name, *p.parts)}
    for name in spikes:
        if name not in populations:
            continue
        model = populations[name].model
        if "spike" not in events(model) or acts_always(model):
            raise WrongInput(f"'{name}' has no threshold, so it has no spikes to record.")


def _of(experiment: Experiment, path: str) -> tuple[str, str]:
    component, _, variable = path.partition(".")
    if not variable:
        raise WrongInput(f"'{path}' does not name a variable; write component.variable.")
    if component not in experiment.components():
        raise unknown("component to record", component, experiment.components())
    return component, variable


def _expect_sampled(path: str, component: str, model: Model, variable: str) -> None:
    """Refuse what is no variable of each row of a component's own."""
    equations = equations_of(component, model)
    own = [*equations, "i", *(("j",) if isinstance(model, SynapseModel) else ())]
    if isinstance(model, NeuronModel) and model.refractory:
        own += ["lastspike", "not_refractory"]
    if variable in model.parameters or (variable in equations and "shared" in equations[variable].flags):
        raise WrongInput(
            f"'{path}' is one number for all rows and cannot be sampled; the dataset's attribute "
            "'parameters' holds those of a run."
        )
    if variable not in own:
        raise unknown(f"variable of {component}", variable, own)


def _claim(
    experiment: Experiment,
    component: str,
    variable: str,
    path: str,
    shown: dict[tuple[str, str], str],
    taken: tuple[str, ...],
) -> None:
    """Refuse a sampled variable whose name in the dataset is that of something else there."""
    kind, own = _node(experiment, component)
    name = LONG_NAMES.get(variable, variable) if kind == "synapses" else variable
    if name in {"time", ROWS[kind], *own, *taken}:
        raise WrongInput(
            f"'{path}' cannot be recorded: '{name}' is a name that its part of the dataset has already; "
            "give the variable another name in the model."
        )
    also = f", as '{name}'," if name != variable else ""
    for new in (name, f"time_{name}", f"{name}_{ROWS[kind]}"):
        other = shown.setdefault((component, new), path)
        if other != path:
            raise WrongInput(
                f"'{other}' and '{path}'{also} would have one name, '{new}', in the dataset; record one of "
                "them, or give it another name in the model."
            )


def _node(experiment: Experiment, component: str) -> tuple[str, set[str]]:
    """Return the kind of node that keeps a component's samples, and the names that it has of itself."""
    if any(p.name == component for p in experiment.circuit.projections):
        return "synapses", {"pre", "post", "delay", "post_delay"}
    for modulator in experiment.circuit.modulators:
        if modulator.name == component:
            grid = modulator.grid
            return "modulators", set() if grid is None else set("zyx"[-len(grid.shape) :])
    return "state", set()


def _expect_events(
    experiment: Experiment, logs: Mapping[str, tuple[str, ...]], taken: tuple[str, ...]
) -> None:
    nodes: dict[str, str] = {}
    components = experiment.components()
    for path, variables in logs.items():
        component, event = _of(experiment, path)
        if isinstance(components[component], SynapseModel):
            raise WrongInput(
                f"'{path}' is no event: synapses have none; record one of their source or target."
            )
        model = components[component]
        known = [e for e in events(model) if e != "spike" or not acts_always(model)]
        if event not in known:
            raise unknown(f"event of {component}", event, known)
        node = node_of_event(component, event)
        other = nodes.setdefault(node, path)
        if other != path:
            raise WrongInput(
                f"'{other}' and '{path}' would be one part of the dataset, '{node}'; "
                "record one of them, or give it another name."
            )
        _expect_noted(path, variables, taken)


def _expect_noted(path: str, variables: Any, taken: tuple[str, ...]) -> None:
    """Refuse variables noted at an event that are no names, are taken, or occur twice."""
    if isinstance(variables, str) or not all(isinstance(v, str) for v in variables):
        raise WrongInput(f"What is noted at '{path}' must be a tuple of names; got {variables!r}.")
    for name in variables:
        if name in (*OF_EVENTS, *taken):
            raise WrongInput(
                f"'{name}' cannot be noted at '{path}': it is a name that its part of the dataset has "
                "already; give the variable another name in the model."
            )
        if list(variables).count(name) > 1:
            raise WrongInput(f"'{name}' is noted twice at '{path}'; name it once.")


def _rows(path: str, rows: Any) -> tuple[int, ...]:
    """Return the rows of a subset as plain numbers, each once; whether they are there is seen when built."""
    kept = expectations.indices(f"The rows of '{path}' to keep", rows, least=None)
    if len(set(kept)) < len(kept):
        twice = next(row for row in kept if kept.count(row) > 1)
        raise WrongInput(f"The subset of '{path}' names row {twice} twice; name it once.")
    return kept
