"""The contents of the catalogue as plain data: names, summaries, tags and axes of experiments and figures."""

from typing import Any

from neuromodsim.catalogue.index import docstring, figures, listed, tags


def listing() -> dict[str, list[dict[str, Any]]]:
    """Return what is listed of each experiment and figure, by kind; nothing of them is imported."""
    experiments = [
        {"name": one.name, "summary": one.summary, "tags": list(one.tagged())}
        | ({"axes": {axis: list(values) for axis, values in one.options().items()}} if one.axes else {})
        for one in listed().values()
    ]
    drawn = [{"name": n, "summary": first_line(docstring(n)), "tags": list(tags(n))} for n in figures()]
    return {"experiments": experiments, "figures": drawn}


def first_line(text: str) -> str:
    """Return the first line of a text."""
    return text.strip().partition("\n")[0]
