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
LEAST = 3  # letters that begin a name


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


def near(name: str, known: Iterable[str]) -> list[str]:
    """Return at most three names that one may have meant: almost the same, or begun in the same way.

    Examples
    --------
    >>> near("distal_rewrd", ["distal_reward", "digits"])
    ['distal_reward']
    >>> near("purple", ["pairing", "digits"])
    []
    """
    names = list(known)
    alike = difflib.get_close_matches(name, names, n=3, cutoff=0.75)
    begun = [n for n in sorted(names) if _begins(name, n)]
    return [*alike, *(n for n in begun if n not in alike)][:3]


def _begins(name: str, other: str) -> bool:
    """Whether a name begins another one, or does so but for its last letter, or has a letter too much."""
    begun = name[:-1] if len(name) > LEAST else name
    return (len(name) >= LEAST and other.startswith(begun)) or (len(name) > 1 and name[:-1] == other)


def unknown(kind: str, name: str, known: Iterable[str]) -> WrongInput:
    """Return the error for a name that does not exist, with the nearest right ones."""
    names = sorted(n for n in known if not n.startswith("_"))
    if guess := near(name, names):
        return WrongInput(f"There is no {kind} '{name}'; did you mean {', '.join(guess)}?")
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return WrongInput(f"There is no {kind} '{name}'; known: {', '.join(names[:MOST]) or 'none'}{more}.")
