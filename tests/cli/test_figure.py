"""Figures from the command line, with a small figure of a tiny experiment."""

import json

import pytest
from matplotlib.figure import Figure

from neuromodsim.errors import WrongInput

MODULE = '''"""A figure for tests."""

import matplotlib.pyplot as plt
import xarray as xr

from neuromodsim.reports.claims import Check

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


@pytest.fixture(scope="module")
def once():
    """Return a simulation that is short, on NumPy, and made once: its conditions and seeds give the same."""
    from neuromodsim.simulation.simulator import simulate

    made = {}

    def run(experiment, *, condition, seed, progress):
        asked = (experiment, condition, seed)
        if asked not in made:
            made[asked] = simulate(
                experiment,
                condition=condition,
                seed=seed,
                progress=progress,
                device="numpy",
                duration="20ms",
            )
        return made[asked].copy(deep=True)

    return run


@pytest.fixture
def gallery(tmp_path, monkeypatch, said, once):
    """Put one figure into a gallery of its own; return how to say whether its claim holds."""
    import sys
    import types

    from neuromodsim.catalogue import catalogue, index
    from neuromodsim.simulation import simulator
    from neuromodsim.sweeps import ensemble, kept

    folder = tmp_path / "gallery"
    (folder / "paper").mkdir(parents=True)
    (folder / "paper" / "tiny.py").write_text(MODULE)
    module = types.ModuleType("tiny")
    exec(compile(MODULE, "tiny.py", "exec"), vars(module))
    module.HOLDS = True
    for where in (catalogue, index):
        monkeypatch.setattr(where, "figure_folder", lambda: folder)
    monkeypatch.setattr(catalogue, "figure", lambda name: module)
    for where in (simulator, kept):
        monkeypatch.setattr(where, "simulate", once)
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


def test_a_claim_that_does_not_hold_is_exit_code_1_and_replaces_nothing(gallery, said, tmp_path):
    """Fails when a broken claim is only printed, or overwrites the summary or the picture of a good one."""
    places = [tmp_path / f"gallery/paper/tiny.{kind}" for kind in ("summary.json", "png")]
    assert said("figure", "paper/tiny", "--check")[0] == 0
    before = [place.read_bytes() for place in places]
    gallery.HOLDS = False
    code, out, _ = said("figure", "paper/tiny", "--check")
    assert code == 1 and "NO" in out and "--keep-anyway" in out
    assert [place.read_bytes() for place in places] == before
    code, out, _ = said("figure", "paper/tiny", "--check", "--json")
    assert code == 1 and json.loads(out)["kept"] is False
    assert [place.read_bytes() for place in places] == before
    gallery.RUNS = {"paired": (1,)}
    code, out, _ = said("figure", "paper/tiny", "--check", "--keep-anyway", "--json")
    assert code == 1 and json.loads(out)["kept"] is True
    assert len(json.loads(places[0].read_text())["summary"]["coords"]["run"]["data"]) == 1


def test_a_broken_claim_is_drawn_where_it_was_asked_for(gallery, said, tmp_path):
    """Fails when nobody can look at what does not hold."""
    gallery.HOLDS = False
    assert said("figure", "paper/tiny", "--check", "-o", "seen.png")[0] == 1
    assert (tmp_path / "seen.png").exists() and not (tmp_path / "gallery/paper/tiny.png").exists()


def test_a_summary_says_from_which_programs_and_numbers_it_was_made(gallery, said, tmp_path):
    """Fails when a program, a run, the commit or the command is missing."""
    said("figure", "paper/tiny", "--check", "--jobs", "1", "--keep", str(tmp_path / "my runs"))
    kept = json.loads((tmp_path / "gallery/paper/tiny.summary.json").read_text())
    assert list(kept["origin"]["programs"]) == ["pairing"]
    inputs = kept["origin"]["inputs"]
    assert list(inputs) == ["pairing/paired/1", "pairing/paired/2", "pairing/published/1"]
    assert len(set(inputs.values())) == 3
    assert kept["command"].startswith("neuromodsim figure paper/tiny --check --jobs 1 --keep '")
    assert kept["computing_time"].endswith(" s") and "commit" in kept


def test_stale_lists_what_no_longer_belongs_to_the_code(gallery, said, monkeypatch):
    """Fails when a summary outlives a change of a constant, an equation, or of how runs are summarised."""
    from dataclasses import replace

    from neuromodsim.catalogue import catalogue

    monkeypatch.setattr(catalogue, "figures", lambda: ["paper/tiny"])
    code, out, _ = said("figure", "--stale")
    assert code == 1 and "there is no summary" in out
    said("figure", "paper/tiny", "--check")
    code, out, _ = said("figure", "--stale", "--json")
    assert code == 0
    assert json.loads(out) == {"figures": [{"figure": "paper/tiny", "stale": False, "reasons": []}]}

    known = catalogue.experiment("pairing")
    other = {
        "other numbers today": replace(known, duration=2 * known.duration),
        "other programs today: pairing": replace(known, dt=known.dt / 2),
    }
    for reason, changed in other.items():
        with monkeypatch.context() as patch:
            patch.setattr(catalogue, "experiment", lambda name, changed=changed: changed)
            code, out, _ = said("figure", "--stale", "paper/tiny", "--json")
        assert code == 1 and reason in " ".join(json.loads(out)["figures"][0]["reasons"])
    with monkeypatch.context() as patch:
        patch.setattr(catalogue, "experiment", lambda name: replace(known, summary="In other words."))
        assert said("figure", "--stale")[0] == 0

    gallery.summarise = lambda runs: None
    assert "summarised differently" in said("figure", "--stale")[1]


def _rows(runs):
    """Summarise runs in rows: a number of each, and what the machine needed."""
    import numpy as np
    import xarray as xr

    drawn = [run.attrs["seed"] / 3 for run in runs]
    seconds = np.random.default_rng().random(len(drawn))
    course = (("time", "run"), [drawn, drawn])
    return xr.Dataset({"drawn": ("run", drawn), "course": course, "seconds": ("run", seconds)})


def test_a_sample_of_runs_confirms_a_summary(gallery, said, tmp_path, monkeypatch):
    """Fails when a number that changed is confirmed, or a summary that was confirmed stays stale."""
    gallery.summarise = _rows
    gallery.draw = lambda summary: Figure()
    said("figure", "paper/tiny", "--check")
    place = tmp_path / "gallery/paper/tiny.summary.json"
    kept = json.loads(place.read_text())
    place.write_text(json.dumps({key: value for key, value in kept.items() if key != "origin"}))
    assert said("figure", "--stale", "paper/tiny")[0] == 1
    code, out, err = said("figure", "paper/tiny", "--confirm")
    assert code == 0 and "Confirmed by 2 of 3 runs" in out, out + err
    confirmed = json.loads(place.read_text())
    assert confirmed["summary"] == kept["summary"] and confirmed["command"] == kept["command"]
    assert confirmed["confirmed"]["runs"] == ["pairing/paired/2", "pairing/published/1"]
    assert said("figure", "--stale", "paper/tiny")[0] == 0
    code, out, err = said("figure", "paper/tiny", "-o", "confirmed.png")
    assert code == 0 and "confirmed on" in out, out + err

    other = json.loads(place.read_text())
    other["summary"]["data_vars"]["drawn"]["data"][1] += 1e-9
    place.write_text(json.dumps(other))
    before = place.read_bytes()
    code, out, _ = said("figure", "paper/tiny", "--confirm", "--json")
    answer = json.loads(out)
    assert code == 1 and answer["confirmed"] is False
    assert [run["supported"] for run in answer["runs"]] == [False, True]
    assert place.read_bytes() == before
    other["summary"]["data_vars"]["mean"] = {"dims": [], "attrs": {}, "data": 1.0}
    place.write_text(json.dumps(other))
    assert "belong to no single run (mean)" in said("figure", "paper/tiny", "--confirm")[2]
    place.write_bytes(before)
    with monkeypatch.context() as patch:
        patch.setattr(gallery, "summarise", lambda runs: 1 / 0)
        assert "cannot be summarised from a sample" in said("figure", "paper/tiny", "--confirm")[2]
    gallery.RUNS = {"paired": (1,)}
    assert "asks for other runs" in said("figure", "paper/tiny", "--confirm")[2]


def test_conditions_that_are_not_confirmed_are_made_anew(gallery, said, tmp_path):
    """Fails when a row of another condition is replaced, one of the condition stays, or no claim is asked."""
    gallery.RUNS = {"paired": (1, 2, 3), "published": (1, 2)}
    gallery.summarise = _rows
    gallery.draw = lambda summary: Figure()
    assert said("figure", "paper/tiny", "--check")[0] == 0
    place = tmp_path / "gallery/paper/tiny.summary.json"
    right = json.loads(place.read_text())
    said_again = " ".join(said("figure", "paper/tiny", "--renew")[1].split())
    assert "the kept summary, which belongs to today's code" in said_again
    other = json.loads(place.read_text())
    for key in ("origin", "confirmed"):  # as one of before programs were noted
        other.pop(key)
    drawn = other["summary"]["data_vars"]["drawn"]["data"]
    drawn[0] += 1.0
    drawn[2] += 1e-9  # seen by the sample
    drawn[3] += 1.0  # of a condition whose sample is as kept
    place.write_text(json.dumps(other))
    code, out, err = said("figure", "paper/tiny", "--renew")
    assert code == 0 and "3 of whose 5 runs were made anew and 1 confirmed" in " ".join(out.split()), (
        out + err
    )
    now = json.loads(place.read_text())
    assert now["confirmed"]["runs"] == ["pairing/published/2"]
    assert now["confirmed"]["renewed"] == [f"pairing/paired/{seed}" for seed in (1, 2, 3)]
    wanted = right["summary"]["data_vars"]["drawn"]["data"]
    assert now["summary"]["data_vars"]["drawn"]["data"] == [*wanted[:3], wanted[3] + 1.0, wanted[4]]
    assert now["summary"]["data_vars"]["course"]["data"] == right["summary"]["data_vars"]["course"]["data"]
    assert said("figure", "--stale", "paper/tiny")[0] == 0
    assert "by 1 of 5 runs; 3 were made anew then" in " ".join(
        said("figure", "paper/tiny", "-o", "x.png")[1].split()
    )

    other["summary"]["data_vars"]["more"] = {**other["summary"]["data_vars"]["drawn"]}
    place.write_text(json.dumps(other))
    before = place.read_bytes()
    code, _, err = said("figure", "paper/tiny", "--renew")
    assert code == 2 and "have other variables than those kept (more)" in err
    other["summary"]["data_vars"].pop("more")
    place.write_text(json.dumps(other))
    before = place.read_bytes()
    gallery.HOLDS = False
    code, out, _ = said("figure", "paper/tiny", "--renew")
    assert code == 1 and "left unchanged" in out and place.read_bytes() == before


def _in_rows(runs):
    """Summarise runs as figures do: what is the same in all of them has no dimension of runs."""
    import xarray as xr

    rows = [xr.Dataset({"drawn": run.attrs["seed"] / 3}, {"of": run.attrs["condition"]}) for run in runs]
    return xr.concat(rows, "run")


def test_a_summary_is_renewed_in_parts(gallery, said, tmp_path):
    """Fails when a part that was not renewed counts as such, or one that is up to date is made again."""
    from neuromodsim.reports import figure, renewal

    gallery.summarise = _in_rows
    gallery.draw = lambda summary: Figure()
    said("figure", "paper/tiny", "--check")
    place = tmp_path / "gallery/paper/tiny.summary.json"
    right = json.loads(place.read_text())
    old = {key: value for key, value in right.items() if key != "origin"}  # of before programs were noted
    old["summary"]["data_vars"]["drawn"]["data"][0] += 1.0  # with its sample's other seed
    old["summary"]["data_vars"]["drawn"]["data"][1] += 1.0
    place.write_text(json.dumps(old))
    with pytest.raises(WrongInput, match="There is no condition of 'paper/tiny' 'pairing/pared'"):
        renewal.renew("paper/tiny", conditions=["pairing/pared"])

    summary, how, checks = renewal.renew("paper/tiny", conditions=["pairing/published"], progress=False)
    assert [bool(check.supported) for check in checks] == [True]
    figure.put("paper/tiny", summary, how)
    assert summary.drawn.values.tolist() == old["summary"]["data_vars"]["drawn"]["data"]
    code, out, _ = said("figure", "--stale", "paper/tiny", "--json")
    assert code == 1 and "pairing/paired" in str(json.loads(out)["figures"][0]["reasons"])

    summary, how, checks = renewal.renew("paper/tiny", progress=False)
    # Both, since a program belongs to today's code only with all of its conditions.
    assert [bool(check.supported) for check in checks] == [False, True]
    figure.put("paper/tiny", summary, how)
    assert summary.drawn.values.tolist() == [seed / 3 for seed in (1, 2, 1)]
    assert how["confirmed"]["runs"] == ["pairing/published/1"]
    assert how["confirmed"]["renewed"] == ["pairing/paired/1", "pairing/paired/2"]
    assert said("figure", "--stale", "paper/tiny")[0] == 0
    again, how, checks = renewal.renew("paper/tiny", progress=False)
    assert checks == [] and again.equals(summary) and len(how["confirmed"]["renewed"]) == 2
    parts = how["confirmed"]["parts_before"]  # the two before this one
    assert [part["command"] for part in parts] == ["neuromodsim figure paper/tiny --renew"] * 2


def _renewal_of(before, today, done):
    from neuromodsim.reports import renewal
    from neuromodsim.sweeps.origin import Run

    every = [Run("e", "a", 1), Run("e", "b", 1)]
    inputs = {"e/a/1": "x", "e/b/1": "y"}
    made = {"programs": {"e": before}, "inputs": inputs, "summarise": "s"}
    found = renewal._origin(every, done, made, {**made, "programs": {"e": today}})
    return every, found, renewal._current(every, found, made)


def test_a_program_that_made_only_some_rows_is_that_of_none():
    """Fails when code is changed, one condition renewed, the code changed back, and all counts as its own."""
    _, found, current = _renewal_of("old", "new", {("e", "a")})
    assert found["programs"] == {} and current == set()
    every, found, current = _renewal_of("old", "old", {("e", "a")})
    assert found["programs"] == {"e": "old"} and current == {run[:2] for run in every}


def test_points_that_only_new_runs_have_are_seen():
    """Fails when more blocks or times of a new run are dropped before it is compared with the one kept."""
    import xarray as xr

    from neuromodsim.reports import confirmation, renewal
    from neuromodsim.sweeps.origin import Run

    kept = xr.Dataset({"x": (("run", "block"), [[1.0, 2.0]])}, {"block": [1, 2]})
    longer = xr.Dataset({"x": (("run", "block"), [[1.0, 2.0, 3.0]])}, {"block": [1, 2, 3]})
    (check,) = confirmation.compared(kept, longer, [Run("e", "a", 1)])
    assert not check.supported and "block" in check.observed
    with pytest.raises(WrongInput, match=r"other coordinates than those kept \(block\)"):
        renewal._with_rows("paper/tiny", kept, longer, [0])


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ((), "Name one figure, as listed; got 0."),
        (("paper/tiny", "paper/other"), "got 2"),
        (("paper/tiny", "--stale", "--check"), "--stale only lists"),
        (("paper/tiny", "--keep-anyway"), "--keep-anyway requires --check or --renew"),
        (("paper/tiny", "--keep", "runs"), "--keep requires --check, --confirm or --renew"),
        (("paper/tiny", "--renew", "--check"), "Choose one of --check and --renew"),
        (("paper/tiny", "--renew", "--stale"), "--stale only lists"),
        (("paper/tiny", "--renew", "-o", "x.png"), "--renew replaces parts"),
        (("paper/tiny", "--confirm", "--check"), "--confirm makes a sample"),
        (("paper/tiny", "--confirm", "--stale"), "--stale only lists"),
    ],
)
def test_options_that_do_not_go_together(gallery, said, words, wanted):
    """Fails when an option is taken and does nothing."""
    code, _, err = said("figure", *words)
    assert code == 2 and wanted in err
