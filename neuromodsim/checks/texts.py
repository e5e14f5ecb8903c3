"""One check of all equations and code of an experiment, before anything is drawn or built.

Each mistake is one sentence with the statement, its component and model, and the nearest names. What cannot
be told here is left to Brian2, whose own words `builder.mistakes` passes on.
"""

from collections.abc import Iterator

from neuromodsim.brian import in_turn
from neuromodsim.checks.code import expect_code
from neuromodsim.checks.equations import expect_equations
from neuromodsim.checks.expressions import Place, expect_condition
from neuromodsim.checks.scope import scopes
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import Model, ModulatorModel, NeuronModel, SynapseModel
from neuromodsim.description.task import Task

Texts = Iterator[tuple[str, str]]  # where a text stands, and the text


@in_turn
def expect_texts(experiment: Experiment) -> None:
    """Raise `WrongInput` for the first mistake in equations or code of an experiment.

    Parameters
    ----------
    experiment
        Whose components are looked at; their names have been checked.

    Raises
    ------
    WrongInput
        With the statement, the component, its model, and what was expected.
    """
    found, ends = scopes(experiment), _ends(experiment)
    for component, model in experiment.components().items():
        whole = Place("the equations", component, model.name, found[component])
        expect_equations(whole, model, ends.get(component, {}))
        for field, text in _conditions(model):
            place = Place(field, component, model.name, found[component])
            expect_condition(place, text, or_time=field == "'refractory'")
        for field, text in _code(model):
            expect_code(Place(field, component, model.name, found[component]), text)


def _ends(experiment: Experiment) -> dict[str, dict[str, Model]]:
    """Return the models at both ends of each projection."""
    circuit, components = experiment.circuit, experiment.components()
    owners = {part: p.name for p in circuit.populations for part in p.parts}
    return {
        p.name: {
            suffix: components[owners.get(end, end)]
            for suffix, end in (("_pre", p.source), ("_post", p.target))
        }
        for p in circuit.projections
    }


def _conditions(model: Model) -> Texts:
    """Yield what is true or false, and the refractory period."""
    if isinstance(model, NeuronModel):
        named = {"'threshold'": model.threshold, "'refractory'": model.refractory}
        yield from ((field, text) for field, text in named.items() if text.strip())
        yield from ((f"the event '{name}'", text) for name, text in model.events.items())
    if isinstance(model, Task):
        for phase in model.timeline:
            for field in ("until", "when"):
                if getattr(phase, field).strip():
                    yield f"'{field}' of the phase '{phase.name}'", getattr(phase, field)
        yield from ((f"'when' of the event '{name}'", event.when) for name, event in model.events.items())


def _code(model: Model) -> Texts:
    """Yield code, which sets variables."""
    if isinstance(model, NeuronModel):
        yield "'reset'", model.reset
    if isinstance(model, SynapseModel):
        yield "'on_pre'", model.on_pre
        yield "'on_post'", model.on_post
    if isinstance(model, NeuronModel | SynapseModel):
        yield from ((f"'on_event' at '{name}'", code) for name, code in model.on_event.items())
    if isinstance(model, Task):
        for phase in model.timeline:
            for field in ("on_enter", "step", "on_leave"):
                yield f"'{field}' of the phase '{phase.name}'", getattr(phase, field)
        yield from ((f"'do' of the event '{name}'", event.do) for name, event in model.events.items())
    if isinstance(model, NeuronModel | ModulatorModel | SynapseModel | Task):
        yield "'step'", model.step
