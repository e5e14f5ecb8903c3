"""Release in quanta: each synapse is one release site, which a spike empties with a probability.

    C += quantum / (alpha · volume of the voxel)     with probability p_release

The concentration is that of the extracellular space, hence the division by its share of the volume, once.
A vesicle of 25 nm radius filled to 75 mmolar holds some 3000 molecules of dopamine.

With 60 spikes in 1000 releasing, and 40 sites in 1000 µm³, the dorsal striatum has the release of
Ejdrup et al. (2026). A site releases one quantum or none; draw as many sites as the density gives.
"""

from brian2 import mole

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.equations.sources import EJDRUP_2026

CODE = "github.com/Ejdrup/striatal-dopamine-modelling, sim_functions.py"
MOLECULE = mole / 6.02214076e23

PROBABILITY = Parameter(
    0.06, "release probability per spike and site", CODE, low=0.0, high=1.0, evidence="reported"
)
QUANTUM = Parameter(
    3000 * MOLECULE,
    "content of one vesicle: 3000 molecules",
    CODE,
    low=0 * mole,
    high=1e7 * MOLECULE,
    evidence="reported",
)

QUANTAL_RELEASE = SynapseModel(
    name="quantal_release",
    summary="A spike releases a vesicle at each site with a given probability.",
    source=EJDRUP_2026,
    random="sequence",
    on_pre="C_post += int(rand() < p_release)*quantum/(alpha_post*voxel_volume_post)",
    parameters={"p_release": PROBABILITY, "quantum": QUANTUM},
)
