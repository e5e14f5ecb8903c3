"""Values in customary notation: ``500 ms``, ``1 h``, ``94.6 nM/s``, never ``9.46e-05 mM/s``."""

import math
import re
from typing import Any

import numpy as np
from brian2 import units
from brian2.units import Quantity
from brian2.units.fundamentalunits import DIMENSIONLESS

MOLECULE = 1 / 6.02214076e23  # mol
MOST_MOLECULES = 1e9  # of an amount that is counted, not weighed
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
DIGITS = 9

# Kinds of quantities, not units: Brian2 keeps every product of units, and then writes it in equations.
second, volt, amp = units.second.dim, units.volt.dim, units.amp.dim
metre, mole = units.metre.dim, units.mole.dim
molar = mole / metre**3


def _prefixed(unit: str, prefixes: str) -> tuple[tuple[float, str], ...]:
    sizes = {"f": 1e-15, "p": 1e-12, "n": 1e-9, "µ": 1e-6, "m": 1e-3, " ": 1.0, "k": 1e3, "M": 1e6}
    return tuple((sizes[prefix], f"{prefix}{unit}".strip()) for prefix in prefixes)


# For each kind of quantity the unit of zero, and all customary units, from the smallest, by size in SI. A
# value is written in the largest unit in which it is 1 or more.
UNITS: tuple[tuple[Any, str, tuple[tuple[float, str], ...]], ...] = (
    (volt, "mV", _prefixed("V", "nµm ")),
    (amp, "pA", _prefixed("A", "fpnµm ")),
    (units.siemens.dim, "nS", _prefixed("S", "pnµm ")),
    (units.ohm.dim, "MΩ", _prefixed("Ω", " kM")),
    (units.farad.dim, "pF", _prefixed("F", "fpnµm ")),
    (metre, "µm", _prefixed("m", "nµm ")),
    (second**-1, "/s", ((1.0, "/s"),)),
    (mole, "mol", _prefixed("mol", "fpnµm ")),
    (molar, "nM", ((1e-9, "pM"), (1e-6, "nM"), (1e-3, "µM"), (1.0, "mM"), (1e3, "M"))),
    (molar / second, "nM/s", ((1e-9, "pM/s"), (1e-6, "nM/s"), (1e-3, "µM/s"), (1.0, "mM/s"))),
    (molar**-1, "/µM", ((1.0, "/mM"), (1e3, "/µM"), (1e6, "/nM"))),
    (molar**-1 / second, "/(µM s)", ((1.0, "/(mM s)"), (1e3, "/(µM s)"), (1e6, "/(nM s)"))),
    (molar**-2 / second, "/(µM² s)", ((1.0, "/(mM² s)"), (1e6, "/(µM² s)"), (1e12, "/(nM² s)"))),
    (metre**2 / second, "µm²/s", ((1e-12, "µm²/s"),)),
    (metre**-3, "/µm³", ((1e18, "/µm³"),)),
    (volt / second, "mV/ms", ((1e-3, "mV/s"), (1.0, "mV/ms"))),
    (volt**-1, "/mV", ((1.0, "/V"), (1e3, "/mV"))),
    (volt**-2, "/mV²", ((1.0, "/V²"), (1e6, "/mV²"))),
    (amp / volt**2, "pA/mV²", ((1e-6, "pA/mV²"), (1e-3, "nA/mV²"))),
)


def pretty(value: Any, digits: int = DIGITS) -> str:
    """Return a value in customary notation: ``'500 ms'``, ``'1 h'``, ``'763 µm²/s'``, ``'1.5'``.

    Parameters
    ----------
    value
        A quantity of Brian2, or a number.
    digits
        How many significant digits it has at most; those of a bare number are six at most.
    """
    if not isinstance(value, Quantity) or (value.dim is DIMENSIONLESS and value.ndim == 0):
        return number(float(value), min(digits, 6))
    if value.ndim == 0 and math.isfinite(float(value)):
        size = float(value)
        if value.dim is second:
            return _time(size, digits)
        if value.dim is mole and 0 < abs(size) < MOST_MOLECULES * MOLECULE:
            return f"{number(size / MOLECULE, min(digits, 6))} molecules"
        for kind, common, names in UNITS:
            if value.dim is kind:
                return _in_one_of(size, names, digits) if size else _with_unit("0", common)
    return _in_any_unit(value)


def number(value: float, digits: int = 6) -> str:
    """Return a bare number: ``'0.25'``, ``'5 × 10⁻⁵'``."""
    mantissa, exponential, exponent = f"{value:.{digits}g}".partition("e")
    if not exponential:
        return mantissa
    power = f"10{str(int(exponent)).translate(RAISED)}"
    return {"1": power, "-1": f"-{power}"}.get(mantissa, f"{mantissa} × {power}")


def _in_one_of(size: float, names: tuple[tuple[float, str], ...], digits: int) -> str:
    """Return a value in the largest unit in which it is 1 or more, else in the smallest."""
    fitting = [pair for pair in names if abs(size) / pair[0] >= 1 - 1e-12]
    factor, name = fitting[-1] if fitting else names[0]
    return _with_unit(number(size / factor, digits), name)


def _with_unit(said: str, unit: str) -> str:
    return f"{said}{'' if unit.startswith('/') else ' '}{unit}"


def _time(seconds: float, digits: int) -> str:
    """Return a time in seconds, in parts of them, or in minutes or hours if it is whole or half ones."""
    if 0 < abs(seconds) < 1:
        return _in_one_of(seconds, _prefixed("s", "nµm"), digits)
    for size, name, least in ((3600, "h", 1800), (60, "min", 60)):
        if seconds >= max(size, 120) and seconds % least == 0:
            return f"{seconds / size:g} {name}"
    return f"{number(seconds, digits)} s"


def _in_any_unit(value: Any) -> str:
    """Return a value in the unit that Brian2 takes for its kind, without the marks of a program."""
    with np.errstate(all="ignore"):  # Brian2 tries units in which extreme values overflow
        text = str(value.in_best_unit())
    text = re.sub(r"(?<=\d)\.(?!\d)", "", text)  # NumPy's "500."
    text = re.sub(r"\bu(?=[A-Za-z])", "µ", text)
    return re.sub(r"\^(-?\d+)", lambda power: power[1].translate(RAISED), text)
