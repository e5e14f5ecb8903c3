"""A kept summary confirmed by a sample of its runs, where making all of them anew takes hours.

One run of every condition of every program is made with today's code. Where each number of these runs is,
to the last bit, the one that is kept, the summary belongs to today's code as well, and says on which runs
that rests. One number that differs is enough, and all runs have to be made anew.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from neuromodsim.catalogue import catalogue
from neuromodsim.errors import NeuromodsimError, WrongInput
from neuromodsim.reports.claims import Check
from neuromodsim.reports.figure import command, commit, stored
from neuromodsim.result.dataset import versions
from neuromodsim.sweeps import origin
from neuromodsim.sweeps.ensemble import ensemble

if TYPE_CHECKING:
    import xarray as xr

MACHINE = ("seconds",)  # what a summary says of the machine that made it


def confirm(
    name: str, *, jobs: int | None = None, progress: bool | None = None, keep: Path | None = None
) -> "tuple[xr.Dataset, dict[str, Any], list[Check]]":
    """Make a sample of a figure's runs, and compare them with its kept summary.

    Returns
    -------
    summary, how, checks
        The summary that is kept, how it was made and confirmed, and a check of each run of the sample.

    Raises
    ------
    WrongInput
        If there is no summary, or it does not hold a row for each run that the figure asks for.
    """
    from neuromodsim.progress import counting

    module = catalogue.figure(name)
    kept, how = stored(name)
    every = origin.runs(module)
    _expect_rows(name, kept, how, module, len(every))
    sample = [every.index(run) for run in {run[:2]: run for run in every}.values()]
    asked = [(f"{every[i].experiment}/{every[i].condition}", every[i].seed) for i in sample]
    made = origin.of(module)
    with (
        counting(progress, f"{name}: a sample", len(asked)) as done,
        ensemble(module.EXPERIMENT, asked, jobs=jobs, done=done, keep=keep) as trees,
    ):
        fresh = _summarised(name, module, trees)
    checks = list(_compared(kept.isel(run=sample), fresh, asked))
    confirmed = {
        "runs": [f"{condition}/{seed}" for condition, seed in asked],
        "of": len(every),
        "origin": made,
        "commit": commit(),
        "command": command(name, jobs, keep, "--confirm"),
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": versions(),
    }
    return kept, how | {"confirmed": confirmed}, checks


def _summarised(name: str, module: Any, trees: "Iterator[xr.DataTree]") -> "xr.Dataset":
    try:
        fresh: xr.Dataset = module.summarise(trees)
    except NeuromodsimError:
        raise
    except Exception as error:  # whatever a figure sets off that needs all of its runs
        raise WrongInput(
            f"'{name}' cannot be summarised from a sample of its runs; make it anew with --check."
        ) from error
    return fresh


def _expect_rows(name: str, kept: "xr.Dataset", how: Mapping[str, Any], module: Any, count: int) -> None:
    """Refuse a summary whose rows are not the runs that the figure asks for today, one each and in order."""
    if how["runs"] != origin.asked(module):
        raise WrongInput(f"'{name}' asks for other runs than its summary holds; make them with --check.")
    if kept.sizes.get("run") != count:
        raise WrongInput(
            f"The summary of '{name}' has no row for each of its {count} runs, so no sample can confirm "
            "it; make it anew with --check."
        )
    shared = [str(n) for n, variable in kept.data_vars.items() if "run" not in variable.dims]
    if shared:
        raise WrongInput(
            f"The summary of '{name}' holds numbers that belong to no single run ({', '.join(shared)}), so "
            "no sample can confirm it; make it anew with --check."
        )


def _compared(kept: "xr.Dataset", fresh: "xr.Dataset", asked: list[tuple[str, int]]) -> Iterator[Check]:
    """Yield for each run of a sample whether all its numbers are those that are kept."""
    names = [n for n in kept.variables if "run" in kept[n].dims and n not in MACHINE]
    other = [n for n in fresh.variables if "run" in fresh[n].dims and n not in (*MACHINE, *names)]
    over = {str(d): kept[d] for d in kept.dims if d != "run" and d in kept.coords and d in fresh.dims}
    fresh = fresh.reindex(over)  # a longer run of another condition may not be in the sample
    for row, (condition, seed) in enumerate(asked):
        before, now = kept.isel(run=row), fresh.isel(run=row)
        off = [*other, *(n for n in names if n not in now or not _same(before[n], now[n]))]
        found = "all the same" if not off else f"other numbers: {', '.join(map(str, off))}"
        yield Check(f"{condition}, seed {seed}", f"{len(names)} variables as kept", found, not off)


def _same(one: "xr.DataArray", other: "xr.DataArray") -> bool:
    first, second = one.values, other.transpose(*one.dims).values
    return np.array_equal(first, second, equal_nan=first.dtype.kind == "f" and second.dtype.kind == "f")
