"""A recording of arrays of a task, which keeps each of their entries."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from neuromodsim.description.arrays import Arrays, entries
from neuromodsim.description.recording import Recording


def paths_written_out(paths: Mapping[str, Any], arrays: Arrays) -> dict[str, Any]:
    """Return what is said of paths, of each entry where a path is that of an array of the task.

    Examples
    --------
    >>> paths_written_out({"task.value": 1, "cells.v": 2}, {"value": 2})
    {'task.value_0': 1, 'task.value_1': 1, 'cells.v': 2}
    """
    found: dict[str, Any] = {}
    for path, said in paths.items():
        name = path.removeprefix("task.") if path.startswith("task.") else ""
        found |= (
            dict.fromkeys((f"task.{e}" for e in entries(name, arrays)), said)
            if name in arrays
            else {path: said}
        )
    return found


def recording_written_out(recording: Recording, arrays: Arrays) -> Recording:
    """Return a recording that keeps every entry of the arrays of a task that are recorded."""
    if not arrays:
        return recording
    return replace(
        recording,
        states=paths_written_out(recording.states, arrays),
        only=paths_written_out(recording.only, arrays),
        windows=paths_written_out(recording.windows, arrays),
        events={
            path: _names_written_out(names, arrays) if path.startswith("task.") else names
            for path, names in recording.events.items()
        },
    )


def _names_written_out(names: Iterable[str], arrays: Arrays) -> tuple[str, ...]:
    return tuple(entry for name in names for entry in (entries(name, arrays) if name in arrays else (name,)))
