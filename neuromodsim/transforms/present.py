"""What a synapse's variables are at the moment, where it keeps them as of its last spike.

A recorder that looks between two spikes must not see the value at the last one, and must not change
anything either: a value brought up to date twice is rounded twice. So the present value is written to
an array of its own, which is what is recorded.
"""

import re
from typing import Any

from brian2.stateupdaters.exact import linear
from brian2.utils.stringtools import get_identifiers

from neuromodsim.description.layout import swap
from neuromodsim.transforms.statements import Statement, joined, statements, worked_out


def event_driven(synapses: Any) -> dict[str, str]:
    """Return what Brian2's event-driven variables are called in code of their present values."""
    equations = synapses.event_driven
    return {} if equations is None else {name: f"_present_{name}" for name in equations.diff_eq_names}


def update(synapses: Any) -> str:
    """Return code that works the present values of event-driven variables out."""
    names = event_driven(synapses)
    if not names:
        return ""
    # Brian2's own exact solution, over the time since the synapse's last spike in place of a time step.
    code = re.sub(r"\bdt\b", "(t - lastupdate)", linear(synapses.event_driven, synapses.variables))
    lines = [Statement(names.get(s.variable, s.variable), s.operator, s.expression) for s in statements(code)]
    return joined(lines)


def reading(synapses: Any, variable: str, present: dict[str, str]) -> str | None:
    """Return an expression for a variable's present value; None where the variable itself holds it."""
    if variable in present:
        return present[variable]
    texts = worked_out(synapses.equations)
    if variable not in texts or not get_identifiers(texts[variable]) & set(present):
        return None
    return swap(texts[variable], present)
