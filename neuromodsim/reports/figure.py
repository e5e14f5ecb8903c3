"""Figures of papers: made from an ensemble of runs, checked against what they claim, and kept.

A figure is a module ``figures/<paper>/<figure>.py`` with ``EXPERIMENT``, ``RUNS`` (seeds by condition),
``summarise(runs)``, ``check(summary)``, ``draw(summary)`` and ``draw_run(tree)``. Its summary is kept
beside it, so that it can be drawn again without running anything.
"""

import json
import shlex
import subprocess
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from neuromodsim.catalogue import catalogue
from neuromodsim.errors import WrongInput
from neuromodsim.result.account import DRAWN_BY
from neuromodsim.result.dataset import versions
from neuromodsim.storage import bounded
from neuromodsim.storage.files import beside, write_text
from neuromodsim.sweeps import origin
from neuromodsim.sweeps.ensemble import ensemble

if TYPE_CHECKING:
    import xarray as xr

TEMPLATES = "neuromodsim/backends/templates"  # what programs are written from, beside Python


def summary_place(name: str) -> Path:
    """Return where the summary of a figure is kept."""
    return catalogue.figure_folder() / f"{name}.summary.json"


def picture_place(name: str) -> Path:
    """Return where a figure is drawn to if no other place is named."""
    return catalogue.figure_folder() / f"{name}.png"


def stored(name: str) -> "tuple[xr.Dataset, dict[str, Any]]":
    """Return the kept summary of a figure, and how it was made.

    Raises
    ------
    WrongInput
        If there is none, or it cannot be read.
    """
    import xarray as xr

    catalogue.figure(name)
    place = summary_place(name)
    if not place.exists():
        raise WrongInput(
            f"'{name}' has no summary yet; make its runs with 'neuromodsim figure {name} --check'."
        )
    try:
        kept = bounded.read_json(place)
        return xr.Dataset.from_dict(kept.pop("summary")), kept
    except Exception as error:  # whatever a summary that is none sets off
        raise WrongInput(f"'{place}' cannot be read; make it anew with --check.") from error


def make(
    name: str, *, jobs: int | None = None, progress: bool | None = None, keep: Path | None = None
) -> "tuple[xr.Dataset, dict[str, Any]]":
    """Make all runs of a figure; return their summary, and how it was made. `put` keeps both.

    Runs that are in the folder ``keep`` are not made again, and those that are made are kept there.
    """
    from neuromodsim.progress import counting

    module = catalogue.figure(name)
    runs = [(condition, seed) for condition, seeds in module.RUNS.items() for seed in seeds]
    made = origin.of(module)
    spent: list[float] = []
    with (
        counting(progress, f"{name}: {module.EXPERIMENT}", len(runs)) as done,
        ensemble(module.EXPERIMENT, runs, jobs=jobs, done=done, keep=keep) as trees,
    ):
        summary: xr.Dataset = module.summarise(_timed(trees, spent))
    return summary, {
        "figure": name,
        "experiment": module.EXPERIMENT,
        "runs": origin.asked(module),
        "origin": made,
        "commit": commit(),
        "command": command(name, jobs, keep),
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "computing_time": f"{sum(spent):.3g} s",
        "versions": versions(),
    }


def _timed(trees: "Iterable[xr.DataTree]", spent: list[float]) -> "Iterator[xr.DataTree]":
    """Pass runs on, and note how long each took to compute, in seconds."""
    for tree in trees:
        spent.append(float(tree.attrs["computing_time"].split()[0]))
        yield tree


def command(name: str, jobs: int | None, keep: Path | None, what: str = "--check") -> str:
    """Return the command that makes a figure, whatever it was made with."""
    options = [] if jobs is None else ["--jobs", str(jobs)]
    options += [] if keep is None else ["--keep", str(keep)]
    return shlex.join(["neuromodsim", "figure", name, what, *options])


def commit() -> str | None:
    """Return the commit of the checkout, ``with changes`` if there are any; None outside of one."""
    folder = catalogue.figure_folder()
    try:
        head, changed = (
            subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True).stdout
            for words in (
                ["rev-parse", "HEAD"],
                ["status", "--porcelain", "--", ":/*.py", f":/{TEMPLATES}"],
            )
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return head.strip() + (" with changes" if changed.strip() else "")


def put(name: str, summary: "xr.Dataset", how: dict[str, Any]) -> None:
    """Replace a stored summary and its provenance atomically."""
    write_text(summary_place(name), json.dumps(how | {"summary": summary.to_dict()}, default=_plain))


def stale(names: Iterable[str] = ()) -> dict[str, list[str]]:
    """Return why the summary of each figure is not valid for the current code: no reason if it is.

    Parameters
    ----------
    names
        Which figures; all if none are named.
    """
    found = {}
    for name in tuple(names) or catalogue.figures():
        module = catalogue.figure(name)
        if summary_place(name).exists():
            found[name] = origin.stale(module, stored(name)[1])
        else:
            found[name] = ["there is no summary"]
    return found


def _plain(value: Any) -> Any:
    """Return what JSON cannot hold as a number, a list or text."""
    return value.tolist() if hasattr(value, "tolist") else str(value)


def save_picture(picture: Any, place: Path, *, new: bool = False) -> None:
    """Save a Matplotlib figure atomically; with ``new``, the path must not exist."""
    field = "Software" if place.suffix.lower() == ".png" else "Creator"
    with beside(place, new=new) as fresh:
        picture.savefig(fresh, dpi=200, metadata={field: DRAWN_BY})
