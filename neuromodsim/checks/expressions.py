"""One expression of a model, looked at before anything is built: its names, its functions and its units.

What cannot be told here is left to Brian2.
"""

import ast
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from brian2.core.functions import Function
from brian2.core.variables import Variable
from brian2.parsing.expressions import is_boolean_expression, parse_expression_dimensions
from brian2.units.fundamentalunits import DimensionMismatchError, get_dimensions, have_same_dimensions

from neuromodsim.checks.mixed_units import mixed, stated
from neuromodsim.checks.scope import Scope, functions
from neuromodsim.description.syntax import Unreadable, expression
from neuromodsim.errors import MOST, WrongInput, near
from neuromodsim.transforms.distant_events import OF_TASK
from neuromodsim.units.quantities import unit_names, written_names

LETTERS = ("s", "V", "A", "S", "F")  # for which equations have longer words
UNSAID = ("random_key", "replica", "replica_i")
NOWHERE = dict.fromkeys(("_pre", "_post"), "only synapses read names of their two ends")
NOWHERE[OF_TASK] = "there is no task"
SUFFIXES = tuple(NOWHERE)
Locals = Mapping[str, Variable]


@dataclass(frozen=True)
class Place:
    """Where a text stands: in what, of which component and model, and what it can name."""

    field: str  # as a sentence says it: "'reset'", "the equations"
    component: str
    model: str
    scope: Scope

    def wrong(self, text: str, said: str) -> WrongInput:
        """Return the error for a text."""
        shown = " ".join(text.split())
        model = f" ('{self.model}')" if self.model != self.component else ""
        end = "" if said.endswith("?") else "."
        return WrongInput(f"'{shown}', in {self.field} of '{self.component}'{model}, {said}{end}")


class Mistake(Exception):
    """What is wrong with an expression, in words."""


def expect_condition(place: Place, text: str, *, or_time: bool = False) -> None:
    """Raise `WrongInput` unless a text is a condition, which is true or false.

    Parameters
    ----------
    place, text
        The text, and where it stands.
    or_time
        Whether it may be a time as well, as a refractory period.
    """
    try:
        tree = _indexed(_read(text), place.scope, {})
        dimensions = dimensions_of(tree, place.scope, {})
        if dimensions is None or _is_condition(tree, _variables(tree, place.scope, {})):
            return
        if or_time and have_same_dimensions(dimensions, written_names()["s"].dim):
            return
        if or_time:
            raise Mistake(f"must be a time or a condition, and is {stated(dimensions)}")
        raise Mistake("is no condition, which is true or false, as 'v > v_t' is")
    except Mistake as error:
        raise place.wrong(text, str(error)) from error


def expect_equation(place: Place, line: str, text: str, wanted: Any, rate_of: Any = None) -> None:
    """Raise `WrongInput` unless the right-hand side of an equation is there and has the right unit.

    Parameters
    ----------
    place, line, text
        The right-hand side, and the whole equation.
    wanted, rate_of
        The dimensions that it must have, any if None; and those of the variable, if it is the rate of change
        of one.
    """
    try:
        found = dimensions_of(_read(text), place.scope, {})
        if found is None or wanted is None or have_same_dimensions(found, wanted):
            return
        said = f"has a right-hand side {stated(found)}, which must be {stated(wanted)}"
        if rate_of is not None and have_same_dimensions(found, rate_of):
            said += "; divide it by a time"
        raise Mistake(said)
    except Mistake as error:
        raise place.wrong(line, str(error)) from error


def dimensions_of(tree: ast.expr, scope: Scope, local: Locals) -> Any:
    """Return the dimensions of an expression; None where they cannot be told.

    Raises
    ------
    Mistake
        If it reads what is not there, or mixes units.
    """
    tree = _indexed(tree, scope, local)
    _expect_names(tree, scope, local)
    known = _variables(tree, scope, local)
    try:
        return parse_expression_dimensions(tree, known, orig_expr="")
    except DimensionMismatchError as error:
        said = mixed(tree, known) or f"mixes units: {' '.join(str(error).split()).rstrip('.')}"
        raise Mistake(said) from error
    except SyntaxError as error:
        if "was called with" not in error.msg:
            return None
        raise Mistake(_miscalled(tree, known) or error.msg.rstrip(".")) from error
    except Exception:  # Brian2 has its own words for it when it builds the network
        return None


def _miscalled(tree: ast.expr, known: Mapping[str, Any]) -> str:
    """Return which function of an expression is given too much or too little."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            count = len(known[node.func.id]._arg_units)  # type: ignore[attr-defined]
            if count != len(node.args):
                return f"gives '{ast.unparse(node.func)}' {len(node.args)} values in place of {count}"
    return ""


def _read(text: str) -> ast.expr:
    try:
        return expression(text)
    except Unreadable as error:
        raise Mistake(str(error)) from error


def _is_condition(tree: ast.expr, known: Mapping[str, Any]) -> bool:
    try:
        return bool(is_boolean_expression(tree, known))
    except SyntaxError:
        return False
    except Exception:  # what is not known is left to Brian2
        return True


def _variables(tree: ast.expr, scope: Scope, local: Locals) -> dict[str, Any]:
    named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    found = {name: local.get(name, scope.find(name)) for name in named}
    return {name: variable for name, variable in found.items() if variable is not None}


class _Entries(ast.NodeTransformer):
    """Puts an array in the place of each of its entries, which have its unit."""

    def __init__(self, scope: Scope, local: Locals) -> None:
        self.scope, self.local = scope, local

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        """Return the name of the first entry, once the index has been looked at."""
        name = array_of(node, self.scope)
        dimensions_of(node.slice, self.scope, self.local)
        return ast.Name(f"{name}_0", ast.Load())


def array_of(node: ast.Subscript, scope: Scope) -> str:
    """Return the array that an entry is of; raise `Mistake` if it is of none."""
    said, name = ast.unparse(node), ast.unparse(node.value)
    if name in scope.arrays:
        return name
    if f"{name.removesuffix(OF_TASK)}_0{OF_TASK}" in scope.names:
        raise Mistake(f"has '{said}' in it; other models read entries one by one, as '{_entry(name)}'")
    raise Mistake(f"has '{said}' in it, and '{name}' is no array, which equations of a task can declare")


def _entry(name: str) -> str:
    return f"{name.removesuffix(OF_TASK)}_0{OF_TASK}"


def _indexed(tree: ast.expr, scope: Scope, local: Locals) -> ast.expr:
    if not any(isinstance(node, ast.Subscript) for node in ast.walk(tree)):
        return tree
    return _Entries(scope, local).visit(deepcopy(tree))  # type: ignore[no-any-return]


def _expect_names(tree: ast.expr, scope: Scope, local: Locals) -> None:
    called = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Name) or node.id in ("True", "False"):
            continue
        name, found = node.id, local.get(node.id, scope.find(node.id))
        is_function = isinstance(found, Function)
        if id(node) in called and not is_function:
            known = [*functions(), *scope.tables]
            guess = near(name, known)
            raise Mistake(
                f"calls '{name}', which is no function"
                + (f"; did you mean {', '.join(guess)}?" if guess else " that equations know")
            )
        if id(node) not in called and is_function:
            kind, index = ("table", "k") if name in scope.tables else ("function", "")
            raise Mistake(f"reads '{name}', a {kind}, as a number; write {name}({index})")
        if found is None:
            raise missing(name, scope, local)


def missing(name: str, scope: Scope, local: Iterable[str] = (), how: str = "reads") -> Mistake:
    """Return what is said of a name that is not there, and that a text reads, sets or changes."""
    if name in scope.arrays:
        return Mistake(f"{how} '{name}', an array, without an index; write {name}[k]")
    said = f"{how} '{name}', which is not there" + (" and which nothing reads" if how == "sets" else "")
    if name in LETTERS:
        return Mistake(f"{said}; write the unit as {stated(get_dimensions(written_names()[name]))[3:]}")
    known = [n for n, named in scope.names.items() if how == "reads" or not named.fixed]
    known += [*local, *(scope.tables if how == "reads" else ())]
    ending = next((suffix for suffix in SUFFIXES if name.endswith(suffix)), "")
    alike = [n.removesuffix(ending) for n in known if n.endswith(ending or SUFFIXES) == bool(ending)]
    if ending and not alike:
        return Mistake(f"{said}; {NOWHERE[ending]}")
    guess = [f"{one}{ending}" for one in near(name.removesuffix(ending), alike)] or near(name, unit_names())
    if guess:
        return Mistake(f"{said}; did you mean {', '.join(guess)}?")
    listed = sorted(f"{n}{ending}" for n in alike if n not in UNSAID and not n.startswith("_"))
    more = f" and {len(listed) - MOST} more" if len(listed) > MOST else ""
    return Mistake(f"{said}; known: {', '.join(listed[:MOST]) or 'none'}{more}")
