"""The page of a neuromodulator: its compartments and receptors side by side, and all else of it by name."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from neuromodsim.catalogue import catalogue
from neuromodsim.catalogue.index import listed
from neuromodsim.reports.pages import drug, layout, receptor, values

if TYPE_CHECKING:
    from rich.console import RenderableType

    from neuromodsim.description.system import NeuromodulatorySystem

# What is listed by name and summary, by the field of the system, and how it is headed.
LISTED = {
    "nuclei": "cells of its nuclei",
    "release": "release",
    "cascades": "signalling cascades",
    "effects": "effects",
    "plasticity": "plasticity rules",
    "sensors": "sensors",
}


def data(system: "NeuromodulatorySystem") -> dict[str, Any]:
    """Return the description of a neuromodulatory system."""
    return {
        "kind": "neuromodulator",
        "name": system.name,
        "summary": system.summary,
        "symbols": list(system.symbols),
        "compartments": values.presets(system.compartments),
        "receptors": {name: values.presets(r.models) for name, r in system.receptors.items()},
        "drugs": _drugs(system),
        **{field: values.named(getattr(system, field)) for field in LISTED},
        "experiments": [
            {"name": name, "summary": one.summary}
            for name, one in listed().items()
            if system.name in one.tagged()
        ],
    }


def _drugs(system: "NeuromodulatorySystem") -> list[dict[str, Any]]:
    targets = system.targets()
    return [drug.entry(name, one) for name, one in catalogue.drugs().items() if one.target in targets]


def parts(about: Mapping[str, Any]) -> "list[RenderableType]":
    """Return the page."""
    symbols = ", ".join(about["symbols"])
    return [
        *([layout.line(f"Also: {symbols}.")] if symbols else []),
        *receptor.compared("extracellular compartments", about["compartments"]),
        *_receptors(about["receptors"]),
        *layout.tables(
            ("drugs", drug.HEADS, drug.rows(about["drugs"])),
            *((title, ("model", "summary"), _rows(about[field])) for field, title in LISTED.items()),
            ("experiments", ("experiment", "summary"), _rows(about["experiments"])),
        ),
    ]


def _receptors(found: Mapping[str, Any]) -> "Iterable[RenderableType]":
    for name, groups in found.items():
        yield from receptor.compared(f"receptor {name}", groups)


def _rows(entries: Iterable[Mapping[str, str]]) -> list[tuple[str, str]]:
    return [(entry["name"], entry["summary"]) for entry in entries]
