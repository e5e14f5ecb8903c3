"""Code of a model, statement by statement, looked at before anything is built.

Brian2 takes a name that it does not know for a local variable where it is set, so that a slip in what is set
goes by in silence. A local variable that no later statement reads is refused here.
"""

import ast
from typing import Any

from brian2.core.functions import Function
from brian2.core.variables import Variable
from brian2.units.fundamentalunits import have_same_dimensions

from neuromodsim.checks.expressions import (
    Mistake,
    Place,
    array_of,
    dimensions_of,
    missing,
)
from neuromodsim.checks.mixed_units import stated
from neuromodsim.checks.scope import Scope
from neuromodsim.description.syntax import Assignment, Unreadable, assignment, pieces
from neuromodsim.transforms.distant_events import OF_TASK

Known = dict[str, Any]  # local variables; one of which the unit cannot be told is no `Variable`


def expect_code(place: Place, code: str) -> None:
    """Raise `WrongInput` for the first statement that cannot be, reads what is not there, or mixes units.

    Parameters
    ----------
    place, code
        The statements, and where they stand.
    """
    local: Known = {}
    unread: dict[str, str] = {}  # local variable -> the statement that sets it
    for text in pieces(code):
        try:
            one = assignment(text)
            for node in ast.walk(one.value):
                unread.pop(getattr(node, "id", ""), None)
            if name := _set_locally(one, place.scope, local):
                unread[name] = text
        except (Unreadable, Mistake) as error:
            raise place.wrong(text, str(error)) from error
    for name, text in unread.items():
        raise place.wrong(text, str(missing(name, place.scope, how="sets")))


def _set_locally(one: Assignment, scope: Scope, local: Known) -> str:
    """Look at one statement, and return the local variable that it begins; nothing if it sets another."""
    name = _target(one.target, scope, local)
    found = dimensions_of(one.value, scope, local)
    if name in scope.names:
        if scope.names[name].fixed:
            raise Mistake(f"sets '{name}', {scope.names[name].fixed}")
        _expect_unit(one, scope.names[name].variable.dim, found)
        return ""
    _expect_free(name, scope)
    if name in local:
        _expect_unit(one, getattr(local[name], "dim", None), found)
        return ""
    if one.operator != "=":
        raise missing(name, scope, local, how="changes")
    local[name] = object() if found is None else Variable(name, dimensions=found)
    return name


def _target(target: ast.Name | ast.Subscript, scope: Scope, local: Known) -> str:
    """Return the variable that a statement sets: of an array, one that stands for all of its entries."""
    if isinstance(target, ast.Subscript):
        dimensions_of(target.slice, scope, local)
        return f"{array_of(target, scope)}_0"
    return f"{target.id}_0" if target.id in scope.arrays else target.id


def _expect_free(name: str, scope: Scope) -> None:
    """Refuse a local variable that is called as something else."""
    of_cells = ("_pre", "_post") if "N_pre" in scope.names else ()
    if name.endswith((*of_cells, OF_TASK)):
        raise missing(name, scope, how="sets")
    word = scope.find(name)
    if word is not None:
        kind = "a table" if name in scope.tables else "a function" if isinstance(word, Function) else "a word"
        raise Mistake(f"sets '{name}', {kind} that equations know; call the variable otherwise")


def _expect_unit(one: Assignment, known: Any, found: Any) -> None:
    """Refuse a value that has another unit than what it is put into or added to."""
    if known is None or found is None:
        return
    name = ast.unparse(one.target)
    if one.operator in ("*=", "/="):
        if not have_same_dimensions(found, 1):
            raise Mistake(f"changes the unit of '{name}' by a factor {stated(found)}")
    elif not have_same_dimensions(known, found):
        raise Mistake(f"puts a value {stated(found)} into '{name}', a variable {stated(known)}")
