"""The attributes of the dataset of a run: which are required, and their form."""

import json
from collections.abc import Mapping
from typing import Any

FORMAT = 1
DRAWN_BY = "drawn by neuromodsim"  # stands in every picture
TEXTS = (
    *("Conventions", "title", "experiment", "condition", "device", "duration", "dt", "third_factor"),
    *("compiler", "flags", "command", "computing_time", "created_at"),
)
# Written as JSON, for readers in any language.
OBJECTS = ("variant", "parameters", "changed", "recording", "equations", "sources", "versions", "notes")
# What it takes to make a run again.
NEEDED = (
    *("experiment", "condition", "device", "seed", "duration", "third_factor"),
    *("parameters", "changed", "recording", "equations", "versions"),
)


def is_ours(attributes: Mapping[str, Any]) -> bool:
    """Whether attributes are those of a run of this version's format."""
    kept = attributes.get("format")
    return isinstance(attributes.get("experiment"), str) and type(kept) is int and kept == FORMAT


def problem(attributes: Mapping[str, Any]) -> str:
    """Return what is wrong with the attributes of a run, as the end of a sentence; empty if nothing is."""
    for name in TEXTS:
        if not isinstance(attributes.get(name, ""), str):
            return f"'{name}' is no text"
    seed = attributes.get("seed", 0)
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < 2**63:
        return "'seed' is no whole number from 0 up"
    for name in OBJECTS:
        if not isinstance(_read(attributes.get(name, "{}")), dict):
            return f"'{name}' is no JSON object"
    for path, entry in _read(attributes.get("parameters", "{}")).items():
        if not (isinstance(entry, dict) and isinstance(entry.get("value"), str)):
            return f"'parameters' has no value for '{path}'"
    return ""


def lacking(attributes: Mapping[str, Any]) -> list[str]:
    """Return the names of attributes without which a run cannot be made again."""
    return [name for name in NEEDED if name not in attributes]


def _read(text: Any) -> Any:
    try:
        return json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return None
