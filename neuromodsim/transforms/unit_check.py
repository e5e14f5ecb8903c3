"""Units of a pool's equations, looked at when it is described, so that the error names them."""

from collections.abc import Mapping
from typing import Any

from brian2.core.functions import DEFAULT_CONSTANTS, DEFAULT_FUNCTIONS, Function
from brian2.core.variables import Constant, Variable
from brian2.equations import Equations
from brian2.equations.equations import DIFFERENTIAL_EQUATION
from brian2.equations.unitcheck import check_dimensions
from brian2.units import second
from brian2.units.allunits import mmolar
from brian2.units.fundamentalunits import DimensionMismatchError, get_dimensions
from brian2.utils.stringtools import get_identifiers

from neuromodsim.description.functions import FUNCTIONS
from neuromodsim.description.model import ModulatorModel, parsed
from neuromodsim.description.table import Table
from neuromodsim.errors import WrongInput
from neuromodsim.units.quantities import unit_names, unit_text


def expect_pool(model: ModulatorModel) -> None:
    """Raise `WrongInput` unless a model is a pool: a level in molar, nothing missing, units that agree."""
    equations = parsed(f"{model.equations}\n{model.declarations()}")
    if model.level not in equations:
        raise WrongInput(f"'{model.name}' has no variable '{model.level}', its level.")
    level = equations[model.level].dim
    if level != get_dimensions(mmolar):
        raise WrongInput(
            f"'{model.level}' of '{model.name}' must be a concentration in mmolar; got {unit_text(level)}."
        )
    known = _known(equations) | {name: of_table(table) for name, table in model.tables.items()}
    for name, equation in equations.items():
        if equation.expr is not None:
            _expect_equation(model, name, equation, known)


def of_table(table: Table) -> Function:
    """Return a function with the units of a table, to look at what reads it; it has no values."""
    return Function(lambda *indices: None, arg_units=[1] * len(table.shape), return_unit=table.unit)


def _known(equations: Equations) -> dict[str, Any]:
    """Return all that equations may read, as Brian2 has it once they are built."""
    used = {name for e in equations.values() if e.expr is not None for name in get_identifiers(str(e.expr))}
    known: dict[str, Any] = DEFAULT_FUNCTIONS | FUNCTIONS
    units = {name: unit for name, unit in unit_names().items() if name in used}
    known |= {name: Constant(name, float(unit), dimensions=unit.dim) for name, unit in units.items()}
    known |= {name: Variable(name, dimensions=get_dimensions(second)) for name in ("t", "dt")}
    known |= {name: Variable(name) for name in ("i", "N")}
    return known | {name: Variable(name, dimensions=equation.dim) for name, equation in equations.items()}


def _expect_equation(model: ModulatorModel, name: str, equation: Any, known: Mapping[str, Any]) -> None:
    """Raise `WrongInput` if an equation reads what is not there, or its units do not agree."""
    differential = equation.type == DIFFERENTIAL_EQUATION
    wanted = equation.dim / get_dimensions(second) if differential else equation.dim
    left = f"d{name}/dt" if differential else name
    missing = get_identifiers(str(equation.expr)) - {*known, *DEFAULT_CONSTANTS, "xi"}
    if missing:
        raise WrongInput(f"{left} of '{model.name}' reads '{min(missing)}', which is not there.")
    try:
        check_dimensions(str(equation.expr), wanted, known)
    except KeyError:  # a constant or noise
        return
    except DimensionMismatchError as error:
        said = str(error).partition("(")[0].strip().rstrip(".")
        raise WrongInput(
            f"The units of {left} in '{model.name}' do not agree: {said}; it must be in {unit_text(wanted)}."
        ) from error
