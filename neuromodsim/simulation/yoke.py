"""Yoked conditions: a run receives the events of an independent run."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from neuromodsim.description.condition import Yoke
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.recording import Recording, Window
from neuromodsim.errors import WrongInput
from neuromodsim.result import dataset

if TYPE_CHECKING:
    import xarray as xr


def without_spikes(experiment: Experiment) -> Recording:
    """Return what an experiment records, less its spikes."""
    # An empty window, not a recording without spikes, which would need another program.
    never = Window(start=0 * experiment.dt, stop=0 * experiment.dt)
    return replace(experiment.recording, spikes=dict.fromkeys(experiment.recording.spikes, never))


def event_times(partner: "xr.DataTree", yoke: Yoke) -> Any:
    """Return when the events of a yoke happened in its partner, in seconds.

    Raises
    ------
    WrongInput
        If the experiment does not record them.
    """
    component, _, event = yoke.event.partition(".")
    try:
        return np.asarray(partner[dataset.node_of_event(component, event)]["time"])
    except KeyError as error:
        raise WrongInput(f"The yoke takes '{yoke.event}', which the experiment does not record.") from error
