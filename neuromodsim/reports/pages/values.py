"""Values, parameters and publications as plain data: in SI with their unit, and in customary notation."""

import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from neuromodsim.units.quantities import pretty, unit_text

if TYPE_CHECKING:
    from neuromodsim.description.model import Model, Parameter, Source

DIGITS = 6  # significant ones of a value on a page


def value_of(value: Any) -> dict[str, Any]:
    """Return a value in SI with its unit."""
    import numpy as np

    numbers = np.asarray(value, dtype=float)
    return {"value": numbers.tolist(), "unit": unit_text(value)}


def said(value: Any) -> str:
    """Return a value in customary notation; for several values their number and range."""
    import numpy as np

    if isinstance(value, str) or value is None:
        return value or ""
    if np.ndim(value) == 0:
        return pretty(value, DIGITS)
    low, high = (pretty(edge, DIGITS) for edge in (np.min(value), np.max(value)))
    return f"{np.size(value)} values of {low}" if low == high else f"{np.size(value)} values, {low} to {high}"


def parameter(one: "Parameter") -> dict[str, Any]:
    """Return a parameter as data: its value in SI and as said, its range, its place and its evidence."""
    return {
        **value_of(one.value),
        "shown": said(one.value),
        "meaning": one.meaning,
        "where": one.where,
        "evidence": one.evidence,
        "low": None if one.low is None else said(one.low),
        "high": None if one.high is None else said(one.high),
    }


def source(one: "Source") -> dict[str, Any]:
    """Return a publication as data."""
    return {"key": one.key, "citation": one.citation, "doi": one.doi, "short": one.short}


def named(models: "Iterable[Model]") -> list[dict[str, str]]:
    """Return name and summary of some models."""
    return [{"name": model.name, "summary": model.summary} for model in models]


def tidy(code: str) -> str:
    """Return code without empty lines around it or a common indent."""
    return textwrap.dedent(code or "").strip()


def presets(models: "Iterable[Model]") -> list[dict[str, Any]]:
    """Return models with their parameters, those of the same equations together."""
    groups: dict[str, dict[str, Any]] = {}
    for model in models:
        group = groups.setdefault(model.equations, {"equations": tidy(model.equations), "presets": {}})
        group["presets"][model.name] = {
            "summary": model.summary,
            "source": source(model.source),
            "parameters": {name: parameter(p) for name, p in model.parameters.items()},
        }
    return list(groups.values())
