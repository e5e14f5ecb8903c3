"""Models, experiments and figures described: as plain dictionaries for programs, as text for people."""

import ast
import textwrap
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from neuromodsim.catalogue import catalogue
from neuromodsim.catalogue.finding import find, plugins
from neuromodsim.errors import unknown
from neuromodsim.units.quantities import pretty, unit_text

if TYPE_CHECKING:
    from rich.console import RenderableType

    from neuromodsim.description.experiment import Experiment
    from neuromodsim.description.model import Model, Parameter, Source

# How the code of a model is headed, in the order in which it is shown.
CODE = {
    "equations": "equations",
    "method": "integration method",
    "threshold": "a spike when",
    "reset": "at a spike",
    "refractory": "refractory",
    "step": "in every step",
    "on_pre": "at a presynaptic spike",
    "on_post": "at a postsynaptic spike",
}


def describe(name: str) -> dict[str, Any]:
    """Return what there is to say about a model, a drug, an experiment or a figure.

    Raises
    ------
    WrongInput
        If there is nothing of that name, with the nearest right ones.
    """
    if name in catalogue.experiments():
        return experiment(catalogue.experiment(name))
    if name in catalogue.models():
        return model(catalogue.model(name))
    if name in catalogue.figures():
        return figure(name)
    if name in catalogue.drugs():
        return drug(name)
    if ":" in name or name.endswith(".py") or name in plugins():
        return experiment(find(name))
    every = [
        *catalogue.experiments(),
        *plugins(),
        *catalogue.models(),
        *catalogue.drugs(),
        *catalogue.figures(),
    ]
    raise unknown("model, drug, experiment or figure", name, every)


def listing() -> dict[str, list[dict[str, str]]]:
    """Return name and summary of everything, by kind; models with the folder they are in."""
    folders = catalogue.folders()
    found = {
        "models": [
            {"name": n, "summary": m.summary, "folder": folders.get(n, "of one experiment")}
            for n, m in catalogue.models().items()
        ],
        "drugs": [{"name": n, "summary": d.summary} for n, d in catalogue.drugs().items()],
        "experiments": [{"name": n, "summary": e.summary} for n, e in catalogue.experiments().items()],
    }
    figures = [{"name": n, "summary": _first_line(_docstring(n))} for n in catalogue.figures()]
    return found | {"figures": figures}


def _docstring(figure: str) -> str:
    """Return what a figure's module says of itself, without running it."""
    path = catalogue.figure_folder() / f"{figure}.py"
    return ast.get_docstring(ast.parse(path.read_text())) or ""


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0]


def value_of(value: Any) -> dict[str, Any]:
    """Return a value in SI with its unit."""
    import numpy as np

    numbers = np.asarray(value, dtype=float)
    return {"value": numbers.tolist(), "unit": unit_text(value)}


def _parameter(parameter: "Parameter") -> dict[str, Any]:
    low, high = parameter.low, parameter.high
    return {
        **value_of(parameter.value),
        "shown": pretty(parameter.value),
        "meaning": parameter.meaning,
        "where": parameter.where,
        "evidence": parameter.evidence,
        "low": None if low is None else pretty(low),
        "high": None if high is None else pretty(high),
    }


def model(model: "Model") -> dict[str, Any]:
    """Return the description of a model or task."""
    code = {field: textwrap.dedent(getattr(model, field, "") or "").strip() for field in CODE}
    parameters = {name: _parameter(p) for name, p in model.parameters.items()}
    tables = {
        name: {"shape": list(t.shape), "unit": unit_text(t.unit), "meaning": t.meaning}
        for name, t in model.tables.items()
    }
    return {
        "kind": "model",
        "name": model.name,
        "type": type(model).__name__,
        "summary": model.summary,
        "source": source(model.source),
        "code": {field: lines for field, lines in code.items() if lines},
        "events": _events(model),
        "timeline": [{"phase": p.name, "duration": p.duration} for p in getattr(model, "timeline", ())],
        "modulators": list(getattr(model, "modulators", getattr(model, "reads", ()))),
        "changes": dict(getattr(model, "changes", {})),
        "bounds": {name: list(edges) for name, edges in getattr(model, "bounds", {}).items()},
        "parameters": parameters,
        "tables": tables,
        "initial": {n: v if isinstance(v, str) else pretty(v) for n, v in model.initial.items()},
    }


def _events(model: "Model") -> dict[str, dict[str, str]]:
    """Return when each event happens and what it does; not the phases, which the timeline has."""
    events = {
        name: {"when": getattr(event, "when", event), "do": getattr(event, "do", "")}
        for name, event in getattr(model, "events", {}).items()
    }
    for name, code in getattr(model, "on_event", {}).items():
        events[name] = {"when": events.get(name, {}).get("when", ""), "do": code}
    return {n: {k: textwrap.dedent(v).strip() for k, v in e.items()} for n, e in events.items()}


def source(source: "Source") -> dict[str, Any]:
    """Return the description of a publication."""
    return {"key": source.key, "citation": source.citation, "doi": source.doi}


def drug(name: str) -> dict[str, Any]:
    """Return the description of a drug at one target."""
    one = catalogue.drugs()[name]
    affinity = one.K_i
    return {
        "kind": "drug",
        "name": name,
        "summary": one.summary,
        "source": source(one.source),
        "target": one.target,
        "efficacy": one.efficacy,
        "parameters": {"K_i": _parameter(affinity)},
    }


def experiment(experiment: "Experiment") -> dict[str, Any]:
    """Return the description of an experiment.

    Raises
    ------
    WrongInput
        If one of its names cannot be one, or means two things, as for a run.
    """
    from neuromodsim.checks.names import expect_names

    expect_names(experiment)
    circuit, recording = experiment.circuit, experiment.recording
    return {
        "kind": "experiment",
        "name": experiment.name,
        "summary": experiment.summary,
        "source": source(experiment.source),
        "duration": pretty(experiment.duration),
        "dt": pretty(experiment.dt),
        "conditions": {name: c.summary for name, c in experiment.conditions.items()},
        "task": experiment.task.name if experiment.task else None,
        "populations": {
            p.name: {"size": p.size, "model": p.model.name, "parts": dict(p.parts)}
            for p in circuit.populations
        },
        "modulators": {m.name: {"regions": m.regions, "model": m.model.name} for m in circuit.modulators},
        "projections": {
            p.name: {
                "source": p.source,
                "target": p.target,
                "model": p.model.name,
                "wiring": repr(p.wiring),
                "delay": "the time step" if p.delay is None else pretty(p.delay),
            }
            for p in circuit.projections
        },
        "recordings": {
            "spikes": list(recording.spikes),
            "variables": {path: pretty(interval) for path, interval in recording.states.items()},
            "events": list(recording.events),
        },
        "parameters": _experiment_parameters(experiment),
        "sources": [source(s) for s in experiment.sources().values()],
        "figures": [n for n in catalogue.figures() if experiment.name == catalogue.figure(n).EXPERIMENT],
    }


def _experiment_parameters(experiment: "Experiment") -> dict[str, Any]:
    """Return every parameter by ``component.name``, as a run without changes would have it."""
    from neuromodsim.description.paths import resolve
    from neuromodsim.units import quantities

    found = {
        f"{component}.{name}": entry
        for component, part in experiment.components().items()
        for name, entry in model(part)["parameters"].items()
    }
    for path, given in experiment.parameters.items():
        value = quantities.parse(given, path) if isinstance(given, str) else given
        for full in resolve(experiment, path):
            if full in found:
                found[full] = {**found[full], **value_of(value), "shown": pretty(value)}
    return found


def figure(name: str) -> dict[str, Any]:
    """Return the description of a figure: what it shows and which runs it is made of."""
    module = catalogue.figure(name)
    return {
        "kind": "figure",
        "name": name,
        "summary": _first_line(_docstring(name)),
        "about": _docstring(name),
        "experiment": module.EXPERIMENT,
        "runs": {condition: list(seeds) for condition, seeds in module.RUNS.items()},
    }


def render(about: Mapping[str, Any]) -> "list[RenderableType]":
    """Return a description as paragraphs and tables for a terminal."""
    from rich.text import Text

    kinds = {
        "model": _model_parts,
        "drug": _drug_parts,
        "experiment": _experiment_parts,
        "figure": _figure_parts,
    }
    title = Text(about["name"], style="bold")
    title.append(f"  ({about.get('type', about['kind'])})", style="dim")
    return [title, Text(about["summary"]), *kinds[about["kind"]](about)]


def _model_parts(about: Mapping[str, Any]) -> "list[RenderableType]":
    parts: list[RenderableType] = [_cited(about["source"])]
    for field, code in about["code"].items():
        parts.append(_code(CODE[field], code))
    for name, event in about["events"].items():
        happens = f"event {name}" + (f", when {event['when']}" if event["when"] else "")
        parts.append(_code(happens, event["do"]))
    if about["timeline"]:
        parts.append(table("phases", ("phase", "lasts"), (phase.values() for phase in about["timeline"])))
    if about["changes"]:
        parts.append(table("changes", ("what", "becomes"), about["changes"].items()))
    if about["bounds"]:
        bounds = ((name, *edges) for name, edges in about["bounds"].items())
        parts.append(table("bounds", ("variable", "from", "to"), bounds))
    if about["parameters"]:
        parts.append(_parameters(about["parameters"]))
    if about["tables"]:
        rows = [(n, str(t["shape"]), t["unit"], t["meaning"]) for n, t in about["tables"].items()]
        parts.append(table("tables", ("name", "shape", "unit", "meaning"), rows))
    if about["initial"]:
        parts.append(table("initial values", ("variable", "value"), about["initial"].items()))
    return parts


def _drug_parts(about: Mapping[str, Any]) -> "list[RenderableType]":
    from rich.text import Text

    acts = f"Target: {about['target']}; efficacy {about['efficacy']:g}."
    return [_cited(about["source"]), Text(acts), _parameters(about["parameters"])]


def _experiment_parts(about: Mapping[str, Any]) -> "list[RenderableType]":
    from rich.text import Text

    cells = [
        (name, f"{p['size']} cells", p["model"], ", ".join(f"{n} {k}" for k, n in p["parts"].items()))
        for name, p in about["populations"].items()
    ]
    cells += [(n, f"{m['regions']} region(s)", m["model"], "") for n, m in about["modulators"].items()]
    links = [
        (name, f"{p['source']} to {p['target']}", p["model"], p["wiring"])
        for name, p in about["projections"].items()
    ]
    kept = [(n, "spikes", "") for n in about["recordings"]["spikes"]]
    kept += [(path, "every", interval) for path, interval in about["recordings"]["variables"].items()]
    kept += [(path, "event", "") for path in about["recordings"]["events"]]
    return [
        _cited(about["source"]),
        Text(f"Lasts {about['duration']} in steps of {about['dt']}; task: {about['task'] or 'none'}."),
        table("conditions", ("condition", "what it is"), about["conditions"].items()),
        table("populations and modulators", ("name", "size", "model", "parts"), cells),
        table("projections", ("name", "from, to", "model", "wiring"), links),
        table("recorded", ("path", "what", "interval"), kept),
        _parameters(about["parameters"]),
        table("sources", ("key", "citation", "DOI"), (s.values() for s in about["sources"])),
        Text("Figures: " + (", ".join(about["figures"]) or "none")),
    ]


def _figure_parts(about: Mapping[str, Any]) -> "list[RenderableType]":
    from rich.text import Text

    runs = [(c, str(len(seeds)), ", ".join(map(str, seeds))) for c, seeds in about["runs"].items()]
    return [
        Text(about["about"].partition("\n")[2].strip()),
        Text(f"Experiment: {about['experiment']}"),
        table("runs", ("condition", "runs", "seeds"), runs),
    ]


def _cited(source: Mapping[str, str]) -> "RenderableType":
    from rich.text import Text

    return Text(f"{source['citation']} https://doi.org/{source['doi']}", style="dim")


def _code(title: str, code: str) -> "RenderableType":
    from rich.console import Group
    from rich.text import Text

    return Group(Text(title, style="italic"), Text(textwrap.indent(code, "    ")))


def _parameters(parameters: Mapping[str, Mapping[str, Any]]) -> "RenderableType":
    rows = [(n, p["shown"], p["meaning"], _range(p), _place(p)) for n, p in parameters.items()]
    return table("parameters", ("name", "value", "meaning", "range", "place in the source"), rows)


def _place(parameter: Mapping[str, Any]) -> str:
    """Return where a number comes from and how sure it is."""
    return "; ".join(part for part in (parameter["where"], parameter["evidence"]) if part)


def _range(parameter: Mapping[str, Any]) -> str:
    low, high = parameter["low"], parameter["high"]
    if low is not None and high is not None:
        return f"{low} to {high}"
    return f"from {low}" if low is not None else f"to {high}" if high is not None else ""


def table(title: str, heads: tuple[str, ...], rows: Iterable[Iterable[Any]]) -> "RenderableType":
    """Return rows of plain text under their heads."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    drawn = Table(title=title, title_justify="left", title_style="italic", box=SIMPLE_HEAD, pad_edge=False)
    for head in heads:
        drawn.add_column(head, overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(str(cell)) for cell in row))
    return drawn
