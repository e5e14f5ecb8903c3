"""What is stored, and how pages write it."""

import functools
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike

from neuromodsim.analysis.moments import deviation, mean
from neuromodsim.analysis.selection import runs_with
from neuromodsim.reports import figure

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"


@functools.cache
def stored(name: str) -> xr.Dataset:
    """Return the kept summary of a figure."""
    return figure.stored(name)[0]


@functools.cache
def measured(name: str) -> list[dict[str, Any]]:
    """Return the rows of a benchmark in results.json."""
    return list(json.loads((BENCHMARKS / "results.json").read_text())[name]["rows"])


def of(name: str, quantity: str, **labels: Any) -> np.ndarray:
    """Return a quantity of the runs with some labels, from the summary of a figure."""
    return np.asarray(runs_with(stored(name), **labels)[quantity].values)


def fixed(value: float, digits: int) -> str:
    """Return a number with so many decimals; 89.15 is not below itself for want of a bit."""
    return f"{round(float(value), 9):.{digits}f}"


def spread(values: ArrayLike, digits: int) -> str:
    """Return mean and standard deviation, such as ``0.949 ± 0.003``."""
    return f"{fixed(mean(values), digits)} ± {fixed(deviation(values), digits)}"


def percent(values: ArrayLike, digits: int = 1) -> str:
    """Return mean and standard deviation of shares in percent, without the sign."""
    return spread(100 * np.asarray(values), digits)


def median_and_range(values: ArrayLike, digits: int, unit: str = "") -> str:
    """Return median and extremes, such as ``3.96 mV (2.68 to 4.00)``."""
    middle, low, high = (
        fixed(value, digits) for value in (np.median(values), np.min(values), np.max(values))
    )
    return f"{middle}{unit} ({low} to {high})"


def each(values: Iterable[float], digits: int) -> str:
    """Return values one after the other."""
    return ", ".join(fixed(value, digits) for value in values)
