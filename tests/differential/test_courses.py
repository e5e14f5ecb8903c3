"""Parameters on a course, wherever a model can have one, against plain Brian2 and timed arrays."""

from dataclasses import replace

import brian2
import numpy as np
import pytest
from brian2 import ms, second

import neuromodsim as nms
from neuromodsim.cli.request import repetition
from neuromodsim.description.course import as_value
from neuromodsim.simulation.courses import prescribed

SOURCE = nms.Source(key="own", authors="Me", year=2026, title="Courses", journal="None", doi="10.0/0")
STEPS = 120
CELL = nms.NeuronModel(
    name="cell",
    summary="A leaky cell.",
    source=SOURCE,
    equations="dv/dt = (drive - v)/tau : 1",
    threshold="v > 1",
    reset="v = 0",
    parameters={"tau": nms.Parameter(10 * ms, "membrane"), "drive": nms.Parameter(1.2, "input")},
)
RULE = nms.SynapseModel(
    name="rule",
    summary="Spike pairs leave an eligibility trace, which dopamine converts.",
    source=SOURCE,
    equations="""
    dx/dt = -x/tau_x       : 1 (event-driven)
    dc/dt = -c/tau_c       : 1
    dw/dt = eta*c*d/second : 1
    d                      : 1
    """,
    modulators=("d",),
    on_pre="x += 1\nc -= 0.3",
    on_post="c += gain*x",
    parameters={
        "tau_x": nms.Parameter(20 * ms, "window", low=1 * ms),
        "tau_c": nms.Parameter(50 * ms, "eligibility"),
        "eta": nms.Parameter(1.0, "learning rate", low=0.0),
        "gain": nms.Parameter(1.0, "of a pair"),
    },
)
POOL = nms.ModulatorModel(
    name="pool",
    summary="Release and decay.",
    source=SOURCE,
    equations="dlevel/dt = release - level/(80*ms) : 1",
    method="euler",
    level="level",
    parameters={"release": nms.Parameter(2 / second, "rate of release")},
    initial={"level": 1.0},
)
TASK = nms.Task(
    name="trials",
    summary="A reward every 10 ms.",
    source=SOURCE,
    equations="got : 1",
    timeline=(nms.Phase("trial", "length", on_enter="got += size"),),
    parameters={"length": nms.Parameter(10 * ms, "of a trial"), "size": nms.Parameter(1.0, "of a reward")},
)
EXPERIMENT = nms.Experiment(
    name="courses",
    summary="One rule, dopamine and a task.",
    source=SOURCE,
    circuit=nms.Circuit(
        populations=(
            nms.Population(name="pre", size=2, model=CELL, initial={"v": "0.4*i"}),
            nms.Population(name="post", size=2, model=CELL, initial={"v": "0.2 + 0.3*i"}),
        ),
        modulators=(nms.Modulator(name="dopamine", model=POOL),),
        projections=(
            nms.Projection(
                name="plastic", source="pre", target="post", model=RULE, modulators={"d": "dopamine"}
            ),
        ),
    ),
    task=TASK,
    conditions={"only": nms.Condition(summary="The only condition.")},
    recording=nms.Recording(
        states={"plastic.w": 1 * ms, "pre.v": 1 * ms, "dopamine.level": 1 * ms, "task.got": 10 * ms}
    ),
    duration=STEPS * ms,
    dt=1 * ms,
)
COURSES = {
    "plastic.eta": nms.Course([20, 90] * ms, [0.0, 2.0]),
    "plastic.tau_x": nms.Course([10, 50, 80] * ms, [20, 4, 10] * ms),
    "plastic.gain": nms.Course([30.5, 60] * ms, [1.0, 3.0], steps=True),
    "pre.drive": nms.Course([0, 40, 100] * ms, [1.1, 2.5, 1.5]),
    "dopamine.release": nms.Course([25, 75] * ms, [2, 40] / second, steps=True),
    "task.size": "1 at 30ms to 5 at 80ms",
}


def timed(path: str) -> np.ndarray:
    """Return the values of a course in each step, as NumPy interpolates them."""
    course, time = as_value(path, COURSES[path]), np.arange(STEPS) / 1000
    times, values = np.asarray(course.times), np.asarray(course.values)
    if not course.steps:
        return np.interp(time, times, values)
    return values[np.maximum(np.searchsorted(times, time + 1e-9, side="right") - 1, 0)]


def plain() -> dict[str, np.ndarray]:
    """Return what plain Brian2 makes of the same equations, with exact and with Euler steps of the rule."""
    named = {p.replace(".", "_"): brian2.TimedArray(timed(p), dt=1 * ms) for p in COURSES if p != "task.size"}
    clock = brian2.Clock(1 * ms)
    given = {"namespace": named, "clock": clock, "threshold": "v > 1", "reset": "v = 0", "method": "exact"}
    pre = brian2.NeuronGroup(2, "dv/dt = (pre_drive(t) - v)/(10*ms) : 1", **given)
    post = brian2.NeuronGroup(2, "dv/dt = (1.2 - v)/(10*ms) : 1", **given)
    pool = brian2.NeuronGroup(1, "level : 1", namespace=named, clock=clock)
    pool.run_regularly("level += dt*(dopamine_release(t)/second - level/(80*ms))", when="groups", order=0)
    rule = brian2.Synapses(
        pre,
        post,
        "x : 1\nc : 1\nw : 1\nc_euler : 1\nw_euler : 1",
        on_pre="x += 1\nc -= 0.3\nc_euler -= 0.3",
        on_post="c += plastic_gain(t)*x\nc_euler += plastic_gain(t)*x",
        namespace=named,
        clock=clock,
    )
    rule.connect()
    rule.variables.add_reference("level", pool, "level", index="0")
    rule.run_regularly(
        """
        w += plastic_eta(t)*level*c*50*ms*(1 - exp(-dt/(50*ms)))/second
        c *= exp(-dt/(50*ms))
        w_euler += plastic_eta(t)*level*c_euler*dt/second
        c_euler *= 1 - dt/(50*ms)
        """,
        when="groups",
        order=-10,
    )
    rule.run_regularly("x *= exp(-dt/(plastic_tau_x(t)*second))", when="end")
    pre.v, post.v, pool.level = [0, 0.4], [0.2, 0.5], 1
    states = [(rule, ["w", "w_euler"]), (pre, ["v"]), (pool, ["level"])]
    monitors = [brian2.StateMonitor(g, n, record=True, clock=clock) for g, n in states]
    brian2.Network(pre, post, pool, rule, *monitors).run(STEPS * ms)
    return {
        n: np.array(getattr(m, n)).T for m, (_, names) in zip(monitors, states, strict=True) for n in names
    }


def run(**given):
    return nms.simulate(EXPERIMENT, **{"device": "numpy", "parameters": COURSES, **given})


def weights(tree) -> np.ndarray:
    return tree["synapses/plastic"].weight.values


@pytest.fixture(scope="module")
def followed():
    return run()


def test_every_place_follows_its_course_as_in_plain_brian2(followed, monkeypatch):
    monkeypatch.setitem(brian2.prefs, "codegen.target", "numpy")
    wanted = plain()
    assert abs(weights(followed)[:STEPS] - wanted["w"]).max() < 1e-12
    assert abs(followed["state/pre"].v.values[:STEPS] - wanted["v"]).max() < 1e-12
    assert abs(followed["modulators/dopamine"]["level"].values[:STEPS] - wanted["level"]).max() < 1e-12
    assert abs(wanted["w"][-1]).min() > 1e-3
    by_clock = run(third_factor="clock-driven")
    assert abs(weights(by_clock)[:STEPS] - wanted["w_euler"]).max() < 1e-12


def test_a_task_reads_the_value_of_the_step(followed):
    sizes = np.interp(np.arange(0, STEPS, 10), [30, 80], [1, 5])
    got = followed["state/task"].got.values[:, 0]
    assert np.allclose(got, [0, *np.cumsum(sizes)], rtol=1e-12)


def test_a_constant_course_is_the_parameter():
    plain_run = run(parameters={"plastic.tau_x": 8 * ms, "pre.drive": 1.5})
    course = run(parameters={"plastic.tau_x": "8 ms at 5 ms", "pre.drive": "1.5 at 0s then 1.5 at 60ms"})
    assert np.allclose(weights(course), weights(plain_run), rtol=1e-12, atol=1e-14)
    assert np.allclose(course["state/pre"].v, plain_run["state/pre"].v, rtol=1e-12, atol=1e-14)


def test_replicas_have_courses_of_their_own(followed):
    other = [COURSES["plastic.eta"], 1.5]
    both = run(parameters={**COURSES, "plastic.eta": other}, replicas=2)
    assert np.allclose(weights(both["replica_0"]), weights(followed), rtol=1e-12, atol=0)
    constant = run(parameters={**COURSES, "plastic.eta": 1.5})
    assert np.allclose(weights(both["replica_1"]), weights(constant), rtol=1e-12, atol=0)


def test_other_points_are_the_same_program():
    one, other = ({"plastic.eta": text} for text in ("1 at 0s", "1 at 0s to 2 at 1s to 3 at 2s"))
    assert prescribed(EXPERIMENT, one).circuit == prescribed(EXPERIMENT, other).circuit


def replayed(tree, tau: np.ndarray) -> np.ndarray:
    """Return final weights of a rule that adds a trace of each source to a weight at spikes of the target."""
    fired = np.zeros((2, 2, STEPS), bool)
    for side, name in enumerate(("pre", "post")):
        spikes = tree[f"spikes/{name}"]
        fired[side, spikes.neuron.values, np.rint(spikes.time.values * 1000).astype(int)] = True
    x, w = np.zeros(2), np.zeros((2, 2))
    for step in range(STEPS):
        x += fired[0, :, step]
        w += np.outer(x, fired[1, :, step])
        x *= np.exp(-1e-3 / tau[step])
    return w.ravel()


def test_a_rule_without_third_factor_follows_too_whatever_its_cells_are_called():
    rule = replace(
        RULE,
        equations="dx/dt = -x/tau : 1 (event-driven)\nw : 1",
        modulators=(),
        on_pre="x += 1",
        on_post="w += x",
        parameters={"tau": RULE.parameters["tau_x"]},
    )
    cells = tuple(
        replace(p, initial={"v": f"0.4*i + {k}*0.15"}) for k, p in enumerate(EXPERIMENT.circuit.populations)
    )
    pair = replace(
        EXPERIMENT,
        circuit=nms.Circuit(
            populations=cells,
            projections=(nms.Projection(name="plastic", source="pre", target="post", model=rule),),
        ),
        task=None,
        recording=nms.Recording(
            spikes={"pre": nms.Window(), "post": nms.Window()}, states={"plastic.w": STEPS * ms}
        ),
    )
    each = [COURSES["plastic.tau_x"], 8 * ms]
    both = nms.simulate(pair, device="numpy", parameters={"plastic.tau": each}, replicas=2)
    for replica, tau in enumerate((timed("plastic.tau_x"), np.full(STEPS, 8e-3))):
        tree = both[f"replica_{replica}"]
        assert replayed(tree, tau).min() > 0.1
        assert np.allclose(weights(tree)[-1], replayed(tree, tau), rtol=1e-12)


def test_a_run_is_repeated_from_its_dataset(followed):
    again = repetition(followed, EXPERIMENT)["parameters"]
    assert {p: as_value(p, v) for p, v in again.items()} == {p: as_value(p, v) for p, v in COURSES.items()}


def test_replicas_refuse_a_mapping_of_one_rule():
    circuit = EXPERIMENT.circuit
    (pool,), (rule,) = circuit.modulators, circuit.projections
    mapped = replace(
        circuit,
        modulators=(replace(pool, regions=2),),
        projections=(replace(rule, compartment_of=(0, 0)),),
    )
    with pytest.raises(nms.WrongInput, match="'plastic' follows a course, and it has a 'compartment_of'"):
        nms.simulate(
            replace(EXPERIMENT, circuit=mapped),
            device="numpy",
            replicas=2,
            parameters={"plastic.eta": COURSES["plastic.eta"]},
        )


@pytest.mark.cpp
def test_a_compiled_program_follows_too(followed):
    assert np.allclose(weights(run(device="cpp")), weights(followed), rtol=1e-12, atol=0)


def test_a_rule_that_a_variable_of_its_cell_moves_follows_too():
    """Fails when such a rule, which lists no modulator, does not read its course as one that does."""
    rule = replace(
        RULE,
        equations="dc/dt = -c/tau_c : 1\ndw/dt = eta*v_post*c/second : 1",
        modulators=(),
        on_pre="c += 1",
        on_post="",
        parameters={name: RULE.parameters[name] for name in ("tau_c", "eta")},
    )
    moved = replace(
        EXPERIMENT,
        circuit=nms.Circuit(
            populations=EXPERIMENT.circuit.populations,
            projections=(nms.Projection(name="plastic", source="pre", target="post", model=rule),),
        ),
        task=None,
        recording=nms.Recording(states={"plastic.w": 1 * ms, "post.v": 1 * ms, "plastic.c": 1 * ms}),
    )
    tree = nms.simulate(moved, device="numpy", parameters={"plastic.eta": COURSES["plastic.eta"]})
    c = tree["synapses/plastic"].eligibility.values[:STEPS]
    v = tree["state/post"].v.values[:STEPS, [0, 1, 0, 1]]
    held = 0.05 * (1 - np.exp(-1 / 50))  # s: the integral of a trace of 1 over a step
    found = np.diff(weights(tree), axis=0)[: STEPS - 1]
    wanted = (timed("plastic.eta")[:, None] * v * c * held)[: STEPS - 1]
    assert abs(wanted).max() > 1e-3 and abs(found - wanted).max() < 1e-12
