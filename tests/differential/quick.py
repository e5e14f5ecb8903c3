"""What lets many small programs be made in little time: nothing is worked out twice."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sympy
from brian2.codegen import translation
from brian2.codegen.generators import base
from brian2.equations import Equations
from sympy.matrices.matrixbase import MatrixBase

_known: dict[Any, Any] = {}
_exp = MatrixBase.exp
_fine: set[str] = set()
_check = Equations.check_identifier


def _once(matrix: Any) -> Any:
    """Return the exponential of a matrix as sympy has worked it out for one that is equal."""
    key = sympy.ImmutableMatrix(matrix)
    if key not in _known:
        _known[key] = _exp(matrix)
    return _known[key]


def _check_once(identifier: str) -> None:
    """Check a name as Brian2 does, and a good one once."""
    if identifier not in _fine:
        _check(identifier)
        _fine.add(identifier)


@contextmanager
def making() -> Iterator[None]:
    """Let equal exponentials of matrices be worked out once, in all rules of a process.

    And let Brian2 translate statements without asking whether it has met them before, with all variables that
    they could read; that takes longer than the translation. Nor is every piece of code written to a log.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MatrixBase, "exp", _once)
        patch.setattr(logging.getLogger("brian2"), "disabled", True)
        plain = translation.make_statements.__wrapped__
        for module in (translation, base):
            patch.setattr(module, "make_statements", plain)
        patch.setattr(Equations, "check_identifier", staticmethod(_check_once))
        yield
