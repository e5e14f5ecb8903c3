"""Whether a build is as it was compiled: sums of the program and of all that it reads, kept beside it.

They are looked at before each run. A program of a megabyte takes a millisecond, so all of it is read.
"""

import json
import os
import stat
import zlib
from pathlib import Path

from neuromodsim.backends import cache

SUMS = "sums.json"
MAIN = "main"


def close(folder: Path, manifest: str) -> None:
    """Leave the sums of a compiled program, then its manifest, the last thing that makes a build whole."""
    sums = {name: sum_of((folder / name).read_bytes()) for name in _read_at_run_time(folder)}
    # The sums come first, as the manifest is what makes a folder a build.
    sums[cache.DONE] = sum_of(manifest.encode())
    (folder / SUMS).write_text(json.dumps(sums))
    (folder / cache.DONE).write_text(manifest)


def whole(folder: Path) -> bool:
    """Whether all that a run reads is there and as it was compiled, and the program may be started."""
    try:
        sums = json.loads((folder / SUMS).read_text())
        executable = (folder / MAIN).lstat().st_mode & stat.S_IXUSR
        named = {MAIN, cache.DONE} <= sums.keys()
        return bool(executable and named and all(sum_of(read(folder / n)) == sums[n] for n in sums))
    except (OSError, ValueError, TypeError, AttributeError):
        return False


def _read_at_run_time(folder: Path) -> list[str]:
    arrays = sorted((folder / "static_arrays").glob("*"))
    return [MAIN, *(path.relative_to(folder).as_posix() for path in arrays)]


def read(path: Path) -> bytes:
    """Return what is in a plain file; a link, or a pipe, is none."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(f"{path} is no file")
        return file.read()


def sum_of(data: bytes) -> list[int]:
    """Return the size of some bytes and their sum."""
    return [len(data), zlib.crc32(data)]
