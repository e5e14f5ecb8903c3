"""Why serotonin falls below its baseline after a train: the autoreceptor acts for longer than serotonin.

After two seconds of stimulation serotonin in the terminals' regions rises, and within 30 s plunges below its
basal level (Best et al. 2020, who cite voltammetry in the mouse). A 5-HT1B autoreceptor with a G protein
and its regulator behind it (``slow``) does that; one that acts at once (``at_once``) cannot, because
serotonin that has come back to its baseline finds release as it was before.

In the published program a stimulus raises firing to nine times rest, and serotonin then to half a
micromolar, ten times what voltammetry in vivo reports (some 50 nM; remembered). One stored version of it
cuts firing at 1.5 times rest, which leaves a rise of 25 nM and an undershoot of one; ``weak_train`` is of
that size, the others are of the full one.

``citalopram`` is 10 nM, which makes SERT's Km 9 times as large. Left out: that vesicles and synthesis
follow what is released, and that the drug and the autoreceptor move SERT into the cell.

Runs start at rest, which the dose decides; ``serotonin_settling`` finds the rest from an empty pool.
"""

from dataclasses import replace

from brian2 import Hz, ms, second
from brian2.units.allunits import nmolar

from neuromodsim.description.condition import Condition
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.recording import Recording, Window
from neuromodsim.equations.sources import BEST_2020
from neuromodsim.protocols.serotonin_undershoot.circuit import CIRCUIT
from neuromodsim.protocols.serotonin_undershoot.rest import start_at_rest

SLOW = {"serotonin_release.slow_weight": 1.0, "serotonin_release.at_once_weight": 0.0}
AT_ONCE = {"serotonin_release.slow_weight": 0.0, "serotonin_release.at_once_weight": 1.0}
NEITHER = {"serotonin_release.slow_weight": 0.0, "serotonin_release.at_once_weight": 0.0}
EMPTY = {
    "serotonin.C": 0 * nmolar,
    "serotonin.slow_B": 0 * nmolar,
    "serotonin.slow_G_star": 0 * nmolar,
    "serotonin.slow_T_star": 0 * nmolar,
}

EXPERIMENT = Experiment(
    name="serotonin_undershoot",
    summary="A stimulus train of two seconds, followed by an undershoot of serotonin for a minute.",
    source=BEST_2020,
    circuit=CIRCUIT,
    conditions={
        "slow": Condition(summary="The autoreceptor with its cascade.", parameters=SLOW),
        "at_once": Condition(summary="An instantaneous autoreceptor.", parameters=AT_ONCE),
        "no_autoreceptor": Condition(summary="No autoreceptor acts on release.", parameters=NEITHER),
        "citalopram": Condition(
            summary="The cascade, with 10 nM of citalopram.",
            parameters=SLOW | {"serotonin.citalopram": 10 * nmolar},
        ),
        "weak_train": Condition(
            summary="The cascade, and a train of 8 pulses at 4 Hz.",
            parameters=SLOW | {"electrode.pulses": 8.0, "electrode.frequency": 4 * Hz},
        ),
    },
    recording=Recording(
        spikes={"raphe": Window()},
        states={
            "serotonin.C": 50 * ms,
            "serotonin.slow": 50 * ms,
            "serotonin.at_once": 50 * ms,
            "serotonin.slow_B": 50 * ms,
            "serotonin.slow_G_star": 50 * ms,
            "serotonin.slow_T_star": 50 * ms,
        },
    ),
    duration=180 * second,
    dt=0.5 * ms,
    prepare=start_at_rest,
)

SETTLING = replace(
    EXPERIMENT,
    name="serotonin_settling",
    summary="Serotonin and its autoreceptor approach the steady state from zero concentration.",
    conditions={
        "empty": Condition(
            summary="No serotonin, nothing bound, and no stimulus.",
            parameters=SLOW | EMPTY | {"electrode.pulses": 0.0},
        )
    },
    recording=replace(EXPERIMENT.recording, spikes={"raphe": Window(start=-300 * second)}),
    duration=1800 * second,
    prepare=None,
)
