"""A compiled program as a process: started, listened to, and stopped when its time is over."""

import shutil
import subprocess
import threading
from pathlib import Path
from typing import Any

from neuromodsim.backends import finite
from neuromodsim.backends.program import Job
from neuromodsim.errors import RunFailed

ROOM = 2**16  # bytes; a disk with less is full


def execute(build: Path, place: Path, job: Job, expected_output: tuple[str, ...] = ()) -> None:
    """Run the program of a build in a folder that holds its inputs.

    Parameters
    ----------
    build, place
        Where the program is, and where it runs.
    job
        Its time limit, and the function that receives its progress.
    expected_output
        The first words of permitted program output.

    Raises
    ------
    RunFailed
        If there is any other output, output on its error stream, an exit code other than 0, or no time is
        left.
    """
    if job.begin is not None:
        job.begin()
    # A file, not a pipe: only one stream is listened to, and a program that fills the other's pipe would
    # wait.
    with (place / "stderr.txt").open("w+") as errors:
        process = _started(build, place, errors)
        said, timed_out = _followed(process, job, expected_output)
        errors.seek(0)
        complaints = errors.read().splitlines()
    # A negative code is a signal: a program may also have ended by itself at the last moment.
    if timed_out and process.returncode < 0:
        raise RunFailed(f"The run took longer than {job.timeout:g} s and was stopped (build: {build}).")
    if process.returncode or complaints or said:
        raise _failure(build, place, process.returncode, said, complaints)


def _started(build: Path, place: Path, errors: Any) -> subprocess.Popen[str]:
    command = [str(build / "main"), "--results_dir", "results/"]
    try:
        return subprocess.Popen(command, cwd=place, stdout=subprocess.PIPE, stderr=errors, text=True)
    except PermissionError as error:
        raise RunFailed(
            f"Programs may not be run from {build.parent} (is its disk mounted 'noexec'?); "
            f"set NEUROMODSIM_CACHE to a folder where they may (build: {build})."
        ) from error
    except OSError as error:
        raise RunFailed(
            f"The program cannot be started ({error.strerror or error}; build: {build})."
        ) from error


def _followed(
    process: subprocess.Popen[str], job: Job, expected_output: tuple[str, ...]
) -> tuple[list[str], bool]:
    """Return unexpected output of a program, and whether its time limit was exceeded; it has ended then."""
    # Without a limit 30 years, as a timer cannot wait for ever.
    killer = threading.Timer(job.timeout or 1e9, process.kill)
    killer.daemon = True
    killer.start()
    assert process.stdout is not None
    try:
        said = _listened(process.stdout, job, expected_output)
        process.wait()
        return said, job.timeout is not None and not killer.is_alive()
    finally:  # also on Ctrl-C
        killer.cancel()
        if process.poll() is None:
            process.kill()
            process.wait()
        process.stdout.close()


def _listened(lines: Any, job: Job, expected_output: tuple[str, ...]) -> list[str]:
    """Pass on how far a program is, to its end; return the lines that mean nothing of the kind."""
    said = []
    for line in lines:
        words = line.split()
        if words and words[0] == "progress":
            if job.report:
                job.report(float(words[1]), float(words[2]))
        elif words and not line.startswith(expected_output):
            said.append(line.rstrip())
    return said


def _failure(build: Path, place: Path, code: int, said: list[str], complaints: list[str]) -> RunFailed:
    """Return why a run has failed, as far as the program output shows it."""
    for line in complaints:
        not_finite = finite.told(line)
        if not_finite is not None:
            return not_finite
    if shutil.disk_usage(place).free < ROOM:
        return RunFailed(f"The disk of {place.parent}, where runs write, is full; TMPDIR names one.")
    last = "\n".join((said + complaints)[-8:]) or "no output"
    return RunFailed(f"The program failed with exit code {code} (build: {build}):\n{last}")
