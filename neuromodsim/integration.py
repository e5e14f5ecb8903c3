"""How differential equations become steps of a program, beyond what Brian2 offers."""

import re
from collections.abc import Callable
from typing import Any

import sympy
from brian2.parsing.sympytools import str_to_sympy, sympy_to_str
from brian2.stateupdaters.base import StateUpdateMethod

from neuromodsim.chebyshev import chebyshev

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


def relaxation(equations: Any, variables: Any, options: Any = None) -> str:
    """Step each variable towards where it relaxes to, by a linearly implicit rule of its own.

    With slope f and its derivative J = df/dx by the variable itself, others held for the step,

        x += dt f (1 - z/6) / (1 - 2 z/3 + z²/6),   z = dt J,

    which is the subdiagonal Padé approximant of the exponential Euler step. Steady states are exact,
    linear decay to third order in dt, and no step is too long for a variable that decays: uptake,
    binding and unbinding stay stable at any rate. It takes one division where exp takes a call, so
    a grid of voxels is still vectorised. What couples variables is first order in dt.
    """
    lines, names = [], []
    for name, expression in equations.get_substituted_expressions(variables):
        if name not in equations.diff_eq_names:
            continue
        slope = str_to_sympy(str(expression), variables)
        curve = sympy.diff(slope, sympy.Symbol(name, real=True))
        names.append(name)
        lines.append(f"_slope_{name} = {sympy_to_str(slope)}")
        if curve == 0 or curve.has(sympy.Derivative):  # constant, or a function without a derivative
            lines.append(f"_new_{name} = {name} + dt*_slope_{name}")
            continue
        lines.append(f"_z_{name} = dt*({sympy_to_str(_factored(curve))})")
        rule = f"(1 - _z_{name}/6)/(1 + _z_{name}*(_z_{name} - 4)/6)"
        lines.append(f"_new_{name} = {name} + dt*_slope_{name}*{rule}")
    return "\n".join([*lines, *(f"{name} = _new_{name}" for name in names)])


def _factored(expression: sympy.Expr) -> sympy.Expr:
    """Return the shorter of an expression and its common form, term by term."""
    together = sympy.Add(*(sympy.factor(term) for term in sympy.Add.make_args(expression)))
    return min((expression, together), key=sympy.count_ops)


OURS: dict[str, Code] = {"relaxation": relaxation, "chebyshev": chebyshev(stages=10)}


def method(name: str, afterwards: str = "") -> str | Code:
    """Return an integration method for Brian2: its own by name, or one of ours.

    Ours are ``half_steps(v)``, ``relaxation`` and ``chebyshev``.

    ``afterwards`` is Brian code run for each cell in the same pass, which saves a walk over all.
    """
    ours = HALF_STEPS.fullmatch(name)
    inner: Any = half_steps(ours[1]) if ours else OURS.get(name, name)
    if not afterwards:
        return inner  # type: ignore[no-any-return]
    if isinstance(inner, str):
        inner = StateUpdateMethod.stateupdaters[name]

    def with_more(equations: Any, variables: Any, options: Any = None) -> str:
        return f"{inner(equations, variables, options)}\n{afterwards}"

    return with_more
