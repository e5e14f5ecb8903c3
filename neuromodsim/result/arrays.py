"""Arrays of a task in a dataset: entries that were recorded one by one, along a dimension of their own."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from neuromodsim.backends.program import OutputSpec
    from neuromodsim.description.arrays import Arrays

Recorded = list[tuple["OutputSpec", dict[str, Any]]]


def gathered(
    outputs: "Sequence[OutputSpec]", columns: Sequence[dict[str, Any]], arrays: "Arrays"
) -> Recorded:
    """Return outputs with their columns, with one of an array in place of those of all its entries.

    The entries are the last axis. An array of which only some entries were recorded stays as it is.
    """
    found = list(zip(outputs, columns, strict=True))
    for name, size in arrays.items():
        entries = [f"{name}_{index}" for index in range(size)]
        found = _states_gathered(found, name, entries)
        found = [_event_gathered(*pair, name, entries) if pair[0].kind == "event" else pair for pair in found]
    return found


def _states_gathered(found: Recorded, name: str, entries: list[str]) -> Recorded:
    mine = {output.label: pair for pair in found if (output := pair[0]).kind == "state"}
    labels = [f"task.{entry}" for entry in entries]
    if not all(label in mine for label in labels):
        return found
    output, data = mine[labels[0]]
    whole = (
        replace(output, label=f"task.{name}", columns={**output.columns, name: output.columns[entries[0]]}),
        {
            "time": data["time"],
            name: np.stack([mine[f"task.{entry}"][1][entry] for entry in entries], axis=-1),
        },
    )
    place = next(k for k, (one, _) in enumerate(found) if one is output)
    rest = [whole if k == place else pair for k, pair in enumerate(found)]
    return [pair for pair in rest if pair[0].kind != "state" or pair[0].label not in labels]


def _event_gathered(
    output: "OutputSpec", data: dict[str, Any], name: str, entries: list[str]
) -> tuple["OutputSpec", dict[str, Any]]:
    if output.name != "task" or not all(entry in data for entry in entries):
        return output, data
    rest = {column: values for column, values in data.items() if column not in entries}
    whole = {name: np.stack([data[entry] for entry in entries], axis=-1)}
    return replace(output, columns={**output.columns, name: output.columns[entries[0]]}), rest | whole
