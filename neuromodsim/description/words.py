"""What can be a name: one check for all that a description names, each a word of its own in a path."""

import keyword
import re
from typing import Any

from neuromodsim.description.spelling import CHOICE
from neuromodsim.errors import WrongInput
from neuromodsim.units.kinds import shown

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]*")  # what nothing is computed with, as inversion_0.5
# What cannot be a name in a program of C++.
WORDS_OF_CPP = frozenset(
    re.findall(
        r"\w+",
        """
        alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t char32_t
        char8_t class co_await co_return co_yield compl concept const const_cast consteval constexpr
        constinit continue decltype default delete do double dynamic_cast else enum explicit export extern
        false float for friend goto if inline int long mutable namespace new noexcept not not_eq nullptr
        operator or or_eq private protected public register reinterpret_cast requires return short signed
        sizeof static static_assert static_cast struct switch template this thread_local throw true try
        typedef typeid typename union unsigned using virtual void volatile wchar_t while xor xor_eq
        """,
    )
)


def expect_word(what: str, name: Any) -> str:
    """Return a name, or raise `WrongInput` if a path cannot have it.

    Examples
    --------
    >>> expect_word("model", "2nd layer")
    Traceback (most recent call last):
    neuromodsim.errors.WrongInput: '2nd layer' cannot name a model: a name is letters, ...
    """
    if not (isinstance(name, str) and NAME.fullmatch(name)):
        raise WrongInput(
            f"{shown(name)} cannot name {_a(what)}: a name is letters, digits and _, with a letter first."
        )
    return name


def expect_compiled(what: str, name: Any) -> str:
    """Return a name, or raise `WrongInput` if a path or a program cannot have it."""
    plain = isinstance(name, str) and NAME.fullmatch(name)
    if not plain or name in WORDS_OF_CPP or keyword.iskeyword(name):
        raise WrongInput(
            f"{shown(name)} cannot name {_a(what)}: a name is letters, digits and _, with a letter first, "
            "and no word of Python or C++."
        )
    return str(name)


def expect_label(what: str, name: Any) -> str:
    """Return the name of something that no program knows, such as a condition, or raise `WrongInput`."""
    if not (isinstance(name, str) and LABEL.fullmatch(name)):
        raise WrongInput(
            f"{shown(name)} cannot name {_a(what)}: it is letters, digits, _, -, + and full stops, with a "
            "letter or a digit first."
        )
    return name


def expect_spelled(what: str, name: Any) -> str:
    """Return a label, with the values of axes after it if there are any, or raise `WrongInput`.

    Examples
    --------
    >>> expect_spelled("experiment", "class_incremental data=digits rule=bp")
    'class_incremental data=digits rule=bp'
    """
    if isinstance(name, str) and " " in name and not name.endswith(" "):
        label, *chosen = name.split(" ")
        if LABEL.fullmatch(label) and all(CHOICE.fullmatch(word) for word in chosen):
            return name
    return expect_label(what, name)


def _a(what: str) -> str:
    return f"{'an' if what[0] in 'aeio' else 'a'} {what}"
