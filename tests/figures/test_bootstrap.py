"""How likely claims are to hold of fresh seeds, against what can be worked out."""

from types import SimpleNamespace

import numpy as np
import pytest
import xarray as xr

from neuromodsim.catalogue import catalogue
from neuromodsim.reports import bootstrap
from neuromodsim.reports import figure as figures
from neuromodsim.reports.claims import Check


def _summary(values, conditions, seeds):
    coords = {"condition": ("run", conditions), "seed": ("run", seeds)}
    return xr.Dataset({"x": ("run", np.array(values, float))}, coords)


def _figure(*claims):
    return SimpleNamespace(check=lambda s: [Check("a claim", "", "", bool(holds(s))) for holds in claims])


def test_the_share_is_that_of_the_binomial_distribution():
    """Fails when runs are drawn without replacement, or only some of them."""
    summary = _summary([0, 0, 1, 1], ["a"] * 4, range(4))
    figure = _figure(lambda s: s.x.mean() >= 0.75, lambda s: s.x.sizes["run"] == 4, lambda s: s.x.max() > 1)
    most, whole, never = bootstrap.chances(figure, summary, draws=1500)
    assert most.share == pytest.approx(5 / 16, abs=0.04)  # three or four ones of four
    assert (whole.share, never.share) == (1, 0)


def test_runs_of_one_seed_stay_together():
    """Fails when what is compared seed by seed is drawn apart, or labels of seeds move with the runs."""
    summary = _summary([1, 5, 9, 1.5, 5.5, 9.5], ["a"] * 3 + ["b"] * 3, [0, 1, 2] * 2)

    def above(s):
        a, b = (s.x.values[s.condition.values == c] for c in "ab")
        return (b - a == 0.5).all() and s.seed.values.tolist() == [0, 1, 2] * 2

    (chance,) = bootstrap.chances(_figure(above), summary, draws=50)
    assert chance.share == 1


def test_another_number_of_seeds_is_drawn_by_itself():
    """Fails when conditions with other seeds are mixed, or a single run is lost."""
    summary = _summary([1, 2, 10, 20, 30, 100], ["a"] * 2 + ["b"] * 3 + ["c"], [0, 1, 0, 1, 2, 0])

    def apart(s):
        sizes = [(s.x.values[s.condition.values == c] < limit).all() for c, limit in zip("abc", (3, 31, 101))]
        return all(sizes) and s.x.values[-1] == 100

    assert bootstrap.chances(_figure(apart), summary, draws=50)[0].share == 1


def test_seeds_may_be_a_dimension():
    """Fails when a figure that sums up each condition over its seeds is left as it is."""
    summary = xr.Dataset({"x": (("run", "seed"), [[0.0, 1.0], [2.0, 3.0]])})
    chance = bootstrap.chances(_figure(lambda s: s.x[0].mean() == 0.5), summary, draws=700)[0]
    assert chance.share == pytest.approx(0.5, abs=0.07)


@pytest.mark.parametrize("name", catalogue.figures())
def test_every_figure_can_be_drawn_anew(name):
    """Fails when a check cannot take a summary of other seeds."""
    summary, _ = figures.stored(name)
    module = catalogue.figure(name)
    found = bootstrap.chances(module, summary, draws=2)
    assert [c.observed for c in found] == [c.observed for c in module.check(summary)]
