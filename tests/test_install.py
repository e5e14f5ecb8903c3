"""The package as others get it: built, installed into a fresh environment, used from elsewhere."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.install

LOOK = """
import contextlib, io, json
from pathlib import Path
import neuromodsim
from neuromodsim import equations, protocols
from neuromodsim.backends import cpp
from neuromodsim.cli import main

def answer(*words):
    with contextlib.redirect_stdout(io.StringIO()) as said:
        assert main.main([*words, "--json"]) == 0
    return json.loads(said.getvalue())

print(json.dumps({
    "package": str(Path(neuromodsim.__file__).parent),
    "equations": equations.__name__,
    "dopamine": equations.DOPAMINE_STDP.name,
    "experiment": protocols.DISTAL_REWARD.name,
    "templates": sorted(path.name for path in cpp.TEMPLATES.iterdir()),
    "figures": [figure["name"] for figure in answer("list")["figures"]],
    "models": [model["name"] for model in answer("list", "models")["models"]],
}))
"""


def call(*command: object, folder: Path) -> str:
    """Run a command without this checkout on its path; return what it prints."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:] + done.stdout[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Path:
    """Return a copy of the source that building may leave things in; the links stay links."""
    copy = tmp_path_factory.mktemp("source") / "neuromodsim"
    made = (".git", ".venv", "results", "build", "dist", "*.egg-info", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, copy, symlinks=True, ignore=shutil.ignore_patterns(*made))
    return copy


@pytest.fixture(scope="module")
def archives(checkout) -> dict[str, Path]:
    """Return a source archive, and a wheel built from it and not from the checkout."""
    call(sys.executable, "-m", "build", "--no-isolation", "--outdir", checkout / "dist", ".", folder=checkout)
    (wheel,) = (checkout / "dist").glob("*.whl")
    (source,) = (checkout / "dist").glob("*.tar.gz")
    return {"wheel": wheel, "sdist": source}


def environment(folder: Path) -> Path:
    """Return the Python of a fresh environment that sees our dependencies, but not neuromodsim."""
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    (packages,) = (folder / "lib").glob("python*/site-packages")
    here = Path(pytest.__file__).parent.parent
    for path in here.iterdir():
        if "neuromodsim" not in path.name.lower() and path.name != "__pycache__":
            (packages / path.name).symlink_to(path)
    return python


def test_source_archive_keeps_the_layout(archives):
    """Fails when equations/ or protocols/ do not stand at the top, or a file of the project is left out."""
    with tarfile.open(archives["sdist"]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    needed = {"setup.cfg", "LICENSE", "CHANGELOG.md", "Makefile", "tests/test_install.py"}
    needed |= {"equations/plasticity/dopamine_stdp.py", "protocols/distal_reward/task.py"}
    needed |= {"neuromodsim/backends/templates/network.cpp", "neuromodsim/py.typed"}
    assert needed <= names, sorted(needed - names)


def test_wheel_has_every_module_and_nothing_else(archives):
    """Fails when a folder is forgotten in setup.cfg, or tests are installed with the package."""
    with zipfile.ZipFile(archives["wheel"]) as archive:
        names = set(archive.namelist())
    wanted = {
        f"neuromodsim/{path.relative_to(ROOT)}"
        for folder in ("equations", "protocols", "figures")
        for path in (ROOT / folder).rglob("*.py")
    }
    summaries = (ROOT / "figures").glob("*/*.summary.json")
    wanted |= {f"neuromodsim/{path.relative_to(ROOT)}" for path in summaries}
    assert wanted <= names, sorted(wanted - names)
    assert not [name for name in names if name.endswith(".png")]
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"neuromodsim"}


@pytest.mark.parametrize("kind", ["wheel", "editable"])  # the wheel is made from the source archive
def test_installed_package_works_from_elsewhere(kind, archives, checkout, tmp_path):
    """Fails when something that works in a checkout is missing from an installed package."""
    python = environment(tmp_path / "environment")
    what = ["--editable", checkout] if kind == "editable" else [archives[kind]]
    install = (python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation")
    install += ("--no-compile",)  # what is imported is compiled then
    call(*install, *what, folder=tmp_path)
    found = json.loads(call(python, "-c", LOOK, folder=tmp_path))
    assert found["equations"] == "neuromodsim.equations"
    assert (found["dopamine"], found["experiment"]) == ("dopamine_stdp", "distal_reward")
    assert {"network.cpp", "neuromodsim_run.h"} <= set(found["templates"])
    home = checkout if kind == "editable" else tmp_path / "environment"
    assert Path(found["package"]).is_relative_to(home)
    assert "dopamine_stdp" in found["models"] and "izhikevich2007/released" in found["figures"]
    command = python.parent / "neuromodsim"
    if kind == "editable":
        assert "neuromodsim" in call(command, "--version", folder=tmp_path)
        return
    assert "in the current folder" in call(command, "figure", "izhikevich2007/released", folder=tmp_path)
    assert (tmp_path / "izhikevich2007_released.png").stat().st_size > 10_000


def test_bare_checkout_works(checkout):
    """Fails when the links are gone: a clone that nobody installed could not be used."""
    first = "import sys; sys.path.insert(0, '.')\n"  # before an editable installation of the original
    found = json.loads(call(sys.executable, "-c", first + LOOK, folder=checkout))
    assert Path(found["package"]) == checkout / "neuromodsim"
