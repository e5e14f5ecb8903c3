"""Atomic writes of files and folders, also in case of a kill or a power failure.

What is written is made in a hidden folder beside its place, brought to the disk, and given its name in one
step. Only files of neuromodsim are replaced, symbolic links are never followed, and a name that another
process took meanwhile stays theirs.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from platformdirs import user_cache_path

from neuromodsim.errors import OutputExists, RunFailed, WrongInput
from neuromodsim.storage import renames, workspaces

ROOM = 2**20  # bytes that must be free where something will be written
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def failing_as(place: Path) -> Iterator[None]:
    """Say of an error of the system which place could not be written."""
    try:
        yield
    except OSError as error:
        raise RunFailed(f"'{place}' could not be written: {error.strerror or error}.") from error


def located(path: str | os.PathLike[str]) -> Path:
    """Return a path whose last part is a name: ``.`` and ``..`` are looked up, ``~`` is the home folder.

    Raises
    ------
    WrongInput
        If it is no path, or there is no home folder.
    """
    try:
        text = os.fspath(path)
    except TypeError as error:
        raise WrongInput(f"A path must be text; got {path!r}.") from error
    if not isinstance(text, str) or not text or "\0" in text:
        raise WrongInput(f"{text!r} is not the name of a file or folder.")
    try:
        place = Path(text).expanduser()
    except RuntimeError as error:
        raise WrongInput(f"There is no home folder for '{text}'; write the path out.") from error
    try:
        # The name of '.' is empty and that of '..' is the parent's: nothing could be made beside them under
        # it.
        return place.resolve() if place.name in ("", "..") else place
    except (OSError, RuntimeError) as error:
        raise WrongInput(f"'{text}' cannot be used as a path: {error}.") from error


def user_cache() -> Path:
    """Return the folder that the user's cache has for us; raises `WrongInput` if there is no home folder."""
    with suppress(RuntimeError):
        found = user_cache_path("neuromodsim")
        if found.is_absolute():  # an unknown user's home folder would be one named ~, here
            return found
    raise WrongInput(
        "There is no home folder to keep things in: set HOME or XDG_CACHE_HOME to a folder of yours."
    )


def kind(place: Path) -> str | None:
    """Return what is at a place, as a sentence names it; None if nothing is. Links are not followed.

    Raises
    ------
    WrongInput
        If that cannot be found out, as with a name that is too long.
    """
    try:
        mode = os.lstat(place).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise WrongInput(f"'{place}' cannot be used: {error.strerror or error}.") from error
    kinds = {stat.S_IFDIR: "folder", stat.S_IFREG: "file", stat.S_IFLNK: "symbolic link"}
    return kinds.get(stat.S_IFMT(mode), "device, pipe or socket")


def refuse_link(place: Path) -> None:
    """Raise `WrongInput` where a symbolic link, a device, a pipe or a socket is."""
    found = kind(place)
    if found == "symbolic link":
        raise WrongInput(
            f"'{place}' is a symbolic link, which is not followed when writing; give its target."
        )
    if found not in (None, "file", "folder"):
        raise WrongInput(f"The destination '{place}' must be a file or a folder; got a {found}.")


def expect_writable(place: Path) -> None:
    """Try whether a file or folder can be made at a place, before an hour of computing; leave nothing.

    Raises
    ------
    WrongInput
        If there is no folder for it, or it cannot be written to.
    RunFailed
        If no room is left there.
    """
    folder = place.absolute().parent
    if not os.path.isdir(folder):
        raise WrongInput(f"There is no folder '{place.parent}' to write to.")
    refuse_link(place)
    expect_room(folder, f"'{place}'")


def expect_room(folder: Path, what: str) -> None:
    """Try whether a folder takes a file; ``what`` names in a sentence what is to be written there."""
    try:
        with workspaces.workspace(folder) as made:
            tried = os.open(made / workspaces.NEW, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            try:
                # Takes the room at once: a file with a hole of that size would fit on a full disk.
                os.posix_fallocate(tried, 0, ROOM)
                # Some file systems say only when data are to reach the disk that there is no room for them.
                os.fsync(tried)
            finally:
                os.close(tried)
    except OSError as error:
        failure = RunFailed if error.errno in FULL else WrongInput
        raise failure(f"{what} cannot be written: {error.strerror or error}.") from error


def sync(place: Path) -> None:
    """Bring a file, or a folder's list of names, to the disk."""
    opened = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    except OSError as error:
        # Some network file systems cannot do that with a folder.
        if error.errno not in renames.LACKING or not stat.S_ISDIR(os.fstat(opened).st_mode):
            raise
    finally:
        os.close(opened)


def sync_tree(place: Path) -> None:
    """Bring a file, or a folder and all that is in it, to the disk: what is named before its names."""
    if place.is_dir():
        # From the bottom up: a name that survives a power cut must not lead to what did not.
        for folder, _, names in os.walk(place, topdown=False):
            for name in names:
                sync(Path(folder) / name)
            sync(Path(folder))
    else:
        sync(place)


def sync_name(place: Path) -> None:
    """Bring the name of a file or folder to the disk; the folder above it may be linked."""
    sync(place.absolute().parent.resolve())


def make_folder(place: Path) -> None:
    """Make a folder, and those above it, so that they outlive a power cut."""
    if place.is_dir():
        return
    # From the top down: a folder's name is on the disk before anything is put below it.
    make_folder(place.absolute().parent)
    place.mkdir(exist_ok=True)
    sync_name(place)


# In all that follows: data to the disk, then the name, then the folder that holds the name. In another order
# a power cut could leave a name that leads to half of it.
def put_new(fresh: Path, place: Path) -> None:
    """Give what was made its name.

    Raises
    ------
    OutputExists
        If something came there meanwhile. What was made is then kept beside it, and the sentence says where.
    """
    sync_tree(fresh)
    try:
        renames.create(fresh, place)
    except FileExistsError as error:
        kept = put_beside(fresh, place)
        raise OutputExists(
            f"'{place}' was written by somebody else meanwhile and is left alone; what was to be written "
            f"there is kept as '{kept}'."
        ) from error
    sync_name(place)


def put_first(fresh: Path, place: Path) -> None:
    """Rename a new folder; if another process was first, its folder is equivalent and this one is dropped."""
    sync_tree(fresh)
    with suppress(FileExistsError):
        renames.create(fresh, place)
    sync_name(place)


def put_beside(fresh: Path, place: Path) -> Path:
    """Give what was made the first free name after its own: ``run-2.zarr`` for ``run.zarr``; return it."""
    for number in range(2, 10_000):
        kept = place.with_name(f"{place.stem}-{number}{place.suffix}")
        try:
            renames.create(fresh, kept)
        except FileExistsError:
            continue
        sync_name(place)
        return kept
    raise RunFailed(f"'{place}' was written by somebody else meanwhile, and so were all names like it.")


def put_over(fresh: Path, place: Path, expect_ours: Callable[[Path, Path], None]) -> None:
    """Give what was made the name of something that neuromodsim wrote, and leave that in its stead.

    Parameters
    ----------
    fresh, place
        Which changes its name with which.
    expect_ours
        Receives where the old one is and what to call it, and raises if it holds anything of others: before
        the exchange, and after it, when nobody else can add to it.
    """
    expect_ours(place, place)
    sync_tree(fresh)
    try:
        renames.exchange(fresh, place, lambda: _note(fresh, place))
    except FileNotFoundError:  # taken away meanwhile
        put_new(fresh, place)
        return
    try:
        expect_ours(fresh, place)
    # On Ctrl-C, too: what is not neuromodsim's alone goes back to its place before anything else happens.
    except BaseException:
        renames.exchange(fresh, place, lambda: None)
        raise
    sync_name(place)


def _note(fresh: Path, place: Path) -> None:
    """Leave word for whoever comes next, where an exchange takes two steps; that, too, on the disk."""
    workspaces.note(fresh.parent, place)
    sync(fresh.parent)
    sync_name(fresh.parent)


@contextmanager
def beside(place: Path, *, new: bool = False) -> Iterator[Path]:
    """Yield a name in a hidden folder for a file, which takes its place at the end.

    Parameters
    ----------
    place
        Where it is to be. A file of that name is replaced, unless ``new`` says that there must be none.

    Raises
    ------
    RunFailed
        If it cannot be written; what was there before is still there.
    WrongInput
        If a link, folder or device is there.
    OutputExists
        If it was to be new and something came there meanwhile; it is kept beside it.
    """
    with failing_as(place), workspaces.workspace(place.absolute().parent) as made:
        fresh = made / place.name
        yield fresh
        if new:
            put_new(fresh, place)
            return
        # Looked at again at the last moment: os.replace would put the file in the place of a link that came
        # meanwhile.
        refuse_link(place)
        sync_tree(fresh)
        os.replace(fresh, place)
        sync_name(place)


def write_text(place: Path, content: str) -> None:
    """Write text atomically."""
    with beside(place) as fresh:
        fresh.write_text(content)
