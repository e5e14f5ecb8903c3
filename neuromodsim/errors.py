"""Errors, as a tree with two branches.

NeuromodsimError
├── WrongInput        an invalid name, unit or value (exit code 2)
│   └── OutputExists  the file to write exists
└── RunFailed         a failure of the compiler, the program or the disk (exit code 1)
    └── BuildFailed   the program could not be built
"""

import difflib
from collections.abc import Iterable

MOST = 20  # names that one sentence lists
LEAST = 3  # letters that begin a name


class NeuromodsimError(Exception):
    """Base class of all errors raised by neuromodsim.

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
    """A name, unit or value given by the caller cannot be used.

    Examples
    --------
    >>> import neuromodsim as nms
    >>> nms.simulate("pairing", seed=-1)
    Traceback (most recent call last):
    neuromodsim.errors.WrongInput: ...
    """


class OutputExists(WrongInput):
    """The output exists and may not be overwritten.

    Examples
    --------
    >>> issubclass(OutputExists, WrongInput)
    True
    """


class RunFailed(NeuromodsimError, RuntimeError):
    """A run did not finish, or its output is invalid.

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
    """Return at most three names that one may have meant: alike but for their case, or a letter, or begun so.

    Examples
    --------
    >>> near("distal_rewrd", ["distal_reward", "digits"])
    ['distal_reward']
    >>> near("purple", ["pairing", "digits"])
    []
    """
    names = list(known)
    same = [n for n in names if n != name and n.lower() == name.lower()]
    alike = difflib.get_close_matches(name, names, n=3, cutoff=0.75)
    begun = [n for n in sorted(names) if _begins(name, n)]
    return list(dict.fromkeys([*same, *alike, *begun]))[:3]


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
