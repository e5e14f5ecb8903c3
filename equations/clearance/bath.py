"""A constant concentration, such as an agonist in the bath of a slice.

Release and uptake do not change it.
"""

from brian2.units.allunits import mmolar, nmolar, umolar

from neuromodsim.description.model import ModulatorModel, Parameter
from neuromodsim.equations.sources import SEOL_2007

BATH = ModulatorModel(
    name="bath",
    summary="A constant concentration, as in a slice with an agonist in the bath.",
    source=SEOL_2007,
    level="C",
    method="relaxation",
    equations="C : mmolar (constant)  # outside cells",
    parameters={
        "concentration": Parameter(
            10 * umolar,
            "bath concentration",
            "isoproterenol",
            low=0 * nmolar,
            high=10 * mmolar,
            evidence="unverified",
        ),
    },
    initial={"C": "concentration"},
)
