"""A projection without synapses is a run: it happens at the end of a sweep over a probability."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms

import neuromodsim as nms
from neuromodsim.equations import PHASIC_DOPAMINE
from tests.pretend import OURS

FIRES = nms.NeuronModel(name="fires", summary="Fires.", source=OURS, equations="n : 1", threshold="n > -1")
PLAIN = nms.SynapseModel(
    name="plain",
    summary="Counts.",
    source=OURS,
    equations="w : 1",
    on_pre="n_post += 1",
    initial={"w": "rand()"},
)
RULE = nms.SynapseModel(
    name="rule",
    summary="Learns.",
    source=OURS,
    equations="""
    dx/dt = -x/tau : 1 (event-driven)
    dc/dt = -c/tau : 1
    dw/dt = c*D/tau : 1
    D : 1
    """,
    modulators=("D",),
    on_pre="x += 1\nn_post += w",
    on_post="c += x",
    parameters={"tau": nms.Parameter(10 * ms, "decay")},
)


def experiment(wiring, model=PLAIN, **fields):
    """Return five steps of cells that fire in each, wired with what draws no synapse."""
    lazy = bool(model.modulators)
    projection = nms.Projection(
        name="s",
        source="p",
        target="q",
        model=model,
        wiring=wiring,
        modulators={"D": "dop"} if lazy else {},
        **fields,
    )
    return nms.Experiment(
        name="unwired",
        summary="?",
        source=OURS,
        circuit=nms.Circuit(
            populations=tuple(nms.Population(name=n, size=k, model=FIRES) for n, k in (("p", 3), ("q", 2))),
            modulators=(nms.Modulator(name="dop", model=PHASIC_DOPAMINE),) if lazy else (),
            projections=(projection,),
        ),
        conditions={"only": nms.Condition(summary="There is one.")},
        recording=nms.Recording(
            spikes={"q": nms.Window()},
            states={"s.w": 1 * ms, "q.n": 1 * ms} | ({"s.c": 1 * ms} if lazy else {}),
        ),
        duration=5 * ms,
        dt=1 * ms,
    )


def expect_nothing(run, tmp_path, names):
    synapses = run["synapses/s"]
    assert synapses["pre"].shape == synapses["post"].shape == (0,)
    assert {name: synapses[name].shape for name in names} == dict.fromkeys(names, (6, 0))
    assert run["spikes/q"].spike_count.values.tolist() == [5, 5]
    assert not np.any(run["state/q"].n.values)
    nms.save(run, tmp_path / "run.zarr")
    assert nms.open(tmp_path / "run.zarr")["synapses/s"]["weight"].shape == (6, 0)


@pytest.mark.parametrize(
    "wiring",
    [
        nms.FixedProbability(0.0),
        nms.FixedProbability(0.05),  # of six pairs: none
        nms.Pairs((), ()),
        nms.FixedTotalNumber(0),
        nms.FixedOutDegree(0),
        nms.FixedInDegree(0),
    ],
)
def test_every_wiring_may_draw_nothing(wiring, tmp_path):
    """Fails when no synapse sets off an error of NumPy or Brian2."""
    expect_nothing(nms.simulate(experiment(wiring), device="numpy"), tmp_path, ["weight"])


@pytest.mark.parametrize("third_factor", ["event-driven", "clock-driven"])
def test_a_rule_may_have_no_synapse(third_factor, tmp_path):
    """Fails when a third factor, a trace or a flush needs a synapse."""
    run = nms.simulate(experiment(nms.Pairs((), ()), RULE), device="numpy", third_factor=third_factor)
    expect_nothing(run, tmp_path, ["weight", "eligibility"])


@pytest.mark.parametrize("fields", [{"delay": 2 * ms}, {"model": RULE}])
def test_a_compiled_program_may_have_no_synapse(fields, tmp_path):
    """Fails when the program waits to wire what is not there, or its empty files cannot be read."""
    run = nms.simulate(experiment(nms.FixedTotalNumber(0), **fields), device="cpp")
    expect_nothing(run, tmp_path, ["weight", "eligibility"] if "model" in fields else ["weight"])


def test_no_subset_of_nothing_and_no_population_of_nothing():
    """Fails when either is an error of Brian2's instead of one sentence."""
    with pytest.raises(nms.WrongInput, match="The size of 'p' must be a whole number from 1 up; got 0"):
        nms.Population(name="p", size=0, model=FIRES)
    nothing = experiment(nms.Pairs((), ()))
    subset = replace(nothing.recording, only={"s.w": (0,)})
    with pytest.raises(nms.WrongInput, match=r"'s\.w' has no rows"):
        nms.simulate(nothing, record=subset, device="numpy")
