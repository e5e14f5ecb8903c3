"""The page of a figure: what it shows, and which runs it is made of."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from neuromodsim.catalogue import catalogue
from neuromodsim.catalogue.contents import first_line
from neuromodsim.catalogue.index import docstring
from neuromodsim.reports.pages import layout

if TYPE_CHECKING:
    from rich.console import RenderableType


def data(name: str) -> dict[str, Any]:
    """Return the description of a figure."""
    module = catalogue.figure(name)
    return {
        "kind": "figure",
        "name": name,
        "summary": first_line(docstring(name)),
        "about": docstring(name),
        "experiment": module.EXPERIMENT,
        "runs": {condition: list(seeds) for condition, seeds in module.RUNS.items()},
    }


def parts(about: Mapping[str, Any]) -> "list[RenderableType]":
    """Return the page."""
    runs = [(c, str(len(seeds)), ", ".join(map(str, seeds))) for c, seeds in about["runs"].items()]
    return [
        layout.line(about["about"].partition("\n")[2].strip()),
        layout.line(f"Experiment: {about['experiment']}"),
        *layout.tables(("runs", ("condition", "runs", "seeds"), runs)),
    ]
