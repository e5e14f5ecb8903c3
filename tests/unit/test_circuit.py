"""Wiring rules: who is wired to whom."""

import re

import numpy as np
import pytest
from brian2 import ms, mV

import neuromodsim as nms
from neuromodsim.equations import FIXED_WEIGHT
from tests.pretend import spike_source


def test_all_to_all_runs_over_targets_first(rng):
    i, j = nms.AllToAll().draw(2, 3, rng)
    assert i.tolist() == [0, 0, 0, 1, 1, 1]
    assert j.tolist() == [0, 1, 2, 0, 1, 2]


def test_one_to_one(rng):
    i, j = nms.OneToOne().draw(4, 4, rng)
    assert i.tolist() == j.tolist() == [0, 1, 2, 3]
    with pytest.raises(nms.WrongInput, match="equal sizes; got 4 and 3"):
        nms.OneToOne().draw(4, 3, rng)


def test_fixed_out_degree_reaches_every_target_evenly(rng):
    i, j = nms.FixedOutDegree(100).draw(200, 50, rng)
    assert np.bincount(i).tolist() == [100] * 200
    assert j.min() == 0 and j.max() == 49
    counts = np.bincount(j, minlength=50)
    assert ((counts - 400) ** 2 / 400).sum() < 95  # chi-squared, 49 degrees: p = 1e-4
    assert all(np.all(np.diff(j[i == k]) >= 0) for k in range(200))  # sorted by source and target


def test_fixed_in_degree_samples_without_replacement_and_evenly(rng):
    i, j = nms.FixedInDegree(7).draw(50, 2000, rng)
    assert np.bincount(j).tolist() == [7] * 2000
    assert len(set(zip(i.tolist(), j.tolist(), strict=True))) == 14_000  # no source twice
    assert np.all(np.diff(i) >= 0)  # sorted by source
    counts = np.bincount(i, minlength=50)
    assert ((counts - 280) ** 2 / 280).sum() < 95  # chi-squared, 49 degrees: p = 1e-4
    with pytest.raises(nms.WrongInput, match="8 different inputs from 5"):
        nms.FixedInDegree(8).draw(5, 10, rng)


def test_fixed_probability_has_one_size_for_every_seed(rng):
    draws = [nms.FixedProbability(0.13).draw(30, 70, rng) for _ in range(5)]
    assert {len(i) for i, _ in draws} == {273}  # 0.13 * 30 * 70
    for i, j in draws:
        assert len(set(zip(i.tolist(), j.tolist(), strict=True))) == 273  # no pair twice
    assert not np.array_equal(draws[0][1], draws[1][1])


def test_fixed_probability_is_even_over_pairs(rng):
    counts = np.zeros((10, 20))
    for _ in range(400):
        np.add.at(counts, nms.FixedProbability(0.25).draw(10, 20, rng), 1)
    assert np.all(np.abs(counts - 100) < 6 * np.sqrt(75))


def test_pairs_are_those_given(rng):
    i, j = nms.Pairs((3, 1), (0, 2)).draw(4, 4, rng)
    assert (i.tolist(), j.tolist()) == ([3, 1], [0, 2])


def test_parts_must_add_up():
    with pytest.raises(nms.WrongInput, match="must add up to its 10 cells"):
        nms.Population(name="cells", size=10, model=spike_source(10, 1), parts={"a": 4, "b": 5})


def test_parts_follow_each_other():
    population = nms.Population(name="cells", size=10, model=spike_source(10, 1), parts={"a": 4, "b": 6})
    assert population.stretches() == {"a": slice(0, 4), "b": slice(4, 10)}


@pytest.mark.parametrize(
    ("delay", "got"),
    [
        (np.ones((1, 1)) * ms, "an array of shape (1, 1)"),
        (-1 * ms, "-1 ms"),
        (3 * mV, "3 mV"),
        ("1 ms", None),
    ],
)
def test_a_delay_is_one_time(delay, got):
    """Fails when a wrong delay is taken, or told in numbers that nobody writes."""
    synapses = {"name": "p", "source": "a", "target": "a", "model": FIXED_WEIGHT}
    if got is None:
        assert nms.Projection(**synapses, delay=delay).delay == 1 * ms
        return
    with pytest.raises(nms.WrongInput, match=re.escape(f"from 0 up such as 1 s; got {got}.")):
        nms.Projection(**synapses, delay=delay)
