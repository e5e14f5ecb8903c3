"""What commands print: tables for people, JSON for programs."""

import json
import re

import pytest

from neuromodsim.catalogue import catalogue
from tests.cli.test_pages import NAMES


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("list", "experiments"),
        ("show", "dopamine_stdp"),
        ("show", "distal_reward_task"),
        ("show", "distal_reward"),
        ("show", "nomifensine_net"),
        ("show", "medium_spiny_d1"),
        ("cite", "haloperidol"),
        ("show", "izhikevich2007/fig1"),
        ("cite", "distal_reward"),
        ("cache",),
        ("doctor",),
    ],
)
def test_both_forms_work(said, words):
    """Fails when a command crashes in one of its forms or its JSON cannot be read."""
    code, text, err = said(*words)
    assert (code, err) == (0, "") and len(text.splitlines()) > 0
    code, text, err = said(*words, "--json")
    assert (code, err) == (0, "") and json.loads(text)


def test_every_entry_of_a_list_has_a_page(said):
    """Fails when a list names what has no page (tests of pages make each), or an entry has no summary."""
    found = json.loads(said("list", "--json")[1])
    assert {"experiments", "figures"} == set(found)
    for what in ("models", "drugs"):
        found |= json.loads(said("list", what, "--json")[1])
    listed = [entry for entries in found.values() for entry in entries]
    assert {entry["name"] for entry in listed} == set(NAMES) and all(entry["summary"] for entry in listed)


def test_a_model_is_shown_as_it_is_written(said):
    """Fails when equations, units, meanings or the DOI are lost or changed on the way."""
    text = said("show", "dopamine_stdp")[1]
    for part in (
        "dc/dt = -c / tau_c",
        "time constant of the eligibility trace",
        "doi.org/10.1093/cercor/bhl152",
    ):
        assert part in text
    tau = json.loads(said("show", "dopamine_stdp", "--json")[1])["parameters"]["tau_c"]
    assert (tau["value"], tau["unit"]) == (1.0, "second")
    assert tau["where"] == catalogue.model("dopamine_stdp").parameters["tau_c"].where


def test_citing_an_experiment_gives_what_it_draws_on_once(said):
    """Fails when a source is missing or printed twice, or Brian2 is forgotten."""
    text = said("cite", "distal_reward", "dopamine_stdp")[1]
    keys = [s.key for s in catalogue.sources("distal_reward")]
    assert {"izhikevich2007", "izhikevich2003", "ejdrup2026", "stimberg2019"} <= set(keys)
    assert sorted(re.findall(r"^@\w+\{(\w+),$", text, re.MULTILINE)) == sorted(set(keys)) == sorted(keys)


def test_cache_lists_and_clears_only_builds(said, empty_cache):
    """Fails when clearing touches other files in a folder that someone chose."""
    from neuromodsim.backends import cache

    build = empty_cache / ("a" * 24)
    build.mkdir(parents=True)
    (empty_cache / f"{'a' * 24}.lock").touch()
    (build / cache.MARK).touch()
    (build / "manifest.json").write_text('{"about": {"experiment": "digits"}}')
    (empty_cache / "thesis.tex").write_text("precious")
    listed = json.loads(said("cache", "--json")[1])
    assert [(b["experiment"], b["key"]) for b in listed["builds"]] == [("digits", "a" * 24)]
    assert json.loads(said("cache", "--clear", "--json")[1])["freed"] == listed["size"] > 0
    assert [path.name for path in empty_cache.iterdir()] == ["thesis.tex"]


def test_doctor_says_what_to_do_without_a_compiler(said, monkeypatch):
    """Fails when a missing compiler is not found, or only named."""
    from neuromodsim.backends import compiler

    monkeypatch.setenv("CXX", "no-such-compiler")
    compiler.compiler.cache_clear()
    try:
        code, text, _ = said("doctor", "--json")
    finally:
        compiler.compiler.cache_clear()
    answer = json.loads(text)
    (finding,) = (f for f in answer["findings"] if f["what"] == "C++ compiler")
    assert code == 1 and not answer["healthy"]
    assert "apt-get install g++" in finding["advice"]


def test_doctor_says_what_to_do_with_a_cache_that_cannot_be_written(said, tmp_path, monkeypatch):
    """Fails when an unusable cache folder goes unnoticed."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("NEUROMODSIM_CACHE", str(tmp_path / "file" / "cache"))
    code, text, _ = said("doctor", "--json")
    (finding,) = (f for f in json.loads(text)["findings"] if f["what"] == "build cache")
    assert code == 1 and "NEUROMODSIM_CACHE" in finding["advice"]


def data_findings(said):
    """Return what the doctor says of data sets, by what it looked at, and the exit code."""
    code, text, _ = said("doctor", "--json")
    return code, {f["what"]: f for f in json.loads(text)["findings"] if "data" in f["what"].lower()}


def test_doctor_says_which_data_sets_are_there(said, tmp_path, monkeypatch):
    """Fails when a missing data set, or how to get it, is not told, or one that is there is not found."""
    from neuromodsim.datasets import fetching, inventory

    monkeypatch.setattr(fetching, "cache", lambda: tmp_path / "cache")
    monkeypatch.setenv("NEUROMODSIM_DATA", str(tmp_path))
    (tmp_path / "mnist.npz").touch()
    code, found = data_findings(said)
    assert code == 0 and found["NEUROMODSIM_DATA"]["observed"] == str(tmp_path)
    assert found["data sets"]["observed"] == "3 data sets, 2 files missing"
    assert found["data set mnist"]["observed"] == str(tmp_path / "mnist.npz")
    speech = found["data set spoken_digits"]
    assert speech["state"] == "note" and speech["observed"] == "fsdd.zip is missing"
    assert "16 MB" in speech["advice"] and "NEUROMODSIM_DATA" in speech["advice"]
    for one in inventory.DATA_SETS:
        (tmp_path / one.file).touch()
    assert data_findings(said)[1]["data sets"]["observed"] == "3 data sets, 0 files missing"


def test_doctor_says_where_data_sets_would_be_kept(said, tmp_path, monkeypatch):
    """Fails when NEUROMODSIM_DATA is not set, or names no folder, and nobody hears what that means."""
    from neuromodsim.datasets import fetching

    monkeypatch.setattr(fetching, "cache", lambda: tmp_path / "cache")
    monkeypatch.delenv("NEUROMODSIM_DATA", raising=False)
    code, found = data_findings(said)
    assert code == 0 and str(tmp_path / "cache") in found["NEUROMODSIM_DATA"]["observed"]
    assert found["data sets"]["observed"] == "3 data sets, 3 files missing"
    monkeypatch.setenv("NEUROMODSIM_DATA", str(tmp_path / "nowhere"))
    code, found = data_findings(said)
    assert code == 1 and "which is not a folder" in found["NEUROMODSIM_DATA"]["observed"]


@pytest.mark.parametrize("name", ["out.nc", "out.h5", "out.csv"])
def test_a_run_is_not_saved_under_the_name_of_another_format(said, name, tmp_path):
    """Fails when a folder of chunks gets the name of a NetCDF file, which nothing could open."""
    code, _, err = said("run", "pairing", "--device", "numpy", "-o", name)
    assert code == 2 and f"such as 'out.zarr'; got '{name}'" in err and not (tmp_path / name).exists()
