"""What makes one program differ from another: everything that reaches its source, and nothing else.

Values of parameters, initial values, durations, seeds and the contents of tables are given to a program
when it runs, so they are left out; units, equations, sizes and what is recorded are in.
"""

import dataclasses
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from neuromodsim.experiment import Experiment, Recording
from neuromodsim.model import Parameter, Source
from neuromodsim.quantities import unit_text

HERE = Path(__file__).parent
# Fields that only matter at run time or to a reader.
LEFT_OUT = {"summary", "initial", "conditions", "prepare", "finish", "recording", "parameters"}
LEFT_OUT |= {"meaning", "where", "evidence", "windows", "made_of", "transporters"}
ENGINE: tuple[str, ...] = (
    "assembly",
    "grid",
    "integration",
    "layout",
    "lookup",
    "model",
    "network",
    "quantities",
    "randomness",
)
ENGINE += ("recording", "region", "task", "three_factor", "traces")


@cache
def engine() -> str:
    """Return a digest of our own code that writes programs, so that no build outlives a change."""
    files = [HERE / f"{name}.py" for name in ENGINE]
    files += sorted((HERE / "backend").rglob("*.py")) + sorted((HERE / "backend" / "templates").iterdir())
    digest = hashlib.sha256()
    for path in files:
        if path.is_file():  # the template folder may hold others, such as compiled Python
            digest.update(path.read_bytes())
    return digest.hexdigest()


def plain(value: Any) -> Any:
    """Return a description as nested dictionaries of text and numbers, without run-time values."""
    if isinstance(value, Parameter):
        return f"{value.unit} {value.flags}"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
        kept = {n: plain(v) for n, v in fields.items() if n not in LEFT_OUT and not isinstance(v, Source)}
        if isinstance(value, Experiment):  # the duration of a phase names a parameter, and stays
            del kept["duration"]
        if "delay" in kept:
            kept["delay"] = fields["delay"] is not None
        if isinstance(fields.get("parameters"), Mapping):
            kept["parameters"] = {
                n: plain(v) for n, v in fields["parameters"].items() if isinstance(v, Parameter)
            }
        return {"type": type(value).__name__, **kept}
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    if hasattr(value, "dim"):
        return f"{float(value)!r} {unit_text(value)}"
    return value


def of(experiment: Experiment, recording: Recording, how: str) -> dict[str, Any]:
    """Return all that goes into the source of a program."""
    return {
        "experiment": plain(experiment),
        "recording": {
            "spikes": sorted(recording.spikes),
            "states": list(recording.states),
            "only": plain(recording.only),
            "events": plain(recording.events),
        },
        "third_factor": how,
        "engine": engine(),
        "versions": {name: version(name) for name in ("brian2", "numpy", "sympy")},
    }
