"""Cells that fire at random at a rate that is given: the nucleus without its membranes.

A cell fires in each step with the probability ``rate · dt``, independently of all others. Published models of
dopamine release use such cells; real ones pace themselves and are far more regular.

The rate may be set by a task, an effect or a link; a negative one is silence.
"""

from brian2 import Hz

from neuromodsim.description.model import NeuronModel
from neuromodsim.equations.sources import DREYER_2013

POISSON = NeuronModel(
    name="poisson",
    summary="Fires as a Poisson process at a given rate.",
    source=DREYER_2013,
    equations="""
    rate : hertz  # may change at any time
    s    : 1      # 1 if it fires in this step
    """,
    step="s = int(rand() < rate*dt)",
    threshold="s > 0.5",
    initial={"rate": 4 * Hz},
    ranges={"rate": (0 * Hz, None)},
)
