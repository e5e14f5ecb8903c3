"""Uptake blockers, which compete with the modulator for its transporter.

A dose multiplies the transporter's ``K_m`` by ``1 + dose / K_i``. There is one value per drug and
transporter; a drug that blocks several transporters is described by several values, each added to the
compartment of its modulator. Affinities for cloned human transporters differ up to 60-fold between
laboratories; those of Tatsumi et al. (1997) are from binding, those of Han and Gu (2006) from uptake.
"""

from brian2.units.allunits import nmolar

from neuromodsim.description.drug import Drug
from neuromodsim.description.model import Evidence, Parameter, Source
from neuromodsim.equations.sources import HAN_2006, TATSUMI_1997

ABSTRACT = "abstract"
QUOTED = "table quoted in Iversen 2006, PMC1760736"


def _blocker(name: str, target: str, affinity: float, source: Source, where: str, evidence: Evidence) -> Drug:
    return Drug(
        name=name,
        target=target,
        K_i=Parameter(
            affinity * nmolar,
            f"affinity for {target}",
            where,
            low=1e-3 * nmolar,
            high=1e6 * nmolar,
            evidence=evidence,
        ),
        summary=f"Blocks {target}.",
        source=source,
    )


NOMIFENSINE = _blocker("nomifensine", "DAT", 56, TATSUMI_1997, ABSTRACT, "reported")
NOMIFENSINE_NET = _blocker("nomifensine", "NET", 15.6, TATSUMI_1997, "article", "unverified")
COCAINE = _blocker("cocaine", "DAT", 230, HAN_2006, "article; abstract: 0.2 to 0.7 umolar", "unverified")
COCAINE_NET = _blocker("cocaine", "NET", 480, HAN_2006, "article; abstract: 0.2 to 0.7 umolar", "unverified")
COCAINE_SERT = _blocker(
    "cocaine", "SERT", 740, HAN_2006, "article; abstract: 0.2 to 0.7 umolar", "unverified"
)
METHYLPHENIDATE = _blocker(
    "methylphenidate", "DAT", 100, HAN_2006, f"{ABSTRACT}: around 0.1 umolar", "reported"
)
METHYLPHENIDATE_NET = _blocker(
    "methylphenidate", "NET", 100, HAN_2006, f"{ABSTRACT}: around 0.1 umolar", "reported"
)
FLUOXETINE = _blocker("fluoxetine", "SERT", 0.8, TATSUMI_1997, QUOTED, "reported")
CITALOPRAM = _blocker("citalopram", "SERT", 1.2, TATSUMI_1997, QUOTED, "reported")
DESIPRAMINE = _blocker("desipramine", "NET", 0.8, TATSUMI_1997, QUOTED, "reported")
