"""What a run held at its first step, read from its dataset, against what its settings mean."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from tests.fuzz.drawing import KINDS

UNITS = {"mV": 1e-3, "s": 1.0, "nmol/L": 1e-6, "1": 1.0}
TOLERANCE = {"float64": 1e-12, "float32": 1e-6, "int32": 0.0, "int8": 0.0, "bool": 0.0}


def first(tree: Any, node: str, name: str) -> np.ndarray:
    """Return the first sample of a variable in SI units."""
    variable = tree[node][name]
    return np.asarray(variable.values[0], dtype=float) * UNITS[variable.attrs["units"]]


def held(tree: Any, path: str) -> np.ndarray:
    """Return what a run held of a setting."""
    owner, _, name = path.partition(".")
    if owner == "s":
        return first(tree, "synapses/s", "weight")
    if owner == "pool":
        return first(tree, "modulators/pool", name)
    if path == "task.on":
        return first(tree, "state/task", "on")
    if owner == "task":
        return _phase(tree, name, first(tree, "state/task", f"seen_{name}")[0])
    if name == "drive":
        return np.stack([first(tree, "state/cells", f"seen_drive_{row}") for row in (0, 1)])
    seen = name if name in ("v", "n", "b", "x", "late", "share") else f"seen_{name}"
    found = first(tree, "state/cells", seen)
    return found if KINDS[path].shape else found[0]


def _phase(tree: Any, name: str, told: float) -> np.ndarray:
    """Return how long a phase was, if the run was long enough, and what the task was told if not."""
    cue, rest = (tree[f"events/task_enter_{n}"]["time"].values for n in ("cue", "rest"))
    begins, ends = (cue[:1], rest[:1]) if name == "cue_time" else (rest[:1], cue[1:2])
    return np.asarray(ends[0] - begins[0] if ends.size and begins.size else told)


def differences(tree: Any, meant: Mapping[str, Any]) -> list[str]:
    """Return which settings a run does not hold as they were given."""
    wrong = []
    for path, means in meant.items():
        if means is None:
            wrong.append(f"{path} was taken, which means nothing, as {held(tree, path)}")
            continue
        found = held(tree, path)
        given = np.broadcast_to(np.asarray(means, dtype=float), found.shape)
        # Times of events are sums of steps.
        tolerance = 1e-6 if path.startswith("task.") else TOLERANCE[KINDS[path].held]
        if not np.all(np.abs(found - given) <= tolerance * np.abs(given)):
            wrong.append(f"{path} is {found}, not {given}")
    return wrong
