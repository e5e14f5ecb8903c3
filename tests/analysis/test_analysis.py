"""Every function of the analysis against an independent formula, and what it does with few values or none."""

import math
import random
import statistics

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from neuromodsim.analysis import (
    continual,
    crossings,
    information,
    intervals,
    learning,
    moments,
    resampling,
    selection,
    windows,
    wording,
)
from neuromodsim.errors import WrongInput

NUMBERS = st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=30)
ANSWERS = st.lists(st.integers(0, 1), min_size=1, max_size=120)


@given(NUMBERS)
def test_moments_are_those_of_the_standard_library(values):
    """Fails when a spread is over n where it should be over n - 1, or the other way round."""
    assert moments.mean(values) == pytest.approx(statistics.fmean(values), abs=1e-9)
    assert moments.deviation(values) == pytest.approx(statistics.stdev(values), abs=1e-9)
    error = statistics.stdev(values) / math.sqrt(len(values))
    assert moments.standard_error(values) == pytest.approx(error, abs=1e-9)


def test_moments_of_few_values_are_nan_without_a_warning():
    """Fails when a condition without runs stops a figure, or a single run gets a spread."""
    assert math.isnan(moments.mean([])) and math.isnan(moments.deviation([]))
    assert math.isnan(moments.standard_error([])) and math.isnan(moments.deviation([1.0]))
    assert math.isnan(moments.standard_error([1.0]))


@given(ANSWERS)
def test_the_interval_of_a_share_is_wilsons(answers):
    """Fails when a term of the interval is another one than in scipy, or it leaves 0 to 1."""
    p, low, high = intervals.share(answers)
    exact = stats.binomtest(sum(answers), len(answers)).proportion_ci(0.95, method="wilson")
    assert p == pytest.approx(sum(answers) / len(answers))
    # 1.96 for the 97.5th percentile, 1.959964.
    assert (low, high) == pytest.approx((exact.low, exact.high), abs=1e-5)
    assert 0 <= low <= p <= high <= 1


@pytest.mark.parametrize("answer", [0, 1])
def test_the_interval_contains_the_share_where_all_runs_agree(answer):
    """Fails when rounding puts an end of the interval beyond the share."""
    for count in range(1, 200):
        p, low, high = intervals.share([answer] * count)
        assert 0 <= low <= p <= high <= 1


def test_the_interval_of_a_ratio_is_a_bootstrap_of_both_samples():
    """Fails when samples are drawn together, without replacement, or other percentiles are taken."""
    rng = np.random.default_rng(1)
    values, others = rng.normal(20, 3, 40), rng.normal(5, 1, 30)
    ratio, low, high = intervals.ratio_of_medians(values, others, draws=4000, seed=3)
    assert ratio == np.median(values) / np.median(others)
    draw = random.Random(5)
    ratios = [
        statistics.median(draw.choices(values, k=40)) / statistics.median(draw.choices(others, k=30))
        for _ in range(4000)
    ]
    percentiles = statistics.quantiles(ratios, n=40)
    assert (low, high) == pytest.approx((percentiles[0], percentiles[-1]), rel=0.03)
    assert intervals.ratio_of_medians(values, others, draws=50) == intervals.ratio_of_medians(
        values, others, draws=50
    )


@given(ANSWERS, st.integers(1, 10), st.integers(1, 10))
def test_the_criterion_is_reached_at_the_first_window_with_enough(answers, window, needed):
    """Fails when a window is off by one, or a run that never gets there gets a number."""
    if len(answers) < window:
        return
    ends = [k for k in range(window, len(answers) + 1) if sum(answers[k - window : k]) >= needed]
    found = learning.criterion(np.array(answers), window, needed)
    assert found == ends[0] if ends else math.isnan(found)


@given(NUMBERS, st.integers(1, 5))
def test_a_running_mean_is_that_of_each_window(values, window):
    if len(values) < window:
        return
    means = [statistics.fmean(values[k : k + window]) for k in range(len(values) - window + 1)]
    assert learning.running_mean(values, window) == pytest.approx(means, abs=1e-9)


@given(ANSWERS)
def test_entropy_is_that_of_scipy_in_bits(actions):
    p = sum(actions) / len(actions)
    assert information.entropy(np.array(actions)) == pytest.approx(
        stats.entropy([p, 1 - p], base=2), abs=1e-9
    )


def test_entropy_without_choices_is_nan():
    assert math.isnan(information.entropy(np.array([])))


def test_forgetting_and_backward_transfer_of_a_sequence_worked_out_by_hand():
    """Catches a mean over the last class too, and a best that includes the end."""
    right = np.full((3, 3), np.nan)
    right[0, :1] = 0.8
    right[1, :2] = 0.9, 0.7
    right[2] = 0.5, 0.8, 1.0
    assert continual.accuracy(right) == pytest.approx([0.8, 0.8, (0.5 + 0.8 + 1) / 3])
    assert continual.forgetting(right) == pytest.approx((0.9 - 0.5 + 0.7 - 0.8) / 2)
    assert continual.transfer(right) == pytest.approx((0.5 - 0.8 + 0.8 - 0.7) / 2)


@pytest.mark.parametrize(("rate", "level"), [(1.0, 0.5), (3.0, 0.1)])
def test_a_trace_falls_below_a_level_when_the_exponential_does(rate, level):
    """Fails when the time is counted from zero, in seconds, or to the sample before."""
    time = np.arange(2.0, 7.0, 1e-3)
    trace = xr.DataArray(np.exp(-rate * (time - 2.0)), {"time": time}, ["time"])
    exact = 1e3 * math.log(1 / level) / rate
    assert 0 <= float(crossings.first_below(trace, level)) - exact <= 1.01


def test_each_trace_has_its_own_level():
    """Fails when the level of one run is used for all."""
    time = np.arange(0, 1, 0.1)
    trace = xr.DataArray([1 - time, 1 - time], {"time": time}, ["seed", "time"])
    found = crossings.first_below(trace, xr.DataArray([0.75, 0.25], dims=["seed"]))
    assert found.dims == ("seed",) and found.values == pytest.approx([300, 800])


@given(st.floats(0.3, 5), st.floats(0.1, 100), st.floats(-10, 10))
def test_the_half_life_of_an_exponential_is_recovered(half, first, start):
    """Fails when half of the first value is half of another one, or samples are not interpolated."""
    time = start + np.arange(0, 10, 0.01)
    above = first * 0.5 ** ((time - start) / half)
    assert crossings.half_life(time, above) == pytest.approx(half, abs=1e-4)


@given(NUMBERS, st.integers(1, 7))
def test_means_of_windows_leave_an_incomplete_one_out(values, samples):
    whole = [values[k : k + samples] for k in range(0, len(values) - samples + 1, samples)]
    means = windows.window_means(np.array(values), samples)
    assert means == pytest.approx([statistics.fmean(w) for w in whole], abs=1e-9)


def _summary():
    labels = {
        "condition": ("run", ["a", "b", "a", "b", "a"]),
        "experiment": ("run", ["x", "x", "y", "y", "x"]),
        "seed": ("run", [0, 0, 0, 1, 1]),
    }
    return xr.Dataset({"value": ("run", [1, 2, 3, 4, 5])}, labels)


def test_runs_are_chosen_by_all_labels_and_by_any_of_several_values():
    """Fails when labels are alternatives, or the order of runs is lost."""

    def found(**labels):
        return selection.runs_with(_summary(), **labels).value.values.tolist()

    assert found(condition="a") == [1, 3, 5]
    assert found(condition="a", experiment="x") == [1, 5]
    assert found(condition=("a", "b"), seed=1) == [4, 5]
    assert found(condition="c") == [] and found() == [1, 2, 3, 4, 5]
    with pytest.raises(WrongInput, match="no label of runs 'conditon'; did you mean condition"):
        found(conditon="a")


def test_a_label_that_all_runs_share_chooses_all_or_none():
    """Fails when a label that xarray keeps once for all runs chooses the first alone."""
    summary = _summary().drop_vars("condition").assign_coords(condition="a")
    assert selection.runs_with(summary, condition="a").sizes["run"] == 5
    assert selection.runs_with(summary, condition="b").sizes["run"] == 0


def test_an_ensemble_that_is_drawn_anew_is_of_its_own_runs():
    """Fails when runs of one condition get into another, or labels move with the runs."""
    summary = _summary()
    fresh = [resampling.drawn_anew(summary, np.random.default_rng(k)) for k in range(50)]
    for one in fresh:
        assert one.condition.values.tolist() == summary.condition.values.tolist()
        assert one.seed.values.tolist() == summary.seed.values.tolist()
        assert set(one.value.values[[0, 4]]) <= {1, 5} and one.value.values[[1, 2, 3]].tolist() == [2, 3, 4]
    drawn = {tuple(one.value.values[[0, 4]].tolist()) for one in fresh}
    assert drawn == {(1, 1), (1, 5), (5, 1), (5, 5)}


def test_numbers_are_worded_with_as_many_digits_as_asked():
    values = np.array([0.94, 0.95, 0.96])
    assert wording.mean_and_deviation(values, 2) == "0.95 ± 0.01"
    assert wording.mean_and_deviation([], 1) == "nan ± nan"
    assert wording.extremes(values, 3) == "0.940 to 0.960"
    assert wording.listed(values, "{:.1f}") == "0.9, 0.9, 1.0"


def test_what_is_never_reached_is_nan():
    """Fails when a course that never falls gets a time, or fewer trials than a window reach a criterion."""
    time = {"time": [0.0, 0.1, 0.2]}
    traces = xr.DataArray([[4.0, 2.0, 1.0], [4.0, 4.0, 4.0]], time, ["run", "time"])
    np.testing.assert_array_equal(crossings.first_below(traces, 1.5), [200.0, np.nan])
    assert math.isnan(crossings.half_life(np.arange(3.0), np.array([4.0, 3.5, 3.0])))
    assert math.isnan(crossings.half_life(np.arange(3.0), np.array([0.0, -1.0, -2.0])))
    assert math.isnan(learning.criterion(np.ones(36))) and learning.criterion(np.ones(40)) == 40


def test_what_is_no_answer_is_refused():
    """Fails when NaN counts as a success, no run has a share, or a mean is over values that are not there."""
    for odd in ([np.nan] * 3, [], [0.5, 1]):
        with pytest.raises(WrongInput, match="yes or no of at least one run"):
            intervals.share(odd)
    with pytest.raises(WrongInput, match="A window must hold 1 to 3 values, as many as there are; got 10"):
        learning.running_mean([1, 1, 1], window=10)


def test_runs_are_chosen_by_a_set_of_labels():
    """Fails when a set is compared as one thing, so that no run has it."""
    summary = xr.Dataset({"x": ("run", [1.0, 2.0, 3.0])}, {"condition": ("run", ["a", "b", "c"])})
    assert selection.runs_with(summary, condition={"a", "c"}).x.values.tolist() == [1.0, 3.0]
