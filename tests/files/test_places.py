"""Where things are written is tried before anything is computed; what goes wrong there is named rightly."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import neuromodsim as nms
from neuromodsim import streams
from neuromodsim.cli import main, request
from neuromodsim.datasets import fetching, images
from neuromodsim.reports import figure
from neuromodsim.result import run_store
from neuromodsim.simulation import run_one, simulator
from neuromodsim.storage import files
from neuromodsim.sweeps import kept
from neuromodsim.sweeps.place import expect_usable
from tests.files.conftest import ROOT
from tests.files.small import tree, whole

SHORT = ("run", "pairing", "--device", "numpy", "--duration", "20ms")


@pytest.fixture
def nothing_is_computed(monkeypatch):
    """Fail where a place is tried only after a run."""

    def refuse(*_, **__):
        raise AssertionError("it was computed first")

    for module in (run_one, simulator):
        monkeypatch.setattr(module, "program_of", refuse)


def read_only(tmp_path):
    """Return a folder that takes no file, whoever asks."""
    return Path("/proc/self") if os.geteuid() == 0 else _closed(tmp_path / "closed")


def _closed(place):
    place.mkdir(mode=0o555)
    return place


def answer(capsys, monkeypatch, *words):
    """Run a command in this process; return its code and what it complained of."""
    from neuromodsim import brian

    monkeypatch.setattr(brian, "brian", lambda: None)
    monkeypatch.setattr(main.signal, "signal", lambda *_: None)
    code = main.main(words)
    return code, capsys.readouterr().err


@pytest.mark.usefixtures("nothing_is_computed")
@pytest.mark.parametrize(
    "words",
    [
        (*SHORT, "-o", "{}/run.zarr"),
        (*SHORT, "--figure", "{}/run.png"),
        ("sweep", "pairing", "--over", "seed=0:2", "-o", "{}/sweep.zarr"),
        ("figure", "izhikevich2007/fig1", "-o", "{}/fig1.png"),
        ("figure", "izhikevich2007/fig1", "--check", "--keep", "{}/kept"),
    ],
    ids=["dataset", "picture", "sweep", "figure", "kept runs"],
)
def test_a_place_that_cannot_be_written_is_told_before_anything_is_computed(
    capsys, monkeypatch, tmp_path, words
):
    place = read_only(tmp_path)
    code, err = answer(capsys, monkeypatch, *(word.format(place) for word in words))
    assert code in (1, 2) and err.count("\n") == 1
    assert str(place) in err and ("cannot be written" in err or "could not be written" in err)


@pytest.mark.usefixtures("nothing_is_computed")
@pytest.mark.parametrize(
    "output",
    ["", "{}/" + 300 * "x", "{}/" + 300 * "x" + "/y", "{}/a\0b", "~nobody-of-that-name/run.zarr", "/", "."],
)
def test_a_name_that_cannot_be_is_told_in_one_sentence(capsys, monkeypatch, tmp_path, output):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "thesis.tex").write_text("dear")
    code, err = answer(capsys, monkeypatch, *SHORT, "--overwrite", "-o", output.format(tmp_path))
    assert code == 2 and err.count("\n") == 1 and "Traceback" not in err
    assert os.listdir(tmp_path) == ["thesis.tex"]


def test_a_path_is_a_path(tmp_path):
    for wrong in (3, None, b"run.zarr", ["run.zarr"]):
        for call in (lambda path: nms.save(tree(1), path), nms.open):
            with pytest.raises(nms.WrongInput):
                call(wrong)


def test_trying_a_place_leaves_nothing(tmp_path):
    request.place_for(str(tmp_path / "run.zarr"), overwrite=False)
    expect_usable(tmp_path / "a" / "b" / "sweep.zarr")
    assert os.listdir(tmp_path) == []


def test_a_disk_without_room_is_told_before_the_run(tiny_disk, capsys, monkeypatch, nothing_is_computed):
    """Its 64 kB take no run; fails when an hour is computed to find that out."""
    code, err = answer(capsys, monkeypatch, *SHORT, "-o", str(tiny_disk / "run.zarr"))
    assert code == 1 and "run.zarr' cannot be written: No space left on device" in err
    assert os.listdir(tiny_disk) == []


def full(*_, **__):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_run_whose_place_is_full_at_the_end_is_kept_elsewhere(capsys, monkeypatch, tmp_path):
    """Fails when a disk that filled up meanwhile costs the run."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(run_store.tempfile, "tempdir", None)
    monkeypatch.chdir(tmp_path)
    sync = files.sync_tree

    def nearly(fresh):
        if "temporary" not in str(fresh):
            full()
        sync(fresh)

    monkeypatch.setattr(files, "sync_tree", nearly)
    code, err = answer(capsys, monkeypatch, *SHORT, "-o", "run.zarr")
    assert (
        code == 1 and "'run.zarr' could not be written: No space left on device. The run is kept in '" in err
    )
    place = Path(err.split("is kept in '")[1].split("'")[0])
    assert nms.open(place).attrs["experiment"] == "pairing"
    assert os.listdir(tmp_path) == ["temporary"]


def test_a_command_that_lost_its_place_says_where_its_run_is(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    run = run_one.run_one

    def meanwhile(*given, **named):
        nms.save(tree(1), "run.zarr")
        return run(*given, **named)

    monkeypatch.setattr(run_one, "run_one", meanwhile)
    code, err = answer(capsys, monkeypatch, *SHORT, "--seed", "9", "-o", "run.zarr")
    assert code == 2 and "is kept as 'run-2.zarr'" in err
    assert whole(tmp_path / "run.zarr") == 1
    assert nms.open("run-2.zarr").attrs["seed"] == 9


def test_a_full_disk_of_downloads_is_not_a_failing_network(monkeypatch, tmp_path):
    monkeypatch.delenv(fetching.FOLDER, raising=False)
    monkeypatch.setattr(fetching, "cache", lambda: tmp_path)
    monkeypatch.setattr("pooch.retrieve", full)
    images.mnist.cache_clear()
    with pytest.raises(nms.RunFailed, match=r"Downloads cannot be kept in .*\(No space left on device\)"):
        images.mnist()
    assert os.listdir(tmp_path) == []


def test_kept_runs_are_made_once_and_not_kept_beside(monkeypatch, tmp_path):
    """Fails when two who make the same run leave two of it."""
    made = tmp_path / "run.zarr"
    run_store.save_once(tree(1), made)
    run_store.save_once(tree(1), made)
    assert os.listdir(tmp_path) == ["run.zarr"]
    kept.expect_folder(tmp_path / "a" / "b")
    assert os.listdir(tmp_path / "a" / "b") == []


@pytest.mark.parametrize("damage", ["[", "{}", '{"summary": 3}', '{"summary": {"coords": []}}', "a pipe"])
def test_a_summary_that_is_none_is_told(monkeypatch, tmp_path, damage):
    from neuromodsim.catalogue import catalogue

    monkeypatch.setattr(catalogue, "figure", lambda name: None)
    monkeypatch.setattr(figure, "summary_place", lambda name: tmp_path / "x.json")
    (tmp_path / "x.json").write_text(damage) if damage != "a pipe" else os.mkfifo(tmp_path / "x.json")
    with pytest.raises(nms.WrongInput, match="cannot be read; make it anew"):
        figure.stored("x")


CHECK = """
import os, sys
os.environ.pop("HOME", None)
os.environ.pop("XDG_CACHE_HOME", None)
import pwd
def unknown(number): raise KeyError(number)
pwd.getpwuid = unknown
from neuromodsim.cli import main
from neuromodsim.storage import files
from neuromodsim.errors import WrongInput
try:
    files.user_cache()
except WrongInput as error:
    print(error)
sys.exit(main.main(sys.argv[1:]))
"""


def test_a_user_without_a_home_or_a_name_can_run_and_keep(tmp_path):
    """Fails when a folder named ~ is made, or a run ends in a traceback."""
    done = subprocess.run(
        [sys.executable, "-c", CHECK, *SHORT, "-o", "run.zarr"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NEUROMODSIM_CACHE": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert "There is no home folder to keep things in: set HOME" in done.stdout
    assert done.returncode == 0, done.stderr
    assert nms.open(tmp_path / "run.zarr").attrs["experiment"] == "pairing"
    assert "~" not in os.listdir(tmp_path)


def begin(tmp_path, redirected, *words, **how):
    """Start a command whose streams are redirected as a shell does."""
    line = f'exec "$@" {redirected}'
    return subprocess.Popen(
        ["sh", "-c", line, "sh", sys.executable, "-m", "neuromodsim", *words],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
        **how,
    )


def test_a_terminal_that_is_closed_ends_no_run_and_loses_no_result(tmp_path):
    """The terminal of a run with its progress bar goes away in the middle: it hangs up, and nobody reads."""
    import pty

    ours, theirs = pty.openpty()
    process = begin(
        tmp_path, "", *SHORT[:-1], "1s", "-o", "run.zarr", stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    os.read(ours, 1)  # it says something
    os.close(ours)
    os.killpg(process.pid, signal.SIGHUP)
    assert process.wait(timeout=200) == 0
    assert nms.open(tmp_path / "run.zarr").attrs["duration"] == "1.0 s"


def test_streams_that_are_closed_lose_no_result(tmp_path):
    process = begin(tmp_path, "<&- >&- 2>&-", *SHORT, "-o", "run.zarr")
    assert process.wait(timeout=200) == 0
    assert nms.open(tmp_path / "run.zarr").attrs["experiment"] == "pairing"


def test_an_answer_that_a_full_disk_does_not_take_is_an_error(tmp_path):
    """Fails when a list that was written in part looks like a whole one."""
    process = begin(tmp_path, ">/dev/full", "cache", "--json", stderr=subprocess.PIPE, text=True)
    _, err = process.communicate(timeout=200)
    assert process.returncode == 1 and "No space left on device" in err and err.count("\n") == 1


def test_a_reader_who_has_seen_enough_is_no_error(tmp_path):
    process = begin(tmp_path, "", "cache", "--json", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    assert (process.wait(timeout=200), process.stderr.read()) == (0, b"")
    process.stderr.close()


class Broken:
    """A stream that fails as the system does."""

    closed = False

    def __init__(self, number):
        self.number = number

    def write(self, text):
        raise OSError(self.number, os.strerror(self.number))

    flush = isatty = lambda self: self.write("")


@pytest.mark.parametrize("number", streams.GONE)
def test_what_nobody_hears_is_dropped(number):
    steady = streams.Steady(Broken(number))
    assert not steady.isatty()
    assert steady.write("words") == 5
    steady.flush()


def test_a_full_disk_is_not_somebody_who_went_away():
    with pytest.raises(OSError, match="No space left"):
        streams.Steady(Broken(errno.ENOSPC)).write("words")


def test_a_bar_on_a_stream_that_is_gone_ends_no_run(monkeypatch):
    """Fails when a run from Python is lost with the terminal it was started from."""
    for stream in (None, Broken(errno.EIO)):
        monkeypatch.setattr(sys, "stderr", stream)
        from neuromodsim.progress import Progress, counting

        with Progress(True, "some run", 60.0) as bar:
            bar.report(0.5, 0.25)
            time.sleep(0.3)  # it is drawn ten times a second
        with counting(True, "some runs", 3) as done:
            done()


@pytest.mark.cpp
def test_a_full_cache_and_a_full_temporary_folder_are_named(tiny_disk, capsys, monkeypatch, tmp_path):
    """Fails when the wrong disk is said to be full."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEUROMODSIM_CACHE", str(tiny_disk / "cache"))
    words = ("run", "pairing", "--duration", "20ms", "-o", "run.zarr")
    code, err = answer(capsys, monkeypatch, *words)
    assert code == 1 and str(tiny_disk / "cache") in err and "No space left on device" in err
    monkeypatch.undo()
    shutil.rmtree(tiny_disk / "cache", ignore_errors=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(run_store.tempfile, "tempdir", str(tiny_disk))
    (tiny_disk / "full").write_bytes(bytes(64 * 1024))
    code, err = answer(capsys, monkeypatch, *words)
    assert code == 1 and str(tiny_disk) in err and not (tmp_path / "run.zarr").exists()
