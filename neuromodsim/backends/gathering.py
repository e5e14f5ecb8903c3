"""Pieces of a C++ project, gathered into a few files: headers are read once per file and not once per piece.

All pieces bring helpers of the same names, so each is included in a namespace of its own. Its functions keep
the names by which the loop over time calls them, and no call gets longer.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from neuromodsim.backends import trimming

ONCE = ("before_run_", "after_run_", "synapses_create")  # in the names of pieces that run once
ONCE_WHOLE = ("main.cpp", "objects.cpp")
PLACE, OBJECTS = "gathered", "objects.cpp"
SIZE = 150_000  # bytes of pieces that go into one file
FUNCTION = re.compile(r"^void (\w+)\(\)\s*\{", re.M)
INCLUDE = re.compile(r"^\s*#\s*include\s*([<\"]\S+[>\"])", re.M)


def gather(folder: Path) -> tuple[list[Path], list[Path]]:
    """Write the files that include all others of a project; the same ones on every computer.

    Returns
    -------
    once, often
        Names of the files whose code runs once per simulation, and of all others.
    """
    # Files of ours that a project does not need are empty.
    whole = sorted(p for p in folder.glob("*.cpp") if p.read_text().strip())
    # The largest first, dealt out in turn below, so that all files take about equally long.
    pieces = sorted((folder / "code_objects").glob("*.cpp"), key=lambda p: (-p.stat().st_size, p.name))
    once = [p for p in pieces if any(mark in p.name for mark in ONCE)]
    often = [p for p in pieces if p not in once]
    made = {
        "once.cpp": _file([p for p in whole if p.name in ONCE_WHOLE], once),
        "host.cpp": _file([p for p in whole if p.name not in ONCE_WHOLE], []),
    }
    # By size and not by the number of cores: which pieces share a file must be the same on every computer.
    parts = -(-sum(p.stat().st_size for p in often) // SIZE)
    made |= {f"pieces_{part}.cpp": _file([], often[part::parts]) for part in range(parts)}
    (folder / PLACE).mkdir(exist_ok=True)
    # Beside the file that includes it, and so found before the one that Brian2 has written.
    (folder / PLACE / OBJECTS).write_text(trimming.trimmed((folder / OBJECTS).read_text()))
    for name, text in made.items():
        (folder / PLACE / name).write_text(text)
    first, *rest = (Path(PLACE, name) for name in made)
    return [first], rest


def _file(whole: Iterable[Path], pieces: Iterable[Path]) -> str:
    """Return the text of a file that includes whole files, and pieces in namespaces of their own."""
    texts = {piece: piece.read_text() for piece in pieces}
    # Those that a processor or a compiler lacks are asked for by nobody there.
    headers = dict.fromkeys(header for text in texts.values() for header in INCLUDE.findall(text))
    return "".join(
        [
            *(f'#include "{path.name}"\n' for path in whole),
            *(f"#if __has_include({header})\n#include {header}\n#endif\n" for header in headers),
            *(_in_namespace(piece, text) for piece, text in texts.items()),
        ]
    )


def _in_namespace(piece: Path, text: str) -> str:
    # The symbol of a function of that name outside of any namespace.
    names = [f'void {name}() asm("_Z{len(name)}{name}v");\n' for name in FUNCTION.findall(text)]
    included = f'#include "code_objects/{piece.name}"\n'
    return f"namespace piece_{piece.stem} {{\n{''.join(names)}{included}}}\n"
