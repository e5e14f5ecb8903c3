"""Figures from the command line, with a small figure of a tiny experiment."""

import json

import pytest

MODULE = '''"""A figure for tests."""

import matplotlib.pyplot as plt
import xarray as xr

from neuromodsim.claims import Check

EXPERIMENT = "pairing"
RUNS = {"paired": (1, 2), "published": (1,)}


def summarise(runs):
    names = [f"{run.attrs['condition']} {run.attrs['seed']}" for run in runs]
    return xr.Dataset({"pairs": ("run", [1.0] * len(names))}, {"run": names})


def check(summary):
    return [Check("as many runs as asked for", "3", str(summary.sizes["run"]), HOLDS)]


def draw(summary):
    figure, axes = plt.subplots()
    axes.plot(summary["pairs"])
    return figure


draw_run = draw
'''


@pytest.fixture
def gallery(tmp_path, monkeypatch, said):
    """Put one figure into a gallery of its own; return how to say whether its claim holds."""
    import sys
    import types

    from neuromodsim import catalogue, ensemble, simulation

    folder = tmp_path / "gallery"
    (folder / "paper").mkdir(parents=True)
    (folder / "paper" / "tiny.py").write_text(MODULE)
    module = types.ModuleType("tiny")
    exec(compile(MODULE, "tiny.py", "exec"), vars(module))
    module.HOLDS = True
    monkeypatch.setattr(catalogue, "figure_folder", lambda: folder)
    monkeypatch.setattr(catalogue, "figure", lambda name: module)
    short = simulation.simulate
    monkeypatch.setattr(
        simulation, "simulate", lambda *a, **k: short(*a, **{**k, "device": "numpy", "duration": "20ms"})
    )
    monkeypatch.setattr(ensemble, "cores", lambda: 1)  # NumPy runs in this process
    yield module
    sys.modules.pop("tiny", None)


def test_without_a_summary_it_says_how_to_make_one(gallery, said):
    """Fails when a figure that was never made is drawn from nothing."""
    code, _, err = said("figure", "paper/tiny")
    assert code == 2 and "neuromodsim figure paper/tiny --check" in err


def test_check_makes_every_run_and_keeps_a_summary(gallery, said, tmp_path):
    """Fails when runs are missing or out of order, or the summary does not say how it was made."""
    code, out, err = said("figure", "paper/tiny", "--check")
    assert (code, err) == (0, "") and "as many runs as asked for" in out
    kept = json.loads((tmp_path / "gallery/paper/tiny.summary.json").read_text())
    assert kept["summary"]["coords"]["run"]["data"] == ["paired 1", "paired 2", "published 1"]
    assert kept["versions"]["brian2"] and kept["command"]
    assert (tmp_path / "gallery/paper/tiny.png").read_bytes().startswith(b"\x89PNG")
    code, out, err = said("figure", "paper/tiny", "-o", "again.svg", "--json")
    answer = json.loads(out)
    assert code == 0 and kept["created_at"] in answer["from"] and answer["picture"] == "again.svg"
    assert (tmp_path / "again.svg").exists()


def test_a_claim_that_does_not_hold_is_exit_code_1(gallery, said):
    """Fails when a broken claim is only printed."""
    gallery.HOLDS = False
    code, out, _ = said("figure", "paper/tiny", "--check")
    assert code == 1 and "NO" in out
