"""A random network in which inhibitory plasticity balances excitation (Vogels et al. 2011).

Four fifths of the cells excite, the others inhibit. Synapses from inhibitory onto excitatory cells start from
zero and learn; without, excitatory cells fire at more than 100 Hz. The network is that of Brian2's example
of the article: 10,000 cells, each connected with 2 % of all. In a smaller one as many synapses reach a cell:
the probability of a connection is larger.

A run returns ``balance``: the mean rate of excitatory cells in bins of 100 ms, and the coefficient of
variation of their intervals in the last three seconds.
"""

from typing import Any

import numpy as np
from brian2 import ms, nS, second

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.condition import Condition
from neuromodsim.description.connectivity import FixedProbability
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.family import ExperimentFamily, IntegerAxis
from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.description.recording import Recording, Window
from neuromodsim.equations.neurons.conductance_lif import CONDUCTANCE_LIF
from neuromodsim.equations.plasticity.inhibitory_stdp import INHIBITORY_STDP
from neuromodsim.equations.sources import VOGELS_2011

PUBLISHED, PROBABILITY = 10_000, 0.02  # cells, and of a connection
BIN, LATE = 0.1, 3.0  # s


def fixed(kind: str, size: Any) -> SynapseModel:
    """Return a synapse that adds a fixed conductance, ``excitatory`` or ``inhibitory``."""
    return SynapseModel(
        name=f"{kind}_conductance",
        summary=f"Each spike adds a fixed {kind} conductance.",
        source=VOGELS_2011,
        on_pre=f"g_{kind}_post += g_step",
        parameters={"g_step": Parameter(size, "conductance of a synapse", low=0 * nS, evidence="reported")},
    )


def measure_balance(run: Any) -> None:
    """Add the course of the excitatory rate, and how irregular cells fire at the end."""
    import xarray as xr

    if "spikes" not in run.children or "excitatory" not in run["spikes"].children:
        return  # a run that was not asked to keep them
    spikes, seconds = run["spikes/excitatory"], float(run.attrs["duration"].split()[0])
    time, cell = spikes.time.values, spikes.neuron.values
    bins = round(seconds / BIN)
    rate = np.histogram(time, bins, (0, bins * BIN))[0] / (BIN * spikes.sizes["neuron_index"])
    late = time >= seconds - LATE
    order = np.lexsort((time[late], cell[late]))
    intervals, same = np.diff(time[late][order]), np.diff(cell[late][order]) == 0
    owner = cell[late][order][1:][same]
    count = np.bincount(owner)
    first, second_ = (np.bincount(owner, intervals[same] ** power) for power in (1, 2))
    many = count >= 3
    mean = first[many] / count[many]
    variation = np.sqrt(np.maximum(second_[many] / count[many] - mean**2, 0)) / mean
    run["balance"] = xr.Dataset(
        {
            "rate": ("time", rate, {"units": "Hz"}),
            "cv": ((), float(variation.mean()) if many.any() else np.nan, {"units": "1"}),
        },
        coords={"time": ("time", BIN * np.arange(bins), {"units": "s"})},
    )


def network(cells: int) -> Experiment:
    """Return the experiment with so many cells."""
    wiring = FixedProbability(min(1.0, PROBABILITY * PUBLISHED / cells))
    inhibitory = cells // 5
    parts = {"excitatory": cells - inhibitory, "inhibitory": inhibitory}
    excitation, inhibition = fixed("excitatory", 0.3 * nS), fixed("inhibitory", 3 * nS)
    return Experiment(
        name="balanced_network",
        summary="Inhibitory plasticity balances a random network.",
        source=VOGELS_2011,
        circuit=Circuit(
            populations=(
                Population(
                    name="cells",
                    size=cells,
                    model=CONDUCTANCE_LIF,
                    parts=parts,
                    initial={"v": "E_L + (v_threshold - E_L)*rand()"},
                ),
            ),
            projections=(
                Projection(
                    name="excitation", source="excitatory", target="cells", model=excitation, wiring=wiring
                ),
                Projection(
                    name="inhibition",
                    source="inhibitory",
                    target="inhibitory",
                    model=inhibition,
                    wiring=wiring,
                ),
                Projection(
                    name="plastic",
                    source="inhibitory",
                    target="excitatory",
                    model=INHIBITORY_STDP,
                    wiring=wiring,
                ),
            ),
        ),
        conditions={
            "plastic": Condition(summary="Inhibition onto excitatory cells learns."),
            "no_plasticity": Condition(summary="It stays at zero.", parameters={"plastic.eta": 0.0}),
        },
        recording=Recording(spikes={"excitatory": Window()}),
        duration=10 * second,
        dt=0.1 * ms,
        finish=measure_balance,
    )


FAMILY = ExperimentFamily(
    name="balanced_network",
    summary="Inhibitory plasticity balances a random network.",
    source=VOGELS_2011,
    make=network,
    axes={"cells": IntegerAxis(PUBLISHED, low=200)},
)
