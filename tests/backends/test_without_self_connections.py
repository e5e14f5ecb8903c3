"""Rows of a matrix without its diagonal, in a compiled program."""

import numpy as np
import pytest
from brian2 import ms

import neuromodsim as nms
from tests.pretend import ALWAYS, OURS

CELLS, STEPS = 19, 30


def recurrent(wiring):
    """Return cells that fire by turns, up to a dozen at once, onto all others; weights that change."""
    model = nms.NeuronModel(
        name="firing",
        summary="Fires at times of its own.",
        source=OURS,
        equations="u : 1",
        threshold="(7*i + t_in_timesteps*t_in_timesteps) % 11 < t_in_timesteps % 8",
    )
    synapse = nms.SynapseModel(
        name="learning",
        summary="Adds a weight and raises it.",
        source=OURS,
        equations="w : 1",
        on_pre="u_post += w; w += 0.01*(i + 1) + 0.001*u_post",
    )
    return nms.Experiment(
        name="recurrent",
        summary="All to all others.",
        source=OURS,
        circuit=nms.Circuit(
            populations=(nms.Population(name="cells", size=CELLS, model=model),),
            projections=(
                nms.Projection(
                    name="s",
                    source="cells",
                    target="cells",
                    model=synapse,
                    wiring=wiring,
                    initial={"w": "i + 0.01*j"},
                ),
            ),
        ),
        conditions=ALWAYS,
        recording=nms.Recording(
            spikes={"cells": nms.Window()}, states={"cells.u": 1 * ms, "s.w": STEPS * ms}
        ),
        duration=STEPS * ms,
        dt=1 * ms,
    )


@pytest.mark.cpp
def test_rows_without_a_diagonal_are_all_pairs_of_different_cells():
    """Against Python that goes through spikes and pairs one by one, and NumPy's way through listed pairs."""
    subject = recurrent(nms.AllToAll(self_connections=False))
    run = nms.simulate(subject, progress=False)
    u, w = np.zeros(CELLS), np.add.outer(np.arange(CELLS) * 1.0, np.arange(CELLS) * 0.01)
    most = 0
    for step in range(STEPS):
        np.testing.assert_allclose(run["state/cells"].u.values[step], u, rtol=1e-12)
        fired = [i for i in range(CELLS) if (7 * i + step * step) % 11 < step % 8]
        most = max(most, len(fired))
        for i in fired:
            for j in set(range(CELLS)) - {i}:
                u[j] += w[i, j]
                w[i, j] += 0.01 * (i + 1) + 0.001 * u[j]
    assert most > 8  # one by one, and eight rows at a time
    synapses = run["synapses/s"]
    np.testing.assert_allclose(synapses.weight.values[-1], w[synapses.pre, synapses.post], rtol=1e-12)
    assert len(synapses.pre) == CELLS * (CELLS - 1) and not (synapses.pre == synapses.post).any()
