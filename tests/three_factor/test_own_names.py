"""What a rule declares is its own, whatever its cells call theirs: the same as if names were others."""

import re
from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, second

import neuromodsim as nms
from neuromodsim.transforms.own_names import apart
from tests.pretend import OURS
from tests.three_factor.listed import experiment, number, rule

PRE, POST = [[3, 20, 41], [9, 33]], [[5, 22, 40]]
OWN = ("x", "y", "w", "both", "c", "tau", "eta", "low", "high", "gain", "kept")  # of rules below
HOW = ("event-driven", "clock-driven")
POOL = nms.ModulatorModel(
    name="pool", summary="Moves.", source=OURS, equations="dd/dt = (2 - d)/(9*ms) : 1", level="d"
)


def ends(crowded):
    """Return what both cells have besides their spikes: in a crowded circuit, all that rules have too."""
    if not crowded:
        return {"extra": "u : 1\nmine : 1", "initial": {"u": 1.0, "mine": 7.0}, "events": {"burst": "i < 0"}}
    numbers = {"tau": 3 * second, "eta": 100.0, "low": -9.0, "high": -8.0}
    variables = [n for n in OWN if n not in numbers]
    return {
        "extra": "\n".join(["u : 1", "d : 1", *(f"{n} : 1" for n in variables)])
        + "\nread = x*tau/second + eta + low + high : 1",
        "parameters": {n: number(v) for n, v in numbers.items()},
        "initial": {"u": 1.0, **dict.fromkeys(variables, 30.0), "x": 7.0},
        "events": {"burst": "i < 0"},
    }


def subject(model, states, crowded, **more):
    """Return an experiment of a rule that reads ``x_post``, the target's, in a crowded circuit."""
    if not crowded:
        code = {f: getattr(model, f).replace("x_post", "mine_post") for f in ("on_pre", "on_post")}
        model = replace(model, **code)
    states = {f"s.{name}": 1 * ms for name in states}
    around = {"source": ends(crowded), "target": ends(crowded)}
    return experiment(model, PRE, POST, states, **around, duration=60 * ms, **more)


def same(model, states, how="event-driven", **more):
    """Compare all that is recorded of a rule in a crowded circuit with what it is alone."""
    runs = [
        nms.simulate(
            subject(model, states, crowded, **more), device="numpy", third_factor=how, progress=False
        )["synapses/s"]
        for crowded in (False, True)
    ]
    assert len(runs[0].data_vars) == len(states) + 3
    for name in runs[0].data_vars:
        np.testing.assert_array_equal(runs[0][name].values, runs[1][name].values, err_msg=name)
        assert runs[0][name].attrs == runs[1][name].attrs
    return runs[1]


PAIR = rule(
    equations="""
    dx/dt = -x/tau : 1 (event-driven)  # spikes of the source
    dy/dt = -y/tau : 1 (event-driven)
    w              : 1
    both = w + eta*x : 1
    kept           : 1
    """,
    on_pre="x += 1; w = clip(w - eta*y, low, high)\nkept = x_post + u + both",
    on_post="y += 1; w += eta*x",
    on_event={"burst": "kept = 0*both"},
    bounds={"w": ("low", "high")},
    initial={"w": "eta*2*(i + 1)"},
    single=("kept",),
    numbers={"tau": 20 * ms, "eta": 0.5, "low": -3.0, "high": 3.0},
)
TAG = rule(
    equations="""
    dx/dt = -x/tau*(1 + 3*d) : 1 (event-driven)
    dc/dt = -c/tau           : 1
    dw/dt = c*d*eta/second   : 1
    d                        : 1
    both = w + c             : 1
    """,
    on_pre="x += 1; c -= eta*u_post",
    on_post="c += x + x_post",
    modulators=("d",),
    bounds={"w": ("low", "high")},
    numbers={"tau": 20 * ms, "eta": 0.5, "low": -3.0, "high": 0.002},
)


@pytest.mark.parametrize("how", HOW)
def test_traces_subexpressions_bounds_and_events_are_those_of_the_rule(how):
    """Traces move to cells in one of the programs; ``x_post`` and ``u`` are the target's."""
    found = same(PAIR, ("w", "x", "y", "both", "kept"), how)
    assert found.kept.values.max() > 7 and found.x.dtype == np.float64 and np.ptp(found.weight.values) > 0.5


@pytest.mark.parametrize("how", HOW)
def test_a_third_factor_rule_is_its_own(how):
    """With an eligibility, a bounded weight, and a trace whose rate a modulator moves."""
    pool = nms.Modulator(name="d", model=POOL)
    found = same(TAG, ("w", "c", "x", "both"), how, modulators=(pool,))
    assert np.ptp(found.weight.values) > 1e-3 and found.weight.values.max() == 0.002


def test_a_rate_that_a_cell_moves_is_in_a_parameter_of_the_rule():
    """The integral of the rate is kept with cells, which have a parameter of that name."""
    speed = rule(
        equations="dx/dt = -x/tau*(1 + u_post) : 1 (event-driven)",
        on_pre="x += 1",
        on_post="x += 2",
        numbers={"tau": 20 * ms},
    )
    same(speed, ("x",))


def test_values_are_given_and_recorded_under_the_names_of_the_rule():
    """As a parameter of a run or a replica, an initial value, and a name of the dataset."""
    one = subject(PAIR, ("w", "x"), crowded=True)
    given = {"s.tau": 5 * ms, "rule.eta": 0.25, "s.w": [1.0, 1.5], "post.tau": 9 * second}
    run = nms.simulate(one, device="numpy", parameters=given, progress=False)
    plain = subject(PAIR.with_parameters(tau=5 * ms, eta=0.25), ("w", "x"), crowded=False)
    alone = nms.simulate(plain, device="numpy", parameters={"s.w": [1.0, 1.5]}, progress=False)
    for name in ("weight", "x"):
        np.testing.assert_array_equal(run["synapses/s"][name].values, alone["synapses/s"][name].values)
    assert "s.tau" in str(run.attrs["parameters"]) and "_syn" not in str(run.attrs) + str(run)
    own = {**given, "s.tau": [8, 5] * ms, "s.w": [[1.0, 1.5]] * 2}
    both = nms.simulate(one, device="numpy", parameters=own, replicas=2, progress=False)
    last = both["replica_1/synapses/s"]
    np.testing.assert_allclose(last.weight.values, run["synapses/s"].weight.values, rtol=1e-12)
    assert np.abs(both["replica_0/synapses/s"].weight.values - last.weight.values).max() > 1e-3


def test_a_number_that_only_the_rule_reads_is_none_that_its_target_reads():
    """The target's ``tau`` has no effect, as nothing but the rule's own ``tau`` is read."""
    cells = {"extra": "u : 1", "parameters": {"tau": number(3 * second)}}
    plain = rule(
        equations="dx/dt = -x/tau : 1 (event-driven)", on_pre="x += 1; u_post += x", numbers={"tau": 20 * ms}
    )
    one = experiment(plain, PRE, POST, {}, target=cells)
    with pytest.raises(nms.WrongInput, match=r"Nothing reads 'post\.tau'"):
        nms.simulate(one, device="numpy", parameters={"post.tau": 1 * second})


def test_equal_rules_have_tables_of_their_own():
    """Two projections of one rule with a table, whose target has a variable of its name."""
    looked = rule(
        equations="w : 1",
        on_pre="w += x(i)",
        tables={"x": nms.Table(shape=(2,), meaning="numbers")},
    )
    again = nms.Projection(name="s2", source="pre", target="post", model=looked)
    one = experiment(looked, PRE, POST, {"s.w": 60 * ms, "s2.w": 60 * ms}, target={"extra": "x : 1"})
    fill = one.prepare
    one = replace(
        one,
        circuit=replace(one.circuit, projections=(*one.circuit.projections, again)),
        duration=60 * ms,
        prepare=lambda setting: {**fill(setting), "s.x": [1.0, 2.0], "s2.x": [10.0, 20.0]},
    )
    run = nms.simulate(one, device="numpy", progress=False)
    assert run["synapses/s"].weight.values[-1].tolist() == [3.0, 4.0]
    assert run["synapses/s2"].weight.values[-1].tolist() == [30.0, 40.0]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"equations": "dx/dt = -x*x/tau : 1 (event-driven)", "on_pre": "x += 1"}, "'s' (model 'rule')"),
        ({"equations": "x : 1", "on_pre": "x += tau"}, "tau"),
    ],
)
def test_a_message_has_the_names_of_the_rule(changes, said):
    wrong = rule(**changes, numbers={"tau": 20 * ms})
    one = experiment(wrong, PRE, POST, {}, source=ends(True), target=ends(True))
    with pytest.raises(nms.WrongInput) as found:
        nms.simulate(one, device="numpy")
    assert said in str(found.value) and "_syn" not in str(found.value)


def test_only_shared_names_are_others_in_a_program():
    """Programs of rules that share none stay as they are, and one that shares some keeps the rest."""
    alone, crowded = (subject(PAIR, ("w",), c).circuit for c in (False, True))
    assert apart(alone, None) == (alone, {})
    circuit, paths = apart(crowded, None)
    assert set(paths) == {f"s.{n}" for n in ("x", "y", "w", "both", "tau", "eta", "low", "high", "kept")}
    (projection,) = circuit.projections
    assert "u +" in projection.model.on_pre and "x_post" in projection.model.on_pre
    assert not re.search(r"\btau\b", projection.model.equations)
    assert circuit.populations == crowded.populations
