"""The pair rule, worked out from event to event in plain Python; nothing of the engine is used.

Between two events the tag c and the dopamine d decay, so with 1/tau = 1/tau_c + 1/tau_d the weight
moves by c*tonic*tau_c*(1 - exp(-T/tau_c)) + c*d*tau*(1 - exp(-T/tau)). Neither changes its sign on the
way, so the weight meets a limit only once, and clipping it at the end is exact.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, expm1, inf


@dataclass(frozen=True)
class Pair:
    """The rule's constants: times in seconds, the weight in its own unit."""

    tau_c: float = 1.0
    tau_d: float = 0.2
    tau_plus: float = 0.02
    tau_minus: float = 0.02
    tau_w: float = 1.0
    a_plus: float = 1.0
    a_minus: float = 1.5
    tonic: float = 0.0
    step: float = 1.0
    low: float = -inf
    high: float = inf
    additive: bool = False  # whether traces add up over spikes, or see the nearest only
    start: float = 0.0


def weight(
    rule: Pair,
    pre: Iterable[int],
    post: Iterable[int],
    dopamine: Iterable[int],
    until: Sequence[int],
    dt: float,
) -> list[float]:
    """Return the weight at the beginning of the steps ``until``, from the steps of all events.

    Events of one step happen in the order dopamine (which nothing else of the step reads), pre, post.
    """
    events = [(n + 1, 0) for n in dopamine] + [(n + 1, 1) for n in pre] + [(n + 1, 2) for n in post]
    events += [(n, 3) for n in until]
    w, c, d, x, y, last, found = rule.start, 0.0, 0.0, 0.0, 0.0, 0, []
    for step, kind in sorted(events):
        gap, last = (step - last) * dt, step
        tau = 1 / (1 / rule.tau_c + 1 / rule.tau_d)
        w -= c * rule.tonic * rule.tau_c * expm1(-gap / rule.tau_c) / rule.tau_w
        w -= c * d * tau * expm1(-gap / tau) / rule.tau_w
        w = min(max(w, rule.low), rule.high)
        c *= exp(-gap / rule.tau_c)
        d *= exp(-gap / rule.tau_d)
        x *= exp(-gap / rule.tau_plus)
        y *= exp(-gap / rule.tau_minus)
        if kind == 0:
            d += rule.step
        elif kind == 1:
            c -= rule.a_minus * y
            x = x + 1 if rule.additive else 1.0
        elif kind == 2:
            c += rule.a_plus * x
            y = y + 1 if rule.additive else 1.0
        else:
            found.append(w)
    return found
