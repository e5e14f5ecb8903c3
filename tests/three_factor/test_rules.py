"""Which rules can be event-driven, and what is said of those that cannot."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, second, volt

import neuromodsim as nms
from neuromodsim.equations import DOPAMINE_STDP, PHASIC_DOPAMINE
from neuromodsim.transforms.third_factor import derive
from tests.pretend import OURS, WIDE, spike_driven, weights
from tests.three_factor.oracle import Pair, weight

TRAINS = [[0.010, 0.090, 0.150, 0.300], [0.015, 0.080, 0.160, 0.330], [0.020, 0.200], [0.100, 0.250]]
STEPS = [np.rint(np.array(train) * 1000).astype(int) for train in TRAINS]
DOPAMINE = {"d": PHASIC_DOPAMINE}


def with_slope(slope: str) -> nms.SynapseModel:
    line = "dw/dt = w_unit*c*(d_tonic + d)/tau_w : volt"
    assert line in WIDE.equations
    return replace(WIDE, equations=WIDE.equations.replace(line, f"dw/dt = {slope} : volt"))


NOT_OF_THE_FORM = {
    "weight-dependent": "c*d*(w_max - w)/tau_w",
    "square of the eligibility": "w_unit*c**2*d/tau_w",
    "without eligibility": "w_unit*d/tau_w",
    "reads a trace": "w_unit*c*d*x/tau_w",
}


@pytest.mark.parametrize("slope", NOT_OF_THE_FORM.values(), ids=NOT_OF_THE_FORM)
def test_another_form_gives_one_sentence_that_says_what_to_do(slope):
    with pytest.raises(nms.WrongInput) as caught:
        derive(with_slope(slope), DOPAMINE, "event-driven")
    sentence = str(caught.value)
    assert "dw/dt of 'dopamine_stdp' is not eligibility times modulator" in sentence
    assert "third_factor='clock-driven'" in sentence and "\n" not in sentence


@pytest.mark.parametrize("slope", ["c*d*(w_max - w)/tau_w", "w_unit*c**2*d/tau_w"])
def test_another_form_runs_by_the_clock(slope):
    subject = spike_driven(TRAINS, rule=with_slope(slope), sample=400 * ms)
    moved = weights(subject, 400 * ms, third_factor="clock-driven", parameters={"plastic.w_max": 1 * volt})
    assert moved[-1, 0] > 0


@pytest.mark.parametrize(
    "slope",
    [
        "w_unit*c*d/tau_w",
        "w_unit*(d_tonic + d)*c/tau_w",
        "w_unit*c*d_tonic/tau_w + d*w_unit*c/tau_w",
        "-w_unit*c*d**2/tau_w",
        "w_unit*c*tanh(d)/tau_w",
    ],
)
def test_the_form_is_found_however_it_is_written(slope):
    assert derive(with_slope(slope), DOPAMINE, "event-driven").decay_rates == ("1/tau_c",)


def test_a_square_of_dopamine_is_exact_too():
    """The integral of tag times dopamine squared has the rate 1/tau_c + 2/tau_d."""
    subject = spike_driven(
        [[0.010], [0.015], [0.020]], rule=with_slope("w_unit*c*d**2/tau_w"), sample=400 * ms
    )
    rate = 1 / 1.0 + 2 / 0.2
    expected = np.exp(-5 / 20) * np.exp(-0.005) * -np.expm1(-rate * 0.379) / rate
    assert weights(subject, 400 * ms)[-1, 0] == pytest.approx(expected, rel=1e-12)


TWO_TAGS = nms.SynapseModel(
    name="two_tags",
    summary="Potentiation and depression have their own eligibility traces and modulators.",
    source=OURS,
    equations="""
    dx/dt = -x / tau_plus  : 1 (event-driven)
    dy/dt = -y / tau_minus : 1 (event-driven)
    dc_ltp/dt = -c_ltp / tau_ltp : 1
    dc_ltd/dt = -c_ltd / tau_ltd : 1
    dw/dt = (c_ltp*potentiating - c_ltd*depressing)*mvolt/second : volt
    potentiating : 1
    depressing   : 1
    """,
    modulators=("potentiating", "depressing"),
    on_pre="""
    x = 1
    c_ltd += y
    """,
    on_post="""
    y = 1
    c_ltp += x
    """,
    parameters={
        "tau_plus": nms.Parameter(20 * ms, "window"),
        "tau_minus": nms.Parameter(20 * ms, "window"),
        "tau_ltp": nms.Parameter(2 * second, "time constant of the trace for potentiation"),
        "tau_ltd": nms.Parameter(50 * ms, "time constant of the trace for depression"),
    },
)


def two_modulators(how: str) -> np.ndarray:
    model = replace(PHASIC_DOPAMINE, name="phasic_serotonin")
    subject = spike_driven(
        TRAINS,
        rule=TWO_TAGS,
        modulators=[
            nms.Modulator(name="dopamine", model=PHASIC_DOPAMINE),
            nms.Modulator(name="serotonin", model=model),
        ],
        releases={"dopamine": ((2,), (0,)), "serotonin": ((3,), (0,))},
        stands_for={"potentiating": "dopamine", "depressing": "serotonin"},
        sample=400 * ms,
    )
    changed = {"serotonin.tau_d": 300 * ms}
    return weights(subject, 400 * ms, third_factor=how, parameters=changed)[-1, 0]


def test_two_tags_each_meet_their_own_modulator():
    pre, post, dopamine, serotonin = STEPS
    up = Pair(tau_c=2.0, a_minus=0)
    down = Pair(tau_c=0.05, tau_d=0.3, a_plus=0, a_minus=1)
    (gained,) = weight(up, pre, post, dopamine, [400], 1e-3)
    (lost,) = weight(down, pre, post, serotonin, [400], 1e-3)
    assert gained > 0 > lost
    assert two_modulators("event-driven") == pytest.approx(gained + lost, rel=1e-12)
    assert two_modulators("clock-driven") == pytest.approx(gained + lost, rel=0.1)


@pytest.mark.parametrize("how", ["event-driven", "clock-driven"])
def test_a_target_with_a_variable_of_the_modulators_name_is_not_read_instead(how):
    """Brian2 lets a synapse see its target's variables; a cell with its own d must not matter."""
    subject = spike_driven(TRAINS, sample=400 * ms)
    (cells,) = subject.circuit.populations
    model = replace(cells.model, equations=cells.model.equations + "d : 1\n")
    circuit = replace(subject.circuit, populations=(replace(cells, model=model, initial={"d": 7}),))
    found = weights(replace(subject, circuit=circuit), 400 * ms, third_factor=how)
    assert found[-1] == pytest.approx(weights(subject, 400 * ms, third_factor=how)[-1], rel=1e-12)


@pytest.mark.parametrize("how", ["event-driven", "clock-driven"])
def test_a_tag_that_depends_on_dopamine_when_it_is_left(how):
    """A rule may read the modulator in the code of a spike, too."""
    rule = replace(WIDE, on_post="y = 1\nc += a_plus*x*d")
    subject = spike_driven([[0.030], [0.035], [0.020]], rule=rule, sample=400 * ms)
    level = np.exp(-0.014 / 0.2)  # at the beginning of the step of the postsynaptic spike
    rate = 1 / 1.0 + 1 / 0.2
    expected = np.exp(-5 / 20) * level * np.exp(-0.015 / 0.2) * -np.expm1(-rate * 0.364) / rate
    tolerance = 1e-12 if how == "event-driven" else 0.01
    assert weights(subject, 400 * ms, third_factor=how)[-1, 0] == pytest.approx(expected, rel=tolerance)


def test_the_original_rule_stays_as_it_is():
    before = DOPAMINE_STDP.equations
    derive(DOPAMINE_STDP, DOPAMINE, "event-driven")
    assert DOPAMINE_STDP.equations == before
