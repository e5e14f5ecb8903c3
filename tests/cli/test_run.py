"""Runs from the command line: what they write, and what they leave when they do not end well."""

import io
import json
import signal
import subprocess
import time

import pytest

import neuromodsim as nms
from neuromodsim.cli import main

SHORT = ("run", "pairing", "--device", "numpy", "--duration", "50ms")


def test_a_run_is_written_once_and_again_only_when_told(neuromodsim, said, tmp_path):
    """Fails when a run writes nothing, overwrites silently, or reports another place."""
    done = neuromodsim(*SHORT, "--seed", "3", "-o", "run.zarr", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["output"] == "run.zarr"
    first = nms.open(tmp_path / "run.zarr")
    assert (first.attrs["seed"], first.attrs["duration"]) == (3, "0.05 s")
    assert first.attrs["command"].startswith("neuromodsim run pairing --device numpy")
    assert said(*SHORT, "-o", "run.zarr")[0] == 2
    assert nms.open(tmp_path / "run.zarr").attrs["seed"] == 3
    assert said(*SHORT, "--seed", "4", "-o", "run.zarr", "--overwrite", "--quiet") == (0, "", "")
    assert nms.open(tmp_path / "run.zarr").attrs["seed"] == 4
    assert [path.name for path in tmp_path.iterdir()] == ["run.zarr"]


LOST = "neuromodsim: this run will not be saved; use -o OUT.zarr to save its dataset."


@pytest.mark.parametrize("condition", ["contingent", "yoked"])
def test_a_run_that_nobody_keeps_says_so_before_it_computes(said, monkeypatch, condition):
    """Fails when an hour is computed before anyone hears that nothing of it is kept, or it is said twice."""
    from neuromodsim.backends.runtime import RuntimeProgram

    order: list[str] = []
    run = RuntimeProgram.run

    def ended(*given, **named):
        outcome = run(*given, **named)
        order.append("a run has ended")
        return outcome

    monkeypatch.setattr(RuntimeProgram, "run", ended)
    monkeypatch.setattr(main.sys, "stderr", Noted(order))
    words = ("run", "distal_reward", "--device", "numpy", "--duration", "5ms", "--condition", condition)
    assert said(*words)[0] == 0
    assert order == [LOST, *(["a run has ended"] * (2 if condition == "yoked" else 1))]


class Noted(io.StringIO):
    """An error stream that notes what is written, in the order of other things."""

    def __init__(self, order: list[str]) -> None:
        super().__init__()
        self.order = order

    def write(self, text: str) -> int:
        self.order += [text] if text.startswith("neuromodsim") else []
        return len(text)


@pytest.mark.cpp
def test_a_compiled_run_that_nobody_keeps_says_so(said):
    """Fails when only runs in this process are told of."""
    assert said("run", "pairing", "--duration", "5ms")[2] == f"{LOST}\n"


def test_only_a_run_that_nobody_keeps_says_so(said):
    """Fails when a run that is kept, or a mistake, is told of more than one thing, or --quiet is not."""
    assert said(*SHORT)[2] == f"{LOST}\n"
    for words in (("--quiet",), ("-o", "run.zarr")):
        assert said(*SHORT, *words)[::2] == (0, "")
    code, _, err = said(*SHORT, "--set", "dopamine_stdp.tau_c=1mV")
    assert code == 2 and err.count("\n") == 1 and "needs a unit of time" in err


def test_set_and_record_reach_the_run(said, tmp_path):
    """Fails when a value or a recording that was asked for is dropped on the way."""
    words = ("--set", "dopamine_stdp.tau_c=500ms", "--record", "excitatory.c=5ms", "--record", "dopamine.d")
    code, _, err = said(*SHORT, *words, "--set", "excitatory.w=2mV", "-o", "run.zarr")
    assert (code, err) == (0, "")
    run = nms.open(tmp_path / "run.zarr")
    assert json.loads(run.attrs["parameters"])["excitatory.tau_c"]["value"] == "0.5 second"
    assert run["synapses/excitatory"].weight.values[0] == pytest.approx(2)
    eligibility, dopamine = run["synapses/excitatory"].eligibility, run["modulators/dopamine"].d
    assert eligibility[eligibility.dims[0]].values[:3] == pytest.approx([0, 0.005, 0.01])
    # A thousand samples do not fit into 50 steps: one each.
    assert dopamine[dopamine.dims[0]].values[:3] == pytest.approx([0, 0.001, 0.002])


def test_a_run_can_be_repeated_from_its_dataset(said, tmp_path):
    """Fails when anything that was chosen for a run is not in its own account."""
    first = ("run", "triplet_pairing", "--device", "numpy", "--duration", "60ms", "--record", "sources")
    first += ("--condition", "minimal", "--seed", "7", "--set", "random.tau_plus=20ms")
    assert said(*first, "-o", "old.zarr")[0] == 0
    assert said("run", "--from", "old.zarr", "-o", "new.zarr")[0] == 0
    assert said("run", "--from", "old.zarr", "--seed", "8", "-o", "other.zarr")[0] == 0
    old, new, other = (nms.open(tmp_path / f"{name}.zarr") for name in ("old", "new", "other"))
    for name in ("condition", "seed", "duration", "parameters", "changed", "recording", "equations"):
        assert old.attrs[name] == new.attrs[name]
    assert old["spikes/sources"].sizes["spike"] > 0
    assert old["spikes/sources"].identical(new["spikes/sources"])
    assert not old["spikes/sources"].identical(other["spikes/sources"])


def test_a_default_that_changed_since_is_repeated_as_it_was(said, tmp_path, monkeypatch):
    """Fails when a repetition quietly uses today's defaults."""
    from dataclasses import replace

    from neuromodsim.catalogue import catalogue

    assert said(*SHORT, "-o", "old.zarr")[0] == 0
    pairing = catalogue.experiment("pairing")
    today = replace(pairing, parameters={"dopamine.tau_d": "300ms"})
    monkeypatch.setattr(catalogue, "experiment", lambda name: today)
    assert said("run", "--from", "old.zarr", "-o", "new.zarr")[0] == 0
    old, new = (nms.open(tmp_path / f"{name}.zarr") for name in ("old", "new"))
    assert old.attrs["parameters"] == new.attrs["parameters"]


def test_other_equations_are_not_a_repetition(said, monkeypatch):
    """Fails when a run is repeated with a model that is not the one it was made with."""
    from dataclasses import replace

    from neuromodsim.catalogue import catalogue

    assert said(*SHORT, "-o", "old.zarr")[0] == 0
    pairing = catalogue.experiment("pairing")
    task = replace(pairing.task, equations=pairing.task.equations + "\n")
    monkeypatch.setattr(catalogue, "experiment", lambda name: replace(pairing, task=task))
    code, _, err = said("run", "--from", "old.zarr", "-o", "new.zarr")
    assert code == 2 and "The equations of 'task' have changed" in err


@pytest.fixture
def broken_compiler(tmp_path, monkeypatch):
    """Let a compiler that fails be asked, in this process, and be forgotten afterwards."""
    from neuromodsim.backends import compiler

    broken = tmp_path / "broken-g++"
    broken.write_text("#!/bin/sh\necho 'out of ideas' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("CXX", str(broken))
    known = (compiler.compiler, compiler.compiler_version, compiler._version, compiler._target)
    for answer in known:
        answer.cache_clear()
    yield
    for answer in known:
        answer.cache_clear()


@pytest.mark.cpp
@pytest.mark.usefixtures("broken_compiler")
def test_a_compiler_that_fails_is_exit_code_1_and_leaves_nothing(said, tmp_path, empty_cache):
    """Fails when half a build or half a dataset stays, or the reason is not told."""
    code, _, err = said("run", "pairing", "--duration", "50ms", "-o", "run.zarr")
    assert code == 1 and "out of ideas" in err and "Traceback" not in err
    assert not (tmp_path / "run.zarr").exists()
    assert [path for path in empty_cache.iterdir() if path.suffix != ".lock"] == []


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_stopped_leaves_nothing(command, tmp_path, number, code):
    """Fails when Ctrl-C leaves half a dataset, or a dataset that looks whole."""
    start, environment = command
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    words = ["run", "distal_reward", "--device", "numpy", "--duration", "1h", "-o", "run.zarr"]
    process = subprocess.Popen(
        [*start, *words],
        cwd=tmp_path,
        env={**environment, "TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1"},
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(5)  # somewhere between the import of Brian2 and the middle of the run
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == code and "Traceback" not in err
    assert [path.name for path in tmp_path.iterdir()] == ["temporary"]
    assert list(temporary.iterdir()) == []


def test_a_picture_that_cannot_be_drawn_does_not_cost_the_run(said, tmp_path, monkeypatch):
    """Fails when an hour of computing is lost to a mistake in a figure."""
    from neuromodsim.catalogue import catalogue

    def draw_run(tree):
        raise ZeroDivisionError("nothing to divide by")

    monkeypatch.setattr(catalogue, "drawing_of", lambda name: draw_run)
    code, _, err = said(*SHORT, "-o", "run.zarr", "--figure", "run.png")
    assert code == 1 and "cannot be drawn (ZeroDivisionError: nothing to divide by)" in err
    assert [path.name for path in tmp_path.iterdir()] == ["run.zarr"]
