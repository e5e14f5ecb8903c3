"""Benchmarks: comparison with NEST and plain Brian2, and scaling."""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from tests.docs.quoted.values import BENCHMARKS, fixed, measured

PAGE = "docs/benchmarks.md"
PUBLISHED = ()

SIMULATORS = {
    "neuromodsim, one thread": "neuromodsim, 1 thread",
    "NEST 3.10, one thread, updated once per second": "NEST, 1 thread",
    "NEST 3.10, two threads, the same": "NEST, 2 threads",
    "NEST 3.10, one thread, updated every millisecond (…)": "NEST, 1 thread, updated every ms",
    "plain Brian2, as in Brian2's example, one thread": "Brian2 as its example, 1 thread",
}
STORED = json.loads((BENCHMARKS / "scaling.json").read_text())


def texts() -> Iterator[str]:
    """Yield the passages of the page."""
    yield from _simulators()
    yield from _refractory()
    yield from _synapses()
    yield from _replicas()


def _points(measurement: str) -> list[dict[str, Any]]:
    return list(STORED[measurement]["points"])


def by_simulator(measurement: str) -> dict[str, float]:
    """Return the median time of each simulator, in seconds per simulated second."""
    return {point["simulator"]: float(np.median(point["seconds"])) for point in _points(measurement)}


def _simulators() -> Iterator[str]:
    small, large = by_simulator("1000 cells"), by_simulator("10000 cells")
    (first, own), *others = SIMULATORS.items()
    yield f"| {first} | {small[own]:.4f} | | {short(large[own])} … | |"
    for title, name in others:
        seconds = fixed(small[name], 3) if small[name] < 1 else short(small[name])
        low, high = (short(times[name] / times[own]) for times in (small, large))
        yield f"| {title} | {seconds} | {low} | {short(large[name])}… | {high} |"


def short(value: float) -> str:
    """Return a number with two significant digits, and no exponent."""
    return fixed(value, max(0, 1 - int(np.floor(np.log10(value)))))


def _refractory() -> Iterator[str]:
    times = by_simulator("1000 cells with a refractory period")
    own, one, two = (times[name] for name in list(SIMULATORS.values())[:3])
    yield f"1000 cells take {own:.3f} s"
    yield f"NEST {one:.2f} s on one thread, {one / own:.1f} times as long ({two:.2f} s on two)"


def _synapses() -> Iterator[str]:
    for point in _points("synapses"):
        seconds, memory = np.median(point["seconds"]), point["bytes"] / 1e6
        yield f"| {point['synapses']:,} | {point['cells']:,} | {short(seconds)} | {memory:.0f} MB |"


def _replicas() -> Iterator[str]:
    one, two, four, _, sixteen = (float(np.median(point["seconds"])) for point in _points("replicas"))
    yield (
        f"`distal_reward` takes {fixed(one, 3)} s per simulated second as a single run, {fixed(two, 3)} s as "
        f"two replicas in one program, {fixed(four, 3)} s as four and {fixed(sixteen, 2)} s as sixteen"
    )
    yield f"in parallel, at {float(measured('sweep')[0]['value']):.2f} of the speed of two programs"
    regions = {point["regions"]: np.median(point["seconds"]) for point in _points("regions")}
    several = [value for number, value in regions.items() if number > 1]
    yield f"({min(several):.3f} to {max(several):.3f} s instead of {regions[1]:.3f})"
