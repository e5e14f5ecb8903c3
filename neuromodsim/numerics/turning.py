"""Bounds that hold at every moment of a weight which is only looked at now and then.

Between two touches a weight moves by its share of running numbers K, the same for all synapses of a
region: ``w = w0 + s*(K - K0)``, and is held at its bounds. Where K moves in one direction, holding the
weight at the end is the same as holding it all the way. So what a weight has met on its way follows from
the values of K where it *turned*: as long as the whole range of K leaves the weight within its bounds, it
has met none; else it is followed from turn to turn, and held at each. A rule of several eligibilities has
several numbers, which every synapse mixes in its own way, so each step in which more than one of them
moves counts as a turn.

A region keeps the turns since all weights were last brought up to date, and each synapse how many of
them it has passed. Neither is looked at while there are none, as with a modulator of one sign.

A compiled program keeps what has been passed by cell instead of by synapse: a spike touches all synapses of
a cell at once, so a synapse was last touched when the later of its two cells was. Where synapses have delays
of their own, runs of those with one delay take the place of cells. Most spikes find no turn
since the cell's last one, and their loops ask nothing of a synapse. In the others a weight is followed only
if the farthest turns lead it over a bound. Where K is now need not be part of that: if no turn leads over
one, the rest of the way goes in one direction, and holding the weight at its end is enough.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from brian2 import Function
from numpy.typing import NDArray

from neuromodsim.numerics import turning_code as code

Array = NDArray[Any]
# Numbers kept for one weight, 128 MB, before all synapses are brought up to date. A compiled program keeps
# another with each turn: when it came.
MOST_KEPT = 2**24


def longest(rows: int, terms: int) -> int:
    """Return for how many steps there is room for the turns of a weight, if each of them is one."""
    return max(1, MOST_KEPT // (rows * terms))


@dataclass(frozen=True)
class Turning:
    """The functions that a program calls for one bounded weight, by name.

    ``heading(way, *moves)`` says which way the running numbers go; ``noted(turns, way, heading, *numbers,
    row)`` counts turns; ``settled(weight, *(share, number, number seen), low, high, turns, row, why)`` brings
    the weight up to date.
    """

    heading: str
    noted: str
    settled: str
    terms: int

    def place(
        self,
        number: int,
        projection: str,
        rows: int,
        synapses: int,
        runs: tuple[int | None, int | None] = (None, None),
    ) -> code.Place:
        """Return a storage for the turns of a projection, the program's ``number``-th."""
        return code.Place(number, projection, rows, synapses, self.terms, longest(rows, self.terms), runs)

    def functions(self, place: code.Place) -> dict[str, Function]:
        """Return the functions with a storage of their own."""
        kept = Turns(place.rows, place.synapses, self.terms)
        whole, real = ["integer"], ["float"]
        of: dict[str, tuple[str, Any, list[str], str]] = {
            "heading": (self.heading, kept.heading, whole + real * self.terms, "integer"),
            "noted": (self.noted, kept.noted, whole * 3 + real * self.terms + whole, "integer"),
            "settled": (self.settled, kept.settled, real * (3 * self.terms + 3) + whole * 3, "float"),
        }
        return {
            name: _function(kept, place, part, does, takes, gives)
            for part, (name, does, takes, gives) in of.items()
        }


def _function(
    kept: "Turns", place: code.Place, part: str, pyfunc: Any, takes: list[str], gives: str
) -> Function:
    function = Function(
        pyfunc,
        arg_units=[1 if kind == "integer" else None for kind in takes],
        return_unit=1 if gives == "integer" else lambda *units: units[0],
        arg_types=takes,
        return_type=gives,
        # An argument that Brian2 adds at the end of the call.
        auto_vectorise=part == "settled",  # so that it is told the synapse
    )
    name = code.FUNCTION.format(part=part, number=place.number)
    add = function.implementations.add_implementation
    add("numpy", pyfunc)  # as it is: Brian2's own way looks at units anew in each step
    add("cpp", code.cpp(part, name, place), name=name, compiler_kwds={"headers": place.headers})
    add("cuda", code.cuda(part, name, place), name=name)
    add("cython", code.cython(part, name, place), name=name, namespace=kept.arrays(place.number, part))
    return function


class Turns:
    """The turns of each region, and what each synapse has passed of them; as the compiled ones.

    Memory is taken as turns come, not before.
    """

    def __init__(self, rows: int, synapses: int, terms: int) -> None:
        self.terms = terms
        self.mixed = terms + 1
        self.at = np.zeros((rows, longest(rows, terms), terms))
        self.least = np.zeros((rows, terms))
        self.most = np.zeros((rows, terms))
        self.passed = np.zeros(synapses, np.int32)

    def arrays(self, number: int, part: str) -> dict[str, Array]:
        """Return the storage, by the names that one of the compiled functions knows it by."""
        return {f"_{part}_{number}_{name}": getattr(self, name).reshape(-1) for name in code.STORED[part]}

    def heading(self, way: Any, *moves: Any) -> Array:
        """Return ±k if only the k-th number moves, ``mixed`` if several do, and what it was at rest."""
        signs = [np.sign(np.asarray(move, float)) for move in moves]
        going = sum(np.abs(sign) for sign in signs)
        one = sum((k + 1) * sign for k, sign in enumerate(signs))
        # Rest after a step in which several moved is marked by its sign, so that it is one turn and no more.
        rest = np.where(np.asarray(way) == self.mixed, -self.mixed, way)
        return np.where(going == 0, rest, np.where(going == 1, one, self.mixed)).astype(np.int32)

    def noted(self, turns: Any, way: Any, heading: Any, *numbers: Any) -> Array:
        """Keep where the numbers of some rows are, if they turn here; return how many turns there are."""
        turns, way, heading, *now, row = (np.atleast_1d(v) for v in (turns, way, heading, *numbers))
        moved = (way != 0) & (way != -self.mixed)
        turned = moved & ((heading != way) | (heading == self.mixed))
        if turned.any():
            rows, place = row[turned], turns[turned]
            point = np.stack([number[turned] for number in now], axis=-1)
            self.at[rows, place] = point
            first = (place == 0)[:, np.newaxis]
            self.least[rows] = np.where(first, point, np.minimum(self.least[rows], point))
            self.most[rows] = np.where(first, point, np.maximum(self.most[rows], point))
        return np.asarray(turns + turned, np.int32)

    def settled(self, weight: Any, *rest: Any) -> Array:
        """Return weights brought up to date, kept within their bounds all the way."""
        *terms, low, high, turns, row, why, synapse = rest
        moved = weight
        for share, now, seen in zip(*(terms[k::3] for k in range(3)), strict=True):
            moved = moved + share * (now - seen)
        # The usual case, of a modulator with one sign: held at the end is held all the way.
        if not np.any(turns):
            return np.clip(moved, low, high)
        shape = np.shape(moved)
        full = [
            np.broadcast_to(v, shape).ravel() for v in (weight, low, high, turns, row, np.asarray(synapse))
        ]
        parts = [np.stack([np.broadcast_to(v, shape).ravel() for v in terms[k::3]]) for k in range(3)]
        return self._followed(int(why), *full, *parts).reshape(shape)

    def _followed(
        self,
        why: int,
        weight: Array,
        low: Array,
        high: Array,
        turns: Array,
        row: Array,
        synapse: Array,
        share: Array,
        now: Array,
        seen: Array,
    ) -> Array:
        first = self.passed[synapse]
        if why != code.LOOK:
            self.passed[synapse] = 0 if why == code.RESTART else turns
        ends = [share * (k - seen) for k in (now, self.least[row].T, self.most[row].T)]
        up = weight + np.sum(np.maximum(np.max(ends, axis=0), 0), axis=0)
        down = weight + np.sum(np.minimum(np.min(ends, axis=0), 0), axis=0)
        # A weight whose whole range lies within its bounds has met none, and need not be followed.
        follow = (turns > first) & ~((up <= high) & (down >= low))
        if follow.any():
            for turn in range(first[follow].min(), turns[follow].max()):
                on = follow & (first <= turn) & (turn < turns)
                then = np.where(on, self.at[row, turn].T, seen)
                weight = np.where(
                    on, np.clip(weight + np.sum(share * (then - seen), axis=0), low, high), weight
                )
                seen = then
        return np.clip(weight + np.sum(share * (now - seen), axis=0), low, high)
