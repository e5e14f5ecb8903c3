"""The event-driven third factor against NEST's ``stdp_dopamine_synapse``, for the same spikes.

NEST's rule was written by others, in another form: it works out closed forms between spikes, synapse by
synapse. Its delay is dendritic: a presynaptic spike reaches the synapse at once, a postsynaptic one after the
delay. So here, without a delay, the postsynaptic train is shifted by it; a dopamine spike takes the delay of
its connection to the volume transmitter.
"""

import importlib.util
import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, volt

import neuromodsim as nms
from neuromodsim.equations import PHASIC_DOPAMINE
from tests.pretend import WIDE, spike_driven

pytestmark = [
    pytest.mark.cpp,
    pytest.mark.skipif(
        importlib.util.find_spec("nest") is None, reason="NEST is not installed (pip install '.[bench]')"
    ),
]
DELAY, TAU_N, BASELINE, START = 2.0, 200.0, 0.01, 10.0  # ms, ms, dopamine, weight
DURATION = 2000  # ms
ALL_PAIRS = replace(WIDE, on_pre="x += 1\nc -= a_minus*y", on_post="y += 1\nc += a_plus*x").with_parameters(
    a_plus=1.0, a_minus=1.5, tau_w=1 * ms, d_tonic=-BASELINE, w_unit=1 * volt
)

NEST = """
import json, sys
import nest
given = json.loads(sys.argv[1])
found = []
for times in given["trains"]:
    nest.ResetKernel()
    nest.resolution = 0.1
    trains = [nest.Create("spike_generator", params=dict(spike_times=t)) for t in times]
    pre, post, dopamine = cells = nest.Create("parrot_neuron", 3)
    for train, cell in zip(trains, cells):
        nest.Connect(train, cell, syn_spec=dict(delay=1.0))
    transmitter = nest.Create("volume_transmitter", params=dict(deliver_interval=50))
    nest.Connect(dopamine, transmitter, syn_spec=dict(delay=1.0))
    recorder = nest.Create("weight_recorder")
    nest.CopyModel("stdp_dopamine_synapse", "plastic", dict(
        volume_transmitter=transmitter, weight_recorder=recorder, A_plus=1.0, A_minus=1.5, tau_plus=20.0,
        tau_c=1000.0, tau_n=given["tau_n"], b=given["baseline"], Wmin=-1e6, Wmax=1e6))
    nest.Connect(pre, post, syn_spec=dict(
        synapse_model="plastic", weight=given["start"], delay=given["delay"], receptor_type=1))
    nest.Simulate(given["duration"])
    events = recorder.get("events")
    found.append([list(events["times"]), list(events["weights"])])
print("FOUND", json.dumps(found))
"""


def train(rng, rate, offset):
    """Return spike times in ms that never meet those of another offset."""
    count = rng.poisson(rate * DURATION / 1000)
    return np.round(np.unique(rng.integers(10, DURATION - 50, count)) + offset, 1)


@pytest.fixture(scope="module")
def trains():
    """Spikes of a presynaptic, a postsynaptic and a dopamine cell, four times."""
    rngs = map(np.random.default_rng, (5, 6, 7, 8))
    return [[train(rng, rate, at) for rate, at in ((20, 0.1), (20, 0.4), (5, 0.7))] for rng in rngs]


@pytest.fixture(scope="module")
def expected(trains):
    """When NEST's synapses were read, in ms, and their weights then."""
    numbers = {"delay": DELAY, "tau_n": TAU_N, "baseline": BASELINE, "start": START, "duration": DURATION}
    given = json.dumps({"trains": [[list(t) for t in three] for three in trains], **numbers})
    done = subprocess.run([sys.executable, "-c", NEST, given], capture_output=True, text=True, check=True)
    return [tuple(map(np.array, pair)) for pair in json.loads(done.stdout.split("FOUND")[1])]


@pytest.fixture(scope="module")
def found(trains):
    """Our weights in every step, shape (time, synapse): four synapses, each with dopamine of its own."""
    shifts = (1.0, 1.0 + DELAY, 2.0)
    ours = [list((t + by) / 1000) for three in trains for t, by in zip(three, shifts, strict=True)]
    described = spike_driven(
        ours,
        rule=ALL_PAIRS,
        pairs=((0, 3, 6, 9), (1, 4, 7, 10)),
        releases={"dopamine": ((2, 5, 8, 11), (0, 1, 2, 3))},
        modulators=(nms.Modulator(name="dopamine", model=PHASIC_DOPAMINE, regions=4),),
        compartment_of=tuple(k // 3 for k in range(12)),
        dt=0.1 * ms,
        sample=0.1 * ms,
    )
    parameters = {"plastic.w": START * volt, "release_dopamine.step": 1 / TAU_N}
    run = nms.simulate(described, duration=DURATION * ms, parameters=parameters)
    weight = run["synapses/plastic"].weight
    return weight.values * {"V": 1.0, "mV": 1e-3}[weight.attrs["units"]]


@pytest.mark.parametrize("synapse", range(4))
def test_weights_follow_those_of_nest(expected, found, synapse):
    """Catches a wrong sign or time constant, a delay on the wrong side, dopamine held for a step."""
    times, weights = expected[synapse]
    after = np.round(times / 0.1).astype(int) + 1  # what happens in a step is there at its end
    assert len(times) > 20 and np.ptp(weights) > 1
    np.testing.assert_allclose(found[after, synapse], weights, rtol=1e-9)
