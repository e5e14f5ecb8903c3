"""Traces that cells keep for their synapses: which move, and that nothing can tell that they did."""

from dataclasses import replace
from math import exp

import numpy as np
import pytest
from brian2 import ms

import neuromodsim as nms
from neuromodsim.transforms.inline import inlined
from neuromodsim.transforms.traces import CellTraces, movable
from tests.three_factor.listed import cell, experiment, recorded, rule

X = "dx/dt = -x/tau : 1 (event-driven)\n"
Y = "dy/dt = -y/tau : 1 (event-driven)\n"
BOTH = f"{X}{Y}w : 1\n"
PRE, POST = [[5, 40, 80], [6, 44]], [[12, 50], [13, 90], [44, 60]]
BURSTS = (40, 46)
TAU = 20


def moved(**fields) -> list[str]:
    initial = fields.pop("begun", {})
    delays = {name: fields.pop(name, None) for name in ("delay", "post_delay")}
    model = inlined(rule(numbers={"tau": TAU * ms, "a": 1.0, "b": 1.0}, **fields))
    projection = nms.Projection(name="s", source="a", target="b", model=model, initial=initial, **delays)
    return [f"{t.name}{'<' if t.of_source else '>'}" for t in movable(projection)]


ALL = {"on_pre": "x += 1; w -= y", "on_post": "y += 1; w += x"}
MOVES = {
    "added to": ({"on_pre": "x += 1", "on_post": "w += x"}, ["x<"]),
    "set": ({"on_pre": "x = a*b", "on_post": "w += x"}, ["x<"]),
    "both": ({"on_pre": "x += 1; w -= y", "on_post": "y += a\nw += x"}, ["x<", "y>"]),
    "comment": ({"on_pre": "x += 1  # x *= 2", "on_post": "w += x"}, ["x<"]),
    "read by an event": ({"on_pre": "w -= y", "on_post": "y += 1", "on_event": {"e": "w += y"}}, ["y>"]),
    "lasting": ({"on_pre": "x += 1", "on_post": "w += x*x"}, ["x<"]),
    "delay": (ALL | {"delay": 3 * ms}, ["y>"]),
    "own delays": (ALL | {"delay": "3*ms*rand()"}, ["y>"]),
    "dendritic delay": (ALL | {"post_delay": 3 * ms}, ["x<"]),
    "both delays": (ALL | {"delay": 3 * ms, "post_delay": "3*ms*rand()"}, []),
}
STAYS = {
    "read by its own spike": {"on_pre": "x += 1\nw += x"},
    "own value": {"on_pre": "x = x + 1"},
    "saturating": {"on_pre": "x += a*(1 - x)"},
    "scaled": {"on_pre": "x *= 2"},
    "lowered": {"on_pre": "x -= 1"},
    "twice": {"on_pre": "x += 1\nx += 1"},
    "the same line for another": {"on_pre": "x += 1\nw += 1", "on_post": "x += 1"},
    "of the weight": {"on_pre": "x += w"},
    "of the cell": {"on_pre": "x += v_pre"},
    "a function": {"on_pre": "x += exp(a)"},
    "written by the other": {"on_pre": "x += 1", "on_post": "w += x; x = 0"},
    "written by an event": {"on_pre": "x += 1", "on_event": {"e": "x *= a"}},
    "read by an event": {"on_pre": "x += 1", "on_event": {"e": "w += x"}},
    "in a subexpression": {"on_pre": "x += 1", "on_post": "w += z", "equations": X + "w : 1\nz = 2*x : 1"},
    "in another trace": {"on_pre": "x += 1", "equations": X + "dz/dt = (x - z)/tau : 1 (event-driven)"},
    "rate of a synapse": {"on_pre": "x += 1", "equations": "dx/dt = -x/q : 1 (event-driven)\nq : second"},
    "does not decay to zero": {
        "on_pre": "x += 1",
        "equations": "dx/dt = (1 - x)/tau : 1 (event-driven)",
    },
    "begins": {"on_pre": "x += 1", "initial": {"x": 0.5}},
    "begins here": {"on_pre": "x += 1", "begun": {"x": 0.5}},
    "single precision": {"on_pre": "x += 1", "single": ("x",)},
    "bounded": {"on_pre": "x += 1", "bounds": {"x": ("a", "b")}},
}


@pytest.mark.parametrize(("fields", "expected"), MOVES.values(), ids=MOVES)
def test_a_trace_moves_where_nothing_can_tell(fields, expected):
    assert moved(**{"equations": BOTH, **fields}) == expected


@pytest.mark.parametrize("fields", STAYS.values(), ids=STAYS)
def test_a_trace_stays_where_something_could(fields):
    assert "x<" not in moved(**{"equations": BOTH, **fields})


def oracle(codes: dict[str, str], variables: str) -> list[float]:
    """Return each synapse's w, from Python that runs the rule's code at every spike of every synapse."""
    found = []
    for pre in PRE:
        for post in POST:
            names = dict.fromkeys(variables.split(), 0.0)
            for step in range(100):
                for decaying in {"x", "y"} & set(names):
                    names[decaying] *= exp(-1 / TAU)
                due = {"burst": step in BURSTS, "pre": step in pre, "post": step in post}
                for event in due:
                    if due[event] and event in codes:
                        exec(codes[event], {}, names)
            found.append(names["w"])
    return found


USES = {
    "event changes it": ({"pre": "x += 1\nw -= y", "post": "y += 1\nw += x", "burst": "x *= 0.5"}, BOTH),
    "event reads it": ({"pre": "x += 1\nw -= y", "post": "y += 1", "burst": "w += x"}, BOTH),
    "event reads the other": ({"pre": "w -= y", "post": "y += 1\nw += 1", "burst": "w += 3*y"}, BOTH),
    "a name that ends like it": ({"pre": "x += 1\nwx += 1", "post": "w += x*wx"}, BOTH + "wx : 1"),
    "semicolons": ({"pre": "x += 1; w -= y  # x", "post": "y += 1; w += x"}, BOTH),
    "its own value": ({"pre": "x = x + 1", "post": "w += x"}, BOTH),
    "a function of it": ({"pre": "x += 1", "post": "y = 1\nw += x*(x > 0.1)"}, BOTH),
}


@pytest.mark.parametrize(("codes", "equations"), USES.values(), ids=USES)
def test_a_rule_means_what_its_code_says(codes, equations):
    model = rule(
        equations=equations,
        on_pre=codes["pre"],
        on_post=codes.get("post", ""),
        on_event={e: c for e, c in codes.items() if e == "burst"},
        numbers={"tau": TAU * ms},
    )
    when = " or ".join(f"timestep(t, dt) == {step}" for step in BURSTS)
    subject = experiment(model, PRE, POST, {"s.w": 100 * ms}, source={"events": {"burst": when}})
    expected = oracle(codes, "x y w wx")
    np.testing.assert_allclose(recorded(subject, "w")[-1], expected, rtol=1e-12)


def test_names_of_two_traces_that_would_be_one_are_told_apart():
    """Of the projections ``a`` with ``b_x`` and ``a_b`` with ``x``, and of a cell that has ``a_b_x``."""
    models = [
        rule(
            equations=f"d{n}/dt = -{n}/tau : 1 (event-driven)\nw : 1",
            on_pre=f"{n} += {k}",
            on_post=f"w += {n}",
        )
        for k, n in ((1, "b_x"), (10, "x"))
    ]
    models = [replace(m, parameters=rule(numbers={"tau": TAU * ms}).parameters) for m in models]
    projections = [
        nms.Projection(name=name, source="pre", target="post", model=model)
        for name, model in zip(("a", "a_b"), models, strict=True)
    ]
    subject = experiment(
        replace(models[0], name="other"),
        [[5]],
        [[15]],
        {"a.w": 50 * ms, "a_b.w": 50 * ms},
        source={"extra": "a_b_x : 1"},
        others=projections,
    )
    assert len(CellTraces.of(subject.circuit).kept["pre"]) == 3
    run = nms.simulate(subject, device="numpy", progress=False)
    found = [float(run[f"synapses/{name}"].weight[-1, 0]) for name in ("a", "a_b")]
    assert found == pytest.approx([exp(-10 / TAU), 10 * exp(-10 / TAU)], rel=1e-12)


def test_a_cell_whose_comment_names_a_slope_takes_its_steps():
    """Catches a step that is handed to an integrator which has nothing to integrate."""
    model = cell("pre", [[99]], extra="# not dv/dt, but a map\nv : 1", step="v += 1")
    subject = experiment(rule(equations="w : 1", on_pre="w += 1"), [[99]], [[99]], {"pre.v": 10 * ms})
    population = nms.Population(name="pre", size=1, model=model)
    populations = (population, *subject.circuit.populations[1:])
    subject = replace(subject, circuit=replace(subject.circuit, populations=populations))
    run = nms.simulate(subject, device="numpy", progress=False, duration=50 * ms)
    assert run["state/pre"]["v"].values[:, 0].tolist() == [0, 10, 20, 30, 40, 50]


def test_the_source_may_be_the_target():
    """One cell to another of its population, both traces at the cells."""
    model = rule(equations=BOTH, on_pre="x += 1\nw -= y", on_post="y += 1\nw += x", numbers={"tau": TAU * ms})
    subject = experiment(model, [[5, 40], [12, 50]], [[99]], {"s.w": 100 * ms})
    projection = replace(subject.circuit.projections[0], target="pre", wiring=nms.Pairs((0,), (1,)))
    subject = replace(subject, circuit=replace(subject.circuit, projections=(projection,)))
    assert len(CellTraces.of(subject.circuit).kept["pre"]) == 2
    expected = exp(-7 / TAU) - exp(-28 / TAU) + exp(-10 / TAU) + exp(-45 / TAU)
    assert recorded(subject, "w")[-1, 0] == pytest.approx(expected, rel=1e-12)
