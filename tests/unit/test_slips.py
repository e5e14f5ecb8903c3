"""A slip in equations or code is one sentence with the statement, its component and the nearest names.

Nothing is built for it: each is told while the values of a run are gathered.
"""

import re
import sys
from dataclasses import replace

import pytest
from brian2 import metre, ms, mV, second
from brian2.utils.logger import brian_excepthook

import neuromodsim as nms
from neuromodsim import brian
from neuromodsim.builder.mistakes import told as told_of
from neuromodsim.catalogue.catalogue import experiments
from neuromodsim.checks.sound import RIGHT, expect_sound
from neuromodsim.checks.texts import expect_texts
from tests.unit.fields import P, experiment
from tests.unit.fields import cell as plain
from tests.unit.fields import pool as told
from tests.unit.fields import synapse as plain_synapse
from tests.unit.fields import task as plain_task

CELL = {
    "equations": "dv/dt = (rest - v)/tau : volt\ng : 1\nn : integer\nfree : volt\nu = 2*g : 1",
    "threshold": "v > top",
    "reset": "v = rest; n += int(image(n))",
    "refractory": "3*ms",
    "step": "h = 0.5*g  # a local variable\ng = h",
    "events": {"plateau": "v > rest + 1*mV"},
    "on_event": {"task.b": "g = value_0_task"},
    "parameters": {"rest": P(-70 * mV, "r"), "tau": P(10 * ms, "t"), "top": P(-50 * mV, "t")},
}
RULE = {
    "equations": "dx/dt = -x/tau_x : 1 (event-driven)\ndw/dt = -w/tau_x : 1 (clock-driven)",
    "on_pre": "x += 1\ng_post += w",
    "on_event": {"post.plateau": "w = 0.5*w*exp(-(t - lastspike_post)/tau_x)"},
    "parameters": {"tau_x": P(5 * ms, "t")},
}
PHASES = (
    nms.Phase("a", "a_time", "cue = 1\nvalue[choice] += cue"),
    nms.Phase(
        "b", "a_time", "cue = 0", until="place > 2*metre", step="place += speed*dt", on_leave="cue = 3"
    ),
)
TASK = {
    "equations": "cue : integer\nvalue : 1 [3]\nchoice : integer\nplace : metre",
    "timeline": PHASES,
    "events": {"late": nms.Event("value[1] > 2", "value = 0")},
    "parameters": {"a_time": P(3 * ms, "a"), "speed": P(1 * metre / second, "s")},
}
LIST = {"image": nms.Table(shape=(5,), meaning="numbers")}


def whole(cell=None, rule=None, pool=None, task=None) -> nms.Experiment:
    """Return an experiment of which these fields are changed."""
    return replace(
        experiment(
            plain_synapse(**RULE | (rule or {})),
            post=plain(**{**CELL, "name": "post_cell", "tables": LIST, **(cell or {})}),
            pools={"d": told(**pool or {})},
            task=plain_task(**{**TASK, **(task or {})}),
        ),
        parameters={"post.image": [0, 1, 2, 3, 4]},
    )


def phase(**fields) -> dict[str, object]:
    return {"timeline": (PHASES[0], replace(PHASES[1], **fields))}


def equation(line: str, of: dict[str, str] = CELL) -> dict[str, str]:
    """Return equations in which a line takes the place of that of the same variable, or is the last."""
    name = line.split("=")[0].split(":")[0].strip()
    kept = [one for one in of["equations"].split("\n") if re.split(" ?[=:]", one)[0].strip() != name]
    return {"equations": "\n".join([*kept, line])}


CELLS = {
    "a name that is not there": (equation("dv/dt = (rst - v)/tau : volt"), "reads 'rst', .* mean rest?"),
    "a name in other case": (equation("u = 2*G : 1"), "reads 'G', .* mean g?"),
    "a rate without a time": (
        equation("dv/dt = rest - v : volt"),
        "side in volt, which must be in volt/second",
    ),
    "units that do not add up": (
        equation("dv/dt = (rest - v + g)/tau : volt"),
        "'rest - v', in volt, and 'g'",
    ),
    "an equation without a unit": (equation("u = 2*g"), "'u = 2*g', in the equations .* has no unit"),
    "a unit that is none": (equation("free : volts"), "is in 'volts', which is no unit; .* volt?"),
    "a unit with a prefix": (equation("free : mV"), "write volt"),
    "a bracket": (equation("u = 2*(g : 1"), "was never closed"),
    "a definition by ==": (equation("u == 2*g : 1"), "'=' defines a variable"),
    "a power by ^": (equation("u = g^2 : 1"), "write a power as a**b"),
    "a choice by if": (equation("u = 1 if g > 0 else 2 : 1"), "where(condition, a, b)"),
    "a function": (equation("u = expp(g) : 1"), "calls 'expp', .* mean exp"),
    "too many arguments": (equation("u = clip(g, 0) : 1"), "gives 'clip' 2 values in place of 3"),
    "an argument with a unit": (equation("u = exp(v) : 1"), "gives 'exp' 'v', in volt; .* without a unit"),
    "two units to choose": (equation("u = where(g > 1, g, v) : 1"), "must have one unit"),
    "a table without index": (equation("u = image : 1"), "write image(k)"),
    "a flag": (equation("free : volt (constnt)"), "did you mean (constant)?"),
    "a flag of synapses": (equation("dq/dt = -q/tau : 1 (event-driven)"), "can have (unless refractory)"),
    "a name of an end": (equation("u = v_pre/mV : 1"), "only synapses read"),
    "a condition's unit": ({"threshold": "v > 20"}, "compares 'v', in volt, and '20', without a unit"),
    "a number as a condition": ({"threshold": "v - top"}, "is no condition"),
    "= in a condition": ({"threshold": "v = top"}, "'==' compares"),
    "a refractory number": ({"refractory": "3"}, "must be a time or a condition"),
    "a condition of an event": ({"events": {"plateau": "vv > top"}}, "in the event 'plateau' .* mean v?"),
    "what is set": ({"reset": "vv = rest"}, "sets 'vv', which is not there and which nothing reads; .* v?"),
    "what is set, of another end": ({"reset": "v_post = rest"}, "sets 'v_post', which is not there"),
    "a value's unit": ({"reset": "v = 0"}, "puts a value without a unit into 'v', a variable in volt"),
    "a unit in code of every step": ({"step": "g = v"}, "puts a value in volt into 'g'"),
    "a factor's unit": ({"step": "g *= v"}, "changes the unit of 'g'"),
    "a parameter that is set": ({"reset": "rest = v"}, "sets 'rest', a parameter"),
    "a subexpression that is set": ({"reset": "u = 2"}, "sets 'u', which follows from its equation"),
    "a row's number": ({"reset": "i = 0"}, "sets 'i', which every model has"),
    "a unit that is set": ({"reset": "mV = 3"}, "sets 'mV', a word that equations know"),
    "a comparison as a statement": ({"reset": "v == rest"}, "'=' sets a variable"),
    "an if": ({"reset": "if g > 0: v = rest"}, "where(condition, a, b)"),
    "an index": ({"reset": "g[0] = 1"}, "'g' is no array"),
    "a local variable too early": ({"step": "g = h\nh = g"}, "reads 'h', which is not there"),
    "a local variable's unit": ({"step": "h = v\ng = h"}, "puts a value in volt into 'g'"),
    "a local variable's second unit": ({"step": "h = g\nh = v\ng = h"}, "puts a value in volt into 'h'"),
    "a local variable that is not begun": ({"step": "h += g\ng = h"}, "changes 'h', which is not there"),
    "a local variable called as one of the task": (
        {"step": "h_task = g\ng = h_task"},
        "sets 'h_task', which is not there",
    ),
    "a letter for a unit": ({"step": "g = v/V"}, "reads 'V', .*; write the unit as volt"),
    "a unit in code": ({"step": "g = v/voltt"}, "reads 'voltt', .* mean volt"),
    "what is set, near what cannot be": ({"reset": "tauu = v"}, "which nothing reads; known: free, g"),
    "an array of the task": ({"step": "g = value_task[0]"}, "as 'value_0_task'"),
    "a variable of the task": ({"step": "g = cu_task"}, "mean cue_task?"),
    "a variable of the task that is set": ({"reset": "cue_task = 1"}, "which only code of the task sets"),
    "an argument of rand": ({"step": "g = rand(3)"}, "gives 'rand' 1 values in place of 0"),
}
RULES = {
    "a name of the rule": ({"on_pre": "x += 1\ng_post += ww"}, "'g_post += ww', in 'on_pre' .* mean w?"),
    "a name of the target": ({"on_pre": "x += 1\ngg_post += w"}, "mean g_post?"),
    "a name of the source": ({"on_pre": "x += gg_pre"}, "reads 'gg_pre', .*; known: .*n_pre"),
    "a local variable called as one of the target": (
        {"on_pre": "h_post = w\nx += h_post"},
        "sets 'h_post', which is not there",
    ),
    "a modulator that is set": (
        {"equations": f"{RULE['equations']}\nd : 1", "modulators": ("d",), "on_pre": "d = 1\nx += d"},
        "sets 'd', a modulator",
    ),
    "a unit of the target": ({"on_pre": "v_post += w"}, "without a unit into 'v_post', a variable in volt"),
    "a parameter of the target": ({"on_pre": "tau_post = 1*ms"}, "sets 'tau_post', a parameter"),
    "a rate without a time": (equation("dx/dt = -x : 1 (event-driven)", RULE), "divide it by a time"),
    "a sum without an end": (equation("g = w : 1 (summed)", RULE), "such as 'g_post'"),
    "a sum onto nothing": (equation("gg_post = w : 1 (summed)", RULE), "sums onto 'gg', .* mean g_post?"),
    "a sum of another unit": (
        equation("free_post = w : 1 (summed)", RULE),
        "'free' of 'post_cell', .* in volt",
    ),
    "code of an event": ({"on_event": {"post.plateau": "w = q"}}, "in 'on_event' at 'post.plateau' of 'p'"),
    "code of every step": ({"step": "w = w*ms"}, "in 'step' of 'p' .* a value in second"),
}
OTHERS = {
    "code of a modulator": (
        {"pool": {"step": "dd = 1"}},
        "'dd = 1', in 'step' of 'd' .* mean d?",
    ),
    "what a phase sets": (
        {"task": phase(on_enter="cu = 1")},
        "'on_enter' of the phase 'b' of 'task'.*mean cue?",
    ),
    "what a phase reads": (
        {"task": phase(step="place += sped*dt")},
        "'step' of the phase 'b' .* mean speed?",
    ),
    "until": ({"task": phase(until="place > 2")}, "compares 'place', in metre, and '2', without a unit"),
    "when": ({"task": phase(when="cu == 1")}, "'when' of the phase 'b' .* mean cue?"),
    "an entry's unit": ({"task": phase(on_enter="value[choice] = place")}, "into 'value[choice]'"),
    "the index of an entry": (
        {"task": phase(on_enter="value[chioce] = 1")},
        "reads 'chioce', .* mean choice?",
    ),
    "the index of an entry that is read": (
        {"task": phase(on_enter="cue = int(value[chioce])")},
        "reads 'chioce', .* mean choice?",
    ),
    "an index of no array": ({"task": phase(on_enter="cue[0] = 1")}, "'cue' is no array"),
    "an event's condition": (
        {"task": {"events": {"late": nms.Event("cu > 1")}}},
        "'when' of the event 'late'",
    ),
    "what an event does": (
        {"task": {"events": {"late": nms.Event("cue > 1", "cu = 1")}}},
        "'do' of the event",
    ),
}
SLIPS = (
    {f"cell: {name}": ({"cell": fields}, said) for name, (fields, said) in CELLS.items()}
    | {f"rule: {name}": ({"rule": fields}, said) for name, (fields, said) in RULES.items()}
    | OTHERS
)


def test_nothing_is_said_of_what_is_right():
    expect_texts(whole())
    # Of two variables of one name, a rule reads its own.
    own = {"equations": f"{RULE['equations']}\nfree : 1", "on_pre": f"{RULE['on_pre']}\nfree += w"}
    expect_texts(whole(rule=own))
    expect_texts(whole(cell=equation("dq/dt = g*xi/sqrt(tau) : 1")))


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_one_sentence(name):
    """Fails when Brian2 is asked first, whose words name neither the statement nor the nearest names."""
    fields, said = SLIPS[name]
    wrong = whole(**fields)
    with pytest.raises(nms.WrongInput, match=".*".join(map(re.escape, said.split(".*")))) as caught:
        nms.simulate(wrong, device="numpy", progress=False)
    assert re.search("of '(post|p|d|task)'", str(caught.value))
    assert "\n" not in str(caught.value)
    assert not re.search("abstract code|identifier|parsing the statement|[Bb]rian", str(caught.value))


@pytest.mark.parametrize("name", ["pairing", "go_nogo", "class_incremental", "and_gate", "dopamine_volume"])
def test_nothing_is_said_of_experiments_that_run(name):
    expect_texts(experiments()[name])


@pytest.mark.parametrize(
    ("slip", "wanted"),
    [
        (whole(cell=equation("ms : 1")), "'ms : 1', in the equations of 'post' .* is the name of a unit"),
        (whole(task=phase(duration="a_tim")), "duration of the phase 'b' 'a_tim'; did you mean a_time?"),
    ],
)
def test_a_slip_is_told_before_what_follows_from_it(slip, wanted):
    """Fails when a recording trips over an equation, or a parameter is blamed for a name that misses it."""
    asked = replace(slip, recording=nms.Recording(states={"post.v": 1 * ms}))
    with pytest.raises(nms.WrongInput, match=wanted):
        nms.simulate(asked, device="numpy")


def test_an_experiment_is_looked_at_once_and_forgotten_with_it():
    """Fails when every run of a sweep looks at the same texts, or when all experiments ever made are kept."""
    subject = whole()
    before = len(RIGHT)
    expect_sound(subject)
    assert len(RIGHT) == before + 1
    expect_sound(subject)
    del subject
    assert len(RIGHT) == before


def test_code_that_no_compiler_takes_is_told_with_its_component():
    """Fails when lines of a compiler are all that is said; what is not of a component stays as it is."""
    refused = "g++ failed:\ncode_objects/post_stateupdater_codeobject_1.cpp:41:3: error: 'f' was not declared"
    for said, kind, sentence in (
        (
            refused,
            nms.WrongInput,
            "The code of 'post' (model 'post_cell') cannot be compiled: 'f' was not declared.",
        ),
        ("g++ was killed", nms.BuildFailed, "g++ was killed"),
    ):
        with pytest.raises(kind) as caught, told_of(whole()):
            raise nms.BuildFailed(said)
        assert str(caught.value) == sentence


def test_errors_of_ours_are_shown_without_a_call_to_report_them(monkeypatch, capsys):
    shown = []
    monkeypatch.setattr(sys, "excepthook", brian_excepthook)
    monkeypatch.setattr(sys, "__excepthook__", lambda *given: shown.append(given[1]))
    brian.errors_as_python_shows_them()
    error = nms.WrongInput("A sentence.")
    sys.excepthook(nms.WrongInput, error, None)
    assert shown == [error]
    assert "report" not in capsys.readouterr().err
