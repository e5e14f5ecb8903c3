"""What there is, by name, with nothing imported or built: what lists, suggestions and searches need."""

import ast
from functools import cache
from pathlib import Path

from neuromodsim.description import spelling
from neuromodsim.description.listed import Listed
from neuromodsim.errors import WrongInput, unknown

PACKAGE = Path(__file__).resolve().parents[1]


def listed() -> dict[str, Listed]:
    """Return the list entry of each experiment or family, by name, without importing any."""
    from neuromodsim import protocols

    return {one.name: one for one in protocols.EXPERIMENTS}


@cache
def exported() -> list[str]:
    """Return the names of the models and drugs of ``equations``, from its list alone: nothing is imported."""
    path = Path(__file__).resolve().parents[1] / "equations" / "__init__.py"
    lines = ast.parse(path.read_text()).body
    imports = [line for line in lines if isinstance(line, ast.ImportFrom)]
    return [(alias.asname or alias.name).lower() for line in imports for alias in line.names]


@cache
def literals() -> list[str]:
    """Return all texts in the description of the neuromodulators, among which are their names."""
    path = Path(__file__).resolve().parents[1] / "equations" / "systems.py"
    nodes = list(ast.walk(ast.parse(path.read_text())))
    return [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]


@cache
def receptors() -> list[str]:
    """Return the names of receptors, as they are listed."""
    path = Path(__file__).resolve().parents[1] / "equations" / "systems.py"
    keyed = [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Dict)]
    return [str(k.value) for n in keyed for k in n.keys if isinstance(k, ast.Constant)]


def names() -> list[str]:
    """Return the name of everything that can be shown, without importing any of it."""
    own = [name for one in listed().values() for name in one.own()]
    return sorted({*listed(), *exported(), *own, *figures()})


def figure_folder() -> Path:
    """Return where the figures are: inside an installed package, beside it in a checkout.

    Raises
    ------
    WrongInput
        If they are in neither place.
    """
    for folder in (PACKAGE / "figures", PACKAGE.parent / "figures"):
        if (folder / "style.py").is_file():
            return folder
    raise WrongInput("This installation has no figures; install neuromodsim anew.")


def installed() -> bool:
    """Whether the figures are those of an installed package, which is no place to draw into."""
    return figure_folder().parent == PACKAGE


def figures() -> list[str]:
    """Return every figure as ``paper/figure``."""
    try:
        folder = figure_folder()
    except WrongInput:
        return []
    found = sorted(folder.glob("*/*.py"))
    return [f"{p.parent.name}/{p.stem}" for p in found if not p.stem.startswith("_")]


def experiment_of(figure: str) -> str:
    """Return which experiment a figure draws runs of, from its text: nothing is imported."""
    for line in (figure_folder() / f"{figure}.py").read_text().splitlines():
        if line.startswith("EXPERIMENT = "):
            return str(ast.literal_eval(line.removeprefix("EXPERIMENT = ")))
    raise WrongInput(f"The figure '{figure}' names no EXPERIMENT.")


def figures_of(experiment: str) -> list[str]:
    """Return the figures that draw runs of an experiment; if there is none, of others of its family."""
    drawn = {name: experiment_of(name) for name in figures()}
    family = spelling.split(experiment)[0]
    own = [name for name, other in drawn.items() if other == experiment]
    return own or [name for name, other in drawn.items() if spelling.split(other)[0] == family]


def expect_figure(name: str) -> None:
    """Raise `WrongInput` if there is no figure of a name, or there are none here."""
    figure_folder()
    if name in figures():
        return
    if spelling.split(name)[0] in listed():
        drawn = figures_of(name)
        known = f"its figures are {', '.join(drawn)}" if drawn else "it has no figure"
        raise WrongInput(
            f"'{name}' is an experiment; {known}, and neuromodsim run {name} --figure OUT.png draws one run."
        )
    ends = [one for one in figures() if one.endswith(f"/{name}")]
    if ends:
        raise WrongInput(f"There is no figure '{name}'; did you mean {', '.join(ends)}?")
    raise unknown("figure", name, figures())


def docstring(figure: str) -> str:
    """Return the docstring of the module of a figure, without running it."""
    return ast.get_docstring(ast.parse((figure_folder() / f"{figure}.py").read_text())) or ""


def tags(name: str) -> tuple[str, ...]:
    """Return the words by which an experiment or a figure is found; of a figure, those of its experiment."""
    if name in (known := listed()):
        return known[name].tagged()
    family = spelling.split(experiment_of(name))[0]
    return (name.partition("/")[0], *(known[family].tagged() if family in known else ()))
