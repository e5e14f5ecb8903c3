"""Every figure once more, small: few seeds, short runs, small networks, claims loosened accordingly.

A module of this folder belongs to a paper and holds, by figure, a `Small`: which runs are made, and what must
hold of their summary, which the figure's own `summarise` makes. Beside these claims, the numbers of the
summary are compared with those that were stored, so that any constant behind a figure is noticed. After a
change that is meant to change them::

    python -m tests.figures.small izhikevich2007/fig1 --store
"""

import importlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr

from neuromodsim import simulate
from neuromodsim.catalogue import catalogue
from neuromodsim.description.experiment import Experiment
from neuromodsim.reports.claims import Check
from neuromodsim.sweeps.ensemble import cores

HERE = Path(__file__).parent
TIMES = ("seconds",)  # what a summary says of the machine


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run: an experiment of the catalogue or a smaller one, and what is changed for it.

    ``named`` is the experiment that it stands for in the summary, if its own name says another.
    """

    experiment: str | Experiment
    condition: str
    seed: int = 0
    duration: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    named: str | None = None
    device: str = "cpp"


@dataclass(frozen=True, kw_only=True)
class Small:
    """A figure made small.

    ``check`` returns what must hold of the summary; ``within`` is how far numbers may be from those stored,
    relative to the largest of their kind: wide where cells are chaotic, so that the last bit of a sum on
    another machine becomes another spike. ``chaotic`` names numbers that one more spike makes others, which
    are not compared: claims are all that holds them.
    """

    runs: tuple[Run, ...]
    check: Callable[[xr.Dataset], list[Check]]
    within: float = 1e-3
    chaotic: tuple[str, ...] = ()


def bounds(found: Mapping[str, float], **wanted: tuple[float, float]) -> Iterator[Check]:
    """Yield a claim for each number that has a lowest and a highest value."""
    for name, (low, high) in wanted.items():
        yield Check(name, f"{low:g} to {high:g}", f"{found[name]:.4g}", bool(low <= found[name] <= high))


def of(name: str) -> Small:
    """Return the small version of a figure."""
    paper, _, figure = name.partition("/")
    found: Small = importlib.import_module(f"{__name__}.{paper}").FIGURES[figure]
    return found


def summary(name: str) -> xr.Dataset:
    """Make the small runs of a figure, and return what the figure makes of them."""
    figure = catalogue.figure(name)
    found: xr.Dataset = figure.summarise(_first_drawn(figure, _made(of(name))))
    return found


def _first_drawn(figure: Any, runs: Iterable[xr.DataTree]) -> Iterator[xr.DataTree]:
    """Pass runs on, the first one drawn by itself before, as ``neuromodsim run --figure`` draws one."""
    for place, run in enumerate(runs):
        if place == 0:
            picture = figure.draw_run(run)
            assert picture.axes
            plt.close(picture)
        yield run


def _made(small: Small) -> Iterator[xr.DataTree]:
    """Make every run: programs several at once, NumPy in this process, one at a time."""
    with ThreadPoolExecutor(cores()) as pool:
        begun = [pool.submit(_made_one, run) if run.device == "cpp" else None for run in small.runs]
        for run, future in zip(small.runs, begun, strict=True):
            yield _made_one(run) if future is None else future.result()


def _made_one(run: Run) -> xr.DataTree:
    device: Any = run.device
    tree = simulate(
        run.experiment,
        condition=run.condition,
        seed=run.seed,
        duration=run.duration,
        parameters=run.parameters,
        device=device,
        progress=False,
    )
    tree.attrs["experiment"] = run.named or tree.attrs["experiment"]
    return tree


def checks(name: str, found: xr.Dataset) -> list[Check]:
    """Return what was claimed of a small summary, and its numbers beside those that are stored."""
    one = of(name)
    return [*one.check(found), *_compared(stored(name), numbers(found, one.chaotic), one.within)]


def numbers(found: xr.Dataset, chaotic: Iterable[str] = ()) -> dict[str, list[list[float | None]]]:
    """Return mean and standard deviation of each variable of a summary, run by run if it has runs."""
    found = found.drop_vars(chaotic)  # which knows each name
    return {
        str(name): _moments(variable)
        for name, variable in sorted(found.data_vars.items())
        if variable.dtype.kind in "fiub" and name not in TIMES
    }


def _moments(variable: xr.DataArray) -> list[list[float | None]]:
    over = [d for d in variable.dims if d != "run"]
    moments = (variable.astype(float).mean(over), variable.astype(float).std(over))
    return [[None if np.isnan(v) else float(f"{v:.9g}") for v in np.ravel(m.values)] for m in moments]


def place(name: str) -> Path:
    """Return where the numbers of a small figure are stored."""
    return HERE / "numbers" / f"{name.replace('/', '_')}.json"


def stored(name: str) -> dict[str, list[list[float | None]]]:
    """Return the numbers of a small figure that are stored, none if it is new."""
    return dict(json.loads(place(name).read_text())) if place(name).exists() else {}


def store(name: str, found: xr.Dataset) -> None:
    """Store the numbers of a small figure."""
    place(name).parent.mkdir(exist_ok=True)
    lines = (f'"{key}": {json.dumps(value)}' for key, value in numbers(found, of(name).chaotic).items())
    place(name).write_text("{\n" + ",\n".join(lines) + "\n}\n")


def _compared(wanted: Mapping[str, Any], found: Mapping[str, Any], within: float) -> Iterator[Check]:
    for name in sorted({*wanted, *found}):
        one, other = (np.array(numbers.get(name, [[]]), dtype=float) for numbers in (wanted, found))
        alike = one.shape == other.shape and np.array_equal(np.isnan(one), np.isnan(other))
        off = np.nanmax(np.abs(one - other), initial=0) if alike else np.inf
        size = np.nanmax(np.abs(one), initial=0) if alike else 0
        yield Check(
            f"the numbers of '{name}' are those stored",
            f"within {within:g} of the largest ({size:.3g})",
            f"off by {off / size:.2g}" if size and np.isfinite(off) else f"off by {off:g}",
            bool(off <= within * size),
        )
