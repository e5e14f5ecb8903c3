"""The shape of the code: who may import whom, and what an installed package carries."""

import ast
import configparser
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# The rooms of the house, from the ground up: a module imports from its own room and from those before it,
# at its top and inside functions alike. What stands beside the folders is the ground.
ROOMS = (
    "ground",
    "units",
    "storage",
    "datasets",
    "description",
    "numerics",
    "transforms",
    "catalogue",
    "builder",
    "backends",
    "result",
    "analysis",
    "plots",
    "checks",
    "simulation",
    "sweeps",
    "reports",
    "cli",
)
GROUND = {"__init__", "__main__", "brian", "errors", "progress", "streams"}
# What a circuit and a run are made of: each is described in a file of its name, and built in another.
NOUNS = ("modulator", "population", "projection", "recording", "task")
DESCRIBED = ("neuromodsim.equations", "neuromodsim.protocols")
# Who may name what is described: the catalogue finds models and experiments, and nothing else knows any.
FINDERS = {"catalogue.catalogue", "catalogue.index"}
# What descriptions of models, experiments and figures may import. Of what makes descriptions from others, an
# experiment may use what puts neuromodulators and their effects into its circuit.
ALLOWED = {
    "equations": ("neuromodsim.equations", "neuromodsim.description"),
    "protocols": (
        "neuromodsim.equations",
        "neuromodsim.protocols",
        "neuromodsim.datasets",
        "neuromodsim.description",
        "neuromodsim.transforms.expansion",
        "neuromodsim.transforms.effect",
        "neuromodsim.transforms.neuromodulator",
        "neuromodsim.errors",
    ),
    "figures": ("figures", "neuromodsim.analysis", "neuromodsim.plots", "neuromodsim.reports.claims"),
}
# What works with results alone may import little, of ours and of others: it is given results.
PURE = {
    "analysis": (
        "collections.abc",
        "typing",
        "numpy",
        "scipy",
        "xarray",
        "neuromodsim.errors",
        "neuromodsim.analysis",
    ),
    "plots": (
        *("collections.abc", "typing", "pathlib", "numpy", "xarray", "matplotlib"),
        *("neuromodsim.errors", "neuromodsim.analysis", "neuromodsim.plots"),
    ),
}
OURS = ("neuromodsim", "equations", "protocols", "figures", "benchmarks", "tests")
# Modules that are imported before anyone knows what is wanted.
LIGHT = (
    "__init__",
    "__main__",
    "brian",
    "errors",
    "backends.cache",
    "catalogue.contents",
    "catalogue.index",
    "catalogue.lookup",
    "cli.listing",
    "cli.main",
    "cli.options",
    "cli.pages",
    "description.listed",
    "description.spelling",
    "reports.claims",
    "sweeps.ensemble",
)
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


@cache
def imports(path: Path, everywhere: bool = True) -> frozenset[str]:
    """Return the dotted names of all that a file imports."""
    names: set[str] = set()
    for node in statements(ast.parse(path.read_text()), everywhere):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(names)


def within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def module(path: Path) -> str:
    """Return the dotted name of a file of the engine, without the package's own."""
    return ".".join(path.relative_to(ROOT / "neuromodsim").with_suffix("").parts)


def room(name: str) -> str:
    """Return the room of a module, named without the package's own."""
    if name == "__main__":
        return "cli"
    return name.partition(".")[0] if "." in name else "ground"


def target(name: str, modules: set[str]) -> str | None:
    """Return which of our modules an imported name is, or is of."""
    inside = name.removeprefix("neuromodsim.")
    return next((m for m in (inside, inside.rpartition(".")[0]) if m in modules), None)


def arrows() -> Iterator[tuple[str, str]]:
    """Yield which module imports which, wherever in it."""
    modules = {module(p): p for p in files("neuromodsim")}
    for name, path in modules.items():
        for imported in imports(path):
            if within(imported, ("neuromodsim",)) and (found := target(imported, set(modules))):
                yield name, found


@pytest.mark.parametrize("folder", sorted(ALLOWED))
def test_descriptions_import_what_describes(folder):
    """Fails when, say, a model imports the engine or an experiment a figure."""
    for path in files(folder):
        wrong = {n for n in imports(path) if within(n, OURS) and not within(n, ALLOWED[folder])}
        assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"


def test_every_module_is_in_a_room():
    """Fails when a folder or a file is added beside the rooms."""
    found = {module(p) for p in files("neuromodsim")}
    assert {name for name in found if "." not in name} == GROUND
    assert {room(name) for name in found} == set(ROOMS)


def test_no_import_points_upward():
    """Fails when a module imports one of a later room, be it inside a function."""
    upward = [f"{a} imports {b}" for a, b in arrows() if ROOMS.index(room(a)) < ROOMS.index(room(b))]
    assert not upward, upward


@pytest.mark.parametrize("noun", NOUNS)
def test_each_noun_is_described_and_built_in_files_of_its_name(noun):
    """Fails when the builder of a noun stands elsewhere than in the file named as that which describes it."""

    def defined(path: Path) -> set[str]:
        kinds = (ast.ClassDef, ast.FunctionDef)
        return {node.name for node in ast.parse(path.read_text()).body if isinstance(node, kinds)}

    describes, builds = (ROOT / "neuromodsim" / r / f"{noun}.py" for r in ("description", "builder"))
    assert noun.title() in defined(describes)
    assert f"add_{noun}" in defined(builds)
    assert f"neuromodsim.description.{noun}.{noun.title()}" in imports(builds)


def test_only_the_catalogue_knows_models_and_experiments():
    """Fails when the engine depends on one model or experiment."""
    for path in files("neuromodsim"):
        wrong = {n for n in imports(path) if within(n, DESCRIBED)}
        assert not wrong or module(path) in FINDERS, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"


def test_all_that_writes_programs_is_in_their_key():
    """Fails when a module that takes part in writing a program is left out of what a build depends on."""
    from neuromodsim.backends import identity

    needs: dict[str, set[str]] = {}
    for name, other in arrows():
        needs.setdefault(name, set()).add(other)
    reached = {module(p) for p in files("neuromodsim") if room(module(p)) == "backends"}
    waiting = set(reached)
    while waiting:
        new = needs.get(waiting.pop(), set()) - reached
        reached |= new
        waiting |= new
    seen = {module(p) for p in identity.code() if p.suffix == ".py"}
    assert reached - {"__init__"} <= seen, sorted(reached - seen)


def test_models_do_not_know_tasks():
    """Fails when an equation file imports a protocol: a brain does not know its task."""
    for path in files("equations"):
        assert not {n for n in imports(path) if "protocols" in n}


def test_figures_read_results_and_never_simulate():
    """Fails when a figure imports Brian2, directly or through its own folder."""
    for path in files("figures"):
        wrong = {
            n for n in imports(path) if within(n, ("brian2", "neuromodsim.simulation", "neuromodsim.sweeps"))
        }
        assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"


@pytest.mark.parametrize("name", sorted(PURE))
def test_what_works_with_results_neither_simulates_nor_reads(name):
    """Fails when an analysis or a plot imports Brian2, Zarr, or what runs an experiment."""
    for path in files(f"neuromodsim/{name}"):
        wrong = {n for n in imports(path) if not within(n, PURE[name])}
        assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"


def test_what_makes_summaries_is_imported_by_name_at_the_top():
    """Fails when a figure reads a function of ours in a way that the digest of its summary cannot follow."""
    for path in [*files("figures"), *files("neuromodsim/analysis")]:
        nodes = list(ast.walk(ast.parse(path.read_text())))
        plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
        loose = {node.module for node in nodes if isinstance(node, ast.ImportFrom)} & {
            "neuromodsim",
            "figures",
        }
        late = imports(path) - imports(path, everywhere=False)
        wrong = {n for n in plain | late if within(n, OURS)} | loose
        assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"


def test_engine_has_no_import_cycle():
    """Fails when two modules of the engine need each other, be it inside a function."""
    needs: dict[str, set[str]] = {module(p): set() for p in files("neuromodsim")}
    for name, other in arrows():
        needs[name] |= {other} - {name}
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
        for folder in ("neuromodsim", "equations", "protocols", "figures")
        for path in files(folder)
        if path.name == "__init__.py"
    }
    assert listed == {n if n.startswith("neuromodsim") else f"neuromodsim.{n}" for n in found}


def test_setup_cfg_lists_the_data_of_figures_and_templates():
    """Fails when a figure, its summary or a template is left out of every installed package."""
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    data = setup["options.package_data"].items()
    listed = {name: [glob.strip() for glob in globs.split(",")] for name, globs in data}
    for package, folder, needed in (
        ("neuromodsim.figures", "figures", ("*/*.summary.json",)),
        ("neuromodsim.plots", "neuromodsim/plots", ("*.mplstyle",)),
        ("neuromodsim.cli", "neuromodsim/cli", ("templates/*",)),
        ("neuromodsim.backends", "neuromodsim/backends", ("templates/*",)),
    ):
        carried = {path for glob in listed[package] for path in (ROOT / folder).glob(glob)}
        assert {path for glob in needed for path in (ROOT / folder).glob(glob)} <= carried
        assert not {path for path in carried if path.suffix == ".png"}


def test_every_folder_with_code_is_a_package():
    """Fails when a folder lacks __init__.py: an editable installation could not import it."""
    for folder in ("neuromodsim", "equations", "protocols"):
        for path in files(folder):
            assert (path.parent / "__init__.py").exists(), f"{path.parent} has no __init__.py"


@pytest.mark.parametrize("name", ["equations", "protocols"])
def test_links_in_the_package_lead_to_the_folders_beside_it(name):
    """Fails when a link is missing: a bare checkout could not import neuromodsim.equations."""
    assert (ROOT / "neuromodsim" / name).resolve() == ROOT / name
