"""Equations of a component, one by one: their flags, and what each reads, is in, and sums onto."""

import ast
import re
from collections.abc import Mapping

from brian2.core.variables import Variable
from brian2.equations import Equations
from brian2.equations.equations import (
    DIFFERENTIAL_EQUATION,
    FLOAT,
    INTEGER,
    PARAMETER,
    SUBEXPRESSION,
    SingleEquation,
)
from brian2.units import get_dimensions, second

from neuromodsim.checks.expressions import Mistake, Place, expect_equation
from neuromodsim.checks.mixed_units import stated, unit_of
from neuromodsim.checks.scope import Named, Scope
from neuromodsim.description.layout import bare, equations_laid_out
from neuromodsim.description.model import Model, SynapseModel, parsed
from neuromodsim.description.reductions import CHOICES, REDUCTIONS, SUM, reduces
from neuromodsim.description.syntax import Unreadable, expression
from neuromodsim.description.task import Task
from neuromodsim.errors import WrongInput, near
from neuromodsim.units.quantities import unit_names, written_names

BEGINS = re.compile(r"^\s*(?:d\s*(\w+)\s*/\s*dt|(\w+))\s*(?:=(?!=)|:)")
OF_ROWS = {
    DIFFERENTIAL_EQUATION: ("unless refractory",),
    PARAMETER: ("constant", "shared", "linked"),
    SUBEXPRESSION: ("shared", "constant over dt"),
}
OF_SYNAPSES = {
    DIFFERENTIAL_EQUATION: ("event-driven", "clock-driven"),
    PARAMETER: ("constant", "shared", "linked"),
    SUBEXPRESSION: (*REDUCTIONS, "shared", "constant over dt"),
}


def expect_equations(place: Place, model: Model, ends: Mapping[str, Model]) -> None:
    """Raise `WrongInput` for the first equation that Brian2 could not build.

    Parameters
    ----------
    place, model
        Where the equations stand.
    ends
        For synapses, the model of the source and of the target, by the suffixes ``_pre`` and ``_post``.
    """
    written = model.all_equations() if isinstance(model, Task) else model.equations
    texts = lines(written)
    for name, equation in parsed(written).items():
        line = texts.get(name, str(equation))
        try:
            _expect_flags(equation, OF_SYNAPSES if isinstance(model, SynapseModel) else OF_ROWS)
            if reduces(equation):
                _expect_reduction(equation, ends)
        except Mistake as error:
            raise place.wrong(line, str(error)) from error
        _expect_right_side(place, line, equation)


def lines(equations: str) -> dict[str, str]:
    """Return the text of each equation, on one line and without comments, by the variable that it is of."""
    found = {}
    for line in equations_laid_out(bare(equations)).split("\n"):
        if match := BEGINS.match(line):
            found[match[1] or match[2]] = line.strip()
    return found


def _expect_right_side(place: Place, line: str, equation: SingleEquation) -> None:
    if equation.expr is None:
        return
    if equation.type == DIFFERENTIAL_EQUATION:
        noisy = Place(place.field, place.component, place.model, _with_noise(place.scope, equation))
        expect_equation(noisy, line, equation.expr.code, equation.dim / second.dim, equation.dim)
    else:
        chooses = {*CHOICES} & {*equation.flags}  # a cell, whatever the unit of what is compared
        expect_equation(place, line, equation.expr.code, None if chooses else equation.dim)


def _with_noise(scope: Scope, equation: SingleEquation) -> Scope:
    noise = {n: Named(Variable(n, dimensions=second.dim**-0.5)) for n in equation.stochastic_variables}
    return Scope({**scope.names, **noise}, scope.tables, scope.arrays) if noise else scope


def _expect_flags(equation: SingleEquation, allowed: Mapping[str, tuple[str, ...]]) -> None:
    for flag in equation.flags:
        if flag not in allowed[equation.type]:
            guess = near(flag, allowed[equation.type])
            known = ", ".join(f"({one})" for one in allowed[equation.type])
            said = f"did you mean ({guess[0]})?" if guess else f"such an equation can have {known}"
            raise Mistake(f"has a flag ({flag}), which it cannot have here; {said}")


def _expect_reduction(equation: SingleEquation, ends: Mapping[str, Model]) -> None:
    """Refuse what is kept by no plain variable of the cells at an end, or by one of another kind or unit."""
    name, how = equation.varname, equation.flags[0]
    if len(equation.flags) > 1:
        raise Mistake(f"has the flags {' and '.join(f'({flag})' for flag in equation.flags)}; leave one out")
    does, one = ("sums", "a sum") if how == SUM else (f"puts ({how})", "it")
    suffix = next((one for one in ends if name.endswith(one)), None)
    if suffix is None:
        raise Mistake(f"{does} onto '{name}'; {one} is of a variable of cells, such as '{name}_post'")
    variable, model = name.removesuffix(suffix), ends[suffix]
    known = parsed(model.all_equations() if isinstance(model, Task) else model.equations)
    plain = [n for n, e in known.items() if e.type == PARAMETER and "linked" not in e.flags]
    if variable not in plain:
        guess = near(variable, plain)
        said = f"did you mean {', '.join(f'{one}{suffix}' for one in guess)}?" if guess else ""
        raise Mistake(
            f"{does} onto '{variable}', which is no plain variable in the equations of '{model.name}', as "
            f"'{variable} : 1' is" + (f"; {said}" if said else "")
        )
    if how != SUM:
        _expect_kind(how, equation, known[variable], model.name)
    if known[variable].dim is not equation.dim:
        raise Mistake(f"{does} onto '{variable}' of '{model.name}', a variable {stated(known[variable].dim)}")


def _expect_kind(how: str, equation: SingleEquation, kept: SingleEquation, model: str) -> None:
    """Refuse a cell's number that is no whole number, and a largest or smallest value that is one."""
    kind, said = (INTEGER, "the number of a cell") if how in CHOICES else (FLOAT, "a real number")
    if equation.var_type != kind:
        unit = "integer" if kind == INTEGER else "1, or with a unit"
        raise Mistake(f"is {said}; end it with ': {unit} ({how})'")
    if kept.var_type != kind:
        raise Mistake(f"is {said}, and '{kept.varname}' of '{model}' is not declared as one")


def equations_of(component: str, model: Model) -> Equations:
    """Return a model's equations; a mistake in them is told with the component's name."""
    text = model.all_equations()
    try:
        return parsed(text)
    except WrongInput as error:
        said = " ".join(str(error.__cause__).split()).rstrip(".")
        raise _unreadable(component, model.name, text, said) from error


def _unreadable(component: str, model: str, equations: str, said: str) -> WrongInput:
    """Return the error for equations that cannot be read, with the first line that is to blame.

    Parameters
    ----------
    component, model, equations
        What they are of, and the equations.
    said
        What Brian2 says of them as a whole.
    """
    wrong = Place("the equations", component, model, Scope({}, {}, {})).wrong
    begun = ""
    for line in bare(equations).split("\n"):
        if begun and BEGINS.match(line):
            break
        begun = f"{begun} {line.strip()}".strip()
        if ":" not in begun:
            continue
        try:
            Equations(re.sub(r"\brandn?\(\s*\)", "1", begun))
        except Exception as error:  # as in `parsed`
            return wrong(begun, _why(begun, " ".join(str(error).split()).rstrip(".")))
        begun = ""
    if begun:
        return wrong(begun, "has no unit; an equation ends with one, as ' : volt', or with ' : 1'")
    return WrongInput(f"The equations of '{component}' ('{model}') cannot be read: {said}.")


def _why(line: str, said: str) -> str:
    """Return what is wrong with an equation, of which Brian2 says this."""
    left, _, unit = line.rpartition(":")
    if BEGINS.match(line) is None:
        if re.match(r"^\s*\w+\s*==", line):
            return "compares, and defines nothing: '=' defines a variable"
        return "is no equation, as 'dv/dt = -v/tau : volt', 'x = 2*y : 1' and 'x : 1' are"
    if match := re.search(r"Unit specification refers to '(\w+)'", said):
        return _no_unit(match[1])
    if not unit.strip():
        return "has no unit; write 1 where there is none"
    try:
        tree = expression(left.partition("=")[2] or "1")
        if any(isinstance(node, ast.Subscript) for node in ast.walk(tree)):
            return "has an index in it; equations read single variables, and a table as table(k)"
    except Unreadable as error:
        return str(error)
    return f"cannot be read ({said})"


def _no_unit(name: str) -> str:
    if name in written_names():
        unit = unit_of(get_dimensions(written_names()[name]))
        return f"is in '{name}'; equations take units without a prefix: write {unit}"
    guess = near(name, [n for n, unit in unit_names().items() if float(unit) == 1 and n.isalpha()])
    return f"is in '{name}', which is no unit" + (f"; did you mean {', '.join(guess)}?" if guess else "")
