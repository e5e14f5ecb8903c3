"""Code of a model as statements: what each writes, how, and what it reads."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from brian2.equations import Equations
from brian2.equations.equations import SUBEXPRESSION
from brian2.parsing.statements import parse_statement
from brian2.utils.stringtools import get_identifiers

from neuromodsim.description.layout import swap
from neuromodsim.description.reductions import reduces


@dataclass(frozen=True)
class Statement:
    """One statement, ``variable operator expression``, such as ``x += 1``."""

    variable: str
    operator: str
    expression: str

    @property
    def names(self) -> set[str]:
        """Every name in it, read or written."""
        return {self.variable, *get_identifiers(self.expression)}

    def reading(self, names: Mapping[str, str]) -> "Statement":
        """Return the same with other texts in the place of what it reads."""
        return replace(self, expression=swap(self.expression, names))

    def __str__(self) -> str:
        return f"{self.variable} {self.operator} {self.expression}"


def statements(code: str) -> list[Statement]:
    """Return the statements of code, as Brian2 separates them."""
    # Comments first: one may have a semicolon in it.
    lines = [part for line in code.split("\n") for part in line.partition("#")[0].split(";")]
    return [Statement(*parse_statement(line)[:3]) for line in lines if line.strip()]


def joined(lines: list[Statement]) -> str:
    """Return statements as code."""
    return "\n".join(map(str, lines))


def worked_out(equations: Equations) -> dict[str, str]:
    """Return the subexpressions that are evaluated where they are read, with nested ones substituted."""
    texts = {
        name: f"int({equation.expr.code})" if equation.var_type == "integer" else f"({equation.expr.code})"
        for name, equation in equations.items()
        if equation.type == SUBEXPRESSION and not (reduces(equation) or "constant over dt" in equation.flags)
    }
    while any(get_identifiers(text) & set(texts) for text in texts.values()):  # Brian2 refuses circles
        texts = {name: swap(text, texts) for name, text in texts.items()}
    return texts
