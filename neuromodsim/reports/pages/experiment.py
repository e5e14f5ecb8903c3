"""The page of an experiment: conditions, circuit, recordings, parameters by path, sources and figures."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from neuromodsim.catalogue.index import figures_of
from neuromodsim.reports.pages import layout, values
from neuromodsim.reports.pages.wiring import counted, words

if TYPE_CHECKING:
    from rich.console import RenderableType

    from neuromodsim.description.experiment import Experiment
    from neuromodsim.description.projection import Projection
    from neuromodsim.description.recording import Recording


def data(experiment: "Experiment") -> dict[str, Any]:
    """Return the description of an experiment.

    Raises
    ------
    WrongInput
        If one of its names cannot be one, or means two things, as for a run.
    """
    from neuromodsim.checks.names import expect_names

    expect_names(experiment)
    circuit = experiment.circuit
    return {
        "kind": "experiment",
        "name": experiment.name,
        "summary": experiment.summary,
        "source": values.source(experiment.source),
        "duration": values.said(experiment.duration),
        "dt": values.said(experiment.dt),
        "conditions": {name: c.summary for name, c in experiment.conditions.items()},
        "task": experiment.task.name if experiment.task else None,
        "populations": {
            p.name: {"size": p.size, "model": p.model.name, "parts": dict(p.parts)}
            for p in circuit.populations
        },
        "modulators": {m.name: {"regions": m.regions, "model": m.model.name} for m in circuit.modulators},
        "projections": {p.name: _projection(p) for p in circuit.projections},
        "recordings": _recordings(experiment.recording),
        "parameters": _parameters(experiment),
        "sources": [values.source(s) for s in experiment.sources().values()],
        "variant": dict(experiment.variant),
        "figures": figures_of(experiment.name),
    }


def _projection(projection: "Projection") -> dict[str, str]:
    said = {name: _said(projection, name) for name in projection.delays}
    after = f"; postsynaptic {said['post_delay']}" if "post_delay" in said else ""
    return {
        "source": projection.source,
        "target": projection.target,
        "model": projection.model.name,
        "wiring": words(projection.wiring),
        "delay": said.get("delay", "the time step") + after,
    }


def _said(projection: "Projection", field: str) -> str:
    """Return a delay in words: one time, an expression, or that they are listed."""
    delay = projection.delays[field]
    if isinstance(delay, str):
        return delay
    return "one of each synapse" if field in projection.individual_delays else str(values.said(delay))


def _recordings(recording: "Recording") -> dict[str, Any]:
    return {
        "spikes": list(recording.spikes),
        "variables": {path: values.said(interval) for path, interval in recording.states.items()},
        "events": list(recording.events),
    }


def _parameters(experiment: "Experiment") -> dict[str, Any]:
    """Return every parameter by ``component.name``, as a run without changes would have it."""
    from neuromodsim.description.course import Course, as_value
    from neuromodsim.description.paths import resolve

    found = {
        f"{component}.{name}": values.parameter(parameter)
        for component, part in experiment.components().items()
        for name, parameter in part.parameters.items()
    }
    for path, given in experiment.parameters.items():
        value = as_value(path, given)
        course = isinstance(value, Course)
        shown = value.said if course else values.said(value)
        for full in resolve(experiment, path):
            if full in found:
                told = values.value_of(value.values if course else value)
                found[full] = {**found[full], **told, "shown": shown}
    return found


def parts(about: Mapping[str, Any]) -> "list[RenderableType]":
    """Return the page."""
    return [
        layout.cited(about["source"]),
        layout.line(f"Lasts {about['duration']} in steps of {about['dt']}; task: {about['task'] or 'none'}."),
        *layout.tables(
            ("axes", ("axis", "here", "values, the default first"), _axes(about)),
            ("conditions", ("condition", "summary"), about["conditions"].items()),
            ("populations and modulators", ("name", "size", "model", "parts"), _components(about)),
            ("projections", ("name", "from, to", "model", "wiring", "delay"), _projections(about)),
            ("recorded", ("path", "what", "interval"), _recorded(about["recordings"])),
        ),
        *layout.parameters(about["parameters"]),
        *layout.tables(
            (
                "sources",
                ("key", "citation", "DOI"),
                map(_source, about["sources"]),
            )
        ),
        layout.line("Figures: " + (", ".join(about["figures"]) or "none")),
    ]


def _axes(about: Mapping[str, Any]) -> Iterable[tuple[str, ...]]:
    for axis, options in about.get("axes", {}).items():
        yield axis, str(about["variant"][axis]), " ".join(options)


def _components(about: Mapping[str, Any]) -> Iterable[tuple[str, ...]]:
    for name, p in about["populations"].items():
        named = ", ".join(f"{size} {part}" for part, size in p["parts"].items())
        yield name, counted(p["size"], "cell"), p["model"], named
    for name, m in about["modulators"].items():
        yield name, counted(m["regions"], "region"), m["model"], ""


def _projections(about: Mapping[str, Any]) -> Iterable[tuple[str, ...]]:
    for name, p in about["projections"].items():
        yield name, f"{p['source']} to {p['target']}", p["model"], p["wiring"], p["delay"]


def _recorded(recordings: Mapping[str, Any]) -> Iterable[tuple[str, ...]]:
    yield from ((name, "spikes", "") for name in recordings["spikes"])
    yield from ((path, "every", interval) for path, interval in recordings["variables"].items())
    yield from ((path, "event", "") for path in recordings["events"])


def _source(source: Mapping[str, str]) -> tuple[str, str, str]:
    return source["key"], source["citation"], source["doi"]
