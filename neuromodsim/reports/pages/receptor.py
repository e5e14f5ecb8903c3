"""The page of a receptor: every model of it, side by side, and the drugs that bind to it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from neuromodsim.catalogue import catalogue
from neuromodsim.description.model import EffectModel
from neuromodsim.reports.pages import drug, layout, values

if TYPE_CHECKING:
    from rich.console import RenderableType

    from neuromodsim.catalogue.systems import Found


def data(found: "Found") -> dict[str, Any]:
    """Return the description of a receptor of a neuromodulatory system."""
    names = {found.name, *found.receptor.also}
    return {
        "kind": "receptor",
        "name": found.name,
        "summary": f"Receptor of {found.system.name}.",
        "neuromodulator": found.system.name,
        "models": values.presets(found.receptor.models),
        "drugs": [drug.entry(n, d) for n, d in catalogue.drugs().items() if d.target in names],
        "effects": values.named(m for m in found.system.effects if _reads(m, names)),
    }


def _reads(effect: EffectModel, names: set[str]) -> bool:
    return not names.isdisjoint(effect.reads)


def compared(title: str, groups: Sequence[Mapping[str, Any]]) -> "list[RenderableType]":
    """Return presets side by side, those of one set of equations in one table, after their summaries."""
    drawn: list[RenderableType] = []
    for group in groups:
        presets = group["presets"]
        rows = [(name, preset["summary"]) for name, preset in presets.items()]
        drawn += [
            layout.table(title, ("model", "summary"), rows),
            layout.code("equations", group["equations"]),
            layout.side_by_side(presets),
        ]
    return drawn


def parts(about: Mapping[str, Any]) -> "list[RenderableType]":
    """Return the page."""
    effects = [(entry["name"], entry["summary"]) for entry in about["effects"]]
    return [
        *compared("models", about["models"]),
        *layout.tables(
            ("drugs", drug.HEADS, drug.rows(about["drugs"])), ("effects", ("model", "summary"), effects)
        ),
        layout.line(f"All of its neuromodulator: neuromodsim show {about['neuromodulator']}"),
    ]
