"""An extracellular compartment with two transporters: one of high affinity, one of high capacity.

Serotonin is taken up by its own transporter (SERT) and, once that is saturated, by others of low
affinity and high capacity (uptake 2: dopamine, noradrenaline and organic cation transporters, many
of them in glia):

    dC/dt = leak − V_max C / (K_m + C) − V_max_2 C / (K_m_2 + C) − k_loss C + D/λ² ∇²C

``V_max`` and ``K_m`` are those of SERT, for which the selective blockers compete. The values here are the
fits to serotonin clearance in mouse hippocampus by Wood et al. (2014); they are recalled and unverified.
For serotonergic terminals, see the presets.
"""

from brian2 import second
from brian2.units.allunits import mmolar, nmolar

from neuromodsim.description.model import ModulatorModel, Parameter
from neuromodsim.equations.clearance.michaelis_menten import AS_DOPAMINE, LOSS, STILL
from neuromodsim.equations.sources import WOOD_2014

ARTICLE = "two-uptake fit"

TWO_UPTAKES = ModulatorModel(
    name="two_uptakes",
    summary="Extracellular transmitter cleared by a high-affinity and a high-capacity transporter.",
    source=WOOD_2014,
    level="C",
    method="relaxation",
    equations="""
    dC/dt = leak - high_affinity - high_capacity - k_loss*C + D/tortuosity**2*laplacian : mmolar
    high_affinity = V_max*C/(K_m + C)       : mmolar/second    # SERT
    high_capacity = V_max_2*C/(K_m_2 + C)   : mmolar/second    # uptake 2
    laplacian                               : mmolar/meter**2  # from a grid
    """,
    transporters={"SERT": "K_m", "uptake_2": "K_m_2"},
    parameters={
        "V_max": Parameter(
            17.5 * nmolar / second,
            "maximal rate of high-affinity uptake",
            ARTICLE,
            low=0 * nmolar / second,
            high=1 * mmolar / second,
            evidence="unverified",
        ),
        "K_m": Parameter(
            5 * nmolar,
            "Michaelis constant of high-affinity uptake",
            ARTICLE,
            low=0.01 * nmolar,
            high=1 * mmolar,
            evidence="unverified",
        ),
        "V_max_2": Parameter(
            780 * nmolar / second,
            "maximal rate of high-capacity uptake",
            ARTICLE,
            low=0 * nmolar / second,
            high=1 * mmolar / second,
            evidence="unverified",
        ),
        "K_m_2": Parameter(
            170 * nmolar,
            "Michaelis constant of high-capacity uptake",
            ARTICLE,
            low=0.01 * nmolar,
            high=1 * mmolar,
            evidence="unverified",
        ),
        **LOSS,
        **AS_DOPAMINE,
    },
    ranges=STILL,
)
