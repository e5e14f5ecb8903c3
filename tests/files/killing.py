"""Processes that write runs and are killed at random moments, and ones that write to one place at once.

In a process of its own (`python -m tests.files`), which forks: a child begins at once where a new process
would import for seconds.
"""

import contextlib
import errno
import os
import random
import signal
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import xarray.backends.zarr  # noqa: F401  # so that children need not
import zarr.codecs  # noqa: F401

from neuromodsim.errors import OutputExists
from neuromodsim.result import run_store
from neuromodsim.storage import renames, workspaces
from tests.files.small import tree, whole


def forked(work: Callable[[int], None]) -> tuple[int, int]:
    """Start a child that does some work with a pipe to write to; return its number and the other end."""
    read, write = os.pipe()
    child = os.fork()
    if child:
        os.close(write)
        return child, read
    code = 1
    try:
        os.close(read)
        work(write)
        code = 0
    finally:
        os._exit(code)


def kills(count: int, seed: int = 1) -> dict[str, int]:
    """Kill a process that overwrites a run again and again; fails where anything but a whole run is left.

    Half of the times the system has no exchange, and what a kill cuts in two is ended by the next call.

    Returns
    -------
    dict
        How many kills there were, how many left a hidden folder to be cleared, how many of these were ended
        by the next call.
    """
    tree(0)  # imports what children need
    chance, found = random.Random(seed), {"kills": 0, "left behind": 0, "ended later": 0}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place, last, taken = folder / "run.zarr", 0, 0.2
        for turn in range(count):
            child, pipe = forked(partial(_overwriting, place, last + 1, bool(turn % 2)))
            _wait_for_a_line(pipe)
            begun, said = time.monotonic(), []
            for _ in range(chance.randrange(3)):
                said.append(_wait_for_a_line(pipe))
                begun, taken = time.monotonic(), time.monotonic() - begun
            time.sleep(chance.random() * taken)  # at any moment of a save, however long it takes here
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            said += _all(pipe).split()
            last = int(said[-1]) if said else last
            found["kills"] += 1
            found["left behind"] += any(p.name != "run.zarr" for p in folder.iterdir())
            found["ended later"] += last > 0 and not place.exists()
            workspaces.clear(folder)  # what the next call does first
            here = sorted(p.name for p in folder.iterdir())
            assert here == (["run.zarr"] if last or place.exists() else []), here
            if here:
                now = whole(place)
                assert last <= now <= last + 1, f"{now} is there after {last} was said to be kept"
                last = now
    return found


def lacks(*_: object) -> None:
    """Do as a file system does that knows neither exchange nor exclusive renaming."""
    raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))


def writers(rounds: int, many: int = 2) -> dict[str, int]:
    """Let processes write to one new place at once; fails where a result is gone or not where it was said.

    Returns
    -------
    dict
        How many rounds there were, and in how many of them somebody lost the place and was kept beside it.
    """
    tree(0)
    found = {"rounds": 0, "kept beside": 0}
    with tempfile.TemporaryDirectory() as name:
        for turn in range(rounds):
            folder = Path(name) / str(turn)
            folder.mkdir()
            gate, opened = os.pipe()
            started = []
            for number in range(many):
                started.append(forked(partial(_writing, number, folder, (gate, opened), bool(turn % 2))))
            os.close(gate)
            os.close(opened)  # all at once
            said = [_all(pipe) for _, pipe in started]
            for child, _ in started:
                os.waitpid(child, 0)
            kept = {number: folder / said[number] for number in range(many)}
            assert len(set(kept.values())) == many, said
            assert sorted(p.name for p in folder.iterdir()) == sorted(p.name for p in kept.values())
            for number, place in kept.items():
                assert whole(place) == number
            assert (folder / "run.zarr") in kept.values()
            found["rounds"] += 1
            found["kept beside"] += many - 1
    return found


def _overwriting(place: Path, start: int, lacking: bool, told: int) -> None:
    """Save run after run to one place, and tell the number of each that is kept."""
    if lacking:
        renames.renameat2 = lacks  # type: ignore[assignment]
    os.write(told, b"ready\n")
    for number in range(start, start + 100):
        run_store.save(tree(number), place, overwrite=True)
        os.write(told, b"%d\n" % number)


def _writing(number: int, folder: Path, gate: tuple[int, int], lacking: bool, told: int) -> None:
    """Write one run when the gate is opened, and tell where it is."""
    one = tree(number)
    os.close(gate[1])
    if lacking:
        renames.renameat2 = lacks  # type: ignore[assignment]
    os.read(gate[0], 1)
    os.write(told, _put(one, folder / "run.zarr").encode())


def _put(one: object, place: Path) -> str:
    """Write a run as a command does at its end; return where it is, by what it says."""
    try:
        run_store.put(one, place, overwrite=False)  # type: ignore[arg-type]
    except OutputExists as late:
        return Path(str(late).split("is kept as '")[1].split("'")[0]).name
    return place.name


def _wait_for_a_line(pipe: int) -> str:
    said = b""
    while not said.endswith(b"\n"):
        more = os.read(pipe, 1)
        assert more, "the child ended"
        said += more
    return said.decode().strip()


def _all(pipe: int) -> str:
    with contextlib.closing(os.fdopen(pipe, "rb")) as rest:
        return rest.read().decode()
