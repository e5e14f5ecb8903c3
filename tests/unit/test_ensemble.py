"""Many runs at once are the runs one by one."""

from dataclasses import replace

import pytest
from brian2 import ms, mV, second

import neuromodsim as nms
from neuromodsim.catalogue import catalogue
from neuromodsim.sweeps import kept
from neuromodsim.sweeps.ensemble import ensemble

RUNS = [("paired", 1), ("published", 1), ("paired", 2), ("published", 2)]


@pytest.mark.cpp
def test_runs_at_once_are_those_made_one_by_one_and_in_order():
    """Fails when runs share something that one of them changes, or come back in another order."""
    count = []
    with ensemble("pairing", RUNS, jobs=4, done=lambda: count.append(1), duration=3 * second) as trees:
        together = list(trees)
    assert len(count) == len(RUNS)
    for (condition, seed), tree in zip(RUNS, together, strict=True):
        alone = nms.simulate("pairing", condition=condition, seed=seed, duration=3 * second)
        assert (tree.attrs["condition"], tree.attrs["seed"]) == (condition, seed)
        for node in ("spikes/pre", "synapses/excitatory", "modulators/dopamine"):
            assert tree[node].identical(alone[node])


def test_a_run_that_fails_is_not_passed_over():
    """Fails when an ensemble goes on with fewer runs than were asked for."""
    wrong = [*RUNS[:1], ("no such condition", 1)]
    with (
        pytest.raises(nms.WrongInput, match="no such condition"),
        ensemble("pairing", wrong, device="numpy", duration=5 * ms) as trees,
    ):
        list(trees)


def test_runs_that_were_kept_are_not_made_again(tmp_path, monkeypatch):
    """Fails when an ensemble that was interrupted starts from the beginning, or takes another's runs."""
    made = []

    def short(experiment, **how):
        made.append((how["condition"], how["seed"]))
        return nms.simulate(experiment, device="numpy", duration=5 * ms, **how)

    monkeypatch.setattr(kept, "simulate", short)
    for runs in (RUNS[:2], RUNS[:3]):
        with ensemble("pairing", runs, jobs=1, keep=tmp_path / "runs") as trees:
            assert [(tree.attrs["condition"], tree.attrs["seed"]) for tree in trees] == runs
    assert made == RUNS[:3]


@pytest.mark.parametrize(
    "change",
    [
        {"parameters": {"excitatory.tau_c": 2 * second}},
        {"parameters": {"excitatory.w": 2 * mV}},
        {"duration": 1 * second},
        {"dt": 0.5 * ms},
    ],
)
def test_a_change_of_what_a_run_is_given_changes_its_name(monkeypatch, change):
    """Fails when a folder gives back runs of an experiment as it was."""
    before = kept.given("pairing", "paired", 1)
    assert before == kept.given("pairing", "paired", 1) != kept.given("pairing", "paired", 2)
    changed = replace(catalogue.experiment("pairing"), **change)
    monkeypatch.setattr(catalogue, "experiment", lambda name: changed)
    assert kept.given("pairing", "paired", 1) != before
