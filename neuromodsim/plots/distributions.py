"""Distributions of synapses."""

import xarray as xr
from matplotlib.axes import Axes


def draw_changes(axes: Axes, share: xr.DataArray, colour: str | None = None) -> None:
    """Draw the distribution of weight changes as an area, shares on a logarithmic scale.

    Parameters
    ----------
    share
        Of synapses, along ``bin``, the middle of each bin in the unit of the weight.
    colour
        By default the first of the style sheet.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> axes = Figure().subplots()
    >>> draw_changes(axes, xr.DataArray([0.1, 0.8, 0.1], {"bin": [-0.5, 0.0, 0.5]}, ["bin"]))
    >>> axes.get_yscale()
    'log'
    """
    axes.fill_between(share.bin, share, step="mid", color=colour, alpha=0.4)
    axes.set(xlabel="Change of input weight", ylabel="Fraction of synapses", yscale="log")
