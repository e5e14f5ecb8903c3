"""Small neuromodulators for tests: cells that release in every step, and the experiments made of them."""

from typing import Any

import numpy as np
from brian2 import mmolar, ms, second

import neuromodsim as nms
from neuromodsim.equations import EXTRACELLULAR, QUANTAL_RELEASE
from tests.pretend import ALWAYS, OURS

# A pool without uptake, loss or leak: what is released stays.
CLOSED = EXTRACELLULAR.with_parameters(V_max=0 * mmolar / second)
ALPHA = 0.21
SPREAD = 763e-12 / 1.54**2  # apparent diffusion coefficient in m²/s

STEADY = nms.NeuronModel(
    name="steady_source",
    summary="Fires in every step, from the first on.",
    source=OURS,
    equations="fires : 1",
    threshold="fires > 0.5",
    initial={"fires": 1.0},
)
EVERY_SPIKE = QUANTAL_RELEASE.with_parameters(p_release=1.0)


def steady_source(at: int) -> dict[str, Any]:
    """Return a nucleus of one cell that releases one quantum per step into a region."""
    return {
        "nucleus": nms.Population(name="source", size=1, model=STEADY),
        "release": EVERY_SPIKE,
        "wiring": nms.Pairs((0,), (at,)),
    }


def experiment(
    *neuromodulators: nms.Neuromodulator,
    circuit: nms.Circuit | None = None,
    dt: Any = 0.1 * ms,
    record: dict[str, Any] | None = None,
) -> nms.Experiment:
    """Return an experiment on neuromodulators, whose concentrations it keeps."""
    states = {f"{one.name}.C": 10 * ms for one in neuromodulators}
    return nms.Experiment(
        name="pretend_neuromodulators",
        summary="A test.",
        source=OURS,
        circuit=nms.add_neuromodulators(circuit or nms.Circuit(populations=()), *neuromodulators),
        conditions=ALWAYS,
        recording=nms.Recording(states=states if record is None else record),
        duration=100 * ms,
        dt=dt,
    )


def concentration(run: Any, name: str = "pool") -> np.ndarray:
    """Return the last concentration of a pool, in mol/m³."""
    return run[f"modulators/{name}"].C.values[-1] * 1e-6
