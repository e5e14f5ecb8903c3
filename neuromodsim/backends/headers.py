"""Headers of the standard library, parsed once per computer and kept in the cache beside the programs.

To parse them takes longer than all else in a small program. They are only a way to be quick: the compiler
reads their text where there are none. They are looked at before each use, as programs are, and made anew
where they were damaged or where a header that they were made of is another one by now.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from neuromodsim.backends import cache, seal

NAMES = (
    *(
        "algorithm",
        "chrono",
        "climits",
        "cmath",
        "csignal",
        "cstdint",
        "cstdio",
        "cstdlib",
        "cstring",
        "ctime",
    ),
    *("fstream", "iostream", "iterator", "map", "random", "set", "string", "tuple", "vector"),
)
# In code of ours that looks for spikes.
TEXT = (
    "".join(f"#include <{name}>\n" for name in NAMES)
    + "#ifdef __AVX512BW__\n#include <immintrin.h>\n#endif\n"
)
HEADER, PARSED, SUMS = "standard.h", "standard.h.gch", "sums.json"


def lay(folder: Path, name: str, parse: Callable[[list[str], Path], None] | None, parts: Any) -> None:
    """Put a header of that name into a project, and the parsed one beside it.

    Parameters
    ----------
    folder, name
        Where it is to be, and how it is called there.
    parse
        Calls the compiler in a folder; None where it is none that finds parsed headers beside their text.
    parts
        What parsed headers depend on: the compiler, its flags, the processor.
    """
    (folder / name).write_text(TEXT)
    if parse is not None:
        place = cache.get_or_build(cache.key([TEXT, parts]), lambda made: _fill(made, parse), whole)
        (folder / f"{name}.gch").symlink_to(place / PARSED)


def take_away(folder: Path, name: str) -> None:
    """Take a header out of a project again."""
    (folder / name).unlink()
    (folder / f"{name}.gch").unlink(missing_ok=True)


def whole(place: Path) -> bool:
    """Whether parsed headers are as they were made, and so is all that they were made of."""
    try:
        sums = json.loads((place / SUMS).read_text())
        made_of = bool(sums["made of"]) and all(
            _state(Path(path)) == s for path, s in sums["made of"].items()
        )
        return made_of and seal.sum_of(seal.read(place / PARSED)) == sums[PARSED]
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return False


def _fill(place: Path, parse: Callable[[list[str], Path], None]) -> None:
    (place / HEADER).write_text(TEXT)
    parse(["-MD", "-MF", "listed", "-MT", "it", "-x", "c++-header", HEADER, "-o", PARSED], place)
    # A rule of make, in which lines go on after a backslash.
    words = (place / "listed").read_text().replace("\\\n", " ").split()
    made_of = {path: _state(Path(path)) for path in words if path.startswith("/")}
    sums = {PARSED: seal.sum_of((place / PARSED).read_bytes()), "made of": made_of}
    (place / SUMS).write_text(json.dumps(sums))


def _state(path: Path) -> list[int]:
    found = path.stat()
    return [found.st_size, found.st_mtime_ns]
