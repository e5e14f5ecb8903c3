"""From a folder of C++ to a program: which compiler, which flags, and how to be quick about it.

Brian2 writes a small file for each piece of a network, and most of the time to compile one goes into the same
headers. So pieces are gathered into a few files (`gathering`), the headers of the standard library are parsed
once per computer (`headers`), and what runs once per simulation is not optimised.
"""

import errno
import hashlib
import os
import platform
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from neuromodsim.backends import gathering, headers
from neuromodsim.errors import BuildFailed

FLAGS = (
    # With finite math only, a compiler takes out the tests for what is not a number, which end a broken run.
    *("-w", "-O3", "-ffast-math", "-fno-finite-math-only", "-march=native", "-std=c++17"),
    # A cell model walks along more arrays than the default lets the vectoriser keep apart.
    *("--param", "vect-max-version-for-alias-checks=200"),
    # What becomes of a piece does not depend on how many others are in its file.
    *("--param", "large-unit-insns=100000000"),
)
QUICK = ("-w", "-O0", "-std=c++17")
HEADER, QUICK_HEADER = "standard.h", "standard_once.h"


@cache
def compiler() -> str:
    """Return the C++ compiler's path.

    Raises
    ------
    BuildFailed
        If there is none, with what to install.
    """
    found = shutil.which(os.environ.get("CXX") or "g++")
    if found is None:
        raise BuildFailed(
            "There is no C++ compiler (g++): install it, on Debian or Ubuntu with "
            "'apt-get install g++ make', or run with device='numpy'."
        )
    return found


@cache
def compiler_version() -> str:
    """Return the version of the compiler and its target processor."""
    options = _target().splitlines()
    chosen = [line.split() for line in options if line.strip().startswith(("-march=", "-mavx"))]
    version = _version().split("\n")[0]
    enabled = [words[0] for words in chosen if len(words) > 1 and words[1] == "[enabled]"]
    march = next((words[-1] for words in chosen if words[0].startswith("-march=")), "?")
    return f"{version} for {march} {' '.join(enabled)}"


@cache
def _version() -> str:
    return subprocess.run([compiler(), "--version"], capture_output=True, text=True, check=False).stdout


def _is_gcc() -> bool:
    return "Free Software Foundation" in _version()


def target() -> str:
    """Return a digest of all that programs may use of this processor.

    Nodes of a cluster that share a cache may differ in single instructions, which their names hide.
    """
    return hashlib.sha256(_target().encode()).hexdigest()[:16]


@cache
def _target() -> str:
    """Return all that the compiler may use of this processor: GCC's list of options, or what is defined."""
    asked = [["-Q", "--help=target"], ["-E", "-dM", "-x", "c++", "/dev/null"]]  # Clang has no such list
    for question in asked:
        command = [compiler(), "-march=native", *question]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0 and done.stdout.strip():
            return done.stdout
    return _flags()


def _flags() -> str:
    """Return the processor as described by Linux."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return "\n".join(dict.fromkeys(x for x in lines if x.startswith(("model name", "flags", "Features"))))


def workers() -> int:
    """Return how many files to compile at once."""
    return int(os.environ.get("NEUROMODSIM_JOBS", len(os.sched_getaffinity(0))))


def call(command: list[str], folder: Path) -> None:
    """Call a compiler in a folder; raises BuildFailed with its last lines if it fails."""
    # What compilers write on the way goes to the same disk, so that only one can be full.
    # In English, as the sentence about a full disk is looked for below.
    where = {**os.environ, "TMPDIR": str(folder), "LC_ALL": "C"}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=where)
    if done.returncode and os.strerror(errno.ENOSPC) in done.stderr:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if done.returncode:
        last = "\n".join(done.stderr.strip().splitlines()[-12:])
        raise BuildFailed(f"The compiler failed in {folder}:\n{last}")


def compile_project(folder: Path) -> None:
    """Compile every C++ file of a project into the program ``main``.

    Raises
    ------
    BuildFailed
        If the compiler does, with its last lines.
    """
    kinds = {HEADER: FLAGS, QUICK_HEADER: QUICK}
    once, often = gathering.gather(folder)
    jobs = [(source, QUICK_HEADER) for source in once] + [(source, HEADER) for source in often]
    with ThreadPoolExecutor(workers()) as pool:
        # The lists wait for all of them, and raise what the first to fail has raised.
        list(pool.map(lambda header: _lay(folder, header, kinds[header]), kinds))
        objects = list(pool.map(lambda job: _compile(folder, job[0], job[1], kinds[job[1]]), jobs))
    call([compiler(), *map(str, objects), "-o", "main"], folder)
    for made in objects:
        (folder / made).unlink()
    for header in kinds:
        headers.take_away(folder, header)


def _lay(folder: Path, header: str, flags: tuple[str, ...]) -> None:
    """Put the headers of the standard library into a project, parsed if the compiler takes them so."""

    def parse(arguments: list[str], place: Path) -> None:
        call([compiler(), *flags, *arguments], place)

    headers.lay(folder, header, parse if _is_gcc() else None, [compiler_version(), target(), flags])


def _compile(folder: Path, source: Path, header: str, flags: tuple[str, ...]) -> Path:
    """Return the object file of one source, which begins with the headers."""
    made = source.with_suffix(".o")
    call([compiler(), *flags, "-include", header, "-I.", "-c", str(source), "-o", str(made)], folder)
    return made
