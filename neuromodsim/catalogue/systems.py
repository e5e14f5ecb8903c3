"""Neuromodulators and receptors by the names they have in the literature, however they are written."""

from typing import NamedTuple

from neuromodsim.catalogue import catalogue
from neuromodsim.catalogue.written import plain
from neuromodsim.description.system import NeuromodulatorySystem, Receptor


class Found(NamedTuple):
    """A receptor, its name, and the system that it belongs to."""

    name: str
    receptor: Receptor
    system: NeuromodulatorySystem


def system(name: str) -> NeuromodulatorySystem | None:
    """Return a neuromodulator by its name or symbol; None if there is none."""
    for one in catalogue.systems().values():
        if plain(name) in map(plain, (one.name, *one.symbols)):
            return one
    return None


def receptor(name: str) -> Found | None:
    """Return a receptor by one of its names; None if there is none."""
    wanted = plain(name).removesuffix("receptor")
    for one in catalogue.systems().values():
        for key, found in one.receptors.items():
            if wanted in map(plain, (key, *found.also)):
                return Found(key, found, one)
    return None


def names() -> list[str]:
    """Return the name of every neuromodulator and receptor."""
    found = catalogue.systems().values()
    return [*(one.name for one in found), *(key for one in found for key in one.receptors)]
