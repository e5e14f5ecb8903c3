"""The cache of compiled programs: one folder per key, created atomically.

A build happens in a folder beside its place and is renamed into it, under a lock of its own, so two
processes that want the same program build it once, and a killed build leaves nothing that looks done. Every
folder created by neuromodsim has a marker file, and nothing without one is ever removed. A process that
works in a folder locks its marker, which distinguishes work in progress from the remains of dead processes.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from platformdirs import user_cache_path

from neuromodsim.errors import RunFailed

DONE = "manifest.json"  # written last: a folder without it is not a build
MARK = ".neuromodsim"  # in every folder of neuromodsim
KEY = re.compile(r"[0-9a-f]{24}")
NOTES = "keys"  # what each description's program is
PATIENCE = 5.0  # seconds to wait for a build that is to be removed


def folder() -> Path:
    """Return the cache folder: ``NEUROMODSIM_CACHE``, or the user's own.

    Raises
    ------
    RunFailed
        If the home folder of the user is unknown.
    """
    chosen = os.environ.get("NEUROMODSIM_CACHE")
    try:
        place = Path(chosen).expanduser().resolve() if chosen else user_cache_path("neuromodsim")
    except RuntimeError:  # "~" of a user that nobody knows
        place = Path("~")
    if not place.is_absolute():
        raise RunFailed(
            "There is no home folder to keep builds in; set NEUROMODSIM_CACHE to a folder of your own."
        )
    return place


def key(parts: Any) -> str:
    """Return the name of a build: a digest of all that goes into it, in its order."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:24]


@dataclass(frozen=True)
class Entry:
    """A build in the cache."""

    key: str
    path: Path
    size: int  # bytes
    about: dict[str, Any]


def size_of(path: Path) -> int:
    """Return the bytes of all files below a folder; links are not followed."""
    size = 0
    for below, _, names in os.walk(path):
        for name in names:
            with contextlib.suppress(FileNotFoundError):  # another process clears up at the same time
                found = os.lstat(os.path.join(below, name))
                size += found.st_size if stat.S_ISREG(found.st_mode) else 0
    return size


def is_own(path: Path, forbidden: int = 0o022) -> bool:
    """Whether a folder is there, is no link, and is written in by nobody else."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & forbidden


def expect_own(path: Path) -> None:
    """Refuse a cache folder in which somebody else could put a program for us to run.

    Raises
    ------
    RunFailed
        If it belongs to another user, or anyone may write in it.
    """
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        found = path.stat()
        if found.st_uid != os.geteuid():
            raise RunFailed(
                f"The cache folder {path} belongs to another user, whose programs are not run; "
                "set NEUROMODSIM_CACHE to a folder of your own."
            )
        if found.st_mode & 0o002:
            raise RunFailed(
                f"Anyone may write in the cache folder {path}; take that away (chmod o-w {path}) "
                "or set NEUROMODSIM_CACHE to a folder of your own."
            )


@contextlib.contextmanager
def keeping() -> Iterator[None]:
    """Create the cache folder; raises `RunFailed` if it is not writable."""
    place = folder()
    try:
        expect_own(place)
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise RunFailed(
            f"The build cannot be kept in {place} ({error.strerror or error}); "
            "make room there or set NEUROMODSIM_CACHE to another folder."
        ) from error


@contextlib.contextmanager
def workshop(name: str) -> Iterator[Path]:
    """Make a marked folder in the cache to work in, held while this process lives, and remove it."""
    with keeping():
        place = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=folder()))
        with mark(place):
            try:
                yield place
            finally:
                shutil.rmtree(place, ignore_errors=True)


@contextlib.contextmanager
def mark(place: Path) -> Iterator[None]:
    """Create the marker of a folder, and lock it."""
    new = place / f"{MARK}.new"
    with new.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        new.rename(place / MARK)  # never there without being held
        yield


def forsaken(place: Path) -> bool:
    """Whether a folder was created by neuromodsim and is no longer in use."""
    if not is_own(place):
        return False
    try:
        with os.fdopen(os.open(place / MARK, os.O_RDONLY | os.O_NOFOLLOW)) as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    except OSError:  # no mark, or held
        return False


def tidy(pattern: str = ".*.*") -> int:
    """Remove what dead processes left in the cache, and return how many bytes that freed."""
    freed = 0
    for place in sorted(folder().glob(pattern)):
        if forsaken(place):
            freed += size_of(place)
            shutil.rmtree(place, ignore_errors=True)
    return freed


def entries() -> list[Entry]:
    """Return the builds in the cache, by name of experiment."""
    found = []
    for path in sorted(folder().glob("*")):
        if is_build(path) and (path / DONE).is_file():
            found.append(Entry(path.name, path, size_of(path), _about(path)))
    return sorted(found, key=lambda entry: str(entry.about.get("experiment")))


def kept() -> int:
    """Return the size of the cache in bytes: builds, and parsed headers."""
    return sum(size_of(path) for path in folder().glob("*") if is_build(path))


def _about(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads((path / DONE).read_text())["about"])
    except (ValueError, KeyError, TypeError, OSError):
        return {"experiment": "unreadable"}


def is_build(path: Path) -> bool:
    """Whether a folder is a build of neuromodsim: it has a marker, or was created before markers existed."""
    if path.name.startswith(".") or not is_own(path, 0):
        return False
    if (path / MARK).is_file() and not (path / MARK).is_symlink():
        return True
    old = KEY.fullmatch(path.name) and all((path / n).is_file() for n in (DONE, "main", "objects.h"))
    return bool(old)


def clear() -> int:
    """Delete every build, finished or left half way, and return how many bytes that freed.

    Only folders with our mark are touched, each under its lock, since NEUROMODSIM_CACHE can name any folder;
    links are not followed. A build that somebody is making at the moment stays.
    """
    place = folder()
    freed = tidy()
    for path in sorted(place.glob("*")):
        if is_build(path) or _is_lock(path):
            with contextlib.suppress(Timeout, OSError):
                freed += _remove(place / path.name.removesuffix(".lock"))
    with contextlib.suppress(OSError):  # not there, or not empty
        place.rmdir()
    return freed


def _is_lock(path: Path) -> bool:
    """Whether a file is the lock of a build that is not there."""
    named = path.suffix == ".lock" and KEY.fullmatch(path.stem)
    return bool(named) and not path.is_symlink() and path.is_file() and path.stat().st_size == 0


def _remove(path: Path) -> int:
    lock = path.with_name(f"{path.name}.lock")
    with FileLock(lock, timeout=PATIENCE):
        size = size_of(path) if is_build(path) else 0
        if is_build(path):
            shutil.rmtree(path, ignore_errors=True)
        lock.unlink(missing_ok=True)
    return size


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
        If the cache folder is not writable, or others have write access to it.
    """
    place = folder() / name
    expect_own(folder())
    if is_own(place) and sound(place):
        return place
    with keeping():
        tidy()
        with FileLock(folder() / f"{name}.lock"):
            if is_own(place) and sound(place):  # another process was first
                return place
            with workshop(name) as working:
                build(working)
                # A folder cannot be renamed onto one that has something in it.
                _set_aside(place)
                working.rename(place)
    return place


def _set_aside(place: Path) -> None:
    """Remove what lies where a build is to be, whoever it belongs to."""
    if place.is_symlink() or place.is_file():
        place.unlink()
    elif place.is_dir():
        aside = Path(tempfile.mkdtemp(prefix=f".{place.name}.", dir=place.parent))
        # Moved before it is deleted, which takes a while: half a build must not lie where a whole one is
        # looked for.
        place.rename(aside / "damaged")
        shutil.rmtree(aside, ignore_errors=True)


def note(index: str | None, program: str) -> None:
    """Keep the key of the program that a description becomes; without an index, do nothing."""
    if index is not None:
        keep_text(NOTES, index[:32], json.dumps([index, program, _sum(index, program)]))


def recall(index: str | None) -> str | None:
    """Return the key that was noted for a description, if it is there and whole."""
    if index is None:
        return None
    try:
        said, program, total = json.loads(kept_text(NOTES, index[:32]) or "")
    except (ValueError, TypeError):
        return None
    whole = said == index and isinstance(program, str) and total == _sum(index, program)
    return program if whole else None


def _sum(index: str, program: str) -> str:
    return hashlib.sha256(f"{index} {program}".encode()).hexdigest()[:16]


def keep_text(kind: str, name: str, text: str, most: int | None = None) -> None:
    """Keep a text in the folder of its kind, if that can be, and of all that are there the latest."""
    with contextlib.suppress(RunFailed), keeping():
        place = folder() / kind
        if not place.is_dir():
            with workshop(kind) as made, contextlib.suppress(OSError):  # another was first
                made.rename(place)
        if not is_build(place):  # somebody's own folder of that name
            return
        # Written beside and renamed, since another process may be reading the text that is there.
        file, fresh = tempfile.mkstemp(dir=place)
        with os.fdopen(file, "w", encoding="utf-8") as new:
            new.write(text)
        Path(fresh).replace(place / name)
        if most is not None:
            _leave_latest(place, most)


def _leave_latest(place: Path, most: int) -> None:
    with contextlib.suppress(FileNotFoundError):  # another process removes them, too
        texts = [path for path in place.iterdir() if path.name != MARK]
        for old in sorted(texts, key=lambda path: path.stat().st_mtime_ns)[:-most]:
            old.unlink()


def kept_text(kind: str, name: str) -> str | None:
    """Return a text that was kept, if it is there; whether it is whole is not known.

    Raises
    ------
    RunFailed
        If others have write access to the cache folder.
    """
    expect_own(folder())
    place = folder() / kind
    try:
        return (place / name).read_text("utf-8") if is_own(place) and is_build(place) else None
    except (OSError, ValueError):
        return None
