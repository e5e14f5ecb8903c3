"""A sweep as one tree: what all runs have alike is stacked and read when it is needed."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from brian2.units import get_dimensions
from numpy.typing import NDArray

from neuromodsim.description.course import is_course
from neuromodsim.errors import NeuromodsimError, RunFailed, WrongInput
from neuromodsim.result.run_store import open_run
from neuromodsim.sweeps.place import expect_sweep
from neuromodsim.sweeps.plan import OPTIONS, Plan, is_axis
from neuromodsim.sweeps.store import Store
from neuromodsim.units import quantities

if TYPE_CHECKING:
    import xarray as xr

# Tables whose length differs from run to run: they stay with their run, but for counts.
RAGGED = ("spikes", "events", "trials")
# What differs between runs of one sweep.
OF_A_RUN = ("seed", "condition", "parameters", "changed", "notes", "computing_time", "created_at", "command")


def open_sweep(path: str | os.PathLike[str]) -> "xr.DataTree":
    """Return all runs of a sweep as one tree, read lazily.

    Returns
    -------
    xarray.DataTree
        Every node of a run, each variable with the sweep's dimensions before its own. Spikes, events and
        trials, of which each run has another number, stay with their run: ``run`` at the root says where
        each is, for `neuromodsim.open`; ``spikes/<population>`` keeps ``spike_count``. Where a run is not
        done, ``status`` says so, ``reason`` why, and numbers are NaN.

    Raises
    ------
    WrongInput
        If there is no sweep at the path.
    RunFailed
        If no run of it is done.
    """
    store = Store(Path(path))
    try:
        return _opened(store)
    except NeuromodsimError:
        raise
    except (LookupError, TypeError, ValueError, AttributeError) as error:  # whatever an odd plan sets off
        raise WrongInput(f"'{store.place}' is not a sweep that neuromodsim can read.") from error


def _opened(store: Store) -> "xr.DataTree":
    import xarray as xr

    expect_sweep(store.place)
    plan = store.plan()
    points = list(plan.points())
    done = np.array([store.done(chosen) for chosen in points]).reshape(plan.shape)
    if not done.any():
        reasons = {store.failure(chosen) for chosen in points} - {""}
        why = f": {sorted(reasons)[0]}" if reasons else "."
        raise RunFailed(f"No run of '{store.place}' is done{why}")
    places = np.array([str(store.run(chosen)) for chosen in points]).reshape(plan.shape)
    places = np.where(done, places, "")
    firsts = _firsts(plan, points, places)
    first = firsts[0]
    dims = tuple(plan.over)
    # Numbers are read when they are needed: in another folder, or by a worker that never was in this one.
    read = _absolute(places)
    nodes = {"/": _root(store, plan, points, done, places, firsts).assign_coords(_coordinates(plan))}
    for node in first.subtree:
        name = node.path.strip("/")
        if name and node.dataset.variables:
            stacked = _stacked(_alike(name, firsts), name, dims, read)
            if stacked:
                nodes[name] = stacked
    return xr.DataTree.from_dict(nodes)


def _firsts(plan: Plan, points: list[dict[str, Any]], places: NDArray[Any]) -> "list[xr.DataTree]":
    """Return the first run that is done of each variant."""
    found: dict[tuple[Any, ...], str] = {}
    for chosen, place in zip(points, places.ravel(), strict=True):
        if place:
            found.setdefault(tuple(chosen[axis] for axis in plan.axes), place)
    return [open_run(place) for place in found.values()]


def _alike(node: str, firsts: "list[xr.DataTree]") -> "xr.Dataset":
    """Return a node of the first run, less what the first run of another variant lacks or has otherwise."""
    import xarray as xr

    own = firsts[0][node].to_dataset()
    for other in firsts[1:]:
        theirs = _node(other, node)
        if theirs is None or any(not own[c].equals(theirs.get(c, xr.DataArray())) for c in own.coords):
            return xr.Dataset()
        same = [n for n in own.data_vars if n in theirs and own[n].shape == theirs[n].shape]
        own = own[same]
    return own


def _node(run: "xr.DataTree", node: str) -> "xr.Dataset | None":
    try:
        return run[node].to_dataset()
    except KeyError:
        return None


def _absolute(places: NDArray[Any]) -> NDArray[Any]:
    return np.array([place and os.path.abspath(place) for place in places.ravel()]).reshape(places.shape)


def _root(
    store: Store,
    plan: Plan,
    points: list[dict[str, Any]],
    done: NDArray[Any],
    places: NDArray[Any],
    firsts: "list[xr.DataTree]",
) -> "xr.Dataset":
    """Return what became of each run and where it is kept, with what the sweep says of itself."""
    import xarray as xr

    reasons = np.array(["" if store.done(chosen) else store.failure(chosen) for chosen in points])
    reasons = reasons.reshape(plan.shape)
    status = np.where(done, "done", np.where(reasons == "", "missing", "failed"))
    values = {
        "status": (status, "done, failed or missing"),
        "reason": (reasons, "why it failed"),
        "run": (places, "where the run is kept"),
    }
    dims = tuple(plan.over)
    variables = {name: (dims, array, {"long_name": meaning}) for name, (array, meaning) in values.items()}
    return xr.Dataset(variables, attrs=_attributes(store, plan, firsts))


def _attributes(store: Store, plan: Plan, firsts: "list[xr.DataTree]") -> dict[str, Any]:
    """Return what all runs have alike, and the account of the sweep in place of that of one run."""
    about = store.about()
    shared = {n: v for n, v in firsts[0].attrs.items() if all(run.attrs.get(n) == v for run in firsts)}
    alike = {str(name): value for name, value in shared.items() if name not in OF_A_RUN}
    made = {n: about[n] for n in ("command", "created_at")}
    named = shared.get("experiment", plan.experiment)
    return {**alike, "experiment": named, "sweep": json.dumps(about["plan"]), **made}


def _coordinates(plan: Plan) -> dict[str, Any]:
    """Return each dimension's values: numbers in the units of datasets, or text; arrays by their number."""
    return {name: (name, *_coordinate(name, values)) for name, values in plan.over.items()}


def _coordinate(name: str, values: tuple[Any, ...]) -> tuple[NDArray[Any], dict[str, str]]:
    if name in OPTIONS or is_axis(name):
        return np.array(values), {"long_name": name}
    if any(not isinstance(value, str) for value in values):
        return np.arange(len(values)), {"long_name": f"which of the arrays of {name}"}
    if any(map(is_course, values)):
        return np.array(values), {"long_name": name}
    numbers = [quantities.parse(value, name) for value in values]
    unit, scale = quantities.dataset_unit(get_dimensions(numbers[0]))
    return np.array([float(n) / scale for n in numbers]), {"units": unit, "long_name": name}


def _stacked(dataset: "xr.Dataset", node: str, dims: tuple[str, ...], places: NDArray[Any]) -> "xr.Dataset":
    """Return a node of all runs at once."""
    import xarray as xr

    ragged = node.partition("/")[0] in RAGGED
    names = [n for n in dataset.data_vars if not ragged or n == "spike_count"]
    variables = {}
    for name in names:
        one = dataset[name].variable
        variables[name] = ((*dims, *one.dims), _lazy(places, node, str(name), one), dict(one.attrs))
    coords = {} if ragged else {n: c.variable.load() for n, c in dataset.coords.items()}
    return xr.Dataset(variables, coords=coords, attrs=dataset.attrs)


def _lazy(places: NDArray[Any], node: str, name: str, one: "xr.Variable") -> Any:
    """Return a Dask array in which each run is a block, read when it is needed."""
    import dask.array as da

    whole = bool((places != "").all())
    # What is not done is NaN, which whole numbers cannot hold.
    dtype = one.dtype if whole or one.dtype.kind == "f" else np.dtype(float)
    runs = da.from_array(places, chunks=(1,) * places.ndim)
    return da.map_blocks(
        _read,
        runs,
        node=node,
        variable=name,
        shape=one.shape,
        dtype=dtype,
        chunks=(*runs.chunks, *((size,) for size in one.shape)),
        new_axis=list(range(places.ndim, places.ndim + len(one.shape))),
        meta=np.empty((0,) * (places.ndim + one.ndim), dtype),
    )


def _read(
    places: NDArray[Any], node: str, variable: str, shape: tuple[int, ...], dtype: Any = float
) -> NDArray[Any]:
    """Return one variable of one run, with an axis of one for each dimension of the sweep."""
    (place,) = places.ravel()
    if not place:
        return np.full((*places.shape, *shape), np.nan, dtype)
    values = open_run(place)[node].to_dataset()[variable].values
    if values.shape != shape:
        raise WrongInput(
            f"'{variable}' of {node} has the shape {values.shape} in '{place}' and {shape} in the first run; "
            "open the runs one by one."
        )
    return np.asarray(values, dtype).reshape(*places.shape, *shape)


def failures(tree: "xr.DataTree") -> list[tuple[Mapping[str, Any], str]]:
    """Return what was chosen in each run that failed, and why it did."""
    runs = tree.to_dataset()
    found: list[tuple[Mapping[str, Any], str]] = []
    for index in np.argwhere(runs["status"].values == "failed"):
        one = runs.isel(dict(zip(runs["status"].dims, index, strict=True)))
        found.append(({str(dim): one[dim].item() for dim in runs["status"].dims}, one["reason"].item()))
    return found
