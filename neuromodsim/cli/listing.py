"""The command ``neuromodsim list``: experiments and figures, without importing any; models when asked for."""

import argparse
from collections.abc import Iterable, Mapping
from typing import Any

from neuromodsim.cli.terminal import print_json, width
from neuromodsim.errors import WrongInput, unknown

Entry = dict[str, Any]
INDENT = "    "
SHOWN = 4  # values of an axis that are listed


def listing(namespace: argparse.Namespace) -> int:
    """Print what there is."""
    if namespace.kind and namespace.what != "models":
        raise WrongInput("--kind is of models: neuromodsim list models --kind receptors.")
    if namespace.what in ("models", "drugs"):
        found = {namespace.what: _parts(namespace.what, namespace.kind)}
    else:
        from neuromodsim.catalogue import contents

        found = {what: e for what, e in contents.listing().items() if namespace.what in (None, what)}
    if namespace.search:
        found = {what: [e for e in entries if _has(e, namespace.search)] for what, entries in found.items()}
    if namespace.json:
        print_json(found)
    elif namespace.names:
        print("\n".join(entry["name"] for entries in found.values() for entry in entries))
    else:
        whole = namespace.what is None and not namespace.search
        print("\n".join(_lines(found, brief=("figures",) if whole else ())))
    return 0


def _parts(what: str, kind: str | None) -> list[Entry]:
    """Return models, of one kind if one is named, or drugs."""
    from neuromodsim import brian

    brian.brian()
    from neuromodsim.reports import show

    if what == "drugs":
        return show.drugs()
    models = show.models()
    kinds = sorted({model["kind"] for model in models})
    if kind and kind not in kinds:
        raise unknown("kind of models", kind, kinds)
    return [model for model in models if kind in (None, model["kind"])]


def _has(entry: Mapping[str, Any], word: str) -> bool:
    texts = [entry["name"], entry["summary"], *entry.get("tags", ())]
    return any(word.casefold() in text.casefold() for text in texts)


def _lines(found: Mapping[str, list[Entry]], brief: Iterable[str] = ()) -> Iterable[str]:
    """Yield the lines of a list: one for each entry, and one more for the axes of a family.

    What is to be ``brief`` has one line for all names of a folder.
    """
    for number, (what, entries) in enumerate(found.items()):
        if number:
            yield ""
        if what in brief:
            yield f"{what} (described by: neuromodsim list {what})"
            yield from _by_folder([entry["name"] for entry in entries])
            continue
        yield what
        longest = max((len(entry["name"]) for entry in entries), default=0)
        for entry in entries:
            yield _cut(f"  {entry['name']:{longest}}  {entry['summary']}")
            if entry.get("axes"):
                yield _cut(f"{INDENT}{axes(entry['axes'])}")
        if not entries:
            yield "  none"


def _by_folder(names: list[str]) -> Iterable[str]:
    folders: dict[str, list[str]] = {}
    for folder, _, name in (full.partition("/") for full in names):
        folders.setdefault(f"{folder}/", []).append(name)
    longest = max(map(len, folders), default=0)
    for folder, inside in folders.items():
        yield _cut(f"  {folder:{longest}}  {'  '.join(inside)}")


def axes(options: Mapping[str, Iterable[str]]) -> str:
    """Return the axes of a family as one line.

    Examples
    --------
    >>> axes({"data": ["mnist", "digits"], "cells": ["1000"]})
    'data=mnist|digits  cells=1000'
    """
    return "  ".join(f"{axis}={_values(list(values))}" for axis, values in options.items())


def _values(values: list[str]) -> str:
    more = f"|... ({len(values)})" if len(values) > SHOWN else ""
    return "|".join(values[:SHOWN]) + more


def _cut(line: str) -> str:
    """Return a line no longer than the terminal is wide; whole where it goes elsewhere."""
    room = width()
    return line if room is None or len(line) <= room else f"{line[: room - 3]}..."
