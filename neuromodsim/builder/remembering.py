"""What Brian2 remembers, and by what: nothing that is made sooner than found, and the rest is found quickly.

Brian2 keeps what it has made of code under all that the code could read: every attribute of every variable,
put in order anew for each piece of code. For statements that takes longer than to make them. Of names it
remembers nothing, and parses each of them anew wherever it stands.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from brian2 import second
from brian2.codegen import translation
from brian2.codegen.generators import base
from brian2.core.clocks import Clock
from brian2.equations import equations
from brian2.utils import caching

AS_IT_IS = frozenset({str, int, float, bool, type(None)})  # may stand in a key themselves
ATTRIBUTES: dict[
    tuple[type, tuple[str, ...]], tuple[str, ...]
] = {}  # that matter, in order, by class and names
ANYTHING = caching._hashable
STATEMENTS = translation.make_statements.__wrapped__
PLAIN_NAME = equations.check_identifier_basic
NAME = lru_cache(maxsize=4096)(PLAIN_NAME)  # a bad one raises, and so is looked at each time


def remember_quickly() -> None:
    """Let Brian2 find its keys by `hashable`, which are the same, make statements anew, know good names."""
    caching._hashable = hashable
    translation.make_statements = base.make_statements = STATEMENTS
    Clock.__repr__ = _shown
    checks = equations.Equations.identifier_checks
    checks.discard(PLAIN_NAME)
    checks.add(NAME)


def _shown(clock: Clock) -> str:
    """Return what Brian2 says of a clock, to its log, for each object that has it."""
    return _said(clock.dt_, clock.name)


@lru_cache(maxsize=256)
def _said(dt: float, name: str) -> str:
    return f"Clock(dt={dt * second!r}, name={name!r})"


def hashable(value: Any) -> Any:
    """Return what stands for a value in a key of Brian2's: as its own function, but quicker."""
    kind = type(value)
    if kind in AS_IT_IS:
        return value
    if kind is tuple or kind is list:
        return tuple([hashable(one) for one in value])
    if issubclass(kind, caching.CacheKey) and kind._state_tuple is caching.CacheKey._state_tuple:
        inside = value.__dict__
        return tuple([hashable(inside[name]) for name in _attributes(kind, tuple(inside))])
    if issubclass(kind, Mapping) and not hasattr(kind, "_state_tuple"):
        return frozenset([(hashable(key), hashable(one)) for key, one in value.items()])
    return ANYTHING(value)


def _attributes(kind: Any, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return those attributes of an object that its key consists of, in order."""
    found = ATTRIBUTES.get((kind, names))
    if found is None:
        found = tuple(name for name in sorted(names) if name not in kind._cache_irrelevant_attributes)
        ATTRIBUTES[kind, names] = found
    return found
