"""How differential equations become steps of a program, beyond what Brian2 offers."""

import re
from collections.abc import Callable
from typing import Any

import sympy
from brian2.parsing.sympytools import str_to_sympy, sympy_to_str
from brian2.stateupdaters.base import StateUpdateMethod

from neuromodsim.errors import WrongInput, unknown
from neuromodsim.numerics.chebyshev import chebyshev

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
    binding and unbinding stay stable at any rate. It takes divisions where exp takes a call, so a grid
    of voxels is still vectorised. What couples variables is first order in dt.
    """
    return _relaxing(equations, variables, explicit="")


def spreading(equations: Any, variables: Any, options: Any = None) -> str:
    """Step what spreads, whose slope reads ``laplacian``, by explicit Euler; let the rest relax.

    Diffusion bounds the step anyway, and an explicit step is what published programs take.
    """
    return _relaxing(equations, variables, explicit="laplacian")


def _relaxing(equations: Any, variables: Any, explicit: str) -> str:
    lines, names = [], []
    for name, expression in equations.get_substituted_expressions(variables):
        if name not in equations.diff_eq_names:
            continue
        slope = str_to_sympy(str(expression), variables)
        curve = sympy.diff(slope, sympy.Symbol(name, real=True))
        names.append(name)
        # Taken as constant: then the rule below is explicit Euler's.
        if explicit and slope.has(sympy.Symbol(explicit, real=True)):
            curve = sympy.Integer(0)
        divided, slope, curve = _divide_once(name, slope, curve)
        lines += [*divided, f"_slope_{name} = {sympy_to_str(slope)}"]
        if curve == 0 or curve.has(sympy.Derivative):  # or a function without a derivative
            lines.append(f"_new_{name} = {name} + dt*_slope_{name}")
            continue
        z = f"_z_{name}"
        lines.append(f"{z} = dt*({sympy_to_str(curve)})")
        # The denominator 1 - 2 z/3 + z²/6, with one multiplication less.
        rule = f"(1 - {z}/6)/(1 + {z}*({z} - 4)/6)"
        lines.append(f"_new_{name} = {name} + dt*_slope_{name}*{rule}")
    # Assigned together at the end, so that every slope is taken at the beginning of the step.
    return "\n".join([*lines, *(f"{name} = _new_{name}" for name in names)])


def _divide_once(name: str, slope: sympy.Expr, curve: sympy.Expr) -> tuple[list[str], sympy.Expr, sympy.Expr]:
    """Return a slope and its derivative that divide by the variable once, and the lines for that."""
    variable = sympy.Symbol(name, real=True)
    # Michaelis-Menten uptake divides by C + K_m in the slope and by its square in the derivative: one inverse
    # serves both.
    powers = {p for e in (slope, curve) for p in e.atoms(sympy.Pow) if p.exp.is_negative and p.has(variable)}
    lines, swaps = list[str](), dict[sympy.Expr, sympy.Expr]()
    for number, base in enumerate(sorted({p.base for p in powers}, key=str)):
        inverse = sympy.Symbol(f"_one_over_{number}_{name}", real=True)
        lines.append(f"{inverse} = 1/({sympy_to_str(base)})")
        swaps |= {p: inverse ** (-p.exp) for p in powers if p.base == base and p.exp.is_Integer}
    return lines, slope.xreplace(swaps), _products(curve.xreplace(swaps))


def _products(expression: sympy.Expr) -> sympy.Expr:
    """Return an expression with whole powers written as products, which compile to multiplications."""
    squares = {p for p in expression.atoms(sympy.Pow) if p.exp.is_Integer and 1 < p.exp <= 3}
    spelled = {p: sympy.Mul(*([p.base] * int(p.exp)), evaluate=False) for p in squares}
    return expression.xreplace(spelled)


OURS: dict[str, Code] = {
    "relaxation": relaxation,
    "spreading": spreading,
    "chebyshev": chebyshev(stages=10),
}


def expect_method(component: str, name: str, used: bool, default: str = "exact") -> None:
    """Raise `WrongInput` unless a component's method is one, and is used where it is not the default."""
    ours = HALF_STEPS.fullmatch(name) is not None or name in OURS
    if not ours and name not in StateUpdateMethod.stateupdaters:
        raise unknown(
            f"method of {component}", name, [*OURS, "half_steps(v)", *StateUpdateMethod.stateupdaters]
        )
    if not used and name != default:
        raise WrongInput(
            f"The method '{name}' of '{component}' does nothing: it has no differential equation."
        )


def method(name: str, afterwards: str = "", chance: Callable[[str], str] | None = None) -> str | Code:
    """Return an integration method for Brian2: one of Brian2 by name, or a custom one.

    Custom methods are ``half_steps(v)``, ``relaxation``, ``spreading`` and ``chebyshev``.

    ``afterwards`` is Brian code run for each cell in the same pass, which saves a walk over all; ``chance``
    rewrites the random calls that a method makes of ``xi``.
    """
    ours = HALF_STEPS.fullmatch(name)
    inner: Any = half_steps(ours[1]) if ours else OURS.get(name, name)
    if not afterwards and chance is None:
        return inner  # type: ignore[no-any-return]
    if isinstance(inner, str):
        inner = StateUpdateMethod.stateupdaters[name]

    def with_more(equations: Any, variables: Any, options: Any = None) -> str:
        code = inner(equations, variables, options)
        return f"{code if chance is None else chance(code)}\n{afterwards}"

    return with_more
