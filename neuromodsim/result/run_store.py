"""Storage of runs: each is one Zarr store, written atomically, and opened lazily.

Every chunk carries a checksum and is written even where it holds one value alone; the root keeps a digest
of all metadata. Damage and losses are therefore reported, and never read as numbers.
"""

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from neuromodsim.errors import NeuromodsimError, OutputExists, WrongInput
from neuromodsim.result import account
from neuromodsim.storage import bounded, files, workspaces, zarr3
from neuromodsim.storage.zarr3 import CONTENTS, META

if TYPE_CHECKING:
    import xarray as xr

SWEEP = "sweep.json"  # what a folder holds that keeps many runs
# Names of files of one piece, which a store is not.
OTHER_FORMATS = tuple(
    [".nc", ".nc4", ".h5", ".hdf5", ".nwb", ".mat", ".npz", ".npy", ".csv", ".json", ".pkl", ".zip", ".png"]
)
NOT_OURS = "is not a run that neuromodsim wrote"


def save(tree: "xr.DataTree", path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
    """Write a run to a Zarr store, atomically.

    The store is synchronised to disk when this function returns. A store of a run may be overwritten; other
    folders and files, sweeps, stores with foreign files, and symbolic links are left untouched.

    Parameters
    ----------
    tree
        A run, as returned by `neuromodsim.simulate`.
    path
        The folder to write, such as ``"run.zarr"``; its parent must exist.
    overwrite
        Whether an existing run is replaced.

    Returns
    -------
    Path
        The path of the store.

    Raises
    ------
    OutputExists
        If the path exists and may not be overwritten. If it was created while the run was being written,
        the run is saved beside it, and the message gives its path.
    WrongInput
        If the path is not writable, or contains anything but a run written by neuromodsim.
    RunFailed
        If writing fails; no partial files remain.

    Examples
    --------
    >>> import neuromodsim
    >>> run = neuromodsim.simulate("pairing", device="numpy", duration="100 ms")
    >>> neuromodsim.save(run, "run.zarr")
    PosixPath('run.zarr')
    """
    if not hasattr(tree, "subtree"):
        raise WrongInput(f"A run, as `simulate` returns it, can be saved; got a {type(tree).__name__}.")
    place = files.located(path)
    expect_free(place, overwrite=overwrite)
    expect_store_name(place)
    if not os.path.isdir(place.absolute().parent):
        raise WrongInput(f"There is no folder '{place.parent}' to write to.")
    put(tree, place, overwrite=overwrite)
    return place


def expect_store_name(place: Path) -> None:
    """Raise `WrongInput` for the name of a file of another format, which a store would only look like.

    Examples
    --------
    >>> expect_store_name(Path("run.nc"))
    Traceback (most recent call last):
    neuromodsim.errors.WrongInput: A run is saved as a Zarr store such as 'run.zarr'; got 'run.nc'.
    """
    if place.suffix.lower() in OTHER_FORMATS:
        instead = place.with_suffix(".zarr")
        raise WrongInput(f"A run is saved as a Zarr store such as '{instead}'; got '{place}'.")


def put(tree: "xr.DataTree", place: Path, *, overwrite: bool) -> None:
    """Write a run to a place that was looked at before it was made; raises as `save` does."""
    with files.failing_as(place), workspaces.workspace(place.absolute().parent) as made:
        fresh = made / workspaces.NEW
        _write(tree, fresh)
        if overwrite and os.path.lexists(place):
            files.put_over(fresh, place, expect_ours)
        else:
            files.put_new(fresh, place)


def save_once(tree: "xr.DataTree", place: Path) -> None:
    """Write a run that anybody else would write alike: the first one stays, and no other is kept beside it.

    Raises
    ------
    RunFailed
        If writing fails; no partial files remain.
    """
    with files.failing_as(place), workspaces.workspace(place.absolute().parent) as made:
        fresh = made / workspaces.NEW
        _write(tree, fresh)
        files.put_first(fresh, place)


def rescue(tree: "xr.DataTree", name: str) -> Path | None:
    """Write a run that its own place does not take into a temporary folder; None if that fails too."""
    try:
        return save(tree, Path(tempfile.mkdtemp(prefix="neuromodsim-kept-")) / name)
    except (NeuromodsimError, OSError):
        return None


def expect_free(place: Path, *, overwrite: bool) -> None:
    """Raise `WrongInput` unless a run may be written to a place.

    Raises
    ------
    OutputExists
        If something is there and may not be overwritten.
    """
    files.refuse_link(place)
    if files.kind(place) is None:
        return
    if not overwrite:
        raise OutputExists(f"'{place}' is already there; choose another name or overwrite it.")
    expect_ours(place, place)


def expect_ours(folder: Path, called: Path) -> None:
    """Raise `WrongInput` unless a folder is a run that neuromodsim wrote, and nothing else lies in it."""
    if os.path.lexists(folder / SWEEP):
        raise WrongInput(f"'{called}' holds a sweep, which is not overwritten; choose another name.")
    if not os.path.lexists(folder / META):
        raise WrongInput(f"'{called}' {NOT_OURS}, so it is not overwritten; choose another name.")
    try:
        contents = zarr3.examine(folder)
    except WrongInput as error:
        raise WrongInput(
            f"'{called}' {NOT_OURS}, or not any more, and is not overwritten: {error}"
        ) from error
    if not all(map(account.is_ours, _told(contents))):
        raise WrongInput(f"'{called}' {NOT_OURS}, so it is not overwritten; choose another name.")
    other = zarr3.foreign(folder, contents)
    if other is not None:
        other = called / other.relative_to(folder)
        raise WrongInput(
            f"'{other}' is not part of the run in '{called}', which is therefore not overwritten; "
            "take it out or choose another name."
        )


def _told(contents: zarr3.Contents) -> list[Any]:
    """Return the attributes of a run, or those of each of its replicas."""
    root = contents.attributes.get("", {})
    replicas = [told for path, told in contents.attributes.items() if path.startswith("replica_")]
    own = [told for told in replicas if "experiment" in told]
    return own if own and "experiment" not in root else [root]


def _write(tree: "xr.DataTree", fresh: Path) -> None:
    """Write a store, and into its root the digest of all its metadata."""
    tree.to_zarr(
        fresh,
        mode="w",
        consolidated=False,
        zarr_format=3,
        write_empty_chunks=True,
        encoding=_encoding(tree),
    )
    root = json.loads((fresh / META).read_text())
    root["attributes"][CONTENTS] = zarr3.examine(fresh).digest
    (fresh / META).write_text(json.dumps(root, indent=2))


def _encoding(tree: "xr.DataTree") -> dict[str, dict[str, dict[str, Any]]]:
    """Return how each variable is packed: compressed, with a checksum."""
    from zarr.codecs import Crc32cCodec, ZstdCodec

    packed = {"compressors": (ZstdCodec(level=0), Crc32cCodec())}
    return {
        node.path: {str(name): dict(packed) for name in node.to_dataset(inherit=False).variables}
        for node in tree.subtree
    }


def open_run(path: str | os.PathLike[str]) -> "xr.DataTree":
    """Return one run, read lazily; `neuromodsim.open` opens a sweep as well.

    Raises
    ------
    WrongInput
        If there is no store at the path, it cannot be read, was damaged, or neuromodsim did not write it;
        later, where numbers that are needed were damaged.
    """
    place = files.located(path)
    if not os.path.isdir(place):
        workspaces.clear(place.absolute().parent)  # an exchange that was cut in two may be ended
    if files.kind(place) is None:
        raise WrongInput(f"There is no '{place}'.")
    if not os.path.isdir(place):
        raise WrongInput(f"'{place}' is not a readable Zarr store (it is no folder).")
    return open_one(place)


def open_one(place: Path) -> "xr.DataTree":
    """Return one run; raises as `open_run` does."""
    try:
        root = bounded.read_json(place / META)
        if not _may_be_ours(place, root):
            raise WrongInput(f"'{place}' was not written by neuromodsim, or by another version of it.")
        contents = zarr3.examine(place)
    except WrongInput as error:
        if str(error).startswith(f"'{place}' "):
            raise
        raise WrongInput(f"'{place}' is not a readable Zarr store: {error}") from error
    _expect_account(place, contents)
    tree = _decoded(place, contents)
    tree.attrs.pop(CONTENTS, None)
    return tree


def _may_be_ours(place: Path, root: dict[str, Any]) -> bool:
    """Whether a root node is that of a run written by neuromodsim, or of its replicas."""
    own = root.get("attributes")
    return (isinstance(own, dict) and account.is_ours(own)) or os.path.isdir(place / "replica_0")


def _expect_account(place: Path, contents: zarr3.Contents) -> None:
    """Raise `WrongInput` unless a store is an unchanged run written by neuromodsim."""
    told = _told(contents)
    if not all(map(account.is_ours, told)):
        raise WrongInput(f"'{place}' was not written by neuromodsim, or by another version of it.")
    kept = contents.attributes[""].get(CONTENTS)
    # Stores without checksums are from before there was a digest.
    if kept != contents.digest and (kept is not None or any(a.checked for a in contents.arrays.values())):
        raise WrongInput(f"'{place}' was changed after it had been written: its digest is another.")
    for attributes in told:
        if problem := account.problem(attributes):
            raise WrongInput(f"'{place}' cannot be used as a run: its attribute {problem}.")


def _decoded(place: Path, contents: zarr3.Contents) -> "xr.DataTree":
    import xarray as xr

    from neuromodsim.storage.checked_store import CheckedStore

    store: Any = CheckedStore(place.absolute(), contents=contents)
    opened: Callable[..., xr.DataTree] = xr.open_datatree
    try:
        return opened(store, engine="zarr", consolidated=False, zarr_format=3)
    except NeuromodsimError:
        raise
    except Exception as error:  # whatever a broken store sets off
        raise WrongInput(f"'{place}' is not a readable Zarr store ({type(error).__name__}).") from error
