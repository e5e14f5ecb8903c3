"""What a delay can be: one time, a time for each synapse, or an expression that is worked out for each."""

import ast
from typing import Any

import numpy as np
from brian2.units import get_dimensions, second

from neuromodsim.description import expectations, gate
from neuromodsim.errors import WrongInput

SIDES = {"delay": "pre", "post_delay": "post"}  # whose spikes each delay follows


def read(name: str, given: Any) -> Any:
    """Return a delay as it is kept: None, one quantity, an array of shape ``(synapse,)``, or an expression.

    Raises
    ------
    WrongInput
        If it is none of these, or has another unit, is negative or not finite.
    """
    if isinstance(given, str):
        if _calculates(given):
            return given
        given = gate.as_time(name, given)
    if given is None:
        return None
    what = f"The {' of '.join((name.split(' of ')[0], repr(name.split(' of ')[1])))}"
    if np.ndim(given) != 1 or get_dimensions(given) is not second.dim:
        return expectations.quantity(what, given, 1.0 * second, least=0)
    held = np.asarray(given)
    wrong = ~(np.isfinite(held) & (held >= 0))
    if wrong.any():
        expectations.quantity(what, held[wrong][0] * second, 1.0 * second, least=0)
    return given


def individual(delay: Any) -> bool:
    """Whether each synapse has a delay of its own."""
    return isinstance(delay, str) or np.ndim(delay) > 0


def _calculates(text: str) -> bool:
    """Whether text is an expression, and not one time such as ``1 ms`` or ``1*ms``."""
    try:
        gate.as_time("delay", text)
        return False
    except WrongInput:
        pass
    try:
        return isinstance(ast.parse(text.strip(), mode="eval").body, ast.BinOp | ast.Call)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
