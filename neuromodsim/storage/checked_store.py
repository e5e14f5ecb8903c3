"""A Zarr store from which every chunk is looked at before it is unpacked: there, whole, of the right size."""

import struct
import zlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import google_crc32c
from zarr.storage import LocalStore

from neuromodsim.errors import WrongInput
from neuromodsim.storage.zarr3 import META, Array, Contents, chunk_of

if TYPE_CHECKING:
    from zarr.core.buffer import Buffer

LONGEST = 2**30  # bytes of a chunk of texts
ROOM = 2**16  # bytes by which packing may make a chunk larger


Which = tuple[int, int]


def which_is(root: Path) -> Which | None:
    """Return what tells a store from another one that took its place; None if it is not there."""
    try:
        return root.stat().st_ino, (root / META).stat().st_mtime_ns
    except OSError:
        return None


class CheckedStore(LocalStore):
    """Reads a store that was examined, and nothing else that lies in its folder."""

    def __init__(
        self, root: Path | str, *, contents: Contents, read_only: bool = True, which: Which | None = None
    ) -> None:
        super().__init__(root, read_only=read_only)
        self.contents = contents
        self.which = which_is(self.root) if which is None else which

    def with_read_only(self, read_only: bool = False) -> Self:
        """Return this store; it is never written to."""
        return type(self)(self.root, contents=self.contents, which=self.which)

    async def get(self, key: str, prototype: Any = None, byte_range: Any = None) -> "Buffer | None":
        """Return what is kept under a name; raises `WrongInput` where a chunk is not what it should be."""
        return self._looked_at(key, await super().get(key, prototype, byte_range), byte_range)

    def get_sync(self, key: str, *, prototype: Any = None, byte_range: Any = None) -> "Buffer | None":
        """Do as `get`."""
        found = super().get_sync(key, prototype=prototype, byte_range=byte_range)
        return self._looked_at(key, found, byte_range)

    async def list_dir(self, prefix: str) -> AsyncIterator[str]:
        """Yield the nodes that lie in a node."""
        start = f"{prefix.rstrip('/')}/" if prefix.strip("/") else ""
        for path in (*self.contents.attributes, *self.contents.arrays):
            if path and path.startswith(start) and "/" not in path[len(start) :]:
                yield path[len(start) :]

    def _looked_at(self, key: str, found: "Buffer | None", byte_range: Any) -> "Buffer | None":
        if key == META or key.endswith(f"/{META}"):
            return found
        array = chunk_of(self.contents, key)
        # Parts of chunks are read from shards, which neuromodsim does not write; parts have no checksum.
        if array is None or byte_range is not None:
            return None
        if which_is(self.root) != self.which:
            raise WrongInput(f"'{self.root}' was overwritten or moved since it was opened; open it again.")
        if found is not None:
            expect_sound(array, bytes(found.to_bytes()), self.root / key)
        elif array.checked:  # written with every chunk
            raise WrongInput(f"'{self.root / key}' is missing, so what it held cannot be read.")
        return found


def expect_sound(array: Array, content: bytes, place: Path) -> None:
    """Raise `WrongInput` unless a chunk holds as many bytes as it should, and those that were written."""
    if array.checked:
        content, found = content[:-4], content[-4:]
        if struct.pack("<I", google_crc32c.value(content)) != found:
            raise WrongInput(f"'{place}' was damaged after it had been written: its checksum is another.")
    most = LONGEST if array.size is None else array.size
    size = unpacked(array.packing, content, most) if len(content) <= most + ROOM else None
    if size is None or size > most or (array.size is not None and size != most):
        raise WrongInput(f"'{place}' does not unpack to the {most} bytes that it should hold.")


def unpacked(packing: str, content: bytes, most: int) -> int | None:
    """Return how many bytes a chunk says that it unpacks to; None if it does not say."""
    try:
        if packing == "zstd":
            return _zstd(content)
        if packing == "blosc":
            # Four bytes of versions, flags and the item's size, then the unpacked size.
            return int(struct.unpack_from("<I", content, 4)[0])
        if packing == "gzip":
            # 31: with gzip's head, and the largest window. The second argument ends it early, however well it
            # is packed.
            return len(zlib.decompressobj(31).decompress(content, most + 1))
    except (struct.error, IndexError, zlib.error):
        return None
    return len(content)


def _zstd(content: bytes) -> int | None:
    """Return the size in the head of a frame (RFC 8878, 3.1.1.1)."""
    if content[:4] != b"\x28\xb5\x2f\xfd":
        return None
    single, size = content[4] >> 5 & 1, content[4] >> 6
    if not size and not single:
        return None
    start = 5 + (not single) + (0, 1, 2, 4)[content[4] & 3]
    # A size in two bytes begins at 256, as smaller ones fit into one.
    kind, added = (("<B", 0), ("<H", 256), ("<I", 0), ("<Q", 0))[size]
    return int(struct.unpack_from(kind, content, start)[0]) + added
