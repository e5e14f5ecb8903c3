"""A power cut takes what is not on the disk: what was said to be kept is, and the old one until then."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import neuromodsim as nms
from neuromodsim.storage import files, renames
from tests.files.conftest import ROOT
from tests.files.small import tree, whole


class Disk:
    """Watches what is brought to the disk: when, and whether anything was written since."""

    def __init__(self, monkeypatch):
        self.synced, self.moves = {}, []
        self.sync, self.rename, self.rmtree = os.fsync, renames.renameat2, shutil.rmtree
        monkeypatch.setattr(os, "fsync", self.fsync)
        monkeypatch.setattr(renames, "renameat2", self.renameat2)
        monkeypatch.setattr(os, "replace", self.replace)
        monkeypatch.setattr(shutil, "rmtree", self.remove)

    def fsync(self, opened):
        now = os.fstat(opened)
        self.synced[now.st_ino] = (now.st_mtime_ns, len(self.moves))
        self.sync(opened)

    def lies_on_it(self, place):
        now = place.stat()
        return self.synced.get(now.st_ino, (0,))[0] == now.st_mtime_ns

    def expect_all(self, fresh):
        for path in (fresh, *fresh.rglob("*")):
            assert self.lies_on_it(path), f"{path} has a name before it is on the disk"

    def renameat2(self, fresh, place, flags):
        self.expect_all(fresh)
        self.rename(fresh, place, flags)
        self.moves.append(Path(place).parent)

    def replace(self, fresh, place):
        if Path(fresh).suffix != ".partial":  # Zarr's own, inside of what is being made
            self.expect_all(fresh)
            self.moves.append(Path(place).parent)
        os.rename(fresh, place)

    def remove(self, place, **how):
        """Delete a folder: the old one only when the new one's name is on the disk."""
        self.expect_names()
        self.rmtree(place, **how)

    def expect_names(self):
        for number, folder in enumerate(self.moves, 1):
            assert self.synced[folder.stat().st_ino][1] >= number, f"a name in {folder} is not on the disk"


def test_everything_is_on_the_disk_before_it_has_its_name_and_its_name_before_the_old_one_goes(
    tmp_path, monkeypatch
):
    """Fails when any file, folder or name is not brought to the disk, or too late."""
    disk = Disk(monkeypatch)
    place = nms.save(tree(1), tmp_path / "run.zarr")
    assert len(disk.moves) == 1
    nms.save(tree(2), place, overwrite=True)
    files.write_text(tmp_path / "text.json", "{}")
    files.write_text(tmp_path / "text.json", "{} ")
    assert len(disk.moves) == 4
    disk.expect_names()
    files.make_folder(tmp_path / "a" / "b" / "sweep.zarr")
    for folder in (tmp_path, tmp_path / "a", tmp_path / "a" / "b"):
        assert disk.lies_on_it(folder)


WRITER = """
import sys
import time
from pathlib import Path
from neuromodsim.storage import renames
from tests.files.killing import lacks
from tests.files.small import tree
import neuromodsim as nms

if sys.argv[2] == "lacking":
    renames.renameat2 = lacks
for number in range(1, 1000):
    nms.save(tree(number), Path(sys.argv[1]) / "run.zarr", overwrite=True)
    print(number, flush=True)
    if sys.argv[3] == "one by one":
        sys.stdin.readline()
"""


@pytest.fixture
def image(tmp_path):
    """Return a disk in a file, and where it is mounted; skip where that is not allowed."""
    disk, place = tmp_path / "disk", tmp_path / "mounted"
    with disk.open("wb") as file:
        file.truncate(16 * 2**20)
    place.mkdir()
    try:
        subprocess.run(["mkfs.ext4", "-q", "-F", disk], check=True, capture_output=True)
        subprocess.run(["mount", "-o", "loop", disk, place], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a disk in a file cannot be mounted here (needs root and mkfs.ext4)")
    yield disk, place
    subprocess.run(["umount", place], check=True)


def after_a_cut(disk, folder):
    """Copy what has reached a disk, as a power cut leaves it; mount the copy and return where."""
    copy, before = folder / "copy", None
    for _ in range(50):  # until nothing is written meanwhile
        content = disk.read_bytes()
        if content == before:
            break
        before = content
    copy.write_bytes(content)
    place = folder / "after"
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", copy, place], check=True)
    return place


@pytest.mark.parametrize("system", ["exchange", "lacking"])
def test_a_run_that_was_said_to_be_kept_outlives_a_power_cut(image, tmp_path, system):
    """On a real file system: its disk is copied when a save returns, and at moments between two saves."""
    disk, mounted = image
    command = [sys.executable, "-c", WRITER, mounted, system, "one by one"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        for turn in range(1, 7):
            assert process.stdout.readline().strip() == str(turn)
            last = turn
            if turn > 2:  # let it begin another, and cut that
                process.stdin.write("\n")
                process.stdin.flush()
                time.sleep(0.02 * turn)
                process.send_signal(signal.SIGSTOP)
            place = after_a_cut(disk, tmp_path)
            try:
                run = place / "run.zarr"
                if not run.exists():  # cut in two, which the next call ends
                    assert system == "lacking" and turn > 2
                    assert nms.open(run).attrs["seed"] in (last, last + 1)
                assert whole(run) in ((last, last + 1) if turn > 2 else (last,))
            finally:
                subprocess.run(["umount", place], check=True)
            if turn > 2:
                process.send_signal(signal.SIGCONT)
            else:
                process.stdin.write("\n")
                process.stdin.flush()
        process.kill()


def test_the_rules_of_this_page_are_those_of_a_disk(tmp_path, monkeypatch):
    """Fails when the watched disk would let anything pass."""
    disk = Disk(monkeypatch)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "file").write_text("x")
    files.sync(tmp_path / "new")
    with pytest.raises(AssertionError, match="before it is on the disk"):
        renames.create(tmp_path / "new", tmp_path / "there")
    files.sync_tree(tmp_path / "new")
    renames.create(tmp_path / "new", tmp_path / "there")
    with pytest.raises((AssertionError, KeyError)):
        disk.expect_names()
