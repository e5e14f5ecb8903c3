"""The build cache: whole entries, built once, whatever happens in between."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest
from filelock import FileLock

from neuromodsim import errors
from neuromodsim.backends import cache

# A process that builds the entry "one" slowly, and notes that it did.
SLOW_BUILD = textwrap.dedent("""
    import os, sys, time
    from pathlib import Path
    from neuromodsim.backends import cache

    def build(folder):
        (folder / "main").write_text("half")
        with open(Path(os.environ["NEUROMODSIM_CACHE"]) / "log", "a") as log:
            log.write(f"{os.getpid()}\\n")
        time.sleep(float(sys.argv[1]))
        (folder / "main").write_text("whole")
        (folder / cache.DONE).write_text("{}")

    place = cache.get_or_build("one", build, lambda place: (place / cache.DONE).exists())
    assert (place / "main").read_text() == "whole"
""")


def start(seconds):
    return subprocess.Popen([sys.executable, "-c", SLOW_BUILD, str(seconds)])


def wait_for(path):
    for _ in range(600):
        if path.exists():
            return
        time.sleep(0.05)
    raise AssertionError(f"{path} did not appear")


def sound(place):
    return (place / cache.DONE).exists()


def build(folder):
    (folder / "main").write_text("whole")
    (folder / cache.DONE).write_text("{}")


def test_two_processes_that_want_one_program_build_it_once(empty_cache):
    both = [start(1.0), start(1.0)]
    assert [process.wait(60) for process in both] == [0, 0]
    assert len((empty_cache / "log").read_text().split()) == 1


def test_a_killed_build_leaves_nothing_that_looks_done(empty_cache):
    process = start(60)
    wait_for(empty_cache / "log")
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (empty_cache / "one").exists() and cache.entries() == []
    assert [p.name for p in empty_cache.glob(".one.*")]  # what the dead one left
    place = cache.get_or_build("one", build, sound)
    assert (place / "main").read_text() == "whole"
    assert not list(empty_cache.glob(".one.*"))


def test_a_build_that_fails_leaves_nothing(empty_cache):
    def fail(folder):
        (folder / "main").write_text("half")
        raise errors.BuildFailed("The compiler failed.")

    with pytest.raises(errors.BuildFailed, match="The compiler failed"):
        cache.get_or_build("one", fail, sound)
    assert [p.name for p in empty_cache.iterdir()] == ["one.lock"]
    cache.get_or_build("one", build, sound)


def test_an_unsound_entry_is_built_again(empty_cache):
    cache.get_or_build("one", build, sound)
    (empty_cache / "one" / cache.DONE).unlink()
    (empty_cache / "one" / "left").touch()
    place = cache.get_or_build("one", build, sound)
    assert sound(place) and not (place / "left").exists()


def test_a_sound_entry_is_not_built_again(empty_cache):
    cache.get_or_build("one", build, sound)
    cache.get_or_build("one", lambda folder: pytest.fail("built again"), sound)


def test_a_cache_that_cannot_be_written_is_one_sentence(tmp_path, monkeypatch):
    """A file stands where the folder should be, which stops even root."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("NEUROMODSIM_CACHE", str(tmp_path / "file" / "builds"))
    with pytest.raises(errors.RunFailed) as caught:
        cache.get_or_build("one", build, sound)
    said = str(caught.value)
    assert said.startswith(f"The build cannot be kept in {tmp_path / 'file' / 'builds'} (Not a directory)")
    assert "set NEUROMODSIM_CACHE to another folder" in said and "\n" not in said


def test_a_folder_without_permission_is_the_same_sentence(tmp_path, monkeypatch):
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    tmp_path.chmod(0o500)
    monkeypatch.setenv("NEUROMODSIM_CACHE", str(tmp_path / "builds"))
    with pytest.raises(errors.RunFailed, match="cannot be kept"):
        cache.get_or_build("one", build, sound)


def test_the_cache_can_be_listed_and_cleared(empty_cache):
    assert cache.entries() == [] and cache.clear() == 0
    cache.get_or_build("one", build, sound)
    (empty_cache / "one" / cache.DONE).write_text('{"about": {"experiment": "digits"}}')
    cache.get_or_build("two", build, sound)
    assert [(e.key, e.about["experiment"]) for e in cache.entries()] == [
        ("one", "digits"),
        ("two", "unreadable"),
    ]
    assert cache.clear() >= 12 and not empty_cache.exists()


def old_build(folder):
    """Make a build as they were before folders carried a mark."""
    folder.mkdir(mode=0o700)
    for name in ("main", "objects.h", cache.DONE):
        (folder / name).write_text("{}")
    folder.with_name(f"{folder.name}.lock").touch()


def test_clearing_removes_nothing_that_is_not_ours(empty_cache, tmp_path):
    """NEUROMODSIM_CACHE can name a project folder: what lies there stays, whatever it is called."""
    cache.get_or_build("one", build, sound)
    key = "0123456789abcdef01234567"
    old_build(empty_cache / ("f" * 24))
    elsewhere = tmp_path / "elsewhere"
    cache.get_or_build("two", build, sound)
    (empty_cache / "two").rename(elsewhere)
    kept = ["poetry.lock", "poetry/inside", "src/code.py", f"{key}/thesis", ".src.old/inside", "uv.lock"]
    for name in kept:
        (empty_cache / name).parent.mkdir(exist_ok=True)
        (empty_cache / name).write_text("mine")
    (empty_cache / f"{key[::-1]}.lock").write_text("mine")
    (empty_cache / "two").symlink_to(elsewhere)
    (elsewhere / "mine").write_text("mine")
    assert cache.clear() > 0
    left = {p.relative_to(empty_cache).as_posix() for p in empty_cache.rglob("*") if not p.is_dir()}
    assert left - {"two.lock"} == {*kept, f"{key[::-1]}.lock"} and (empty_cache / "two").is_symlink()
    assert (elsewhere / "mine").exists() and (elsewhere / "main").exists()


def test_clearing_leaves_a_build_that_is_being_made(empty_cache, monkeypatch):
    monkeypatch.setattr(cache, "PATIENCE", 0.2)
    cache.get_or_build("two", build, sound)
    process = start(60)
    wait_for(empty_cache / "log")
    try:
        cache.clear()
        (working,) = empty_cache.glob(".one.*")
        assert (working / "main").read_text() == "half" and not (empty_cache / "two").exists()
    finally:
        process.kill()
        process.wait()
    cache.clear()
    assert not list(empty_cache.glob(".one.*"))


def test_clearing_waits_for_the_lock_of_a_build(empty_cache, monkeypatch):
    """Fails when a build is removed under another process that has it locked."""
    cache.get_or_build("one", build, sound)
    monkeypatch.setattr(cache, "PATIENCE", 0.2)
    with FileLock(empty_cache / "one.lock"):
        cache.clear()
        assert (empty_cache / "one" / "main").exists()
    cache.clear()
    assert not empty_cache.exists()


def test_leftovers_of_any_dead_build_are_removed_by_the_next_one(empty_cache):
    process = start(60)
    wait_for(empty_cache / "log")
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert list(empty_cache.glob(".one.*"))
    cache.get_or_build("two", build, sound)
    assert not list(empty_cache.glob(".one.*"))


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o702])
def test_a_cache_that_anyone_may_write_in_is_refused(empty_cache, mode):
    empty_cache.mkdir()
    empty_cache.chmod(mode)
    for use in (lambda: cache.get_or_build("one", build, sound), lambda: cache.recall("0" * 64)):
        with pytest.raises(errors.RunFailed, match=r"Anyone may write .*chmod o-w .* NEUROMODSIM_CACHE"):
            use()


def test_a_cache_and_a_build_of_another_user_are_not_used(empty_cache):
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    place = cache.get_or_build("one", build, sound)
    (place / "main").write_text("theirs")
    os.chown(place, 12345, 12345)
    assert (cache.get_or_build("one", build, sound) / "main").read_text() == "whole"
    os.chown(empty_cache, 12345, 12345)
    with pytest.raises(errors.RunFailed, match="belongs to another user"):
        cache.get_or_build("one", build, sound)


def test_folders_are_made_for_their_owner_alone(empty_cache):
    place = cache.get_or_build("one", build, sound)
    cache.note("0" * 64, "1" * 24)
    for folder in (empty_cache, place, empty_cache / cache.NOTES):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_a_note_is_found_by_its_description_only(empty_cache):
    cache.note("0" * 64, "1" * 24)
    assert cache.recall("0" * 64) == "1" * 24
    assert cache.recall("0" * 32 + "2" * 32) is None and cache.recall(None) is None


@pytest.mark.parametrize("chosen", ["", "~nobody_of_that_name/builds"])
def test_no_home_folder_is_one_sentence(monkeypatch, chosen):
    """Without HOME, and with a user number that no one has a name for, there is no place of one's own."""

    def unknown(place):
        raise RuntimeError("could not determine the home directory")

    monkeypatch.setattr(cache, "user_cache_path", unknown)
    monkeypatch.setenv("NEUROMODSIM_CACHE", chosen)
    with pytest.raises(errors.RunFailed, match="set NEUROMODSIM_CACHE to a folder of your own") as caught:
        cache.folder()
    assert "\n" not in str(caught.value)


def test_a_key_depends_on_every_part_and_on_their_order():
    """The order of a mapping is that of cells, events and code, so it makes another program."""
    assert cache.key({"a": 1, "b": [1, 2]}) != cache.key({"b": [1, 2], "a": 1})
    assert cache.key({"a": 1, "b": [1, 2]}) != cache.key({"a": 1, "b": [2, 1]})


def test_a_folder_that_another_process_clears_up_meanwhile_has_the_size_of_what_is_left(
    tmp_path, monkeypatch
):
    """Fails when two processes that tidy the same leftovers make one of them stop."""
    (tmp_path / "gone").write_bytes(bytes(100))
    (tmp_path / "here").write_bytes(bytes(7))
    walk = os.walk

    def walked(place):
        for found in list(walk(place)):
            (tmp_path / "gone").unlink()
            yield found

    monkeypatch.setattr(os, "walk", walked)
    assert cache.size_of(tmp_path) == 7
