"""How differential equations become steps of a program, beyond what Brian2 offers."""

from collections.abc import Callable
from typing import Any

from brian2.stateupdaters.base import StateUpdateMethod

Code = Callable[..., str]


def half_steps(equations: Any, variables: Any, options: Any = None) -> str:
    """Step the first variable by two Euler half-steps, then each other one by a full step.

    Each statement sees the values that earlier ones have already changed. This is the scheme of
    Izhikevich (2003, 2007), where the half-steps keep the membrane potential stable at 1 ms.
    """
    differential = [
        (name, expression)
        for name, expression in equations.get_substituted_expressions(variables)
        if name in equations.diff_eq_names
    ]
    (first, slope), *others = differential
    lines = [f"{first} = {first} + 0.5*dt*({slope})"] * 2
    lines += [f"{name} = {name} + dt*({slope})" for name, slope in others]
    return "\n".join(lines)


def method(name: str, afterwards: str = "") -> str | Code:
    """Return an integration method for Brian2: its own by name, or ours, then more code.

    ``afterwards`` is Brian code run for each cell in the same pass, which saves a walk over all.
    """
    if not afterwards:
        return half_steps if name == "half_steps" else name
    inner: Any = half_steps if name == "half_steps" else StateUpdateMethod.stateupdaters[name]

    def with_more(equations: Any, variables: Any, options: Any = None) -> str:
        return f"{inner(equations, variables, options)}\n{afterwards}"

    return with_more
