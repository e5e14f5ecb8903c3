"""The page of a figure: what it shows, and which runs it is made of."""

import ast
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from neuromodsim.catalogue import catalogue
from neuromodsim.reports.pages import layout

if TYPE_CHECKING:
    from rich.console import RenderableType


def data(name: str) -> dict[str, Any]:
    """Return the description of a figure."""
    module = catalogue.figure(name)
    return {
        "kind": "figure",
        "name": name,
        "summary": summary(name),
        "about": _docstring(name),
        "experiment": module.EXPERIMENT,
        "runs": {condition: list(seeds) for condition, seeds in module.RUNS.items()},
    }


def summary(name: str) -> str:
    """Return the first line of what a figure's module says of itself, without running it."""
    return _docstring(name).strip().partition("\n")[0]


def _docstring(figure: str) -> str:
    path = catalogue.figure_folder() / f"{figure}.py"
    return ast.get_docstring(ast.parse(path.read_text())) or ""


def parts(about: Mapping[str, Any]) -> "list[RenderableType]":
    """Return the page."""
    runs = [(c, str(len(seeds)), ", ".join(map(str, seeds))) for c, seeds in about["runs"].items()]
    return [
        layout.line(about["about"].partition("\n")[2].strip()),
        layout.line(f"Experiment: {about['experiment']}"),
        *layout.tables(("runs", ("condition", "runs", "seeds"), runs)),
    ]
