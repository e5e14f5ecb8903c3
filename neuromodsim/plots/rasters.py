"""Spikes of a population over time."""

import numpy as np
import xarray as xr
from matplotlib.axes import Axes


def draw_raster(axes: Axes, spikes: xr.Dataset, start: float = -np.inf, stop: float = np.inf) -> None:
    """Draw each spike as a dot, time in s against the number of the cell.

    Parameters
    ----------
    spikes
        ``time`` in s and ``neuron`` (spike), as a run records them.
    start, stop
        Times in s between which spikes are drawn.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> axes = Figure().subplots()
    >>> spikes = xr.Dataset({"time": ("spike", [0.1, 0.2, 0.9]), "neuron": ("spike", [3, 1, 3])})
    >>> draw_raster(axes, spikes, stop=0.5)
    >>> axes.lines[0].get_ydata().tolist()
    [3, 1]
    """
    shown = (spikes.time.values > start) & (spikes.time.values < stop)
    axes.plot(spikes.time.values[shown], spikes.neuron.values[shown], ",k")
