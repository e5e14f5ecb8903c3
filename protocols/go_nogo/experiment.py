"""Set shifting in a Go/No-Go task: dopamine supports rule learning, noradrenaline set shifting.

The proposal of Mei et al. (2025) is conceptual: it states comparisons and expected results, but no
parameter values. All values here are therefore of this package, chosen on seeds 0 to 19. Conditions switch
parameters of effects, so that all of them share one program.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from brian2 import ms, mV, pA, second
from brian2.units.allunits import nmolar

from neuromodsim.description.condition import Condition
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.family import ExperimentFamily
from neuromodsim.description.recording import Recording, Window
from neuromodsim.equations.sources import MEI_2025
from neuromodsim.protocols.go_nogo.circuit import ACTOR_ETA, CRITIC_ETA, network
from neuromodsim.protocols.go_nogo.task import go_nogo_task

TRIAL = 500 * ms
TRIALS, SHIFT = 550, 200
LONG_TRIALS = 900

BURSTING = {
    "actor.burst_reset": 20 * mV,
    "actor.burst_recovery": 8 * mV,
    "critic.burst_reset": 0 * mV,
    "critic.burst_recovery": 0 * mV,
}
GAIN = {"actor.exploration": 40.0}
PLASTICITY = {
    f"{name}.faster": 5.0 for name in ("features_to_actor", "compounds_to_actor", "compounds_to_critic")
}
NORADRENALINE = {**BURSTING, **GAIN, **PLASTICITY}
OFF = {path: 0 * value for path, value in NORADRENALINE.items()}
NO_DOPAMINE = {
    "dopamine_release.p_release": 0.0,
    "dopamine.C": 0 * nmolar,
    **{f"dopamine.{name}": 0.0 for name in ("D1_occupancy", "D1_average", "D2_occupancy", "D2_average")},
}
ACETYLCHOLINE = {
    "reassurance.w": 3 * pA,
    "alarm.w": -10 * pA,
    "actor.calm": 0.8,
    **{f"{name}.spared": 0.3 for name in ("features_to_actor", "compounds_to_actor")},
}
SEROTONIN = {"raphe.I": 60 * pA, "actor.patience": 4 * mV}
ORACLE = {"surprise.w": 0 * pA, "task.oracle_trials": 4.0}
# Currents into noradrenaline cells, from none to as much as surprise releases, and more.
TONIC, TONIC_LEVELS = 12, (0, 8, 10, 11, 16)
NOTED = (
    *("visual", "auditory", "go_cue", "block", "action", "correct", "reward", "latency", "value"),
    *("net", "critic_net", "errors", "bursts", "alarms"),
)


def _tonic(current: float) -> Condition:
    return Condition(
        summary=f"Noradrenaline cells receive a constant {current:g} pA, and no surprise input.",
        parameters={**NORADRENALINE, "surprise.w": 0 * pA, "coeruleus.I": current * pA},
    )


def _shift(kind: int, effects: dict[str, Any], words: str) -> Condition:
    return Condition(summary=words, parameters={**effects, "task.shift_kind": float(kind)})


def _configural(percent: int) -> Condition:
    return Condition(
        summary=f"Dopamine alone, and an actor whose input is {percent} % of compounds (50 elsewhere).",
        parameters={
            **OFF,
            "features_to_actor.share": 1 - percent / 100,  # two features of each compound
            "compounds_to_actor.share": 2 * percent / 100,
        },
    )


def _hasty(percent: int) -> Condition:
    faster = percent / 100
    return Condition(
        summary=f"Dopamine alone, and learning rates of actor and critic at {percent} %.",
        parameters={
            **OFF,
            "features_to_actor.eta": faster * ACTOR_ETA,
            "compounds_to_actor.eta": faster * ACTOR_ETA,
            "compounds_to_critic.eta": faster * CRITIC_ETA,
        },
    )


CONDITIONS = {
    "da_na": Condition(
        summary="Dopamine-dependent learning; surprise releases noradrenaline.", parameters=NORADRENALINE
    ),
    "da_only": Condition(summary="Noradrenaline is released, but has no effect.", parameters=OFF),
    "na_plasticity_only": Condition(
        summary="Noradrenaline only accelerates learning.", parameters={**OFF, **PLASTICITY}
    ),
    "na_gain_only": Condition(
        summary="Noradrenaline only increases shared background.", parameters={**OFF, **GAIN}
    ),
    "na_bursting_only": Condition(
        summary="Noradrenaline only induces bursting.", parameters={**OFF, **BURSTING}
    ),
    "na_tonic": _tonic(TONIC),
    "na_oracle": Condition(
        summary="Noradrenaline cells are driven by an oracle for the rule change, not by surprise.",
        parameters={**NORADRENALINE, **ORACLE},
    ),
    "no_da": Condition(summary="No dopamine is released.", parameters={**NORADRENALINE, **NO_DOPAMINE}),
    "da_na_ach": Condition(
        summary="Expected rewards release acetylcholine, which terminates bursting and protects weights.",
        parameters={**NORADRENALINE, **ACETYLCHOLINE},
    ),
    "da_na_5ht": Condition(
        summary="Serotonin inhibits the cells that drive Go.", parameters={**NORADRENALINE, **SEROTONIN}
    ),
    **{f"na_tonic_{current}": _tonic(current) for current in TONIC_LEVELS},
    "da_na_reversal": _shift(3, NORADRENALINE, "Reversal, with noradrenaline."),
    "da_only_reversal": _shift(3, OFF, "Reversal, with dopamine alone."),
    "da_na_hazard": Condition(
        summary="Reversals with a hazard of 1 in 200 trials, with noradrenaline.",
        parameters={**NORADRENALINE, "task.shift_kind": 0.0, "task.hazard": 0.005},
    ),
    "da_only_hazard": Condition(
        summary="Reversals with a hazard of 1 in 200 trials, with dopamine alone.",
        parameters={**OFF, "task.shift_kind": 0.0, "task.hazard": 0.005},
    ),
    **{f"da_only_compounds_{percent}": _configural(percent) for percent in (0, 25, 100)},
    **{f"da_only_learning_{percent}": _hasty(percent) for percent in (110, 125, 150, 200)},
}


def add_columns(run: Any) -> None:
    """Add to the trials what follows from them: the stimulus, the prediction error and surprise."""
    if "trials" not in run.children:
        return
    trials = run["trials"].to_dataset()
    if not {"visual", "auditory", "reward", "value", "errors"} <= set(trials):
        return
    pairs = zip(trials.visual.values, trials.auditory.values, strict=True)
    stimulus = ["ABCD"[visual] + "XY"[auditory % 2] for visual, auditory in pairs]
    units = {"units": "1"}
    run["trials"].dataset = trials.assign(
        stimulus=("trial", np.array(stimulus), {**units, "long_name": "visual and auditory stimulus"}),
        prediction_error=(
            "trial",
            trials.reward.values - trials.value.values,
            {**units, "long_name": "reward less what the critic expected"},
        ),
        surprise=("trial", trials.errors.values, {**units, "long_name": "spikes of error cells"}),
    )


def go_nogo() -> Experiment:
    """Return the experiment with an extra-dimensional shift, and with shifts of other kinds as conditions."""
    return Experiment(
        name="go_nogo",
        summary="Dopamine supports rule learning; noradrenaline supports set shifting.",
        source=MEI_2025,
        circuit=network(),
        task=go_nogo_task(2),
        conditions=CONDITIONS,
        recording=Recording(
            spikes={
                "vta": Window(),
                "coeruleus": Window(),
                "actor": Window(start=(SHIFT - 20) * TRIAL, stop=(SHIFT + 20) * TRIAL),
            },
            states={
                "dopamine.C": 50 * ms,
                "noradrenaline.C": 100 * ms,
                "noradrenaline.alpha1": 100 * ms,
                "noradrenaline.beta": 100 * ms,
                "acetylcholine.C": 500 * ms,
                "acetylcholine.M2": 500 * ms,
                "features_to_actor.w": 25 * second,
                "compounds_to_actor.w": 25 * second,
            },
            events={"task.trial_end": NOTED},
        ),
        duration=TRIALS * TRIAL,
        parameters={"task.shift_trial": float(SHIFT), "task.punishment": 1.5, **OFF},
        dt=1 * ms,
        finish=add_columns,
    )


def intra_dimensional() -> Experiment:
    """Return the experiment with a shift that needs two more visual stimuli, and so another network."""
    return replace(
        go_nogo(),
        summary="An intra-dimensional shift: new visual stimuli, of which one is the go cue.",
        circuit=network(4),
        task=go_nogo_task(4),
        conditions={
            "da_na": _shift(2, NORADRENALINE, "With noradrenaline."),
            "da_only": _shift(2, OFF, "With dopamine alone."),
        },
    )


def long() -> Experiment:
    """Return the experiment with twice as many trials after the shift."""
    return replace(
        go_nogo(),
        summary="As go_nogo, and twice as long after the shift.",
        conditions={name: CONDITIONS[name] for name in ("da_only", "da_na")},
        duration=LONG_TRIALS * TRIAL,
    )


MADE = {"extra": {"usual": go_nogo, "long": long}, "intra": {"usual": intra_dimensional}}


def _make(shift: str, length: str) -> Experiment:
    return MADE[shift][length]()


def _why_not(chosen: Mapping[str, Any]) -> str | None:
    """Return why a combination does not exist; None if it does."""
    if chosen["length"] in MADE[chosen["shift"]]:
        return None
    return f"an experiment with shift={chosen['shift']} has its usual length only."


FAMILY = ExperimentFamily(
    name="go_nogo",
    summary="Dopamine supports rule learning; noradrenaline supports set shifting.",
    source=MEI_2025,
    make=_make,
    axes={"shift": {"extra": "extra", "intra": "intra"}, "length": {"usual": "usual", "long": "long"}},
    refuses=_why_not,
)
