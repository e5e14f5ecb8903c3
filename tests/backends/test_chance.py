"""Chance in the code of a component: each call of rand() draws numbers of its own."""

from itertools import combinations

import numpy as np
import pytest
from brian2 import ms

import neuromodsim as nms
from tests.pretend import ALWAYS, OURS

DRAWN = "abcd"
CELLS = nms.NeuronModel(
    name="gamblers",
    summary="Cells that draw wherever code can.",
    source=OURS,
    equations="a : 1\nb : 1\nc = rand() : 1\nd : 1",
    step="a = rand()",
    threshold="b < 2",
    reset="b = rand()",
    events={"again": "rand() < 2"},
    on_event={"again": "d = rand()"},
)
TASK = nms.Task(
    name="dice",
    summary="Draws in its step and at two events.",
    source=OURS,
    equations="a : 1\nb : 1\nc : 1\nd : 1",
    step="a = rand()\nd = rand()",
    events={
        "one": nms.Event(when="rand() < 2", do="b = rand()"),
        "two": nms.Event(when="t >= 0*ms", do="c = rand()"),
    },
)
GAMBLE = nms.Experiment(
    name="gamble",
    summary="Much is drawn.",
    source=OURS,
    circuit=nms.Circuit(populations=(nms.Population(name="cells", size=50, model=CELLS),)),
    task=TASK,
    conditions=ALWAYS,
    recording=nms.Recording(states={f"{owner}.{n}": 1 * ms for owner in ("cells", "task") for n in DRAWN}),
    duration=100 * ms,
    dt=1 * ms,
)


@pytest.mark.parametrize("owner", ["cells", "task"])
def test_no_two_calls_in_one_component_draw_the_same(owner):
    """In its equations, step, threshold, reset and events: a threshold is no copy of a cell's own noise."""
    run = nms.simulate(GAMBLE, device="numpy", seed=3)[f"state/{owner}"]
    drawn = {name: run[name].values[-100:].ravel() for name in DRAWN}
    for one, other in combinations(DRAWN, 2):
        assert abs(np.corrcoef(drawn[one], drawn[other])[0, 1]) < (0.05 if owner == "cells" else 0.4), (
            one,
            other,
        )
