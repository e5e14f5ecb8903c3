"""Every field of a description does something, or is refused in one sentence before anything is drawn."""

from collections.abc import Iterable

from brian2.equations import Equations
from brian2.equations.equations import DIFFERENTIAL_EQUATION, FLOAT, PARAMETER, SUBEXPRESSION

from neuromodsim.checks.ranges import expect_ranges
from neuromodsim.description.circuit import Circuit
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import Model, ModulatorModel, NeuronModel, SynapseModel, parsed
from neuromodsim.description.paths import place_of, size_of
from neuromodsim.description.projection import Projection
from neuromodsim.description.reductions import reduces
from neuromodsim.description.task import Task
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.numerics.integration import expect_method
from neuromodsim.transforms.bounds import expect_bounds
from neuromodsim.transforms.code_names import used
from neuromodsim.transforms.synaptic_chance import calls_chance
from neuromodsim.transforms.task import expect_code
from neuromodsim.units.quantities import whole_steps


def expect_honoured(experiment: Experiment) -> None:
    """Raise `WrongInput` if a field of a model or a part of a circuit would be without effect.

    Parameters
    ----------
    experiment
        Whose models, projections and modulators are looked at; nothing is drawn or built.

    Raises
    ------
    WrongInput
        With the field, and why it would do nothing.
    """
    for component, model in experiment.components().items():
        _expect_model(component, model)
    for projection in experiment.circuit.projections:
        _expect_projection(projection, experiment)


def _expect_model(component: str, model: Model) -> None:
    equations = parsed(model.all_equations())
    _expect_initial(component, model, equations)
    expect_ranges(component, model)
    _expect_single(component, model, equations)
    if isinstance(model, Task):
        expect_code(model)
    if isinstance(model, NeuronModel):
        _expect_cell(component, model)
    if isinstance(model, NeuronModel | ModulatorModel | Task):
        # A pool is integrated by its method together with its receptors.
        expect_method(
            component, model.method, bool(equations.diff_eq_names) or isinstance(model, ModulatorModel)
        )
    if isinstance(model, SynapseModel):
        clocked = [n for n in equations.diff_eq_names if "event-driven" not in equations[n].flags]
        expect_method(component, model.method, bool(clocked), default="euler")
    if isinstance(model, ModulatorModel):
        _expect_modulator(component, model, equations)
    if isinstance(model, SynapseModel):
        _expect_synapse(component, model, equations)


def _expect_initial(component: str, model: Model, equations: Equations) -> None:
    hidden = getattr(model, "modulators", ())
    begun = [
        name
        for name, equation in equations.items()
        if equation.type in (DIFFERENTIAL_EQUATION, PARAMETER)
        and "linked" not in equation.flags
        and name not in hidden
    ]
    for name in model.all_initial() if isinstance(model, Task) else model.initial:
        if name not in begun:
            raise unknown(f"variable of {component} ('{model.name}') to start from", name, begun)


def _expect_single(component: str, model: Model, equations: Equations) -> None:
    hidden = getattr(model, "modulators", ())
    stored = [
        name
        for name, equation in equations.items()
        if equation.type != SUBEXPRESSION
        and equation.var_type == FLOAT
        and "linked" not in equation.flags
        and name not in hidden
    ]
    for name in model.single:
        if name not in stored:
            raise unknown(
                f"variable of {component} ('{model.name}') that 'single' could keep in single precision:",
                name,
                stored,
            )


def _expect_cell(component: str, model: NeuronModel) -> None:
    for name in ("reset", "refractory"):
        if getattr(model, name) and not model.threshold:
            raise WrongInput(
                f"'{name}' of '{component}' ('{model.name}') does nothing without a threshold; give it one."
            )
    if model.threshold and model.sends == "always":
        raise WrongInput(
            f"'threshold' of '{component}' ('{model.name}') does nothing where sends='always'; leave one out."
        )
    if "spike" in model.events:
        raise WrongInput(
            f"'events' of '{component}' ('{model.name}') has a 'spike', which 'threshold' defines; rename it."
        )


def _expect_modulator(component: str, model: ModulatorModel, equations: Equations) -> None:
    if model.level not in equations:
        raise unknown(f"variable of {component} ('{model.name}') as its level", model.level, equations)
    for transporter, affinity in model.transporters.items():
        if affinity not in model.parameters:
            raise unknown(
                f"parameter of {component} ('{model.name}') as the affinity of '{transporter}'",
                affinity,
                model.parameters,
            )


def _expect_synapse(component: str, model: SynapseModel, equations: Equations) -> None:
    for event in model.on_event:
        if event in ("pre", "post"):
            raise WrongInput(
                f"'on_event' of '{component}' ('{model.name}') cannot have an event '{event}', which is what "
                f"'on_{event}' is for."
            )
    if model.random == "sequence" and not calls_chance(model):
        raise WrongInput(
            f"'random' of '{component}' ('{model.name}') has no effect: nothing of it is drawn at random."
        )
    codes = (model.on_pre, model.on_post, model.step, *model.on_event.values())
    read = set().union(*(used(code) for code in codes), *_read_by(equations))
    for name in model.modulators:
        if name not in equations or equations[name].type != PARAMETER or equations[name].flags:
            raise WrongInput(
                f"'{name}', a modulator of '{component}' ('{model.name}'), must be declared in its equations "
                f"as a plain variable, '{name} : 1'."
            )
        if name not in read:
            raise WrongInput(
                f"'{component}' ('{model.name}') does not read '{name}', which its 'modulators' name."
            )
    expect_bounds(component, model, equations)


def _read_by(equations: Equations) -> Iterable[set[str]]:
    return [set(e.identifiers) for e in equations.values() if e.expr is not None]


def _expect_projection(projection: Projection, experiment: Experiment) -> None:
    name, model = projection.name, projection.model
    for delay, code in (("delay", "on_pre"), ("post_delay", "on_post")):
        if delay in projection.delays and not getattr(model, code):
            raise WrongInput(
                f"'{delay}' of '{name}' is that of '{code}' code, which '{model.name}' has none of."
            )
    if projection.update_interval is not None:
        if not any(reduces(equation) for equation in parsed(model.equations).values()):
            raise WrongInput(
                f"'update_interval' of '{name}' is how often cells sum or compare values of their synapses; "
                f"'{model.name}' has no (summed), (max) or the like."
            )
        whole_steps(f"{name}.update_interval", projection.update_interval, experiment.dt)
    _expect_self(projection, experiment.circuit)
    _expect_own_step(projection)
    _expect_learns(projection, experiment.circuit)


def _expect_self(projection: Projection, circuit: Circuit) -> None:
    """Refuse to leave out connections of cells to themselves where there are none."""
    if getattr(projection.wiring, "self_connections", True):
        return
    (source, first), (target, last) = (place_of(circuit, n) for n in (projection.source, projection.target))
    sizes = [size_of(circuit, n) for n in (projection.source, projection.target)]
    if source != target or first + sizes[0] <= last or last + sizes[1] <= first:
        raise WrongInput(
            f"'self_connections' of '{projection.name}' has no effect: '{projection.source}' and "
            f"'{projection.target}' have no cell in common."
        )


def _expect_own_step(projection: Projection) -> None:
    """Refuse a step of its own where nothing is integrated by it, or a third factor decides when."""
    name, model = projection.name, projection.model
    if projection.dt is None:
        return
    if model.modulators:
        raise WrongInput(
            f"'dt' of '{name}' has no effect on a rule with modulators, integrated with its third factor."
        )
    clocked = [e for e in parsed(model.equations).values() if e.type == DIFFERENTIAL_EQUATION]
    if not (model.step or [e for e in clocked if "event-driven" not in e.flags]):
        raise WrongInput(
            f"'dt' of '{name}' steps differential equations and 'step' code; '{model.name}' has neither."
        )


def _expect_learns(projection: Projection, circuit: Circuit) -> None:
    if projection.learn_after_layer is None:
        return
    name, model = projection.name, projection.model
    source = next((p for p in circuit.populations if projection.source in {p.name, *p.parts}), None)
    if source is None or source.layer is None:
        raise WrongInput(
            f"'learn_after_layer' of '{name}' orders what happens among layers, and its source "
            f"'{projection.source}' is in none."
        )
    if not (model.on_event or model.step):
        raise WrongInput(
            f"'learn_after_layer' of '{name}' places 'on_event' and 'step' code; '{model.name}' has neither."
        )
