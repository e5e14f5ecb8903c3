"""Structure of a result dataset: one labelled tree with units and provenance, stored as Zarr.

::

    /                        provenance in attributes
    /spikes/<population>     time(spike), neuron(spike), spike_count(neuron)
    /state/<population>      v(time, neuron) ...
    /modulators/<name>       C(time, region) ..., or C(time, z, y, x) on a grid
    /synapses/<projection>   pre(synapse), post(synapse), weight(time, synapse), eligibility(...)
    /events/<component>_<event>, /trials    one row per event
"""

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, is_dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import numpy as np

from neuromodsim import __version__
from neuromodsim.errors import RunFailed
from neuromodsim.result.arrays import gathered

if TYPE_CHECKING:
    import xarray as xr

    from neuromodsim.backends.program import Manifest, OutputSpec
    from neuromodsim.description.experiment import Experiment
    from neuromodsim.description.geometry import Grid
    from neuromodsim.description.paths import Values
    from neuromodsim.description.projection import Projection
    from neuromodsim.description.recording import Recording

LONG_NAMES = {"w": "weight", "c": "eligibility"}
# The fields of a model that say what it does.
STRINGS: tuple[str, ...] = (
    "equations",
    "method",
    "threshold",
    "sends",
    "reset",
    "refractory",
    "step",
    "on_pre",
    "on_post",
)
STRINGS += ("events", "on_event", "timeline", "bounds")
TRIAL_END = "trial_end"  # a task's event of this name makes the table of trials
# How far a spike time is rounded to is the time step's business; these attributes are CF's.
TIME = {"units": "s", "long_name": "time since the start of the run"}


@dataclass
class Node:
    """What a node of a tree holds: variables and coordinates, each as ``(dims, values, attrs)``, by name."""

    data: dict[str, Any] = field(default_factory=dict)
    coords: dict[str, Any] = field(default_factory=dict)
    attrs: dict[str, Any] = field(default_factory=dict)

    def dataset(self) -> "xr.Dataset":
        """Return it as a dataset."""
        import xarray as xr

        return xr.Dataset(self.data, self.coords, self.attrs)


def label(
    experiment: "Experiment",
    manifest: "Manifest",
    columns: list[dict[str, Any]],
    values: "Values",
    recording: "Recording",
    about: Mapping[str, Any],
) -> "xr.DataTree":
    """Return the tree of a run from the columns of its monitors.

    Raises
    ------
    RunFailed
        If a recorded number is NaN.
    """
    return tree_of(nodes_of(experiment, manifest, columns, values, recording, about))


def tree_of(nodes: Mapping[str, Node]) -> "xr.DataTree":
    """Return a tree of nodes by their paths."""
    import xarray as xr

    return xr.DataTree.from_dict({path: node.dataset() for path, node in nodes.items()})


def nodes_of(
    experiment: "Experiment",
    manifest: "Manifest",
    columns: list[dict[str, Any]],
    values: "Values",
    recording: "Recording",
    about: Mapping[str, Any],
) -> dict[str, Node]:
    """Return the nodes of the tree of a run, by their paths, as `label` puts them together."""
    nodes = {"/": Node(attrs=dict(about))}
    for name, (i, j) in values.pairs.items():
        nodes[f"/synapses/{name}"] = _synapses(experiment, values, name, i, j)
    arrays = {} if experiment.task is None else experiment.task.arrays
    for output, data in gathered(manifest.outputs, columns, arrays):
        _refuse_nan(output, data)
        if output.kind == "spikes":
            nodes[f"/spikes/{output.name}"] = _spikes(output, data)
        elif output.kind == "event":
            nodes[f"/{node_of_event(output.name, output.label)}"] = _events(output, data)
        else:
            _add_samples(nodes, experiment, output, data)
    return nodes


def _add_samples(
    nodes: dict[str, Node], experiment: "Experiment", output: "OutputSpec", data: Mapping[str, Any]
) -> None:
    """Add a sampled variable to the node of its component."""
    grids = {m.name: m.grid for m in experiment.circuit.modulators}
    if output.kind == "weight":
        kind, rows = "synapses", "synapse"
    else:
        kind, rows = ("modulators", "region") if output.name in grids else ("state", "neuron")
    node = nodes.setdefault(f"/{kind}/{output.name}", Node())
    _sample(node, output, data, rows)
    grid = grids.get(output.name)
    if grid is not None:
        _lay_in_space(node, grid)


def node_of_event(component: str, event: str) -> str:
    """Return the node of a tree that keeps the log of an event: ``trials`` for a task's `TRIAL_END`."""
    return "trials" if (component, event) == ("task", TRIAL_END) else f"events/{component}_{event}"


def _refuse_nan(output: "OutputSpec", data: Mapping[str, Any]) -> None:
    """Raise `RunFailed` at the first sample that is NaN or infinite, with its time and its row."""
    for name, values in data.items():
        if values.dtype.kind != "f" or np.isfinite(values).all():
            continue
        sample, *row = np.argwhere(~np.isfinite(values))[0]
        index = output.rows[row[0]] if row and output.rows is not None else row[0] if row else 0
        where = f" (row {index})" if row and values.shape[1] > 1 else ""
        when = f" at t = {data['time'][sample]:g} s" if "time" in data else ""
        raise RunFailed(f"'{output.name}.{name}' became NaN or infinite{when}{where}.")


def _spikes(output: "OutputSpec", data: Mapping[str, Any]) -> Node:
    """Return spikes as a contiguous ragged array: sorted by neuron, then by time."""
    neuron, time = data["neuron"], data["time"]  # relative to the part; in order of time
    if output.size <= 2**16:
        order = np.argsort(neuron.astype(np.uint16), kind="stable")  # a radix sort
    else:
        order = np.argsort(neuron, kind="stable")
    return Node(
        {
            "time": ("spike", time[order], TIME),
            "neuron": ("spike", neuron[order], {"units": "1", "long_name": "index of the cell"}),
            "spike_count": (
                "neuron_index",
                np.bincount(neuron, minlength=output.size).astype(np.int64),
                {"units": "1", "long_name": "spikes of each cell", "sample_dimension": "spike"},
            ),
        },
        attrs={"featureType": "timeSeries"},
    )


def _events(output: "OutputSpec", data: Mapping[str, Any]) -> Node:
    row = "trial" if node_of_event(output.name, output.label) == "trials" else "event"
    variables: dict[str, Any] = {"time": (row, data["time"], TIME)}
    if output.size > 1:
        variables["neuron"] = (row, data["neuron"], {"units": "1", "long_name": "index"})
    for name in set(data) - {"time", "neuron"}:
        column = output.columns[name]
        values = data[name] if column.scale == 1.0 else data[name] / column.scale
        dims = (row, f"{name}_entry") if values.ndim == 2 else (row,)
        variables[name] = (dims, values, {"units": column.unit, "long_name": name})
    return Node(dict(sorted(variables.items())))


def _sample(node: Node, output: "OutputSpec", data: Mapping[str, Any], rows: str) -> None:
    (name,) = set(data) - {"time"}
    column = output.columns[name]
    shown = LONG_NAMES.get(name, name) if rows == "synapse" else name
    values = data[name] if column.scale == 1.0 else data[name] / column.scale
    time = "time"
    if "time" in node.coords and not np.array_equal(node.coords["time"][1], data["time"]):
        time = f"time_{shown}"
    dim = rows
    if output.rows is not None:
        dim = f"{shown}_{rows}"
        index = _index(f"index of the recorded {rows}")
        node.coords[dim] = (dim, np.asarray(output.rows, np.int64), index)
    node.coords[time] = (time, data["time"], TIME)
    meaning = {"units": column.unit, "long_name": f"{shown} of {output.name}"}
    dims = (time, dim, f"{shown}_entry") if values.ndim == 3 else (time, dim)
    node.data[shown] = (dims, values, meaning)


def _lay_in_space(node: Node, grid: "Grid") -> None:
    """Give samples of a pool the grid's dimensions in place of the number of the voxel.

    Those of a subset of voxels keep their numbers.
    """
    axes = ("z", "y", "x")[-len(grid.shape) :]
    for name, (dims, values, meaning) in node.data.items():
        if "region" in dims:
            node.data[name] = ((dims[0], *axes), values.reshape(-1, *grid.shape), meaning)
            for axis, centres in zip(axes, grid.centres(), strict=True):
                place = {"units": "um", "long_name": f"{axis} of the voxel's centre"}
                node.coords[axis] = (axis, centres * 1e6, place)


def _synapses(experiment: "Experiment", values: "Values", name: str, i: Any, j: Any) -> Node:
    (projection,) = (p for p in experiment.circuit.projections if p.name == name)
    return Node(
        {
            "pre": ("synapse", np.asarray(i, np.int32), _index(f"cell of {projection.source}")),
            "post": ("synapse", np.asarray(j, np.int32), _index(f"cell of {projection.target}")),
            **{
                field: _delay(projection, values, field)
                for field in dict.fromkeys(("delay", *projection.delays))
            },
        },
        attrs={"source": projection.source, "target": projection.target, "model": projection.model.name},
    )


def _delay(projection: "Projection", values: "Values", field: str) -> Any:
    """Return the delay of all synapses, or that of each, as it was used."""
    of = "of every synapse" if field == "delay" else "of spikes of the target, of every synapse"
    if field in projection.individual_delays:
        held = values.numbers[f"{projection.name}.{field}"]
        return ("synapse", held, {"units": "s", "long_name": f"delay {of.replace('every', 'each')}"})
    delay = projection.delays.get(field)
    return ((), 0.0 if delay is None else float(delay), {"units": "s", "long_name": f"delay {of}"})


def _index(meaning: str) -> dict[str, str]:
    return {"units": "1", "long_name": meaning}


def equations_of(experiment: "Experiment") -> dict[str, dict[str, Any]]:
    """Return the exact strings that each component of an experiment is made of."""
    return {
        name: {
            field: _plain(value)
            for field in STRINGS
            # As nearly all do, and those that have no threshold do not.
            if (value := getattr(model, field, "")) and (field, value) != ("sends", "spikes")
        }
        for name, model in experiment.components().items()
    }


def _plain(value: Any) -> Any:
    """Return dictionaries and lists of text, as JSON gives them back."""
    return json.loads(json.dumps(value, default=lambda v: asdict(v) if is_dataclass(v) else dict(v)))  # type: ignore[arg-type]


def recording_text(recording: "Recording") -> dict[str, Any]:
    """Return a recording as JSON keeps it; `recording_from` reads it back."""

    def window(w: Any) -> list[Any]:
        return [None if edge is None else float(edge) for edge in (w.start, w.stop)]

    return {
        "spikes": {n: window(w) for n, w in recording.spikes.items()},
        "states": {n: float(i) for n, i in recording.states.items()},
        "only": {n: list(rows) for n, rows in recording.only.items()},
        "windows": {n: window(w) for n, w in recording.windows.items()},
        "events": {n: list(v) for n, v in recording.events.items()},
    }


def recording_from(text: str) -> "Recording":
    """Return the recording that a run was made with, from its own account."""
    from brian2 import second

    from neuromodsim.description.recording import Recording, Window

    def window(edges: list[Any]) -> Window:
        start, stop = (None if edge is None else edge * second for edge in edges)
        return Window(start=start, stop=stop)

    data = json.loads(text)
    return Recording(
        spikes={n: window(w) for n, w in data["spikes"].items()},
        states={n: i * second for n, i in data["states"].items()},
        only={n: tuple(rows) for n, rows in data["only"].items()},
        windows={n: window(w) for n, w in data["windows"].items()},
        events={n: tuple(v) for n, v in data["events"].items()},
    )


@cache
def versions() -> dict[str, str]:
    """Return the versions of all that a result depends on."""
    # Our own from the source: a bare checkout is not installed.
    found = {"python": platform.python_version(), "neuromodsim": __version__}
    for name in ("brian2", "numpy", "scipy", "xarray", "zarr"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found
