"""Release without chance: each cell carries an equal share of all sites.

    C += p_release · site_density · quantum / (alpha · number of cells)     at each spike

When every cell has fired once, the concentration has risen by p ρ Q / α: 57 nmolar in the dorsal striatum,
51 in the ventral one, whose sites are 10 % fewer (Ejdrup et al. 2026). A well mixed pool fed at J = f p ρ Q
/ α settles at ``K_m J / (V_max − J)``.

A steady source is below what single quanta do on average in space, because uptake saturates at
a site and not elsewhere: 8.3 against 9.4 nmolar at 4 Hz.
"""

from brian2 import um

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.release.quantal import CODE, PROBABILITY, QUANTUM
from neuromodsim.equations.sources import EJDRUP_2026

SITES = Parameter(
    0.04 / um**3,
    "release sites per volume of tissue",
    CODE,
    low=0 / um**3,
    high=10 / um**3,
    evidence="reported",
)

MEAN_FIELD_RELEASE = SynapseModel(
    name="mean_field_release",
    summary="A spike releases its cell's fraction of the mean release of all sites.",
    source=EJDRUP_2026,
    on_pre="C_post += p_release*site_density*quantum/(alpha_post*N_pre)",
    parameters={"p_release": PROBABILITY, "site_density": SITES, "quantum": QUANTUM},
)

MEAN_FIELD_RELEASE_VENTRAL = MEAN_FIELD_RELEASE.preset(
    name="mean_field_release_ventral",
    summary="Mean release in the ventral striatum, which has 10 % fewer sites.",
    source=EJDRUP_2026,
    site_density=Parameter(0.036 / um**3, "", f"{CODE}: 0.9 of dorsal", evidence="reported"),
)
