"""Chance of cells in equations and in the code that stands in one piece with them."""

import numpy as np
import pytest

import neuromodsim as nms
from neuromodsim.numerics import randomness
from tests.unit.fields import cell, experiment

DRAWING = cell(
    equations="dv/dt = (rand() - v)/(10*ms) : 1\nn : 1\ndrive = randn() : 1",
    method="euler",
    step="n = randn()",
    threshold="drive > rand()",
)


def drawn(site, function):
    return function(np.arange(3), np.arange(20)[:, None], randomness.key(0, "pre"), site)


@pytest.mark.parametrize("device", ["numpy", pytest.param("cpp", marks=pytest.mark.cpp)])
def test_uniform_and_normal_numbers_stand_beside_each_other(device):
    """Fails when a program defines one generator twice, or two places draw the same numbers."""
    recording = nms.Recording(spikes={"pre": nms.Window()}, states=dict.fromkeys(("pre.v", "pre.n"), "1 ms"))
    run = nms.simulate(experiment(pre=DRAWING), device=device, record=recording, progress=False)
    state, spikes = run["state/pre"], run["spikes/pre"]
    v = np.zeros(3)
    for step, uniform in enumerate(drawn(2, randomness.uniform)):
        np.testing.assert_allclose(state.v.values[step], v, rtol=1e-12)
        v = v + 0.1 * (uniform - v)
    np.testing.assert_allclose(state.n.values[1:], drawn(1, randomness.normal), rtol=1e-12)
    over = drawn(3, randomness.normal) > drawn(4, randomness.uniform)
    found = zip(np.rint(spikes.time.values * 1e3).astype(int), spikes.neuron.values, strict=True)
    assert sorted(found) == sorted(zip(*np.nonzero(over), strict=True))
