"""Renaming that never replaces by accident, and exchanging two names at once: Linux's ``renameat2``.

Where a file system or C library lacks it, creation is as exclusive by other means, and an exchange is two
renames with a note of what was meant, so that whoever comes next can end it.
"""

import ctypes
import errno
import os
from collections.abc import Callable
from pathlib import Path

HERE = -100  # AT_FDCWD: names are as the process sees them
NO_REPLACE, EXCHANGE = 1, 2
LACKING = (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.ENOTSUP)
TAKEN = (errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR, errno.EISDIR)


def create(fresh: Path, place: Path) -> None:
    """Give a file or folder a name that nothing has yet.

    Raises
    ------
    FileExistsError
        If something has it, a link that leads nowhere included.
    """
    try:
        renameat2(fresh, place, NO_REPLACE)
    except OSError as error:
        if error.errno not in LACKING:
            raise
        _create_otherwise(fresh, place)


def exchange(fresh: Path, place: Path, note: Callable[[], None]) -> None:
    """Give each of two files or folders the other's name.

    ``note`` is called before the first of two renames, where one step does not do it; the old one then
    waits beside ``fresh``, as `waiting` says.
    """
    try:
        renameat2(fresh, place, EXCHANGE)
    except OSError as error:
        if error.errno not in LACKING:
            raise
        # The first of three renames leaves nothing at the place for a moment; the note says how to end it.
        note()
        os.rename(place, waiting(fresh))
        os.rename(fresh, place)
        os.rename(waiting(fresh), fresh)


def waiting(fresh: Path) -> Path:
    """Return where the old one waits while the fresh one takes its name."""
    return fresh.with_name("old")


def renameat2(fresh: Path, place: Path, flags: int) -> None:
    """Call the system; raises `OSError` with ``ENOSYS`` where the C library has no such function."""
    # With its own copy of errno for each thread: the interpreter's calls in between would change the real
    # one.
    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if function(HERE, os.fsencode(fresh), HERE, os.fsencode(place), flags):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(place))


def _create_otherwise(fresh: Path, place: Path) -> None:
    """Create by what every system has: no folder is renamed onto a full one, no link made onto a file."""
    if os.path.lexists(place):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place))
    try:
        # A folder is renamed onto nothing or an empty folder only; a file would replace a file, so it gets a
        # second name, which cannot be one that is taken.
        if fresh.is_dir():
            os.rename(fresh, place)
        else:
            os.link(fresh, place)
            os.unlink(fresh)
    except OSError as error:
        if error.errno in TAKEN:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place)) from error
        raise
