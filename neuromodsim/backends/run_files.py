"""The files of one run of a compiled program: inputs, checksums and outputs."""

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from neuromodsim.backends.program import Array, Job, Manifest, OutputSpec, as_stored, with_last
from neuromodsim.errors import RunFailed

LINE = 64  # bytes; each value in inputs.bin begins at a multiple, as in memory
Tidy = Callable[[OutputSpec, dict[str, Array], int], dict[str, Array]]


@dataclass(frozen=True)
class RunFiles:
    """A folder in which a program runs; ``build`` is where the program is, for messages."""

    place: Path
    manifest: Manifest
    build: Path

    def write_inputs(self, job: Job) -> dict[str, Array]:
        """Write all that a run is given into one file, and return its values by name."""
        given = self._given(job)
        settings: dict[str, Array] = {
            "seed": np.array([job.seed], np.uint64),
            "steps": np.array([job.steps], np.int64),
        }
        settings |= {f"window:{n}": np.array(w, np.int64) for n, w in job.windows.items()}
        try:
            with (self.place / "inputs.bin").open("wb") as file:
                for name, value in (given | settings).items():
                    head = np.array([len(name.encode()), value.nbytes], np.uint64).tobytes() + name.encode()
                    # The memory of the array itself: a copy of a table of images would take gigabytes.
                    for part in (head, np.ascontiguousarray(value).data):
                        file.write(part)
                        file.write(bytes(-file.tell() % LINE))
        except OSError as error:
            raise RunFailed(f"The run's inputs cannot be written to {self.place}: {error}.") from error
        return given

    def _given(self, job: Job) -> dict[str, Array]:
        inputs, tables = self.manifest.inputs, self.manifest.tables
        given = {name: as_stored(name, spec, job.values[name]) for name, spec in inputs.items()}
        given |= {name: as_stored(name, spec, job.tables[name]) for name, spec in tables.items()}
        for name in self.manifest.pairs:
            given[f"{name}.sources"] = np.asarray(job.pairs[name][0], np.int32)
            given[f"{name}.targets"] = np.asarray(job.pairs[name][1], np.int32)
        return given

    def expect_taken(self, given: Mapping[str, Array]) -> None:
        """Raise `RunFailed` unless a program has stored what it was given, and its constants are the same."""
        # One value may go into several arrays, and each of them says what it has stored.
        echoed: dict[str, set[int]] = {}
        for line in (self.place / "echo.txt").read_text().splitlines():
            name, checksum = line.split("\t")
            echoed.setdefault(name, set()).add(int(checksum))
        for name, value in given.items():
            if echoed.get(name) != {zlib.crc32(np.ascontiguousarray(value).tobytes())}:
                raise RunFailed(f"The program did not use '{name}' as given (build: {self.build}).")
        # What a run may change can only be compared as it begins, by the echo.
        for name in self.manifest.about["constants"]:
            spec = self.manifest.inputs[name]
            for stored in spec.stored:
                if self._read(stored, spec.dtype).tobytes() != given[name].tobytes():
                    raise RunFailed(f"'{name}' was not the same after the run (build: {self.build}).")

    def seconds(self) -> float:
        """Return how long the steps took; raises `RunFailed` if not all of them were taken."""
        info = (self.place / "results" / "last_run_info.txt").read_text().split()
        if float(info[1]) != 1.0:
            raise RunFailed(f"The program stopped before the end (build: {self.build}).")
        return float(info[0])

    def states(self) -> dict[str, Array]:
        """Return all that a run can change and that holds real numbers, as it is at the end."""
        states = self.manifest.about["states"].items()
        return {path: self._read(stored, kind) for path, (stored, kind, _) in states}

    def columns(self, output: OutputSpec, job: Job, tidied: Tidy) -> dict[str, Array]:
        """Return what a monitor has noted; ``tidied`` brings columns into the order of time.

        Raises
        ------
        ValueError
            If there are fewer numbers than the monitor has counted.
        """
        columns = {name: self._read(c.stored, c.dtype) for name, c in output.columns.items()}
        # Brian2 does not notice when a disk is full, so the lengths are compared with its own counts.
        count = int(self._read(output.count, "int32").item())
        sampled = output.kind in ("state", "weight")
        columns = tidied(output, columns, count)
        for name, values in columns.items():
            if values.size != count * (output.size if sampled and name != "time" else 1):
                raise ValueError(f"part of '{output.name}.{name}' is missing")
        return self._in_rows(output, job, columns, count) if sampled else columns

    def _in_rows(
        self, output: OutputSpec, job: Job, columns: dict[str, Array], count: int
    ) -> dict[str, Array]:
        """Return samples of shape ``(time, row)``, with the last value where the window reaches the end."""
        (value,) = set(columns) - {"time"}
        columns[value] = columns[value].reshape(count, output.size)
        if output.last is None or job.windows[output.window][1] < job.steps:
            return columns
        last = self._read(output.last, columns[value].dtype)
        return with_last(output, columns, last, job.steps * self.manifest.about["dt"])

    def _read(self, stored: str, dtype: Any) -> Array:
        return np.fromfile(self.place / "results" / self.manifest.about["files"][stored], dtype)
