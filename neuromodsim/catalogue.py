"""All models, experiments and figures by name, derived from the lists that somebody wrote."""

import importlib
from pathlib import Path
from typing import Any

from neuromodsim.errors import WrongInput, unknown
from neuromodsim.experiment import Experiment
from neuromodsim.model import Model


def models() -> dict[str, Model]:
    """Return every model of the catalogue, and those that belong to an experiment."""
    from neuromodsim import equations

    found = {m.name: m for m in vars(equations).values() if isinstance(m, Model)}
    for entry in experiments().values():
        found |= {m.name: m for m in entry.components().values()}
    return dict(sorted(found.items()))


def experiments() -> dict[str, Experiment]:
    """Return every experiment by name."""
    from neuromodsim import protocols

    return {e.name: e for e in vars(protocols).values() if isinstance(e, Experiment)}


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
    folder = Path(__file__).resolve().parent.parent / "figures"
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
