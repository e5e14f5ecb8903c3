"""Projections with one delay in C++: cells that fired wait for their time, not each of their synapses.

The order in which synapses are touched is that of Brian2's queue, so results are the same to the bit.
"""

from collections.abc import Sequence
from typing import Any

from brian2.devices.device import get_device

from neuromodsim.backends.dense import only_the_loop, side
from neuromodsim.numerics.turning_code import Place

TEMPLATE = "spike_rows"
AHEAD = 12  # synapses between one that is worked on and one that is fetched


def use_ring(synapses: Any, step: float, turns: Sequence[Place] = ()) -> None:
    """Make every pathway of a projection walk through the synapses of cells whose time has come.

    Parameters
    ----------
    synapses
        A Brian2 ``Synapses`` with one delay for each pathway.
    step
        The time step in seconds.
    turns
        Where turns are kept for its bounded weights.
    """
    name = get_device().get_array_name
    for pathway in synapses._pathways:
        events = pathway.source.variables[pathway.eventspace_name]
        pathway.template = TEMPLATE
        pathway.template_kwds = {
            "eventspace": name(events),
            # The last entry of Brian2's list of cells that fired is how many there are.
            "sources": events.size - 1,
            "cells": name(pathway.synapse_sources, access_data=False),
            "delay": f"{name(pathway.variables['delay'], access_data=False)}[0]",
            "step": repr(step),
            "pathway": pathway,
            "turns": turns,
            "side": side(pathway),
            "ahead": AHEAD,
        }
        pathway.needed_variables = [pathway.eventspace_name]
        only_the_loop(pathway)
