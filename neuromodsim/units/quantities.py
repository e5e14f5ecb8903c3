"""Numbers with units, as a person writes them and as a data file spells them."""

import math
import re
from functools import cache
from typing import Any

import numpy as np
from brian2 import units as brian_units
from brian2.units import get_dimensions, have_same_dimensions
from brian2.units.fundamentalunits import DIMENSIONLESS, Dimension, Unit, get_unit

from neuromodsim.errors import WrongInput
from neuromodsim.units import examples, unit_expression
from neuromodsim.units.kinds import described, one_line
from neuromodsim.units.spoken import pretty as pretty

# The unit in which each kind of quantity is stored in a dataset: UDUNITS spelling, size in SI units.
DATASET_UNITS: tuple[tuple[Any, str, float], ...] = (
    (brian_units.volt, "mV", 1e-3),
    (brian_units.second, "s", 1.0),
    (brian_units.amp, "pA", 1e-12),
    (brian_units.siemens, "nS", 1e-9),
    (brian_units.molar, "nmol/L", 1e-6),
    (brian_units.hertz, "Hz", 1.0),
    (brian_units.farad, "pF", 1e-12),
    (brian_units.metre, "um", 1e-6),
)


MOST_STEPS = 2**53  # of a run, which every device counts one by one
# Made here since Brian2 keeps it: equations then write it alike, whoever multiplies what before.
DIFFUSION = brian_units.metre**2 / brian_units.second


@cache
def unit_names() -> dict[str, Unit]:
    """Return every unit that Brian2 knows, by the names it is written with."""
    spaces = {**vars(brian_units.allunits), **vars(brian_units)}
    names = {n: u for n, u in spaces.items() if isinstance(u, Unit)}
    return names | {"nM": brian_units.allunits.nmolar, "uM": brian_units.allunits.umolar}


@cache
def written_names() -> dict[str, Any]:
    """Return every unit by the names it goes by outside programs too: ``s``, ``V``, ``min``."""
    names = ("second", "volt", "amp", "siemens", "farad", "molar", "metre")
    units = {s: getattr(brian_units, n) for s, n in zip("sVASFMm", names, strict=True)}
    times = {"min": 60 * brian_units.second, "h": 3600 * brian_units.second}
    return {**units, **times, **unit_names()}


# Digits of the ASCII set only, as programs and data files have them; no underscores, no hexadecimal.
NUMBER = re.compile(r"([-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[-+]?(?:nan|inf)\b)", re.I)


def parse(text: str, name: str = "") -> Any:
    """Return the quantity that a text such as ``500ms``, ``1.5 mV/ms`` or ``0.3`` stands for.

    ``name`` is what it is the value of, for the message.

    Raises
    ------
    WrongInput
        If the text is not a number followed by nothing or by a product of units, or if no number holds it.
    """
    subject = f"'{name}'" if name else "A quantity"
    wanted = "a number with a unit, such as 500ms or 1.5mV"
    if not isinstance(text, str):
        raise WrongInput(f"{subject} must be {wanted}; got {shown(text)}.")
    bare = text.strip(unit_expression.SPACE + "\n\r")
    match = NUMBER.match(bare)
    if match is None or len(text) > 200:
        raise WrongInput(f"{subject} must be {wanted}; got '{one_line(text)}'.")
    number, rest = float(match[1]), bare[match.end() :].strip(unit_expression.SPACE)
    if math.isinf(number) and "i" not in match[1].lower():
        raise WrongInput(f"{subject} is too large for a floating-point number: '{one_line(text)}'.")
    if not number and re.search("[1-9]", match[1].lower().partition("e")[0]):
        raise WrongInput(f"{subject} is too small for a floating-point number: '{one_line(text)}'.")
    if not rest:
        return number
    try:
        size = unit_expression.size_of(rest, written_names())
    except unit_expression.Refused as error:
        raise WrongInput(
            f"{subject} must have a unit that Brian2 knows; got '{one_line(rest)}' as in '{one_line(text)}'."
        ) from error
    with np.errstate(all="ignore"):
        value = number * size
        back = float(np.asarray(value)) / float(np.asarray(size))
    if math.isfinite(number) and not math.isclose(back, number, rel_tol=1e-9):
        raise WrongInput(
            f"{subject} is out of range of floating-point numbers in SI units: '{one_line(text)}'."
        )
    return value


def unit_text(value: Any) -> str:
    """Return the SI unit of a value as Brian writes it in equations, such as ``'second'``."""
    dimensions = value if isinstance(value, Dimension) else get_dimensions(value)
    if dimensions is DIMENSIONLESS:
        return "1"
    unit = _unscaled(dimensions)
    if unit is None:  # a rate of change of something that has a name
        named = _unscaled(dimensions * brian_units.second.dim)
        unit = None if named is None else f"{named} / second"
    return unit or _product_of_powers(dimensions)


def _unscaled(dimensions: Dimension) -> str | None:
    """Return Brian2's name of a unit, if equations take it.

    They take no brackets and no prefixes; and once somebody has multiplied units, Brian2 answers with that
    product: ``mvolt / msecond``.
    """
    unit = repr(get_unit(dimensions))
    words = re.findall(r"[A-Za-z]+", unit)
    scaled = any(float(unit_names().get(word, 0)) != 1 for word in words)
    return None if scaled or re.search(r"[(]|[a-z][0-9]", unit) else unit


def _product_of_powers(dimensions: Dimension) -> str:
    """Return a unit without brackets or ``metre3``, which equations refuse: ``'meter**2*second**-1'``."""
    names = ("meter", "kilogram", "second", "amp", "kelvin", "mole", "candle")
    powers = zip(names, dimensions._dims, strict=True)
    return "*".join(n if p == 1 else f"{n}**{int(p) if p == int(p) else p!r}" for n, p in powers if p)


def text(value: Any) -> str:
    """Return a value the way :func:`parse` reads it back, to the last digit: ``'0.5 second'``."""
    unit = unit_text(value)
    number = repr(float(np.asarray(value)))
    return number if unit == "1" else f"{number} {unit}"


def as_plain(value: Any) -> Any:
    """Return a value as text, or as numbers and their unit, that JSON keeps and `from_plain` reads back."""
    if isinstance(value, str):
        return value
    if np.ndim(value) == 0:
        return text(value)
    array = np.asarray(value)
    numbers = array if array.dtype.kind in "iu" else array.astype(float)  # whole numbers to the last digit
    return {"values": numbers.tolist(), "unit": unit_text(value)}


def from_plain(plain: Any) -> Any:
    """Return the value that `as_plain` made text, or numbers and a unit, of; text stays text."""
    if isinstance(plain, str):
        return plain
    numbers = np.asarray(plain["values"])
    return numbers if plain["unit"] == "1" else numbers * parse(f"1 {plain['unit']}")


def expect_unit(name: str, value: Any, dimensions: Dimension) -> None:
    """Raise `WrongInput` unless ``value`` has these dimensions."""
    if not have_same_dimensions(value, dimensions):
        if dimensions is DIMENSIONLESS:
            raise WrongInput(f"'{name}' must be a number without a unit; got {shown(value)}.")
        if wanted := examples.needed(dimensions):
            raise WrongInput(f"'{name}' needs {wanted}; got {shown(value)}.")
        raise WrongInput(f"'{name}' must be in {get_unit(dimensions)!r}; got {shown(value)}.")


def expect_finite(name: str, value: Any) -> None:
    """Raise `WrongInput` if any number in ``value`` is NaN or infinite."""
    if not np.all(np.isfinite(np.asarray(value, dtype=float))):
        raise WrongInput(f"'{name}' must be finite; got {shown(value)}.")


def as_whole(name: str, value: Any) -> int:
    """Return a whole number that a program can hold, or raise `WrongInput`."""
    expect_unit(name, value, DIMENSIONLESS)
    number = float(np.asarray(value, dtype=float))
    if not (number.is_integer() and -(2**31) <= number < 2**31):
        raise WrongInput(f"'{name}' must be a whole number below {2**31}; got {shown(value)}.")
    return int(number)


def expect_between(name: str, value: Any, low: Any, high: Any) -> None:
    """Raise `WrongInput` if ``value`` leaves the range; ``None`` leaves that end open."""
    number = np.asarray(value, dtype=float)
    if low is not None and np.any(number < float(np.asarray(low))):
        raise WrongInput(f"'{name}' must be at least {pretty(low)}; got {shown(value)}.")
    if high is not None and np.any(number > float(np.asarray(high))):
        raise WrongInput(f"'{name}' must be at most {pretty(high)}; got {shown(value)}.")


def shown(value: Any) -> str:
    """Return a value, or what came in its place, as one sentence can show it."""
    try:
        return f"an array of shape {np.shape(value)}" if np.ndim(value) else pretty(value)
    except (TypeError, ValueError, OverflowError):
        return described(value)


def dataset_unit(dimensions: Dimension) -> tuple[str, float]:
    """Return how a dataset spells a unit (UDUNITS) and its size in SI base units."""
    if dimensions is DIMENSIONLESS:
        return "1", 1.0
    for unit, spelling, size in DATASET_UNITS:
        if have_same_dimensions(unit, dimensions):
            return spelling, size
    powers = zip(("m", "kg", "s", "A", "K", "mol", "cd"), dimensions._dims, strict=True)
    return " ".join(f"{n}{'' if p == 1 else f'{p:g}'}" for n, p in powers if p), 1.0


def whole_steps(name: str, duration: Any, dt: Any, least: int = 1) -> int:
    """Return how many steps of ``dt`` fit into a duration: at least one, or at least ``least``.

    Raises
    ------
    WrongInput
        If the duration is not a finite time of so many steps, or not a multiple of ``dt``.
    """
    expect_unit(name, duration, brian_units.second.dim)
    expect_finite(name, duration)
    if float(duration) < float(least * dt):
        steps = "one time step" if least == 1 else f"{least} time steps"
        raise WrongInput(f"'{name}' must be at least {pretty(least * dt)} ({steps}); got {pretty(duration)}.")
    ratio = float(duration) / float(dt)
    if ratio > MOST_STEPS:
        raise WrongInput(f"'{name}' must be fewer than {MOST_STEPS:.2g} time steps; got {pretty(duration)}.")
    little = round(ratio) == 0 and ratio > 0
    if little or abs(ratio - round(ratio)) > 1e-9 + 1e-14 * ratio:
        raise WrongInput(
            f"'{name}' must be a multiple of the time step {pretty(dt)}; got {pretty(duration)}."
        )
    return round(ratio)
