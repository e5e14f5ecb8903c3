"""``x = y`` copies numbers in NumPy too, as it does in C++.

Brian2's NumPy target writes it as it stands, so ``x`` and ``y`` become one array, and a later ``y += 1`` or
``x *= 2`` of the same code changes both of them without a word.
"""

from collections.abc import Callable
from functools import cache, wraps
from keyword import iskeyword
from typing import Any

from brian2.codegen.generators.numpy_generator import NumpyCodeGenerator


@cache
def copy_on_assignment() -> None:
    """Let Brian2's NumPy target copy, from now on in this process."""
    for name in ("translate_statement", "ufunc_at_vectorisation"):
        setattr(NumpyCodeGenerator, name, _copying(getattr(NumpyCodeGenerator, name)))


def _copying(write: Callable[..., str]) -> Callable[..., str]:
    @wraps(write)
    def written(self: Any, statement: Any, *rest: Any) -> str:
        line, read = write(self, statement, *rest), statement.expr.strip("() ")
        if statement.op not in ("=", ":=") or not read.isidentifier() or iskeyword(read):
            return line
        copied = f"{read}.copy() if getattr({read}, 'ndim', 0) else {read}"  # one number is no array
        return line.replace(f" = {statement.expr}", f" = {copied}", 1)

    return written
