"""Figures of papers: made from an ensemble of runs, checked against what they claim, and kept.

A figure is a module ``figures/<paper>/<figure>.py`` with ``EXPERIMENT``, ``RUNS`` (seeds by condition),
``summarise(runs)``, ``check(summary)``, ``draw(summary)`` and ``draw_run(tree)``. Its summary is kept
beside it, so that it can be drawn again without running anything.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from neuromodsim import catalogue
from neuromodsim.ensemble import ensemble
from neuromodsim.errors import WrongInput
from neuromodsim.result import versions
from neuromodsim.writing import beside, write_text

if TYPE_CHECKING:
    import xarray as xr


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
        kept = json.loads(place.read_text())
        return xr.Dataset.from_dict(kept.pop("summary")), kept
    except (ValueError, KeyError, OSError) as error:
        raise WrongInput(f"'{place}' cannot be read; make it anew with --check.") from error


def make(
    name: str, *, jobs: int | None = None, progress: bool | None = None, keep: Path | None = None
) -> "xr.Dataset":
    """Make all runs of a figure, keep their summary beside it, and return it.

    Runs that are in the folder ``keep`` are not made again, and those that are made are kept there.
    """
    from neuromodsim.progress import counting

    module = catalogue.figure(name)
    runs = [(condition, seed) for condition, seeds in module.RUNS.items() for seed in seeds]
    with (
        counting(progress, f"{name}: {module.EXPERIMENT}", len(runs)) as done,
        ensemble(module.EXPERIMENT, runs, jobs=jobs, done=done, keep=keep) as trees,
    ):
        summary: xr.Dataset = module.summarise(trees)
    kept = {
        "figure": name,
        "experiment": module.EXPERIMENT,
        "runs": {condition: list(seeds) for condition, seeds in module.RUNS.items()},
        "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:]]),
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": versions(),
        "summary": summary.to_dict(),
    }
    write_text(summary_place(name), json.dumps(kept, default=_plain))
    return summary


def _plain(value: Any) -> Any:
    """Return what JSON cannot hold as a number, a list or text."""
    return value.tolist() if hasattr(value, "tolist") else str(value)


def save_picture(picture: Any, place: Path) -> None:
    """Save a Matplotlib figure whole or not at all."""
    with beside(place) as fresh:
        picture.savefig(fresh, dpi=200)
