"""The command ``neuromodsim new``: a small experiment or model of one's own to start from, with its test."""

import argparse
import os
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from string import Template

from neuromodsim.cli.terminal import print_json
from neuromodsim.errors import OutputExists, WrongInput
from neuromodsim.storage import files

TEMPLATES = Path(__file__).parent / "templates"
IMPORTED = ("brian2", "neuromodsim", "numpy", "pytest")  # by the files and their tests
# What of a new file is run: the experiment, or the smallest one with the model.
RUNS = {"experiment": "{NAME}", "model": "TRY"}


def new(namespace: argparse.Namespace) -> int:
    """Write a file that describes something new, and its test, into the present folder."""
    kind, name = namespace.kind, namespace.name
    _expect_name(name)
    places = {Path(f"{name}.py"): kind, Path(f"test_{name}.py"): f"test_{kind}"}
    for place in places:
        if os.path.lexists(place):
            raise OutputExists(f"'{place}' is already there; choose another name.")
    for place in places:
        files.expect_writable(place)
    for place, template in places.items():
        with files.beside(place, new=True) as fresh:
            fresh.write_text(_filled(template, name))
    _report(namespace, places)
    return 0


def _expect_name(name: str) -> None:
    """Raise `WrongInput` unless a file, a Python constant and a model can have this name."""
    from neuromodsim.description.words import expect_compiled

    expect_compiled("experiment or model", name)
    if name in sys.stdlib_module_names or name in IMPORTED:
        raise WrongInput(f"'{name}' is a module of Python already, which the file would hide; rename it.")
    if name.startswith("test_"):
        raise WrongInput(f"'{name}' begins like a test, of which 'test_{name}.py' would be one; rename it.")
    if name == name.upper():
        raise WrongInput(f"'{name}' must have a small letter: in capitals it names what the file describes.")


def _filled(template: str, name: str) -> str:
    text = (TEMPLATES / f"{template}.txt").read_text()
    title = name.replace("_", " ").strip().capitalize()
    return Template(text).substitute(name=name, NAME=name.upper(), title=title, year=date.today().year)


def _report(namespace: argparse.Namespace, places: dict[Path, str]) -> None:
    file, test = map(str, places)
    what = RUNS[namespace.kind].format(NAME=namespace.name.upper())
    if namespace.json:
        print_json({"files": [file, test], "run": f"./{file}:{what}"})
        return
    print(f"{file} and {test} were written. Next:")
    outputs = f"-o {namespace.name}.zarr --figure {namespace.name}.png"
    print(f"  neuromodsim run ./{file}:{what} --device numpy {outputs}")
    if find_spec("pytest") is None:
        print("  python -m pip install pytest")
    print(f"  python -m pytest {test}")
