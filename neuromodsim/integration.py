"""How differential equations become steps of a program, beyond what Brian2 offers."""

import re
from collections.abc import Callable
from typing import Any

from brian2.stateupdaters.base import StateUpdateMethod

Code = Callable[..., str]
HALF_STEPS = re.compile(r"half_steps\((\w+)\)")


def half_steps(first: str) -> Code:
    """Return a method that steps one variable by two Euler half-steps, then the others by a full one.

    Each statement sees the values that earlier ones have already changed. This is the scheme of
    Izhikevich (2003, 2007), where the half-steps keep the membrane potential stable at 1 ms.
    """

    def steps(equations: Any, variables: Any, options: Any = None) -> str:
        # Not substituted, so that what two half-steps share is worked out once.
        slopes = {name: equations[name].expr for name in equations.diff_eq_names}
        lines = [f"{first} = {first} + 0.5*dt*({slopes.pop(first)})"] * 2
        lines += [f"{name} = {name} + dt*({slopes[name]})" for name in sorted(slopes)]
        return "\n".join(lines)

    return steps


def method(name: str, afterwards: str = "") -> str | Code:
    """Return an integration method for Brian2: one of its own by name, or ``half_steps(v)``.

    ``afterwards`` is Brian code run for each cell in the same pass, which saves a walk over all.
    """
    ours = HALF_STEPS.fullmatch(name)
    inner: Any = half_steps(ours[1]) if ours else name
    if not afterwards:
        return inner  # type: ignore[no-any-return]
    if not ours:
        inner = StateUpdateMethod.stateupdaters[name]

    def with_more(equations: Any, variables: Any, options: Any = None) -> str:
        return f"{inner(equations, variables, options)}\n{afterwards}"

    return with_more
