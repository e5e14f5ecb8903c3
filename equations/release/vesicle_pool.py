"""Release from a pool of vesicles that empties and recovers: why tonic firing blunts a burst.

    dx/dt = (1 − x) / tau_recovery ,    at each spike:  C += p ρ Q x / (α N) ,   x −= depletion · x

At a steady rate f the pool rests near 1 / (1 + depletion f tau_recovery). Locus coeruleus neurons
that fire tonically at a high rate deplete their stores, and release less when they burst.

That high tonic firing lowers phasic release was read; that it does so by depletion alone is a choice
(desensitisation and autoreceptors help). Sites and quantum are remembered, the depletion and its recovery are
assumed, and ``p_release`` is what brings 30 pulses at 100 Hz to the 0.31 µmolar of a slice (Palij and
Stamford 1994) with these numbers and the pool ``na_lc_slice``.
"""

from brian2 import mole, second, um

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.release.quantal import MOLECULE
from neuromodsim.equations.sources import PALIJ_1994

VESICLE_POOL = SynapseModel(
    name="vesicle_pool",
    summary="Release that depletes a vesicle pool, which recovers within seconds.",
    source=PALIJ_1994,
    equations="dx/dt = (1 - x)/tau_recovery : 1 (event-driven)  # share of vesicles that are ready",
    on_pre="""
    C_post += p_release*site_density*quantum*x/(alpha_post*N_pre)
    x -= depletion*x
    """,
    parameters={
        "p_release": Parameter(
            0.353,
            "share of spikes that release, at a site with all vesicles",
            "0.31 umolar after 30 pulses at 100 Hz",
            low=0.0,
            high=1.0,
            evidence="derived",
        ),
        "site_density": Parameter(
            1e-3 / um**3,
            "varicosities per volume of tissue",
            "order of cortical counts",
            low=0 / um**3,
            high=10 / um**3,
            evidence="unverified",
        ),
        "quantum": Parameter(
            5000 * MOLECULE,
            "what one vesicle holds: 5000 molecules",
            "order of published contents",
            low=0 * mole,
            high=1e7 * MOLECULE,
            evidence="unverified",
        ),
        "depletion": Parameter(
            0.02, "share of what is ready that a spike uses", low=0.0, high=1.0, evidence="assumed"
        ),
        "tau_recovery": Parameter(10 * second, "time to refill", low=1e-3 * second, evidence="assumed"),
    },
    initial={"x": 1},
)
