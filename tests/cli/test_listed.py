"""The list of experiments is what the modules hold, though none of them is imported to read it."""

import subprocess
import sys
from pathlib import Path

import pytest

from neuromodsim import equations, errors, protocols
from neuromodsim.catalogue import catalogue, index
from neuromodsim.catalogue.lookup import expect_known
from neuromodsim.description.drug import Drug
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.family import ExperimentFamily
from neuromodsim.description.model import Model
from neuromodsim.description.system import NeuromodulatorySystem

MODULATORS = {"dopamine", "acetylcholine", "serotonin", "noradrenaline"}
# Agonists stand for the modulator of their receptors.
AGONISTS = {"alpha": "noradrenaline", "beta": "noradrenaline", "muscarinic": "acetylcholine"}
LOOK = """
import sys, contextlib
from neuromodsim.cli import main
with contextlib.suppress(SystemExit):
    main.main(sys.argv[1:])
print("SLOW", sorted({"brian2", "numpy", "matplotlib", "xarray", "sympy"} & set(sys.modules)))
"""


@pytest.mark.parametrize("name", index.listed())
def test_a_line_of_the_list_is_what_its_module_holds(name):
    """Fails when a name, a summary, an axis or the name of a model is changed in one place only."""
    one, found = index.listed()[name], catalogue.described(name)
    assert isinstance(found, Experiment | ExperimentFamily)
    assert getattr(protocols, name.upper()) is found
    assert (one.name, one.summary) == (found.name, found.summary)
    assert one.options() == (found.options() if isinstance(found, ExperimentFamily) else {})
    assert found.source.key in one.tagged()


def test_every_own_model_of_an_experiment_is_listed_once():
    exported, seen = set(index.exported()), set()
    for name, one in index.listed().items():
        own = set(catalogue.parts(name)) - exported - seen
        assert own == set(one.own()), name
        seen |= own


@pytest.mark.parametrize("name", index.listed())
def test_tags_name_the_modulators_of_the_circuit(name):
    """Fails when a modulator is put into a circuit and the list does not say so, or says one too many."""
    tags, found = set(index.tags(name)), set()
    for known in catalogue.variants(name):
        for modulator in known.circuit.modulators:
            found |= {of for word, of in AGONISTS.items() if modulator.name.startswith(word)}
            found |= {modulator.name} & MODULATORS
    assert found <= tags
    folder = index.listed()[name].where.partition(":")[0]
    text = (Path(protocols.__file__).parent / folder / "experiment.py").read_text().lower()
    # What acts without its concentration being simulated is at least spoken of: noradrenergic bursting.
    assert all(modulator[:8] in text for modulator in (tags & MODULATORS) - found)


def test_names_of_models_and_drugs_are_those_of_the_list():
    """Fails when a model cannot be found by the name that it has."""
    held = {n: v for n, v in vars(equations).items() if isinstance(v, Model | Drug | NeuromodulatorySystem)}
    assert sorted(index.exported()) == sorted(n.lower() for n in held)
    assert {v.name for v in held.values() if isinstance(v, Model)} == {
        n.lower() for n, v in held.items() if isinstance(v, Model)
    }


def test_every_figure_names_its_experiment_as_its_module_does():
    for name in catalogue.figures():
        assert index.experiment_of(name) == catalogue.figure(name).EXPERIMENT
        assert name.partition("/")[0] in index.tags(name)


def test_every_run_of_a_figure_is_spelled_as_it_is_named():
    for figure in catalogue.figures():
        module = catalogue.figure(figure)
        names = {condition.rpartition("/")[0] or module.EXPERIMENT for condition in module.RUNS}
        for name in names:
            assert catalogue.experiment(name).name == name


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("list",), "class_incremental"),
        (("list", "--search", "dopamine", "--json"), "go_nogo"),
        (("run", "distal_rewrd"), "did you mean distal_reward?"),
        (("sweep", "digitts", "--over", "seed=0:3", "-o", "x.zarr"), "did you mean digits?"),
        (("run", "digits", "cels=3"), "did you mean cells"),
        (("run", "class_incremental", "--seed", "1", "data=mnits"), "did you mean mnist"),
        (("show", "dopamine_sdtp"), "did you mean dopamine_stdp"),
        (("cite", "distal_rewrd"), "did you mean distal_reward"),
        (("figure", "izhikevich2007/fig2"), "did you mean izhikevich2007/fig1"),
    ],
)
def test_lists_and_wrong_names_import_nothing_slow(words, wanted, tmp_path, command):
    """Fails when Brian2 is imported to answer what a list can answer."""
    done = subprocess.run(
        [sys.executable, "-c", LOOK, *words],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=command[1],
    )
    assert wanted in done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "SLOW []"


def test_what_is_listed_fits_on_a_page(said):
    code, out, _ = said("list")
    assert code == 0 and len(out.splitlines()) <= 60
    assert "  izhikevich2007/  fig1  released" in out  # one line for a paper
    code, out, _ = said("list", "experiments", "--search", "set shifting", "--names")
    assert out.split() == ["go_nogo", "go_nogo_rates"]
    code, out, _ = said("list", "models", "--kind", "receptors", "--names")
    assert "d1_ejdrup" in out.split() and "dopamine_stdp" not in out.split()
    code, _, err = said("list", "models", "--kind", "receptor")
    assert code == 2 and "did you mean receptors?" in err
    code, _, err = said("list", "--kind", "receptors")
    assert code == 2 and "--kind is of models" in err


def test_only_near_names_are_offered():
    """Fails when a name that has nothing to do with what was typed is offered."""
    names = index.names()
    assert errors.near("distal_rewrd", names)[0] == "distal_reward"
    assert errors.near("naca", names)[0].startswith("naca")
    assert errors.near("flot", ["float32", "float64", "int8"]) == ["float32", "float64"]
    for name in ("flow", "weight", "class_continual", "xylophone", "hippocampus", "my_task", "foo"):
        assert errors.near(name, names) == []
        with pytest.raises(errors.WrongInput, match="known: "):
            expect_known(name)
