"""A compiled program must not run with other values than it was given, nor fail without a word.

Brian2's own run-time arguments do both. Here the file of inputs, the program and what it writes are
tampered with, each in one place, and each time the run must end in a sentence that names the place and
the build.
"""

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from brian2 import second

import neuromodsim as nms
from neuromodsim.backends.compiled import CompiledProgram
from neuromodsim.backends.run_files import LINE, RunFiles
from tests.backends.subjects import RICH

pytestmark = pytest.mark.cpp


class CapturedError(Exception):
    """Carries the program and the job of a run out of it."""


@pytest.fixture(scope="module")
def prepared():
    """Return a built program and a job for it."""
    with pytest.MonkeyPatch.context() as patch:

        def capture(self, job):
            raise CapturedError(self, job)

        patch.setattr(CompiledProgram, "run", capture)
        with pytest.raises(CapturedError) as caught:
            nms.simulate(RICH, seed=1)
    return caught.value.args


def read(path):
    """Return the entries of a file of inputs, name and bytes."""
    data, found, at = path.read_bytes(), {}, 0
    while at < len(data):
        name_size, size = np.frombuffer(data, np.uint64, 2, at).tolist()
        at += 16
        name = data[at : at + name_size].decode()
        at = padded(at + name_size)
        found[name] = data[at : at + size]
        at = padded(at + size)
    return found


def padded(size):
    """Return the next multiple of the bytes at which values begin."""
    return size + -size % LINE


def entry(name, value):
    head = np.array([len(name), len(value)], np.uint64).tobytes() + name.encode()
    return head.ljust(padded(len(head)), b"\0") + value.ljust(padded(len(value)), b"\0")


def write(path, entries):
    path.write_bytes(b"".join(entry(name, value) for name, value in entries.items()))


@pytest.fixture
def tamper(prepared, monkeypatch):
    """Return a function that runs the program with its file of inputs changed."""
    program, job = prepared
    write_inputs = RunFiles.write_inputs

    def run(change):
        def changed(self, job):
            given = write_inputs(self, job)
            change(self.place / "inputs.bin")
            return given

        monkeypatch.setattr(RunFiles, "write_inputs", changed)
        with pytest.raises(nms.RunFailed) as caught:
            program.run(job)
        assert str(program.folder) in str(caught.value)
        return str(caught.value)

    return run


def edit(change):
    """Return a change of a file from a change of its entries."""

    def edited(path):
        entries = read(path)
        change(entries)
        write(path, entries)

    return edited


def test_untampered_it_runs(prepared):
    program, job = prepared
    assert len(program.run(job).columns) == len(program.manifest.outputs)


@pytest.mark.parametrize(
    "name", ["cells.b", "plastic.w", "task.level", "plastic.targets", "seed", "steps", "window:cells_spikes"]
)
def test_a_missing_value_is_named(tamper, name):
    assert f"no value was given for '{name}'" in tamper(edit(lambda entries: entries.pop(name)))


@pytest.mark.parametrize("name", ["cells.b", "plastic.w", "plastic.sources", "plastic.w@interval", "steps"])
@pytest.mark.parametrize("more", [True, False])
def test_a_value_of_the_wrong_size_is_named(tamper, name, more):
    def change(entries):
        entries[name] = entries[name] + b"\0" * 8 if more else entries[name][:-1]

    assert f"'{name}' needs " in tamper(edit(change))


def test_an_unknown_value_is_named(tamper):
    said = tamper(edit(lambda entries: entries.update({"cells.bb": b"\0" * 8})))
    assert "nothing takes the value 'cells.bb'" in said


def test_a_value_given_twice_is_named(tamper):
    def change(path):
        path.write_bytes(path.read_bytes() + entry("cells.b", b"\0" * 8))

    assert "'cells.b' is given twice" in tamper(change)


@pytest.mark.parametrize("bytes_lost", [1, 8])
def test_a_file_cut_short_is_noticed(tamper, bytes_lost):
    assert "cut short" in tamper(lambda path: path.write_bytes(path.read_bytes()[:-bytes_lost]))


def test_a_missing_file_is_noticed(tamper):
    assert "there is no inputs.bin" in tamper(Path.unlink)


@pytest.mark.parametrize(
    "name", ["cells.b", "plastic.w", "task.level", "inhibition.targets", "plastic.tau_c"]
)
def test_a_value_that_was_changed_on_the_way_is_named(tamper, name):
    def change(entries):
        first = entries[name]
        entries[name] = bytes([first[0] ^ 1]) + first[1:]

    assert f"did not use '{name}' as given" in tamper(edit(change))


@pytest.fixture
def stand_in(prepared, tmp_path):
    """Return a function that runs a shell script in place of the program."""
    program, job = prepared

    def run(script, **changes):
        folder = tmp_path / "build"
        folder.mkdir()
        (folder / "manifest.json").write_bytes((program.folder / "manifest.json").read_bytes())
        (folder / "static_arrays").symlink_to(program.folder / "static_arrays")
        (folder / "main").write_text(f"#!/bin/sh\nset -e\n{script.format(main=program.folder / 'main')}\n")
        (folder / "main").chmod(0o755)
        with pytest.raises(nms.RunFailed) as caught:
            CompiledProgram(folder).run(replace(job, **changes))
        assert f"build: {folder}" in str(caught.value)
        return str(caught.value)

    return run


RUN = '{main} "$@"\n'


def test_a_word_on_the_error_stream_is_a_failure(stand_in):
    said = stand_in(RUN + "echo careful >&2")
    assert "failed with exit code 0" in said and said.endswith("careful")


def test_a_word_on_the_output_is_a_failure(stand_in):
    """Brian2's code says there that a file could not be written, and exits with 0."""
    assert "Error writing" in stand_in(RUN + "echo Error writing output file for v.")


def test_only_the_last_lines_are_shown(stand_in):
    said = stand_in("seq 1000 >&2; exit 5")
    assert "exit code 5" in said and said.splitlines()[1:] == [str(k) for k in range(993, 1001)]


@pytest.mark.parametrize(("script", "code"), [("exit 7", 7), (RUN + "exit 1", 1), ("kill -SEGV $$", -11)])
def test_another_exit_code_is_a_failure(stand_in, script, code):
    said = stand_in(script)
    assert f"exit code {code}" in said and "no output" in said


def test_a_run_that_takes_too_long_is_stopped(prepared):
    program, job = prepared
    started = time.monotonic()
    with pytest.raises(nms.RunFailed, match=r"longer than 0\.3 s and was stopped") as caught:
        program.run(replace(job, steps=10**12, timeout=0.3, windows=dict.fromkeys(job.windows, (0, 0))))
    assert str(program.folder) in str(caught.value)
    assert time.monotonic() - started < 10


def test_a_timeout_stops_a_run_in_this_process_too():
    with pytest.raises(nms.RunFailed, match="longer than"):
        nms.simulate(RICH, device="numpy", duration=100 * second, timeout=0.5, record={"states": {}})


def test_a_falsified_echo_is_named(stand_in):
    said = stand_in(RUN + r"sed -i 's/^\(cells.b\t\).*/\11/' echo.txt")
    assert "did not use 'cells.b' as given" in said


@pytest.mark.parametrize("script", ["rm echo.txt", "echo broken > echo.txt", ": > echo.txt"])
def test_a_missing_echo_is_a_failure(stand_in, script):
    stand_in(RUN + script)


def test_a_constant_that_changed_during_the_run_is_named(stand_in):
    name = "results/$(ls results | grep ^_array_cells_b_)"
    said = stand_in(RUN + f"printf '\\1' | dd of={name} conv=notrunc status=none")
    assert "'cells.b' was not the same after the run" in said


@pytest.mark.parametrize(
    "script",
    [
        "rm results/_array_cells_b_*",
        "rm results/_dynamic_array_cells_spikes_t_*",
        ": > results/$(ls results | grep ^_dynamic_array_cells_spikes_t_)",
        "for f in $(ls results | grep ^_dynamic_array_cells_spikes_); do : > results/$f; done",
        "for f in $(ls results | grep ^_dynamic_array_plastic_w_samples); do : > results/$f; done",
        "for f in $(ls results | grep ^_dynamic_array_plastic_w_); do truncate -s -8 results/$f; done",
        "rm results/last_run_info.txt",
        ": > results/last_run_info.txt",
    ],
)
def test_results_that_a_full_disk_cut_short_are_a_failure(stand_in, script):
    """Catches spikes that silently get lost: Brian2's code does not look whether it could write."""
    assert "What the program wrote cannot be read; is the disk of" in stand_in(RUN + script)


def test_a_run_that_stopped_early_is_a_failure(stand_in):
    assert "stopped before the end" in stand_in(RUN + "echo '0.1 0.5' > results/last_run_info.txt")


def test_a_disk_that_is_really_full_is_a_failure(prepared, tiny_disk, monkeypatch):
    program, job = prepared
    monkeypatch.setattr("tempfile.tempdir", str(tiny_disk))
    with pytest.raises(nms.RunFailed):
        program.run(replace(job, steps=20_000))
    assert list(tiny_disk.iterdir()) == []


def test_nothing_is_left_of_a_run(prepared, tmp_path, monkeypatch):
    program, job = prepared
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    program.run(job)
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_number_of_values_never_reaches_a_program(prepared):
    program, job = prepared
    for name, value in {"cells.b": [1, 2], "plastic.w": [1, 2, 3]}.items():
        with pytest.raises(nms.WrongInput, match=f"'{name}' takes one value or"):
            program.run(replace(job, values={**job.values, name: np.array(value)}))
