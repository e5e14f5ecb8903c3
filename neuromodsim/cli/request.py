"""Conversion of command-line arguments, or of the provenance of a run, to the arguments of ``simulate``."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from neuromodsim.description import spelling
from neuromodsim.errors import NeuromodsimError, OutputExists, WrongInput, unknown
from neuromodsim.result import account, run_store
from neuromodsim.storage import bounded, files

if TYPE_CHECKING:
    import xarray as xr

    from neuromodsim.description.experiment import Experiment
    from neuromodsim.description.recording import Recording

PICTURES = (".png", ".pdf", ".svg")
LARGEST_PICTURE = 2**28  # bytes
# How many samples of a recorded variable a whole run gets if no interval is named.
SAMPLES, SNAPSHOTS = 1000, 100


def whole_number(name: str, text: str) -> int:
    """Return a whole number from 0 up; raises `WrongInput` if it is not one."""
    if not (text.isascii() and text.isdecimal()):
        raise WrongInput(f"The {name} must be a whole number from 0 up; got '{text}'.")
    return int(text)


def settings(texts: Iterable[str]) -> dict[str, str]:
    """Return values by path from ``PATH=VALUE`` texts."""
    found: dict[str, str] = {}
    for text in texts:
        path, equals, value = (part.strip() for part in text.partition("="))
        if not (path and equals and value):
            raise WrongInput(f"'{text}' is not of the form PATH=VALUE, such as dopamine_stdp.tau_c=500ms.")
        if path in found:
            raise WrongInput(f"'{path}' is set twice.")
        found[path] = value
    return found


def over(experiment: "Experiment", old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of an old run and new ones, which go before them whatever names they have."""
    from neuromodsim.description.paths import resolve

    chosen = {full for path in new for full in resolve(experiment, path)}
    kept = {full: value for path, value in old.items() for full in resolve(experiment, path)}
    return {path: value for path, value in kept.items() if path not in chosen} | dict(new)


def dimensions(texts: Iterable[str]) -> dict[str, list[Any]]:
    """Return the values of each dimension of a sweep from ``PATH=VALUES`` texts.

    Values are separated by commas; ``seed=0:10`` stands for the ten seeds from 0 up to, but without, 10.
    """
    found: dict[str, list[Any]] = {}
    for name, text in settings(texts).items():
        if name != "seed":
            found[name] = [part.strip() for part in text.split(",")]
            continue
        found[name] = []
        for part in text.split(","):
            first, colon, stop = part.strip().partition(":")
            start = whole_number("first seed" if colon else "seed", first)
            found[name] += range(start, whole_number("last seed", stop)) if colon else [start]
    return found


def recording(
    experiment: "Experiment", base: "Recording", texts: Iterable[str], duration: Any = None
) -> "Recording":
    """Return what a recording keeps, and more.

    Each text names a population or part, whose spikes are kept for the whole run, or a variable as
    ``component.variable`` with the interval between samples: ``cortex.v=1ms``. Without an interval a
    run gets a thousand samples, or a hundred snapshots of all synapses.
    """
    from neuromodsim.description.recording import Window

    spikes, states, windows = dict(base.spikes), dict(base.states), dict(base.windows)
    for text in texts:
        path, equals, interval = (part.strip() for part in text.partition("="))
        if not path or (equals and not interval):
            raise WrongInput(f"'{text}' is not of the form PATH or PATH=INTERVAL, such as cortex.v=1ms.")
        if "." in path:
            states[path] = _interval(experiment, path, interval, duration)
            windows.pop(path, None)
        elif interval:
            raise WrongInput(f"Spikes of '{path}' are all kept and take no interval.")
        else:
            spikes[path] = Window()
    _check_names(experiment, spikes, states)
    return replace(base, spikes=spikes, states=states, windows=windows)


def _interval(experiment: "Experiment", path: str, text: str, duration: Any) -> Any:
    from neuromodsim.units import quantities

    if text:
        interval = quantities.parse(text, f"interval of {path}")
        quantities.whole_steps(f"interval of {path}", interval, experiment.dt)
        return interval
    seconds = float(experiment.duration if duration is None else duration)
    synapses = {p.name for p in experiment.circuit.projections}
    samples = SNAPSHOTS if path.partition(".")[0] in synapses else SAMPLES
    return max(1, round(seconds / float(experiment.dt) / samples)) * experiment.dt


def _check_names(experiment: "Experiment", spikes: Iterable[str], states: Iterable[str]) -> None:
    """Refuse names that are not there now, rather than when a program is being built."""
    cells = {n for p in experiment.circuit.populations for n in (p.name, *p.stretches())}
    components = experiment.components()
    for name in spikes:
        if name not in cells:
            raise unknown("population to record spikes of", name, cells)
    for path in states:
        component, _, _ = path.partition(".")
        if component not in components:
            raise unknown("component to record", component, components)


def place_for(path: str | None, *, overwrite: bool, kinds: tuple[str, ...] = ()) -> Path | None:
    """Return where to write, tried before anything is computed.

    Raises
    ------
    OutputExists
        If something is there and may not be overwritten.
    WrongInput
        If there is no folder to write to, the name ends in none of ``kinds``, or what is there is a link or
        nothing of neuromodsim.
    RunFailed
        If there is no room.
    """
    if path is None:
        return None
    place = files.located(path)
    if kinds and place.suffix.lower() not in kinds:
        raise WrongInput(f"'{place}' must end in {' or '.join(kinds)}.")
    if not os.path.isdir(place.absolute().parent):
        raise WrongInput(f"There is no folder '{place.parent}' to write to.")
    files.refuse_link(place)
    there = files.kind(place)
    if there and not overwrite:
        raise OutputExists(f"'{place}' is already there; choose another name or use --overwrite.")
    if not kinds:
        run_store.expect_store_name(place)
    if kinds and there:
        _expect_picture(place, there)
    elif there:
        run_store.expect_ours(place, place)
    files.expect_writable(place)
    return place


def sweep_place(path: str) -> Path:
    """Return where to keep a sweep, tried before anything is computed; it may be there and hold runs.

    Raises
    ------
    OutputExists
        If something else than a sweep is there.
    WrongInput
        If it cannot be written to.
    """
    from neuromodsim.sweeps.place import expect_usable

    place = files.located(path)
    if not os.path.isdir(place.absolute().parent):
        raise WrongInput(f"There is no folder '{place.parent}' to write to.")
    expect_usable(place)
    return place


def _expect_picture(place: Path, there: str) -> None:
    """Raise `WrongInput` unless a file is a picture that was drawn here."""
    if there == "folder":
        raise WrongInput(f"'{place}' is a folder.")
    if account.DRAWN_BY.encode() not in bounded.read(place, LARGEST_PICTURE):
        raise WrongInput(
            f"'{place}' is no picture that neuromodsim drew, so it is not overwritten; choose another name."
        )


def variant_of(tree: "xr.DataTree", name: str) -> dict[str, Any]:
    """Return which variant of a family an old run is of, if that is what is named, without values of axes."""
    from neuromodsim.catalogue.finding import described
    from neuromodsim.description.family import ExperimentFamily

    plain, chosen = spelling.split(name)
    found = described(plain)
    if chosen or not isinstance(found, ExperimentFamily):
        return {}
    try:
        kept = dict(json.loads(tree.attrs.get("variant", "{}")))
    except (TypeError, ValueError) as error:
        raise WrongInput("The dataset does not state the variant of its run.") from error
    return kept if set(kept) <= set(found.axes) else {}


def repetition(tree: "xr.DataTree", named: "Experiment | None" = None) -> dict[str, Any]:
    """Return the arguments with which a run can be made again, from its own account.

    Defaults that have changed since are given as they were then. An experiment that is in no catalogue has
    to be ``named``: a dataset may be somebody else's, and to look for what it names would run code.

    Raises
    ------
    WrongInput
        If the experiment is not there any more, or its equations are others now.
    """
    attributes = {str(name): value for name, value in tree.attrs.items()}
    if "sweep" in attributes:
        raise WrongInput("That is a sweep of many runs; name one of them, as listed in its variable 'run'.")
    if missing := account.lacking(attributes):
        raise WrongInput(f"The dataset lacks '{missing[0]}', which is needed to repeat its run.")
    try:
        return _arguments_of(attributes, named)
    except NeuromodsimError:
        raise
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise WrongInput(f"The provenance of the dataset cannot be used ({type(error).__name__}).") from error


def _arguments_of(attributes: Mapping[str, Any], named: "Experiment | None") -> dict[str, Any]:
    from neuromodsim.result import dataset
    from neuromodsim.units import quantities

    experiment = named or _known(attributes["experiment"])
    if experiment.name != attributes["experiment"]:
        raise WrongInput(
            f"The dataset must hold a run of '{experiment.name}'; got one of '{attributes['experiment']}'."
        )
    condition, now = experiment.condition(attributes["condition"])
    _expect_same_equations(experiment, attributes)
    return {
        "experiment": experiment,
        "condition": condition,
        "device": attributes["device"],
        "seed": int(attributes["seed"]),
        "duration": quantities.parse(attributes["duration"]),
        "parameters": _parameters_then(experiment, now.parameters, attributes),
        "record": dataset.recording_from(attributes["recording"]),
        "third_factor": attributes["third_factor"],
    }


def _parameters_then(
    experiment: "Experiment", condition: Mapping[str, Any], attributes: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the values that a run was given, and those of defaults that are others today."""
    from neuromodsim.description.course import Course, as_value
    from neuromodsim.units import quantities

    parameters = {
        path: quantities.from_plain(value) for path, value in json.loads(attributes["changed"]).items()
    }
    used, prepared = json.loads(attributes["parameters"]), json.loads(attributes.get("prepared", "[]"))
    for path, value in _defaults(experiment, condition, parameters).items():
        if path in prepared:
            continue
        today = as_value(path, value)
        if (today.text if isinstance(today, Course) else quantities.text(today)) != used[path]["value"]:
            parameters[path] = used[path]["value"]
    return parameters


def _expect_same_equations(experiment: "Experiment", attributes: Mapping[str, Any]) -> None:
    """Raise `WrongInput` if an equation is another one than an old run says."""
    from neuromodsim.result import dataset

    then = json.loads(attributes["equations"])
    for name, equations in dataset.equations_of(experiment).items():
        if then.get(name) != equations:
            raise WrongInput(
                f"The equations of '{name}' have changed since this run was made with "
                f"neuromodsim {json.loads(attributes['versions'])['neuromodsim']}."
            )


def _known(name: str) -> "Experiment":
    """Return an experiment of the catalogue or of a plug-in, which a dataset may name."""
    from neuromodsim.catalogue.finding import find

    try:
        if ":" not in name and not name.endswith(".py"):
            return find(name)
    except WrongInput:
        pass
    raise WrongInput(
        f"The run is of '{name}', which is not in the catalogue; name its file or module as well: "
        "neuromodsim run FILE.py:NAME --from OLD.zarr"
    )


def _defaults(
    experiment: "Experiment", condition: Mapping[str, Any], changed: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the value that each parameter would have today, where nobody chose one."""
    from neuromodsim.description.paths import resolve

    parts = experiment.components().items()
    values = {f"{component}.{n}": p.value for component, m in parts for n, p in m.parameters.items()}
    known = set(values)
    for source in (experiment.parameters, condition):
        values |= {full: value for path, value in source.items() for full in resolve(experiment, path)}
    chosen = {full for path in changed for full in resolve(experiment, path)}
    return {path: value for path, value in values.items() if path in known - chosen}
