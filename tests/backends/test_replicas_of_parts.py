"""Replicas of populations with parts: rows are counted, linked and placed as in a run of its own."""

from dataclasses import replace

import pytest
from brian2 import ms

import neuromodsim as nms
from neuromodsim.errors import WrongInput
from tests.backends.test_replicas import expect_the_same
from tests.pretend import ALWAYS, OURS

SAID = {"summary": "s", "source": OURS}
SENDERS = nms.NeuronModel(
    **SAID,
    name="senders",
    equations="v : 1",
    step="v = i + rand()",
    threshold="rand() < 0.3",
    refractory="(1 + i)*ms",
)
READERS = nms.NeuronModel(
    **SAID,
    name="readers",
    equations="seen : 1\nheard : 1 (linked)",
    step="seen = heard",
    threshold="rand() < 0.1",
)
LEVEL = nms.ModulatorModel(**SAID, name="level", equations="d = 1 + i : 1\nrest : 1", level="d")
RULE = nms.SynapseModel(
    **SAID,
    name="rule",
    equations="dc/dt = -c/tau : 1\ndw/dt = c*d/tau : 1\nd : 1\nplace : 1",
    modulators=("d",),
    on_pre="c += 1\nplace = i + 100*j",
    parameters={"tau": nms.Parameter(20 * ms, "of all")},
)
PARTED = nms.Experiment(
    **SAID,
    name="parted",
    circuit=nms.Circuit(
        populations=(
            nms.Population(name="senders", size=3, model=SENDERS, parts={"one": 1, "two": 2}),
            nms.Population(name="readers", size=3, model=READERS),
        ),
        modulators=(nms.Modulator(name="level", model=LEVEL, regions=3),),
        projections=(
            nms.Projection(name="rule", source="one", target="two", model=RULE, modulators={"d": "level"}),
        ),
        links={"readers.heard": "senders.v"},
    ),
    conditions=ALWAYS,
    recording=nms.Recording(
        spikes={"two": nms.Window()},
        states={"readers.seen": 5 * ms, "senders.v": 5 * ms, "rule.w": 5 * ms, "rule.place": 5 * ms},
        only={"senders.v": (2, 0)},
    ),
    duration=40 * ms,
    dt=1 * ms,
)


@pytest.mark.parametrize("third_factor", ["event-driven", "clock-driven"])
def test_rows_are_those_of_the_own_run(third_factor):
    """Indices in synapses of a part and in a refractory time, links row by row, regions cell by cell."""
    how = {"device": "numpy", "third_factor": third_factor}
    both = nms.simulate(PARTED, seed=8, replicas=2, **how)
    for b in range(2):
        expect_the_same(both[f"replica_{b}"], nms.simulate(PARTED, seed=8 + b, **how))


def test_a_refractory_time_that_counts_all_cells_is_refused():
    cells, readers = PARTED.circuit.populations
    many = replace(cells, model=replace(SENDERS, refractory="N*ms"))
    described = replace(PARTED, circuit=replace(PARTED.circuit, populations=(many, readers)))
    with pytest.raises(WrongInput, match="'senders' reads N"):
        nms.simulate(described, device="numpy", replicas=2)


def test_a_random_refractory_time_is_drawn_by_counter():
    """As all chance of cells: the same on every device, and in every replica."""
    cells = replace(SENDERS, refractory="5*rand()*ms", threshold="v > -1")
    _, readers = PARTED.circuit.populations
    first = replace(PARTED.circuit.populations[0], model=cells)
    described = replace(PARTED, circuit=replace(PARTED.circuit, populations=(first, readers)))
    both = nms.simulate(described, device="numpy", seed=8, replicas=2)
    expect_the_same(both["replica_1"], nms.simulate(described, device="numpy", seed=9))
