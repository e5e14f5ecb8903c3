"""One check of all names of an experiment, before anything is drawn or built: each means one thing.

A name of a population, part, modulator or projection stands for one of them; what a model calls a
parameter, a table or a variable is that alone; and none of them is a name that equations or the
program have already.
"""

from collections.abc import Mapping

from brian2.core.functions import DEFAULT_CONSTANTS, DEFAULT_FUNCTIONS
from brian2.equations import Equations

from neuromodsim.checks.equations import equations_of
from neuromodsim.checks.events import events, expect_events
from neuromodsim.checks.links import expect_links
from neuromodsim.description.component_names import expect_distinct_names
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.functions import FUNCTIONS
from neuromodsim.description.model import Model, SynapseModel
from neuromodsim.description.words import NAME
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.numerics.randomness import brian_functions
from neuromodsim.transforms.own_names import HERE
from neuromodsim.transforms.synaptic_chance import KEY, NUMBER
from neuromodsim.units.kinds import shown
from neuromodsim.units.quantities import unit_names

# Variables that we add to components, and what Brian2 calls the pairs that synapses are made of.
ADDED = ("random_key", "replica", "replica_i", "sources", "targets")
ADDED_TO_SYNAPSES = ("delay", "post_delay", "flush_interval", "pairs", "lastupdate", NUMBER, KEY)


def expect_names(experiment: Experiment) -> None:
    """Raise `WrongInput` if a name of an experiment means two things, nothing, or what is not there.

    Parameters
    ----------
    experiment
        Whose circuit, models, links and places are looked at; nothing of it is drawn or built.

    Raises
    ------
    WrongInput
        With the name, and what it means twice.
    """
    circuit = experiment.circuit
    expect_distinct_names(circuit)
    for name, model in experiment.components().items():
        _expect_model(name, model)
    _expect_durations(experiment)
    _expect_events_apart(experiment)
    _expect_tables(experiment)
    _expect_ends(experiment)
    expect_links(experiment)


def _expect_model(component: str, model: Model) -> None:
    """Refuse names in a model that are two things of it, or something of equations already."""
    where = f"of '{component}'" if component == model.name else f"of '{component}' ('{model.name}')"
    own = dict.fromkeys(equations_of(component, model), "a variable")
    for kind, names in (("a parameter", model.parameters), ("a table", model.tables)):
        for name in names:
            _expect_identifier(name, f"{kind} {where}")
            if name in own:
                raise WrongInput(f"'{name}' is both {own[name]} and {kind} {where}; rename one of them.")
            own[name] = kind
    synaptic = isinstance(model, SynapseModel)
    for name in own:
        if name in ADDED or (synaptic and name in ADDED_TO_SYNAPSES) or name in brian_functions():
            raise WrongInput(f"'{name}' {where} is a name that every program has; rename it.")
    for event in events(model):
        if NAME.fullmatch(event) is None:
            raise WrongInput(
                f"'{event}' cannot name an event {where}: a name is letters, digits and _, with a letter "
                "first."
            )


def _expect_durations(experiment: Experiment) -> None:
    """Refuse a phase whose length is what the task does not have."""
    task = experiment.task
    for phase in () if task is None else task.timeline:
        known = () if task is None else (*task.parameters, *equations_of("task", task))
        if phase.duration and phase.duration not in known:
            what = f"parameter or variable for the duration of the phase '{phase.name}'"
            raise unknown(what, phase.duration, known)


def _expect_identifier(name: str, what: str) -> None:
    words = {**DEFAULT_FUNCTIONS, **FUNCTIONS, **DEFAULT_CONSTANTS, **unit_names()}
    if name in words:
        raise WrongInput(f"'{name}', {what}, is a unit, a constant or a function of all equations already.")
    try:
        Equations.check_identifier(name)
    except (SyntaxError, ValueError, TypeError) as error:
        raise WrongInput(
            f"{shown(name)} cannot name {what}: a name is letters, digits and _, with a letter "
            "first, and no word of equations such as t, dt, i or N."
        ) from error


def _expect_events_apart(experiment: Experiment) -> None:
    """Refuse two events whose logs and objects would have one name."""
    found: dict[str, str] = {}
    for component, model in experiment.components().items():
        for event in events(model):
            other = found.setdefault(f"{component}_{event}", f"{component}.{event}")
            if other != f"{component}.{event}":
                raise WrongInput(
                    f"The events '{other}' and '{component}.{event}' would have one name, "
                    f"'{component}_{event}'; rename one of them."
                )


def _expect_tables(experiment: Experiment) -> None:
    """Refuse two tables of one name: all components look them up in one place, but for a synapse's own."""
    owners: dict[str, str] = {}
    for component, model in experiment.components().items():
        if isinstance(model, SynapseModel):
            continue
        for name, table in model.tables.items():
            for known in (name, f"{name}{HERE}") if len(table.shape) > 1 else (name,):
                if known in owners:
                    raise WrongInput(
                        f"'{owners[known]}' and '{component}' both have a table '{known}', which every "
                        "component could read; give each a name of its own."
                    )
                owners[known] = component


def _expect_ends(experiment: Experiment) -> None:
    """Refuse projections from or to components without cells, or at events that do not exist."""
    circuit = experiment.circuit
    models = _models_by_component(experiment)
    for projection in circuit.projections:
        for end in (projection.source, projection.target):
            if any(end == p.name for p in circuit.projections):
                raise WrongInput(
                    f"'{projection.name}' cannot be connected to '{end}', a projection; only populations, "
                    "parts, modulators and the task can."
                )
            if end not in models:
                raise unknown("population, modulator or task", end, models)
        here, there = events(models[projection.source]), events(models[projection.target])
        _expect_spikes(projection.name, "on_pre", projection.model.on_pre, projection.source, here)
        _expect_spikes(projection.name, "on_post", projection.model.on_post, projection.target, there)
        for name in projection.modulators:
            if name not in projection.model.modulators:
                raise unknown(
                    f"modulator that the rule of {projection.name} reads:", name, projection.model.modulators
                )
    expect_events(experiment, models)


def _expect_spikes(projection: str, code: str, text: str, component: str, has: list[str]) -> None:
    if text.strip() and "spike" not in has:
        raise WrongInput(f"'{code}' of '{projection}' needs spikes of '{component}', which has no threshold.")


def _models_by_component(experiment: Experiment) -> Mapping[str, Model]:
    """Return the model of every component that a projection can be wired to."""
    circuit = experiment.circuit
    found: dict[str, Model] = {n: p.model for p in circuit.populations for n in (p.name, *p.parts)}
    found |= {m.name: m.model for m in circuit.modulators}
    return found | ({} if experiment.task is None else {"task": experiment.task})
