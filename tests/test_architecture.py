"""The shape of the code: who may import whom, and what an installed package carries."""

import ast
import configparser
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EDGES = {"catalogue", "cli", "__main__"}  # may know every model, experiment and figure

# What the modules of each folder may import of ours. The engine may import itself.
ALLOWED = {
    "equations": ("neuromodsim.equations", "neuromodsim.model", "neuromodsim.pool"),  # a pool holds drugs
    "protocols": (
        "neuromodsim.circuit",
        "neuromodsim.datasets",
        "neuromodsim.effect",
        "neuromodsim.equations",
        "neuromodsim.errors",
        "neuromodsim.experiment",
        "neuromodsim.geometry",
        "neuromodsim.model",
        "neuromodsim.neuromodulator",
        "neuromodsim.protocols",
        "neuromodsim.task",
    ),
    "figures": ("figures", "neuromodsim.analysis", "neuromodsim.claims", "neuromodsim.plots"),
    "neuromodsim": ("neuromodsim",),
}
OURS = ("neuromodsim", "equations", "protocols", "figures", "benchmarks", "tests")
# Modules that are imported before anyone knows what is wanted.
LIGHT = ("__init__", "__main__", "cli", "options", "errors", "claims", "quiet", "ensemble", "backend.cache")
HEAVY = ("brian2", "distributed", "matplotlib", "numpy", "rich", "scipy", "sklearn", "xarray", "zarr")


def files(folder: str) -> list[Path]:
    """Return the Python files of a top-level folder, links inside it left out."""
    inside = [p for p in (ROOT / folder).rglob("*.py") if p.resolve().is_relative_to(ROOT / folder)]
    return [p for p in inside if "__pycache__" not in p.parts]


def statements(tree: ast.AST, everywhere: bool) -> Iterator[ast.AST]:
    """Yield statements; unless ``everywhere``, only those that run when a module is imported."""
    for node in ast.iter_child_nodes(tree):
        yield node
        later = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        typing = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        if everywhere or not (later or typing):
            yield from statements(node, everywhere)


def imports(path: Path, everywhere: bool = True) -> set[str]:
    """Return the dotted names of all that a file imports."""
    names = set()
    for node in statements(ast.parse(path.read_text()), everywhere):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def module(path: Path) -> str:
    """Return the dotted name of a file of the engine, without the package's own."""
    return ".".join(path.relative_to(ROOT / "neuromodsim").with_suffix("").parts)


@pytest.mark.parametrize("folder", sorted(ALLOWED))
def test_imports_point_one_way(folder):
    """Fails when, say, a model imports the engine or an experiment another figure."""
    for path in files(folder):
        if folder == "neuromodsim" and module(path) in EDGES:
            continue
        wrong = {n for n in imports(path) if within(n, OURS) and not within(n, ALLOWED[folder])}
        if folder == "neuromodsim":
            described = ("neuromodsim.equations", "neuromodsim.protocols")
            wrong |= {n for n in imports(path) if within(n, described)}
        assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"


def test_models_do_not_know_tasks():
    """Fails when an equation file imports a protocol: a brain does not know its task."""
    for path in files("equations"):
        assert not {n for n in imports(path) if "protocols" in n}


def test_figures_read_results_and_never_simulate():
    """Fails when a figure imports Brian2, directly or through its own folder."""
    for path in files("figures"):
        wrong = {n for n in imports(path) if within(n, ("brian2", "neuromodsim.simulation"))}
        assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"


def test_engine_has_no_import_cycle():
    """Fails when two modules of the engine need each other at import time."""
    modules = {module(p): p for p in files("neuromodsim") if p.stem != "__init__"}
    imported = {name: imports(path, everywhere=False) for name, path in modules.items()}
    needs = {
        name: {m for m in modules for n in names if within(n, (f"neuromodsim.{m}",))}
        for name, names in imported.items()
    }
    while needs:
        free = {name for name, others in needs.items() if not others & set(needs)}
        assert free, f"these import each other: {sorted(needs)}"
        needs = {name: others for name, others in needs.items() if name not in free}


@pytest.mark.parametrize("name", LIGHT)
def test_what_every_command_needs_imports_nothing_slow(name):
    """Fails when the command line imports Brian2 or another slow package before it is wanted."""
    path = ROOT / "neuromodsim" / f"{name.replace('.', '/')}.py"
    slow = {n for n in imports(path, everywhere=False) if within(n, HEAVY)}
    assert not slow, f"{name} imports {sorted(slow)} at its top"


def test_setup_cfg_lists_every_package():
    """Fails when a new folder is not listed: it would be left out of every installed package."""
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    listed = set(setup["options"]["packages"].split())
    found = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for folder in ("neuromodsim", "equations", "protocols")
        for path in files(folder)
        if path.name == "__init__.py"
    }
    assert listed == {n if n.startswith("neuromodsim") else f"neuromodsim.{n}" for n in found}


def test_every_folder_with_code_is_a_package():
    """Fails when a folder lacks __init__.py: an editable installation could not import it."""
    for folder in ("neuromodsim", "equations", "protocols"):
        for path in files(folder):
            assert (path.parent / "__init__.py").exists(), f"{path.parent} has no __init__.py"


@pytest.mark.parametrize("name", ["equations", "protocols"])
def test_links_in_the_package_lead_to_the_folders_beside_it(name):
    """Fails when a link is missing: a bare checkout could not import neuromodsim.equations."""
    assert (ROOT / "neuromodsim" / name).resolve() == ROOT / name
