"""How a variant of an experiment is spelled: the name of its family, and a value for some of its axes.

``class_incremental data=digits rule=bp`` is what one types, what a run notes, and what finds it again. An
axis is a word, and the path of a parameter holds a full stop, so neither can be taken for the other.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from neuromodsim.errors import WrongInput, near
from neuromodsim.units.kinds import shown

AXIS = r"[A-Za-z][A-Za-z0-9_]*"
VALUE = r"[A-Za-z0-9][A-Za-z0-9_.+-]*"
CHOICE = re.compile(rf"({AXIS})=({VALUE})")
SPELLED = re.compile(rf"(?P<name>.*?)(?P<choices>(?:\s+{AXIS}={VALUE})*)\s*", re.DOTALL)


def split(spelled: str) -> tuple[str, dict[str, str]]:
    """Return the name of an experiment or family, and the values that are chosen after it.

    Raises
    ------
    WrongInput
        If a value is chosen twice.

    Examples
    --------
    >>> split("class_incremental data=digits rule=bp")
    ('class_incremental', {'data': 'digits', 'rule': 'bp'})
    >>> split("./my work/task.py:FAMILY cells=50")
    ('./my work/task.py:FAMILY', {'cells': '50'})
    """
    parts = SPELLED.fullmatch(spelled)
    assert parts is not None  # every text is a name, and no or some choices
    return parts["name"], choices(parts["choices"].split())


def choices(words: Iterable[str]) -> dict[str, str]:
    """Return values by axis from words such as ``data=digits``.

    Raises
    ------
    WrongInput
        If a word is of another form, or an axis is there twice.
    """
    found: dict[str, str] = {}
    for word in words:
        chosen = CHOICE.fullmatch(word)
        if chosen is None:
            raise WrongInput(f"{shown(word)} is not of the form AXIS=VALUE, such as data=digits.")
        axis, value = chosen.groups()
        if axis in found:
            raise WrongInput(f"'{axis}' is chosen twice.")
        found[axis] = value
    return found


def joined(name: str, chosen: Mapping[str, Any]) -> str:
    """Return a name and the values chosen after it as one text."""
    return " ".join([name, *(f"{axis}={value}" for axis, value in chosen.items())])


def is_choice(word: str) -> bool:
    """Whether a word chooses the value of an axis."""
    return CHOICE.fullmatch(word) is not None


def missing(what: str, name: str, family: str, known: Iterable[str]) -> WrongInput:
    """Return the error for an axis or a value that a family does not have, with the nearest and with all."""
    guess, every = near(name, known), ", ".join(known)
    said = f"did you mean {', '.join(guess)} (it has {every})?" if guess else f"it has {every}."
    return WrongInput(f"There is no {what} '{name}' of {family}; {said}")
