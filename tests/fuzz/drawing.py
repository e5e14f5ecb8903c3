"""Random settings: right ones, slips and odd ones, each with what it means, or that it means nothing."""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from brian2 import Quantity, mmolar, mV, second, volt

from tests.fuzz.subject import CELLS, OTHERS, REGIONS


@dataclass(frozen=True)
class Kind:
    """What can be set: its unit, how it is spelled, its shape, and the type that holds it."""

    unit: str  # "" for none
    shape: tuple[int, ...]  # () for a parameter
    held: str = "float64"
    table: bool = False
    low: float = -math.inf
    high: float = math.inf
    steps: int | None = None  # at least so many whole steps
    set_at_once: bool = False  # by code of the first step, before anything reads it


KINDS = {
    "cells.k": Kind("", (), low=0.0, high=9.0),
    "cells.tau": Kind("s", (), low=1e-4),
    "task.cue_time": Kind("s", (), steps=0),
    "task.rest_time": Kind("s", (), steps=1),
    "cells.v": Kind("V", (CELLS,)),
    "cells.n": Kind("", (CELLS,), "int32"),
    "cells.b": Kind("", (CELLS,), "bool"),
    "cells.x": Kind("", (CELLS,), "float32"),
    "cells.late": Kind("s", (CELLS,)),
    "cells.share": Kind("", (CELLS,), low=0.0, high=1.0),
    "pool.C": Kind("mM", (REGIONS,), low=0.0, high=1.0),
    "pool.D": Kind("", (REGIONS,), low=0.0, high=1.0),
    "task.on": Kind("", (1,), set_at_once=True),
    "s.w": Kind("", (CELLS * OTHERS,)),
    "cells.drive": Kind("V", (2, CELLS), table=True),
    "cells.code": Kind("", (CELLS,), "int8", table=True),
    "cells.due": Kind("s", (CELLS,), table=True),
}
OTHER_NAMES = {"cells": "holder", "s": "weight", "task": "beats", "pool": "space"}
SIZES = {"V": {"mV": 1e-3, "volt": 1.0, "uvolt": 1e-6, "V": 1.0}, "s": {"ms": 1e-3, "second": 1.0, "s": 1.0}}
SIZES |= {"": {"": 1.0}, "mM": {"nM": 1e-6, "uM": 1e-3, "mM": 1.0, "nmolar": 1e-6}}
ODD = (0.3 / 0.1, 2.0**31, 2.0**31 - 1, 2.0**32, 300.0, -129.0, 1e300, 1e-60, -1e300, math.nan, math.inf)
ODD += (-math.inf, 1e9, -0.0, -1.0, 1e18, 2.0**53 + 2, 5e-324, 127.5)
SLIPS = ("1 000{}", "1.000.000{}", "10-5{}", "1.5.2{}", "5-{}", "1_0{}", "0x10{}", "1,5{}", "−5{}", "1e400{}")
TWICE = "5{0}{0}"
SLIPS += ("{}", TWICE, "5 5{}", "1e{}", "5{}**", "nan{}", "inf{}", "--5{}", "1e-400{}", "5*5{}", "5;{}")
SLIPS += ("True", "", "５{}")
JUNK: tuple[Any, ...] = (None, {}, object(), 1j, b"5", {1.0}, 10**400, Decimal("1.5"), Fraction(1, 3))
JUNK += (["a"], [None], [[1], [1, 2]], np.ma.array([1.0]), np.array("x"), [1j], lambda: 1, float)


@dataclass(frozen=True)
class Drawn:
    """A setting: how it is spelled, and the numbers in SI units that it stands for; None for none at all."""

    spelled: Any
    means: Any
    sure: bool = False  # nothing about it can be refused


def number(chance: random.Random, kind: Kind) -> float:
    """Return a number that may fit a kind, or not."""
    if chance.random() < 0.15:
        return chance.choice(ODD)
    if kind.steps is not None:
        return chance.choice((1e-3, 2e-3, 3e-3, 3e-3, 0.0, 1.5e-3, -1e-3))
    if kind.unit == "mM":
        return chance.choice((0.0, 24e-6, 24e-3, 1.0, 24.0, -24e-6))
    if kind.high == 1.0:
        return chance.choice((0.0, 0.023, 0.5, 1.0, 1.5, -0.5, 1.000001))
    if kind.unit == "s":
        return chance.choice((0.005, 0.02, 1.0, 3.0))
    if kind.held in ("int32", "int8"):
        return float(chance.randrange(-100, 100))
    if kind.held == "bool":
        return float(chance.randrange(2))
    return chance.choice((0.5, 1.25, 3.0, round(chance.uniform(0, 9), 3)))


def fits(kind: Kind, value: float) -> bool:
    """Whether a number is one that a kind can hold, by arithmetic of its own."""
    if kind.set_at_once or not math.isfinite(value) or not kind.low <= value <= kind.high:
        return False
    if kind.held in ("int32", "int8", "bool"):
        low, high = {"int32": (-(2**31), 2**31 - 1), "int8": (-128, 127), "bool": (0, 1)}[kind.held]
        return value == int(value) and low <= value <= high
    if kind.held == "float32":
        return value == 0 or 1.2e-38 < abs(value) < 3.4e38
    if kind.unit == "s" and abs(value) > 1e15:
        return False
    if kind.steps is not None:
        steps = value / 1e-3
        none = value == 0 and kind.steps == 0  # far less than a step is not none
        whole = abs(steps - round(steps)) < 1e-6 or value == int(value)  # any number of seconds is
        return none or (whole and round(steps) >= max(kind.steps, 1) and steps < 2**62)
    return True


def text(chance: random.Random, kind: Kind) -> Drawn:
    """Return a setting as a person types it."""
    spelling, size = chance.choice(sorted(SIZES[kind.unit].items()))
    if chance.random() < 0.15:
        slip = chance.choice(SLIPS)
        return Drawn(slip.format(spelling), None) if slip != TWICE or spelling else Drawn("5 5", None)
    value = number(chance, kind)
    if not math.isfinite(value):
        return Drawn(f"{value}{spelling}", None)
    if chance.random() < 0.1:
        wrong = chance.choice(("nA", "mV/ms", "ms**2", "Hz", "parsec", "ms" if kind.unit == "V" else "mV"))
        return Drawn(f"{value!r}{wrong}", None)
    written = f"{value / size!r}"
    meant = float(written) * size
    if meant != 0 and (abs(meant) < 1e-300 or not math.isclose(meant, value, rel_tol=1e-9)):
        nearest = float(Decimal(written) * Decimal(repr(size)))  # of so small numbers there are few
        kept = nearest != 0 and fits(kind, nearest) and not kind.table
        return Drawn(f"{written} {spelling}", nearest if kept else None)
    between = chance.choice(("", " ", "*", "  ")) if spelling else ""
    whole = not kind.table
    return Drawn(written + between + spelling, meant if whole else None, whole and fits(kind, meant))


def quantity(kind: Kind, array: Any) -> Any:
    """Return numbers in SI units with the unit of a kind."""
    return array * {"V": volt, "s": second, "mM": mmolar, "": 1}[kind.unit] if kind.unit else array


def scalar(chance: random.Random, kind: Kind) -> Drawn:
    """Return a setting of one number as code gives it."""
    value = number(chance, kind)
    good = fits(kind, value) and not kind.table
    means = value if good else None
    way = chance.randrange(12)
    if way == 0 and not kind.unit and value in (0.0, 1.0):
        return Drawn(bool(value), means, good)
    if way == 1 and not kind.unit and math.isfinite(value) and value == int(value) and abs(value) < 1e15:
        return Drawn(int(value), means, good)
    if way == 2 and not kind.unit:
        single = np.float32(value)
        meant = float(single)
        return Drawn(single, meant if fits(kind, meant) and not kind.table else None)
    if way == 3 and kind.unit:
        return Drawn(value, None)  # without its unit
    if way == 4:
        return Drawn(value * (second if kind.unit == "V" else mV), None)
    if way == 5:
        return Drawn(quantity(kind, np.array(value)), means, good)
    if way == 6:
        return Drawn(quantity(kind, np.array([value])), means if kind.shape else None)
    return Drawn(quantity(kind, value), means, good)


def array(chance: random.Random, kind: Kind) -> Drawn:
    """Return a setting of many numbers: of the right shape, or nearly."""
    shape = kind.shape or (3,)
    values = np.array([number(chance, kind) for _ in range(math.prod(shape))]).reshape(shape)
    if chance.random() < 0.6:  # no odd one in it
        calm = [0.0, 1.0, 1.0] if kind.held == "bool" or kind.high == 1.0 else [1.0, 2.0, 3.0, 0.0]
        values = np.array([chance.choice(calm) for _ in range(values.size)]).reshape(shape)
    good = bool(kind.shape) and all(fits(kind, float(v)) for v in values.ravel())
    way = chance.randrange(16)
    if way == 0 and len(shape) > 1:
        return Drawn(quantity(kind, values.T), None)
    if way == 1 and len(shape) > 1:
        return Drawn(quantity(kind, values.ravel()), None)
    if way == 2:
        return Drawn(quantity(kind, values[..., :-1]), None)
    if way == 3:
        return Drawn(quantity(kind, values[None]), None)
    if way == 4 and kind.unit:
        return Drawn(values, None)
    if way == 5 and not kind.unit:
        return Drawn(values.tolist(), values if good else None, good)
    if way == 6 and not kind.unit and np.isfinite(values).all() and (np.abs(values) < 2**62).all():
        whole = values.astype(np.int64)
        held = whole.astype(float)
        return Drawn(whole, held if kind.shape and all(fits(kind, v) for v in held.ravel()) else None)
    if way == 7 and kind.unit and len(shape) == 1:
        return Drawn([quantity(kind, float(v)) for v in values], values if good else None, good)
    if way == 8 and not kind.unit and len(shape) == 1:
        return Drawn(tuple(values.tolist()), values if good else None, good)
    return Drawn(quantity(kind, np.asfortranarray(values)), values if good else None, good)


def value(chance: random.Random, kind: Kind) -> Drawn:
    """Return any setting of a kind."""
    if chance.random() < 0.06:
        return Drawn(chance.choice(JUNK), None)
    ways: list[Callable[[random.Random, Kind], Drawn]] = [text, scalar, array]
    ways.append(array if kind.shape else scalar)
    return chance.choice(ways)(chance, kind)


def si(given: Drawn, where: str, kind: Kind) -> Drawn:
    """Return what a setting means to ``prepare``, where a number without a unit is in SI units."""
    plain = isinstance(given.spelled, float | np.ndarray) and not isinstance(given.spelled, Quantity)
    if where != "prepare" or not plain or not kind.unit or given.means is not None:
        return given
    if np.asarray(given.spelled).dtype.kind not in "fiub":
        return given
    numbers = np.asarray(given.spelled, dtype=float)
    right = numbers.shape == kind.shape or (numbers.ndim == 0 and not kind.table)
    good = right and all(fits(kind, float(v)) for v in numbers.ravel())
    return Drawn(given.spelled, numbers if good else None)


def path(chance: random.Random, chosen: str) -> str:
    """Return a path as it is, or by the name of the model."""
    owner, _, name = chosen.partition(".")
    return f"{OTHER_NAMES[owner]}.{name}" if chance.random() < 0.2 else chosen
