"""A Zarr store looked at before anything is decoded: version 3, codecs that are known, sizes that can be.

Zarr's version 2 and codecs of other packages are left out on purpose: some of them run what is in a file.
Metadata are read here as JSON; nothing of a store is handed to a decoder that was not looked at.
"""

import hashlib
import json
import math
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from neuromodsim.errors import WrongInput
from neuromodsim.storage import bounded

META = "zarr.json"
CONTENTS = "contents"  # the root's attribute with the digest of all metadata
NODES, FILES, DEPTH, DIMENSIONS = 100_000, 2_000_000, 64, 32  # more than any run has
LONGEST = 2**48  # of one dimension
CHUNK = 2**31  # bytes of one chunk
# Chunks that hold one value alone may be left out, and compress well: what an array may hold in bytes
# whatever its files do, and per byte of its files.
UNWRITTEN, PACKED = 2**30, 2**16
SIZES = {"bool": 1, "int8": 1, "uint8": 1, "int16": 2, "uint16": 2, "float16": 2, "int32": 4, "uint32": 4}
SIZES |= {"float32": 4, "int64": 8, "uint64": 8, "float64": 8, "complex64": 8, "complex128": 16}
FIRST = {"bytes": {"endian"}, "vlen-utf8": set[str]()}
PACKING = {
    "zstd": {"level", "checksum"},
    "gzip": {"level"},
    "blosc": {"typesize", "cname", "clevel", "shuffle", "blocksize"},
}
SUM = "crc32c"


@dataclass(frozen=True)
class Array:
    """What is stored of an array: how many chunks along each dimension, and how each is packed.

    ``size`` is that of an unpacked chunk in bytes, None where it differs from one to the other.
    """

    grid: tuple[int, ...]
    size: int | None
    packing: str
    checked: bool


@dataclass(frozen=True)
class Contents:
    """The nodes of a store by path, the root's being empty, and a digest of all their metadata."""

    attributes: Mapping[str, Mapping[str, Any]]  # of groups
    arrays: Mapping[str, Array]
    digest: str


def examine(place: Path) -> Contents:
    """Return what a store holds.

    Raises
    ------
    WrongInput
        If it is no Zarr store of version 3, or anything in it is not what a run's store has.
    """
    attributes: dict[str, Mapping[str, Any]] = {}
    arrays: dict[str, Array] = {}
    digest = hashlib.sha256()
    for path, folder in _nodes(place):
        metadata = bounded.read_json(folder / META)
        expect(metadata.get("zarr_format") == 3, folder, "is not of Zarr's version 3")
        kind = metadata.get("node_type")
        own = metadata.get("attributes", {})
        expect(kind in ("group", "array"), folder, "is neither a group nor an array")
        expect(isinstance(own, dict), folder, "has attributes that are none")
        # Zarr would believe these in place of the nodes' own, which are the ones looked at.
        expect(metadata.get("consolidated_metadata") is None, folder, "holds metadata of other nodes")
        if kind == "array":
            expect(path != "", folder, "is an array, not a group")
            arrays[path] = _array(folder, metadata)
        else:
            attributes[path] = own
        digest.update(f"{path}\n{_plain(metadata, root=not path)}\n".encode(errors="backslashreplace"))
    return Contents(attributes, arrays, digest.hexdigest())


def expect(holds: object, place: Path, problem: str) -> None:
    """Raise `WrongInput`, which names a part of a store, unless something holds."""
    if not holds:
        raise WrongInput(f"'{place}' {problem}, so it is not opened.")


def _plain(metadata: Mapping[str, Any], *, root: bool) -> str:
    """Return metadata as one text, whatever their spacing; the root's without the digest itself."""
    if root:
        metadata = {
            **metadata,
            "attributes": {n: v for n, v in metadata.get("attributes", {}).items() if n != CONTENTS},
        }
    return json.dumps(metadata, sort_keys=True)


def _nodes(place: Path) -> Iterator[tuple[str, Path]]:
    """Yield path and folder of every node, in order of path within a folder, parents first."""
    left, count = [("", place)], 0
    while left:
        path, folder = left.pop()
        count += 1
        expect(count <= NODES and path.count("/") < DEPTH, place, "has too many parts")
        yield path, folder
        inside = [e for e in entries(folder) if e.is_dir(follow_symlinks=False)]
        named = [e.name for e in inside if _is_node(Path(e.path))]
        left += [(f"{path}/{name}" if path else name, folder / name) for name in sorted(named, reverse=True)]


def _is_node(folder: Path) -> bool:
    """Whether a folder has metadata; also where that may not be found out, which reading it then says."""
    try:
        os.lstat(folder / META)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def entries(folder: Path) -> list[os.DirEntry[str]]:
    """Return what lies in a folder of a store; raises `WrongInput` where that is no file and no folder."""
    try:
        with os.scandir(folder) as found:
            inside = list(found)
        modes = [entry.stat(follow_symlinks=False).st_mode for entry in inside]
    except OSError as error:
        raise WrongInput(f"'{folder}' cannot be read: {error.strerror or error}.") from error
    for entry, mode in zip(inside, modes, strict=True):
        expect(not stat.S_ISLNK(mode), Path(entry.path), "is a symbolic link")
        expect(stat.S_ISDIR(mode) or stat.S_ISREG(mode), Path(entry.path), "is no file and no folder")
    return inside


def _array(folder: Path, metadata: Mapping[str, Any]) -> Array:
    shape, chunks = (
        metadata.get("shape"),
        _configured(metadata.get("chunk_grid"), "regular").get("chunk_shape"),
    )
    for sizes, least in ((shape, 0), (chunks, 1)):
        # Not isinstance: JSON's true would be a whole number.
        whole = isinstance(sizes, list) and all(type(n) is int and least <= n <= LONGEST for n in sizes)
        expect(whole and len(sizes or ()) <= DIMENSIONS, folder, "has a shape that cannot be")
    assert isinstance(shape, list) and isinstance(chunks, list)
    expect(len(shape) == len(chunks), folder, "has chunks of another number of dimensions")
    keys = metadata.get("chunk_key_encoding")
    expect(_configured(keys, "default").get("separator", "/") == "/", folder, "names its chunks otherwise")
    names = metadata.get("dimension_names")
    labelled = isinstance(names, list) and all(isinstance(n, str | None) for n in names)
    expect(names is None or (labelled and len(names) == len(shape)), folder, "has odd names of dimensions")
    expect(not metadata.get("storage_transformers"), folder, "is stored in a way that is not known")
    expect(_scalar(metadata.get("fill_value")), folder, "has an odd fill value")
    item = _item(folder, metadata.get("data_type"))
    packing, checked = _codecs(folder, metadata.get("codecs"), item)
    size = None if item is None else math.prod(chunks) * item
    expect((size or 0) <= CHUNK, folder, "has chunks that are too large")
    written = _written(folder, len(shape))
    # A few bytes of metadata can claim an array that fills the memory of whoever opens it.
    expect(math.prod(shape) * (item or 1) <= UNWRITTEN + PACKED * written, folder, "claims to hold too much")
    grid = tuple(-(-n // c) for n, c in zip(shape, chunks, strict=True))
    return Array(grid, size, packing, checked)


def _configured(metadata: Any, name: str) -> Mapping[str, Any]:
    """Return the configuration of a named part of metadata; nothing if it is another part."""
    right = isinstance(metadata, dict) and metadata.get("name") == name
    found = metadata.get("configuration", {}) if right else {"separator": None}
    return found if isinstance(found, dict) else {"separator": None}


def _scalar(value: Any) -> bool:
    parts = value if isinstance(value, list) and len(value) == 2 else [value]
    return all(isinstance(part, str | int | float) for part in parts)


def _item(folder: Path, kind: Any) -> int | None:
    """Return the bytes of one number; None for texts of any length."""
    if kind == "string":
        return None
    if isinstance(kind, str) and kind in SIZES:
        return SIZES[kind]
    length = _configured(kind, "fixed_length_utf32").get("length_bytes")
    expect(type(length) is int and 0 < length <= 2**20, folder, "is of a type that is not known")
    return int(length or 0)


def _codecs(folder: Path, metadata: Any, item: int | None) -> tuple[str, bool]:
    """Return how chunks are packed, and whether a checksum is kept with each."""
    listed = isinstance(metadata, list) and all(isinstance(codec, dict) for codec in metadata)
    expect(listed and metadata, folder, "has no codecs that are known")
    known = FIRST | PACKING | {SUM: set[str]()}
    for codec in metadata:
        name, given = codec.get("name"), codec.get("configuration", {})
        expect(isinstance(name, str) and name in known, folder, f"has the codec {name!r}, which is not known")
        right = isinstance(given, dict) and set(given) <= known[name] and all(map(_scalar, given.values()))
        expect(right, folder, f"configures its codec '{name}' in a way that is not known")
    first, *others = (codec["name"] for codec in metadata)
    checked = others[-1:] == [SUM]
    packing = others[:-1] if checked else others
    expect(
        first == ("vlen-utf8" if item is None else "bytes"), folder, "is packed in another way than its type"
    )
    expect(len(packing) <= 1 and set(packing) <= set(PACKING), folder, "is packed more than once")
    return (packing[0] if packing else ""), checked


def _written(folder: Path, dimensions: int) -> int:
    """Return the bytes in the files of an array's chunks."""
    total, count = 0, 0
    left = [(folder / "c", 0)]
    # An array without dimensions has one chunk, the file named c.
    if not os.path.isdir(folder / "c"):
        return sum(e.stat(follow_symlinks=False).st_size for e in entries(folder) if e.name == "c")
    while left:
        inside, depth = left.pop()
        for entry in entries(inside):
            count += 1
            expect(count <= FILES, folder, "has too many chunks")
            if not entry.is_dir(follow_symlinks=False):
                total += entry.stat(follow_symlinks=False).st_size
            elif depth < dimensions:
                left.append((Path(entry.path), depth + 1))
    return total


def chunk_of(contents: Contents, key: str) -> Array | None:
    """Return the array a chunk belongs to, by the name of its file within the store; None if to none."""
    parts = key.split("/")
    for k in range(len(parts) - 1, 0, -1):
        array = contents.arrays.get("/".join(parts[:k])) if parts[k] == "c" else None
        if array is not None and _in_grid(parts[k + 1 :], array.grid):
            return array
    return None


def _in_grid(indices: list[str], grid: tuple[int, ...]) -> bool:
    if len(indices) != len(grid):
        return False
    # One name for each chunk: int would also read 01, +1 and digits of other scripts.
    plain = (n.isascii() and n.isdecimal() and n == str(int(n)) for n in indices)
    return all(plain) and all(int(n) < count for n, count in zip(indices, grid, strict=True))


def foreign(place: Path, contents: Contents) -> Path | None:
    """Return something in a store's folder that is not the store's own; None if there is nothing."""
    nodes = {*contents.attributes, *contents.arrays}
    for folder, folders, names in os.walk(place):
        inside = Path(folder).relative_to(place).as_posix()
        prefix = "" if inside == "." else f"{inside}/"
        for name in names:
            key = f"{prefix}{name}"
            own = name == META and (inside == "." or inside in nodes)
            if not own and chunk_of(contents, key) is None:
                return place / key
        for name in folders:
            key = f"{prefix}{name}"
            if key not in nodes and not _of_chunks(contents, key):
                return place / key
    return None


def _of_chunks(contents: Contents, key: str) -> bool:
    """Whether a folder is one that an array's chunks lie in."""
    parts = key.split("/")
    for k in range(len(parts) - 1, 0, -1):
        array = contents.arrays.get("/".join(parts[:k])) if parts[k] == "c" else None
        if array is not None and _in_grid(parts[k + 1 :], array.grid[: len(parts) - k - 1]):
            return len(parts) - k - 1 < len(array.grid)
    return False
