"""Differential equations from a list of reactions, for cascades too large to write out by hand.

One line per reaction, ``<->`` where it can turn back, with the name of each rate constant::

    D1R + DA <-> D1RDA        kf_DA  kr_DA
    GaolfGTP -> GaolfGDP      k_GTPase

A rate is its constant times the concentration of everything on that side; a substance that appears
twice there is multiplied twice and used up twice. Each reaction becomes a named flux, ``r1``, ``r2``, ...,
with the reaction as its comment. ``held`` lists what is given from outside, and does not change.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Reaction:
    """What turns into what, and the names of the rate constants there and, if there is one, back."""

    text: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    rates: tuple[str, ...]

    @classmethod
    def read(cls, line: str) -> Self:
        """Return the reaction that a line describes."""
        text, *rates = (part.strip() for part in line.strip().split("  ") if part.strip())
        arrow = "<->" if "<->" in text else "->"
        if len(rates) != (2 if arrow == "<->" else 1):
            raise ValueError(f"'{line.strip()}' needs one rate constant per direction.")
        left, right = (tuple(s.strip() for s in side.split("+")) for side in text.split(arrow))
        return cls(text, left, right, tuple(rates))

    def flux(self) -> str:
        """Return the net rate, by the law of mass action."""
        sides = zip(self.rates, (self.left, self.right), strict=False)
        return " - ".join("*".join((rate, *side)) for rate, side in sides)

    def made(self, substance: str) -> int:
        """Return how many of a substance a turn of the reaction makes."""
        return self.right.count(substance) - self.left.count(substance)


def reactions(table: str) -> tuple[Reaction, ...]:
    """Return the reactions of a table, one per line; empty lines and comments are left out."""
    lines = (line.partition("#")[0] for line in table.splitlines())
    return tuple(Reaction.read(line) for line in lines if line.strip())


def mass_action(network: Iterable[Reaction], held: Iterable[str] = ()) -> str:
    """Return Brian equations for a network of reactions."""
    network, held = tuple(network), set(held)
    fluxes = {f"r{k}": reaction for k, reaction in enumerate(network, start=1)}
    lines = [f"{n} = {r.flux()} : mmolar/second  # {r.text}" for n, r in fluxes.items()]
    substances = dict.fromkeys(s for r in network for s in (*r.left, *r.right) if s not in held)
    for substance in substances:
        turns = [(reaction.made(substance), n) for n, reaction in fluxes.items() if reaction.made(substance)]
        slope = " + ".join(n if many == 1 else f"({many})*{n}" for many, n in turns)
        lines.append(f"d{substance}/dt = {slope or '0*mmolar/second'} : mmolar")
    return "\n".join(lines)
