"""Rows drawn with a fixed probability and one delay: nanoseconds per synaptic event, against Brian2's queue.

10,000 cells, 1,000 synapses each, once with fixed weights and once with a rule that also writes them.
"""

from dataclasses import replace
from unittest import mock

from brian2 import ms

from benchmarks.dense_projection import ADDING, FIRING, SUMMING
from benchmarks.row import Row, ratio, side_by_side, spread
from neuromodsim.backends import waiting
from neuromodsim.description.circuit import Circuit
from neuromodsim.description.condition import Condition
from neuromodsim.description.connectivity import FixedProbability
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import SynapseModel
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.description.recording import Recording, Window
from neuromodsim.equations.sources import ZHANG_2023
from neuromodsim.simulation.simulator import simulate

CELLS, DEGREE, STEPS, SHARE = 10_000, 1_000, 500, 0.01
EVENTS = STEPS * CELLS * SHARE * DEGREE
PLASTIC = replace(ADDING, name="adding_and_learning", on_pre="total_post += w\nw -= 1e-6*total_post")
MODELS = {"fixed weights": ADDING, "weights that change": PLASTIC}


def network(name: str, model: SynapseModel | None) -> Experiment:
    """Return cells that fire at random onto others, with or without synapses between them."""
    projections = (
        ()
        if model is None
        else (
            Projection(
                name="sparse",
                source="sources",
                target="targets",
                model=model,
                wiring=FixedProbability(DEGREE / CELLS),
                delay=2 * ms,
            ),
        )
    )
    return Experiment(
        name=name,
        summary="A sparse projection with one delay.",
        source=ZHANG_2023,
        circuit=Circuit(
            populations=(
                Population(name="sources", size=CELLS, model=FIRING),
                Population(name="targets", size=CELLS, model=SUMMING),
            ),
            projections=projections,
        ),
        conditions={"random": Condition(summary="A hundredth of the sources fires in each step.")},
        recording=Recording(spikes={"sources": Window(start=-10 * ms)}, states={"targets.total": STEPS * ms}),
        parameters={"sources.probability": SHARE},
        duration=STEPS * ms,
        dt=1 * ms,
    )


def _seconds(experiment: Experiment, totals: set[float]) -> float:
    run = simulate(experiment, progress=False)
    totals.add(float(run["state/targets"].total[-1].sum()))
    return float(run.attrs["computing_time"].split()[0])


def measure() -> list[Row]:
    """Return the time per event and how much shorter it is than through Brian2's queue."""
    own = min(_seconds(network("no_synapses", None), set()) for _ in range(3))
    return [_against_queue(kind, model, own) for kind, model in MODELS.items()]


def _against_queue(kind: str, model: SynapseModel, own: float) -> Row:
    ring, queue = network(f"ring_{model.name}", model), network(f"queue_{model.name}", model)
    totals: set[float] = set()
    with mock.patch.object(waiting, "use_ring", lambda synapses, step, turns: None):
        _seconds(queue, totals)  # built Brian2's way
    runs = side_by_side(lambda: _seconds(ring, totals), lambda: _seconds(queue, totals), times=3)
    assert len(totals) == 1, "both must come to the same, to the bit"
    each, other = ([(s - own) / EVENTS * 1e9 for s in seconds] for seconds in runs)
    return Row(
        f"10,000 cells x 1,000 synapses, one delay, {kind}",
        "reported: ratio to Brian2's queue",
        f"{ratio(other, each):.2f} x",
        ratio(other, each),
        None,
        f"{spread(each)} ns per synaptic event; through the queue {spread(other)} ns; same totals",
    )
