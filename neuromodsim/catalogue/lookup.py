"""Whether a name is there, before anything slow is imported: a typing error is answered at once."""

from collections.abc import Iterable, Mapping
from importlib.metadata import EntryPoint, entry_points

from neuromodsim.catalogue.index import listed, literals, names, receptors
from neuromodsim.catalogue.written import plain as plain_of
from neuromodsim.description import spelling
from neuromodsim.description.spelling import missing
from neuromodsim.errors import WrongInput, unknown

KINDS = "model, drug, experiment, figure, neuromodulator or receptor"
GROUP = "neuromodsim.experiments"


def plugins() -> dict[str, EntryPoint]:
    """Return the experiments that installed packages register, by name."""
    return {point.name: point for point in entry_points(group=GROUP)}


def expect_known(name: str, *, experiments: bool = False) -> None:
    """Raise `WrongInput` if nothing is there by a name, or a family has no such axis or value.

    What a file or a module holds is not looked at.

    Parameters
    ----------
    name
        As typed, with the values of axes.
    experiments
        Whether it has to be an experiment.
    """
    plain, chosen = spelling.split(name)
    if ":" in plain or plain.endswith(".py"):
        return
    known = listed()
    if plain in known:
        expect_axes(plain, chosen)
        return
    # Registered experiments last: looking through all installed packages takes longest.
    if (not experiments and may_be(plain)) or plain in plugins():
        return
    if experiments:
        raise unknown("experiment", plain, [*known, *plugins()])
    raise unknown(KINDS, plain, every())


def names_experiment(plain: str) -> bool:
    """Whether a name, without values of axes, is one of an experiment or a family, wherever it is."""
    return plain in listed() or is_of_others(plain)


def is_of_others(plain: str) -> bool:
    """Whether a name, without values of axes, is one of a file, a module or another installed package."""
    return ":" in plain or plain.endswith(".py") or plain in plugins()


def may_be(name: str) -> bool:
    """Whether something may be there by a name: neuromodulators and receptors are written in many ways."""
    return name in names() or plain_of(name) in map(plain_of, literals())


def every() -> list[str]:
    """Return the name of everything that can be shown, of receptors as they are listed."""
    return [*names(), *plugins(), *receptors()]


def expect_axes(name: str, chosen: Mapping[str, str]) -> None:
    """Raise `WrongInput` if an experiment of the list has no such axis, or no such value by name."""
    axes = listed()[name].options()
    for axis, value in chosen.items():
        if not axes:
            raise WrongInput(f"'{name}' has no axes, so '{axis}' cannot be chosen.")
        if axis not in axes:
            raise missing("axis", axis, name, axes)
        if value not in axes[axis] and not axes[axis][0].isdecimal():
            raise missing(axis, value, name, axes[axis])


def spelled(words: Iterable[str]) -> list[str]:
    """Return names, each with the values of axes that follow it.

    Examples
    --------
    >>> spelled(["digits", "cells=50", "pairing"])
    ['digits cells=50', 'pairing']
    """
    found: list[str] = []
    for word in words:
        if found and spelling.is_choice(word):
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found
