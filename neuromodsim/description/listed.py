"""Entries of the list of experiments, which can be searched without building them."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Listed:
    """A line of a list of experiments: its name, where it is, and by which words it is found.

    ``where`` is ``folder:ATTRIBUTE``, of an `Experiment` or an `ExperimentFamily` in the file
    ``experiment.py`` of that folder. ``tags`` are separated by commas; ``axes`` holds the values of a
    family's axes, the default first, or the default of a whole number; ``models`` the names of models that
    belong to this experiment alone.
    """

    name: str
    where: str
    summary: str
    tags: str
    axes: Mapping[str, str] = field(default_factory=dict)
    models: str = ""

    def tagged(self) -> tuple[str, ...]:
        """Return the tags one by one."""
        return tuple(tag.strip() for tag in self.tags.split(","))

    def options(self) -> dict[str, tuple[str, ...]]:
        """Return the values of each axis."""
        return {axis: tuple(values.split()) for axis, values in self.axes.items()}

    def own(self) -> tuple[str, ...]:
        """Return the names of its own models."""
        return tuple(self.models.split())

    def load(self, package: str) -> Any:
        """Return the experiment or family, from the module in which it is."""
        folder, _, attribute = self.where.partition(":")
        return getattr(importlib.import_module(f"{package}.{folder}.experiment"), attribute)


def entry(name: str, entries: tuple[Listed, ...]) -> Listed | None:
    """Return the line whose experiment a module calls by a name in capitals; None if there is none."""
    return next((one for one in entries if one.name.upper() == name), None)
