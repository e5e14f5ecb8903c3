"""Bounds of synaptic variables: code that holds a variable within them.

A bound holds whenever code has run, and at every moment in between. What jumps over it in the code of a
spike is at the bound when that code ends; what is integrated step by step is held in every step. What
relaxes between spikes, as event-driven traces do, stays within bounds that its goal is within.
"""

from collections.abc import Collection, Iterable, Mapping

import sympy
from brian2.equations import Equations
from brian2.equations.equations import FLOAT, SUBEXPRESSION
from brian2.parsing.sympytools import str_to_sympy
from brian2.units import get_dimensions

from neuromodsim.description.model import SynapseModel
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.transforms.code_names import assigned
from neuromodsim.transforms.simplified import simplified
from neuromodsim.units.quantities import unit_names


def clip(model: SynapseModel, names: Collection[str], called: Mapping[str, str]) -> list[str]:
    """Return statements that hold those of these variables that have bounds; ``called`` renames some."""
    held = [(called.get(name, name), *ends) for name, ends in model.bounds.items() if name in names]
    return [f"{name} = clip({name}, {low}, {high})" for name, low, high in held]


def after(model: SynapseModel, code: str) -> str:
    """Return code of a spike, after which all that it sets is within its bounds."""
    if not code or not model.bounds:
        return code
    return "\n".join([code, *clip(model, assigned(code), {})])


def integrated(equations: Equations, names: Iterable[str]) -> list[str]:
    """Return the variables that are integrated in every step."""
    return [n for n in names if n in equations.diff_eq_names and "event-driven" not in equations[n].flags]


def goal(model: SynapseModel, equations: Equations, name: str) -> tuple[sympy.Expr, sympy.Expr] | None:
    """Return the rate and the goal of a variable that relaxes, ``dx/dt = rate*(goal - x)``, both constant.

    None if it does not: its slope is not linear in itself, or reads something that changes.
    """
    slope = str_to_sympy(str(dict(equations.get_substituted_expressions())[name]))
    # As Brian2 reads names: a symbol without this would be another one.
    x = sympy.Symbol(name, real=True)
    rate = simplified(-sympy.diff(slope, x))
    rest = simplified(slope + rate * x)
    constant = {*model.parameters, *(unit for unit in unit_names() if unit not in equations)}
    if rate == 0 or not {str(s) for s in rate.free_symbols | rest.free_symbols} <= constant:
        return None
    return rate, simplified(rest / rate)


def expect_bounds(component: str, model: SynapseModel, equations: Equations) -> None:
    """Raise `WrongInput` if bounds are of what has no value of its own, or no parameters of its unit.

    Parameters
    ----------
    component
        The projection's name, for the message.
    model, equations
        The synapse, and its equations as Brian2 reads them.

    Raises
    ------
    WrongInput
        With the variable or the bound.
    """
    where = f"of '{component}' ('{model.name}')"
    own = [
        name
        for name, equation in equations.items()
        if equation.type != SUBEXPRESSION and equation.var_type == FLOAT and name not in model.modulators
    ]
    for name, ends in model.bounds.items():
        if name not in own:
            raise unknown(f"variable {where} that 'bounds' could hold:", name, own)
        if isinstance(ends, str) or len(ends) != 2:
            raise WrongInput(f"The bounds of '{name}' {where} must be two parameters; got {ends!r}.")
        for end in ends:
            if end not in model.parameters:
                raise unknown(f"parameter {where} as a bound of '{name}':", str(end), model.parameters)
            if get_dimensions(model.parameters[end].value) != equations[name].dim:
                raise WrongInput(f"'{end}' {where} must have the unit of '{name}', which it is a bound of.")
        driven = "event-driven" in equations[name].flags
        if driven and goal(model, equations, name) is None:
            raise WrongInput(
                f"'{name}' {where} is event-driven and has bounds, which hold between spikes only for what "
                "relaxes at a constant rate to a constant; leave out (event-driven)."
            )
