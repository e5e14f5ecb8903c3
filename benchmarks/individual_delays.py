"""Rows with a delay of each synapse against rows with one delay for all: user CPU per synaptic event.

Both projections are in one program, 4,000 cells with 1,000 synapses each; in a run, the sources of one of
them fire. Delays are drawn between 1 ms and 3 ms, or 1 ms and 10 ms, in steps of 0.1 ms.
"""

import resource
from dataclasses import replace

from brian2 import ms

from benchmarks.dense_projection import ADDING, FIRING, SUMMING
from benchmarks.row import Row, ratio, side_by_side, spread
from neuromodsim.description.circuit import Circuit
from neuromodsim.description.condition import Condition
from neuromodsim.description.connectivity import FixedOutDegree
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.model import Parameter
from neuromodsim.description.population import Population
from neuromodsim.description.projection import Projection
from neuromodsim.description.recording import Recording, Window
from neuromodsim.equations.sources import ZHANG_2023
from neuromodsim.simulation.simulator import simulate

CELLS, DEGREE, STEPS, SHARE = 4_000, 1_000, 10_000, 0.002
EVENTS = STEPS * CELLS * SHARE * DEGREE
SPREADS = {"1 to 3 ms": 2 * ms, "1 to 10 ms": 9 * ms}
SPREAD = replace(ADDING, name="spread", parameters={"spread": Parameter(2 * ms, "between delays")})
WANTED = 1.3


def network() -> Experiment:
    """Return two groups of cells that fire at random onto others, with one delay and with individual ones."""
    wiring = FixedOutDegree(DEGREE)
    return Experiment(
        name="delays",
        summary="A sparse projection with one delay, and one with a delay of each synapse.",
        source=ZHANG_2023,
        circuit=Circuit(
            populations=(
                Population(name="together", size=CELLS, model=FIRING),
                Population(name="apart", size=CELLS, model=FIRING),
                Population(name="targets", size=CELLS, model=SUMMING),
            ),
            projections=(
                Projection(
                    name="one", source="together", target="targets", model=ADDING, wiring=wiring, delay=2 * ms
                ),
                Projection(
                    name="own",
                    source="apart",
                    target="targets",
                    model=SPREAD,
                    wiring=wiring,
                    delay="1*ms + spread*rand()",
                ),
            ),
        ),
        conditions={"random": Condition(summary="Cells of one group fire at random.")},
        recording=Recording(
            spikes={"together": Window(start=-1 * ms)}, states={"targets.total": STEPS * 0.1 * ms}
        ),
        duration=STEPS * 0.1 * ms,
        dt=0.1 * ms,
    )


def seconds(**chosen: object) -> float:
    """Return the user CPU time of the program of a run with these parameters."""
    silent = {"together.probability": 0.0, "apart.probability": 0.0}
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    given = {name.replace("__", "."): value for name, value in chosen.items()}
    simulate(network(), progress=False, parameters={**silent, **given})
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def measure() -> list[Row]:
    """Return how much longer individual delays take than one."""
    simulate(network(), progress=False, duration=1 * ms)  # compiles
    return [_row(words, each) for words, each in SPREADS.items()]


def _row(words: str, each: object) -> Row:
    own, one, none = side_by_side(
        lambda: seconds(apart__probability=SHARE, own__spread=each),
        lambda: seconds(together__probability=SHARE, own__spread=each),
        lambda: seconds(own__spread=each),
        times=3,
    )
    own, one = ([(s - min(none)) / EVENTS * 1e9 for s in measured] for measured in (own, one))
    found = ratio(own, one)
    return Row(
        f"4,000 cells x 1,000 synapses, individual delays, {words} in steps of 0.1 ms",
        f"at most {WANTED} x one delay",
        f"{found:.2f} x",
        found,
        found <= WANTED,
        f"{spread(own)} ns per synaptic event; with one delay {spread(one)} ns (user CPU)",
    )
