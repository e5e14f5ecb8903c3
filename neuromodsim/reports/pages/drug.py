"""The page of a drug at one target."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from neuromodsim.reports.pages import layout, values

if TYPE_CHECKING:
    from rich.console import RenderableType

    from neuromodsim.description.drug import Drug


def data(name: str, drug: "Drug") -> dict[str, Any]:
    """Return the description of a drug at one target; ``name`` is that by which it is shown."""
    return {
        "kind": "drug",
        **entry(name, drug),
        "source": values.source(drug.source),
        "parameters": {"K_i": values.parameter(drug.K_i)},
    }


def entry(name: str, drug: "Drug") -> dict[str, Any]:
    """Return the line of a drug in a list."""
    return {
        "name": name,
        "summary": drug.summary,
        "target": drug.target,
        "efficacy": drug.efficacy,
        "K_i": values.said(drug.K_i.value),
        "evidence": drug.K_i.evidence,
    }


def rows(drugs: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Return drugs as rows under `HEADS`."""
    return [
        (d["name"], d["target"], d["summary"], f"{d['K_i']} ({d['evidence'] or 'not stated'})") for d in drugs
    ]


HEADS = ("drug", "target", "action", "K_i")


def parts(about: Mapping[str, Any]) -> "list[RenderableType]":
    """Return the page."""
    acts = f"Target: {about['target']}; efficacy {about['efficacy']:g}."
    return [layout.cited(about["source"]), layout.line(acts), *layout.parameters(about["parameters"])]
