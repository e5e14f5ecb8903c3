"""What `neuromodsim show` and `list` print, by name: plain dictionaries, or parts for a terminal."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from neuromodsim.catalogue import catalogue, systems
from neuromodsim.catalogue.finding import find, plugins
from neuromodsim.errors import unknown
from neuromodsim.reports.pages import drug, experiment, figure, model, receptor, system
from neuromodsim.reports.pages.layout import table as table

if TYPE_CHECKING:
    from rich.console import RenderableType

PAGES = {
    "model": model.parts,
    "drug": drug.parts,
    "experiment": experiment.parts,
    "figure": figure.parts,
    "neuromodulator": system.parts,
    "receptor": receptor.parts,
}


def describe(name: str) -> dict[str, Any]:
    """Return what there is to say about a model, drug, experiment, figure, neuromodulator or receptor.

    Neuromodulators and receptors go by their names in the literature, however they are written: ``dopamine``,
    ``5-HT``, ``D1``, ``α2A``.

    Raises
    ------
    WrongInput
        If there is nothing of that name, with the nearest right ones.
    """
    if name in catalogue.experiments():
        return experiment.data(catalogue.experiment(name))
    if name in catalogue.models():
        return model.data(catalogue.model(name))
    if name in catalogue.figures():
        return figure.data(name)
    if name in catalogue.drugs():
        return drug.data(name)
    if ":" in name or name.endswith(".py") or name in plugins():
        return experiment.data(find(name))
    if (known := systems.system(name)) is not None:
        return system.data(known)
    if (found := systems.receptor(name)) is not None:
        return receptor.data(found)
    kinds = "model, drug, experiment, figure, neuromodulator or receptor"
    raise unknown(kinds, name, _every())


def _every() -> list[str]:
    return [
        *catalogue.experiments(),
        *plugins(),
        *catalogue.models(),
        *catalogue.drugs(),
        *catalogue.figures(),
        *systems.names(),
    ]


def listing() -> dict[str, list[dict[str, str]]]:
    """Return name and summary of everything, by kind; models with the folder they are in."""
    folders = catalogue.folders()
    found = {
        "models": [
            {"name": n, "summary": m.summary, "folder": folders.get(n, "of one experiment")}
            for n, m in catalogue.models().items()
        ],
        "drugs": [{"name": n, "summary": d.summary} for n, d in catalogue.drugs().items()],
        "experiments": [{"name": n, "summary": e.summary} for n, e in catalogue.experiments().items()],
    }
    figures = [{"name": n, "summary": figure.summary(n)} for n in catalogue.figures()]
    return found | {"figures": figures}


def render(about: Mapping[str, Any]) -> "list[RenderableType]":
    """Return a description as paragraphs and tables for a terminal."""
    from rich.text import Text

    title = Text(about["name"], style="bold")
    title.append(f"  ({about.get('type', about['kind'])})", style="dim")
    return [title, Text(about["summary"]), *PAGES[about["kind"]](about)]
