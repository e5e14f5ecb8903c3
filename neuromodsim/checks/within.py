"""Numbers of a run that bounds allow: ends in order, a start between them, and goals between them."""

from collections.abc import Mapping
from typing import Any

import sympy
from brian2.equations import Equations

from neuromodsim.brian import in_turn
from neuromodsim.checks.beyond import first_beyond
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import Parameter, SynapseModel, parsed
from neuromodsim.description.projection import ThirdFactor
from neuromodsim.errors import WrongInput
from neuromodsim.transforms.bounds import goal
from neuromodsim.units.quantities import pretty, unit_names


def expect_within(
    experiment: Experiment, parameters: Mapping[str, Parameter], numbers: Mapping[str, Any]
) -> None:
    """Raise `WrongInput` if a bounded variable starts beyond its bounds, or they are the wrong way round.

    Parameters
    ----------
    experiment
        Whose projections are looked at.
    parameters
        Each ``component.parameter`` as it is used in the run.
    numbers
        Every value of the run in SI units, by path: of a synaptic variable one, or shape ``(synapse,)``.

    Raises
    ------
    WrongInput
        With the variable, its bound, and what came.
    """
    for projection in experiment.circuit.projections:
        model = projection.model
        for name, ends in model.bounds.items():
            path = f"{projection.name}.{name}"
            low, high = (parameters[f"{projection.name}.{end}"].value for end in ends)
            if low > high:
                raise WrongInput(
                    f"'{path}' has the bounds {ends[0]} = {pretty(low)} and {ends[1]} = {pretty(high)}, "
                    "which are in the wrong order."
                )
            _expect_start(path, numbers.get(path, 0.0), low, high)


def _expect_start(path: str, start: Any, low: Any, high: Any) -> None:
    first = first_beyond(start, low, high)
    if first is not None:
        wrong = first * (low / float(low) if float(low) else high / float(high) if float(high) else 1)
        raise WrongInput(
            f"'{path}' starts at {pretty(wrong)}, beyond its bounds {pretty(low)} and {pretty(high)}."
        )


@in_turn
def expect_goals(experiment: Experiment, parameters: Mapping[str, Parameter], how: ThirdFactor) -> None:
    """Raise `WrongInput` if what relaxes between spikes would leave its bounds there, unseen."""
    for projection in experiment.circuit.projections:
        model = projection.model
        equations = parsed(model.equations)
        for name, ends in model.bounds.items():
            if name in equations.diff_eq_names:
                driven = "event-driven" in equations[name].flags
                if driven or (model.modulators and how != "clock-driven"):
                    low, high = (parameters[f"{projection.name}.{end}"].value for end in ends)
                    _expect_goal(f"{projection.name}.{name}", model, parameters, low, high, driven)


def _expect_goal(
    path: str,
    model: SynapseModel,
    parameters: Mapping[str, Parameter],
    low: Any,
    high: Any,
    driven: bool,
) -> None:
    component, _, name = path.partition(".")
    equations = Equations(f"{model.equations}\n{model.declarations()}")
    towards = goal(model, equations, name)
    if towards is None:
        return
    values = {sympy.Symbol(n, real=True): float(u) for n, u in unit_names().items() if n not in equations}
    values |= {
        sympy.Symbol(n, real=True): float(parameters[f"{component}.{n}"].value) for n in model.parameters
    }
    rate, end = (float(expression.subs(values)) for expression in towards)
    if not (rate > 0 and float(low) <= end <= float(high)):
        instead = "leave out (event-driven)" if driven else "run it with third_factor='clock-driven'"
        raise WrongInput(
            f"'{path}' moves to {end:g} between spikes, beyond its bounds {pretty(low)} and {pretty(high)}; "
            f"{instead}."
        )
