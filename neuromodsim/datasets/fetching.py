"""Where data are: a folder that was named, the user's cache, or the public source.

A file is known by what is in it, not by its packing: a digest of the arrays or recordings. So the same
set is accepted from a folder, from an archive that a server packs anew each time, and from the cache.
"""

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from neuromodsim.errors import RunFailed, WrongInput

FOLDER = "NEUROMODSIM_DATA"  # names a folder with data


def digest(parts: Iterable[bytes | memoryview]) -> str:
    """Return the SHA-256 of parts, one after the other."""
    total = hashlib.sha256()
    for part in parts:
        total.update(part)
    return total.hexdigest()


def cache() -> Path:
    """Return the folder in the user's cache where downloads are kept."""
    return user_cache_path("neuromodsim") / "data"


def place(file: str, download: Callable[[Path], None]) -> Path:
    """Return where a data file is, downloading it if it is nowhere.

    Parameters
    ----------
    file
        Its name.
    download
        Puts it where it is told.

    Raises
    ------
    WrongInput
        If the variable ``NEUROMODSIM_DATA`` names something that is not a folder.
    RunFailed
        If it cannot be downloaded.
    """
    named = os.environ.get(FOLDER)
    if named:
        folder = Path(named).expanduser()
        if not folder.is_dir():
            raise WrongInput(f"{FOLDER} names '{named}', which is not a folder.")
        if (folder / file).exists():
            return folder / file
    kept = cache() / file
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        download(kept)
    return kept


def check(path: Path, found: str, expected: str) -> None:
    """Refuse a file that does not hold what it should."""
    if found == expected:
        return
    if path.is_relative_to(cache()):
        path.unlink(missing_ok=True)
        raise RunFailed(f"What was downloaded as '{path.name}' is not the data wanted; it was deleted.")
    raise WrongInput(
        f"'{path}' has the wrong checksum ({found[:12]}…, not {expected[:12]}…); "
        f"replace it, or take it away from the folder that {FOLDER} names."
    )


def unreadable(path: Path, error: Exception) -> WrongInput:
    """Return the error for a file that is not what its name says."""
    return WrongInput(f"'{path}' cannot be read ({error or type(error).__name__}); replace it.")


def retrieve(url: str, to: Path, known: str | None = None) -> None:
    """Download a file, whole or not at all.

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
    try:
        pooch.retrieve(
            url,
            known_hash=None if known is None else f"sha256:{known}",
            fname=to.name,
            path=to.parent,
            downloader=pooch.HTTPDownloader(progressbar=Bar(to.name), timeout=30),
        )
    except ValueError as error:  # the checksum
        raise RunFailed(f"{url} is not the file it was: its checksum is another.") from error
    except OSError as error:
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
            from rich.console import Console
            from rich.progress import DownloadColumn, Progress, TransferSpeedColumn

            columns = (*Progress.get_default_columns(), DownloadColumn(), TransferSpeedColumn())
            self.bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self.task = self.bar.add_task(self.title, total=self.total or None)
            self.bar.start()
        self.bar.advance(self.task, size)

    def reset(self) -> None:
        """Do nothing: pooch starts the count anew to make up for rounding."""

    def close(self) -> None:
        """Take the bar away."""
        if self.bar is not None:
            self.bar.stop()
