"""Experiments by name, wherever they are: in the catalogue, a plug-in, a module, or a file of one's own.

- ``distal_reward``: of the catalogue, or of a package that registers it in the entry-point group
  ``neuromodsim.experiments``;
- ``my_package.tasks:CHOICE``: of a module that Python can import;
- ``./my_task.py:CHOICE``: of a file; without ``:CHOICE`` if it describes one experiment only;
- any of them followed by the values of axes where it is a family: ``class_incremental data=digits rule=bp``.

Naming a file runs it. No name that stands in a dataset does.
"""

import hashlib
import importlib
import importlib.util
import sys
from collections.abc import Mapping
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType
from typing import Any

from neuromodsim.catalogue import catalogue
from neuromodsim.catalogue.catalogue import Described
from neuromodsim.catalogue.index import listed
from neuromodsim.catalogue.lookup import plugins
from neuromodsim.catalogue.software import SOFTWARE
from neuromodsim.description import spelling
from neuromodsim.description.drug import Drug
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.family import ExperimentFamily
from neuromodsim.description.model import Model, Source
from neuromodsim.errors import WrongInput, unknown


def find(name: str, variant: Mapping[str, Any] | None = None) -> Experiment:
    """Return an experiment by name, or a variant of a family.

    Parameters
    ----------
    name
        Its name, followed by the values of axes if it is a family, as in ``class_incremental data=digits``.
    variant
        Further values by axis.

    Raises
    ------
    WrongInput
        If there is none of that name, or what it names is none or cannot be imported; if there is no such
        axis, value or combination.

    Examples
    --------
    >>> find("pairing").name
    'pairing'
    >>> find("neuromodsim.protocols:PAIRING").name
    'pairing'
    >>> find("class_incremental data=digits", {"rule": "bp"}).name
    'class_incremental data=digits rule=bp'
    """
    plain, chosen = spelling.split(name)
    given = dict(variant or {})
    for axis in given:
        if axis in chosen:
            raise WrongInput(f"'{axis}' is chosen twice.")
    if plain in listed() and not given:
        return catalogue.experiment(name)
    return catalogue.variant(described(plain), {**chosen, **given})


def described(name: str) -> Described:
    """Return an experiment or a family by name, without values of axes; errors as of `find`."""
    if ":" in name:
        return _experiment(name, _attribute(name, (Experiment, ExperimentFamily), "experiment"))
    if name.endswith(".py"):
        return _only(name, _file(name))
    if name not in listed() and name in (registered := plugins()):
        return _experiment(name, _loaded(name, registered[name]))
    return catalogue.described(name)


def part(name: str) -> Described | Model | Drug:
    """Return what a name such as ``./my_models.py:CELL`` stands for: anything that has a page of its own.

    Raises
    ------
    WrongInput
        If there is nothing of that name, or it is no experiment, model, task or drug.
    """
    kinds = (Experiment, ExperimentFamily, Model, Drug)
    found = _attribute(name, kinds, "experiment, model, task or drug")
    if not isinstance(found, kinds):
        raise WrongInput(
            f"'{name}' must be an experiment, a model, a task or a drug; got a {type(found).__name__}."
        )
    return found


def sources(name: str) -> list[Source]:
    """Return the publications behind what a name stands for, and the programs that run it.

    Raises
    ------
    WrongInput
        If there is nothing of that name, or it cannot be imported.
    """
    plain, _ = spelling.split(name)
    if ":" in plain:
        found = part(plain)
        if not isinstance(found, Experiment | ExperimentFamily):
            return [found.source, *SOFTWARE]
    elif not plain.endswith(".py") and (plain in listed() or plain not in plugins()):
        return catalogue.sources(name)
    return [*find(name).sources().values(), *SOFTWARE]


def absolute(name: str) -> str:
    """Return a name that means the same in any folder."""
    plain, chosen = spelling.split(name)
    where, colon, attribute = plain.rpartition(":")
    if colon and where.endswith(".py"):
        plain = f"{Path(where).expanduser().resolve()}:{attribute}"
    elif plain.endswith(".py"):
        plain = str(Path(plain).expanduser().resolve())
    return spelling.joined(plain, chosen)


def _module(name: str, module: str) -> ModuleType:
    try:
        return importlib.import_module(module)
    except (ImportError, ValueError) as error:
        raise WrongInput(f"There is no experiment '{name}' ({error}).") from error
    except Exception as error:  # whatever its code sets off
        raise _broken(module, error) from error


def _file(path: str) -> ModuleType:
    """Return a file as a module, run once for each state of it; what stands beside it can be imported."""
    place = Path(path).expanduser().resolve()
    if not place.is_file():
        raise WrongInput(f"There is no file '{path}'.")
    state = f"{place} {place.stat().st_mtime_ns}"
    name = f"{place.stem}_{hashlib.sha256(state.encode()).hexdigest()[:12]}"
    if name in sys.modules:
        return sys.modules[name]
    if str(place.parent) not in sys.path:
        sys.path.append(str(place.parent))
    spec = importlib.util.spec_from_file_location(name, place)
    assert spec is not None and spec.loader is not None  # of a name that ends in .py
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # whatever its code sets off
        del sys.modules[name]
        raise _broken(path, error) from error
    return module


def _broken(what: str, error: Exception) -> WrongInput:
    """Return a mistake in a description as it is, and any other as what keeps its module from being used."""
    if isinstance(error, WrongInput):
        return error
    return WrongInput(f"'{what}' cannot be imported ({type(error).__name__}: {error}).")


def _loaded(name: str, point: EntryPoint) -> Any:
    try:
        return point.load()
    except Exception as error:  # whatever its code sets off
        raise _broken(f"{name} ({point.value})", error) from error


def _inside(module: ModuleType) -> dict[str, Described]:
    """Return the experiments and families of a module, less those of the catalogue that it imports."""
    found = _of_kind(module, (Experiment, ExperimentFamily))
    return {name: value for name, value in found.items() if not _imported(value)}


def _of_kind(module: ModuleType, kinds: tuple[type, ...]) -> dict[str, Any]:
    return {name: value for name, value in vars(module).items() if isinstance(value, kinds)}


def _imported(value: Described) -> bool:
    """Whether something is what the catalogue holds by its name."""
    try:
        plain, chosen = spelling.split(value.name)
        known = catalogue.described(plain)
        return value is known or value is catalogue.variant(known, chosen)
    except WrongInput:
        return False


def _attribute(name: str, kinds: tuple[type, ...], what: str) -> Any:
    """Return an attribute of a file or module; where there is none, the nearest of some kinds are named."""
    where, _, attribute = name.rpartition(":")
    module = _file(where) if where.endswith(".py") else _module(name, where)
    if not hasattr(module, attribute):
        raise unknown(f"{what} in '{where}'", attribute, _of_kind(module, kinds))
    return getattr(module, attribute)


def _only(name: str, module: ModuleType) -> Described:
    found = _inside(module)
    if len(found) != 1:
        which = f"{len(found)} experiments ({', '.join(found)})" if found else "no experiment"
        raise WrongInput(f"'{name}' describes {which}; name one as '{name}:NAME'.")
    return next(iter(found.values()))


def _experiment(name: str, found: Any) -> Described:
    if not isinstance(found, Experiment | ExperimentFamily):
        raise WrongInput(f"'{name}' must be an experiment; got a {type(found).__name__}.")
    return found
