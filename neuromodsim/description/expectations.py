"""What the fields of a description must be; each refusal is one sentence that names the field."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from brian2.units import get_dimensions
from brian2.units.fundamentalunits import DIMENSIONLESS

from neuromodsim.errors import WrongInput
from neuromodsim.units import quantities
from neuromodsim.units.kinds import shown


def whole(what: str, value: Any, least: int | None = 0) -> int:
    """Return a whole number of Python, or raise `WrongInput`; true and 2.0 are none."""
    right = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not right or (least is not None and value < least):
        lowest = "" if least is None else f" from {least} up"
        raise WrongInput(f"{what} must be a whole number{lowest}; got {shown(value)}.")
    return int(value)


def share(what: str, value: Any) -> float:
    """Return a number from 0 to 1, or raise `WrongInput`."""
    number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    if not number or get_dimensions(value) is not DIMENSIONLESS or not 0 <= float(value) <= 1:
        raise WrongInput(f"{what} must be a number from 0 to 1; got {shown(value)}.")
    return float(value)


def indices(what: str, values: Any, least: int | None = 0) -> tuple[int, ...]:
    """Return whole numbers, given as any sequence or array of one dimension."""
    if isinstance(values, tuple) and all(type(v) is int and (least is None or v >= least) for v in values):
        return values
    if isinstance(values, str | bytes) or not isinstance(values, Iterable) or isinstance(values, Mapping):
        raise WrongInput(f"{what} must be a tuple of whole numbers; got {shown(values)}.")
    if isinstance(values, np.ndarray) and values.ndim != 1:
        raise WrongInput(f"{what} must be one row of whole numbers; got an array of shape {values.shape}.")
    if get_dimensions(values) is not DIMENSIONLESS:
        raise WrongInput(f"{what} must be whole numbers without a unit; got {shown(values)}.")
    given = values.tolist() if isinstance(values, np.ndarray) else list(values)
    return tuple(whole(f"Each of {what[0].lower()}{what[1:]}", value, least) for value in given)


def kind(what: str, value: Any, *kinds: type) -> None:
    """Raise `WrongInput` unless a value is of one of some classes."""
    if isinstance(value, type) and issubclass(value, kinds):
        raise WrongInput(f"{what} must be {value.__name__}(...); got the class itself.")
    if not isinstance(value, kinds):
        names = " or ".join(k.__name__ for k in kinds)
        raise WrongInput(f"{what} must be a {names}; got {shown(value)}.")


def each(what: str, values: Any, *kinds: type) -> tuple[Any, ...]:
    """Return a tuple of values of some classes; a list will do, one value alone will not."""
    names = " or ".join(k.__name__ for k in kinds)
    if not isinstance(values, tuple | list):
        raise WrongInput(f"{what} must be a tuple of {names}(...); got {shown(values)}.")
    for value in values:
        kind(f"Each of {what[0].lower()}{what[1:]}", value, *kinds)
    return tuple(values)


def mapping(what: str, value: Any, of: str) -> Mapping[str, Any]:
    """Return a mapping whose keys are text; ``of`` says from what to what."""
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise WrongInput(f"{what} must be a dictionary from {of}; got {shown(value)}.")
    return value


def quantity(what: str, value: Any, example: Any, least: float | None = None) -> Any:
    """Return one finite number in the unit of an example, or raise `WrongInput`."""
    try:
        right = get_dimensions(value) == get_dimensions(example) and np.ndim(value) == 0
        right = right and not isinstance(value, bool | str) and math.isfinite(float(np.asarray(value)))
        right = right and (least is None or float(np.asarray(value)) >= least)
    except (TypeError, ValueError):
        right = False
    if not right:
        lowest = "" if least is None else f" from {least:g} up"
        raise WrongInput(
            f"{what} must be one finite value{lowest} such as {quantities.pretty(example)}; "
            f"got {quantities.shown(value)}."
        )
    return value


def spatial_mapping(modulator: str, given: Any) -> dict[str, tuple[int, ...]]:
    """Return the compartment of each cell of some populations."""
    what = f"'compartment_of' of '{modulator}'"
    named = mapping(what, given, "names of populations to the compartment of each cell")
    return {name: indices(f"The compartments of '{name}' in {what}", each) for name, each in named.items()}


def compartments(what: str, name: str, given: tuple[int, ...], rows: int, regions: int) -> None:
    """Raise `WrongInput` unless each row of a component is mapped to one of so many compartments."""
    if len(given) != rows:
        raise WrongInput(
            f"{what} must hold a compartment for each of the {rows} rows of '{name}'; got {len(given)}."
        )
    outside = [one for one in given if not 0 <= one < regions]
    if outside:
        raise WrongInput(
            f"{what} must map '{name}' to compartments from 0 to {regions - 1}; got {outside[0]}."
        )
