"""What the documentation says: its code runs, its commands exist, its links lead somewhere."""

import importlib
import json
import re
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest
from brian2 import second

import neuromodsim
from neuromodsim import analysis, equations
from neuromodsim.catalogue import catalogue, systems
from neuromodsim.cli import main, options
from neuromodsim.description import spelling
from neuromodsim.description.drug import Drug
from neuromodsim.description.model import Model
from neuromodsim.units import quantities
from tests import workers
from tests.docs.tables import BLOCK, NAMED, in_tables, written

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# How long a network of that many cells, or more, may run; a small one runs as long as its page says.
LONGEST = {100: 0.05 * second, 40: 0.6 * second}
# How long one may run of which a page does not say how long.
USUAL = {100: 0.05 * second, 40: 0.31 * second, 0: 2.5 * second}
NAMES = ("dopamine", "acetylcholine", "serotonin", "noradrenaline")
MODULATORS = [ROOT / "docs" / f"{modulator}.md" for modulator in NAMES]
# What neuromodulators are made of, by folder of the catalogue; plasticity and cells serve other models too.
PARTS = ("clearance", "receptors", "release", "effects", "drugs", "sensors", "messengers", "neurons.nuclei")
# What a page of a modulator need not tell: what presets are made from, and what is not a concentration.
UNTOLD = {"ADAPTIVE_EXPONENTIAL", "EXTRACELLULAR", "ENZYMATIC", "RECEPTOR", "EXPECTATION", "PHASIC_DOPAMINE"}
# Names that the worked examples make up.
EXAMPLES = {"choice", "two_tags", "my_task", "./my_task.py:MY_TASK"}
LINK = re.compile(r"\]\(([^)\s]+)\)")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def blocks(page: Path, language: str) -> list[str]:
    """Return the code blocks of a page that are in a language; ``""`` for those that name none."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", page.read_text(), re.MULTILINE | re.DOTALL)
    return [code for kind, code in found if kind == language]


def cells(notebook: Path) -> list[dict[str, Any]]:
    return list(json.loads(notebook.read_text())["cells"])


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Make runs short and on NumPy, in a folder of their own."""
    simulate = neuromodsim.simulate

    def short(experiment: Any, *, duration: Any = None, device: str = "", **options: Any) -> Any:
        known = catalogue.experiment(experiment) if isinstance(experiment, str) else experiment
        asked = known.duration if duration is None else duration
        asked = quantities.parse(asked) if isinstance(asked, str) else asked
        cells = sum(population.size for population in known.circuit.populations)
        limits = USUAL if duration is None else LONGEST
        longest = next((time for size, time in limits.items() if cells >= size), asked)
        return simulate(experiment, duration=min(asked, longest), device="numpy", **options)

    monkeypatch.setattr(neuromodsim, "simulate", short)
    workers.here(monkeypatch)
    monkeypatch.chdir(tmp_path)


def run(codes: list[str], where: Path) -> None:
    """Run pieces of code one after the other in one fresh namespace."""
    namespace: dict[str, Any] = {"__name__": "documentation"}
    for code in codes:
        exec(compile(code, name(where), "exec"), namespace)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "python")], ids=name)
def test_code_of_a_page_runs(page):
    """Fails when a page shows code that does not run, or whose own checks do not hold."""
    run(blocks(page, "python"), page)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=name)
def test_a_notebook_runs(notebook):
    """Fails when a cell of a notebook does not run."""
    run(["".join(cell["source"]) for cell in cells(notebook) if cell["cell_type"] == "code"], notebook)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=name)
def test_notebooks_are_kept_without_outputs(notebook):
    """Fails when somebody commits what a notebook printed and drew."""
    codes = [cell for cell in cells(notebook) if cell["cell_type"] == "code"]
    assert not any(cell["outputs"] or cell["execution_count"] for cell in codes)


@pytest.mark.parametrize("page", [p for p in PAGES if BLOCK.search(p.read_text())], ids=name)
def test_tables_of_a_page_are_those_of_the_code(page):
    """Fails when a number in a table and in the code differ; ``python -m tests.docs.tables`` writes it."""
    found = page.read_text()
    assert found.splitlines() == written(found).splitlines()


def told(page: Path) -> set[str]:
    """Return the models and drugs that a page names in its text, and those that its tables are made of."""
    text = page.read_text()
    return {*NAMED.findall(BLOCK.sub("", text)), *in_tables(text)}


@pytest.mark.parametrize("page", MODULATORS, ids=name)
def test_models_that_a_page_names_exist(page):
    """Fails when a page of a modulator names a model or drug that was renamed or removed."""
    assert [known for known in sorted(told(page)) if not hasattr(equations, known)] == []


def test_every_part_of_a_neuromodulator_is_on_a_page():
    """Fails when a pool, receptor, drug or effect is added and no page tells of it."""
    pages = [*MODULATORS, ROOT / "docs" / "neuromodulators.md"]
    folders = tuple(f"neuromodsim.equations.{part}" for part in PARTS)
    here = {
        known
        for place, module in sys.modules.items()
        if place.startswith(folders)
        for known, value in vars(module).items()
        if isinstance(value, Model | Drug) and getattr(equations, known, None) is value
    }
    assert len(here) > 50
    assert sorted(here.difference(UNTOLD, *map(told, pages))) == []


def test_every_function_of_results_is_on_its_page():
    """Fails when a function of results is added, renamed or removed and the reference does not follow."""
    page = (ROOT / "docs" / "analysis.md").read_text()
    rooms = [path.stem for path in Path(analysis.__path__[0]).glob("[a-z]*.py")]
    modules = {room: importlib.import_module(f"{analysis.__name__}.{room}") for room in rooms}
    here = {
        f"{room}.{known}"
        for room, module in modules.items()
        for known, value in vars(module).items()
        if getattr(value, "__module__", None) == module.__name__ and not known.startswith("_")
    }
    assert set(re.findall(r"^\| `(\w+\.\w+)` \|", page, re.MULTILINE)) == here


def commands(page: Path) -> list[list[str]]:
    """Return the words of every ``neuromodsim`` command that stands in a block of a page."""
    lines = [line for code in blocks(page, "") for line in code.splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("neuromodsim ")]


@pytest.mark.parametrize("page", [p for p in PAGES if commands(p)], ids=name)
def test_commands_of_a_page_exist(page):
    """Fails when a page shows a command, an option or a name that is not there."""
    known = {*catalogue.experiments(), *catalogue.models(), *catalogue.figures(), *systems.names(), *EXAMPLES}
    for words in commands(page):
        told = options.parsed(main.COMMANDS, words)
        named = told.names if told.command == "cite" else [getattr(told, "name", None)]
        for one in filter(None, named):
            plain, chosen = spelling.split(one)
            assert plain in known, f"neuromodsim {' '.join(words)}"
            assert not chosen or catalogue.experiment(one).name == one, "is spelled otherwise"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_make_targets_of_a_page_exist(page):
    """Fails when a page says ``make something`` that the Makefile does not have."""
    made = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    lines = [line for code in blocks(page, "") for line in code.splitlines()]
    said = {line.split()[1] for line in lines if line.startswith("make ")}
    assert said <= made


def links(page: Path) -> list[str]:
    if page.suffix != ".ipynb":
        return LINK.findall(page.read_text())
    texts = ["".join(cell["source"]) for cell in cells(page) if cell["cell_type"] == "markdown"]
    return LINK.findall("\n".join(texts))


@pytest.mark.parametrize("page", [*PAGES, *NOTEBOOKS], ids=name)
def test_links_of_a_page_lead_somewhere(page):
    """Fails when a file or a heading that a page refers to is not there."""
    for link in links(page):
        if re.match(r"\w+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{name(page)} refers to {link}"
        assert not anchor or anchor in anchors(target), f"{name(page)} refers to {link}"


def test_every_decision_is_listed():
    """Fails when a decision record is left out of the list, or two have one number."""
    folder = ROOT / "docs" / "decisions"
    records = [path.name for path in sorted(folder.glob("0*.md"))]
    assert links(folder / "README.md") == records
    assert [int(record[:4]) for record in records] == list(range(1, len(records) + 1))
