"""The build cache: whole entries, built once, whatever happens in between."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from neuromodsim import errors
from neuromodsim.backend import cache

# A process that builds the entry "one" slowly, and notes that it did.
SLOW_BUILD = textwrap.dedent("""
    import os, sys, time
    from pathlib import Path
    from neuromodsim.backend import cache

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


def test_a_key_depends_on_every_part_and_on_their_order():
    """The order of a mapping is that of cells, events and code, so it makes another program."""
    assert cache.key({"a": 1, "b": [1, 2]}) != cache.key({"b": [1, 2], "a": 1})
    assert cache.key({"a": 1, "b": [1, 2]}) != cache.key({"a": 1, "b": [2, 1]})
