"""The gate that every number of a run goes through, whoever gives it.

A caller, a condition, an experiment, what it prepares, and a model's own initial values: each is made a
number with a unit, and looked at before it is put into the type that a program holds it in. A cast that is
looked at afterwards has already made 44 of 300.
"""

import numbers
from typing import Any

import numpy as np
from brian2.units import Quantity, get_dimensions, second
from brian2.units.fundamentalunits import DIMENSIONLESS
from numpy.typing import NDArray

from neuromodsim.description.task import NEVER
from neuromodsim.errors import WrongInput
from neuromodsim.units.kinds import described
from neuromodsim.units.quantities import expect_finite, expect_unit, parse, shown

Array = NDArray[Any]
MOST_STEPS = 2**62  # that a time is counted in, forwards or back
TAKEN = (numbers.Number, np.generic, np.ndarray, list, tuple)
SINGLE = 1e-6  # by how much a number may change in single precision


def as_number(path: str, value: Any) -> Any:
    """Return what was given for a path as a number, an array or a quantity; text is read.

    Raises
    ------
    WrongInput
        If it is none of these.
    """
    if isinstance(value, str):
        return parse(value, path)
    if not isinstance(value, TAKEN) or isinstance(value, np.ma.MaskedArray):
        raise WrongInput(f"'{path}' must be a number with a unit, or an array; got {described(value)}.")
    try:
        given = value if isinstance(value, Quantity) else Quantity(value)
        held = np.asarray(given)
        if held.dtype.kind not in "biuf":
            held = np.asarray(value, dtype=float) if _countable(held) else held
            given = held
        if held.dtype.kind not in "biuf":
            raise TypeError("not numbers")
    except Exception as error:  # whatever a stray object sets off, it is one mistake of the caller
        raise WrongInput(f"'{path}' must be numbers in one unit; got {described(value)}.") from error
    if get_dimensions(given) is not DIMENSIONLESS:
        return Quantity(held, dim=given.dim)  # not a Unit: Brian2 keeps products of units, and writes them
    return held if held.ndim else held.item()


def as_time(name: str, value: Any) -> Any:
    """Return a time given as a quantity or as text; raises `WrongInput` if it is neither, or not finite."""
    given = as_number(name, value)
    if np.ndim(given) != 0:
        raise WrongInput(f"'{name}' takes one time; got {np.size(given)}.")
    expect_unit(name, given, second.dim)
    expect_finite(name, given)
    return given


def _countable(array: Array) -> bool:
    """Whether all entries are numbers, as fractions and very large whole numbers are."""
    real = (numbers.Real, np.number)
    return array.dtype.kind == "O" and all(isinstance(entry, real) for entry in array.ravel())


def stored(path: str, value: Any, dtype: str) -> Array:
    """Return a value in the type in which a program holds it.

    Raises
    ------
    WrongInput
        If it is not finite, or the type does not hold it: not whole, too large, or too small.
    """
    given = np.asarray(value)
    if given.dtype.kind == "f" and not np.isfinite(given).all():
        raise WrongInput(f"'{path}' must be finite; got {_odd_one(given, ~np.isfinite(given))}.")
    wrong = _not_held(given, np.dtype(dtype))
    if wrong.any():
        whole = "takes whole numbers that fit into" if np.dtype(dtype).kind in "iub" else "does not fit into"
        raise WrongInput(f"'{path}' {whole} {dtype}; got {_odd_one(given, wrong)}.")
    return given.astype(dtype)


def _not_held(given: Array, dtype: np.dtype[Any]) -> Any:
    """Return where numbers are that a type does not hold."""
    if given.dtype == dtype:
        return np.zeros((), bool)
    if dtype.kind in "iub":
        low, high = (0, 1) if dtype.kind == "b" else (np.iinfo(dtype).min, np.iinfo(dtype).max)
        if given.dtype.kind == "f":
            return (given != np.floor(given)) | (given < low) | (given >= float(high + 1))
        return np.less(given, low) | np.greater(given, high)
    with np.errstate(all="ignore"):
        kept = given.astype(dtype)
        if dtype.itemsize >= 8:
            return kept.astype(given.dtype) != given if given.dtype.kind in "iu" else ~np.isfinite(kept)
        return ~(np.abs(kept - given) <= SINGLE * np.abs(given))


def _odd_one(array: Array, odd: Any) -> str:
    """Return the first number that is wrong, as a sentence can show it."""
    return f"{array[np.broadcast_to(odd, array.shape)].ravel()[0]:.17g}"


def expect_countable(path: str, value: Any, dimensions: Any, dt: Any) -> None:
    """Raise `WrongInput` if a time has more steps than can be counted, forwards or back.

    What compares times as whole steps would take it for now.
    """
    if dimensions is not second.dim:
        return
    furthest = float(np.max(np.abs(np.asarray(value, dtype=float)), initial=0.0))
    if furthest >= MOST_STEPS * float(dt):
        raise WrongInput(
            f"'{path}' must be less than {MOST_STEPS * float(dt):.2g} s, of which steps can be counted; got "
            f"{furthest:.17g} s; what never happens is at NEVER, {shown(NEVER)}."
        )


def expect_shape(path: str, value: Any, shape: tuple[int, ...]) -> None:
    """Raise `WrongInput` unless an array has a shape."""
    if np.shape(value) != shape:
        raise WrongInput(f"'{path}' must have the shape {shape}; got {np.shape(value)}.")
