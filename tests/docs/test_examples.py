"""Examples in docstrings: every public name has one, and each does what it says."""

import doctest
import importlib
import inspect
from pathlib import Path

import pytest

import neuromodsim
from tests import workers

HOME = Path(neuromodsim.__file__).parent
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
# What is no class or function has no docstring of its own.
CONSTANTS = {"NEVER", "NEVER_STEP", "__version__"}


def modules_with_examples():
    paths = [path for path in sorted(HOME.rglob("*.py")) if ">>>" in path.read_text()]
    names = [".".join(path.relative_to(HOME.parent).with_suffix("").parts) for path in paths]
    return [name.removesuffix(".__init__") for name in names]


@pytest.mark.parametrize("name", modules_with_examples())
def test_examples_do_what_they_say(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    workers.here(monkeypatch)
    result = doctest.testmod(importlib.import_module(name), optionflags=OPTIONS)
    assert result.attempted and not result.failed


@pytest.mark.parametrize("room", ["analysis", "plots"])
def test_functions_of_results_have_examples(room):
    """Fails when a function that a notebook may use does not show how."""
    for path in sorted((HOME / room).glob("*.py")):
        module = importlib.import_module(f"neuromodsim.{room}.{path.stem}")
        own = [v for v in vars(module).values() if getattr(v, "__module__", None) == module.__name__]
        public = [f for f in own if inspect.isfunction(f) and not f.__name__.startswith("_")]
        assert [f.__name__ for f in public if ">>>" not in (inspect.getdoc(f) or "")] == [], path


@pytest.mark.parametrize("name", sorted(set(neuromodsim.__all__) - CONSTANTS))
def test_a_public_name_has_an_example(name):
    """Fails when a name is exported whose docstring shows no use of it."""
    assert ">>>" in (inspect.getdoc(getattr(neuromodsim, name)) or "")
