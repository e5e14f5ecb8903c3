"""All models, experiments and figures by name, derived from the lists that somebody wrote."""

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from neuromodsim.catalogue.software import SOFTWARE
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import Model, Source
from neuromodsim.errors import WrongInput, unknown

if TYPE_CHECKING:
    from neuromodsim.description.drug import Drug
    from neuromodsim.description.system import NeuromodulatorySystem


def models() -> dict[str, Model]:
    """Return every model of the catalogue, and those that belong to an experiment.

    Of a model that was put together, such as a pool with its receptors, its parts.

    Examples
    --------
    >>> models()["dopamine_stdp"].parameters["tau_c"].value
    1. * second
    """
    from neuromodsim import equations

    found = {m.name: m for m in vars(equations).values() if isinstance(m, Model)}
    for entry in experiments().values():
        for model in entry.components().values():
            found |= {part.name: part for part in model.made_of or (model,)}
    return dict(sorted(found.items()))


def folders() -> dict[str, str]:
    """Return the folder of ``equations`` that each model is in; those of one experiment have none."""
    import sys

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


def experiments() -> dict[str, Experiment]:
    """Return every experiment by name; those that differ in one choice stand together in a mapping.

    Examples
    --------
    >>> list(experiments()["pairing"].conditions)[0]
    'paired'
    """
    from neuromodsim import protocols

    listed = list(vars(protocols).values())
    families = [e for e in listed if isinstance(e, dict)]
    every = [*listed, *(e for family in families for e in family.values())]
    return {e.name: e for e in every if isinstance(e, Experiment)}


def experiment(name: str) -> Experiment:
    """Return an experiment by name; raises `WrongInput` with the nearest names."""
    known = experiments()
    if name not in known:
        raise unknown("experiment", name, known)
    return known[name]


def model(name: str) -> Model:
    """Return a model by name; raises `WrongInput` with the nearest names."""
    known = models()
    if name not in known:
        raise unknown("model", name, known)
    return known[name]


def figure_folder() -> Path:
    """Return where the figures are: beside the package, in a checkout.

    Raises
    ------
    WrongInput
        If this is an installed package, which does not carry them.
    """
    folder = Path(__file__).resolve().parents[2] / "figures"
    if not folder.is_dir():
        raise WrongInput("Figures are in the source repository, not in the installed package.")
    return folder


def figures() -> list[str]:
    """Return every figure as ``paper/figure``."""
    try:
        folder = figure_folder()
    except WrongInput:
        return []
    found = sorted(folder.glob("*/*.py"))
    return [f"{p.parent.name}/{p.stem}" for p in found if not p.stem.startswith("_")]


def figure(name: str) -> Any:
    """Return the module of a figure; raises `WrongInput` with the nearest names."""
    import sys

    folder = figure_folder()
    if name not in figures():
        raise unknown("figure", name, figures())
    if str(folder.parent) not in sys.path:
        sys.path.insert(0, str(folder.parent))
    return importlib.import_module(f"figures.{name.replace('/', '.')}")


def figure_of(experiment: str) -> Any:
    """Return the figure module that draws the runs of an experiment."""
    for name in figures():
        module = figure(name)
        if experiment == module.EXPERIMENT:
            return module
    raise WrongInput(f"There is no figure that draws a run of '{experiment}'.")


def sources(name: str) -> list[Source]:
    """Return the publications that a model, an experiment or a figure draws on, and the programs that run it.

    Raises
    ------
    WrongInput
        If there is nothing of that name, with the nearest right ones.
    """
    if name in figures():
        name = figure(name).EXPERIMENT
    if name in experiments():
        return [*experiment(name).sources().values(), *SOFTWARE]
    if name in models():
        return [model(name).source, *SOFTWARE]
    if name in drugs():
        return [drugs()[name].source, *SOFTWARE]
    known = [*experiments(), *models(), *drugs(), *figures()]
    raise unknown("model, drug, experiment or figure", name, known)
