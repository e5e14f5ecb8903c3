"""Parsed equations as text again."""

from collections.abc import Collection, Iterable, Mapping

from brian2.equations import Equations
from brian2.equations.equations import DIFFERENTIAL_EQUATION, FLOAT, SingleEquation

from neuromodsim.description.layout import swap
from neuromodsim.units.quantities import unit_text

NO_NAMES: Mapping[str, str] = {}


def line(equation: SingleEquation, *, clock_driven: bool = False, names: Mapping[str, str] = NO_NAMES) -> str:
    """Return an equation as Brian2 parses it; its own text spells some units as it does not.

    With ``clock_driven``, an event-driven equation is made clock-driven; ``names`` renames variables.
    """
    name = names.get(equation.varname, equation.varname)
    left = f"d{name}/dt" if equation.type == DIFFERENTIAL_EQUATION else name
    right = "" if equation.expr is None else f" = {swap(equation.expr.code, names)}"
    kind = unit_text(equation.dim) if equation.var_type == FLOAT else equation.var_type
    named = ("clock-driven" if clock_driven and f == "event-driven" else f for f in equation.flags)
    flags = f" ({', '.join(named)})" if equation.flags else ""
    return f"{left}{right} : {kind}{flags}"


def lines(
    equations: Equations,
    chosen: Iterable[str],
    clock_driven: Collection[str] = (),
    *,
    names: Mapping[str, str] = NO_NAMES,
) -> str:
    """Return some of the equations, each on a line of its own.

    Those in ``clock_driven`` are made so, and variables are called as ``names`` says.
    """
    return "\n".join(line(equations[c], clock_driven=c in clock_driven, names=names) for c in chosen)
