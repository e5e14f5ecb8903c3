"""Running as a compiled program: Brian2 writes the C++, we finish and compile it, once.

Brian2's own run-time arguments take a value that is not a number for a file name, keep the old value
and exit with 0. So a program of ours reads all it is given from one file, refuses what is missing,
unknown or of the wrong size, and tells back a checksum of what it stored; constants are read again
after the run and compared.
"""

import contextlib
import re
import shutil
import subprocess
import tempfile
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from brian2.devices.cpp_standalone.codeobject import CPPStandaloneCodeObject
from brian2.devices.cpp_standalone.device import CPPStandaloneDevice
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from neuromodsim.backends import (
    alone,
    cache,
    compiler,
    dense,
    events,
    finite,
    seal,
    sources,
    stencil,
    waiting,
)
from neuromodsim.backends.identity import Description, describe
from neuromodsim.backends.program import Array, Job, Manifest, Outcome, OutputSpec, as_stored, with_last
from neuromodsim.backends.program import describe as listed
from neuromodsim.builder.assembly import Assembly
from neuromodsim.builder.network import assemble
from neuromodsim.builder.outputs import Output
from neuromodsim.builder.recording import add_recording
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.projection import ThirdFactor
from neuromodsim.description.recording import Recording
from neuromodsim.errors import RunFailed
from neuromodsim.numerics import turning_code
from neuromodsim.storage import workspaces

TEMPLATES = Path(__file__).parent / "templates"
REPLACED = ("network.h", "network.cpp", "neuromodsim_run.h", "neuromodsim_run.cpp", "neuromodsim_memory.cpp")
ROOM = 2**16  # bytes; a disk with less is full
LINE = 64  # bytes; each value in inputs.bin begins at a multiple, as in memory


def generate(
    experiment: Experiment, recording: Recording, how: ThirdFactor, pairs: Any, folder: Path
) -> Manifest:
    """Write the C++ project of an experiment into a folder and return what it takes and gives."""
    return write(describe(experiment, recording, how, pairs), folder)


def write(description: Description, folder: Path) -> Manifest:
    """Write the C++ project of a description into a folder and return what it takes and gives."""
    experiment = description.experiment
    dense.install(TEMPLATES)
    sources.sort_all(CPPStandaloneCodeObject.templater.env)
    with alone.writing(CPPStandaloneDevice()) as device:
        built = assemble(experiment, description.pairs, description.how)
        for synapses in built.dense:
            dense.use_rows(synapses)
        for synapses in built.one_delay:
            waiting.use_ring(synapses, float(experiment.dt))
        for group in built.groups.values():
            if hasattr(group, "thresholder"):
                events.use_masks(group)
        for one in built.stencils:
            stencil.use_planes(one)
        outputs = add_recording(experiment, description.recording, built)
        device.insert_code("main", "neuromodsim::store_inputs();")
        built.network.run(experiment.dt, **built.runs())
        for runner in built.last:
            device.insert_code("main", f"_run_{runner.codeobj.name}();")
        device.insert_code("main", "neuromodsim::expect_finite_at_end();")
        device.build(directory=str(folder), compile=False, run=False)
        manifest = manifest_of(experiment, built, outputs, device)
        _finish(folder, experiment, built, outputs, manifest)
        return manifest


def manifest_of(experiment: Experiment, built: Assembly, outputs: list[Output], device: Any) -> Manifest:
    """Return what a project takes and gives, and where it leaves it."""
    manifest = listed(built, outputs, lambda v: device.get_array_name(v, False))
    files = {
        name: device.get_array_filename(v) for v in device.arrays if (name := device.get_array_name(v, False))
    }
    constants = [n for n, entry in built.inputs.items() if all(v.constant for v in entry.variables)]
    files = dict(sorted(files.items()))  # Brian2 lists some in the order of a set
    held = finite.states(built, experiment.components())
    states = {
        path: [device.get_array_name(v, False), np.dtype(v.dtype).name, int(v.size)]
        for path, v in sorted(held.items())
    }
    about = {"files": files, "constants": constants, "dt": float(experiment.dt), "states": states}
    return replace(manifest, about=about)


def _finish(
    folder: Path, experiment: Experiment, built: Assembly, outputs: list[Output], manifest: Manifest
) -> None:
    """Put our own parts into Brian2's project."""
    sources.empty(folder, manifest)
    for name in REPLACED:
        (folder / name).write_text(ours(name, experiment, outputs, manifest))
    if built.turns:
        shutil.copyfile(TEMPLATES / turning_code.HEADER, folder / turning_code.HEADER)
    for code in (folder / "code_objects").glob("*.cpp"):
        _say_own_number(code)
    let_in(folder / "main.cpp", built)
    sources.order_clocks(folder / "main.cpp")


def ours(
    name: str,
    experiment: Experiment,
    outputs: list[Output],
    manifest: Manifest,
    eventspaces: tuple[str, ...] = (),
    cuda: bool = False,
) -> str:
    """Return one of the files of our own that a project gets, from its template."""
    places = []
    for path, spec in manifest.inputs.items():
        for place in spec.stored:
            data = f"{place}.data()" if place.startswith("_dynamic") else place
            places.append((path, data, spec.size * np.dtype(spec.dtype).itemsize))
    tables = [
        (path, spec.stored[0], spec.size * np.dtype(spec.dtype).itemsize)
        for path, spec in manifest.tables.items()
    ]
    environment = Environment(loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined)
    return environment.get_template(name).render(
        places=places,
        tables=tables,
        pairs=[(n, s.size) for n, s in manifest.pairs.items()],
        recorders={o.window: o.monitor.codeobj.name for o in outputs},
        looked_at=[
            (path, f"{place}.data()", f"{place}.size()")
            if place.startswith("_dynamic")
            else (path, place, size)
            for path, (place, _, size) in manifest.about["states"].items()
        ],
        not_finite=finite.MARK,
        dt=repr(float(experiment.dt)),
        cuda=cuda,
        eventspaces=eventspaces,
    )


def let_in(main: Path, built: Assembly) -> None:
    """Let a project's main program read what a run is given, before anything is wired."""
    text = f'#include "neuromodsim_run.h"\n{main.read_text()}'
    text = text.replace("brian_start();", "brian_start();\n\tneuromodsim::read_inputs();", 1)
    text = text.replace("brian_end();", "neuromodsim::give_back_tables();\n\tbrian_end();", 1)
    for name in built.pairs:
        create = f"_run_{name}_synapses_create_array_codeobject();"
        text = text.replace(create, f'neuromodsim::wire("{name}");\n        {create}', 1)
    main.write_text(text)


def _say_own_number(code: Path) -> None:
    """Let a loop over cells know that a cell's number is its place, so that neighbours read neighbours."""
    text = code.read_text()
    told = re.sub(r"(const int32_t i = )(_ptr)?_array_\w+_i\[_idx\];", r"\g<1>_idx;", text)
    if told != text:
        code.write_text(told)


class CppProgram:
    """A compiled experiment in the cache.

    ``chatter`` is how lines begin that a program may say of itself; any other line makes a run fail.
    ``looks`` is whether a program itself looks for variables that are not finite.
    """

    chatter: tuple[str, ...] = ()
    looks = True

    def __init__(self, folder: Path, again: Callable[[], Path] | None = None) -> None:
        self.folder = folder
        self._again = again  # returns the folder of a build that is whole
        self._manifest = _manifest(folder)

    @property
    def manifest(self) -> Manifest:
        """What it must be given and brings back."""
        return self._manifest

    def run(self, job: Job) -> Outcome:
        """Run once, in a folder of its own that is deleted afterwards; a build that was damaged is made anew.

        Raises
        ------
        RunFailed
            If the program says anything on its error stream, does not exit with 0, runs out of
            time, or did not use exactly the values it was given.
        """
        try:
            return self._run(job)
        except RunFailed:
            if self._again is None or seal.whole(self.folder):
                raise
        self.folder = self._again()
        return self._run(job)

    def _run(self, job: Job) -> Outcome:
        with _own_folder() as place:
            (place / "results").mkdir()
            (place / "static_arrays").symlink_to(self.folder / "static_arrays")
            given = self._write_inputs(place, job)
            self._execute(place, job)
            try:
                return self._outcome(place, job, given)
            except (OSError, ValueError, LookupError) as error:
                raise RunFailed(
                    f"What the program wrote cannot be read; is the disk of {tempfile.gettempdir()} full? "
                    f"TMPDIR names another place ({error}; build: {self.folder})"
                ) from error

    def _outcome(self, place: Path, job: Job, given: Mapping[str, Array]) -> Outcome:
        self._compare(place, given)
        info = (place / "results" / "last_run_info.txt").read_text().split()
        if float(info[1]) != 1.0:
            raise RunFailed(f"The program stopped before the end (build: {self.folder}).")
        if not self.looks:
            states = self.manifest.about["states"]
            held = {p: np.fromfile(self._file(place, name), kind) for p, (name, kind, _) in states.items()}
            finite.expect_finite(held, job.steps * self.manifest.about["dt"])
        columns = [self._read(place, job, output) for output in self.manifest.outputs]
        return Outcome(columns, float(info[0]))

    def _write_inputs(self, place: Path, job: Job) -> dict[str, Array]:
        given: dict[str, Array] = {
            name: as_stored(name, spec, job.values[name]) for name, spec in self.manifest.inputs.items()
        }
        given |= {
            name: as_stored(name, spec, job.tables[name]) for name, spec in self.manifest.tables.items()
        }
        for name in self.manifest.pairs:
            given[f"{name}.sources"] = np.asarray(job.pairs[name][0], np.int32)
            given[f"{name}.targets"] = np.asarray(job.pairs[name][1], np.int32)
        settings: dict[str, Array] = {
            "seed": np.array([job.seed], np.uint64),
            "steps": np.array([job.steps], np.int64),
        }
        settings |= {f"window:{n}": np.array(w, np.int64) for n, w in job.windows.items()}
        try:
            with (place / "inputs.bin").open("wb") as file:
                for name, value in (given | settings).items():
                    head = np.array([len(name.encode()), value.nbytes], np.uint64).tobytes() + name.encode()
                    for part in (head, np.ascontiguousarray(value).data):
                        file.write(part)
                        file.write(bytes(-file.tell() % LINE))
        except OSError as error:
            raise RunFailed(f"The run's inputs cannot be written to {place}: {error}.") from error
        return given

    def _execute(self, place: Path, job: Job) -> None:
        command = [str(self.folder / "main"), "--results_dir", "results/"]
        with (place / "stderr.txt").open("w+") as errors:
            process = self._started(command, place, errors)
            killer = threading.Timer(job.timeout or 1e9, process.kill)
            killer.daemon = True
            killer.start()
            said = []
            try:
                assert process.stdout is not None
                for line in process.stdout:
                    words = line.split()
                    if words and words[0] == "progress":
                        if job.report:
                            job.report(float(words[1]), float(words[2]))
                    elif words and not line.startswith(self.chatter):
                        said.append(line.rstrip())
                process.wait()
            finally:
                timed_out = not killer.is_alive() and job.timeout is not None
                killer.cancel()
                if process.poll() is None:
                    process.kill()
                    process.wait()
                if process.stdout is not None:
                    process.stdout.close()
            errors.seek(0)
            complaints = errors.read().splitlines()
        if timed_out and process.returncode < 0:
            raise RunFailed(
                f"The run took longer than {job.timeout:g} s and was stopped (build: {self.folder})."
            )
        if process.returncode or complaints or said:
            for line in complaints:
                not_finite = finite.told(line)
                if not_finite is not None:
                    raise not_finite
            if shutil.disk_usage(place).free < ROOM:
                raise RunFailed(f"The disk of {place.parent}, where runs write, is full; TMPDIR names one.")
            last = "\n".join((said + complaints)[-8:]) or "it said nothing"
            raise RunFailed(
                f"The program failed with exit code {process.returncode} (build: {self.folder}):\n{last}"
            )

    def _started(self, command: list[str], place: Path, errors: Any) -> subprocess.Popen[str]:
        try:
            return subprocess.Popen(command, cwd=place, stdout=subprocess.PIPE, stderr=errors, text=True)
        except PermissionError as error:
            raise RunFailed(
                f"Programs may not be run from {self.folder.parent} (is its disk mounted 'noexec'?); "
                f"set NEUROMODSIM_CACHE to a folder where they may (build: {self.folder})."
            ) from error
        except OSError as error:
            raise RunFailed(
                f"The program cannot be started ({error.strerror or error}; build: {self.folder})."
            ) from error

    def _compare(self, place: Path, given: Mapping[str, Array]) -> None:
        """Check that the program stored what it was given, and kept its constants to the end."""
        wanted = {name: zlib.crc32(np.ascontiguousarray(v).tobytes()) for name, v in given.items()}
        echoed: dict[str, set[int]] = {}
        for line in (place / "echo.txt").read_text().splitlines():
            name, checksum = line.split("\t")
            echoed.setdefault(name, set()).add(int(checksum))
        for name, given_sum in wanted.items():
            if echoed.get(name) != {given_sum}:
                raise RunFailed(f"The program did not take '{name}' as given (build: {self.folder}).")
        for name in self.manifest.about["constants"]:
            for stored in self.manifest.inputs[name].stored:
                held = np.fromfile(self._file(place, stored), self.manifest.inputs[name].dtype)
                if held.tobytes() != given[name].tobytes():
                    raise RunFailed(f"'{name}' was not the same after the run (build: {self.folder}).")

    def _file(self, place: Path, stored: str) -> Path:
        return place / "results" / self.manifest.about["files"][stored]

    def _read(self, place: Path, job: Job, output: OutputSpec) -> dict[str, Array]:
        columns = {
            name: np.fromfile(self._file(place, column.stored), column.dtype)
            for name, column in output.columns.items()
        }
        # Brian2 does not notice when a disk is full, so the lengths are compared with its own counts.
        (count,) = np.fromfile(self._file(place, output.count), np.int32)
        sampled = output.kind in ("state", "weight")
        columns = self._tidied(output, columns, int(count))
        for name, values in columns.items():
            if values.size != count * (output.size if sampled and name != "time" else 1):
                raise ValueError(f"part of '{output.name}.{name}' is missing")
        if sampled:
            (value,) = set(columns) - {"time"}
            columns[value] = columns[value].reshape(int(count), output.size)
            if output.last is not None and job.windows[output.window][1] >= job.steps:
                last = np.fromfile(self._file(place, output.last), output.columns[value].dtype)
                return with_last(output, columns, last, job.steps * self.manifest.about["dt"])
        return columns

    def _tidied(self, output: OutputSpec, columns: dict[str, Array], count: int) -> dict[str, Array]:
        """Return columns in the order of time; here they are."""
        return columns


@contextlib.contextmanager
def _own_folder() -> Iterator[Path]:
    """Make a folder for one run, and take away those of killed ones; say where none can be made."""
    with contextlib.ExitStack() as until:
        try:
            made = until.enter_context(workspaces.workspace(Path(tempfile.gettempdir())))
        except OSError as error:
            raise RunFailed(
                f"No folder for a run can be made ({error.strerror or error}: {error.filename or 'TMPDIR'}); "
                "TMPDIR names another place for it."
            ) from error
        yield made


@lru_cache(maxsize=64)
def _manifest(folder: Path) -> Manifest:
    return Manifest.load(folder / cache.DONE)


def finish(folder: Path, manifest: Manifest, name: str, key: str, parts: Mapping[str, Any]) -> None:
    """Leave a compiled program's manifest beside it, the last thing that makes a build whole."""
    shutil.rmtree(folder / "results", ignore_errors=True)
    told = {"experiment": name, "key": key, "compiler": parts["compiler"], "flags": parts["flags"]}
    seal.close(folder, replace(manifest, about={**manifest.about, **told}).text())


def key_of(description: Description) -> str:
    """Return the key of the program that a description becomes, without compiling it."""
    return sources.key_of(description, write)


def program(experiment: Experiment, recording: Recording, how: ThirdFactor, pairs: Any) -> CppProgram:
    """Return the compiled program of an experiment, from the cache or newly built."""
    flags = list(compiler.FLAGS)
    parts = {"compiler": compiler.compiler_version(), "target": compiler.target(), "flags": flags}
    description = describe(experiment, recording, how, pairs)

    def build() -> Path:
        return sources.build(description, write, compiler.compile_project, parts, finish)

    return CppProgram(build(), build)
