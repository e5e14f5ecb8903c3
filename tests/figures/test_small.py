"""Every figure once more, small: what it claims still holds, and its numbers are those stored.

After a change that is meant to change numbers: ``python -m tests.figures.small NAME --store``.
"""

import numpy as np
import pytest
import xarray as xr

from neuromodsim.catalogue import catalogue
from tests.figures import small


@pytest.mark.cpp
@pytest.mark.parametrize("name", catalogue.figures())
def test_a_figure_holds_small(name):
    """Fails when a sign, a constant or an effect behind the figure is another one."""
    checks = small.checks(name, small.summary(name))
    failed = "\n".join(
        f"{c.claim}: expected {c.expected}, observed {c.observed}" for c in checks if not c.supported
    )
    assert checks and not failed, failed


@pytest.mark.parametrize("name", catalogue.figures())
def test_every_figure_has_a_small_version(name):
    """Fails when a new figure has none."""
    one = small.of(name)
    assert one.runs and 0 < one.within <= 0.3


def test_stored_numbers_belong_to_a_figure():
    """Fails when a figure was renamed and its numbers were left behind, or those of one are not stored."""
    names = catalogue.figures()
    assert {path.name for path in small.place("x").parent.iterdir()} == {small.place(n).name for n in names}
    assert [name for name in names if not small.stored(name)] == []


def test_what_is_chaotic_is_not_compared():
    """Fails when a number that one more spike makes another one is stored, or a name of none is accepted."""
    found = xr.Dataset({"x": ("run", [1.0]), "spikes": ("run", [2.0])})
    assert small.numbers(found, ("spikes",)) == {"x": [[1.0], [0.0]]}
    with pytest.raises(ValueError, match="spike"):
        small.numbers(found, ("spike",))


def _failed(wanted, found, within=1e-3):
    return [c.claim for c in small._compared(wanted, found, within) if not c.supported]


def test_numbers_are_compared_with_those_stored():
    """Fails when another number, a lost variable, a lost run or a new NaN goes unnoticed."""
    one = {"a": [[1.0, 2.0], [0.0, 0.1]], "b": [[None, 1.0], [0.0, 0.0]]}
    assert _failed(one, one) == []
    assert _failed(one, {**one, "a": [[1.0, 2.001], [0.0, 0.1]]}) == []
    assert _failed(one, {**one, "a": [[1.0, 2.003], [0.0, 0.1]]}) == ["the numbers of 'a' are those stored"]
    assert len(_failed(one, {**one, "b": [[1.0, None], [0.0, 0.0]]})) == 1
    assert len(_failed(one, {"a": one["a"]})) == 1
    assert len(_failed(one, {**one, "a": [[1.0], [0.0]]})) == 1
    assert len(_failed({}, one)) == 2
    assert len(_failed({"a": [[0.0], [0.0]]}, {"a": [[1e-9], [0.0]]})) == 1


def test_numbers_are_means_and_spreads_run_by_run():
    """Fails when a change of one run is lost in a mean over all, or the machine's speed is stored."""
    summary = xr.Dataset(
        {
            "x": (("run", "time"), [[1.0, 3.0], [np.nan, 5.0]]),
            "seconds": ("run", [1.0, 2.0]),
            "n": ((), 4),
            "name": ("run", ["a", "b"]),
        }
    )
    assert small.numbers(summary) == {"n": [[4.0], [0.0]], "x": [[2.0, 5.0], [1.0, 0.0]]}
