"""NACA: published and observed results."""

import re
from collections.abc import Iterator

import numpy as np

from figures.zhang2023 import baselines, sensitivity
from neuromodsim.analysis.moments import mean
from tests.docs.quoted.values import each, measured, of, percent, stored

PAGE = "docs/naca.md"
PUBLISHED = ("95.46 ± 0.17", "99.03 ± 0.06", "99.37 ± 0.04")

CLASSIFICATION, BASELINES, SENSITIVITY = (
    "zhang2023/classification",
    "zhang2023/baselines",
    "zhang2023/sensitivity",
)
TASKS = ("mnist_once", "mnist_ten_times", "spoken", "held_out_speaker")


def texts() -> Iterator[str]:
    """Yield the passages of the page."""
    yield from _classification()
    yield from map(_row, baselines.RULES)
    yield from _map()
    yield from _whole_set()
    yield from map(_cost, measured("learning_cost"))


def _classification() -> Iterator[str]:
    runs = {"experiment": "naca_classification", "condition": "modulated"}
    accuracy = of(CLASSIFICATION, "accuracy", **runs)
    final, once = accuracy[:, -1], accuracy[:, 0]
    held = of(CLASSIFICATION, "accuracy", condition="unmodulated")[:, 0]
    yield f"10 epochs, 5 seeds | … | {percent(final, 2)} % ({each(100 * final, 2)}) |"
    yield f"occurs at least {of(CLASSIFICATION, 'said', **runs).min()} times in 10,000 images"
    yield (
        f"after one epoch {percent(held)} % ({held.size} seeds) instead of "
        f"{percent(once)} % ({once.size} seeds)"
    )


def _row(rule: str) -> str:
    """Return a row of the comparison of all rules."""
    summary = stored(BASELINES)
    right = [baselines.right(summary, task, rule) for task in TASKS]
    kind = "spikes" if rule in baselines.SPIKING else "rate"
    return f"| `{rule}` | {kind} | " + " | ".join(f"{percent(r)} ({r.size})" for r in right) + " |"


def _point(turn: float, most: float) -> float:
    return mean(of(SENSITIVITY, "accuracy", condition=sensitivity.point(turn, most)))


def _map() -> Iterator[str]:
    middle = 100 * np.array([_point(0.5, most) for most in sensitivity.STRONGEST])
    yield f"at a level of 0.5 ({middle.min():.1f} to {middle.max():.1f} %;"
    yield f"a modulation of 1.2 still reaches {100 * _point(0.2, 1.2):.0f} %"


def _whole_set() -> Iterator[str]:
    kinds = {k: of(SENSITIVITY, "accuracy", experiment=name) for k, name in sensitivity.KINDS.items()}
    deep = {k: of(SENSITIVITY, "accuracy", experiment=name) for k, name in sensitivity.DEPTH.items()}
    uniform, normal, beta = (percent(values) for values in kinds.values())
    one, two, three = (percent(values) for values in deep.values())
    yield f"uniform innervation {uniform} %, normal {normal} %, beta {beta} %"
    yield f"two hidden layers {two} %, with three {three} % ({each(100 * deep[3], 1)}:"
    yield f"| … | {each((100 * mean(values) for values in kinds.values()), 1)} % after one epoch |"
    yield f"| … | {two}, {three} against {one} % after one epoch, 3 seeds |"


def _cost(row: dict[str, str]) -> str:
    """Return the row of a rule in the table of costs, from what its benchmark says."""
    rule = row["what"].partition(":")[0]
    events, writes, time = re.findall(r"[\d.]+(?= million| \()", row["found"])
    steps = re.findall(r"(\d+) steps", row["how"])[0]
    return f"| `{rule}`… | … | {steps} | {events} million | {writes} million | {float(time):.3f} ms |"
