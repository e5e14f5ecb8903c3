"""What kind of thing an argument or a field must be, and the one sentence where it is another."""

from collections.abc import Mapping
from typing import Any

from neuromodsim.errors import WrongInput

LONGEST = 60  # letters of what was given that a sentence repeats


def one_line(text: str) -> str:
    """Return the beginning of a text as one sentence can show it."""
    begun = "".join(c if c.isprintable() else " " for c in text[:LONGEST])
    return begun if len(text) <= LONGEST else f"{begun}..."


def expect(name: str, value: Any, kind: type | tuple[type, ...], words: str) -> None:
    """Raise `WrongInput` unless a value is of a kind, which ``words`` describe; no number is true or false.

    Examples
    --------
    >>> expect("name", 3, str, "a text")
    Traceback (most recent call last):
    neuromodsim.errors.WrongInput: 'name' must be a text; got 3 (int).
    """
    kinds = kind if isinstance(kind, tuple) else (kind,)
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        raise WrongInput(f"'{name}' must be {words}; got {described(value)}.")


def expect_mapping(name: str, value: Any, kind: type | tuple[type, ...] = object, words: str = "") -> None:
    """Raise `WrongInput` unless a value maps texts onto a kind of things."""
    expect(name, value, Mapping, "a mapping by name")
    for key, held in value.items():
        expect(f"a name in {name}", key, str, "a text")
        if kind is not object:
            expect(f"{name} of {key}", held, kind, words)


def shown(value: Any) -> str:
    """Return a wrong value as a sentence repeats it, cut short where it is long."""
    text = " ".join(repr(value).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def described(value: Any) -> str:
    """Return a value and its type as one sentence can show them."""
    try:
        said = one_line(repr(value))
    except Exception:  # an object of others that cannot even be shown
        said = "something"
    return f"{said} ({type(value).__name__})"
