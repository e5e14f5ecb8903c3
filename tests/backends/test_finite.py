"""Every variable is finite at the end of a run and whenever it reports, recorded or not."""

import re
from dataclasses import replace

import pytest
from brian2 import ms, second

import neuromodsim as nms
from tests.pretend import OURS

ALWAYS = {"only": nms.Condition(summary="There is one.")}


def made(kind, name, **fields):
    return kind(name=name, summary="Runs away.", source=OURS, **fields)


RUNAWAY = made(
    nms.NeuronModel,
    "runaway",
    equations="v : 1\nheld : 1",
    step="v = v*(1 + rate)",
    threshold="v > 1e307 and v < 0",
    initial={"v": "1.0*(i == 1)"},
    parameters={"rate": nms.Parameter(0.0, "growth of v in a step")},
)
GROWING = made(
    nms.SynapseModel,
    "growing",
    equations="w : 1",
    on_event={"tick": "w = (w + 1)*factor"},
    parameters={"factor": nms.Parameter(1.0, "growth of w at a tick")},
)


def experiment():
    """Return cells and synapses that can grow past all numbers, of which nothing is recorded but spikes."""
    ticking = replace(RUNAWAY, events={"tick": "i == 2"})
    return nms.Experiment(
        name="running_away",
        summary="?",
        source=OURS,
        circuit=nms.Circuit(
            populations=(nms.Population(name="cells", size=3, model=ticking),),
            projections=(nms.Projection(name="grow", source="cells", target="cells", model=GROWING),),
        ),
        conditions=ALWAYS,
        recording=nms.Recording(spikes={"cells": nms.Window()}),
        duration=20 * ms,
        dt=1 * ms,
    )


@pytest.mark.parametrize("device", ["numpy", "cpp"])
@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value")
def test_a_variable_that_nobody_records_is_looked_at(device):
    """Fails when a membrane that is not a number is a silent cell, or a weight an infinite one."""

    def run(**parameters):
        given = {name.replace("__", "."): value for name, value in parameters.items()}
        return nms.simulate(experiment(), device=device, parameters=given)

    assert run()["spikes/cells"].spike_count.values.tolist() == [0, 0, 0]
    when = r"at t = 0\.02 s"
    cell, synapse = (
        ("1 of its 3 rows", "3 of its 9 rows")
        if device == "cpp"
        else ("cell 1", r"synapse \d and 2 others")  # a compiled program counts only
    )
    with pytest.raises(nms.RunFailed, match=rf"'cells\.v' became NaN or infinite {when} \({cell}\)"):
        run(cells__rate=1e200)
    with pytest.raises(nms.RunFailed, match=rf"'grow\.w' became NaN or infinite {when} \({synapse}\)"):
        run(grow__factor=1e200)


@pytest.mark.parametrize("device", ["numpy", "cpp"])
@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value")
def test_a_run_that_reports_is_stopped_on_the_way(device, monkeypatch):
    """Fails when hours are computed with what is no number any more; there would be 1e9 steps here."""
    with pytest.raises(nms.RunFailed, match="became NaN or infinite") as caught:
        nms.simulate(
            experiment(),
            device=device,
            duration=1e6 * second,
            parameters={"cells.rate": 1e200},
            timeout=60,
        )
    assert float(re.search(r"t = (\S+) s", str(caught.value))[1]) < 1e6
