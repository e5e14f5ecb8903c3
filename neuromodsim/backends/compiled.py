"""A compiled program in the cache, and one run of it at a time, each in a folder of its own.

Brian2's own run-time arguments take a value that is not a number for a file name, keep the old value
and exit with 0. So a program of ours reads all it is given from one file, refuses what is missing,
unknown or of the wrong size, and returns a checksum of what it stored; constants are read again
after the run and compared.
"""

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from neuromodsim.backends import cache, finite, process, seal
from neuromodsim.backends.program import Array, Job, Manifest, Outcome, OutputSpec
from neuromodsim.backends.run_files import RunFiles
from neuromodsim.errors import RunFailed
from neuromodsim.storage import workspaces


class CompiledProgram:
    """A compiled experiment in the cache.

    ``expected_output`` lists the first words of permitted program output; any other line makes a run fail.
    ``looks`` is whether a program itself looks for variables that are not finite.
    """

    expected_output: tuple[str, ...] = ()
    looks = True

    def __init__(self, folder: Path, again: Callable[[], Path] | None = None) -> None:
        self.folder = folder
        self._again = again  # returns the folder of a build that is whole
        self._manifest = _manifest(folder)

    @property
    def manifest(self) -> Manifest:
        """The inputs and outputs of the program."""
        return self._manifest

    def run(self, job: Job) -> Outcome:
        """Run once, in a folder of its own that is deleted afterwards; a build that was damaged is made anew.

        Raises
        ------
        RunFailed
            If the program writes to its error stream, does not exit with 0, runs out of
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
        with own_folder() as place:
            (place / "results").mkdir()
            (place / "static_arrays").symlink_to(self.folder / "static_arrays")
            files = RunFiles(place, self.manifest, self.folder)
            given = files.write_inputs(job)
            process.execute(self.folder, place, job, self.expected_output)
            try:
                return self._outcome(files, job, given)
            except (OSError, ValueError, LookupError) as error:
                raise RunFailed(
                    f"What the program wrote cannot be read; is the disk of {tempfile.gettempdir()} full? "
                    f"TMPDIR names another place ({error}; build: {self.folder})"
                ) from error

    def _outcome(self, files: RunFiles, job: Job, given: Mapping[str, Array]) -> Outcome:
        files.expect_taken(given)
        seconds = files.seconds()
        if not self.looks:
            finite.expect_finite(files.states(), job.steps * self.manifest.about["dt"])
        columns = [files.columns(output, job, self._tidied) for output in self.manifest.outputs]
        return Outcome(columns, seconds)

    def _tidied(self, output: OutputSpec, columns: dict[str, Array], count: int) -> dict[str, Array]:
        """Return columns in the order of time; here they are."""
        return columns


@contextlib.contextmanager
def own_folder() -> Iterator[Path]:
    """Create a folder for one run, and remove those of killed runs; raises `RunFailed` if it cannot."""
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
