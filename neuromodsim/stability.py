"""What a pool must be given to mean something: no step too long for it, no negative concentration."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import sympy
from brian2.parsing.sympytools import str_to_sympy
from brian2.units import get_dimensions, have_same_dimensions
from brian2.units.allunits import mmolar
from brian2.units.fundamentalunits import get_unit

from neuromodsim.circuit import Modulator
from neuromodsim.errors import WrongInput
from neuromodsim.model import Parameter, parsed
from neuromodsim.quantities import pretty


def expect_stable(modulator: Modulator, parameters: Mapping[str, Parameter], dt: Any) -> None:
    """Raise `WrongInput` if a step is too long for diffusion on a pool's grid.

    An explicit step is stable up to dx²/(2 n D*), with n dimensions and D* what multiplies the
    laplacian in the pool's equation.
    """
    if modulator.grid is None:
        return
    grid, spread = modulator.grid, float(spread_of(modulator, parameters))
    if spread <= 0:
        return
    longest = float(grid.dx) ** 2 / (2 * len(grid.shape) * spread)
    if float(dt) > longest:
        unit = get_unit(get_dimensions(dt))
        raise WrongInput(
            f"The time step of {pretty(dt)} is too long for '{modulator.name}' to spread on voxels of "
            f"{pretty(grid.dx)}: take at most {pretty(longest * unit)}, or larger voxels."
        )


def spread_of(modulator: Modulator, parameters: Mapping[str, Parameter]) -> Any:
    """Return the apparent diffusion coefficient, D/λ², in square metres per second."""
    model = modulator.model
    equations = parsed(f"{model.equations}\n{model.declarations()}")
    slope = str_to_sympy(str(dict(equations.get_substituted_expressions())[model.level]))
    factor = sympy.diff(slope, sympy.Symbol("laplacian", real=True))
    values = {
        sympy.Symbol(name, real=True): float(np.asarray(parameters[f"{modulator.name}.{name}"].value))
        for name in model.parameters
    }
    return factor.subs(values)


def expect_concentrations(modulator: Modulator, numbers: Mapping[str, Any]) -> None:
    """Raise `WrongInput` if a concentration starts below zero."""
    for name, equation in parsed(modulator.model.equations).items():
        path = f"{modulator.name}.{name}"
        if path in numbers and have_same_dimensions(equation.dim, mmolar):
            lowest = float(np.min(numbers[path]))
            if lowest < 0:
                raise WrongInput(
                    f"'{path}' is a concentration and cannot start at {pretty(lowest * mmolar)}."
                )
