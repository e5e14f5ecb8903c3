"""Acetylcholinesterase inhibitors.

They are treated as competitive, ``K_m → K_m (1 + dose / K_i)``, which for acetylcholine far below ``K_m``
is equivalent to a reduced amount of enzyme. In reality, physostigmine and neostigmine bind covalently for
many minutes. All constants are recalled and unverified.
"""

from brian2.units.allunits import nmolar

from neuromodsim.description.drug import Drug
from neuromodsim.description.model import Parameter
from neuromodsim.equations.sources import ALEXANDER_2019_ENZYMES


def _blocker(name: str, affinity: float) -> Drug:
    return Drug(
        name=name,
        target="AChE",
        K_i=Parameter(
            affinity * nmolar,
            "affinity for the enzyme",
            "order of published inhibition",
            low=1e-3 * nmolar,
            high=1e6 * nmolar,
            evidence="unverified",
        ),
        summary="Blocks acetylcholinesterase.",
        source=ALEXANDER_2019_ENZYMES,
    )


PHYSOSTIGMINE = _blocker("physostigmine", 30)
NEOSTIGMINE = _blocker("neostigmine", 10)
DONEPEZIL = _blocker("donepezil", 7)
