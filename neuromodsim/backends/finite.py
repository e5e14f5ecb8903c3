"""What a network's variables must be, recorded or not: finite, at the end of a run and whenever it reports.

A membrane that is not a number fires no spike and sets off no error, so a run that keeps spikes only would
tell of a silent cell.
"""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
from brian2.core.variables import ArrayVariable

from neuromodsim.builder.assembly import Assembly
from neuromodsim.errors import RunFailed

MARK = "neuromodsim-not-finite"  # begins the line by which a compiled program says so


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
    shown = {f"{path.partition('.')[0]}.{held}": path for path, held in built.shown.items()}
    found = {}
    for component in components:
        group = built.groups[component]
        for name in group.equations.names:
            variable = group.variables.get(name)
            # A link would be looked at twice, and by a name under which nobody has described it.
            own = isinstance(variable, ArrayVariable) and variable.owner.name == group.name
            if own and not variable.constant and np.dtype(variable.dtype).kind == "f":
                path = f"{component}.{name}"
                found[shown.get(path, path)] = variable
    return found


def expect_finite(values: Mapping[str, Any], seconds: float) -> None:
    """Raise `RunFailed` if any of some variables holds what is no finite number.

    Parameters
    ----------
    values
        Arrays of one dimension by ``component.variable``.
    seconds
        How far the run is, in simulated time.
    """
    for path, rows in values.items():
        right = np.isfinite(rows)
        if not right.all():
            raise refusal(path, int(right.size - right.sum()), int(right.size), seconds)


def refusal(path: str, wrong: int, rows: int, seconds: float) -> RunFailed:
    """Return the error of a run in which so many rows of a variable are no finite numbers."""
    where = "" if rows == 1 else f"in {wrong} of its {rows} rows, "
    return RunFailed(
        f"'{path}' became infinite or not a number during the run: {where}as seen at {seconds:g} s."
    )


def told(line: str) -> RunFailed | None:
    """Return the error that a line of a compiled program stands for, if it is one of these."""
    words = line.split("\t")
    if words[0] != MARK:
        return None
    return refusal(words[1], int(words[2]), int(words[3]), float(words[4]))
