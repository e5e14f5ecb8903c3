"""Bounds of synaptic variables: code that holds a variable within them, and the numbers that make sense.

A bound holds whenever code has run, and at every moment in between. What jumps over it in the code of a
spike is at the bound when that code ends; what is integrated step by step is held in every step.
"""

from collections.abc import Collection, Iterable, Mapping

from brian2.equations import Equations

from neuromodsim.code_names import assigned
from neuromodsim.model import SynapseModel


def clip(model: SynapseModel, names: Collection[str], called: Mapping[str, str]) -> list[str]:
    """Return statements that hold those of these variables that have bounds; ``called`` renames some."""
    held = [(called.get(name, name), *ends) for name, ends in model.bounds.items() if name in names]
    return [f"{name} = clip({name}, {low}, {high})" for name, low, high in held]


def after(model: SynapseModel, code: str) -> str:
    """Return code of a spike, after which all that it sets is within its bounds."""
    if not code or not model.bounds:
        return code
    return "\n".join([code, *clip(model, assigned(code), {})])


def integrated(equations: Equations, names: Iterable[str]) -> list[str]:
    """Return the variables that are integrated in every step."""
    return [n for n in names if n in equations.diff_eq_names and "event-driven" not in equations[n].flags]
