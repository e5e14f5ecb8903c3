"""From a description to a build: the digest of the source is the program's key, so equal source is one build.

What the cache notes of a description spares a second command the writing: the key of its program, under the
digest of all that the writing looks at.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from jinja2 import pass_environment
from jinja2.filters import do_sort

from neuromodsim.backends import cache, seal
from neuromodsim.backends.identity import Description
from neuromodsim.backends.program import Manifest

Write = Callable[[Description, Path], Manifest]
# Of Brian2's project, what is not compiled, or written by runs.
BESIDE = ("makefile", "win_makefile", "results")
CLOCK = re.compile(r"^\s*_array_\w+_(?:timestep|t)\[0\] = [^;]+;$")


def empty(folder: Path, manifest: Manifest) -> None:
    """Leave no contents of tables and pairs in a project: each run brings its own."""
    arrays = [spec.stored[0] for spec in manifest.tables.values()]
    ends = [f"_static_array__array_{name}_{end}" for name in manifest.pairs for end in ("sources", "targets")]
    for path in [folder / "static_arrays" / name for name in (*arrays, *ends)]:
        if path.name in arrays or path.exists():
            path.write_bytes(b"")


def sort_all(environment: Any) -> None:
    """Let templates tell ``F`` from ``f`` where they sort; Jinja leaves these in the order of a set."""

    @pass_environment
    def sort(
        environment: Any,
        value: Any,
        reverse: bool = False,
        case_sensitive: bool = True,
        attribute: Any = None,
    ) -> Any:
        return do_sort(environment, value, reverse, True, attribute)

    environment.filters["sort"] = sort


def order_clocks(main: Path) -> None:
    """Put the lines that start clocks in order: Brian2 writes them in that of a set."""
    done, clocks = list[str](), list[str]()
    for line in main.read_text().split("\n"):
        if CLOCK.match(line):
            clocks.append(line)
            continue
        done += [*sorted(clocks), line]
        clocks = []
    main.write_text("\n".join(done))


def digest(folder: Path) -> str:
    """Return a digest of all files of a project that its program is made of."""
    found = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        inside = path.relative_to(folder)
        if inside.parts[0] not in BESIDE and not inside.name.startswith("."):
            # With its size, so that what ends one file cannot be taken for the beginning of the next.
            found.update(f"{inside.as_posix()} {path.stat().st_size}\n".encode())
            found.update(path.read_bytes())
    return found.hexdigest()


def key(folder: Path, manifest: Manifest) -> str:
    """Return the key of the program of a project: of its source, and of what it takes and gives."""
    taken = asdict(manifest)
    # Where the value of an input comes from follows from its name, so that keys do without it.
    del taken["sources"]
    return cache.key([digest(folder), taken])


def key_of(description: Description, write: Write) -> str:
    """Return the key of the program that a description becomes: as noted, or from its source."""
    index = description.digest()
    known = cache.recall(index)
    if known is None:
        with cache.workshop("source") as folder:
            known = key(folder, write(description, folder))
        cache.note(index, known)
    return known


def build(
    description: Description,
    write: Write,
    compile_project: Callable[[Path], None],
    parts: Mapping[str, Any],
    finish: Callable[[Path, Manifest, str, str, Mapping[str, Any]], None],
) -> Path:
    """Return the folder of a compiled program, from the cache or newly built.

    Parameters
    ----------
    description, write
        What the program is, and what writes its source into a folder.
    compile_project
        Makes ``main`` of the source in a folder.
    parts
        What a compiled program depends on beside its source: the compiler, its flags, the processor.
    finish
        Leaves the manifest in a compiled folder.
    """
    index = description.digest()
    known = cache.recall(index)
    if known is not None:
        place = cache.folder() / named(known, parts)
        if cache.is_own(place) and seal.whole(place):
            return place
    with cache.workshop("source") as made:
        manifest = write(description, made)
        known = key(made, manifest)

        def fill(folder: Path) -> None:
            for path in made.iterdir():
                if path.name != cache.MARK:
                    path.rename(folder / path.name)
            compile_project(folder)
            finish(folder, manifest, description.experiment.name, known, parts)

        place = cache.get_or_build(named(known, parts), fill, seal.whole)
    cache.note(index, known)
    return place


def named(program: str, parts: Mapping[str, Any]) -> str:
    """Return the name of a build of a program, which is another one where a manifest holds something else."""
    return cache.key([program, dict(parts), [field.name for field in fields(Manifest)]])
