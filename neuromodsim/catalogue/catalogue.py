"""All models, experiments and figures by name, derived from the lists that somebody wrote."""

import importlib
import importlib.util
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from neuromodsim.catalogue.index import experiment_of, exported, figures_of, names
from neuromodsim.catalogue.index import figure_folder as figure_folder
from neuromodsim.catalogue.index import figures as figures
from neuromodsim.catalogue.index import listed as listed
from neuromodsim.catalogue.software import SOFTWARE
from neuromodsim.description import spelling
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.family import ExperimentFamily
from neuromodsim.description.model import Model, Source
from neuromodsim.errors import WrongInput, unknown

if TYPE_CHECKING:
    from neuromodsim.description.drug import Drug
    from neuromodsim.description.system import NeuromodulatorySystem


Described = Experiment | ExperimentFamily


class _Experiments(Mapping[str, Experiment]):
    """The experiments of the catalogue by name, each built when it is looked up."""

    def __getitem__(self, name: str) -> Experiment:
        try:
            return experiment(name)
        except WrongInput as error:
            raise KeyError(name) from error

    def __iter__(self) -> Iterator[str]:
        return iter(listed())

    def __len__(self) -> int:
        return len(listed())


def experiments() -> Mapping[str, Experiment]:
    """Return all experiments by name, built on access; for a family, the default variant.

    Examples
    --------
    >>> experiments()["pairing"].name
    'pairing'
    >>> experiments()["class_incremental rule=bp"].variant["data"]
    'mnist'
    """
    return _Experiments()


def described(name: str) -> Described:
    """Return an experiment or a family by name; raises `WrongInput` with the nearest names."""
    from neuromodsim import protocols

    if name not in (known := listed()):
        raise unknown("experiment", name, known)
    found: Described = known[name].load(protocols.__name__)
    return found


def experiment(name: str) -> Experiment:
    """Return an experiment by name, or a variant as it is spelled.

    Raises
    ------
    WrongInput
        If there is none, with the nearest names.

    Examples
    --------
    >>> experiment("digits cells=50").variant["cells"]
    50
    """
    family, chosen = spelling.split(name)
    return variant(described(family), chosen)


def variant(found: Described, chosen: Mapping[str, Any]) -> Experiment:
    """Return a variant of a family, or an experiment of which nothing is chosen; otherwise `WrongInput`."""
    if isinstance(found, ExperimentFamily):
        return found.experiment(**chosen)
    if chosen:
        raise WrongInput(f"'{found.name}' has no axes, so '{next(iter(chosen))}' cannot be chosen.")
    return found


def variants(name: str) -> list[Experiment]:
    """Return an experiment, or of a family the default variant and each that differs in one named value."""
    found = described(name)
    return found.neighbours() if isinstance(found, ExperimentFamily) else [found]


def models() -> dict[str, Model]:
    """Return all models of the catalogue and of experiments.

    A combined model, such as an extracellular compartment with its receptors, is represented by its parts.

    Examples
    --------
    >>> models()["dopamine_stdp"].parameters["tau_c"].value
    1. * second
    """
    from neuromodsim import equations

    found = {m.name: m for m in vars(equations).values() if isinstance(m, Model)}
    for name in listed():
        found |= parts(name)
    return dict(sorted(found.items()))


def parts(name: str) -> dict[str, Model]:
    """Return the models that an experiment or family is made of, by name."""
    wholes = [model for one in variants(name) for model in one.components().values()]
    return {part.name: part for whole in wholes for part in whole.made_of or (whole,)}


def folders() -> dict[str, str]:
    """Return the folder of ``equations`` that each model is in; those of one experiment have none."""
    from neuromodsim import equations

    place = f"{equations.__name__}."
    modules = {n: m for n, m in sys.modules.items() if n.startswith(place) and n.count(".") == 3}
    return {
        value.name: name.removeprefix(place).partition(".")[0]
        for name, module in sorted(modules.items())
        for value in vars(module).values()
        if isinstance(value, Model)
    }


def drugs() -> dict[str, "Drug"]:
    """Return every drug of the catalogue at each of its targets, such as ``nomifensine_net``."""
    from neuromodsim import equations
    from neuromodsim.description.drug import Drug

    return {n.lower(): d for n, d in sorted(vars(equations).items()) if isinstance(d, Drug)}


def systems() -> "dict[str, NeuromodulatorySystem]":
    """Return what the catalogue has of each neuromodulator, by its name."""
    from neuromodsim import equations
    from neuromodsim.description.system import NeuromodulatorySystem

    return {s.name: s for s in vars(equations).values() if isinstance(s, NeuromodulatorySystem)}


def model(name: str) -> Model:
    """Return a model by name; raises `WrongInput` with the nearest names."""
    found = known_model(name)
    if found is None:
        own = [n for one in listed().values() for n in one.own()]
        raise unknown("model", name, [*exported(), *own])
    return found


def known_model(name: str) -> Model | None:
    """Return a model by name; None if there is none."""
    found = _found(name)
    return found if isinstance(found, Model) else None


def drug(name: str) -> "Drug":
    """Return a drug at one of its targets by name; raises `WrongInput` with the nearest names."""
    from neuromodsim.description.drug import Drug

    found = _found(name)
    if not isinstance(found, Drug):
        raise unknown("drug", name, drugs())
    return found


def _found(name: str) -> Any:
    """Return a model or drug by name; None if there is none."""
    from neuromodsim import equations

    if name in exported():
        return getattr(equations, name.upper(), None)
    owner = next((one.name for one in listed().values() if name in one.own()), None)
    return None if owner is None else parts(owner).get(name)


def figure(name: str) -> Any:
    """Return the module of a figure; raises `WrongInput` with the nearest names."""
    folder = figure_folder()
    if name not in figures():
        raise unknown("figure", name, figures())
    _let_figures_import(folder)
    return importlib.import_module(f"figures.{name.replace('/', '.')}")


def _let_figures_import(folder: Path) -> None:
    """Make the folder of figures the package ``figures``.

    The folder that it is in does not go onto Python's path: of an installed package that is this one, whose
    folders would then hide other modules, such as ``datasets``.
    """
    there = sys.modules.get("figures")
    if there is not None and str(folder) in there.__path__:
        return
    spec = importlib.util.spec_from_file_location(
        "figures", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None and spec.loader is not None  # of a name that ends in .py
    package = importlib.util.module_from_spec(spec)
    sys.modules["figures"] = package
    spec.loader.exec_module(package)


def drawing_of(experiment: str) -> Any:
    """Return the function of a figure that draws a run of an experiment, or None if there is no figure."""
    found = figures_of(experiment)
    return figure(found[0]).draw_run if found else None


def sources(name: str) -> list[Source]:
    """Return the publications that a model, an experiment or a figure draws on, and the programs that run it.

    Raises
    ------
    WrongInput
        If there is nothing of that name, with the nearest right ones.
    """
    if name in figures():
        name = experiment_of(name)
    if spelling.split(name)[0] in listed():
        return [*experiment(name).sources().values(), *SOFTWARE]
    found = _found(name)
    if not hasattr(found, "source"):
        raise unknown("model, drug, experiment or figure", name, names())
    return [found.source, *SOFTWARE]
