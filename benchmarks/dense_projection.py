"""A dense projection: nanoseconds per synaptic event, against Brian2's own code for the same string."""

import statistics
from dataclasses import replace
from unittest import mock

from brian2 import ms

from benchmarks.row import Row, spread
from neuromodsim.backends import dense
from neuromodsim.description.circuit import Circuit
from neuromodsim.description.condition import Condition
from neuromodsim.description.connectivity import AllToAll
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import NeuronModel, Parameter, SynapseModel
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.description.recording import Recording, Window
from neuromodsim.equations.sources import ZHANG_2023
from neuromodsim.simulation.simulator import simulate

SOURCES, TARGETS, STEPS = 784, 1000, 20_000

FIRING = NeuronModel(
    name="firing",
    summary="Fires at random in each step.",
    source=ZHANG_2023,
    equations="s : 1",
    threshold="rand() < probability",
    parameters={"probability": Parameter(0.1, "of a spike in each step")},
)
SUMMING = NeuronModel(name="summing", summary="Adds up its input.", source=ZHANG_2023, equations="total : 1")
ADDING = SynapseModel(
    name="adding",
    summary="Each spike adds a weight.",
    source=ZHANG_2023,
    equations="w : 1",
    on_pre="total_post += w",
    initial={"w": "rand()"},
)


def network(name: str, projected: bool, single: bool = False) -> Experiment:
    """Return sources that fire at random, with or without a projection to the targets."""
    adding = replace(ADDING, single=("w",)) if single else ADDING
    summing = replace(SUMMING, single=("total",)) if single else SUMMING
    projections = (
        (Projection(name="all", source="sources", target="targets", model=adding, wiring=AllToAll()),)
        if projected
        else ()
    )
    return Experiment(
        name=name,
        summary="A dense projection.",
        source=ZHANG_2023,
        circuit=Circuit(
            populations=(
                Population(name="sources", size=SOURCES, model=FIRING),
                Population(name="targets", size=TARGETS, model=summing),
            ),
            projections=projections,
        ),
        conditions={"random": Condition(summary="A tenth of the sources fires in each step.")},
        recording=Recording(
            spikes={"sources": Window(start=-100 * ms)}, states={"targets.total": STEPS * ms}
        ),
        duration=STEPS * ms,
        dt=1 * ms,
    )


def _seconds(experiment: Experiment) -> tuple[float, float]:
    run = simulate(experiment, progress=False)
    total = float(run["state/targets"].total[-1].sum())
    return float(run.attrs["computing_time"].split()[0]), total


def measure() -> list[Row]:
    """Return the time per synaptic event, the sources' own work taken off."""
    rows, bare, plain = network("dense_rows", True), network("no_rows", False), network("queues", True)
    with mock.patch.object(dense, "use_rows", lambda synapses: None):  # Brian2's own way
        queue, expected = zip(*(_seconds(plain) for _ in range(3)), strict=True)
    ours, found = zip(*(_seconds(rows) for _ in range(5)), strict=True)
    without = [_seconds(bare)[0] for _ in range(5)]
    assert abs(found[0] / expected[0] - 1) < 1e-9, "both ways must add up to the same"
    events = STEPS * SOURCES * TARGETS * 0.1
    own = statistics.median(without)
    each = [(seconds - own) / events * 1e9 for seconds in ours]
    theirs = [(seconds - own) / events * 1e9 for seconds in queue]
    value = statistics.median(each)
    floor = 8.0 / value  # bytes of weights per event over time per event
    return [
        Row(
            "dense projection, one thread",
            "at most 2 ns per synaptic event",
            f"{spread(each)} ns; Brian2's own code {spread(theirs)} ns",
            value,
            value <= 2,
            f"784 to 1000 cells, a tenth firing per step, double weights: {floor:.0f} GB/s of weights",
        )
    ]
