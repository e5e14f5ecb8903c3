"""Brian2 as if nobody else used it, for as long as one network is put together or run.

Its preferences, its device, the names it has given away, its default clock and what it remembers of earlier
code belong to the whole process: a user's notebook, a preference file or another thread can change them, and
all of them reach what it writes. Here they are what they are in a process that has done nothing yet, for one
thread at a time, and are put back afterwards.
"""

import contextlib
import importlib
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import FunctionType, ModuleType
from typing import Any

from brian2 import prefs
from brian2.core.base import BrianObject
from brian2.core.names import Nameable

from neuromodsim.brian import TURN

devices: Any = importlib.import_module("brian2.devices.device")  # the name stands for an object elsewhere
# Where things are kept and what is told: no preference of these reaches a number.
LEFT = ("logging.", "codegen.runtime.cython.", "codegen.max_cache_dir_size", "core.outdated_dependency_error")
OURS: Mapping[str, Any] = {"core.stop_on_keyboard_interrupt": False}  # stopped must not look finished


@contextlib.contextmanager
def writing(device: Any) -> Iterator[Any]:
    """Hold the turn and a standalone device that has seen nothing, to write a project with."""
    with TURN, preferences(), own_names(), _on(device):
        forget()
        try:
            yield device
        finally:
            forget()


@contextlib.contextmanager
def running(target: str) -> Iterator[None]:
    """Hold the turn, with this process as the device and a code generation target."""
    with TURN, preferences({"codegen.target": target}), _on(devices.runtime_device):
        yield


@contextlib.contextmanager
def preferences(more: Mapping[str, Any] | None = None) -> Iterator[None]:
    """Give every preference that can reach code or a result its default, or the value we need."""
    before, unknown = dict(prefs.prefs), dict(prefs.prefs_unvalidated)
    wanted = {**defaults(), **OURS, **(more or {})}
    changed = {name: value for name, value in wanted.items() if not _same(before[name], value)}
    # Brian2 remembers statements by their text, not by the preferences that shaped them.
    told = set(changed) - set(OURS) - {"codegen.target"}  # these reach no statement
    prefs.prefs.update(changed)
    prefs.prefs_unvalidated.clear()
    if told:
        forget()
    try:
        yield
    finally:
        prefs.prefs.update(before)
        prefs.prefs_unvalidated.update(unknown)
        if told:
            forget()


def defaults() -> dict[str, Any]:
    """Return the default of each preference that can reach code or a result, by its whole name."""
    found = {
        f"{category}.{name}": preference.default
        for category, (known, _) in prefs.pref_register.items()
        for name, preference in known.items()
    }
    return {name: value for name, value in found.items() if not name.startswith(LEFT)}


def _same(one: Any, other: Any) -> bool:
    return one is other or (type(one) is type(other) and bool(one == other))


@contextlib.contextmanager
def own_names() -> Iterator[None]:
    """Let Brian2 number no name because an earlier network has it, as ``v_1``."""
    taken = Nameable.__instances__()
    others = set(taken)
    taken.clear()
    try:
        yield
    except BaseException:
        give_up(reference() for reference in taken)
        raise
    finally:
        # These are weak references: the names of what is gone by now stay free.
        taken.update(reference for reference in others if reference() is not None)


def give_up(objects: Iterable[Any]) -> None:
    """Let Brian2 not warn of each object of a network that failed, that nobody used it.

    One that failed itself, while it was made, may not have all its attributes.
    """
    for made in objects:
        if isinstance(made, BrianObject) and getattr(made, "_network", "not yet") is None:
            made._network = "given up"  # anything but None stands for a network


@contextlib.contextmanager
def _on(device: Any) -> Iterator[Any]:
    """Let a device be Brian2's, and then the one that was, to which nothing is done.

    Brian2's own way hands time steps from device to device, and notes that in what a user is building.
    """
    before = devices.active_device
    devices.active_device = device
    try:
        if device is not devices.runtime_device:
            device.activate(build_on_run=False)
        yield device
    finally:
        devices.active_device = before


def forget() -> None:
    """Clear caches of Brian2, whose keys contain less than what the code depends on."""
    modules = [m for n, m in list(sys.modules.items()) if n.partition(".")[0] in ("brian2", "brian2cuda")]
    # A module that is being imported by another thread has fewer names than it will have.
    for remembered in _caches(tuple((module, len(vars(module))) for module in modules)):
        remembered.clear()


@lru_cache(maxsize=1)
def _caches(modules: Sequence[tuple[ModuleType, int]]) -> list[dict[Any, Any]]:
    """Return the caches of all functions in modules, and in their classes; to look at all takes a while."""
    values = [value for module, _ in modules for value in list(vars(module).values())]
    members = [member for value in values if isinstance(value, type) for member in list(vars(value).values())]
    found = [_cache(value) for value in (*values, *members)]
    return list({id(remembered): remembered for remembered in found if remembered is not None}.values())


def _cache(value: Any) -> dict[Any, Any] | None:
    function = value.__func__ if isinstance(value, staticmethod | classmethod) else value
    if isinstance(function, FunctionType) and hasattr(function, "__wrapped__"):
        remembered = getattr(function.__wrapped__, "_cache", None)
        return remembered if isinstance(remembered, dict) else None
    return None
