"""Drugs at receptors: antagonists, and agonists with an efficacy.

The target is the name of the receptor in the neuromodulator, such as ``"D2"``; for another name, such as
that of an autoreceptor, use ``dataclasses.replace(SULPIRIDE, target="terminal")``. A drug occupies a
fraction of the receptors, and that of an agonist is weighted by ``efficacy``.

Affinities are of the order listed in compilations for cloned human receptors; they differ between
laboratories by a factor of ten, and are recalled and unverified, except for carbachol (pEC50 6.1 of GTPγS
binding). Efficacies are one or zero, which is a simplification. By default, drugs unbind at the rate of the
modulator (``k_off``); antagonists of high affinity are slower.
"""

from dataclasses import replace

from brian2.units.allunits import nmolar

from neuromodsim.description.drug import Drug
from neuromodsim.description.model import Evidence, Parameter
from neuromodsim.equations.sources import ALEXANDER_2019

LISTED = "order of listed affinities"


def _drug(
    name: str, target: str, affinity: float, efficacy: float = 0.0, evidence: Evidence = "unverified"
) -> Drug:
    what = "Activates" if efficacy else "Blocks"
    return Drug(
        name=name,
        target=target,
        K_i=Parameter(
            affinity * nmolar,
            f"affinity for {target}",
            LISTED,
            low=1e-3 * nmolar,
            high=1e6 * nmolar,
            evidence=evidence,
        ),
        efficacy=efficacy,
        summary=f"{what} {target} receptors.",
        source=ALEXANDER_2019,
    )


SCH_23390 = _drug("sch_23390", "D1", 0.3)
SKF_81297 = _drug("skf_81297", "D1", 2, efficacy=1)
HALOPERIDOL = _drug("haloperidol", "D2", 1.2)
RACLOPRIDE = _drug("raclopride", "D2", 2)
SULPIRIDE = _drug("sulpiride", "D2", 15)
QUINPIROLE = _drug("quinpirole", "D2", 5, efficacy=1)

PRAZOSIN = _drug("prazosin", "alpha1", 0.2)
YOHIMBINE = _drug("yohimbine", "alpha2A", 5)
GUANFACINE = _drug("guanfacine", "alpha2A", 30, efficacy=1)
PROPRANOLOL = _drug("propranolol", "beta", 2)
ISOPRENALINE = _drug("isoprenaline", "beta", 200, efficacy=1)

ATROPINE = _drug("atropine", "M1", 1)
OXOTREMORINE = _drug("oxotremorine", "M4", 500, efficacy=1)
CARBACHOL = replace(
    _drug("carbachol", "M1", 800, efficacy=1),
    K_i=Parameter(
        800 * nmolar, "affinity for M1", "pEC50 6.1 of GTPγS binding", 1e-3 * nmolar, 1e6 * nmolar, "reported"
    ),
)

WAY_100635 = _drug("way_100635", "serotonin_1A", 1)
EIGHT_OH_DPAT = _drug("eight_oh_dpat", "serotonin_1A", 1, efficacy=1)
KETANSERIN = _drug("ketanserin", "serotonin_2A", 2)
