"""A synapse with short-term facilitation and depression, whose release probability modulators change.

    du/dt = −u / tau_facilitation ,   dx/dt = (1 − x) / tau_recovery
    at a spike:   u += U (1 − u) ,   current += w u x ,   x −= u x

``u`` is the share of ready vesicles that a spike uses, ``x`` the share that is ready. What lowers ``U`` at
the terminal weakens the first spikes of a train and spares the later ones; what lowers ``w`` after the
synapse weakens all alike. The numbers are of a depressing synapse between pyramidal cells, remembered.
"""

from brian2 import ms, pA

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import TSODYKS_1998

SHORT_TERM = SynapseModel(
    name="short_term",
    summary="A synapse that facilitates and depresses within a second.",
    source=TSODYKS_1998,
    equations="""
    w : amp (constant)
    du/dt = -u/tau_facilitation    : 1 (event-driven)  # share of ready vesicles that is used
    dx/dt = (1 - x)/tau_recovery   : 1 (event-driven)  # share of vesicles that is ready
    """,
    on_pre="""
    u += U*(1 - u)
    I_synaptic_post += w*u*x
    x -= u*x
    """,
    parameters={
        "U": Parameter(
            0.5, "fraction used by a first spike", "article", low=0.0, high=1.0, evidence="unverified"
        ),
        "tau_facilitation": Parameter(
            1 * ms, "time constant of facilitation: none", "article", low=1e-3 * ms, evidence="assumed"
        ),
        "tau_recovery": Parameter(
            800 * ms, "time constant of refilling", "article", low=1 * ms, evidence="unverified"
        ),
    },
    initial={"w": 100 * pA, "x": 1},
    ranges={"u": (0.0, 1.0), "x": (0.0, 1.0)},
)
