"""What lets many small programs be made in little time: nothing is worked out twice."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sympy
from sympy.matrices.matrixbase import MatrixBase

_known: dict[Any, Any] = {}
_exp = MatrixBase.exp


def _once(matrix: Any) -> Any:
    """Return the exponential of a matrix as SymPy has worked it out for one with other names in it."""
    symbols = list(dict.fromkeys(s for entry in matrix for s in sorted(entry.free_symbols, key=str)))
    places = {s: sympy.Symbol(f"x_{k}", **s.assumptions0) for k, s in enumerate(symbols)}
    key = sympy.ImmutableMatrix(matrix).xreplace(places)
    if key not in _known:
        _known[key] = _exp(sympy.Matrix(key))
    return _known[key].xreplace({place: s for s, place in places.items()})


@contextmanager
def making() -> Iterator[None]:
    """Let exponentials of matrices that are equal but for names be worked out once in a process.

    Nor is every piece of code written to a log.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MatrixBase, "exp", _once)
        patch.setattr(logging.getLogger("brian2"), "disabled", True)
        yield
