"""What the fields of a description must be: those it has, each of the kind that its class says."""

import inspect
from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any, get_args, get_origin

from neuromodsim.errors import WrongInput, unknown
from neuromodsim.units.kinds import expect, expect_mapping


class Described(type):
    """The type of descriptions: an unknown or missing field is reported in one sentence."""

    if not TYPE_CHECKING:  # type checkers look at the fields themselves

        def __call__(cls, *given: Any, **named: Any) -> Any:
            """Return a new description."""
            for name in named:
                if name not in cls.__dataclass_fields__:
                    raise unknown(f"field of {cls.__name__}", name, cls.__dataclass_fields__)
            try:
                return super().__call__(*given, **named)
            except TypeError as error:
                try:
                    inspect.signature(cls.__init__).bind(None, *given, **named)
                except TypeError as said:
                    raise WrongInput(f"{cls.__name__}(...) cannot be made: {said}.") from error
                raise


def keep(described: Any, /, **given: Any) -> None:
    """Keep fields of a frozen description in the one form that they have everywhere."""
    for name, value in given.items():
        object.__setattr__(described, name, value)


def expect_fields(described: Any, name: str) -> None:
    """Raise `WrongInput` unless each field of a dataclass is what its class says.

    Parameters
    ----------
    described
        Whose fields are looked at.
    name
        What a sentence calls it.

    Examples
    --------
    >>> from neuromodsim.description.task import Event
    >>> expect_fields(Event(when="t > 1*second"), "an event")
    """
    for field in fields(described):
        _expect(f"{field.name} of {name}", getattr(described, field.name), field.type)


def _expect(name: str, value: Any, kind: Any) -> None:
    origin, inner = get_origin(kind), get_args(kind)
    if kind is str:
        expect(name, value, str, "a text")
    elif origin is Mapping:
        held = inner[1] if _plain(inner[1]) else object
        expect_mapping(name, value, held, _one(held))
    elif origin is tuple and Ellipsis in inner:
        expect(name, value, (tuple, list), "a tuple")
        if _plain(inner[0]):
            for each in value:
                expect(f"one of {name}", each, inner[0], _one(inner[0]))
    elif _plain(kind):
        expect(name, value, kind, _one(kind))


def _plain(kind: Any) -> bool:
    """Whether it is a class of its own, which values can be compared with."""
    return isinstance(kind, type) and get_origin(kind) is None and kind is not Any


def _one(kind: type) -> str:
    """Return what a sentence calls a thing of a kind."""
    return "a text" if kind is str else f"{'an' if kind.__name__[0] in 'AEIOU' else 'a'} {kind.__name__}"
