"""Where variables start: in the range that their model states, and a concentration from 0 up."""

from collections.abc import Mapping
from typing import Any

from brian2.units import Quantity, get_dimensions
from brian2.units.allunits import mmolar

from neuromodsim.checks.beyond import first_beyond
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import Model, ModulatorModel, Parameter
from neuromodsim.description.paths import dimensions
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.units.quantities import expect_unit, pretty

# Of the extracellular space and of messengers, so that a millimolar is not taken for a nanomolar.
HIGHEST = 1 * mmolar
ROUNDING = 1e-12  # of the larger end of a range, by which what was computed may leave it

Range = tuple[Any, Any]


def expect_ranges(component: str, model: Model) -> None:
    """Raise `WrongInput` if a model states a range of what does not start, or ends that do not fit it.

    Parameters
    ----------
    component
        What the model is called in the circuit.
    model
        Its ``ranges`` are looked at.

    Raises
    ------
    WrongInput
        With the variable or the end.
    """
    where = f"of '{component}' ('{model.name}')"
    known = dimensions(model)
    for name, ends in model.ranges.items():
        if name not in known:
            raise unknown(f"variable {where} to state a range of:", name, known)
        if not isinstance(ends, tuple | list) or len(ends) != 2:
            raise WrongInput(f"The range of '{name}' {where} must be its two ends; got {ends!r}.")
        for end in ends:
            if isinstance(end, str) and end not in model.parameters:
                raise unknown(f"parameter {where} as an end of the range of '{name}':", end, model.parameters)
            if end is not None:
                value = model.parameters[end].value if isinstance(end, str) else end
                expect_unit(f"an end of the range of {name}", value, known[name])


def expect_in_range(
    experiment: Experiment, parameters: Mapping[str, Parameter], numbers: Mapping[str, Any]
) -> None:
    """Raise `WrongInput` if a variable starts where its model says that it cannot.

    A concentration starts from 0 up if its model states no other range, and that of a modulator at most at
    1 mM; so do the entries of a table of concentrations.

    Parameters
    ----------
    experiment
        Whose models are looked at.
    parameters
        Each ``component.parameter`` as it is used in the run.
    numbers
        Every initial value and table of the run in SI units, by path.

    Raises
    ------
    WrongInput
        With the variable, its range, and what came.
    """
    for component, model in experiment.components().items():
        units = dimensions(model) | {name: get_dimensions(t.unit) for name, t in model.tables.items()}
        ranges = dict.fromkeys(
            (n for n, unit in units.items() if unit is mmolar.dim), _of_concentrations(model)
        )
        for name, (low, high) in (ranges | dict(model.ranges)).items():
            path = f"{component}.{name}"
            ends = (_end(component, low, parameters), _end(component, high, parameters))
            _expect_between(path, numbers[path], ends, units[name])


def _of_concentrations(model: Model) -> Range:
    return 0 * mmolar, HIGHEST if isinstance(model, ModulatorModel) else None


def _end(component: str, end: Any, parameters: Mapping[str, Parameter]) -> Any:
    """Return an end of a range, of which a parameter's name stands for its value in the run."""
    return parameters[f"{component}.{end}"].value if isinstance(end, str) else end


def _expect_between(path: str, start: Any, ends: Range, unit: Any) -> None:
    first = first_beyond(start, *ends, rounding=ROUNDING)
    if first is not None:
        raise WrongInput(f"'{path}' must be {_said(*ends)}; got {pretty(Quantity(first, dim=unit))}.")


def _said(low: Any, high: Any) -> str:
    """Return a range in words."""
    if low is None or high is None:
        return f"at most {pretty(high)}" if low is None else f"at least {pretty(low)}"
    return pretty(low) if float(low) == float(high) else f"between {pretty(low)} and {pretty(high)}"
