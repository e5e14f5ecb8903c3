"""What an experiment's ``prepare`` returns, through the same gate as all other numbers."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from brian2.units import Quantity
from brian2.units.fundamentalunits import DIMENSIONLESS

from neuromodsim.description import gate
from neuromodsim.description.experiment import Experiment, Prepared, Setting
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.units import kinds, quantities


def prepare(
    experiment: Experiment, setting: Setting, units: Mapping[str, Any], sizes: Mapping[str, tuple[int, int]]
) -> Prepared:
    """Return what an experiment prepares, checked, its numbers as they are stored.

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
    if not isinstance(returned, Prepared):
        kinds.expect_mapping(f"what '{experiment.name}' prepares", returned)
        returned = Prepared(returned)
    for path in returned.values:
        if path not in units:
            raise unknown("value to prepare", path, units)
    for name in returned.pairs:
        if name not in sizes:
            raise unknown("projection to prepare pairs of", name, sizes)
    return Prepared(
        {path: _with_unit(path, value, units[path]) for path, value in returned.values.items()},
        {
            name: _pairs(name, ends, sizes[name], len(setting.wiring[name][0]))
            for name, ends in returned.pairs.items()
        },
        {name: _note(name, value) for name, value in returned.notes.items()},
    )


def _with_unit(path: str, value: Any, dimensions: Any) -> Any:
    number = gate.as_number(path, value)
    if isinstance(number, Quantity) or dimensions is DIMENSIONLESS:
        quantities.expect_unit(path, number, dimensions)
        return number
    return Quantity(np.asarray(number, dtype=float), dim=dimensions)


def _pairs(name: str, value: Any, sizes: tuple[int, int], count: int) -> tuple[Any, Any]:
    path = f"pairs of {name}"
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


def _note(name: str, value: Any) -> Any:
    plain = value.tolist() if isinstance(value, np.ndarray | np.generic) else value
    try:
        json.dumps(plain, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise WrongInput(
            f"'note {name}' must be text, finite numbers, lists or mappings of them; got "
            f"{kinds.described(value)}."
        ) from error
    return plain
