"""What cells keep of their synapses beside a sum: the largest or smallest value, or the cell that has it.

Brian2 knows the sum only. It is given one, with all that it arranges and looks at for it: when it is
computed, and that no other is of the same variable. Then the template that goes through the synapses is
replaced by one of our own (`backends.reductions`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from brian2.equations import Equations
from brian2.equations.equations import SingleEquation

from neuromodsim.builder.assembly import Assembly
from neuromodsim.builder.ends import End
from neuromodsim.builder.layers import LAYER, UPDATE
from neuromodsim.description.reductions import CHOICES, EXTREMES, SUM
from neuromodsim.transforms.equation_text import line

TEMPLATE = "reduction"
PRESENT = "start", -31  # right before recorders look, so that they see the present


@dataclass(frozen=True)
class Reduction:
    """The flag of an equation, and the expression whose values are compared."""

    how: str
    expression: str


def as_sums(equations: str, cells: Mapping[str, str]) -> tuple[str, dict[str, Reduction]]:
    """Return equations of synapses as Brian2 can read them, and what is no sum in them, by variable.

    Parameters
    ----------
    equations
        Of the synapses.
    cells
        What a synapse reads as the number of the cell at its other end, by the end that is written to,
        ``"_pre"`` or ``"_post"``.
    """
    known = Equations(equations)
    found = {name: _reduction(equation) for name, equation in known.items()}
    chosen = {name: one for name, one in found.items() if one is not None}
    if not chosen:
        return equations, {}
    lines = [
        _as_sum(equation, chosen[name], cells) if name in chosen else line(equation)
        for name, equation in known.items()
    ]
    return "\n".join(lines), chosen


def _reduction(equation: SingleEquation) -> Reduction | None:
    how = {*EXTREMES, *CHOICES} & {*equation.flags}
    return Reduction(how.pop(), equation.expr.code) if how else None


def _as_sum(equation: SingleEquation, one: Reduction, cells: Mapping[str, str]) -> str:
    if one.how in EXTREMES:
        return line(equation).removesuffix(f"({one.how})") + f"({SUM})"
    # What is kept is a cell, whatever the unit of what is compared.
    name = equation.varname
    return f"{name} = {_cell(name, cells)} : integer ({SUM})"


def _cell(name: str, cells: Mapping[str, str]) -> str:
    return next(cell for end, cell in cells.items() if name.endswith(end))


def reduce(built: Assembly, synapses: Any, chosen: Mapping[str, Reduction], cells: Mapping[str, str]) -> None:
    """Let the updaters of synapses compare values in place of adding them up.

    Parameters
    ----------
    built, synapses
        The network, and the synapses made of what `as_sums` returns.
    chosen, cells
        What it returns, and what it was given.
    """
    for name, one in chosen.items():
        updater = synapses.summed_updaters[name]
        updater.template = TEMPLATE
        updater.abstract_code = f"_synaptic_var = {one.expression}"
        if one.how in CHOICES:
            updater.abstract_code += f"\n_synaptic_cell = {_cell(name, cells)}"
        updater.template_kwds = updater.template_kwds | {
            "largest": one.how.endswith("max"),
            "chooses": one.how in CHOICES,
            "path": built.path(synapses.name, name),
        }
        built.reductions.append(updater)


def compute_in_time(synapses: Any, chosen: Mapping[str, Reduction], ends: Mapping[str, End]) -> None:
    """Let sums and the like be computed right before the cells of their end are updated.

    Brian2 sees to it where cells have no layers. Values of the task are computed where a step begins, before
    samples and the task; sums of the task, which existing programs read one step later, where Brian2 does.
    """
    for name, updater in synapses.summed_updaters.items():
        end = next(one for side, one in ends.items() if name.endswith(side))
        if end.layer is not None:
            updater.order = LAYER * end.layer + UPDATE - 1
        elif end.group.name == "task" and name in chosen:
            updater.when, updater.order = PRESENT
