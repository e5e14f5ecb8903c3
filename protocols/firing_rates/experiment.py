"""Textbook neurons with constant input: firing rate against input.

Leaky integrate-and-fire cells, the same with an adaptive threshold, and cells with escape noise, each with
an input of its own. The rates of all three are known: of the first in closed form, of the second as the root
of an equation, of the third as the inverse of an integral. Conditions differ in what a cell does after a
spike.

A run returns ``rates``: of each cell, in Hz, the inverse of its mean interval in the second half of the run;
0 where it has fewer than two spikes. Of cells with escape noise, spikes in that time per second.
"""

from typing import Any

import numpy as np
from brian2 import ms, mV, nA, second

from neuromodsim.description.circuit import Circuit
from neuromodsim.description.condition import Condition
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.population import Population
from neuromodsim.description.recording import Recording, Window
from neuromodsim.equations.neurons.adaptive_lif import ADAPTIVE_LIF
from neuromodsim.equations.neurons.lif import LIF
from neuromodsim.equations.neurons.srm0 import SRM0
from neuromodsim.equations.sources import GERSTNER_2014

CURRENTS = np.linspace(1.8, 4.05, 10)  # nA
DRIVES = np.linspace(10.0, 19.0, 10)  # mV
NOISY = 40  # cells of each drive


def measure_rates(run: Any) -> None:
    """Add the rate of each cell from the second half of the run."""
    import xarray as xr

    if "spikes" not in run.children or {"lif", "adaptive", "noisy"} - set(run["spikes"].children):
        return  # a run that was not asked to keep them
    half = float(run.attrs["duration"].split()[0]) / 2
    found = {}
    for name in ("lif", "adaptive", "noisy"):
        spikes = run[f"spikes/{name}"]
        late = spikes.time.values >= half
        count = np.bincount(spikes.neuron.values[late], minlength=spikes.sizes["neuron_index"])
        found[name] = count / half
        if name != "noisy":
            trains = [spikes.time.values[late & (spikes.neuron.values == k)] for k in range(len(count))]
            found[name] = np.array([1 / np.diff(t).mean() if len(t) > 1 else 0.0 for t in trains])
    run["rates"] = xr.Dataset(
        {
            "lif": ("current", found["lif"], {"units": "Hz"}),
            "adaptive": ("current", found["adaptive"], {"units": "Hz"}),
            "noisy": (("drive", "cell"), found["noisy"].reshape(len(DRIVES), NOISY), {"units": "Hz"}),
        },
        coords={
            "current": ("current", CURRENTS, {"units": "nA"}),
            "drive": ("drive", DRIVES, {"units": "mV"}),
        },
    )


EXPERIMENT = Experiment(
    name="firing_rates",
    summary="Firing rates of textbook neurons against constant input.",
    source=GERSTNER_2014,
    circuit=Circuit(
        populations=(
            Population(name="lif", size=len(CURRENTS), model=LIF, initial={"I": CURRENTS * nA}),
            Population(name="adaptive", size=len(CURRENTS), model=ADAPTIVE_LIF, initial={"I": CURRENTS * nA}),
            Population(
                name="noisy",
                size=len(DRIVES) * NOISY,
                model=SRM0,
                initial={"drive": np.repeat(DRIVES, NOISY) * mV},
            ),
        ),
    ),
    conditions={
        "refractory": Condition(summary="Refractoriness and adaptation as in the catalogue."),
        "memoryless": Condition(
            summary="Neither a refractory period, nor adaptation, nor a reset of the noisy cells.",
            parameters={
                "lif.t_refractory": 0 * ms,
                "adaptive.t_refractory": 0 * ms,
                "adaptive.beta": 0 * mV,
                "noisy.chi": 0 * mV,
            },
        ),
    },
    recording=Recording(spikes={name: Window() for name in ("lif", "adaptive", "noisy")}),
    duration=4 * second,
    dt=0.1 * ms,
    finish=measure_rates,
)
