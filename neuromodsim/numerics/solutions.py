"""Variables in exact solutions mean themselves, whatever SymPy calls by their names.

Brian2 puts the name of a variable into the solution of its equation as a text, which SymPy reads: a variable
``E`` becomes Euler's number, ``nan`` no number, and of ``S``, ``gamma`` or ``trace`` comes an error.
"""

from functools import cache, wraps
from importlib import import_module
from typing import Any

import sympy


class Name(str):
    """The name of a variable, which SymPy takes for a symbol and nothing else."""

    def _sympy_(self) -> sympy.Symbol:
        return sympy.Symbol(str(self))


@cache
def keep_names() -> None:
    """Let exact solutions of Brian2 keep the names of variables, from now on in this process."""
    exact: Any = import_module("brian2.stateupdaters.exact")  # its package calls a method so
    found = exact.get_linear_system

    @wraps(found)
    def named(equations: Any, variables: Any) -> Any:
        names, *system = found(equations, variables)
        return [Name(name) for name in names], *system

    # Brian2 has no hook for this. The module's own name is replaced, since the state updater looks it up
    # there.
    exact.get_linear_system = named
