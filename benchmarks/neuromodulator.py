"""What a neuromodulator adds to the distal reward experiment: its pool and receptors, and its nucleus."""

from dataclasses import replace

from brian2 import second

from benchmarks.row import Row, ratio, side_by_side, spread
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.neuromodulator import Neuromodulator
from neuromodsim.description.recording import Recording
from neuromodsim.equations import DOPAMINE_STDP
from neuromodsim.protocols.distal_reward.circuit import CORTEX, NETWORK, RELEASED
from neuromodsim.protocols.distal_reward.experiment import EXPERIMENT
from neuromodsim.simulation.simulator import simulate
from neuromodsim.transforms.expansion import add_neuromodulators

SIMULATED = 200.0


def experiments() -> dict[str, Experiment]:
    """Return the experiment without a neuromodulator, with one, and with one that a nucleus releases.

    All of them learn from the dopamine of the source, so that they have the same spikes.
    """
    # Fed by rewards themselves: a pool, two receptors, and plasticity that reads one of them.
    fed = Neuromodulator(
        "released",
        pool=RELEASED.pool,
        receptors=RELEASED.receptors,
        nucleus="reward",
        release=RELEASED.release,
        effects=RELEASED.effects,
    )
    circuits = {"without": CORTEX, "with": add_neuromodulators(CORTEX, fed), "nucleus": NETWORK}
    cortex = [part for population in CORTEX.populations for part in population.parts]
    recording = Recording(spikes={part: EXPERIMENT.recording.spikes[part] for part in cortex})
    return {
        name: replace(EXPERIMENT, name=f"distal_reward_{name}", circuit=circuit, recording=recording)
        for name, circuit in circuits.items()
    }


def _seconds(experiment: Experiment) -> float:
    run = simulate(experiment, seed=1, duration=SIMULATED * second, progress=False)
    return float(run.attrs["computing_time"].split()[0])


def measure() -> list[Row]:
    """Return what a neuromodulator costs."""
    known = experiments()
    (rule,) = (p.model for p in known["without"].circuit.projections if p.name == "excitatory")
    assert rule == DOPAMINE_STDP
    for one in known.values():
        _seconds(one)  # builds it
    times = side_by_side(*(lambda one=one: _seconds(one) for one in known.values()), times=7)
    without, pool, nucleus = times
    cost = ratio(pool, without)
    return [
        Row(
            "distal_reward with a well-mixed neuromodulator and two receptors",
            "at most 1.10 times the time without",
            f"{cost:.2f} times; {spread(pool)} s against {spread(without)} s",
            cost,
            cost <= 1.10,
            f"{SIMULATED:.0f} s simulated; released by rewards, read by 80,000 synapses through D1",
        ),
        Row(
            "the same with 20 dopamine neurons that release it",
            "reported",
            f"{ratio(nucleus, without):.2f} times; {spread(nucleus)} s",
            ratio(nucleus, without),
            None,
            "adaptive exponential cells with noise, at the network's step of 1 ms",
        ),
    ]
