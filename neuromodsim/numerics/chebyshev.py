"""A stabilised Runge-Kutta method for reactions, in which the fastest step is no one's concern.

Mass action couples substances that meet in microseconds to targets that are phosphorylated over
minutes. An explicit method of the usual kind is held to the fastest rate by stability, not by
accuracy; an implicit one would solve a linear system in every step of every row. Runge-Kutta-Chebyshev
methods (Sommeijer, Shampine and Verwer 1998, Journal of Computational and Applied Mathematics
88:315-326, doi 10.1016/S0377-0427(97)00219-7) spend their stages on stability instead: with s stages,
second order, and stable up to dt·rate = 0.65 (s² - 1) along the negative real axis, so ten stages go
sixteen times as far as ten Euler steps. Linear invariants, such as the total of an enzyme, are kept to
rounding.
"""

from collections.abc import Callable
from typing import Any

from brian2.stateupdaters.base import UnsupportedEquationsException
from brian2.utils.stringtools import word_substitute
from numpy.polynomial.chebyshev import Chebyshev

Code = Callable[..., str]


def chebyshev(stages: int) -> Code:
    """Return a Runge-Kutta-Chebyshev method of second order with that many stages."""
    table = coefficients(stages)

    def steps(equations: Any, variables: Any, options: Any = None) -> str:
        if equations.is_stochastic:
            raise UnsupportedEquationsException("A Chebyshev method cannot take noise.")
        names = sorted(equations.diff_eq_names)
        lines = _slopes(equations, names, 0, 0.0)
        for stage, (mu, nu, mu_slope, gamma, _) in enumerate(table, start=1):
            # Local names, so that every stage sees all variables as they were at its own time.
            for name in names:
                last, before = _at(name, stage - 1), _at(name, stage - 2)
                moved = f"{mu_slope!r}*dt*{_slope(name, stage - 1)}"
                if stage == 1:
                    lines.append(f"{_at(name, 1)} = {name} + {moved}")
                    continue
                kept = f"{1 - mu - nu!r}*{name} + {mu!r}*{last} + {nu!r}*{before}"
                lines.append(f"{_at(name, stage)} = {kept} + {moved} + {gamma!r}*dt*{_slope(name, 0)}")
            if stage < stages:
                lines += _slopes(equations, names, stage, table[stage - 1][-1])
        return "\n".join([*lines, *(f"{name} = {_at(name, stages)}" for name in names)])

    return steps


def coefficients(stages: int) -> list[tuple[float, float, float, float, float]]:
    """Return mu, nu, mu~, gamma~ and the share of the step that has passed, for each stage."""
    # In the paper's notation and with its damping: without any, the region of stability would be pinched to
    # the real axis at some points.
    damping = 2 / 13
    w0 = 1 + damping / stages**2
    bases = [Chebyshev.basis(k) for k in range(stages + 1)]
    value, first, second = (
        [float(p.deriv(order)(w0)) if order else float(p(w0)) for p in bases] for order in (0, 1, 2)
    )
    w1 = first[stages] / second[stages]
    b = [second[k] / first[k] ** 2 for k in range(2, stages + 1)]
    # b0 and b1 are free in a method of second order; b2 for both, as published.
    b = [b[0], b[0], *b]
    a = [1 - b[k] * value[k] for k in range(stages + 1)]
    times = [w1 * second[k] / first[k] for k in range(2, stages + 1)]
    # The formula of the times begins at the second stage: for the first, its second derivative is zero.
    times = [0.0, times[0] / first[2], *times]
    table = [(0.0, 0.0, b[1] * w1, 0.0, times[1])]
    for k in range(2, stages + 1):
        mu_slope = 2 * b[k] * w1 / b[k - 1]
        table.append((2 * b[k] * w0 / b[k - 1], -b[k] / b[k - 2], mu_slope, -a[k - 1] * mu_slope, times[k]))
    return table


def _at(name: str, stage: int) -> str:
    return f"_{name}_at_{stage}" if stage else name


def _slope(name: str, stage: int) -> str:
    return f"_slope_{name}_at_{stage}"


def _slopes(equations: Any, names: list[str], stage: int, passed: float) -> list[str]:
    """Return the lines that work out all slopes from the variables of a stage; each flux once."""
    needed = _needed(equations, names)
    now = {name: _at(name, stage) for name in names}
    now |= {name: f"_{name}_at_{stage}" for name in needed}
    if stage:
        now["t"] = f"(t + {passed!r}*dt)"
    lines = [f"{now[name]} = {word_substitute(str(equations[name].expr), now)}" for name in needed]
    return lines + [f"{_slope(n, stage)} = {word_substitute(str(equations[n].expr), now)}" for n in names]


def _needed(equations: Any, names: list[str]) -> list[str]:
    """Return the derived variables that slopes depend on, each after those that it reads."""
    wanted, order = set(names), []
    for name, equation in reversed([(e.varname, e) for e in equations.ordered]):
        fixed = "constant over dt" in equation.flags
        if name in wanted and equation.expr is not None and not fixed:
            wanted |= equation.identifiers
            if name not in names:
                order.append(name)
    return order[::-1]
