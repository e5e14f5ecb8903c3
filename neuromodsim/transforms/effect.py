"""What a modulator changes: an expression takes the place of a parameter wherever it is read.

The published form of an effect, such as *vr → vr (1 + K φ)*, is what is written::

    EffectModel(changes={"v_rest": "v_rest*(1 + K*D1)"}, reads=("D1",), ...)

The parameter keeps its name, its path and its value; only what the equations and code of the target
read in its place is the expression. Several effects on one parameter are applied in sequence.
"""

import re
import textwrap
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from brian2.utils.stringtools import get_identifiers

from neuromodsim.description.layout import CODES, laid_out, swap
from neuromodsim.description.model import EffectModel, Model, ModulatorModel
from neuromodsim.errors import WrongInput

EQUATION = re.compile(r"^(\s*(?:d\w+\s*/\s*dt|\w+)\s*=)(.*)(:[^:]*)$")
STATEMENT = re.compile(r"^(\s*\w+\s*[-+*/]{0,2}=)(?!=)(.*)$")
CONDITIONS = ("threshold", "refractory")
Change = Callable[[str], str]
Target = TypeVar("Target", bound=Model)


def apply(
    effect: EffectModel,
    model: Target,
    names: Mapping[str, str],
    declared: str = "",
    shared: Collection[str] = (),
) -> Target:
    """Return a model with an effect on it.

    Parameters
    ----------
    effect
        What changes.
    model
        The target.
    names
        What each level that the effect reads is called in the target.
    declared
        Lines that declare these levels in the target, where it has none of them yet.
    shared
        Parameters that several effects on the target may have in common, such as the dose of a drug.

    Raises
    ------
    WrongInput
        If the target does not read what is changed, keeps a variable within it, or has a parameter of the
        effect's already, be it from the same effect of another receptor.
    """
    whole, model = model, laid_out(model)
    _expect_own_parameters(effect, whole, shared)
    # Code that holds a bound is generated from its parameter's name, where no expression can take its place.
    edges = {edge for ends in getattr(model, "bounds", {}).values() for edge in ends}
    for name in effect.changes:
        if name in edges:
            raise WrongInput(f"'{effect.name}' changes '{name}', a bound of '{model.name}': it is fixed.")
        if name not in _read(model):
            raise WrongInput(f"'{effect.name}' changes '{name}', which '{model.name}' does not read.")
    # In parentheses, as it may come to stand in a product.
    expressions = {n: f"({swap(text, names)})" for n, text in effect.changes.items()}
    changed = rewrite(model, lambda code: swap(code, expressions))
    added = tidy(f"{tidy(swap(effect.equations, names))}\n{declared}")
    if isinstance(changed, ModulatorModel):
        changed = replace(changed, transporters={**changed.transporters, **effect.transporters})
    return replace(
        changed,
        equations=f"{tidy(changed.equations)}\n{added}" if added else changed.equations,
        parameters={**model.parameters, **effect.parameters},
        tables={**model.tables, **effect.tables},
        initial={**model.initial, **effect.initial},
        ranges={**model.ranges, **effect.ranges},
        single=(*model.single, *effect.single),
        made_of=(*(whole.made_of or (whole,)), effect),
    )


def _expect_own_parameters(effect: EffectModel, target: Model, shared: Collection[str]) -> None:
    """Refuse a parameter that the target, or an effect on it, has already."""
    for name in effect.parameters:
        if name not in target.parameters:
            continue
        if name not in shared or target.parameters[name] != effect.parameters[name]:
            other = next((one.name for one in target.made_of if name in one.parameters), target.name)
            raise WrongInput(
                f"'{effect.name}' and '{other}' both have a parameter '{name}', which would be one for both; "
                "rename it in one of them."
            )


def tidy(equations: str) -> str:
    """Return equations without empty lines around them or a common indent."""
    return textwrap.dedent(equations.strip("\n").rstrip()).strip()


def _read(model: Model) -> set[str]:
    """Return every name that the equations and code of a model read."""
    found: set[str] = set()

    def note(code: str) -> str:
        found.update(get_identifiers(code))
        return code

    rewrite(model, note)
    return found


def rewrite(model: Target, change: Change) -> Target:
    """Return a model with everything that it reads passed through ``change``, but not what it writes."""
    new: dict[str, Any] = {"equations": _lines(model.equations, EQUATION, change)}
    for name in {f.name for f in fields(model)}:
        value = getattr(model, name)
        if name in CONDITIONS:
            new[name] = change(value)
        elif name in CODES:
            new[name] = _lines(value, STATEMENT, change)
        elif name == "events":
            new[name] = {event: change(condition) for event, condition in value.items()}
        elif name == "on_event":
            new[name] = {event: _lines(code, STATEMENT, change) for event, code in value.items()}
    return replace(model, **new)


def _lines(text: str, form: re.Pattern[str], change: Change) -> str:
    return "\n".join(_line(line, form, change) for line in text.split("\n"))


def _line(line: str, form: re.Pattern[str], change: Change) -> str:
    code, mark, comment = line.partition("#")
    match = form.match(code)
    if match is None:
        return line
    ending = match[3] if match.re.groups == 3 else ""
    return f"{match[1]}{change(match[2])}{ending}{mark}{comment}"
