"""How equations and code are laid out: one equation or statement per line, and names that are swapped.

Brian2 also takes an equation over several lines, ``dx / dt``, and statements with a semicolon between
them. What looks at a model line by line brings its text into one form first.
"""

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from brian2.equations import Equations

from neuromodsim.description.model import Model
from neuromodsim.errors import WrongInput

CODES = ("reset", "step", "on_pre", "on_post")
SLOPE = re.compile(r"^(\s*)d\s*(\w+)\s*/\s*dt\b")
Laid = TypeVar("Laid", bound=Model)


def laid_out(model: Laid) -> Laid:
    """Return a model with one equation, and one statement, on each line."""
    new: dict[str, Any] = {"equations": equations_laid_out(model.equations)}
    for name in {f.name for f in fields(model)}:
        value = getattr(model, name)
        if name in CODES:
            new[name] = _statements(value)
        elif name == "on_event":
            new[name] = {event: _statements(code) for event, code in value.items()}
    return replace(model, **new)


def equations_laid_out(equations: str) -> str:
    """Return equations with each on one line, which begins ``dx/dt =`` or ``x =``."""
    lines, begun, notes = [], "", ""
    for line in equations.split("\n"):
        code, mark, comment = line.partition("#")
        if not begun and not code.strip():
            lines.append(line)
            continue
        begun = f"{begun.rstrip()} {code.strip()}" if begun else SLOPE.sub(r"\1d\2/dt", code)
        notes += mark + comment
        if ":" in code:
            lines.append(begun + notes)
            begun, notes = "", ""
    return "\n".join([*lines, begun + notes] if begun else lines)


def _statements(code: str) -> str:
    lines = []
    for line in code.split("\n"):
        said, mark, comment = line.partition("#")
        lines.append("\n".join(s for s in said.split(";") if s.strip() or ";" not in said) + mark + comment)
    return "\n".join(lines)


def bare(text: str) -> str:
    """Return a text without comments: Brian2 runs what follows a semicolon in one."""
    return "\n".join(line.partition("#")[0].rstrip() for line in text.split("\n"))


def swap(text: str, names: Mapping[str, str]) -> str:
    """Return a text with all these words swapped at once, so that none is swapped again."""
    if not names:
        return text
    return re.sub(rf"\b({'|'.join(map(re.escape, names))})\b", lambda match: names[match[1]], text)


def expect_name(kind: str, name: str) -> None:
    """Raise `WrongInput` unless equations can read a variable of this name."""
    try:
        Equations.check_identifier(name)
    except (SyntaxError, ValueError) as error:
        raise WrongInput(
            f"'{name}' cannot name a {kind}: a name is letters, digits and _, with a letter first, and not "
            "a word that equations have already, such as t, pi or nM."
        ) from error
