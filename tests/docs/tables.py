"""Tables of the pages, written from the catalogue, so that a number in a page is the number in the code.

A page marks where a table stands::

    <!-- table: presets DA_DS_EJDRUP DA_VS_EJDRUP -->
    ...
    <!-- end of table -->

``python -m tests.docs.tables`` writes all of them anew; a test fails when one differs.
"""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
from brian2 import Hz, metre, mole, second
from brian2.units import Quantity, have_same_dimensions
from brian2.units.allunits import mmolar, nmolar
from brian2.units.fundamentalunits import is_dimensionless
from scipy.optimize import brentq

from neuromodsim import equations
from neuromodsim.description.drug import Drug
from neuromodsim.description.model import Model, Parameter
from neuromodsim.equations.plasticity.windows import window
from neuromodsim.units.quantities import DATASET_UNITS

DOCS = Path(__file__).parent.parent.parent / "docs"
BLOCK = re.compile(r"(<!-- table: ([^>]*?) -->\n).*?(<!-- end of table -->)", re.DOTALL)
NAMED = re.compile(r"`([A-Z][A-Z0-9_]+)`")
MOLECULE = mole / 6.02214076e23
# What a unit is called in a table, and its size; the first that fits.
UNITS: tuple[tuple[str, Any], ...] = (
    ("nmol/L/s", nmolar / second),
    ("/(nmol/L)/s", 1 / (nmolar * second)),
    ("/(nmol/L)²/s", 1 / (nmolar**2 * second)),
    ("/(nmol/L)", 1 / nmolar),
    ("µm²/s", 1e-12 * metre**2 / second),
    ("/µm³", 1e18 / metre**3),
    ("molecules", MOLECULE),
    ("/s", 1 / second),
    *(
        (spelling.replace("um", "µm"), Quantity.with_dimensions(size, unit.dim))
        for unit, spelling, size in DATASET_UNITS
    ),
)
SIGN = {"": "not stated", "none": "no change"}


def named(name: str) -> Any:
    """Return a model or drug of the catalogue by its Python name."""
    return getattr(equations, name)


def unit_of(values: Iterable[Any]) -> tuple[str, Any]:
    """Return how a table calls the unit of some values, and its size."""
    values = list(values)
    if is_dimensionless(values[0]):
        return "", 1.0
    if have_same_dimensions(values[0], second):
        return ("ms", 1e-3 * second) if max(float(v) for v in values) < 1 else ("s", second)
    if have_same_dimensions(values[0], Hz):
        return "/s", Hz
    return next((name, size) for name, size in UNITS if have_same_dimensions(size, values[0]))


def number(value: Any, size: Any) -> str:
    """Return a value in a unit, as a page shows it."""
    text = f"{float(np.asarray(value)) / float(np.asarray(size)):.6g}"
    return re.sub(r"e([+-])0*", r"e\1", text).replace("e+", "e")


def short(value: float, digits: int) -> str:
    """Return a number with so many digits, without a power of ten."""
    return f"{float(f'{value:.{digits}g}'):g}"


def with_unit(value: Any) -> str:
    """Return a value followed by its unit."""
    name, size = unit_of([value])
    return f"{number(value, size)} {name}".strip().replace(" /s", "/s")


def sure(parameter: Parameter) -> str:
    """Return the evidence level of a number."""
    return parameter.evidence or "–"


def rows(*lines: Iterable[str]) -> str:
    """Return a table in Markdown; the first line is its head."""
    head, *body = [list(line) for line in lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in [head, ["---"] * len(head), *body]) + "\n"


def presets(page: str, *names: str) -> str:
    """Return parameters downwards and models across: rival numbers beside each other."""
    models: list[Model] = [named(name) for name in names]
    lines = []
    for key in dict.fromkeys(key for model in models for key in model.parameters):
        found = [model.parameters.get(key) for model in models]
        unit, size = unit_of(p.value for p in found if p)
        meaning = next(p.meaning for p in found if p)
        shown = [f"{number(p.value, size)} ({sure(p)})" if p else "" for p in found]
        lines.append([f"`{key}`", meaning, unit, *shown])
    return rows(["", "", "unit", *(f"`{name}`" for name in names)], *lines)


def numbers(page: str, *names: str) -> str:
    """Return a line per number, with its place in the source; of presets, what is new in them."""
    lines, seen = [], []
    for name in names:
        new = [(key, p) for key, p in named(name).parameters.items() if (key, p) not in seen]
        seen += new
        for place, (key, p) in enumerate(new):
            model = "" if place else f"`{name}`"
            lines.append([model, f"`{key}`", with_unit(p.value), p.meaning, sure(p), p.where])
    return rows(["model", "parameter", "value", "meaning", "evidence", "source locator"], *lines)


def receptors(page: str, at: str, *names: str) -> str:
    """Return affinities and rates, and what they make of some concentrations, in nmol/L."""
    doses = [float(dose) for dose in at.removeprefix("at=").split(",")]
    middle = doses[len(doses) // 2]
    lines = []
    for name in names:
        affinity, rate = (named(name).parameters[key] for key in ("K_d", "k_off"))
        K_d, k_off = float(affinity.value / nmolar), float(rate.value * second)
        tau = 1 / (k_off * (1 + middle / K_d))
        lines.append(
            [
                f"`{name}`",
                f"{K_d:.6g} ({sure(affinity)})",
                f"{short(k_off, 3)} ({sure(rate)})",
                *(short(dose / (dose + K_d), 2) for dose in doses),
                f"{short(tau, 2)} s" if tau >= 0.1 else f"{short(tau * 1e3, 2)} ms",
            ]
        )
    occupied = [f"at {dose:g}" for dose in doses]
    return rows(["", "`K_d` (nmol/L)", "`k_off` (/s)", *occupied, f"time constant at {middle:g}"], *lines)


def drugs(page: str, *names: str) -> str:
    """Return what competes for what, and how well."""
    lines = []
    for name in names:
        drug: Drug = named(name)
        does = f"efficacy {drug.efficacy:g}" if drug.efficacy else drug.summary.split()[0].lower()
        K_i = number(drug.K_i.value, nmolar)
        lines.append([f"`{name}`", drug.target, does, K_i, sure(drug.K_i), drug.K_i.where])
    return rows(["", "target", "", "`K_i` (nmol/L)", "evidence", "source locator"], *lines)


def windows(page: str, *keys: str) -> str:
    """Return what pairing of spikes did to a synapse."""
    lines = []
    for key in keys:
        row = window(key)
        rule = f"`{row.rule.upper()}`" if row.rule else ""
        found = [SIGN.get(change, change) for change in (row.before, row.after)]
        lines.append([row.receptor, row.preparation, *found, row.timing, row.evidence, rule, row.citation])
    head = [
        "receptor",
        "preparation",
        "pre before post",
        "post before pre",
        "timing",
        "evidence",
        "rule",
        "source",
    ]
    return rows(head, *lines)


def levels(page: str, *pairs: str) -> str:
    """Return where release at 1, 2 and 4 spikes per second balances uptake, in nmol/L: ``POOL/RELEASE``."""
    lines = []
    for pair in pairs:
        pool, release, *auto = pair.split("/")
        found = [f"{_level(pool, release, auto, rate):.3g}" for rate in (1, 2, 4)]
        lines.append([f"`{pool}`", f"`{release}`", f"`{auto[0]}`" if auto else "none", *found])
    return rows(["compartment", "release", "autoreceptor on terminals", "1/s", "2/s", "4/s"], *lines)


def _level(pool: str, release: str, auto: list[str], rate: float) -> float:
    """Return the concentration at rest in nmol/L, without a first-order loss."""
    numbers = {k: float(np.asarray(p.value)) for k, p in named(pool).parameters.items()}
    given = {k: p.value for k, p in named(release).parameters.items()}
    if "release_all" in given:
        spike = float(given["release_all"] / mmolar)
    else:
        spike = float(given["p_release"] * given["site_density"] * given["quantum"] / mmolar)
        spike /= numbers["alpha"]

    def balance(level: float) -> float:
        brake = 1.0
        if auto:
            bound = level / (level + float(named(auto[0]).parameters["K_d"].value / mmolar))
            brake += equations.TERMINAL_AUTORECEPTOR.parameters["terminal_alpha"].value * bound
        return rate * spike / brake - numbers["V_max"] * level / (numbers["K_m"] + level)

    return float(brentq(balance, 0.0, 1.0, xtol=1e-15)) * 1e6


def sources(page: str) -> str:
    """Return every publication that the models named on a page are from."""
    found: dict[str, tuple[Any, list[str]]] = {}
    for name in dict.fromkeys(NAMED.findall(BLOCK.sub("", page)) + in_tables(page)):
        thing = getattr(equations, name, None)
        if isinstance(thing, Model | Drug):
            found.setdefault(thing.source.key, (thing.source, []))[1].append(f"`{name}`")
    lines = [
        [f"{s.short}. {s.title}. {s.place}. [doi](https://doi.org/{s.doi})", ", ".join(names)]
        for s, names in sorted(found.values(), key=lambda pair: (pair[0].authors, pair[0].year))
    ]
    return rows(["publication", "models"], *lines)


def in_tables(page: str) -> list[str]:
    """Return the names of models that the tables of a page are made of."""
    asked = " ".join(words for _, words, _ in BLOCK.findall(page))
    return re.findall(r"\b[A-Z][A-Z0-9_]+\b", asked.replace("/", " "))


KINDS: dict[str, Callable[..., str]] = {
    f.__name__: f for f in (presets, numbers, receptors, drugs, windows, levels, sources)
}


def written(page: str) -> str:
    """Return a page with all its tables written anew."""

    def table(match: re.Match[str]) -> str:
        kind, *words = match[2].split()
        return f"{match[1]}{KINDS[kind](page, *words)}{match[3]}"

    return BLOCK.sub(table, page)


if __name__ == "__main__":
    for path in sorted(DOCS.glob("*.md")):
        path.write_text(written(path.read_text()))
