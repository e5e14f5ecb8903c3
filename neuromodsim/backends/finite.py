"""What a network's variables must be, recorded or not: finite, at the end of a run and whenever it reports.

A membrane that is not a number fires no spike and sets off no error, so a run that keeps spikes only would
tell of a silent cell.
"""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
from brian2.core.variables import ArrayVariable

from neuromodsim.builder.assembly import Assembly
from neuromodsim.description.arrays import OUT_OF_RANGE
from neuromodsim.description.circuit import Circuit
from neuromodsim.errors import RunFailed

MARK = "neuromodsim-not-finite"  # begins the line by which a compiled program says so
NAMELESS: Mapping[str, str] = {}


def states(built: Assembly, components: Collection[str]) -> dict[str, ArrayVariable]:
    """Return every variable of a network's components that a run can change and that holds real numbers.

    Parameters
    ----------
    built
        The network.
    components
        Whose variables these are; what is made for them on the way has none of its own to look at.

    Returns
    -------
    dict
        Variables by ``component.variable``. Constants, whole numbers and links are left out.
    """
    shown = {f"{path.partition('.')[0]}.{held}": path.partition(".")[2] for path, held in built.shown.items()}
    found = {}
    for component in components:
        group = built.groups[component]
        for name in group.equations.names:
            variable = group.variables.get(name)
            # A link would be looked at twice, and by a name under which nobody has described it.
            own = isinstance(variable, ArrayVariable) and variable.owner.name == group.name
            if own and not variable.constant and np.dtype(variable.dtype).kind == "f":
                found[built.path(component, shown.get(f"{component}.{name}", name))] = variable
    return found


def kinds(circuit: Circuit) -> dict[str, str]:
    """Return what a row of each component is: a cell, a region or a synapse."""
    named = {p.name: "cell" for p in circuit.populations} | {m.name: "region" for m in circuit.modulators}
    return named | {p.name: "synapse" for p in circuit.projections}


def expect_finite(values: Mapping[str, Any], seconds: float, rows: Mapping[str, str] = NAMELESS) -> None:
    """Raise `RunFailed` if any of some variables holds what is no finite number.

    Parameters
    ----------
    values
        Arrays of one dimension by ``component.variable``.
    seconds
        How far the run is, in simulated time.
    rows
        What a row of a component is, as of `kinds`.
    """
    for path, held in values.items():
        wrong = np.flatnonzero(~np.isfinite(held))
        if wrong.size:
            row = rows.get(path.partition(".")[0], "row")
            raise refusal(path, seconds, which(row, int(wrong[0]), wrong.size, np.size(held)))


def which(row: str, first: int, wrong: int, size: int) -> str:
    """Return in which rows something is: ``'cell 17 and 2 others'``; nothing where there is one row."""
    if size == 1:
        return ""
    others = {1: "", 2: " and 1 other"}.get(wrong, f" and {wrong - 1} others")
    return f"{row} {first}{others}"


def refusal(path: str, seconds: float, where: str) -> RunFailed:
    """Return the error of a run in which a variable is no finite number, or an array had no such entry."""
    if path.startswith("task.") and path.endswith(OUT_OF_RANGE):
        return RunFailed(
            f"An index of '{path.removesuffix(OUT_OF_RANGE)}' must be that of an entry; the code of the task "
            f"used one that is not, before t = {seconds:g} s{f' ({where})' if where else ''}."
        )
    return RunFailed(f"'{path}' became NaN or infinite at t = {seconds:g} s{f' ({where})' if where else ''}.")


def told(line: str) -> RunFailed | None:
    """Return the error that a line of a compiled program stands for, if it is one of these."""
    words = line.split("\t")
    if words[0] != MARK:
        return None
    wrong, rows = int(words[2]), int(words[3])
    return refusal(words[1], float(words[4]), "" if rows == 1 else f"{wrong} of its {rows} rows")
