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
    """Return the exponential of a matrix as sympy has worked it out for one that is equal."""
    key = sympy.ImmutableMatrix(matrix)
    if key not in _known:
        _known[key] = _exp(matrix)
    return _known[key]


@contextmanager
def making() -> Iterator[None]:
    """Let equal exponentials of matrices be worked out once, in all rules of a process.

    Nor is every piece of code written to a log.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MatrixBase, "exp", _once)
        patch.setattr(logging.getLogger("brian2"), "disabled", True)
        yield
