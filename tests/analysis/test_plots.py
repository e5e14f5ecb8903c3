"""What the shared drawings put where, read back from the axes."""

import ast
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from matplotlib import colors
from matplotlib.figure import Figure

from neuromodsim.plots import bars, courses, distributions, marks, matrices, points, rasters, style
from neuromodsim.plots.colours import COLOUR

FIGURES = Path(__file__).parents[2] / "figures"
RUNS = xr.DataArray([[0.0, 4.0], [1.0, 3.0], [5.0, 2.0]], dims=("run", "time"))


@pytest.fixture
def axes():
    return Figure().subplots()


def _reach(axes, at):
    """Return the lowest and the highest point of the area that is drawn, at a place."""
    (points,) = (path.vertices for path in axes.collections[0].get_paths())
    there = points[np.isclose(points[:, 0], at)][:, 1]
    return there.min(), there.max()


def test_a_range_is_from_the_lowest_to_the_highest_run(axes):
    courses.with_range(axes, [0, 1], RUNS, "k", "runs", "--")
    assert axes.lines[0].get_ydata().tolist() == [2, 3] and axes.lines[0].get_linestyle() == "--"
    assert _reach(axes, 0) == (0, 5) and _reach(axes, 1) == (2, 4)


def test_quartiles_hold_half_of_the_runs(axes):
    courses.with_quartiles(axes, [0, 1], RUNS, "k", "runs")
    assert _reach(axes, 0) == pytest.approx(np.percentile([0, 1, 5], [25, 75]))
    assert _reach(axes, 1) == pytest.approx(np.percentile([4, 3, 2], [25, 75]))


def test_each_run_is_pale_and_the_median_is_not(axes):
    courses.each_and_median(axes, [0, 1], RUNS, "k", "median", width=0.5)
    *runs, median = axes.lines
    assert [line.get_ydata().tolist() for line in runs] == RUNS.values.tolist()
    assert median.get_ydata().tolist() == [1, 3] and median.get_label() == "median"
    assert {line.get_alpha() for line in runs} == {0.3} and median.get_alpha() is None


@pytest.mark.parametrize("horizontal", [False, True])
def test_a_bar_is_the_mean_and_dots_are_the_runs(axes, horizontal):
    """Fails when a bar or its dots stand at another condition, or along the wrong axis."""
    values = np.array([1.0, 4.0])
    bars.bar_and_runs(axes, 3, values, "k", width=0.5, horizontal=horizontal)
    (bar,), (dots,) = axes.patches, axes.lines
    long, places, shown = (
        (bar.get_width(), dots.get_ydata(), dots.get_xdata())
        if horizontal
        else (bar.get_height(), dots.get_xdata(), dots.get_ydata())
    )
    middle = bar.get_y() + bar.get_height() / 2 if horizontal else bar.get_x() + bar.get_width() / 2
    assert (long, middle) == (2.5, 3) and list(places) == [3, 3] and list(shown) == [1, 4]


def test_an_error_bar_is_one_standard_error_to_each_side(axes):
    bars.bar_with_error(axes, 0, np.array([1.0, 1.0, 3.0, 3.0]), "k", width=0.5)
    error = 1 / np.sqrt(3)  # of a spread over n - 1
    ((low, high),) = (segment[:, 1] for segment in axes.collections[0].get_segments())
    assert (low, high) == pytest.approx((2 - error, 2 + error))


@pytest.mark.parametrize("horizontal", [False, True])
def test_points_and_their_mean_are_in_the_row_of_their_condition(axes, horizontal):
    points.runs_and_mean(axes, 7, np.array([1.0, 4.0]), "k", horizontal=horizontal)
    runs, mean = (line.get_xydata()[:, :: -1 if horizontal else 1].tolist() for line in axes.lines)
    assert runs == [[7, 1], [7, 4]] and mean == [[7, 2.5]]


def test_blocks_and_classes_are_counted_from_one(axes):
    """Fails when axes of a matrix are exchanged, or labels start from zero."""
    image = matrices.draw_retention(axes, np.full((4, 4), 0.7), lowest=0.5)
    assert [label.get_text() for label in axes.get_xticklabels()] == ["1", "4"]
    assert axes.get_xlabel().startswith("Class") and axes.get_ylabel().startswith("Training blocks")
    assert image.get_clim() == (0.5, 1) and image.origin == "lower"


def test_a_raster_shows_the_spikes_between_two_times(axes):
    spikes = xr.Dataset({"time": ("spike", [0.5, 1.5, 2.5]), "neuron": ("spike", [4, 5, 6])})
    rasters.draw_raster(axes, spikes, 1, 2)
    assert axes.lines[0].get_xydata().tolist() == [[1.5, 5]]


def test_changes_are_drawn_over_the_middle_of_each_bin(axes):
    share = xr.DataArray([0.25, 0.75], {"bin": [-0.5, 0.5]}, ["bin"])
    distributions.draw_changes(axes, share, "k")
    assert _reach(axes, 0.5)[1] == 0.75 and axes.get_yscale() == "log"


def test_marks_are_lines_across_the_panel(axes):
    marks.mark_moment(axes, 200)
    marks.mark_criterion(axes, 0.9)
    marks.mark_chance(axes, 0.1)
    marks.mark_chance(axes, 0.1, horizontal=False)
    marks.mark_reference(axes, 60)
    across = [(line.get_xdata(), line.get_ydata()) for line in axes.lines]
    found = [("x", x[0]) if x[0] == x[1] else ("y", y[0]) for x, y in across]
    assert found == [("x", 200), ("y", 0.9), ("y", 0.1), ("x", 0.1), ("y", 60)]


def test_every_colour_is_one_and_is_used():
    """Fails when a colour is misspelled, or a meaning is left behind that no figure has."""
    assert all(colors.is_color_like(colour) for colour in COLOUR.values())
    trees = [ast.parse(path.read_text()) for path in FIGURES.rglob("*.py")]
    words = {n.value for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Constant)}
    assert set(COLOUR) <= words


def test_the_style_sheet_is_where_it_is_looked_for():
    assert "figure.constrained_layout.use" in style.SHEET.read_text()
