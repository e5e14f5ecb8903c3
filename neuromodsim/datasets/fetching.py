"""Where data are: a folder that was named, the user's cache, or the public source.

A file is known by what is in it, not by its packing: a digest of the arrays or recordings. So the same
set is accepted from a folder, from an archive that a server packs anew each time, and from the cache.
"""

import contextlib
import hashlib
import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from neuromodsim.errors import RunFailed, WrongInput
from neuromodsim.storage import files, workspaces

FOLDER = "NEUROMODSIM_DATA"  # names a folder with data
LARGEST = 2**31  # bytes that a set unpacks to
# What reading a file sets off that is not what its name says.
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError),
    *(NotImplementedError, RuntimeError, MemoryError),
)


def digest(parts: Iterable[bytes | memoryview]) -> str:
    """Return the SHA-256 of parts, one after the other."""
    total = hashlib.sha256()
    for part in parts:
        total.update(part)
    return total.hexdigest()


def cache() -> Path:
    """Return the folder in the user's cache where downloads are kept."""
    return files.user_cache() / "data"


def place(file: str, download: Callable[[Path], None]) -> Path:
    """Return where a data file is, downloading it if it is nowhere.

    Parameters
    ----------
    file
        Its name.
    download
        Writes it to the given path.

    Raises
    ------
    WrongInput
        If the variable ``NEUROMODSIM_DATA`` names something that is not a folder.
    RunFailed
        If it cannot be downloaded.
    """
    if (found := there(file)) is not None:
        return found
    kept = cache() / file
    with _kept_in(kept.parent):
        files.make_folder(kept.parent)
    download(kept)
    return kept


def there(file: str) -> Path | None:
    """Return where a data file is on this machine; None if it is nowhere. Nothing is downloaded.

    Raises
    ------
    WrongInput
        If the variable ``NEUROMODSIM_DATA`` names something that is not a folder.
    """
    folder = named()
    places = [cache() / file] if folder is None else [folder / file, cache() / file]
    return next((place for place in places if place.exists()), None)


def named() -> Path | None:
    """Return the folder that ``NEUROMODSIM_DATA`` names, which must be one; None if it names none."""
    given = os.environ.get(FOLDER)
    if not given:
        return None
    folder = files.located(given)
    if not os.path.isdir(folder):
        raise WrongInput(f"{FOLDER} names '{given}', which is not a folder.")
    return folder


@contextlib.contextmanager
def made_beside(to: Path) -> Iterator[Path]:
    """Yield the name under which a download is put together; whole, it takes its place."""
    with _kept_in(to.parent), workspaces.workspace(to.parent) as made:
        fresh = made / to.name
        yield fresh
        files.put_first(fresh, to)


@contextlib.contextmanager
def _kept_in(folder: Path) -> Iterator[None]:
    """Say of an error of the system that it is this machine's disk, not the network."""
    try:
        yield
    except OSError as error:
        raise RunFailed(
            f"Downloads cannot be kept in {folder} ({error.strerror or error}); make room there, or put the "
            f"data into another folder and name that in {FOLDER}."
        ) from error


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading; raises ValueError if it is a pipe or a device, which might never end."""
    if not path.is_file():
        raise ValueError("it is no plain file")
    with path.open("rb") as file:
        yield file


def expect_size(size: int) -> None:
    """Raise ValueError for an archive that says that it unpacks to more bytes than any set has."""
    if size > LARGEST:
        raise ValueError(f"it unpacks to {size} bytes, more than it can need")


def check(path: Path, found: str, expected: str) -> None:
    """Refuse a file that does not hold what it should."""
    if found == expected:
        return
    if _downloaded(path):
        path.unlink(missing_ok=True)
        raise RunFailed(f"The file downloaded as '{path.name}' has the wrong checksum and was deleted.")
    raise WrongInput(
        f"'{path}' has the wrong checksum (expected {expected[:12]}…; got {found[:12]}…); "
        f"replace it, or remove it from the folder given by {FOLDER}."
    )


def _downloaded(path: Path) -> bool:
    """Whether a file is one that was put into the cache here."""
    given = os.environ.get(FOLDER)
    return not (given and path.is_relative_to(files.located(given))) and path.is_relative_to(cache())


def unreadable(path: Path, error: Exception) -> WrongInput:
    """Return the error for a file that is not what its name says."""
    return WrongInput(f"'{path}' cannot be read ({error or type(error).__name__}); replace it.")


def retrieve(url: str, to: Path, known: str | None = None) -> None:
    """Download a file atomically.

    Parameters
    ----------
    url
        Where it is.
    to
        The file to make.
    known
        Its SHA-256; not given where the server packs it anew, and `check` looks into it instead.
    """
    import pooch

    pooch.get_logger().setLevel("ERROR")  # the bar says enough
    with made_beside(to) as fresh:
        try:
            pooch.retrieve(
                url,
                known_hash=None if known is None else f"sha256:{known}",
                fname=fresh.name,
                path=fresh.parent,
                downloader=pooch.HTTPDownloader(progressbar=Bar(to.name), timeout=30),
            )
        except ValueError as error:  # the checksum
            raise RunFailed(f"The file at {url} has changed: its checksum differs.") from error
        except OSError as error:
            if error.errno in files.FULL:
                raise
            raise RunFailed(
                f"'{to.name}' is not on this machine and could not be downloaded from {url} "
                f"({type(error).__name__}); put it into a folder and name the folder in {FOLDER}."
            ) from error


class Bar:
    """A bar that pooch moves, shown if someone is looking."""

    def __init__(self, title: str) -> None:
        from neuromodsim.progress import wanted

        self.title, self.shown = title, wanted()
        self.total = 0
        self.bar: Any = None

    def update(self, size: int) -> None:
        """Take how many bytes came."""
        if not self.shown:
            return
        if self.bar is None:
            from rich.progress import DownloadColumn, Progress, TransferSpeedColumn

            from neuromodsim.progress import shown_on

            columns = (*Progress.get_default_columns(), DownloadColumn(), TransferSpeedColumn())
            self.bar = Progress(*columns, console=shown_on(), transient=True)
            self.task = self.bar.add_task(self.title, total=self.total or None)
            self.bar.start()
        self.bar.advance(self.task, size)

    def reset(self) -> None:
        """Do nothing: pooch starts the count anew to make up for rounding."""

    def close(self) -> None:
        """Take the bar away."""
        if self.bar is not None:
            self.bar.stop()
