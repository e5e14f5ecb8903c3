"""What makes another program, and what does not: one change at a time, and the key of the build."""

from dataclasses import replace

import pytest
from brian2 import ms, mV, second, volt

import neuromodsim as nms
from neuromodsim.backends import identity
from neuromodsim.protocols import DISTAL_REWARD
from neuromodsim.simulation.program_key import program_key
from neuromodsim.simulation.wiring import draw_pairs
from tests.pretend import OURS


def key(experiment, recording=None, how="event-driven"):
    """Return the digest of what the writing of a program is shown."""
    pairs = draw_pairs(experiment, 0)
    return identity.describe(experiment, recording or experiment.recording, how, pairs).digest()


def with_circuit(**fields):
    return replace(DISTAL_REWARD, circuit=replace(DISTAL_REWARD.circuit, **fields))


def changed(parts, name, /, **fields):
    """Return parts of a circuit with one of them changed."""
    assert any(part.name == name for part in parts)
    return tuple(replace(part, **fields) if part.name == name else part for part in parts)


def population(name, **fields):
    return with_circuit(populations=changed(DISTAL_REWARD.circuit.populations, name, **fields))


def projection(name, **fields):
    return with_circuit(projections=changed(DISTAL_REWARD.circuit.projections, name, **fields))


def model(owner, **fields):
    """Return the experiment with fields of one component's model changed."""
    present = DISTAL_REWARD.components()[owner]
    if owner == "task":
        return replace(DISTAL_REWARD, task=replace(present, **fields))
    change = projection if owner in {p.name for p in DISTAL_REWARD.circuit.projections} else population
    return change(owner, model=replace(present, **fields))


def parameter(owner, name, value):
    present = DISTAL_REWARD.components()[owner].parameters
    return model(owner, parameters={**present, name: replace(present[name], value=value)})


CORTEX = DISTAL_REWARD.components()["cortex"]
RULE = DISTAL_REWARD.components()["excitatory"]
TABLE = DISTAL_REWARD.task.tables["reward_time"]
RECORDING = DISTAL_REWARD.recording

SAME = {
    "a parameter's value": parameter("excitatory", "tau_c", 2 * second),
    "a parameter's meaning": model(
        "excitatory",
        parameters={n: replace(p, meaning="?", where="?") for n, p in RULE.parameters.items()},
    ),
    "an initial value": population("cortex", initial={"v": -70 * mV}),
    "a model's initial value": model("cortex", initial={}),
    "a model's ranges": model("cortex", ranges={"u": (None, 0 * mV)}),
    "the duration": replace(DISTAL_REWARD, duration=1 * second),
    "the conditions": replace(DISTAL_REWARD, conditions={"only": nms.Condition(summary="?")}),
    "what is prepared": replace(DISTAL_REWARD, prepare=None, finish=print),
    "a source": model("cortex", source=OURS, summary="?"),
    "an experiment's parameters": replace(DISTAL_REWARD, parameters={"dopamine.tau_d": 1 * second}),
}
OTHER = {
    "an equation": model("cortex", equations=CORTEX.equations.replace("0.04", "0.05")),
    "spike code": model("excitatory", on_post=RULE.on_post + "\n"),
    "a threshold": model("cortex", threshold="v > v_peak"),
    "a parameter's unit": parameter("cortex", "b", 1 / second),
    "a parameter's name": model("cortex", parameters={}),
    "a size": population("reward", size=65),
    "a part": population("cortex", parts={"excitatory_cells": 700, "inhibitory_cells": 300}),
    "a layer": population("cortex", layer=0),
    "a wiring rule": projection("inhibitory", wiring=nms.FixedOutDegree(50)),
    "a source population": projection("inhibitory", source="excitatory_cells"),
    "a target population": projection("inhibitory", target="cortex"),
    "a delay where there was none": projection("inhibitory", delay=2 * ms),
    "regions": projection("excitatory", compartment_of=(0,) * 1000),
    "what a modulator stands for": projection("excitatory", modulators={}),
    "bounds": model("excitatory", bounds={}),
    "the time step": replace(DISTAL_REWARD, dt=0.5 * ms),
    "a table's size": model("task", tables={"reward_time": replace(TABLE, shape=(5,))}),
    "a table's unit": model("task", tables={"reward_time": replace(TABLE, unit=volt, rising=False)}),
    "a phase": model("task", timeline=(nms.Phase("cue", "window"),)),
    "an event": model("task", events={}),
    "a link": with_circuit(links={"cortex.v": "reward.due"}),
    "no task": replace(DISTAL_REWARD, task=None),
}


@pytest.mark.parametrize("what", SAME)
def test_a_run_time_value_makes_no_other_program(what):
    """Whether a variable starts from zero is described, as code may ask for it; the source is the same."""
    if "initial" in what:
        assert program_key(SAME[what]) == program_key(DISTAL_REWARD)
    else:
        assert key(SAME[what]) == key(DISTAL_REWARD)


@pytest.mark.parametrize("what", OTHER)
def test_what_is_compiled_makes_another_program(what):
    assert key(OTHER[what]) != key(DISTAL_REWARD)


def test_no_two_of_these_share_a_program():
    """Catches a key that notices that something changed, but not what."""
    keys = [key(experiment) for experiment in OTHER.values()]
    assert len(set(keys)) == len(keys)


def test_phases_that_differ_in_their_duration_differ():
    """Catches the duration of a phase (a parameter's name) left out like that of a run."""
    one, other = (model("task", timeline=(nms.Phase("cue", n),)) for n in ("window", "delay_min"))
    assert key(one) != key(other)


def test_another_value_of_a_delay_is_a_run_time_value():
    assert key(projection("inhibitory", delay=2 * ms)) == key(projection("inhibitory", delay=3 * ms))


@pytest.mark.parametrize(
    "fields",
    [
        {"states": {**RECORDING.states, "cortex.v": 1 * ms}},
        {"spikes": {"cortex": nms.Window()}},
        {"events": {}},
        {"events": {"reward.spike": ("due",), "task.coincidence": ()}},
        {"only": {"excitatory.w": (1, 2)}},
    ],
)
def test_other_recorded_variables_make_another_program(fields):
    assert key(DISTAL_REWARD, replace(RECORDING, **fields)) != key(DISTAL_REWARD)


@pytest.mark.parametrize(
    "fields",
    [
        {"states": dict.fromkeys(RECORDING.states, 1 * second)},
        {"spikes": dict.fromkeys(RECORDING.spikes, nms.Window())},
        {"windows": {"excitatory.w": nms.Window(start=1 * second)}},
    ],
)
def test_when_to_record_is_a_run_time_value(fields):
    assert key(DISTAL_REWARD, replace(RECORDING, **fields)) == key(DISTAL_REWARD)


def test_the_two_programs_of_a_rule_differ():
    assert key(DISTAL_REWARD, how="clock-driven") != key(DISTAL_REWARD, how="event-driven")
