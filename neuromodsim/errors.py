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
    """Anything that neuromodsim itself refuses or reports."""


class WrongInput(NeuromodsimError, ValueError):
    """The caller gave a name, unit or value that cannot be used."""


class OutputExists(WrongInput):
    """The output is already there and may not be overwritten."""


class RunFailed(NeuromodsimError, RuntimeError):
    """A run did not finish, or what it returned cannot be trusted."""


class BuildFailed(RunFailed):
    """The program could not be generated or compiled."""


def unknown(kind: str, name: str, known: Iterable[str]) -> WrongInput:
    """Return the error for a name that does not exist, with the nearest right ones."""
    names = sorted(n for n in known if not n.startswith("_"))
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    if near:
        return WrongInput(f"There is no {kind} '{name}'; did you mean {', '.join(near)}?")
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return WrongInput(f"There is no {kind} '{name}'; known: {', '.join(names[:MOST]) or 'none'}{more}.")
