"""A run at a glance, for experiments without a figure: its spikes, and each recorded variable over time."""

from collections.abc import Callable, Iterator

import numpy as np
import xarray as xr
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from neuromodsim.plots.labels import run_title
from neuromodsim.plots.style import SHEET, TWO_COLUMNS

MOST_PANELS = 12
FEW_SPIKES = 2000
MOST_LINES = 20  # of a variable: more rows than that are sampled evenly
HEIGHT = 1.4  # of a panel, in inches

Panel = tuple[str, Callable[[Axes], None]]  # its title, and what draws it


def draw_run(run: xr.DataTree) -> Figure:
    """Draw the spikes of each population and the course of each variable, one panel each.

    Parameters
    ----------
    run
        The result of one run.

    Raises
    ------
    ValueError
        If it has neither spikes nor samples over time.

    Examples
    --------
    >>> v = (("time", "neuron"), [[0.0], [2.0]], {"units": "mV"})
    >>> course = xr.Dataset({"v": v}, {"time": [0.0, 0.1]})
    >>> run = xr.DataTree.from_dict({"/state/cells": course})
    >>> run.attrs = {"condition": "baseline", "seed": 1}
    >>> axes = draw_run(run).axes[0]
    >>> axes.get_title(loc="left"), axes.get_ylabel(), axes.lines[0].get_ydata().tolist()
    ('cells', 'v (mV)', [0.0, 2.0])
    """
    panels = [*_of_spikes(run), *_of_variables(run)]
    if not panels:
        raise ValueError("nothing over time was recorded")
    shown = panels[:MOST_PANELS]
    with style.context(SHEET):
        figure = Figure(figsize=(TWO_COLUMNS, HEIGHT * len(shown) + 0.5), layout="constrained")
        places = figure.subplots(len(shown), sharex=True, squeeze=False)[:, 0]
        for axes, (title, draw) in zip(places, shown, strict=True):
            draw(axes)
            axes.set_title(title)
        places[-1].set_xlabel("Time (s)")
        part = "" if len(shown) == len(panels) else f" ({len(shown)} of {len(panels)} recorded variables)"
        figure.suptitle(run_title(run) + part)
    return figure


def _nodes(run: xr.DataTree, kind: str) -> Iterator[tuple[str, xr.Dataset]]:
    if kind in run.children:
        for name, node in run[kind].children.items():
            yield name, node.to_dataset()


def _of_spikes(run: xr.DataTree) -> Iterator[Panel]:
    for name, spikes in _nodes(run, "spikes"):

        def draw(axes: Axes, spikes: xr.Dataset = spikes) -> None:
            cells = spikes.sizes["neuron_index"]
            # A dot is one pixel wide, which a few spikes would be lost in.
            mark = "|k" if spikes.sizes["spike"] <= FEW_SPIKES else ",k"
            axes.plot(spikes.time.values, spikes.neuron.values, mark)
            axes.set(ylabel="cell", ylim=(-0.5, cells - 0.5))
            axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))

        yield f"{name}, spikes", draw


def _of_variables(run: xr.DataTree) -> Iterator[Panel]:
    """Yield a panel for each variable with samples; the indices of synapses, for example, have none."""
    for kind in ("state", "modulators", "synapses"):
        for name, node in _nodes(run, kind):
            for variable in node.data_vars.values():
                if variable.dims and str(variable.dims[0]).startswith("time"):
                    yield _of_variable(name, variable)


def _of_variable(component: str, variable: xr.DataArray) -> Panel:
    time = variable[variable.dims[0]].values
    courses = variable.values.reshape(len(time), -1)
    rows = courses.shape[1]
    chosen = np.linspace(0, rows - 1, min(rows, MOST_LINES)).astype(int)
    unit = variable.attrs.get("units", "1")

    def draw(axes: Axes) -> None:
        axes.plot(time, courses[:, chosen], linewidth=0.8)
        axes.set_ylabel(str(variable.name) if unit == "1" else f"{variable.name} ({unit})")

    return component if len(chosen) == rows else f"{component}, {len(chosen)} of {rows} rows", draw
