"""Experiments by name, wherever they are: in the catalogue, a plug-in, a module, or a file of one's own.

- ``distal_reward``: of the catalogue, or of a package that registers it in the entry-point group
  ``neuromodsim.experiments``;
- ``my_package.tasks:CHOICE``: of a module that Python can import;
- ``./my_task.py:CHOICE``: of a file; without ``:CHOICE`` if it describes one experiment only.

Naming a file runs it. No name that stands in a dataset does.
"""

import hashlib
import importlib
import importlib.util
import sys
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

from neuromodsim.catalogue import catalogue
from neuromodsim.description.experiment import Experiment
from neuromodsim.errors import WrongInput, unknown

GROUP = "neuromodsim.experiments"


def plugins() -> dict[str, EntryPoint]:
    """Return the experiments that installed packages register, by name."""
    return {point.name: point for point in entry_points(group=GROUP)}


def find(name: str) -> Experiment:
    """Return an experiment by name.

    Raises
    ------
    WrongInput
        If there is none of that name, or what it names is none or cannot be imported.

    Examples
    --------
    >>> find("pairing").name
    'pairing'
    >>> find("neuromodsim.protocols:PAIRING").name
    'pairing'
    """
    where, colon, attribute = name.rpartition(":")
    if colon and where.endswith(".py"):
        return _named(name, _file(where), attribute)
    if name.endswith(".py"):
        return _only(name, _file(name))
    if colon:
        return _named(name, _module(name, where), attribute)
    if name not in catalogue.experiments() and name in (registered := plugins()):
        return _experiment(name, _loaded(name, registered[name]))
    return catalogue.experiment(name)


def absolute(name: str) -> str:
    """Return a name that means the same in any folder."""
    where, colon, attribute = name.rpartition(":")
    if colon and where.endswith(".py"):
        return f"{Path(where).expanduser().resolve()}:{attribute}"
    return str(Path(name).expanduser().resolve()) if name.endswith(".py") else name


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


def _inside(module: ModuleType) -> dict[str, Experiment]:
    """Return the experiments of a module, less those of the catalogue that it imports."""
    known = {id(experiment) for experiment in catalogue.experiments().values()}
    found = {name: value for name, value in vars(module).items() if isinstance(value, Experiment)}
    return {name: value for name, value in found.items() if id(value) not in known}


def _named(name: str, module: ModuleType, attribute: str) -> Experiment:
    if not hasattr(module, attribute):
        raise unknown(f"experiment in '{name.rpartition(':')[0]}'", attribute, _inside(module))
    return _experiment(name, getattr(module, attribute))


def _only(name: str, module: ModuleType) -> Experiment:
    found = _inside(module)
    if len(found) != 1:
        which = f"{len(found)} experiments ({', '.join(found)})" if found else "no experiment"
        raise WrongInput(f"'{name}' describes {which}; name one as '{name}:NAME'.")
    return next(iter(found.values()))


def _experiment(name: str, found: Any) -> Experiment:
    if not isinstance(found, Experiment):
        raise WrongInput(f"'{name}' is no experiment but a {type(found).__name__}.")
    return found
