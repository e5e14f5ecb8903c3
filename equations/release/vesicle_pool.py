"""Release from a vesicle pool with depletion and recovery: tonic firing reduces release by a burst.

    dx/dt = (1 − x) / tau_recovery ,    at each spike:  C += p ρ Q x / (α N) ,   x −= depletion · x

At a constant rate f the steady state is near 1 / (1 + depletion f tau_recovery). Locus coeruleus neurons
that fire tonically at a high rate deplete their stores, and release less in a burst.

That high tonic firing reduces phasic release is reported; attributing it to depletion alone is an
assumption (desensitisation and autoreceptors contribute). Site density and quantum are unverified,
depletion and its recovery are assumed, and ``p_release`` is chosen such that 30 pulses at 100 Hz reach the
0.31 µmolar of a slice (Palij and Stamford 1994) with these values and the compartment ``na_lc_slice``.
"""

from brian2 import mole, second, um

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.release.quantal import MOLECULE
from neuromodsim.equations.sources import PALIJ_1994

VESICLE_POOL = SynapseModel(
    name="vesicle_pool",
    summary="Release that depletes a vesicle pool, which recovers within seconds.",
    source=PALIJ_1994,
    equations="dx/dt = (1 - x)/tau_recovery : 1 (event-driven)  # fraction of vesicles that are ready",
    on_pre="""
    C_post += p_release*site_density*quantum*x/(alpha_post*N_pre)
    x -= depletion*x
    """,
    parameters={
        "p_release": Parameter(
            0.353,
            "release probability per spike at a site with a full pool",
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
            "content of one vesicle: 5000 molecules",
            "order of published contents",
            low=0 * mole,
            high=1e7 * MOLECULE,
            evidence="unverified",
        ),
        "depletion": Parameter(
            0.02,
            "fraction of the readily releasable pool used per spike",
            low=0.0,
            high=1.0,
            evidence="assumed",
        ),
        "tau_recovery": Parameter(
            10 * second, "time constant of refilling", low=1e-3 * second, evidence="assumed"
        ),
    },
    initial={"x": 1},
    ranges={"x": (0.0, 1.0)},
)
