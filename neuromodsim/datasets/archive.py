"""Recordings in an archive, found by their names whatever folder they lie in."""

import re
import zipfile
from pathlib import Path

from neuromodsim.datasets import fetching


def recordings(file: str, url: str, wanted: str, expected: str) -> dict[str, bytes]:
    """Return the files of an archive whose names match, by name, in order of name.

    Parameters
    ----------
    file, url
        The archive's own name, and where it is downloaded from.
    wanted
        A regular expression for the names, without their folder.
    expected
        The digest of names and contents.

    Raises
    ------
    WrongInput
        If the archive at hand cannot be read or holds something else.
    RunFailed
        If there is none and it cannot be downloaded.
    """
    path = fetching.place(file, lambda to: fetching.retrieve(url, to))
    try:
        found = _read(path, re.compile(wanted))
    except fetching.BROKEN as error:
        raise fetching.unreadable(path, error) from error
    total = fetching.digest(part for name, content in found.items() for part in (name.encode(), content))
    fetching.check(path, total, expected)
    return found


def _read(path: Path, wanted: re.Pattern[str]) -> dict[str, bytes]:
    with fetching.opened(path) as file, zipfile.ZipFile(file) as archive:
        names = {info.filename.rpartition("/")[2]: info for info in archive.infolist()}
        chosen = {short: names[short] for short in sorted(names) if wanted.fullmatch(short)}
        fetching.expect_size(sum(info.file_size for info in chosen.values()))
        return {short: archive.read(info) for short, info in chosen.items()}
