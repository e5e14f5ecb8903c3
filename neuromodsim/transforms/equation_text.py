"""Parsed equations as text again."""

from collections.abc import Collection, Iterable

from brian2.equations import Equations
from brian2.equations.equations import DIFFERENTIAL_EQUATION, FLOAT, SingleEquation

from neuromodsim.units.quantities import unit_text


def line(equation: SingleEquation, *, clock_driven: bool = False) -> str:
    """Return an equation as Brian2 parses it; its own text spells some units as it does not.

    With ``clock_driven``, an event-driven equation is made clock-driven.
    """
    left = f"d{equation.varname}/dt" if equation.type == DIFFERENTIAL_EQUATION else equation.varname
    right = "" if equation.expr is None else f" = {equation.expr.code}"
    kind = unit_text(equation.dim) if equation.var_type == FLOAT else equation.var_type
    named = ("clock-driven" if clock_driven and f == "event-driven" else f for f in equation.flags)
    flags = f" ({', '.join(named)})" if equation.flags else ""
    return f"{left}{right} : {kind}{flags}"


def lines(equations: Equations, names: Iterable[str], clock_driven: Collection[str] = ()) -> str:
    """Return some of the equations, each on a line of its own; those in ``clock_driven`` are made so."""
    return "\n".join(line(equations[name], clock_driven=name in clock_driven) for name in names)
