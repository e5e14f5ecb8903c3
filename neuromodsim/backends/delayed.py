"""Projections whose synapses have delays of their own in C++: runs of synapses wait, not each of them.

A run is what a cell has of synapses with one delay. Within a step runs go spike by spike, the earliest spikes
first. Synapses that are not numbered in the order of their delays can be touched in another order than by
Brian2's queue, so that sums onto a cell agree with it to rounding only.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from brian2.devices.device import get_device

from neuromodsim.backends.dense import only_the_loop, side
from neuromodsim.backends.waiting import AHEAD
from neuromodsim.numerics.turning_code import RUNS, Place

TEMPLATE = "delayed_rows"


def use_runs(synapses: Any, step: float, turns: Sequence[Place], runs: Mapping[tuple[str, str], int]) -> None:
    """Make each pathway of a side with individual delays walk through the runs whose time has come.

    Parameters
    ----------
    synapses
        A Brian2 ``Synapses``.
    step
        The time step in seconds.
    turns
        Where turns are kept for its bounded weights.
    runs
        The number of the runs of each side with individual delays, by projection and side.
    """
    name = get_device().get_array_name
    for pathway in synapses._pathways:
        number = runs.get((synapses.name, pathway.prepost))
        if number is None:
            continue
        events = pathway.source.variables[pathway.eventspace_name]
        of_spikes = getattr(synapses, pathway.prepost)
        pathway.template = TEMPLATE
        pathway.template_kwds = {
            "eventspace": name(events),
            "sources": events.size - 1,
            "cells": name(pathway.synapse_sources, access_data=False),
            "delays": name(of_spikes.variables["delay"], access_data=False),
            "waits": pathway is of_spikes,  # other events of the cell act at once
            "step": repr(step),
            "pathway": pathway,
            "header": RUNS,
            "number": number,
            "turns": turns,
            "side": side(pathway),
            "ahead": AHEAD,
        }
        pathway.needed_variables = [pathway.eventspace_name]
        only_the_loop(pathway)
