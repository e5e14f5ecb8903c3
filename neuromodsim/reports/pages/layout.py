"""The parts that pages are put together from: tables, code, a publication."""

import textwrap
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import RenderableType


def table(title: str, heads: tuple[str, ...], rows: Iterable[Iterable[Any]]) -> "RenderableType":
    """Return rows of plain text under their heads."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    drawn = Table(title=title, title_justify="left", title_style="italic", box=SIMPLE_HEAD, pad_edge=False)
    for head in heads:
        drawn.add_column(head, overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(str(cell)) for cell in row))
    return drawn


def tables(
    *given: tuple[str, tuple[str, ...], Iterable[Iterable[Any]]],
) -> "list[RenderableType]":
    """Return those of some tables that have rows."""
    filled = [(title, heads, list(rows)) for title, heads, rows in given]
    return [table(title, heads, rows) for title, heads, rows in filled if rows]


def line(text: str) -> "RenderableType":
    """Return a line of text."""
    from rich.text import Text

    return Text(text)


def cited(source: Mapping[str, str]) -> "RenderableType":
    """Return a publication with its link."""
    from rich.text import Text

    link = f" https://doi.org/{source['doi']}" if source["doi"] else ""
    return Text(f"{source['citation']}{link}", style="dim")


def code(title: str, text: str) -> "RenderableType":
    """Return code under its title."""
    from rich.console import Group
    from rich.text import Text

    return Group(Text(title, style="italic"), Text(textwrap.indent(text, "    ")))


def parameters(found: Mapping[str, Mapping[str, Any]]) -> "list[RenderableType]":
    """Return parameters with meaning, range, and where they come from."""
    rows = [(n, p["shown"], p["meaning"], _range(p), _place(p)) for n, p in found.items()]
    return tables(("parameters", ("name", "value", "meaning", "range", "source locator"), rows))


def side_by_side(presets: Mapping[str, Mapping[str, Any]]) -> "RenderableType":
    """Return the parameters of presets, one row each, with one column for each preset."""
    names = dict.fromkeys(name for preset in presets.values() for name in preset["parameters"])
    rows = []
    for name in names:
        found = [preset["parameters"].get(name) for preset in presets.values()]
        meaning = next(p["meaning"] for p in found if p)
        rows.append((name, meaning, *(_with_evidence(p) if p else "" for p in found)))
    rows.append(("source", "", *(preset["source"]["short"] for preset in presets.values())))
    return table("", ("parameter", "meaning", *presets), rows)


def _with_evidence(parameter: Mapping[str, Any]) -> str:
    return f"{parameter['shown']} ({parameter['evidence'] or 'not stated'})"


def _place(parameter: Mapping[str, Any]) -> str:
    """Return where a value comes from and its evidence level."""
    return "; ".join(part for part in (parameter["where"], parameter["evidence"]) if part)


def _range(parameter: Mapping[str, Any]) -> str:
    low, high = parameter["low"], parameter["high"]
    if low is not None and high is not None:
        return f"{low} to {high}"
    return f"from {low}" if low is not None else f"to {high}" if high is not None else ""
