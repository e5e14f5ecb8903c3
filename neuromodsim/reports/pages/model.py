"""The page of a model or a task: its equations and code as written, its parameters, and its source."""

from collections.abc import Iterable, Mapping
from functools import singledispatch
from typing import TYPE_CHECKING, Any

from neuromodsim.description.model import (
    EffectModel,
    Model,
    ModulatorModel,
    NeuronModel,
    SynapseModel,
    parsed,
)
from neuromodsim.description.task import Task
from neuromodsim.description.timeline import condition
from neuromodsim.reports.pages import layout, values
from neuromodsim.reports.pages.values import tidy
from neuromodsim.units.quantities import unit_text

if TYPE_CHECKING:
    from rich.console import RenderableType

# How the code of a model is headed, in the order in which it is shown.
CODE = {
    "equations": "equations",
    "method": "integration method",
    "threshold": "a spike when",
    "sends": "sends",
    "reset": "at a spike",
    "refractory": "refractory",
    "step": "in every step",
    "on_pre": "at a presynaptic spike",
    "on_post": "at a postsynaptic spike",
}


def data(model: Model) -> dict[str, Any]:
    """Return the description of a model or task."""
    tables = {
        name: {"shape": list(t.shape), "unit": unit_text(t.unit), "meaning": t.meaning}
        for name, t in model.tables.items()
    }
    about: dict[str, Any] = {
        "kind": "model",
        "name": model.name,
        "type": type(model).__name__,
        "summary": model.summary,
        "source": values.source(model.source),
        "code": {"equations": model.equations},
        "events": {},
        "timeline": [],
        "modulators": [],
        "changes": {},
        "bounds": {},
        **particulars(model),
        "parameters": {name: values.parameter(p) for name, p in model.parameters.items()},
        "tables": tables,
        "initial": {name: values.said(value) for name, value in model.initial.items()},
        "ranges": {name: [values.said(end) for end in ends] for name, ends in model.ranges.items()},
    }
    written = {field: tidy(about["code"].get(field, "")) for field in CODE}
    return about | {"code": {field: lines for field, lines in written.items() if lines}}


@singledispatch
def particulars(model: Model) -> dict[str, Any]:
    """Return what only models of this kind have."""
    return {}


@particulars.register
def _(model: NeuronModel) -> dict[str, Any]:
    code = _code(model, ("method", "threshold", "reset", "refractory", "step"))
    code |= {"sends": "in every step, without spikes"} if model.sends == "always" else {}
    return {"code": code, "events": _events(model.events, model.on_event)}


@particulars.register
def _(model: ModulatorModel) -> dict[str, Any]:
    return {"code": _code(model, ("method", "step"))}


@particulars.register
def _(model: EffectModel) -> dict[str, Any]:
    return {"modulators": list(model.reads), "changes": dict(model.changes)}


@particulars.register
def _(model: SynapseModel) -> dict[str, Any]:
    return {
        "code": _code(model, ("on_pre", "on_post", "step")),
        "events": _events({}, model.on_event),
        "modulators": list(model.modulators),
        "bounds": {name: list(edges) for name, edges in model.bounds.items()},
    }


@particulars.register
def _(model: Task) -> dict[str, Any]:
    return {
        "code": _code(
            model, ("method", "step") if parsed(model.all_equations()).diff_eq_names else ("step",)
        ),
        "events": {n: {"when": tidy(e.when), "do": tidy(e.do)} for n, e in model.events.items()},
        "timeline": [
            {"phase": p.name, "duration": p.duration, "until": condition(p.until), "when": condition(p.when)}
            for p in model.timeline
        ],
    }


def _code(model: Model, fields: Iterable[str]) -> dict[str, str]:
    return {"equations": model.equations} | {field: getattr(model, field) for field in fields}


def _events(when: Mapping[str, str], do: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return when each event happens and what it does."""
    names = dict.fromkeys((*when, *do))
    return {n: {"when": tidy(when.get(n, "")), "do": tidy(do.get(n, ""))} for n in names}


def parts(about: Mapping[str, Any]) -> "list[RenderableType]":
    """Return the page."""
    codes = [layout.code(CODE[field], text) for field, text in about["code"].items()]
    return [
        layout.cited(about["source"]),
        *codes,
        *(_event(name, event) for name, event in about["events"].items()),
        *layout.tables(
            (
                "phases",
                ("phase", "duration", "until", "only when"),
                (phase.values() for phase in about["timeline"]),
            ),
            ("changes", ("what", "becomes"), about["changes"].items()),
            ("bounds", ("variable", "from", "to"), ((n, *edges) for n, edges in about["bounds"].items())),
        ),
        *layout.parameters(about["parameters"]),
        *layout.tables(
            ("tables", ("name", "shape", "unit", "meaning"), map(_table, about["tables"].items())),
            ("initial values", ("variable", "value"), about["initial"].items()),
            ("start within", ("variable", "from", "to"), ((n, *ends) for n, ends in about["ranges"].items())),
        ),
    ]


def _event(name: str, event: Mapping[str, str]) -> "RenderableType":
    happens = f"event {name}" + (f", when {event['when']}" if event["when"] else "")
    return layout.code(happens, event["do"])


def _table(item: tuple[str, Mapping[str, Any]]) -> tuple[str, str, str, str]:
    name, table = item
    return name, " × ".join(map(str, table["shape"])), table["unit"], table["meaning"]
