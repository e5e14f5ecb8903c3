"""A process that is killed at any moment leaves the old run or the new one; two that race lose neither."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import neuromodsim as nms
from neuromodsim.result import run_store
from neuromodsim.storage import files, renames, workspaces
from tests.files.killing import lacks
from tests.files.small import tree, whole


def test_kills_at_random_moments_leave_the_old_run_or_the_new_one(runner):
    """Fails when a kill leaves nothing, half of a run, an older one than was said, or hidden folders."""
    found = runner("--kills", "20")
    assert found["kills"] == 20
    assert found["left behind"] > 0  # or the moments were none


def test_two_writers_lose_neither_result(runner):
    """Fails when one of two runs to one new place is gone, or is not where it was said to be."""
    found = runner("--writers", "5")
    assert (found["rounds"], found["kept beside"]) == (5, 5)


def left_by(maker: workspaces.Maker, folder: Path) -> Path:
    """Make the hidden folder of a process, with something in it."""
    place = folder / f".neuromodsim-{'-'.join(maker)}-0123abcd"
    place.mkdir()
    (place / "new").mkdir()
    (place / "new" / "half").write_text("half")
    return place


def ended() -> workspaces.Maker:
    """Return a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    start = workspaces.started(process.pid) or "0"
    process.wait()
    return workspaces.here()._replace(process=str(process.pid), start=start)


@pytest.mark.parametrize(
    ("changes", "stays"),
    [
        ({}, True),  # this process itself
        ({"start": "1"}, False),  # its number was given to another since
        ({"boot": "00000000"}, False),  # from before the machine was started
        ({"boot": "00000000", "host": "00000000"}, True),  # another machine's, in a shared folder
        ({"namespace": "1", "process": "999999999"}, False),  # a container's that ended: nobody holds it
    ],
    ids=["alive", "another process", "before a reboot", "another machine", "a container"],
)
def test_only_what_a_dead_process_left_is_cleared(tmp_path, changes, stays):
    place = left_by(workspaces.here()._replace(**changes), tmp_path)
    workspaces.clear(tmp_path)
    assert place.exists() == stays


def test_the_next_call_clears_what_was_left(tmp_path):
    left_by(ended(), tmp_path)
    nms.save(tree(1), tmp_path / "run.zarr")
    assert os.listdir(tmp_path) == ["run.zarr"]


def test_the_next_run_clears_the_folder_of_a_run_that_was_killed(tmp_path, monkeypatch):
    """Fails when killed programs fill the temporary folder with what they were given."""
    from neuromodsim.backends import compiled

    monkeypatch.setattr(compiled.tempfile, "tempdir", str(tmp_path))
    left_by(ended(), tmp_path)
    with compiled.own_folder() as made:
        assert os.listdir(tmp_path) == [made.name]
    assert os.listdir(tmp_path) == []


def test_what_another_user_left_is_not_cleared(tmp_path, monkeypatch):
    place = left_by(ended(), tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    workspaces.clear(tmp_path)
    assert place.exists()


def test_what_only_looks_like_ours_is_not_cleared(tmp_path):
    """Fails when a link is followed, or a name is taken for ours that is not."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis").write_text("dear")
    gone = "-".join(ended())
    (tmp_path / f".neuromodsim-{gone}-0123abcd").symlink_to(mine)
    (tmp_path / ".neuromodsim-notes").mkdir()
    (tmp_path / f".neuromodsim-{gone}-0123abce").write_text("a file")
    before = sorted(tmp_path.rglob("*"))
    workspaces.clear(tmp_path)
    nms.save(tree(1), mine / "run.zarr")
    assert sorted(p for p in tmp_path.rglob("*") if "run.zarr" not in p.parts) == before


@pytest.mark.parametrize("lost", ["before", "between", "after"])
def test_an_exchange_that_was_cut_in_two_is_ended_when_somebody_looks(tmp_path, monkeypatch, lost):
    """Where the system knows no exchange: opening finds the new run, or the old one."""
    place = nms.save(tree(1), tmp_path / "run.zarr")
    monkeypatch.setattr(renames, "renameat2", lacks)
    monkeypatch.setattr(shutil, "rmtree", lambda *_, **__: None)  # it is killed
    rename = os.rename

    def cut(old, new):
        if lost == "before" or (lost == "between" and Path(new) == place):
            raise KeyboardInterrupt
        rename(old, new)
        if lost == "after" and Path(new) == place:
            raise KeyboardInterrupt

    monkeypatch.setattr(os, "rename", cut)
    with pytest.raises(KeyboardInterrupt):
        nms.save(tree(2), place, overwrite=True)
    monkeypatch.undo()
    (left,) = (p for p in tmp_path.iterdir() if p != place)
    assert place.exists() == (lost != "between")
    left.rename(tmp_path / f".neuromodsim-{'-'.join(ended())}-0123abcd")
    assert nms.open(place).attrs["seed"] == (1 if lost == "before" else 2)
    nms.save(tree(3), place, overwrite=True)
    assert os.listdir(tmp_path) == ["run.zarr"]


@pytest.mark.parametrize("system", ["renameat2", "lacking"])
def test_a_result_that_lost_its_place_is_kept_beside_it(tmp_path, monkeypatch, system):
    """Fails when the later of two runs replaces the earlier one, or is thrown away."""
    if system == "lacking":
        monkeypatch.setattr(renames, "renameat2", lacks)
    place = nms.save(tree(1), tmp_path / "run.zarr")
    for number in (2, 3):
        said = rf"written by somebody else meanwhile .* is kept as '.*run-{number}\.zarr'"
        with pytest.raises(nms.OutputExists, match=said):
            run_store.put(tree(number), place, overwrite=False)
    assert [whole(tmp_path / f"{name}.zarr") for name in ("run", "run-2", "run-3")] == [1, 2, 3]


@pytest.mark.parametrize("system", ["renameat2", "lacking"])
@pytest.mark.parametrize(
    "there", [Path.mkdir, lambda place: place.symlink_to("nowhere")], ids=["empty", "link"]
)
def test_not_even_an_empty_folder_or_a_link_to_nowhere_is_replaced(tmp_path, monkeypatch, system, there):
    if system == "lacking":
        monkeypatch.setattr(renames, "renameat2", lacks)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "file").touch()
    there(tmp_path / "place")
    with pytest.raises(FileExistsError):
        renames.create(tmp_path / "new", tmp_path / "place")
    assert (tmp_path / "new" / "file").exists() and not (tmp_path / "place" / "file").exists()


@pytest.mark.parametrize("system", ["renameat2", "lacking"])
def test_a_new_file_never_replaces_one(tmp_path, monkeypatch, system):
    if system == "lacking":
        monkeypatch.setattr(renames, "renameat2", lacks)
    place = tmp_path / "picture.png"
    with pytest.raises(nms.OutputExists, match=r"picture-2\.png"), files.beside(place, new=True) as fresh:
        fresh.write_text("new")
        place.write_text("theirs")
    assert place.read_text() == "theirs" and (tmp_path / "picture-2.png").read_text() == "new"
    assert len(os.listdir(tmp_path)) == 2
    files.write_text(place, "replaced")
    assert place.read_text() == "replaced"
