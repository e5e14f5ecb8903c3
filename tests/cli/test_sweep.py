"""``neuromodsim sweep`` as a person types it."""

import json

import pytest

import neuromodsim as nms
from neuromodsim.sweeps import making
from tests import workers

SWEEP = ("sweep", "pairing", "--device", "numpy", "--duration", "500ms", "--workers", "1", "-o", "s.zarr")


def test_a_sweep_is_made_told_and_opened(neuromodsim, said, tmp_path, monkeypatch):
    done = neuromodsim(*SWEEP, "--over", "seed=0:2,7", "--over", "dopamine_stdp.tau_c=0.5s, 1s", "--json")
    workers.here(monkeypatch)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "output": "s.zarr",
        **{"done": 6, "failed": 0, "missing": 0},
        "failures": [],
    }
    tree = nms.open(tmp_path / "s.zarr")
    assert tree["seed"].values.tolist() == [0, 1, 7]
    assert tree["dopamine_stdp.tau_c"].values.tolist() == [0.5, 1]
    code, again, _ = said(*SWEEP, "--over", "seed=0:3", "--over", "dopamine_stdp.tau_c=0.5s,1s")
    assert (code, again) == (0, "8 runs are done, 0 failed, 0 are missing: s.zarr\n")
    code, _, err = said("run", "--from", "s.zarr")
    assert code == 2 and "sweep of many runs; name one of them" in err


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # of numbers that become infinite, in this process
def test_a_failure_is_told_with_its_reason(said, monkeypatch):
    workers.here(monkeypatch)
    words = [*SWEEP, "--over", "dopamine.reward_size=1,1.7e308", "--set", "dopamine.d=1.7e308"]
    words += ["--set", "dopamine.tau_d=1e6s", "--set", "task.reward_delay=10ms"]
    words[words.index("500ms")] = "1.1s"  # the reward comes at 1.02 s
    code, out, err = said(*words)
    assert (code, out) == (1, "1 runs are done, 1 failed, 0 are missing: s.zarr\n")
    assert "dopamine.reward_size = 1.7e+308: 'dopamine.d' became NaN or infinite at t = " in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--over", "seed=a"), "seed must be a whole number from 0 up; got 'a'"),
        (("--over", "seed=0:b"), "last seed must be a whole number from 0 up; got 'b'"),
        (("--over", "seed=3:3"), "'seed' has no values"),
        (("--over", "seed"), "'seed' is not of the form PATH=VALUE"),
        (("--over", "tau=1s"), "'tau' cannot vary"),
        (
            ("--over", "seed=1", "--scheduler", "tcp://127.0.0.1:9"),
            "No Dask scheduler answers at 'tcp://127.0",
        ),
        ((), "required: --over"),
    ],
)
def test_what_cannot_be_swept_is_told_in_one_sentence(said, tmp_path, monkeypatch, words, message):
    monkeypatch.setattr(making, "PATIENCE", "1s")
    code, out, err = said(*SWEEP, *words)
    assert (code, out) == (2, "")
    assert message in err and err.count("\n") == 1
    assert not list(tmp_path.iterdir())
