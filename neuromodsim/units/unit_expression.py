"""What may stand behind a number: products, quotients and powers of units, and nothing else.

::

    product := factor (("*" | "/") factor)*
    factor  := (name | "(" product ")") [("**" | "^") power]
    power   := number | "(" number ["/" number] ")"          of either sign

There are no numbers in it but powers: ``5 2 ms`` and ``5*1e3 ms`` are slips, and no quantity. Between a
number and a bracket stands a sign.
"""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

SPACE = " \t\u00a0\u2009\u202f"  # also those that typesetting puts between a number and its unit
TOKEN = re.compile(rf"[{SPACE}]*(?:([A-Za-zµμΩ]+[0-9]?)|((?:0|[1-9][0-9]*)(?:\.[0-9]+)?)|(\*\*|[*/()^+-]))")
DEEPEST = 10  # brackets in brackets
HIGHEST = 60  # power
SIZES = 1e-290, 1e290  # of a unit, in SI units: beyond, numbers lose digits
LETTERS = str.maketrans({"µ": "u", "μ": "u", "Ω": "ohm"})


class Refused(ValueError):
    """A text that is no expression of units."""


def size_of(text: str, units: Mapping[str, Any]) -> Any:
    """Return what an expression of units stands for, as a quantity of SI units.

    A leading ``*`` is left out; a leading ``/`` divides.

    Raises
    ------
    Refused
        If it is none, has a unit that is not there, or a size that no number holds.
    """
    reader = _Reader(_tokens(text), units)
    with np.errstate(all="ignore"):
        value = reader.whole()
    if not SIZES[0] < float(np.asarray(value)) < SIZES[1]:
        raise Refused("no number holds it")
    return value


def _tokens(text: str) -> list[str]:
    found, place, end = [], 0, len(text.rstrip(SPACE))
    while place < end:
        match = TOKEN.match(text, place)
        if match is None:
            raise Refused(text[place:])
        found.append(match[0].strip(SPACE))
        place = match.end()
    return found


class _Reader:
    """Reads tokens from left to right, by the three rules above."""

    def __init__(self, tokens: list[str], units: Mapping[str, Any]) -> None:
        self.tokens = [*tokens, ""]
        self.units = units
        self.place = self.depth = 0

    def whole(self) -> Any:
        """Read all there is."""
        if self._takes("/"):
            value = self._further(1.0 / self._factor())
        else:
            if not self._takes("*") and self.tokens[0] == "(":
                raise Refused("(")  # of "5 (ms)**2" some make 25
            value = self._product()
        if self.tokens[self.place]:
            raise Refused(self.tokens[self.place])
        return value

    def _takes(self, *wanted: str) -> str:
        """Return the next token and go on, if it is one of these; an empty text if not."""
        token = self.tokens[self.place]
        if token not in wanted:
            return ""
        self.place += 1
        return token

    def _product(self) -> Any:
        return self._further(self._factor())

    def _further(self, value: Any) -> Any:
        while sign := self._takes("*", "/"):
            other = self._factor()
            value = value * other if sign == "*" else value / other
        return value

    def _factor(self) -> Any:
        base = self._bracket() if self._takes("(") else self._unit()
        return base ** self._power() if self._takes("**", "^") else base

    def _bracket(self) -> Any:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Refused("too many brackets")
        value = self._product()
        self._expect(")")
        self.depth -= 1
        return value

    def _unit(self) -> Any:
        name = self.tokens[self.place]
        known = name if name in self.units else name.translate(LETTERS)
        if known not in self.units:
            raise Refused(name)
        self.place += 1
        return 1.0 * self.units[known]  # not a Unit: Brian2 keeps products of units, and writes them

    def _power(self) -> float:
        if not self._takes("("):
            return self._number()
        power = self._number()
        if self._takes("/"):
            power /= self._number() or float("nan")
        self._expect(")")
        return power

    def _number(self) -> float:
        sign = self._takes("-", "+")
        token = self.tokens[self.place]
        if not token[:1].isdecimal() or float(token) > HIGHEST:
            raise Refused(token)
        self.place += 1
        return -float(token) if sign == "-" else float(token)

    def _expect(self, wanted: str) -> None:
        if not self._takes(wanted):
            raise Refused(f"no {wanted}")
