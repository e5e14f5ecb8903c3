"""Event-driven variables: their rate may move between spikes, and recorders see their present value."""

from dataclasses import replace
from math import exp

import numpy as np
import pytest
from brian2 import ms

import neuromodsim as nms
from tests.pretend import OURS
from tests.three_factor.listed import experiment, recorded, rule

TAU, K = 40, 9.0
FIRST, SECOND = 5, 50  # steps of two spikes
RISES = 20  # the step in which a level goes from 0 to 1; the next step is the first that begins with it


def level_of(step: int) -> float:
    return float(step > RISES)


def decayed(first: int, last: int, speed=lambda step: 1 + K * level_of(step)) -> float:
    """Return what is left from the beginning of one step to that of another."""
    return exp(-sum(speed(step) for step in range(first, last)) / TAU)


STEP = nms.ModulatorModel(
    name="step", summary="A step.", source=OURS, equations="d : 1", level="d",
    step=f"d = int(timestep(t, dt) >= {RISES})",
)  # fmt: skip
DOPAMINE = nms.Modulator(name="dopamine", model=STEP)
NUMBERS = {"tau": TAU * ms, "K": K}


def reading_dopamine(slope: str, **fields) -> nms.SynapseModel:
    return rule(
        equations=f"dx/dt = {slope} : 1 (event-driven)\nw : 1\nd : 1\n" + fields.pop("more", ""),
        on_pre="w += x\nx += 1",
        modulators=("d",),
        numbers=NUMBERS,
        **fields,
    )


def subject_of(model: nms.SynapseModel, projection: dict, modulators=(DOPAMINE,), **more) -> nms.Experiment:
    states = more.pop("states", {"s.w": 100 * ms})
    subject = experiment(model, [[FIRST, SECOND]], [[99], [99]], states, modulators=modulators, **more)
    one = replace(subject.circuit.projections[0], **projection)
    return replace(subject, circuit=replace(subject.circuit, projections=(one,)))


@pytest.mark.parametrize("how", ["event-driven", "clock-driven"])
@pytest.mark.parametrize(
    "slope", ["-x*(1 + K*d)/tau", "(0.5 - x)*(1 + K*d)/tau", "0.5*(1 + K*d)/tau - x/tau - K*x*d/tau"]
)
def test_a_rate_that_a_modulator_moves_is_followed_from_spike_to_spike(slope, how):
    goal = 0.5 if "0.5" in slope else 0.0
    x = goal * (1 - decayed(0, FIRST))
    w, x = x, x + 1
    w += goal + (x - goal) * decayed(FIRST, SECOND)
    projection = {"modulators": {"d": "dopamine"}}
    subject = subject_of(reading_dopamine(slope), projection)
    np.testing.assert_allclose(recorded(subject, "w", third_factor=how)[-1], w, rtol=1e-12)


def test_each_region_has_a_pace_of_its_own():
    two = nms.Modulator(name="dopamine", model=STEP, regions=2)
    two = replace(two, model=replace(STEP, step=f"d = i*int(timestep(t, dt) >= {RISES})"))
    subject = subject_of(
        reading_dopamine("-x*(1 + K*d)/tau"),
        {"modulators": {"d": "dopamine"}, "compartment_of": (1, 0)},
        [two],
    )
    expected = [decayed(FIRST, SECOND), decayed(FIRST, SECOND, lambda step: 1)]
    np.testing.assert_allclose(recorded(subject, "w")[-1], expected, rtol=1e-12)


@pytest.mark.parametrize("name", ["v_post", "v"])
def test_a_rate_that_the_target_moves_is_followed_too(name):
    model = rule(
        equations=f"dx/dt = -x*(1 + K*{name})/tau : 1 (event-driven)\nw : 1",
        on_pre="w += x\nx += 1",
        numbers=NUMBERS,
    )
    target = {"extra": "v : 1", "step": f"v = i*int(timestep(t, dt) >= {RISES})"}
    subject = experiment(model, [[FIRST, SECOND]], [[99], [99]], {"s.w": 100 * ms}, target=target)
    expected = [decayed(FIRST, SECOND, lambda step: 1), decayed(FIRST, SECOND)]
    np.testing.assert_allclose(recorded(subject, "w")[-1], expected, rtol=1e-12)


def test_a_rate_beside_an_eligibility_that_the_same_modulator_turns_into_weight():
    """The weight owes c*d from the step after its tag on; the trace has its own pace."""
    model = rule(
        equations="""
        dx/dt = -x*(1 + K*d)/tau : 1 (event-driven)
        dc/dt = -c/tau : 1
        dw/dt = c*d/tau : 1
        d : 1
        """,
        on_pre="c += x\nx += 1",
        modulators=("d",),
        numbers=NUMBERS,
    )
    subject = subject_of(model, {"modulators": {"d": "dopamine"}})
    tag = decayed(FIRST, SECOND)  # left at the end of its step
    expected = tag * (1 - exp(-(100 - SECOND - 1) / TAU))
    np.testing.assert_allclose(recorded(subject, "w")[-1], expected, rtol=1e-12)


OTHER_FORMS = {
    "goal that moves": ("(d - x)/tau", ""),
    "drive": ("d/tau - x/tau", ""),
    "not linear": ("-x*x*(1 + d)/tau", ""),
    "time": ("-x*(1 + t/second + 0*d)/tau", ""),
    "two things that move": ("-x*(1 + d + fired_post)/tau", ""),
    "of another variable": ("(z - x)*(1 + d)/tau", "dz/dt = -z/tau : 1 (event-driven)"),
    "per synapse": ("-x*(1 + q*d)/tau", "q : 1"),
    "moved by the clock": ("-x*(1 + q + 0*d)/tau", "dq/dt = (1 - q)/tau : 1 (clock-driven)"),
}


@pytest.mark.parametrize(("slope", "more"), OTHER_FORMS.values(), ids=OTHER_FORMS)
def test_a_rate_of_another_form_is_refused_in_one_sentence(slope, more):
    subject = subject_of(reading_dopamine(slope, more=more), {"modulators": {"d": "dopamine"}})
    with pytest.raises(nms.WrongInput, match=r"dx/dt of 'rule' is event-driven and reads '\w+'") as caught:
        recorded(subject, "w")
    assert "third_factor='clock-driven'" in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize("form", ["goal that moves", "of another variable"])
def test_a_rate_of_another_form_runs_by_the_clock(form):
    slope, more = OTHER_FORMS[form]
    subject = subject_of(reading_dopamine(slope, more=more), {"modulators": {"d": "dopamine"}})
    x = w = 0.0
    for step in range(100):
        level = level_of(step) if form == "goal that moves" else 0.0
        speed = 1 if form == "goal that moves" else 1 + level_of(step)
        x += (level - x) * speed / TAU  # as Euler steps it
        if step in (FIRST, SECOND):
            w += x
            x += 1
    np.testing.assert_allclose(recorded(subject, "w", third_factor="clock-driven")[-1], w, rtol=1e-12)


RELAXING = {"equations": "dx/dt = (1 - x)/tau : 1 (event-driven)\nw : 1", "on_pre": "w += x\nx = 0"}
KEPT_BY_CELLS = {
    "equations": "dx/dt = -x/tau : 1 (event-driven)\nw : 1",
    "on_pre": "x += 1",
    "on_post": "w += x",
}


def samples(rises: bool, until: int, every: int) -> list[float]:
    """Return the trace at each sample and at the end, from spikes at the two steps."""
    found = []
    for step in [*range(0, until, every), until]:
        x = 0.0
        last = 0
        for spike in (FIRST, SECOND):
            if spike < step:
                x = 0.0 if rises else x * exp(-(spike - last) / TAU) + 1
                last = spike
        left = exp(-(step - last) / TAU)
        found.append(1 - (1 - x) * left if rises else x * left)
    return found


@pytest.mark.parametrize("fields", [RELAXING, KEPT_BY_CELLS], ids=["at the synapse", "at the cell"])
@pytest.mark.parametrize("how", ["event-driven", "clock-driven"])
def test_a_recorder_sees_the_present_value(fields, how):
    model = rule(**fields, numbers={"tau": TAU * ms})
    subject = experiment(model, [[FIRST, SECOND]], [[99]], {"s.x": 7 * ms})
    expected = samples(fields is RELAXING, 80, 7)
    found = recorded(subject, "x", duration=80 * ms, third_factor=how)[:, 0]
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-300)


def test_a_recorder_sees_a_pace_that_moves():
    slope = "(0.5 - x)*(1 + K*d)/tau"
    subject = subject_of(reading_dopamine(slope), {"modulators": {"d": "dopamine"}}, states={"s.x": 7 * ms})
    after = 0.5 * (1 - decayed(0, FIRST)) + 1
    found = recorded(subject, "x", duration=SECOND * ms)[:, 0]
    expected = [
        0.5 * (1 - decayed(0, k)) if k <= FIRST else 0.5 + (after - 0.5) * decayed(FIRST, k)
        for k in [*range(0, SECOND, 7), SECOND]
    ]
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_recording_an_event_driven_variable_changes_nothing():
    model = rule(**RELAXING, numbers={"tau": TAU * ms})
    subject = experiment(model, [[FIRST, SECOND]], [[99]], {"s.w": 100 * ms, "s.x": 1 * ms})
    alone = replace(subject, recording=nms.Recording(states={"s.w": 100 * ms}))
    assert recorded(subject, "w")[-1, 0] == recorded(alone, "w")[-1, 0] != 0


POTENTIAL = rule(
    equations="dx/dt = -x/tau : 1 (event-driven)\ntwice = 2*x : 1\nw : 1\nmany = 3*w : 1",
    on_pre="x += 1\nw += twice*many",
    on_post="w += twice",
    numbers={"tau": TAU * ms},
    initial={"w": 1.0},
)


@pytest.mark.parametrize("how", ["event-driven", "clock-driven"])
def test_code_reads_a_subexpression_as_it_is_at_that_statement(how):
    subject = experiment(POTENTIAL, [[FIRST]], [[SECOND]], {"s.w": 10 * ms, "s.twice": 10 * ms})
    left = exp(-(SECOND - FIRST) / TAU)
    found = recorded(subject, "w", third_factor=how)[-1, 0]
    assert found == pytest.approx(1 + 2 * 3 + 2 * left, rel=1e-12)
    twice = recorded(subject, "twice", third_factor=how)[:, 0]
    expected = [0, *(2 * exp(-(k - FIRST) / TAU) for k in range(10, 101, 10))]
    np.testing.assert_allclose(twice, expected, rtol=1e-12)


@pytest.mark.parametrize("flags", ["constant over dt", "summed"])
def test_what_is_worked_out_in_every_step_reads_no_event_driven_variable(flags):
    name = "seen_post" if flags == "summed" else "seen"
    model = rule(
        equations=f"dx/dt = -x/tau : 1 (event-driven)\ntwice = 2*x : 1\n{name} = twice : 1 ({flags})",
        on_pre="x += 1",
        numbers={"tau": TAU * ms},
    )
    subject = experiment(model, [[5]], [[9]], {"s.x": 10 * ms}, target={"extra": "seen : 1"})
    with pytest.raises(nms.WrongInput, match="is computed in every step and reads 'x'"):
        recorded(subject, "x")


def test_a_chance_within_a_subexpression_is_refused():
    model = replace(rule(equations="w : 1\nodd = rand() : 1", on_pre="w += odd"), random="sequence")
    with pytest.raises(nms.WrongInput, match="'odd' of 'rule' is drawn at random wherever it is read"):
        recorded(experiment(model, [[5]], [[9]], {"s.w": 10 * ms}), "w")


@pytest.mark.parametrize("read", ["level_post", "level"])
@pytest.mark.parametrize("variable", ["v", "twice"])
def test_a_synapse_reads_a_link_of_its_target(read, variable):
    """Brian2 cannot, unless there is a row for each cell."""
    one = nms.NeuronModel(
        name="one", summary="Counts steps.", source=OURS, equations="v : 1\ntwice = 2*v : 1", step="v += 1"
    )
    model = rule(equations="w : 1", on_pre=f"w += {read}")
    subject = experiment(
        model, [[5, 8]], [[99]] * 3, {"s.w": 10 * ms}, target={"extra": "level : 1 (linked)"},
        more=[nms.Population(name="one", size=1, model=one)], links={"post.level": f"one.{variable}"},
    )  # fmt: skip
    expected = (6 + 9) * (2 if variable == "twice" else 1)  # a cell steps before its spikes arrive
    assert recorded(subject, "w")[-1].tolist() == [expected] * 3


def test_an_assignment_copies_on_numpy():
    """Brian2 makes one array of both names, so that a later change of one changes both."""
    model = rule(equations="before : 1\nw : 1", on_pre="before = w\nw += 1")
    subject = experiment(model, [[5, 8]], [[99]], {"s.before": 10 * ms})
    assert recorded(subject, "before")[-1, 0] == 1


@pytest.mark.cpp
def test_the_same_compiled():
    """Present values, paces, subexpressions and links in one program."""
    link = {"target": {"extra": "level : 1 (linked)"}, "links": {"post.level": "dopamine.d"}}
    slope = "(0.5 - x)*(1 + K*d)/tau"
    model = reading_dopamine(slope, more="dz/dt = -z/tau : 1 (event-driven)\ny : 1\ntwice = 2*z : 1")
    model = replace(model, on_pre="w += x\nx += 1\nz += 1\ny += twice*(1 + level_post)")
    states = {f"s.{name}": 7 * ms for name in "wxyz"} | {"s.twice": 7 * ms}
    subject = subject_of(model, {"modulators": {"d": "dopamine"}}, states=states, **link)
    for how in ("event-driven", "clock-driven"):
        expected, found = (
            nms.simulate(subject, third_factor=how, device=device, progress=False)["synapses/s"]
            for device in ("numpy", "cpp")
        )
        for name in ("weight", "x", "y", "z", "twice"):
            np.testing.assert_allclose(found[name], expected[name], rtol=1e-12, atol=1e-300)
    assert float(expected["y"][-1, 0]) > 0
