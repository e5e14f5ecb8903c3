"""Hidden folders in which something is made before it gets its name, each with its maker in its own.

``.neuromodsim-<host>-<boot>-<namespace>-<process>-<start>-<chance>``: the name is there from the first
moment, so a folder of a process that was killed is known for one whenever that was, and so is one of a
process that lives. Only a real folder with such a name is ever cleared.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import re
import secrets
import shutil
import socket
import stat
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from neuromodsim.storage import renames

PATTERN = re.compile(
    r"\.neuromodsim-(?P<host>[0-9a-f]{8})-(?P<boot>[0-9a-f]{8})-(?P<namespace>\d+)"
    r"-(?P<process>\d+)-(?P<start>\d+)-[0-9a-f]{8}"
)
NEW = "new"  # what is being made
NOTE = "place.json"  # says whose place it was about to take, where that is no single step


class Maker(NamedTuple):
    """A process: its machine, when that was started, and which process it is there."""

    host: str
    boot: str
    namespace: str
    process: str
    start: str


@contextlib.contextmanager
def workspace(folder: Path) -> Iterator[Path]:
    """Yield an empty hidden folder in a folder, and take it away at the end."""
    # Whoever makes something here first takes away what killed processes left: nobody else would.
    clear(folder)
    made = folder / f".neuromodsim-{'-'.join(here())}-{secrets.token_hex(4)}"
    made.mkdir(mode=0o700)
    held = os.open(made, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        # The kernel releases a lock when its process ends, however it ends; it is all that a process of
        # another container can see of this one.
        with contextlib.suppress(OSError):  # some file systems have no locks
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield made
    finally:
        os.close(held)
        shutil.rmtree(made, ignore_errors=True)


def clear(folder: Path) -> None:
    """Take away what processes that are no more have left in a folder; end what they were about to do."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        left = [Path(e.path) for e in entries if e.name.startswith(".neuromodsim-")]
        for place in left:
            if _abandoned(place):
                _finish(place)
                shutil.rmtree(place, ignore_errors=True)


def note(made: Path, place: Path) -> None:
    """Write down whose place is about to be taken, for `clear` after a power cut."""
    with (made / NOTE).open("w") as file:
        json.dump({"place": place.name}, file)
        file.flush()
        os.fsync(file.fileno())


def here() -> Maker:
    """Return this process."""
    process = os.getpid()
    host, boot = _machine()
    try:
        namespace = str(os.stat("/proc/self/ns/pid").st_ino)
    except OSError:
        namespace = "0"
    return Maker(host, boot, namespace, str(process), started(process) or "0")


@cache
def _machine() -> tuple[str, str]:
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text()
    except OSError:
        boot = "unknown"
    return _short(socket.gethostname()), _short(boot)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def started(process: int) -> str | None:
    """Return when a process was started, in ticks since the machine was; None if it is no more."""
    try:
        # The name of the program stands in brackets and may hold spaces and brackets itself, so what follows
        # the last bracket is read.
        state, *fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    # A zombie writes nothing any more. Field 22 of proc(5) is the start; the state was field 3.
    return None if state in "ZX" else fields[18]


def _abandoned(place: Path) -> bool:
    """Whether a hidden folder was created by neuromodsim, by a process that has ended."""
    found = PATTERN.fullmatch(place.name)
    what = place.lstat()
    # In a folder where all may write, such as /tmp, others can make folders of such names.
    if found is None or not stat.S_ISDIR(what.st_mode) or what.st_uid != os.geteuid():
        return False
    maker, this = Maker(**found.groupdict()), here()
    if maker.boot != this.boot:  # another machine may be at work in a shared folder
        return maker.host == this.host
    if maker.namespace != this.namespace:  # a container beside this one: only a lock can tell
        return _unlocked(place)
    return not _lives(maker)


def _lives(maker: Maker) -> bool:
    now = started(int(maker.process))
    if now is not None:
        # Numbers of processes are given again: the one of today is the maker only if it was started when that
        # was.
        return maker.start in (now, "0")
    try:
        os.kill(int(maker.process), 0)
    except PermissionError:  # another user's, and hidden from us
        return True
    except (OSError, OverflowError):
        return False
    return not Path("/proc/self/stat").exists()  # where it does, the process has just ended


def _unlocked(place: Path) -> bool:
    try:
        held = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(held)
    return True


def _finish(made: Path) -> None:
    """End an exchange that was cut in two: the new one has been whole since before it began."""
    with contextlib.suppress(OSError, ValueError, LookupError, TypeError):
        name = json.loads((made / NOTE).read_text())["place"]
        # A note with a path in it could lead anywhere.
        if Path(name).name != name or name in ("", ".", ".."):
            return
        fresh = made / NEW
        whole = fresh if fresh.exists() else renames.waiting(fresh)
        renames.create(whole, made.parent / name)  # unless something is there
