"""Files that are written whole or not at all: beside their place, then renamed into it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from neuromodsim.errors import RunFailed


@contextmanager
def beside(place: Path) -> Iterator[Path]:
    """Yield a name in the same folder that takes a file's place at the end.

    Raises
    ------
    RunFailed
        If it cannot be written; what was there before is still there.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=f".{place.name}.", dir=place.absolute().parent) as folder:
            fresh = Path(folder) / place.name
            yield fresh
            fresh.replace(place)
    except OSError as error:
        raise RunFailed(f"'{place}' could not be written: {error.strerror or error}.") from error


def write_text(place: Path, content: str) -> None:
    """Write text whole or not at all."""
    with beside(place) as fresh:
        fresh.write_text(content)
