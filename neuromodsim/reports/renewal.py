"""A kept summary brought up to today's code condition by condition, where making all runs anew takes hours.

Conditions whose programs and inputs are those of the summary are left as they are. Of each other condition
one run is made: if it is, to the last bit, the one that is kept, so are its other seeds; else all of them are
made, and take the place of those kept.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from neuromodsim.catalogue import catalogue
from neuromodsim.errors import WrongInput, unknown
from neuromodsim.reports.claims import Check
from neuromodsim.reports.confirmation import (
    aligned,
    beyond,
    compared,
    expect_rows,
    made_with,
    named,
    sample,
    summarised,
)
from neuromodsim.reports.figure import stored
from neuromodsim.sweeps import origin

if TYPE_CHECKING:
    import xarray as xr

Condition = tuple[str, str]  # of an experiment


def renew(
    name: str,
    *,
    conditions: Collection[str] | None = None,
    jobs: int | None = None,
    progress: bool | None = None,
    keep: Path | None = None,
) -> "tuple[xr.Dataset, dict[str, Any], list[Check]]":
    """Bring a figure's kept summary up to today's code.

    Parameters
    ----------
    name
        Of the figure.
    conditions
        Which to look at, as ``experiment/condition``; all if not given. In others the summary stays stale.
    jobs, progress, keep
        As for `figure.make`.

    Returns
    -------
    summary, how, checks
        The summary, in which new runs have the place of those kept; how it was made, confirmed and renewed;
        and a check of each run that was compared: those that differ are of what was renewed.

    Raises
    ------
    WrongInput
        If there is no summary, it does not hold a row for each run that the figure asks for, or new runs have
        other variables than those kept.
    """
    module = catalogue.figure(name)
    kept, how = stored(name)
    every = origin.runs(module)
    expect_rows(name, kept, how, module, len(every))
    before, today = how.get("confirmed", how).get("origin") or {}, origin.of(module)
    chosen = _chosen(name, every, conditions, before, today)
    current = _current(every, before, today)
    rows = [i for i in sample(every) if every[i][:2] in chosen - current]
    making: dict[str, Any] = {"jobs": jobs, "progress": progress, "keep": keep}
    summary, checks = _sampled(name, module, kept, every, rows, making)
    off = {every[i][:2] for i, check in zip(rows, checks, strict=True) if not check.supported}
    rest = [i for i, run in enumerate(every) if run[:2] in off and i not in rows]
    if rest:
        more = summarised(name, module, [every[i] for i in rest], **making)
        summary = _with_rows(name, summary, more, rest)
    earlier = how.get("confirmed", {})
    confirmed = {
        **_names(every, rows, off, earlier),
        "of": len(every),
        "origin": _origin(every, current | chosen, before, today),
        **made_with(name, jobs, keep, "--renew"),
        "parts_before": _parts(earlier),
    }
    return summary, how | {"confirmed": confirmed}, checks


def _parts(earlier: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return from which code, when and how other parts of a summary were confirmed or renewed."""
    told = ("commit", "command", "created_at")
    last = [{key: earlier[key] for key in told if key in earlier}] if earlier else []
    return [*earlier.get("parts_before", ()), *last]


def _names(
    every: Sequence[origin.Run], rows: Sequence[int], off: Collection[Condition], earlier: Mapping[str, Any]
) -> dict[str, list[str]]:
    """Return which runs confirm a summary and which were made anew, now or when it was renewed in parts."""
    renewed = {named(run) for run in every if run[:2] in off} | {*earlier.get("renewed", ())}
    seen = {named(every[i]) for i in rows} | {*earlier.get("runs", ())}
    return {
        "runs": [named(run) for run in every if named(run) in seen - renewed],
        "renewed": [named(run) for run in every if named(run) in renewed],
    }


def _sampled(
    name: str,
    module: Any,
    kept: "xr.Dataset",
    every: Sequence[origin.Run],
    rows: Sequence[int],
    making: Mapping[str, Any],
) -> "tuple[xr.Dataset, list[Check]]":
    """Make some runs, and return the summary with those that differ, and whether each is the one kept."""
    if not rows:
        return kept, []
    asked = [every[i] for i in rows]
    fresh = summarised(name, module, asked, **making)
    checks = list(compared(kept.isel(run=list(rows)), fresh, asked))
    off = [k for k, check in enumerate(checks) if not check.supported]
    return _with_rows(name, kept, fresh.isel(run=off), [rows[k] for k in off]), checks


def _current(
    every: Sequence[origin.Run], before: Mapping[str, Any], today: Mapping[str, Any]
) -> set[Condition]:
    """Return the conditions whose runs are made from the same as those that are kept."""
    if before.get("summarise") != today["summarise"]:
        return set()
    programs, inputs = before["programs"], before["inputs"]
    other = {
        run[:2]
        for run in every
        if programs.get(run.experiment) != today["programs"][run.experiment]
        or inputs.get(named(run)) != today["inputs"][named(run)]
    }
    return {run[:2] for run in every} - other


def _chosen(
    name: str,
    every: Sequence[origin.Run],
    conditions: Collection[str] | None,
    before: Mapping[str, Any],
    today: Mapping[str, Any],
) -> set[Condition]:
    there = {"/".join(run[:2]): run[:2] for run in every}
    if conditions is None:
        return {*there.values()}
    for one in conditions:
        if one not in there:
            raise unknown(f"condition of '{name}'", one, there)
    if before.get("summarise", today["summarise"]) != today["summarise"]:
        raise WrongInput(f"The runs of '{name}' are summarised differently today; renew all its conditions.")
    return {there[one] for one in conditions}


def _origin(
    every: Sequence[origin.Run], done: set[Condition], before: Mapping[str, Any], today: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what the rows of a summary were made from: today's code in what was done, else as before.

    A program is left out of which some conditions are of today and others of before: no code has made both.
    """
    left = {run.experiment for run in every if run[:2] not in done}
    begun = {run.experiment for run in every if run[:2] in done}
    programs = {n: d for n, d in today["programs"].items() if n not in left}
    earlier = before.get("programs", {})
    kept = {n: d for n, d in earlier.items() if n in left and (n not in begun or d == today["programs"][n])}
    inputs = {named(run): today["inputs"][named(run)] for run in every if run[:2] in done}
    return {
        "programs": kept | programs,
        "inputs": {n: d for n, d in before.get("inputs", {}).items() if n in today["inputs"]} | inputs,
        "summarise": today["summarise"],
    }


def _with_rows(name: str, kept: "xr.Dataset", fresh: "xr.Dataset", rows: Sequence[int]) -> "xr.Dataset":
    """Return a summary with other numbers in some of its rows."""
    if not rows:
        return kept
    if more := beyond(fresh, kept):
        raise WrongInput(
            f"New runs of '{name}' have other coordinates than those kept ({', '.join(more)}); make it anew "
            "with --check."
        )
    summary, fresh = kept.copy(deep=True), aligned(fresh, kept)
    for variable in (n for n in kept.variables if "run" in kept[n].dims):
        one = kept[variable].transpose("run", ...)
        new = fresh.get(variable)
        if new is not None and "run" not in new.dims:  # what is the same in all of these runs
            new = new.expand_dims(run=len(rows))
        if new is None or new.isel(run=0).sizes != one.isel(run=0).sizes:
            raise WrongInput(
                f"New runs of '{name}' have other variables than those kept ({variable}); make it anew with "
                "--check."
            )
        numbers = new.transpose(*one.dims).values
        values = one.values.astype(np.result_type(one.values, numbers))  # of longer names, or now with NaN
        values[list(rows)] = numbers
        summary[variable] = one.copy(data=values).transpose(*kept[variable].dims)
    return summary
