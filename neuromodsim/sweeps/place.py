"""The folder of a sweep: which may be used, and what in it is left of runs that were killed."""

import re
import shutil
from pathlib import Path

from neuromodsim.errors import OutputExists, WrongInput
from neuromodsim.result.run_store import SWEEP
from neuromodsim.storage import bounded, files, workspaces

LOCK = ".lock"
PARTS = ("runs", "failed")
# How a half-written run was called before there were workspaces.
HALF = re.compile(r"\.[0-9a-f]+\.(zarr|json)\.[a-z0-9_]+")


def expect_usable(place: Path) -> None:
    """Try whether a sweep can be kept at a place, which may hold one; leave nothing.

    Raises
    ------
    OutputExists
        If something else is there.
    WrongInput
        If it is a symbolic link, holds one where a sweep keeps its runs, or cannot be written to.
    RunFailed
        If no room is left there.
    """
    files.refuse_link(place)
    there = files.kind(place)
    if there is None:
        files.expect_writable(_nearest(place))
        return
    if there != "folder" or (files.kind(place / SWEEP) is None and _used(place)):
        raise OutputExists(f"'{place}' is already there, and is not a sweep; choose another name.")
    # Whoever may write in the folder above could have put links where a sweep writes.
    expect_sweep(place)
    files.expect_room(place, f"'{place}'")


def expect_sweep(place: Path) -> None:
    """Raise `WrongInput` unless the parts of a sweep that are there are what they should be."""
    for name, wanted in ((SWEEP, "file"), (LOCK, "file"), *((part, "folder") for part in PARTS)):
        found = files.kind(place / name)
        if found not in (None, wanted):
            raise WrongInput(
                f"'{place / name}' must be a {wanted} of a sweep; got a {found}, which must be removed."
            )
    if files.kind(place / SWEEP) and "plan" not in bounded.read_json(place / SWEEP):
        raise WrongInput(f"'{place}' is not a sweep that neuromodsim can read.")


def clear(place: Path) -> None:
    """Take away what runs that were killed have left, in the folders of a sweep that is held."""
    for part in PARTS:
        workspaces.clear(place / part)
        for left in (place / part).glob(".*"):
            if HALF.fullmatch(left.name) and left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)


def _used(place: Path) -> bool:
    """Whether anything lies in a folder but what a sweep that never began has left."""
    return any(p.name != LOCK and not workspaces.PATTERN.fullmatch(p.name) for p in place.iterdir())


def _nearest(place: Path) -> Path:
    """Return the uppermost folder that would have to be made."""
    place = place.absolute()
    while not place.parent.exists() and place.parent != place:
        place = place.parent
    return place
