"""Units in words: in which unit something is, and which part of an expression mixes two of them."""

import ast
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from brian2.parsing.expressions import parse_expression_dimensions
from brian2.units import get_dimensions, second
from brian2.units.fundamentalunits import DIMENSIONLESS

from neuromodsim.units.quantities import unit_names, unit_text

PLAIN = "volt amp ohm siemens farad coulomb hertz second metre kilogram molar mole joule watt"
DOES: dict[type[ast.AST], str] = {ast.Add: "adds up", ast.Sub: "subtracts", ast.Mod: "divides"}


@cache
def _plain() -> dict[Any, str]:
    return {unit_names()[name].dim: name for name in PLAIN.split()}


def unit_of(dimensions: Any) -> str:
    """Return a unit as one writes it, ``volt/second``."""
    if dimensions in _plain():
        return _plain()[dimensions]
    rate = _plain().get(dimensions * second.dim)
    return unit_text(dimensions) if rate is None else f"{rate}/second"


def stated(dimensions: Any) -> str:
    """Return in which unit something is.

    Examples
    --------
    >>> from brian2 import mV
    >>> stated(mV.dim)
    'in volt'
    """
    return "without a unit" if dimensions is DIMENSIONLESS else f"in {unit_of(dimensions)}"


def mixed(tree: ast.expr, known: Mapping[str, Any]) -> str:
    """Return which part of an expression mixes units; nothing where that is an argument of a function.

    Parameters
    ----------
    tree, known
        The expression, and what Brian2 takes its names for.
    """
    for node in reversed(list(ast.walk(tree))):  # what is within others comes first
        try:
            said = _wrong(node, lambda part: parse_expression_dimensions(part, known, ""), known)
        except Exception:  # a part of which the unit cannot be told
            continue
        if said:
            return said
    return ""


def _wrong(node: ast.AST, units: Callable[[ast.expr], Any], known: Mapping[str, Any]) -> str:
    if isinstance(node, ast.BinOp) and type(node.op) in DOES:
        sides, does = (node.left, node.right), DOES[type(node.op)]
    elif isinstance(node, ast.Compare):
        sides, does = (node.left, node.comparators[0]), "compares"
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return _argument(node, node.func.id, units, known[node.func.id])
    else:
        return ""
    one, other = map(units, sides)
    return "" if one is other else f"{does} {_said(sides[0], one)}, and {_said(sides[1], other)}"


def _argument(node: ast.Call, name: str, units: Callable[[ast.expr], Any], function: Any) -> str:
    """Return which argument of a call should have another unit than it has."""
    for argument, wanted in zip(node.args, function._arg_units, strict=True):
        found = units(argument)
        if isinstance(wanted, str):
            first = node.args[function._arg_names.index(wanted)]
            if units(first) is not found:
                both = f"{_said(first, units(first))}, and {_said(argument, found)}"
                return f"gives '{name}' {both}, which must have one unit"
        elif wanted is not None and wanted is not bool and get_dimensions(wanted) is not found:
            needed = stated(get_dimensions(wanted))
            return f"gives '{name}' {_said(argument, found)}; it takes a value {needed}"
    return ""


def _said(node: ast.expr, dimensions: Any) -> str:
    return f"'{ast.unparse(node)}', {stated(dimensions)}"
