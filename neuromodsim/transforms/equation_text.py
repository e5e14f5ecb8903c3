"""Parsed equations as text again."""

from collections.abc import Iterable

from brian2.equations import Equations
from brian2.equations.equations import DIFFERENTIAL_EQUATION, FLOAT, SingleEquation

from neuromodsim.units.quantities import unit_text


def line(equation: SingleEquation) -> str:
    """Return an equation as Brian2 parses it; its own text spells some units as it does not."""
    left = f"d{equation.varname}/dt" if equation.type == DIFFERENTIAL_EQUATION else equation.varname
    right = "" if equation.expr is None else f" = {equation.expr.code}"
    kind = unit_text(equation.dim) if equation.var_type == FLOAT else equation.var_type
    flags = f" ({', '.join(equation.flags)})" if equation.flags else ""
    return f"{left}{right} : {kind}{flags}"


def lines(equations: Equations, names: Iterable[str]) -> str:
    """Return some of the equations, each on a line of its own."""
    return "\n".join(line(equations[name]) for name in names)
