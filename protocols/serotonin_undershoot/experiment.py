"""Undershoot of serotonin after a stimulus train: the autoreceptor outlasts the serotonin transient.

During two seconds of stimulation, serotonin in terminal regions rises, and within 30 s falls below its
baseline (Best et al. 2020, who cite voltammetry in the mouse). A 5-HT1B autoreceptor with a G protein and
its regulator (``slow``) reproduces this; an instantaneous one (``at_once``) cannot, because release is
unchanged once serotonin has returned to its baseline.

In the published program a stimulus increases firing to nine times baseline, and serotonin to half a
micromolar, ten times the values reported by voltammetry in vivo (about 50 nM; unverified). One stored
version limits firing to 1.5 times baseline, which results in a rise of 25 nM and an undershoot of 1 nM;
``weak_train`` has this size, the others the full one.

``citalopram`` is 10 nM, which increases the Km of SERT ninefold. Not modelled: adaptation of vesicles and
synthesis to release, and internalisation of SERT by the drug and the autoreceptor.

Runs start at the steady state, which depends on the dose; ``serotonin_settling`` approaches the steady
state from zero concentration.
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
