"""Real builds: killed half way, wanted by two at once, damaged afterwards."""

import shutil
import signal
import subprocess
import sys
import textwrap
import time

import pytest

import neuromodsim as nms
from neuromodsim import identity
from neuromodsim.backend import cache, compiler
from tests.backends.subjects import TINY

pytestmark = pytest.mark.cpp

# Another process that wants the tiny program; with an argument, the compiler is slow and writes a log.
BUILD = textwrap.dedent("""
    import os, shutil, sys, time
    from pathlib import Path
    import neuromodsim as nms
    from neuromodsim.backend import compiler
    from tests.backends.subjects import TINY

    def compile_slowly(folder):
        with open(Path(os.environ["NEUROMODSIM_CACHE"]) / "log", "a") as log:
            log.write("compiled ")
        time.sleep(2)
        shutil.copy(sys.argv[1], folder / "main")

    if len(sys.argv) > 1:
        compiler.compile_project = compile_slowly
    print(nms.simulate(TINY)["state/cell"]["v"].values[-1, 0])
""")


def start(*arguments):
    command = [sys.executable, "-c", BUILD, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)


@pytest.fixture(scope="module")
def compiled(build_cache):
    """Return the tiny experiment's program, compiled once."""
    nms.simulate(TINY)
    (entry,) = (e for e in cache.entries() if e.about.get("key") == identity.program_key(TINY))
    return entry.path / "main"


@pytest.fixture
def compilations(compiled, monkeypatch):
    """Copy the compiled program instead of compiling it, and return how often that was done."""
    done = []

    def copy(folder):
        done.append(folder)
        shutil.copy(compiled, folder / "main")

    monkeypatch.setattr(compiler, "compile_project", copy)
    return done


def the_entry():
    (entry,) = cache.entries()
    return entry.path


def final_value():
    return nms.simulate(TINY)["state/cell"]["v"].values[-1, 0]


def test_a_build_killed_while_compiling_leaves_nothing_that_looks_done(empty_cache, compilations):
    process = start()
    for _ in range(1200):
        if list(empty_cache.glob(".*/precompiled.h")):  # the compiler is at work
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert list(empty_cache.glob(".*/main.cpp")) and cache.entries() == []
    assert final_value() == pytest.approx(0.1353, abs=1e-4)  # exp(-20 ms / 10 ms) mV
    assert len(compilations) == 1 and the_entry()
    assert final_value() and len(compilations) == 1


def test_two_processes_that_want_one_program_compile_it_once(empty_cache, compiled):
    empty_cache.mkdir()
    both = [start(compiled), start(compiled)]
    said = [process.communicate(timeout=120)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert said[0] == said[1] != ""
    assert (empty_cache / "log").read_text() == "compiled "


def truncate(path):
    path.write_bytes(path.read_bytes()[:100])


DAMAGE = {
    "a truncated manifest": lambda entry: truncate(entry / "manifest.json"),
    "an empty manifest": lambda entry: (entry / "manifest.json").write_text("{}"),
    "a manifest that is no text": lambda entry: (entry / "manifest.json").write_bytes(b"\xff\xfe\0"),
    "no manifest": lambda entry: (entry / "manifest.json").unlink(),
    "no program": lambda entry: (entry / "main").unlink(),
    "a short program": lambda entry: truncate(entry / "main"),
}


def test_a_damaged_build_is_built_again(empty_cache, compilations):
    right = final_value()
    for times, (what, damage) in enumerate(DAMAGE.items(), start=2):
        damage(the_entry_folder(empty_cache))
        assert final_value() == right, what
        assert len(compilations) == times, what


def the_entry_folder(folder):
    (entry,) = folder.glob("*/main.cpp")
    return entry.parent


def test_what_a_build_is_made_of_is_kept_with_it(empty_cache, compilations):
    final_value()
    (entry,) = cache.entries()
    assert entry.about["experiment"] == "tiny" and entry.size > 10_000
    assert entry.about["flags"] == list(compiler.FLAGS) and "march" not in entry.key


def test_a_cache_that_cannot_be_written_is_one_sentence(tmp_path, monkeypatch, compilations):
    (tmp_path / "file").touch()
    monkeypatch.setenv("NEUROMODSIM_CACHE", str(tmp_path / "file"))
    with pytest.raises(nms.RunFailed, match="cannot be kept in") as caught:
        nms.simulate(TINY)
    assert "\n" not in str(caught.value) and compilations == []


def test_a_compiler_that_fails_is_an_error_with_its_last_lines(empty_cache, monkeypatch):
    monkeypatch.setattr(compiler, "HEADERS", '#include "not there.h"\n')
    with pytest.raises(nms.BuildFailed, match=r"not there\.h"):
        nms.simulate(TINY)
    assert [p.suffix for p in empty_cache.iterdir()] == [".lock"]


def test_a_missing_compiler_is_named_with_what_to_install(empty_cache, monkeypatch):
    compiler.compiler.cache_clear()
    monkeypatch.setattr(shutil, "which", lambda name: None)
    try:
        with pytest.raises(nms.BuildFailed, match=r"apt-get install g\+\+ make"):
            compiler.compiler()
    finally:
        compiler.compiler.cache_clear()


def test_other_flags_make_another_build(empty_cache, compilations, monkeypatch):
    final_value()
    monkeypatch.setattr(compiler, "FLAGS", (*compiler.FLAGS, "-O2"))
    final_value()
    assert len(compilations) == 2 and len(cache.entries()) == 2
