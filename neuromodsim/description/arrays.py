"""Small arrays of a task, ``value : 1 [4]``, written out as one variable for each entry.

Code reads and sets an entry by an index, ``value[choice] += 1``. Brian2 has one number per row and variable,
so the array becomes ``value_0`` to ``value_3``, a read entry a choice among them, and a statement that
sets an entry one statement for each. An index that is no entry makes a variable of its own infinite, so that
the run fails.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from neuromodsim.errors import WrongInput

MOST_ENTRIES = 64
OUT_OF_RANGE = "_out_of_range"  # ends the name of the variable that an index without an entry makes infinite
DECLARED = re.compile(r"^\s*(\w+)\s*:\s*([^\[\]=(]+?)\s*\[\s*(\w*)\s*\]\s*(?:#.*)?$")
TYPES = ("boolean", "bool")

Arrays = Mapping[str, int]  # how many entries each array has


def arrays_of(equations: str) -> dict[str, int]:
    """Return the arrays that equations declare, with their numbers of entries.

    Raises
    ------
    WrongInput
        If a declaration is not ``name : unit [entries]``, or has no entries or too many.

    Examples
    --------
    >>> arrays_of("value : 1 [4]  # of each arm")
    {'value': 4}
    """
    found: dict[str, int] = {}
    for line in equations.split("\n"):
        if "[" not in line.partition("#")[0]:
            continue
        match = DECLARED.match(line)
        if match is None or match[2] in TYPES:
            raise WrongInput(
                "An array must be declared as a plain number, 'name : unit [entries]', and read in code "
                f"only; got '{line.strip()}'."
            )
        if not match[3].isdigit() or not 1 <= int(match[3]) <= MOST_ENTRIES:
            raise WrongInput(
                f"The array '{match[1]}' must have a number of entries from 1 to {MOST_ENTRIES}; got "
                f"'{match[3]}'."
            )
        found[match[1]] = int(match[3])
    return found


def entries(name: str, arrays: Arrays) -> list[str]:
    """Return the names of the variables of an array, one for each entry.

    Examples
    --------
    >>> entries("value", {"value": 2})
    ['value_0', 'value_1']
    """
    return [f"{name}_{index}" for index in range(arrays[name])]


def equations_written_out(equations: str) -> str:
    """Return equations with a line for each entry of each array."""
    arrays = arrays_of(equations)
    if not arrays:
        return equations
    lines = []
    for line in equations.split("\n"):
        match = DECLARED.match(line)
        if match is None:
            lines.append(line)
            continue
        lines += [f"{entry} : {match[2]}" for entry in entries(match[1], arrays)]
        lines.append(f"{match[1]}{OUT_OF_RANGE} : 1")
    return "\n".join(lines)


def initial_written_out(initial: Mapping[str, Any], arrays: Arrays) -> dict[str, Any]:
    """Return initial values with one for each entry, of one for all or a sequence.

    Raises
    ------
    WrongInput
        If there is a number for each entry of another number of entries.
    """
    found: dict[str, Any] = {}
    for name, value in initial.items():
        if name not in arrays:
            found[name] = value
            continue
        one = isinstance(value, str) or not getattr(value, "shape", isinstance(value, tuple | list))
        if not one and len(value) != arrays[name]:
            raise WrongInput(f"'{name}' takes one initial value or {arrays[name]}; got {len(value)}.")
        found |= {entry: value if one else value[index] for index, entry in enumerate(entries(name, arrays))}
    return found


def expect_apart(task: str, arrays: Arrays, declared: Iterable[str], others: Iterable[str]) -> None:
    """Raise `WrongInput` if a name of an array, or one made of it, is also that of something else.

    Parameters
    ----------
    task, arrays
        The task, and its arrays.
    declared
        Every name that its equations declare, once for each time.
    others
        The names of its parameters and tables.
    """
    named = [*declared, *others]
    for name in arrays:
        made = [*entries(name, arrays), f"{name}{OUT_OF_RANGE}", f"{name}_entry"]
        taken = [one for one in made if one in named] + [name] * (named.count(name) > 1)
        if taken:
            raise WrongInput(f"'{taken[0]}' of '{task}' is a name of its array '{name}'; rename one of them.")
