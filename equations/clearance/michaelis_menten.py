"""An extracellular compartment cleared by a saturable transporter.

The concentration is that of the extracellular space: the released amount is divided by the volume fraction
in the release model, and the diffusion coefficient by the square of the tortuosity here:

    dC/dt = leak − V_max C / (K_m + C) − k_loss C + D/λ² ∇²C

The transporter saturates above ``K_m``; below, it clears with the time constant ``K_m / V_max``.
``k_loss`` is other first-order loss. ``laplacian`` is computed on a grid and is zero in a well-mixed
compartment, so that the same equations serve all geometries. A drug that competes for the
transporter multiplies ``K_m`` by ``1 + dose / K_i``.

Not modelled: reverse transport, the transport cycle, extracellular metabolism, and transmitter bound to
transporters and receptors, which is negligible as long as the free concentration is above their density. A
drug that is not competitive changes ``V_max`` instead.
"""

from dataclasses import replace

from brian2 import metre, second, um
from brian2.units.allunits import mmolar, nmolar, umolar

from neuromodsim.description.model import ModulatorModel, Parameter
from neuromodsim.equations.sources import EJDRUP_2026

CODE = "github.com/Ejdrup/striatal-dopamine-modelling, sim_functions.py"

# What every pool has, with ranges in which a molar or a micromolar for a nanomolar does not fit.
SPACE = {
    "D": Parameter(
        763 * um**2 / second,
        "free diffusion coefficient, before correction for tortuosity",
        CODE,
        low=0 * um**2 / second,
        high=1e4 * um**2 / second,
        evidence="reported",
    ),
    "tortuosity": Parameter(1.54, "tortuosity", CODE, low=1.0, high=5.0, evidence="reported"),
    "alpha": Parameter(0.21, "extracellular volume fraction", CODE, low=0.01, high=1.0, evidence="reported"),
}
# The same for modulators whose own numbers were not found.
AS_DOPAMINE = {
    name: replace(number, where="as dopamine in the striatum", evidence="assumed")
    for name, number in SPACE.items()
}
LOSS = {
    "k_loss": Parameter(
        0 / second,
        "rate constant of other first-order loss",
        low=0 / second,
        high=1e5 / second,
        evidence="assumed",
    ),
    "leak": Parameter(
        0 * nmolar / second,
        "constant, spike-independent release",
        low=0 * nmolar / second,
        high=1 * mmolar / second,
        evidence="assumed",
    ),
}

# What a grid works out in every step, and is 0 where there is none.
STILL = {"laplacian": (0 * mmolar / metre**2, 0 * mmolar / metre**2)}
EXTRACELLULAR = ModulatorModel(
    name="extracellular",
    summary="Extracellular transmitter cleared by a saturable transporter, with diffusion on a grid.",
    source=EJDRUP_2026,
    level="C",
    method="relaxation",
    equations="""
    dC/dt = leak - V_max*C/(K_m + C) - k_loss*C + D/tortuosity**2*laplacian : mmolar  # outside cells
    laplacian : mmolar/meter**2                                                      # from a grid
    """,
    transporters={"DAT": "K_m"},
    parameters={
        "V_max": Parameter(
            6 * umolar / second,
            "maximal uptake rate",
            CODE,
            low=0 * umolar / second,
            high=1 * mmolar / second,
            evidence="reported",
        ),
        "K_m": Parameter(
            210 * nmolar,
            "Michaelis constant of uptake",
            CODE,
            low=0.01 * nmolar,
            high=1 * mmolar,
            evidence="reported",
        ),
        **LOSS,
        **SPACE,
    },
    ranges=STILL,
)
