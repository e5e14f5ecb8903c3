"""Noradrenaline in a slice of the locus coeruleus: stimulus trains, uptake blockers, and tonic firing.

Thirty pulses at 100 Hz increased noradrenaline to 0.31 ± 0.04 µM, with a half-life of 2.93 ± 0.28 s; 50 nM
of desipramine increased the peak by 96 % and the half-life by 314 % (Palij and Stamford 1994, abstract).
Cells are silent before the train, and each pulse of the electrode evokes one spike in each axon. The
half-life is the time from the peak to half of it, relative to the level before the train.

Without recapture at the release sites, the same dose increases the half-life as much, but hardly changes
the peak (see ``circuit``). Yohimbine, which blocks α2, increases the peak.

Tonic firing, at 1 or 7 spikes per second for a minute, reduces the release by the train: in animals, high
tonic firing depletes stores and reduces phasic release (Li et al. 2023). Without depletion
(``kept_stores``) the reduction is smaller; the remainder is due to the autoreceptor, which the tonic level
occupies.

Not modelled: α2 on the cells themselves, fluvoxamine, and receptor desensitisation.
"""

from brian2 import ms, pA, second
from brian2.units.allunits import nmolar

from neuromodsim.description.condition import Condition
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.recording import Recording, Window
from neuromodsim.equations.sources import PALIJ_1994
from neuromodsim.protocols.noradrenaline_slice.circuit import CIRCUIT, RECAPTURE, VESICLES

SLOWLY, FAST = 20 * pA, 200 * pA
# The same amount gets out without recapture as with it.
GETS_OUT = 1 / (1 + RECAPTURE.parameters["recapture"].value)
ALL_OUT = {
    "noradrenaline_release.recapture": 0.0,
    "noradrenaline_release.site_density": VESICLES.parameters["site_density"].value * GETS_OUT,
}
BLOCKED = {"noradrenaline.desipramine": 50 * nmolar}
KEPT = {"noradrenaline_release.depletion": 0.0}

EXPERIMENT = Experiment(
    name="noradrenaline_slice",
    summary="Thirty pulses in a locus coeruleus slice: release, uptake, drugs, and tonic firing.",
    source=PALIJ_1994,
    circuit=CIRCUIT,
    conditions={
        "control": Condition(summary="Silent cells and a stimulus train."),
        "desipramine": Condition(summary="50 nM of desipramine.", parameters=BLOCKED),
        "yohimbine": Condition(
            summary="1 µM of yohimbine.", parameters={"noradrenaline.yohimbine": 1000 * nmolar}
        ),
        "no_recapture": Condition(summary="No recapture at release sites.", parameters=ALL_OUT),
        "no_recapture_desipramine": Condition(
            summary="No recapture at release sites, with 50 nM of desipramine.", parameters=ALL_OUT | BLOCKED
        ),
        "tonic": Condition(
            summary="Cells fire once per second before the train and after it.",
            parameters={"coeruleus.I": SLOWLY},
        ),
        "tonic_fast": Condition(
            summary="Cells fire seven times per second before the train and after it.",
            parameters={"coeruleus.I": FAST},
        ),
        "kept_stores": Condition(summary="Vesicle pools that do not deplete; silent cells.", parameters=KEPT),
        "kept_stores_tonic_fast": Condition(
            summary="Vesicle pools that do not deplete, and cells that fire seven times per second.",
            parameters=KEPT | {"coeruleus.I": FAST},
        ),
    },
    recording=Recording(
        spikes={"coeruleus": Window()},
        states={
            "noradrenaline.C": 10 * ms,
            "noradrenaline.terminal": 10 * ms,
            "noradrenaline_release.x": 10 * ms,
        },
        only={"noradrenaline_release.x": (0,)},
    ),
    duration=130 * second,
    dt=0.5 * ms,
)
