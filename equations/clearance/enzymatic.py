"""An extracellular compartment cleared by an enzyme: acetylcholine and acetylcholinesterase.

    dC/dt = leak − k_cat [E] C / (K_m + C) − k_loss C + D/λ² ∇²C

Acetylcholine stays far below the ``K_m`` of the enzyme outside of synapses, so it is cleared at the rate
``k_cat [E] / K_m``. The amount of enzyme per extracellular volume has not been measured, and the
lifetime of acetylcholine, between a millisecond and a second, is the largest uncertainty of this catalogue;
therefore [E] is a separate parameter, ``enzyme``, and two presets represent the extremes.

Not modelled: substrate inhibition of the enzyme above a millimolar, and uptake of choline.
"""

from brian2 import second, um
from brian2.units.allunits import mmolar, nmolar, umolar

from neuromodsim.description.model import ModulatorModel, Parameter
from neuromodsim.equations.clearance.michaelis_menten import AS_DOPAMINE, LOSS, STILL
from neuromodsim.equations.sources import LAND_1984

ENZYMATIC = ModulatorModel(
    name="enzymatic",
    summary="Extracellular transmitter cleared by an enzyme.",
    source=LAND_1984,
    level="C",
    method="relaxation",
    equations="""
    dC/dt = leak - k_cat*enzyme*C/(K_m + C) - k_loss*C + D/tortuosity**2*laplacian : mmolar
    laplacian : mmolar/meter**2  # from a grid
    """,
    transporters={"AChE": "K_m"},
    parameters={
        "k_cat": Parameter(
            1e4 / second,
            "turnover number of one active site",
            "textbook value",
            low=0 / second,
            high=1e6 / second,
            evidence="unverified",
        ),
        "K_m": Parameter(
            75 * umolar,
            "Michaelis constant of hydrolysis",
            "middle of 50 to 100 umolar",
            low=0.01 * nmolar,
            high=1 * mmolar,
            evidence="unverified",
        ),
        "enzyme": Parameter(
            9 * nmolar,
            "concentration of active sites in the extracellular space",
            "gives 1.2/s",
            low=0 * nmolar,
            high=100 * umolar,
            evidence="assumed",
        ),
        **LOSS,
        **AS_DOPAMINE,
        "D": Parameter(
            600 * um**2 / second,
            "free diffusion coefficient, before correction for tortuosity",
            "6 to 10e-6 cm2/s, as quoted by Land et al.",
            low=0 * um**2 / second,
            high=1e4 * um**2 / second,
            evidence="reported",
        ),
    },
    ranges=STILL,
)
