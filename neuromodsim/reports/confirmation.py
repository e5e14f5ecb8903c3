"""A kept summary confirmed by a sample of its runs, where making all of them anew takes hours.

One run of every condition of every program is made with today's code. Where each number of these runs is,
to the last bit, the one that is kept, the summary belongs to today's code as well, and says on which runs
that rests. One number that differs is enough, and all runs of that condition have to be made anew, as
`renewal.renew` does.
"""

from collections.abc import Iterator, Mapping, Sequence
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
    module = catalogue.figure(name)
    kept, how = stored(name)
    every = origin.runs(module)
    expect_rows(name, kept, how, module, len(every))
    rows = sample(every)
    asked = [every[i] for i in rows]
    made = {"origin": origin.of(module), **made_with(name, jobs, keep, "--confirm")}
    checks = list(compared(kept.isel(run=rows), summarised(name, module, asked, jobs, progress, keep), asked))
    confirmed = {"runs": [named(run) for run in asked], "of": len(every), **made}
    return kept, how | {"confirmed": confirmed}, checks


def sample(every: Sequence[origin.Run]) -> list[int]:
    """Return the rows of one run of each condition of each program, the last seed of each."""
    return [every.index(run) for run in {run[:2]: run for run in every}.values()]


def named(run: origin.Run) -> str:
    """Return the name of a run, as an origin lists its inputs."""
    return f"{run.experiment}/{run.condition}/{run.seed}"


def made_with(name: str, jobs: int | None, keep: Path | None, what: str) -> dict[str, Any]:
    """Return from which code, when and by which command runs were made."""
    return {
        "commit": commit(),
        "command": command(name, jobs, keep, what),
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": versions(),
    }


def summarised(
    name: str,
    module: Any,
    runs: Sequence[origin.Run],
    jobs: int | None,
    progress: bool | None,
    keep: Path | None,
) -> "xr.Dataset":
    """Make some runs of a figure, and return what its own summary says of them."""
    from neuromodsim.progress import counting

    asked = [(f"{run.experiment}/{run.condition}", run.seed) for run in runs]
    try:
        with (
            counting(progress, f"{name}: a sample", len(asked)) as done,
            ensemble(module.EXPERIMENT, asked, jobs=jobs, done=done, keep=keep) as trees,
        ):
            fresh: xr.Dataset = module.summarise(trees)
    except NeuromodsimError:
        raise
    except Exception as error:  # whatever a figure sets off that needs all of its runs
        raise WrongInput(
            f"'{name}' cannot be summarised from a sample of its runs; make it anew with --check."
        ) from error
    return fresh


def beyond(fresh: "xr.Dataset", kept: "xr.Dataset") -> list[str]:
    """Return the dimensions along which new rows have points that are not kept: aligning drops these."""
    shared = (str(d) for d in fresh.dims if d != "run" and d in fresh.coords and d in kept.coords)
    return [d for d in shared if not np.isin(fresh[d].values, kept[d].values).all()]


def aligned(fresh: "xr.Dataset", kept: "xr.Dataset") -> "xr.Dataset":
    """Return new rows over the coordinates that are kept: the longest run may be of another condition."""
    return fresh.reindex(
        {str(d): kept[d] for d in kept.dims if d != "run" and d in kept.coords and d in fresh.dims}
    )


def expect_rows(name: str, kept: "xr.Dataset", how: Mapping[str, Any], module: Any, count: int) -> None:
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


def compared(kept: "xr.Dataset", fresh: "xr.Dataset", runs: Sequence[origin.Run]) -> Iterator[Check]:
    """Yield for each run of a sample whether all its numbers are those that are kept."""
    names = [n for n in kept.variables if "run" in kept[n].dims and n not in MACHINE]
    other = [n for n in fresh.variables if "run" in fresh[n].dims and n not in (*MACHINE, *names)]
    other += beyond(fresh, kept)
    fresh = aligned(fresh, kept)
    for row, run in enumerate(runs):
        before, now = kept.isel(run=row), fresh.isel(run=row)
        off = [*other, *(n for n in names if n not in now or not _same(before[n], now[n]))]
        found = "all the same" if not off else f"other numbers: {', '.join(map(str, off))}"
        yield Check(
            f"{run.experiment}/{run.condition}, seed {run.seed}",
            f"{len(names)} variables as kept",
            found,
            not off,
        )


def _same(one: "xr.DataArray", other: "xr.DataArray") -> bool:
    first, second = one.values, other.transpose(*one.dims).values
    return np.array_equal(first, second, equal_nan=first.dtype.kind == "f" and second.dtype.kind == "f")
