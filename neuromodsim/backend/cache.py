"""Where compiled programs are kept: one folder per key, whole or not there.

A build happens in a folder beside its place and is renamed into it, under a lock of its own, so two
processes that want the same program build it once, and a killed build leaves nothing that looks done.
"""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock
from platformdirs import user_cache_path

from neuromodsim.errors import RunFailed

DONE = "manifest.json"  # written last: a folder without it is not a build


def folder() -> Path:
    """Return the cache folder: ``NEUROMODSIM_CACHE``, or the user's own."""
    chosen = os.environ.get("NEUROMODSIM_CACHE")
    return Path(chosen).expanduser().resolve() if chosen else user_cache_path("neuromodsim")


def key(parts: Any) -> str:
    """Return the name of a build: a digest of all that goes into it."""
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


@dataclass(frozen=True)
class Entry:
    """A build in the cache."""

    key: str
    path: Path
    size: int  # bytes
    about: dict[str, Any]


def size_of(path: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(p.stat().st_size for p in path.rglob("*") if p.is_file())


def entries() -> list[Entry]:
    """Return the builds in the cache, by name of experiment."""
    found = []
    for manifest in sorted(folder().glob(f"*/{DONE}")):
        try:
            about = json.loads(manifest.read_text())["about"]
        except (ValueError, KeyError, OSError):
            about = {"experiment": "unreadable"}
        path = manifest.parent
        found.append(Entry(path.name, path, size_of(path), about))
    return sorted(found, key=lambda entry: str(entry.about.get("experiment")))


def clear() -> int:
    """Delete every build, finished or not, and return how many bytes that freed.

    Nothing else in the folder is touched, since NEUROMODSIM_CACHE can name any folder.
    """
    freed = 0
    for lock in folder().glob("*.lock"):  # every build has one beside it
        for place in (folder() / lock.stem, *folder().glob(f".{lock.stem}.*")):
            freed += size_of(place)
            shutil.rmtree(place, ignore_errors=True)
        lock.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # not there, or not empty
        folder().rmdir()
    return freed


def get_or_build(name: str, build: Callable[[Path], None], sound: Callable[[Path], bool]) -> Path:
    """Return the folder of a build, building it if it is not there or not sound.

    Parameters
    ----------
    name
        Its key.
    build
        Fills an empty folder, and writes `DONE` in it last.
    sound
        Whether what lies in a folder can be used.

    Raises
    ------
    RunFailed
        If the cache folder cannot be written.
    """
    place = folder() / name
    if sound(place):
        return place
    try:
        folder().mkdir(parents=True, exist_ok=True)
        with FileLock(folder() / f"{name}.lock"):
            if sound(place):  # another process was first
                return place
            for left in folder().glob(f".{name}.*"):  # of a build that was killed
                shutil.rmtree(left, ignore_errors=True)
            shutil.rmtree(place, ignore_errors=True)
            working = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=folder()))
            try:
                build(working)
                working.rename(place)
            finally:
                shutil.rmtree(working, ignore_errors=True)
    except OSError as error:
        raise RunFailed(
            f"The build cannot be kept in {folder()} ({error.strerror or error}); "
            "make room there or set NEUROMODSIM_CACHE to another folder."
        ) from error
    return place
