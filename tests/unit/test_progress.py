"""Progress: shown to a person, quiet otherwise."""

import sys

import pytest
from brian2 import ms

import neuromodsim as nms
from neuromodsim import progress
from tests.pretend import spike_driven

TRAINS = [[], [], []]


def said(capfd, **how):
    nms.simulate(spike_driven(TRAINS), device="numpy", duration=20 * ms, **how)
    return "".join(capfd.readouterr())


def test_nothing_is_said_to_a_file(capfd):
    assert said(capfd) == ""


def test_nothing_is_said_when_it_was_not_wanted(capfd, monkeypatch):
    monkeypatch.setattr(progress, "wanted", lambda: True)
    assert said(capfd, progress=False) == ""


def test_a_terminal_is_someone_looking(monkeypatch):
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    assert not progress.wanted()
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert progress.wanted()


def test_a_notebook_is_someone_looking(monkeypatch):
    monkeypatch.setitem(sys.modules, "ipykernel", object())
    assert progress.wanted()


def test_a_bar_says_how_far_it_is_and_how_fast(monkeypatch):
    with progress.Progress(True, "some run", 60.0) as bar:
        bar.report(0.5, 0.25)
        (task,) = bar.bar.tasks
        assert (task.description, task.completed, task.total) == ("some run", 30.0, 60.0)
        assert task.fields["speed"] == "120 × real time"
        bar.report(0.5, 0.0)


def test_a_run_reports_its_progress(monkeypatch):
    shares = []
    monkeypatch.setattr(progress.Progress, "report", lambda self, share, computing: shares.append(share))
    nms.simulate(spike_driven(TRAINS), device="numpy", duration=20 * ms, progress=True)
    assert shares and shares == sorted(shares) and shares[-1] == pytest.approx(1)
