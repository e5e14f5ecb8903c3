"""A program, on any device: its inputs and its outputs.

A `Manifest` is plain data, so that it can lie beside a compiled program as JSON; a `Job` is one run.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from neuromodsim.builder.assembly import Assembly, Input
from neuromodsim.builder.inputs import InputSource
from neuromodsim.builder.outputs import Output
from neuromodsim.description.gate import stored
from neuromodsim.errors import WrongInput

Array = NDArray[Any]
Report = Callable[[float, float], None]  # share done, seconds of computing


@dataclass(frozen=True)
class InputSpec:
    """One value that a run must be given, in SI units."""

    dtype: str
    size: int
    stored: tuple[str, ...] = ()  # C++: the arrays that hold it
    default: float = 0.0  # what it is where nobody says anything


@dataclass(frozen=True)
class ColumnSpec:
    """One recorded variable: its unit in a dataset, and the file a program writes it to."""

    dtype: str
    unit: str
    scale: float
    stored: str = ""


@dataclass(frozen=True)
class OutputSpec:
    """The output of one monitor."""

    kind: str
    name: str
    label: str
    columns: Mapping[str, ColumnSpec]
    offset: int
    size: int
    rows: tuple[int, ...] | None
    window: str
    last: str | None = None  # where the sampled variable itself is stored
    count: str = ""  # where the number of spikes, samples or events is stored


@dataclass(frozen=True)
class Manifest:
    """All inputs that can be set at run time, and all outputs."""

    inputs: Mapping[str, InputSpec]
    sources: Mapping[str, InputSource]  # of each input
    tables: Mapping[str, InputSpec]
    pairs: Mapping[str, InputSpec]
    outputs: tuple[OutputSpec, ...]
    decay_rates: Mapping[str, tuple[str, ...]]  # of each third-factor projection
    about: Mapping[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        """Return the manifest as JSON."""
        return json.dumps(asdict(self), indent=1)

    @classmethod
    def load(cls, path: Path) -> "Manifest":
        """Read a manifest back; raises ValueError, KeyError or TypeError if it is not one."""
        data = json.loads(path.read_text())
        outputs = tuple(
            OutputSpec(
                **{
                    **entry,
                    "columns": {n: ColumnSpec(**c) for n, c in entry["columns"].items()},
                    "rows": None if entry["rows"] is None else tuple(entry["rows"]),
                }
            )
            for entry in data["outputs"]
        )
        inputs, tables, pairs = (
            {n: InputSpec(**{**s, "stored": tuple(s["stored"])}) for n, s in data[part].items()}
            for part in ("inputs", "tables", "pairs")
        )
        sources = {name: InputSource(**source) for name, source in data["sources"].items()}
        rates = {name: tuple(values) for name, values in data["decay_rates"].items()}
        return cls(inputs, sources, tables, pairs, outputs, rates, data["about"])


@dataclass(frozen=True)
class Job:
    """One run: values in SI units by the manifest's names, how long, and what to record when.

    ``begin`` is called, perhaps more than once, when all that can be wrong with what was asked for is known,
    and nothing has been computed yet.
    """

    values: Mapping[str, Array]
    tables: Mapping[str, Array]
    pairs: Mapping[str, tuple[Array, Array]]
    windows: Mapping[str, tuple[int, int]]  # in steps
    steps: int
    seed: int
    report: Report | None = None
    timeout: float | None = None
    begin: Callable[[], None] | None = None


@dataclass(frozen=True)
class Outcome:
    """The output of a run: one dictionary of columns per monitor, and the duration of the time loop."""

    columns: list[dict[str, Array]]
    seconds: float
    about: Mapping[str, Any] = field(default_factory=dict)


class Program(Protocol):
    """Something that can be run again and again."""

    @property
    def manifest(self) -> Manifest:
        """The inputs and outputs of the program."""
        ...

    def run(self, job: Job) -> Outcome:
        """Run once."""
        ...


def describe(
    built: Assembly, outputs: list[Output], stored: Callable[[Any], str] = lambda variable: ""
) -> Manifest:
    """Return the manifest of a network; ``stored`` names the array behind a Brian variable."""
    return Manifest(
        inputs={name: _input(entry, stored) for name, entry in built.inputs.items()},
        sources={name: entry.source for name, entry in built.inputs.items()},
        tables={
            name: InputSpec(lookup.table.dtype, lookup.values.size, (f"{lookup.name}_values",))
            for name, lookup in built.lookups.items()
        },
        pairs={name: InputSpec("int32", len(i)) for name, (i, _) in built.pairs.items()},
        outputs=tuple(_output(output, stored) for output in outputs),
        decay_rates={
            name: tuple(built.as_written(name, rate) for rate in program.decay_rates)
            for name, program, *_ in built.synchronised
        },
    )


def _input(entry: Input, stored: Callable[[Any], str]) -> InputSpec:
    # Of several variables that share a name, some may share their array, which is then given once.
    places = tuple(dict.fromkeys(stored(variable) for variable in entry.variables))
    return InputSpec(entry.dtype, entry.size, places, entry.default)


def _output(output: Output, stored: Callable[[Any], str]) -> OutputSpec:
    return OutputSpec(
        kind=output.kind,
        name=output.name,
        label=output.label,
        columns={
            name: ColumnSpec(column.dtype, column.unit, column.scale, stored(column.variable))
            for name, column in output.columns.items()
        },
        offset=output.offset,
        size=output.size,
        rows=output.rows,
        window=output.window,
        last=None if output.last is None else stored(output.last),
        count=stored(output.monitor.variables["N"]),
    )


def as_stored(name: str, spec: InputSpec, value: Any) -> Array:
    """Return a value in the type and size in which a program holds it.

    Raises
    ------
    WrongInput
        If it has another size, or the type does not hold it.
    """
    array = stored(name, value, spec.dtype).ravel()
    if array.size not in (1, spec.size):
        raise WrongInput(f"'{name}' takes one value or {spec.size}; got {array.size}.")
    return np.broadcast_to(array, (spec.size,)) if array.size == 1 else array


def with_last(output: OutputSpec, columns: dict[str, Array], last: Array, end: float) -> dict[str, Array]:
    """Return samples with one more: the value at the end of the run, which no step reaches."""
    (name,) = set(columns) - {"time"}
    row = last if output.rows is None else last[list(output.rows)]
    return {
        "time": np.append(columns["time"], end),
        name: np.concatenate([columns[name], row.reshape(1, -1).astype(columns[name].dtype)]),
    }
