"""What an experiment's ``prepare`` returns, through the same gate as all other numbers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from brian2.units import Quantity
from brian2.units.fundamentalunits import DIMENSIONLESS

from neuromodsim.description import gate
from neuromodsim.description.experiment import Experiment, Setting
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.units import kinds, quantities


@dataclass(frozen=True)
class Prepared:
    """Values by path, pairs by projection, and what is to be remembered."""

    values: Mapping[str, Any] = field(default_factory=dict)
    pairs: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    notes: Mapping[str, Any] = field(default_factory=dict)


def prepare(
    experiment: Experiment, setting: Setting, units: Mapping[str, Any], sizes: Mapping[str, tuple[int, int]]
) -> Prepared:
    """Return what an experiment prepares.

    Parameters
    ----------
    experiment
        Whose ``prepare`` is asked.
    setting
        What it may look at.
    units
        The dimensions of each parameter, initial value and table, by path. A number without a unit is in
        SI units.
    sizes
        How many sources and targets each projection has.

    Raises
    ------
    WrongInput
        If it returns something else than values by name, a name that is not there, or a value that cannot
        be used.
    """
    if experiment.prepare is None:
        return Prepared()
    returned = experiment.prepare(setting)
    subject = f"what '{experiment.name}' prepares"
    kinds.expect_mapping(subject, returned)
    values, pairs, notes = {}, {}, {}
    for path, value in returned.items():
        owner, dot, last = path.rpartition(".")
        if path.startswith("note."):
            notes[path.removeprefix("note.")] = _note(path, value)
        elif dot and last == "pairs" and owner in sizes and path not in units:
            pairs[owner] = _pairs(path, value, sizes[owner], len(setting.wiring[owner][0]))
        elif path in units:
            values[path] = _with_unit(path, value, units[path])
        else:
            raise unknown("value to prepare", path, [*units, *(f"{name}.pairs" for name in sizes)])
    return Prepared(values, pairs, notes)


def _with_unit(path: str, value: Any, dimensions: Any) -> Any:
    number = gate.as_number(path, value)
    if isinstance(number, Quantity) or dimensions is DIMENSIONLESS:
        quantities.expect_unit(path, number, dimensions)
        return number
    return Quantity(np.asarray(number, dtype=float), dim=dimensions)


def _pairs(path: str, value: Any, sizes: tuple[int, int], count: int) -> tuple[Any, Any]:
    if not isinstance(value, tuple | list | np.ndarray) or len(value) != 2:
        raise WrongInput(f"'{path}' must be sources and targets; got {kinds.described(value)}.")
    ends = []
    for kind, given, size in zip(("sources", "targets"), value, sizes, strict=True):
        indices = gate.as_number(f"{path} ({kind})", given)
        quantities.expect_unit(f"{path} ({kind})", indices, DIMENSIONLESS)
        gate.expect_shape(f"{path} ({kind})", indices, (count,))
        ends.append(gate.stored(f"{path} ({kind})", indices, "int32"))
        quantities.expect_between(f"{path} ({kind})", ends[-1], 0, size - 1)
    return ends[0], ends[1]


def _note(path: str, value: Any) -> Any:
    plain = value.tolist() if isinstance(value, np.ndarray | np.generic) else value
    try:
        json.dumps(plain, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise WrongInput(
            f"'{path}' must be text, finite numbers, lists or mappings of them; got {kinds.described(value)}."
        ) from error
    return plain
