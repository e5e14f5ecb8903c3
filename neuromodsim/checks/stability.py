"""No time step is too long for what a pool does."""

from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal
from typing import Any

import numpy as np
import sympy
from brian2.parsing.sympytools import str_to_sympy
from brian2.units import get_dimensions
from brian2.units.fundamentalunits import get_unit

from neuromodsim.brian import in_turn
from neuromodsim.description.model import Parameter, parsed
from neuromodsim.description.modulator import Modulator
from neuromodsim.errors import WrongInput
from neuromodsim.units.quantities import pretty


def expect_stable(modulator: Modulator, parameters: Mapping[str, Parameter], dt: Any) -> None:
    """Raise `WrongInput` if a step is too long for diffusion and uptake on a pool's grid.

    An explicit step is stable up to 2 / (4 n D*/dx² + k), with n dimensions, D* what multiplies the
    laplacian in the pool's equation, and k its fastest rate of loss, that of an empty pool.
    """
    if modulator.grid is None:
        return
    grid = modulator.grid
    spread, loss = (float(rate) for rate in rates_of(modulator, parameters))
    fastest = 4 * len(grid.shape) * spread / float(grid.dx) ** 2 + max(loss, 0.0)
    if fastest * float(dt) > 2:
        longest = _rounded_down(2 / fastest) * get_unit(get_dimensions(dt))
        raise WrongInput(
            f"The time step of {pretty(dt)} is too long for '{modulator.name}' to spread on voxels of "
            f"{pretty(grid.dx)}: take at most {pretty(longest)}, or larger voxels."
        )


def _rounded_down(value: float) -> float:
    """Return a number with three digits that is no larger, so that whoever takes it is not refused again."""
    last = Decimal(1).scaleb(Decimal(value).adjusted() - 2)
    return float(Decimal(value).quantize(last, rounding=ROUND_DOWN))


@in_turn
def rates_of(modulator: Modulator, parameters: Mapping[str, Parameter]) -> tuple[Any, Any]:
    """Return the apparent diffusion coefficient, D/λ², in m²/s, and the rate of loss when empty, in 1/s."""
    model = modulator.model
    equations = parsed(f"{model.equations}\n{model.declarations()}")
    slope = str_to_sympy(str(dict(equations.get_substituted_expressions())[model.level]))
    level = sympy.Symbol(model.level, real=True)
    values = {
        sympy.Symbol(name, real=True): float(np.asarray(parameters[f"{modulator.name}.{name}"].value))
        for name in model.parameters
    }
    spread = sympy.diff(slope, sympy.Symbol("laplacian", real=True)).subs(values)
    loss = -sympy.diff(slope, level).subs(values)
    others = (spread.free_symbols | loss.free_symbols) - {level}  # such as receptors, other pools
    # None of the others there, or next to none, where something is divided by them.
    for little in (0, 1e-9):
        rates = [rate.subs({level: 0, **dict.fromkeys(others, little)}) for rate in (spread, loss)]
        if all(rate.is_finite for rate in rates):
            return rates[0], rates[1]
    raise WrongInput(
        f"The loss rate of '{modulator.name}' at zero concentration must be finite, to determine the largest "
        f"stable time step on a grid; got {loss}."
    )
