"""Experiments of a user's own file, module or plug-in are found by every command."""

import json
from importlib.metadata import EntryPoint

import pytest
from matplotlib.figure import Figure

import neuromodsim as nms
from neuromodsim.catalogue import finding, lookup
from neuromodsim.errors import WrongInput
from neuromodsim.plots import overview

MINE = """
from dataclasses import replace

from beside import LONG

from neuromodsim.protocols import PAIRING

CHOICE = replace(PAIRING, name="choice", summary="Of my own.", duration=LONG * PAIRING.dt)
NUMBER = 3
"""
SHORT = ("--device", "numpy", "--quiet")


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """Write a file that describes an experiment, and one beside it that it imports."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "beside.py").write_text("LONG = 40\n")
    (tmp_path / "my_task.py").write_text(MINE)
    return tmp_path / "my_task.py"


@pytest.mark.parametrize("name", ["my_task.py", "./my_task.py:CHOICE"])
def test_an_experiment_of_a_file_is_run_and_run_again(mine, said, name):
    """Fails when a file is not found, or a run of it cannot be repeated by who names it."""
    assert said("run", name, *SHORT, "-o", "mine.zarr") == (0, "", "")
    run = nms.open("mine.zarr")
    assert run.attrs["experiment"] == "choice" and run.attrs["duration"].startswith("0.04")
    code, _, err = said("run", "--from", "mine.zarr", *SHORT)
    assert code == 2 and "FILE.py:NAME --from" in err
    assert said("run", name, "--from", "mine.zarr", *SHORT, "-o", "again.zarr")[0] == 0
    again = nms.open("again.zarr")
    assert again["synapses/excitatory"].to_dataset().identical(run["synapses/excitatory"].to_dataset())
    code, _, err = said("run", "pairing", "--from", "mine.zarr", *SHORT)
    assert code == 2 and "must hold a run of 'pairing'; got one of 'choice'" in err


@pytest.mark.parametrize("name", ["./my_task.py:CHOICE", "my_task:CHOICE", "my_task.py"])
def test_an_experiment_of_ones_own_is_drawn(mine, said, monkeypatch, name):
    """Fails when `figure` takes only what is listed, ignores an option of the run, or replaces a picture."""
    drawn = []
    monkeypatch.setattr(overview, "draw_run", lambda tree: drawn.append(tree) or Figure())
    monkeypatch.syspath_prepend(mine.parent)
    words = ("figure", name, *SHORT, "--seed", "3", "--condition", "published", "--duration", "20ms")
    assert said(*words) == (0, "", "")
    picture = "my_task.png" if name == "my_task.py" else "CHOICE.png"
    assert [p.name for p in mine.parent.glob("*.png")] == [picture] and not list(mine.parent.glob("*.zarr"))
    (tree,) = drawn
    asked = [tree.attrs[what] for what in ("experiment", "seed", "condition", "duration")]
    assert asked == ["choice", 3, "published", "0.02 s"]
    code, _, err = said(*words)
    assert code == 2 and f"'{picture}' is already there" in err
    assert said(*words, "--overwrite", "-o", "other.pdf")[0] == 0 and (mine.parent / "other.pdf").exists()


FAMILY = """
from dataclasses import replace

from neuromodsim import ExperimentFamily, IntegerAxis
from neuromodsim.protocols import PAIRING


def make(length, dopamine):
    return replace(PAIRING, duration=length * PAIRING.dt, parameters={"dopamine.tau_d": dopamine})


LENGTHS = ExperimentFamily(
    name="lengths",
    summary="Of several lengths.",
    source=PAIRING.source,
    make=make,
    axes={"length": IntegerAxis(20), "dopamine": {"slow": "200ms", "fast": "50ms"}},
)
"""


@pytest.mark.parametrize("name", ["family.py", "family.py:LENGTHS"])
def test_a_family_of_a_file_is_run_and_run_again(mine, said, name):
    """Fails when a variant of one's own family cannot be named, or a run of it not be repeated."""
    (mine.parent / "family.py").write_text(FAMILY)
    assert said("run", name, "dopamine=fast", *SHORT, "length=40", "-o", "old.zarr") == (0, "", "")
    run = nms.open("old.zarr")
    assert run.attrs["experiment"] == "lengths length=40 dopamine=fast"
    assert json.loads(run.attrs["variant"]) == {"length": 40, "dopamine": "fast"}
    for words in ((name,), (name, "length=40", "dopamine=fast")):
        assert said("run", *words, "--from", "old.zarr", *SHORT, "-o", "new.zarr", "--overwrite")[0] == 0
        again = nms.open("new.zarr")
        assert again["synapses/excitatory"].to_dataset().identical(run["synapses/excitatory"].to_dataset())
    code, _, err = said("run", name, "length=30", "--from", "old.zarr", *SHORT)
    assert code == 2 and "a run of 'lengths length=30'; got one of 'lengths length=40 dopamine=fast'" in err
    code, _, err = said("run", name, "dopamine=none", *SHORT)
    assert code == 2 and "There is no dopamine 'none' of lengths; it has slow, fast." in err
    code, out, _ = said("show", name, "length=40", "--json")
    assert code == 0 and json.loads(out)["variant"] == {"length": 40, "dopamine": "slow"}


def test_a_run_of_a_variant_is_repeated_from_its_dataset_alone(said):
    """Fails when the name that a dataset notes does not find the variant again."""
    words = ("run", "class_incremental", "data=digits", *SHORT, "--duration", "3ms")
    assert said(*words, "cells=20", "rule=bp", "-o", "old.zarr") == (0, "", "")
    old = nms.open("old.zarr")
    assert old.attrs["experiment"] == "class_incremental data=digits rule=bp cells=20"
    assert said("run", "--from", "old.zarr", *SHORT, "-o", "new.zarr") == (0, "", "")
    assert nms.open("new.zarr")["synapses/input_weights"].identical(old["synapses/input_weights"])


def test_a_file_is_shown_and_read_anew_when_it_changes(mine, said):
    """Fails when `show` knows the catalogue only, or a process keeps an old state of a file."""
    code, out, _ = said("show", "my_task.py:CHOICE", "--json")
    assert code == 0 and json.loads(out)["summary"] == "Of my own."
    mine.write_text(MINE.replace("Of my own.", "Another one."))
    assert json.loads(said("show", "my_task.py", "--json")[1])["summary"] == "Another one."


MODELS = """
from neuromodsim.equations import D1_EJDRUP, DOPAMINE_STDP, MEDIUM_SPINY, NOMIFENSINE, PHASIC_DOPAMINE
from neuromodsim.protocols import PAIRING

CELL = MEDIUM_SPINY.preset(name="my_cell", summary="Of my own.", source=MEDIUM_SPINY.source)
RULE, LEVEL, RECEPTOR, DRUG = DOPAMINE_STDP, PHASIC_DOPAMINE, D1_EJDRUP, NOMIFENSINE
TASK, CIRCUIT = PAIRING.task, PAIRING.circuit
"""


@pytest.mark.parametrize(
    ("name", "kind", "of"),
    [
        ("CELL", "model", "NeuronModel"),
        ("RULE", "model", "SynapseModel"),
        ("LEVEL", "model", "ModulatorModel"),
        ("RECEPTOR", "model", "ReceptorModel"),
        ("TASK", "model", "Task"),
        ("DRUG", "drug", None),
    ],
)
def test_models_and_drugs_of_a_file_are_shown(mine, said, name, kind, of):
    """Fails when `show` takes only experiments of a file."""
    (mine.parent / "models.py").write_text(MODELS)
    code, out, _ = said("show", f"models.py:{name}", "--json")
    page = json.loads(out)
    assert code == 0 and page["kind"] == kind and page.get("type") == of and page["parameters"]
    assert name != "CELL" or (page["name"], page["summary"]) == ("my_cell", "Of my own.")
    code, out, _ = said("show", f"./models.py:{name}")
    assert code == 0 and page["name"] in out


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("models.py:CIRCUIT",), "'models.py:CIRCUIT' must be an experiment, a model, a task or a drug; got"),
        (("models.py:CEL",), "no experiment, model, task or drug in 'models.py' 'CEL'; did you mean CELL"),
        (("models.py:CELL", "size=3"), "'models.py:CELL' is no family of experiments, so 'size' c"),
    ],
)
def test_what_cannot_be_shown_of_a_file_is_one_sentence(mine, said, words, wanted):
    """Fails when something else of a file is shown in part, or ends in a traceback."""
    (mine.parent / "models.py").write_text(MODELS)
    code, _, err = said("show", *words)
    assert code == 2 and wanted in err and err.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("nowhere.py", "There is no file 'nowhere.py'"),
        ("my_task.py:CHOISE", "did you mean CHOICE"),
        ("my_task.py:NUMBER", "must be an experiment; got a int"),
        ("broken.py", "cannot be imported (ZeroDivisionError"),
        ("broken:CHOICE", "'broken' cannot be imported (ZeroDivisionError"),
        ("two.py", "describes 2 experiments (CHOICE, OTHER); name one as 'two.py:NAME'"),
        ("beside.py", "describes no experiment"),
        ("no_such_module:CHOICE", "There is no experiment 'no_such_module:CHOICE'"),
    ],
)
def test_what_is_not_there_is_one_sentence(mine, said, monkeypatch, name, wanted):
    """Fails when a mistake in a name or a file ends in a traceback."""
    monkeypatch.syspath_prepend(mine.parent)
    (mine.parent / "broken.py").write_text("1 / 0\n")
    (mine.parent / "two.py").write_text(MINE.replace("NUMBER = 3", "OTHER = replace(CHOICE)"))
    code, _, err = said("run", name, *SHORT)
    assert code == 2 and wanted in err and err.count("\n") == 1


def test_a_plug_in_is_found_by_name(said, monkeypatch):
    """Fails when an installed package cannot register experiments, or a broken one is a traceback."""
    registered = [
        EntryPoint("theirs", "neuromodsim.protocols:PAIRING", lookup.GROUP),
        EntryPoint("gone", "neuromodsim.protocols:GONE", lookup.GROUP),
    ]
    monkeypatch.setattr(lookup, "entry_points", lambda group: registered if group == lookup.GROUP else [])
    assert finding.find("theirs").name == "pairing"
    assert nms.simulate("theirs", device="numpy", duration="10ms", progress=False).attrs["seed"] == 0
    assert said("show", "theirs", "--json")[0] == 0
    with pytest.raises(WrongInput, match=r"'gone \(neuromodsim.protocols:GONE\)' cannot be imported"):
        finding.find("gone")


def test_installed_packages_are_not_searched_for_what_is_in_the_catalogue(monkeypatch):
    """Fails when every command pays for the search of entry points."""
    monkeypatch.setattr(lookup, "plugins", lambda: pytest.fail("installed packages are searched"))
    for name in ("pairing", "digits cells=50", "dopamine_stdp", "haloperidol", "D1"):
        lookup.expect_known(name)


def test_a_name_means_the_same_in_any_folder(mine):
    """Fails when a worker in another folder looks for a file in its own."""
    assert finding.absolute("./my_task.py:CHOICE") == f"{mine.resolve()}:CHOICE"
    assert finding.absolute("my_task.py") == str(mine.resolve())
    assert finding.absolute("./my_task.py:FAMILY x=1") == f"{mine.resolve()}:FAMILY x=1"
    for name in ("my.module:CHOICE", "pairing", "digits cells=50"):
        assert finding.absolute(name) == name
