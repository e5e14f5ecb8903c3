"""Stores of runs changed at random: each opens with what was saved, or is refused in one sentence."""

import contextlib
import copy
import json
import os
import random
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import xarray as xr

import neuromodsim as nms
from neuromodsim.cli import request
from neuromodsim.result import run_store
from neuromodsim.storage import zarr3
from tests.files.small import tree

ODD: tuple[Any, ...] = (
    *(None, True, -1, 0, 2**31, 2**70, 1.5, 1e308, float("nan"), "", "x", "\0", "é" * 300, [], {}, [[]]),
    *([1, 2, 3], {"name": "bytes"}, {"name": "pickle"}, {"name": "numcodecs.pickle"}, "|O", "string"),
    *("object", [2**40, 2**40], "NaN", "days since 2000-01-01", ["a", None], [-1], {"x": {"y": [1]}}),
)


def fuzz(count: int, seed: int = 1, resealed: bool = False) -> dict[str, int]:
    """Change a store at random, open it and read all of it; count what came of it.

    Parameters
    ----------
    resealed
        Whether its metadata are given the right digest again, as by somebody who means it. Such a store may
        say something else; it must still be read, and its run repeated, or be refused in one sentence.
    """
    chance, found = random.Random(seed), Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        good = nms.save(_subject(resealed), Path(name) / "good.zarr")
        right = nms.open(good).load()
        for turn in range(count):
            place = Path(name) / f"{turn}.zarr"
            shutil.copytree(good, place)
            changed = _change(chance, place, resealed)
            with _limit(20, changed):
                found[_outcome(place, right, changed, resealed)] += 1
            shutil.rmtree(place)
    return dict(found)


def _subject(real: bool) -> xr.DataTree:
    return nms.simulate("pairing", device="numpy", duration="20ms") if real else tree(5)


def _outcome(place: Path, right: xr.DataTree, changed: str, resealed: bool) -> str:
    """Return what came of a store that was changed; fails where that is neither of two."""
    try:
        opened = nms.open(place)
        if resealed:
            request.repetition(opened)
            return "opened"
        opened.load()
    except nms.WrongInput as error:
        assert "\n" not in str(error), changed
        return "refused"
    except Exception as error:
        raise AssertionError(f"{changed}: {type(error).__name__}: {error}") from error
    assert opened.identical(right), f"{changed}: other data, and not a word"
    return "equal"


def _change(chance: random.Random, place: Path, resealed: bool) -> str:
    """Change something in a store; return what it was."""
    files = sorted(p for p in place.rglob("*") if p.is_file())
    if resealed:
        path = chance.choice([p for p in files if p.name == zarr3.META] + [place / zarr3.META] * 6)
        said = _field(chance, path)
        _reseal(place)
        return said
    path = chance.choice(files)
    how = chance.choice((_byte, _byte, _byte, _length, _gone, _kind, _field, _field, _field))
    return how(chance, path)


def _byte(chance: random.Random, path: Path) -> str:
    content = bytearray(path.read_bytes())
    at = chance.randrange(len(content))
    content[at] ^= 1 << chance.randrange(8)
    path.write_bytes(content)
    return f"byte {at} of {path}"


def _length(chance: random.Random, path: Path) -> str:
    content = path.read_bytes()
    cut = chance.randrange(len(content))
    path.write_bytes(content[:cut] if chance.random() < 0.7 else content + content[:cut])
    return f"length of {path}"


def _gone(chance: random.Random, path: Path) -> str:
    path.unlink()
    return f"{path} is gone"


def _kind(chance: random.Random, path: Path) -> str:
    path.unlink()
    how: Callable[[Path], Any] = chance.choice(
        (os.mkfifo, os.mkdir, lambda p: p.symlink_to("/dev/zero"), lambda p: p.symlink_to("/etc/passwd"))
    )
    how(path)
    return f"{path} is something else"


def _field(chance: random.Random, path: Path) -> str:
    """Put something odd in the place of a field of metadata, of JSON within one, or of a chunk's bytes."""
    if path.name != zarr3.META:
        path.write_bytes(chance.randbytes(chance.randrange(100)))
        return f"other bytes in {path}"
    told = json.loads(path.read_text())
    where, holder = _somewhere(chance, told)
    field = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    old = holder[field]
    if isinstance(old, str) and old.startswith("{") and chance.random() < 0.7:
        inner = json.loads(old)
        if inner:
            _, part = _somewhere(chance, inner)
            key = chance.choice(list(part) if isinstance(part, dict) else range(len(part)))
            part[key] = copy.deepcopy(chance.choice(ODD))
        holder[field] = json.dumps(inner)
    elif chance.random() < 0.25:
        del holder[field]
    else:
        holder[field] = copy.deepcopy(chance.choice(ODD))
    path.write_text(json.dumps(told))
    return f"{where}/{field} of {path}, which was {str(old)[:200]!r}, in {path.read_text()[-1:]}"


def _somewhere(chance: random.Random, told: Any) -> tuple[str, Any]:
    """Return a filled object or list somewhere in JSON, and the way to it."""
    where, here = "", told
    while True:
        keys = list(here) if isinstance(here, dict) else range(len(here))
        deeper = [k for k in keys if isinstance(here[k], dict | list) and here[k]]
        if not deeper or chance.random() < 0.4:
            return where, here
        key = chance.choice(deeper)
        where, here = f"{where}/{key}", here[key]


def _reseal(place: Path) -> None:
    """Give a store's metadata their digest, as far as they are any."""
    with contextlib.suppress(nms.WrongInput, TypeError, KeyError):
        digest = zarr3.examine(place).digest
        root = json.loads((place / zarr3.META).read_text())
        root["attributes"][run_store.CONTENTS] = digest
        (place / zarr3.META).write_text(json.dumps(root))


@contextlib.contextmanager
def _limit(seconds: int, changed: str) -> Iterator[None]:
    """Fail where something takes for ever."""

    def late(*_: object) -> None:
        raise AssertionError(f"{changed}: it hangs")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
