"""What `neuromodsim show` and `list` print, by name: plain dictionaries, or parts for a terminal."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from neuromodsim.catalogue import catalogue, finding, lookup, systems
from neuromodsim.description import spelling
from neuromodsim.description.drug import Drug
from neuromodsim.description.family import ExperimentFamily
from neuromodsim.description.model import Model
from neuromodsim.errors import WrongInput, unknown
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
    """Return the description of a model, drug, experiment, figure, neuromodulator or receptor.

    Neuromodulators and receptors go by their names in the literature, however they are written: ``dopamine``,
    ``5-HT``, ``D1``, ``α2A``. A model, task, drug or experiment of one's own is named by its file or module,
    as in ``./my_models.py:CELL``.

    Raises
    ------
    WrongInput
        If there is nothing of that name, with the nearest right ones.
    """
    lookup.expect_known(name)
    plain, chosen = spelling.split(name)
    own = finding.part(plain) if ":" in plain else None
    if isinstance(own, Model | Drug):
        _expect_no_axes(plain, chosen)
        return model.data(own) if isinstance(own, Model) else drug.data(own.name, own)
    if lookup.names_experiment(plain):
        found = finding.described(plain)
        axes = found.options() if isinstance(found, ExperimentFamily) else {}
        return experiment.data(finding.find(name)) | {"axes": {a: list(values) for a, values in axes.items()}}
    _expect_no_axes(plain, chosen)
    return _part(name)


def _expect_no_axes(plain: str, chosen: Mapping[str, str]) -> None:
    if chosen:
        raise WrongInput(
            f"'{plain}' is no family of experiments, so '{next(iter(chosen))}' cannot be chosen."
        )


def _part(name: str) -> dict[str, Any]:
    """Return the description of anything but an experiment, by its name in the catalogue."""
    if name in catalogue.figures():
        return figure.data(name)
    if name in catalogue.drugs():
        return drug.data(name, catalogue.drugs()[name])
    if (one := catalogue.known_model(name)) is not None:
        return model.data(one)
    if (known := systems.system(name)) is not None:
        return system.data(known)
    if (found := systems.receptor(name)) is not None:
        return receptor.data(found)
    raise unknown(lookup.KINDS, name, lookup.every())


def models() -> list[dict[str, str]]:
    """Return name, summary and kind of every model; the kind is the folder of ``equations`` that it is in."""
    folders = catalogue.folders()
    return [
        {"name": n, "summary": m.summary, "kind": folders.get(n, "experiment")}
        for n, m in catalogue.models().items()
    ]


def drugs() -> list[dict[str, str]]:
    """Return name and summary of every drug."""
    return [{"name": n, "summary": d.summary} for n, d in catalogue.drugs().items()]


def render(about: Mapping[str, Any]) -> "list[RenderableType]":
    """Return a description as paragraphs and tables for a terminal."""
    from rich.text import Text

    title = Text(about["name"], style="bold")
    title.append(f"  ({about.get('type', about['kind'])})", style="dim")
    return [title, Text(about["summary"]), *PAGES[about["kind"]](about)]
