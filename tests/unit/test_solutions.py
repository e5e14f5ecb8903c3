"""Exact solutions of variables whose names mean something else to SymPy."""

import numpy as np
import pytest
from brian2 import ms

import neuromodsim as nms
from tests.pretend import ALWAYS, OURS

SAID = {"summary": "s", "source": OURS}
TAU = {"tau": nms.Parameter(10 * ms, "of all")}


def experiment(name):
    """Return a cell with a variable that decays from 1, and a synapse that keeps one from spike to spike."""
    cell = nms.NeuronModel(
        **SAID,
        name="cell",
        equations=f"d{name}/dt = -{name}/tau : 1",
        threshold="t >= 0*ms",
        initial={name: 1.0},
        parameters=TAU,
    )
    other = nms.NeuronModel(**SAID, name="other", equations="n : 1")
    rule = nms.SynapseModel(
        **SAID,
        name="rule",
        equations=f"d{name}/dt = -{name}/tau : 1 (event-driven)\nw : 1",
        on_pre=f"w = {name}",
        initial={name: 1.0},
        parameters=TAU,
    )
    sender = nms.NeuronModel(**SAID, name="sender", equations="n : 1", threshold="timestep(t, dt) == 4")
    cells = {"cell": cell, "other": other, "sender": sender}
    return nms.Experiment(
        **SAID,
        name="named",
        circuit=nms.Circuit(
            populations=tuple(nms.Population(name=n, size=1, model=m) for n, m in cells.items()),
            projections=(nms.Projection(name="rule", source="sender", target="other", model=rule),),
        ),
        conditions=ALWAYS,
        recording=nms.Recording(states={f"cell.{name}": 1 * ms, "rule.w": 1 * ms}),
        duration=6 * ms,
        dt=1 * ms,
    )


@pytest.mark.parametrize("name", ["E", "S", "gamma", "trace", "nan", "I", "v"])
def test_a_variable_means_itself(name):
    """`E` came out as Euler's number in every step."""
    run = nms.simulate(experiment(name), device="numpy")
    np.testing.assert_allclose(run["state/cell"][name].values[:, 0], np.exp(-np.arange(7) / 10), rtol=1e-12)
    assert run["synapses/rule"].weight.values[-1, 0] == pytest.approx(np.exp(-0.4), rel=1e-12)
