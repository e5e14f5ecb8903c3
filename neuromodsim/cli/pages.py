"""The pages of ``neuromodsim show``, kept as text: importing Brian2 takes longer than all else about one.

A page lies in the cache folder under a digest of all that it derives from: what was asked for, every source
file of neuromodsim, Python and the packages that take part, and the terminal. Pages of files, modules and
other packages are never kept.
"""

import hashlib
import json
import os
import platform
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from neuromodsim.backends import cache
from neuromodsim.catalogue import index, lookup
from neuromodsim.cli.terminal import as_json, console
from neuromodsim.description import spelling
from neuromodsim.errors import RunFailed, WrongInput

KEPT = "pages"
MOST = 200  # pages that are kept
LARGEST = 2**18  # characters of one
PACKAGES = ("brian2", "numpy", "rich", "sympy")


def page(name: str, *, as_data: bool = False) -> str:
    """Return the page of something as it is printed, or its JSON."""
    if lookup.is_of_others(spelling.split(name)[0]):
        return _made(name, as_data)
    form = "json" if as_data else _terminal()
    place = _digest(name, form)
    if (kept := _recalled(place)) is not None:
        return kept
    text = _made(name, as_data)
    if _digest(name, form) == place:  # no file was edited meanwhile
        _keep(place, text)
    return text


def _made(name: str, as_data: bool) -> str:
    from neuromodsim import brian

    brian.brian()
    from neuromodsim.reports import show

    about = show.describe(name)
    if as_data:
        return f"{as_json(about)}\n"
    terminal = console()
    with terminal.capture() as printed:
        for part in show.render(about):
            terminal.print(part)
    return printed.get()


def _terminal() -> list[Any]:
    """Return all that a page depends on in where it is printed."""
    one = console()
    return [one.width, one.encoding, one.color_system, one.no_color, one.is_terminal]


def _digest(name: str, form: Any) -> str | None:
    """Return a digest of all that a page derives from; None where some of it cannot be read."""
    try:
        versions = [platform.python_version(), *map(version, PACKAGES)]
        found = hashlib.sha256(json.dumps([name, form, versions]).encode())
        for path in _sources():
            content = path.read_bytes()
            found.update(f"\n{path} {len(content)}\n".encode())
            found.update(content)
    except (OSError, PackageNotFoundError, WrongInput):
        return None
    return found.hexdigest()


def _sources() -> Iterator[Path]:
    """Yield every source file of neuromodsim, also where its folders are links to others."""
    for top in dict.fromkeys((index.PACKAGE, index.figure_folder())):
        for folder, inside, names in os.walk(top, followlinks=True):
            inside.sort()
            yield from (Path(folder, name) for name in sorted(names) if name.endswith(".py"))


def _recalled(place: str | None) -> str | None:
    """Return a page that was kept, if it is whole and nobody else could have written it."""
    if place is None:
        return None
    with suppress(RunFailed):
        total, _, text = (cache.kept_text(KEPT, place) or "").partition("\n")
        if text and total == _sum(text):
            return text
    return None


def _keep(place: str | None, text: str) -> None:
    if place is not None and len(text) <= LARGEST:
        cache.keep_text(KEPT, place, f"{_sum(text)}\n{text}", MOST)


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
