"""Traces that other traces drive between spikes, times variables of the target cell: exact in both programs.

What a rule reads is held for a step, so each step is a matrix exponential, which SciPy works out here.
"""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import Hz, Network, SpikeGeneratorGroup, Synapses, TimedArray, ms, prefs, second
from scipy.linalg import expm

import neuromodsim as nms
from tests.differential import quick
from tests.pretend import OURS
from tests.three_factor.listed import LATE, experiment, recorded, rule

DT, STEPS = 1e-3, 240
LOW, HIGH = -0.01, 0.004
BOTH = pytest.mark.parametrize("how", ["event-driven", "clock-driven"])
TIMES = {"tau_m": 20.0, "tau_s": 5.0, "tau_c": 300.0, "tau_d": 80.0}
NUMBERS = {"eta": 1 / second, "tau_m": 20 * ms, "tau_s": 5 * ms, "tau_c": 300 * ms}
LEVEL = nms.ModulatorModel(
    name="level", summary="Decays.", source=OURS, equations="dd/dt = -d/tau_d : 1", level="d",
    parameters={"tau_d": nms.Parameter(80 * ms, "decay")}, initial={"d": 2.0},
)  # fmt: skip
SIGNED = nms.ModulatorModel(
    name="level", summary="Changes its sign.", source=OURS, equations="d : 1", level="d",
    step="d = 2*cos(0.11*(timestep(t, dt) + 1))", initial={"d": 2.0},
)  # fmt: skip
# A variable that the cell sets in its step, and an expression of it; both as of the start of the next step.
TARGET = {
    "extra": "psi : 1\nhazard = 30*Hz*(1 + psi) : Hz\nlearn : 1",
    "step": "psi = sin(0.07*(timestep(t, dt) + 1)*(i + 1))\nlearn = 2*cos(0.11*(timestep(t, dt) + 1))",
}
R_MAX = rule(
    equations="""
    dslow/dt = -slow/tau_m : 1
    dfast/dt = -fast/tau_s : 1
    dc/dt = -c/tau_c - hazard_post*(slow - fast) : 1
    dw/dt = eta*d*c : 1
    d : 1
    """,
    modulators=("d",),
    on_pre="slow += 1\nfast += 1",
    on_post="c += slow - fast",
    numbers=NUMBERS,
)
BOUNDED = replace(
    R_MAX,
    bounds={"w": ("w_min", "w_max")},
    parameters=R_MAX.parameters
    | {"w_min": nms.Parameter(LOW, "lowest"), "w_max": nms.Parameter(HIGH, "highest")},
)  # fmt: skip
PRE, POST = [[5, 31, 32, 90, 170], [12, 60, 61, 150, 200]], [[8, 32, 100, 180], [20, 61, 155]]


def signal(step, cell):
    """Return the hazard that a step begins with."""
    return 30.0 * (1 + (np.sin(0.07 * step * (cell + 1)) if step else 0.0))


def signed(step, cell):
    return 2 * np.cos(0.11 * step)


def exact(pre, post, *, times=TIMES, m=None, low=-np.inf, high=np.inf, fresh=False, late=0, steps=STEPS):
    """Return weights at the start of each step, shape ``(step, synapse)``; all sources reach all targets."""
    decay = 0.0 if m else 1e3 / times["tau_d"]
    a, b, c = (1e3 / times[name] for name in ("tau_m", "tau_s", "tau_c"))
    found = np.zeros((steps + 1, len(pre) * len(post)))
    for j, spikes in enumerate(post):
        # slow, fast, c; the same times the modulator; w
        held = -np.diag([a, b, c, a + decay, b + decay, c + decay, 0.0])
        held[6, 5] = 1
        state = np.zeros((len(pre), 4))
        for step in range(steps):
            held[2, :2] = held[5, 3:5] = np.array([-1.0, 1.0]) * signal(step, j)
            level = m(step, j) if m else 2 * np.exp(-step / times["tau_d"])
            whole = np.column_stack([state[:, :3], state[:, :3] * level, state[:, 3]])
            state = (whole @ expm(held * DT).T)[:, [0, 1, 2, 6]]
            state[:, 3] = np.clip(state[:, 3], low, high)
            for i, train in enumerate(pre):
                if step - late in train:
                    state[i, :2] += 1
            if step in spikes:
                state[:, 2] += state[:, 0] - state[:, 1]
                if fresh:
                    state[:, :2] = 0
            found[step + 1, j :: len(post)] = state[:, 3]
    return found


def subject(model=R_MAX, level=LEVEL, *, every=40 * ms, regions=1, steps=STEPS, trains=(PRE, POST), **more):
    levels = (nms.Modulator(name="d", model=level, regions=regions),) if model.modulators else ()
    given = {"target": TARGET, "modulators": levels, "duration": steps * ms, **more}
    return experiment(model, *trains, {"s.w": every}, **given)


def assert_same(found, expected, rtol=1e-11):
    np.testing.assert_allclose(found, expected, rtol=0, atol=rtol * np.abs(expected).max())


@BOTH
@pytest.mark.parametrize("times", [(20, 5, 300, 80), (20, 5, 20, 80), (2, 0.7, 40, 3)])
def test_a_driven_eligibility_equals_the_exact_solution(times, how):
    """Catches a term left out, a value taken a step late, and equal time constants."""
    named = dict(zip(TIMES, map(float, times), strict=True))
    changed = {f"{'d' if name == 'tau_d' else 's'}.{name}": value * ms for name, value in named.items()}
    found = recorded(subject(), "w", third_factor=how, parameters=changed)
    assert_same(found, exact(PRE, POST, times=named)[::40])


@pytest.mark.parametrize("seed", range(3))
def test_random_trains_and_time_constants(seed):
    rng = np.random.default_rng(seed)
    times = dict(zip(TIMES, 10 ** rng.uniform(0, 3, 4), strict=True))
    pre, post = (
        [np.flatnonzero(rng.random(STEPS) < 0.05).tolist() for _ in range(cells)] for cells in (3, 2)
    )
    changed = {f"{'d' if name == 'tau_d' else 's'}.{name}": value * ms for name, value in times.items()}
    free = exact(pre, post, times=times)
    low, high = 0.5 * min(free.min(), -1e-6), 0.5 * max(free.max(), 1e-6)
    changed |= {"s.w_min": low, "s.w_max": high}
    found = recorded(subject(BOUNDED, trains=(pre, post)), "w", parameters=changed)
    assert_same(found, exact(pre, post, times=times, low=low, high=high)[::40], 1e-10)


@BOTH
def test_a_bounded_weight_is_held_in_every_step(how):
    """Catches bounds that are met between touches and not seen."""
    expected = exact(PRE, POST, m=signed, low=LOW, high=HIGH)
    assert (expected == LOW).any() and (expected == HIGH).any()
    found = recorded(subject(BOUNDED, SIGNED), "w", third_factor=how)
    assert_same(found, expected[::40])


def test_how_often_a_weight_is_recorded_changes_nothing():
    """Catches numbers that a synchronisation leaves behind."""
    often = recorded(subject(BOUNDED, SIGNED, every=1 * ms), "w")
    assert_same(often, exact(PRE, POST, m=signed, low=LOW, high=HIGH))


def test_a_delay():
    late = recorded(subject(delay=7 * ms), "w")
    assert_same(late, exact(PRE, POST, late=7)[::40])


@BOTH
def test_a_spike_of_the_target_resets_what_drives(how):
    """As in TD-LTP: input counts from the last output on."""
    model = replace(R_MAX, on_post="c += slow - fast\nslow = 0\nfast = 0")
    found = recorded(subject(model), "w", third_factor=how)
    assert_same(found, exact(PRE, POST, fresh=True)[::40])


def test_regions_have_levels_of_their_own():
    found = recorded(subject(regions=2, compartment_of=(1, 0)), "w", parameters={"d.d": [1.0, 2.0]})
    expected = exact(PRE, POST)
    expected[:, 1::2] /= 2
    assert_same(found, expected[::40])


@BOTH
def test_replicas_are_as_single_runs(how):
    tree = nms.simulate(
        subject(), device="numpy", third_factor=how, replicas=2, parameters={"s.tau_c": [300, 30] * ms}
    )
    for replica, tau_c in enumerate((300.0, 30.0)):
        expected = exact(PRE, POST, times={**TIMES, "tau_c": tau_c})
        assert_same(tree[f"replica_{replica}/synapses/s"]["weight"].values, expected[::40])


@BOTH
def test_a_learning_signal_of_the_target_needs_no_modulator(how):
    """As in e-prop: dw/dt reads the target cell, here in place of the modulator."""
    text = R_MAX.equations.replace("eta*d*c", "eta*learn*c").replace("    d : 1\n", "")
    model = replace(R_MAX, equations=text, modulators=())
    found = recorded(subject(model), "w", third_factor=how)
    assert_same(found, exact(PRE, POST, m=lambda n, j: signed(n, j) if n else 0.0)[::40])


@BOTH
def test_a_level_to_which_the_target_is_linked_is_held_for_a_step(how):
    """Read through the cell, a level has no decay that the rule could know of."""
    text = R_MAX.equations.replace("eta*d*c", "eta*reward_post*c").replace("    d : 1\n", "")
    found = recorded(
        subject(
            replace(R_MAX, equations=text, modulators=()),
            modulators=[nms.Modulator(name="d", model=LEVEL)],
            target={**TARGET, "extra": TARGET["extra"] + "\nreward : 1 (linked)"},
            links={"post.reward": "d.d"},
        ),
        "w",
        third_factor=how,
    )
    assert_same(found, exact(PRE, POST, m=lambda n, j: 2 * np.exp(-n / 80))[::40])


@pytest.mark.parametrize("tau_2", [300.0, 50.0])
@BOTH
def test_an_alpha_trace_has_its_closed_form(tau_2, how):
    """A trace that a trace fills at a constant rate; ``w`` after one pair, with a level that decays."""
    model = rule(
        equations="""
        dx/dt = -x/tau_m : 1 (event-driven)
        dc/dt = -c/tau_c : 1
        da/dt = (c - a)/tau_a : 1
        dw/dt = eta*d*a : 1
        d : 1
        """,
        modulators=("d",),
        on_pre="x += 1",
        on_post="c += x",
        numbers={**NUMBERS, "tau_a": tau_2 * ms},
    )
    model = replace(model, parameters={n: p for n, p in model.parameters.items() if n != "tau_s"})
    one = experiment(
        model, [[5]], [[8]], {"s.w": 40 * ms}, modulators=[nms.Modulator(name="d", model=LEVEL)],
        target={"extra": ""}, duration=240 * ms,
    )  # fmt: skip
    found = recorded(one, "w", third_factor=how)[-1, 0]
    start, k, t = 9e-3, 1e3 / 80, 231e-3
    jump, level = np.exp(-3 / 20), 2 * np.exp(-start * k)
    first, second_ = 1e3 / 300, 1e3 / tau_2
    if tau_2 == 300:  # a = c (t/tau) exp(-t/tau)
        r = first + k
        integral = first * (1 - np.exp(-r * t) * (1 + r * t)) / r**2
    else:
        parts = [-np.expm1(-(q + k) * t) / (q + k) for q in (first, second_)]
        integral = second_ * (parts[0] - parts[1]) / (second_ - first)
    assert found == pytest.approx(jump * level * integral, rel=1e-12)


@BOTH
def test_a_level_that_decays_drives_in_closed_form(how):
    """Catches a decay that is taken for a rise: the level drives the trace, and moves the weight too."""
    model = rule(
        equations="""
        dx/dt = -x/tau_m : 1
        dc/dt = -c/tau_c + d*x/tau_s : 1
        dw/dt = eta*d*c : 1
        d : 1
        """,
        modulators=("d",),
        on_pre="x += 1",
        numbers=NUMBERS,
    )
    one = subject(model, trains=([[5]], [[LATE]]))
    a, c, k = 1e3 / 20, 1e3 / 300, 1e3 / 80
    # x d d, c d, w
    slopes = np.array([[-a - 2 * k, 0, 0], [1e3 / 5, -c - k, 0], [0, 1, 0]])
    start = [4 * np.exp(-2 * k * 6e-3), 0, 0]
    expected = (expm(slopes * 0.234) @ start)[2]
    assert recorded(one, "w", third_factor=how)[-1, 0] == pytest.approx(expected, rel=1e-12)


def test_code_and_expressions_see_traces_as_they_are():
    """A subexpression, code of another event, and a recording of the trace itself."""
    model = replace(
        R_MAX,
        equations=R_MAX.equations + "twice = 2*c : 1\nmost : 1\n",
        on_pre=R_MAX.on_pre + "\nmost = where(twice > most, twice, most)",
    )
    one = subject(model)
    states = {"s.w": 40 * ms, "s.c": 7 * ms, "s.most": 40 * ms}
    one = replace(one, recording=nms.Recording(states=states))
    runs = [nms.simulate(one, device="numpy", third_factor=how) for how in ("event-driven", "clock-driven")]
    for name in ("eligibility", "most", "weight"):
        quick, slow = (run["synapses/s"][name].values for run in runs)
        assert np.abs(slow).max() > 0.01
        assert_same(quick, slow)


WRONG = {
    "three stages": "dc/dt = -c/tau_c : 1\ndg/dt = (c - g)/tau_m : 1\ndf/dt = (g - f)/tau_s : 1",
    "a source cell": "dx/dt = -x/tau_m : 1\ndf/dt = -f/tau_c + fired_pre*x/tau_s : 1",
    "two traces": "dx/dt = -x/tau_m : 1\ndy/dt = -y/tau_s : 1\ndf/dt = -f/tau_c + eta*x*y : 1",
    "no trace": "df/dt = -f/tau_c + hazard_post : 1",
}


@pytest.mark.parametrize("equations", WRONG.values(), ids=WRONG)
def test_what_is_no_chain_is_refused_in_one_sentence(equations):
    model = replace(R_MAX, equations=f"{equations}\ndw/dt = d*eta*f : 1\nd : 1", on_pre="", on_post="")
    with pytest.raises(nms.WrongInput, match="df/dt of 'rule' is not eligibility times modulator") as caught:
        recorded(subject(model), "w")
    assert "\n" not in str(caught.value) and "third_factor='clock-driven'" in str(caught.value)


def test_bounds_of_a_driven_trace_are_refused():
    """They may be met between touches."""
    model = replace(BOUNDED, bounds={"c": ("w_min", "w_max")})
    with pytest.raises(nms.WrongInput, match="'c' of 'rule' is driven between spikes and has bounds"):
        recorded(subject(model), "w")


def test_equals_a_script_for_brian2_alone(monkeypatch):
    """The same equations, stepped by rk4 twenty times per step, with what is read held for each step."""
    fine, steps = DT / 20, 100
    shown = [[signal(step, j) for j in range(2)] for step in range(steps)]
    levels = [signed(step, 0) for step in range(steps)]
    monkeypatch.setitem(prefs, "codegen.target", "numpy")
    with quick.making():
        source, target = (_firing(trains, fine, steps) for trains in (PRE, POST))
        synapses = Synapses(
            source,
            target,
            """
            dslow/dt = -slow/(40*ms) : 1 (clock-driven)
            dfast/dt = -fast/(10*ms) : 1 (clock-driven)
            dc/dt = -c/(300*ms) - s*(slow - fast) : 1 (clock-driven)
            dw/dt = m*c/second : 1 (clock-driven)
            s : Hz
            m : 1
            """,
            on_pre="slow += 1; fast += 1",
            on_post="c += slow - fast",
            method="rk4",
            dt=fine * second,
        )
        synapses.connect()
        namespace = {"shown": TimedArray(shown * Hz, DT * second), "level": TimedArray(levels, DT * second)}
        synapses.run_regularly("s = shown(t, j); m = level(t)", when="start", dt=DT * second)
        Network(source, target, synapses).run(steps * DT * second, namespace=namespace)
        expected = np.array(synapses.w)
    slower = {"s.tau_m": 40 * ms, "s.tau_s": 10 * ms}
    for how in ("event-driven", "clock-driven"):
        one = subject(level=SIGNED, steps=steps)
        found = recorded(one, "w", third_factor=how, parameters=slower)
        assert_same(found[-1], expected, 1e-10)


def _firing(trains, fine, steps):
    """Return cells whose spikes act at the end of a step."""
    rows = [(i, step) for i, train in enumerate(trains) for step in train if step < steps]
    return SpikeGeneratorGroup(
        len(trains), [i for i, _ in rows], [(n + 1) * DT - fine for _, n in rows] * second, dt=fine * second
    )


@pytest.mark.cpp
def test_a_compiled_program_agrees():
    """With bounds, which it follows with code of its own."""
    one = subject(BOUNDED, SIGNED, every=20 * ms)
    assert_same(recorded(one, "w", device="cpp"), exact(PRE, POST, m=signed, low=LOW, high=HIGH)[::20])
