"""Real builds: killed half way, wanted by two at once, damaged afterwards."""

import shutil
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, mV, second

import neuromodsim as nms
from neuromodsim.backends import cache, compiler, headers
from neuromodsim.backends.compiled import CompiledProgram
from neuromodsim.simulation.program_key import program_key
from tests.backends.subjects import TINY

pytestmark = pytest.mark.cpp

# Another process that wants the tiny program; with an argument, the compiler is slow and writes a log.
BUILD = textwrap.dedent("""
    import os, shutil, sys, time
    from pathlib import Path
    import neuromodsim as nms
    from neuromodsim.backends import compiler
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
    (entry,) = (e for e in cache.entries() if e.about.get("key") == program_key(TINY))
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
        if list(empty_cache.glob(".*/gathered")):  # the compiler is at work
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
    "a program of zeros": lambda entry: zero(entry / "main"),
    "a program with one other bit": lambda entry: flip(entry / "main"),
    "a program that may not be started": lambda entry: (entry / "main").chmod(0o644),
    "a program that is a link": lambda entry: swap(entry / "main"),
    "no tables": lambda entry: shutil.rmtree(entry / "static_arrays"),
    "a table of zeros": lambda entry: zero(max((entry / "static_arrays").iterdir(), key=size)),
    "a manifest with another number": lambda entry: change_manifest(entry / "manifest.json"),
    "no sums": lambda entry: (entry / "sums.json").unlink(),
    "sums of nothing": lambda entry: (entry / "sums.json").write_text("{}"),
    "an entry that others may write in": lambda entry: entry.chmod(0o777),
}


def size(path):
    return path.stat().st_size


def zero(path):
    assert any(path.read_bytes())
    path.write_bytes(bytes(size(path)))


def flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def swap(path):
    """Put a program from elsewhere in the place of ours."""
    target = path.with_name("elsewhere")
    path.rename(target)
    path.symlink_to(target)


def change_manifest(path):
    """Change a digit, so that everything can still be read."""
    text = path.read_text()
    assert '"size": 2' in text
    path.write_text(text.replace('"size": 2', '"size": 1', 1))


def test_a_damaged_build_is_built_again(empty_cache, compilations):
    right = final_value()
    for times, (what, damage) in enumerate(DAMAGE.items(), start=2):
        damage(the_entry_folder(empty_cache))
        assert final_value() == right, what
        assert len(compilations) == times, what


def test_a_build_damaged_after_it_was_looked_at_is_built_again(empty_cache, compilations, monkeypatch):
    """Between the look and the start of the program somebody may clear the cache, or a disk fail."""
    right = final_value()
    run = CompiledProgram._run
    ways = [lambda entry: shutil.rmtree(entry), lambda entry: zero(entry / "main")]
    ways += [lambda entry: shutil.rmtree(entry / "static_arrays")]
    for times, damage in enumerate(ways, start=2):
        pending = [damage]

        def damaged(self, job, pending=pending):
            if pending:
                pending.pop()(self.folder)
            return run(self, job)

        monkeypatch.setattr(CompiledProgram, "_run", damaged)
        assert final_value() == right and len(compilations) == times


SPOIL = {"not text": b"\xff", "empty": b"", "of nothing": b"[]", "of another": b'["a", "b", "c"]'}


@pytest.mark.parametrize("spoil", SPOIL)
def test_damaged_notes_cost_nothing_but_the_writing_of_source(empty_cache, compilations, spoil):
    right = final_value()
    for note in (empty_cache / cache.NOTES).glob("[0-9a-f]*"):
        note.write_bytes(SPOIL[spoil])
    assert final_value() == right and len(compilations) == 1


def test_a_disk_on_which_no_program_may_be_started_is_named(tmp_path, monkeypatch, compilations):
    place = tmp_path / "mounted"
    place.mkdir(mode=0o700)
    options = "noexec,size=64m,mode=0700"
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], capture_output=True
    ).returncode:
        pytest.skip("a file system cannot be mounted here (needs root)")
    try:
        monkeypatch.setenv("NEUROMODSIM_CACHE", str(place))
        with pytest.raises(nms.RunFailed, match="NEUROMODSIM_CACHE") as caught:
            final_value()
        assert f"may not be run from {place}" in str(caught.value) and "\n" not in str(caught.value)
    finally:
        subprocess.run(["umount", place], check=True)


def test_a_full_disk_is_named_by_what_it_is_for(tiny_disk, monkeypatch, compilations, tmp_path):
    """Fails when a full cache is blamed on the folder for runs, or the other way round."""
    monkeypatch.setenv("NEUROMODSIM_CACHE", str(tiny_disk))
    tiny_disk.chmod(0o700)
    with pytest.raises(nms.RunFailed) as caught:
        final_value()
    assert f"cannot be kept in {tiny_disk} (No space left" in str(caught.value)
    assert "\n" not in str(caught.value)
    monkeypatch.setenv("NEUROMODSIM_CACHE", str(tmp_path / "roomy"))
    monkeypatch.setattr("tempfile.tempdir", str(tiny_disk))
    with pytest.raises(nms.RunFailed) as caught:
        nms.simulate(TINY, duration=1000 * second)
    assert str(tiny_disk) in str(caught.value) and "TMPDIR" in str(caught.value)


def test_equal_source_is_one_build(empty_cache, compilations):
    """Names of an experiment and of its models, and what a run brings, make no other program."""
    final_value()
    (cell,) = TINY.circuit.populations
    model = replace(cell.model, name="another", initial={"v": 2 * mV}).with_parameters(tau=5 * ms)
    other = replace(TINY, name="other", circuit=nms.Circuit(populations=(replace(cell, model=model),)))
    found = nms.simulate(other)["state/cell"]["v"].values[-1, 0]
    assert found == pytest.approx(2 * np.exp(-4), rel=1e-9)
    assert len(compilations) == 1 and len(cache.entries()) == 1


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
    monkeypatch.setattr(headers, "TEXT", '#include "not there.h"\n')
    with pytest.raises(nms.BuildFailed, match=r"not there\.h"):
        nms.simulate(TINY)
    assert {p.suffix for p in empty_cache.iterdir()} == {".lock"}


def test_a_missing_compiler_is_named_with_what_to_install(empty_cache, monkeypatch):
    compiler.compiler.cache_clear()
    monkeypatch.setattr(shutil, "which", lambda name: None)
    try:
        with pytest.raises(nms.BuildFailed, match=r"apt-get install g\+\+ make"):
            compiler.compiler()
    finally:
        compiler.compiler.cache_clear()


def test_the_processor_is_in_the_key_whatever_the_compiler(tmp_path, monkeypatch):
    """Clang has no list of what it may use; programs of two processors must not be taken for one another."""
    script = tmp_path / "clang++"
    answers = '*-dM*) echo "#define $PROCESSOR 1";; *--version*) echo clang;; *) exit 1;;'
    script.write_text(f'#!/bin/sh\ncase "$*" in {answers} esac\n')
    script.chmod(0o755)
    monkeypatch.setattr(compiler, "compiler", lambda: str(script))
    seen = set()
    for processor in ("AVX2", "AVX512F"):
        monkeypatch.setenv("PROCESSOR", processor)
        compiler._target.cache_clear()
        seen.add(compiler.target())
    compiler._target.cache_clear()
    assert len(seen) == 2


def test_other_flags_make_another_build(empty_cache, compilations, monkeypatch):
    final_value()
    monkeypatch.setattr(compiler, "FLAGS", (*compiler.FLAGS, "-O2"))
    final_value()
    assert len(compilations) == 2 and len(cache.entries()) == 2
