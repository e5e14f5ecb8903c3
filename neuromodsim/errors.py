"""What can go wrong, as a tree of two branches.

NeuromodsimError
├── WrongInput        something the caller said: a name, a unit, a value (exit code 2)
│   └── OutputExists  the file to write is already there
└── RunFailed         something that happened later: a compiler, a program, a disk (exit code 1)
    └── BuildFailed   no program came out of it
"""

import difflib
from collections.abc import Iterable

MOST = 20  # names that one sentence lists


class NeuromodsimError(Exception):
    """Anything that neuromodsim itself refuses or reports.

    Examples
    --------
    >>> import neuromodsim as nms
    >>> try:
    ...     nms.simulate("paring")
    ... except NeuromodsimError as error:
    ...     print(error)
    There is no experiment 'paring'; did you mean pairing?
    """


class WrongInput(NeuromodsimError, ValueError):
    """The caller gave a name, unit or value that cannot be used.

    Examples
    --------
    >>> import neuromodsim as nms
    >>> nms.simulate("pairing", seed=-1)
    Traceback (most recent call last):
    neuromodsim.errors.WrongInput: ...
    """


class OutputExists(WrongInput):
    """The output is already there and may not be overwritten.

    Examples
    --------
    >>> issubclass(OutputExists, WrongInput)
    True
    """


class RunFailed(NeuromodsimError, RuntimeError):
    """A run did not finish, or what it returned cannot be trusted.

    Examples
    --------
    >>> raise RunFailed("The program stopped before the end.")
    Traceback (most recent call last):
    neuromodsim.errors.RunFailed: The program stopped before the end.
    """


class BuildFailed(RunFailed):
    """The program could not be generated or compiled.

    Examples
    --------
    >>> issubclass(BuildFailed, RunFailed)
    True
    """


def unknown(kind: str, name: str, known: Iterable[str]) -> WrongInput:
    """Return the error for a name that does not exist, with the nearest right ones."""
    names = sorted(n for n in known if not n.startswith("_"))
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    if near:
        return WrongInput(f"There is no {kind} '{name}'; did you mean {', '.join(near)}?")
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return WrongInput(f"There is no {kind} '{name}'; known: {', '.join(names[:MOST]) or 'none'}{more}.")
