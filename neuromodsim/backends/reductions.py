"""The largest or smallest value among the synapses of each cell, and the cell that has it, in NumPy.

The template of a compiled program is ``reduction.cpp``.
"""

from pathlib import Path
from typing import Any

import numpy as np
from brian2.codegen.runtime.numpy_rt import NumpyCodeObject
from brian2.devices.cpp_standalone.codeobject import CPPStandaloneCodeObject
from jinja2 import ChoiceLoader, FileSystemLoader
from numpy.typing import NDArray

from neuromodsim.backends import finite
from neuromodsim.builder.assembly import Assembly

Array = NDArray[Any]
TEMPLATES = Path(__file__).parent / "templates"
NOBODY, LAST = -1, np.iinfo(np.int32).max


def install() -> None:
    """Let Brian2's template engines find our templates, once."""
    for kind in (NumpyCodeObject, CPPStandaloneCodeObject):
        environment = kind.templater.env
        if "not_finite" not in environment.globals:
            environment.globals["not_finite"] = finite.MARK
            environment.loader = ChoiceLoader([environment.loader, FileSystemLoader(TEMPLATES)])


def use_numpy(built: Assembly) -> None:
    """Let NumPy compare values, whatever runs the other code in this process."""
    install()
    for updater in built.reductions:
        updater.codeobj_class = NumpyCodeObject


def extreme(path: str, values: Array, at: Array, count: int, none: float, now: float) -> Array:
    """Return the largest or smallest value of each cell.

    Parameters
    ----------
    path, now
        Of what these are values, and the time in seconds, for an error.
    values, at
        A value for each synapse, and the cell that it belongs to, each of shape ``(synapse,)``.
    count
        The number of cells.
    none
        What is returned of a cell without a value: minus infinity if the largest is looked for, or plus.

    Raises
    ------
    RunFailed
        If a value is not a number.
    """
    if np.isnan(values).any():
        raise finite.refusal(path, float(now), "")
    found = np.full(count, none)
    (np.maximum if none < 0 else np.minimum).at(found, at, values)
    return found


def chosen(cells: Array, values: Array, at: Array, best: Array, none: float) -> Array:
    """Return the cell that has the best value, of several the one with the lowest number; -1 where none has.

    Parameters
    ----------
    cells, values, at
        Of each synapse, the cell at its other end, its value, and the cell that it belongs to.
    best, none
        The best value of each cell, and that of a cell without values, as of `extreme`.
    """
    equal = (values == best[at]) & (values != none)
    found = np.full(len(best), LAST)
    np.minimum.at(found, at[equal], cells[equal])
    found[found == LAST] = NOBODY
    return found
