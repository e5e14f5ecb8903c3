"""Example rules of modulated plasticity, each against its own sum worked out in plain Python.

A spike listed for step n acts at the end of that step, so differences of times are those of the lists,
and what a spike leaves is integrated from step n + 1 on. Receptor levels are constant here, or follow
a table of steps, so nothing of the engine's modulators enters the expected numbers.
"""

from dataclasses import replace
from itertools import pairwise
from math import exp, expm1, inf, log

import numpy as np
import pytest
from brian2 import ms, second
from scipy.integrate import solve_ivp

import neuromodsim as nms
from neuromodsim.equations import (
    DOPAMINE_WINDOW,
    GRAUPNER_BRUNEL_CORTEX,
    GRAUPNER_BRUNEL_CULTURE,
    GRAUPNER_BRUNEL_SLICE,
    PULL_PUSH,
    SEQUENTIAL,
    SEQUENTIAL_SUGISAKI,
    TRANSFORMING_TRACES,
)
from neuromodsim.equations.plasticity.windows import WINDOWS, window
from tests.pretend import ALWAYS, OURS, spike_source, spike_table

DT = 1e-3
# Pre before post, post before pre, both at once, and far apart.
TRAINS = [[0.010, 0.060, 0.100, 0.150, 0.210], [0.017, 0.055, 0.100, 0.158, 0.190]]
UNTIL = 0.3


def level(name: str, course: list[float]) -> nms.Modulator:
    """Return a level that takes these values, one for each step."""
    model = nms.ModulatorModel(
        name=f"level_of_{name}",
        summary="A level from a table.",
        source=OURS,
        equations="level : 1",
        step=f"level = {name}_course(timestep(t, dt) + 1)",
        level="level",
        tables={f"{name}_course": nms.Table(shape=(len(course),), meaning="level at each step")},
        initial={"level": course[0]},
    )
    return nms.Modulator(name=name, model=model)


def moved(rule, levels, trains=TRAINS, until=UNTIL, **options):
    """Return the weight of one synapse between two cells at the end of a run.

    ``levels`` gives each modulator a value, or one for each step.
    """
    steps = round(until / DT)
    courses = {name: np.broadcast_to(value, steps + 1).tolist() for name, value in levels.items()}
    modulators = tuple(level(name, [*course, course[-1]]) for name, course in courses.items())
    tables = [spike_table([train]) for train in trains]
    ends = []
    for name, table in zip(("source", "target"), tables, strict=True):
        model = spike_source(1, table.shape[1] - 1)
        renamed = model.threshold.replace("spike_time", f"{name}_time")
        model = replace(
            model,
            name=name,
            threshold=renamed,
            tables={f"{name}_time": model.tables["spike_time"]},
        )
        ends.append(nms.Population(name=name, size=1, model=model))
    path = "plastic.rho" if "rho" in rule.initial else "plastic.w"
    experiment = nms.Experiment(
        name="one_synapse",
        summary="One synapse between two cells that fire when told to.",
        source=OURS,
        circuit=nms.Circuit(
            populations=tuple(ends),
            modulators=modulators,
            projections=(
                nms.Projection(
                    name="plastic",
                    source="source",
                    target="target",
                    model=rule,
                    delay=options.pop("delay", None),
                    modulators={name: name for name in levels},
                ),
            ),
        ),
        conditions=ALWAYS,
        recording=nms.Recording(states={path: until * second}),
        duration=until * second,
        dt=DT * second,
        prepare=lambda setting: {
            "source.source_time": np.asarray(tables[0]),
            "target.target_time": np.asarray(tables[1]),
            **{f"{n}.{n}_course": np.array([*c, c[-1]]) for n, c in courses.items()},
        },
    )
    run = nms.simulate(experiment, device=options.pop("device", "numpy"), progress=False, **options)
    data = run["synapses/plastic"]
    return float(data["rho" if "rho" in data else "weight"][-1, 0])


def steps_of(trains):
    """Return all spikes as (step, order, who): in one step the presynaptic spike comes first."""
    pre, post = ([round(t / DT) for t in train] for train in trains)
    return sorted([(n, 0) for n in pre] + [(n, 1) for n in post])


def value(rule, name):
    return float(np.asarray(rule.parameters[name].value))


def nearest(trains, tau_plus, tau_minus):
    """Yield (step, trace of the other cell, who) for each spike, of nearest spikes only."""
    last = {0: -inf, 1: -inf}
    for step, who in steps_of(trains):
        tau = tau_minus if who == 0 else tau_plus
        yield step, exp(-(step - last[1 - who]) * DT / tau), who
        last[who] = step


# --- pull and push -------------------------------------------------------------------------------


def pull_push(beta, alpha1, m1, m1_effect=-1.0):
    w, down = 1.0, alpha1 - m1_effect * m1
    for _, other, who in nearest(TRAINS, 0.02, 0.02):
        if who == 0:
            w += other * (0.004 * beta - 0.01 * down)
        else:
            w += other * (0.01 * beta - 0.004 * down)
    return w


@pytest.mark.parametrize(
    ("levels", "how"),
    [((0.0, 0.0, 0.0), "event-driven"), ((0.9, 0.8, 0.0), "event-driven"), ((0.3, 0.2, 0.7), "clock-driven")],
)
def test_pull_push_is_a_sum_over_nearest_pairs(levels, how):
    found = moved(PULL_PUSH, dict(zip(("beta", "alpha1", "m1"), levels, strict=True)), third_factor=how)
    assert found == pytest.approx(pull_push(*levels), rel=1e-12)


def test_m1_takes_the_sign_it_is_given():
    """Fails when the effect of acetylcholine is fixed in the equations."""
    levels = {"beta": 0.0, "alpha1": 0.0, "m1": 0.7}
    found = moved(PULL_PUSH.with_parameters(m1_effect=1.0), levels)
    assert found == pytest.approx(pull_push(0, 0, 0.7, m1_effect=1.0), rel=1e-12)
    assert found > 1 > moved(PULL_PUSH, levels)


# --- acetylcholine, then dopamine ----------------------------------------------------------------


def sequential(ach, d1, sign=-1.0):
    """Step through time: acetylcholine acts at spikes, dopamine on the trace, held for each step."""
    events = {}
    for step, other, _ in nearest(TRAINS, 0.01, 0.01):
        events.setdefault(step, []).append(other)
    w, trace = 2.0, 0.0
    for n in range(round(UNTIL / DT)):
        gained = -trace * expm1(-DT / 2.0) * 2.0
        w = min(max(w + 0.01 * d1[n] * gained / 0.2, 1.0), 3.0)
        trace *= exp(-DT / 2.0)
        for other in events.get(n, ()):
            w += sign * 0.002 * ach * other
            trace += other
    return w


def test_acetylcholine_depresses_and_dopamine_converts():
    steps = np.arange(round(UNTIL / DT) + 1)
    d1 = np.where(steps > 220, 0.6 * np.exp(-(steps - 220) / 40), 0.0)
    for rule, sign in ((SEQUENTIAL, -1.0), (SEQUENTIAL_SUGISAKI, 1.0)):
        found = moved(rule, {"ach": 0.8, "d1": d1})
        assert found == pytest.approx(sequential(0.8, d1, sign), rel=1e-12)
    only_ach = moved(SEQUENTIAL, {"ach": 0.8, "d1": 0.0})
    assert only_ach == pytest.approx(sequential(0.8, 0 * d1), rel=1e-12) and only_ach < 2
    assert moved(SEQUENTIAL_SUGISAKI, {"ach": 0.8, "d1": 0.0}) > 2
    assert moved(SEQUENTIAL, {"ach": 0.8, "d1": d1}) > only_ach


def test_one_time_constant_may_serve_traces_of_both_cells():
    """Fails when a population's own copy of a shared parameter stays at zero: no trace would decay."""
    assert moved(SEQUENTIAL, {"ach": 1.0, "d1": 0.0}) == pytest.approx(
        moved(SEQUENTIAL, {"ach": 1.0, "d1": 0.0}, third_factor="clock-driven"), rel=1e-12
    )


# --- two traces ----------------------------------------------------------------------------------


def test_each_trace_waits_for_its_own_receptor():
    """Constant occupancy: what a trace of height h gains by the end is h tau (1 - exp(-T/tau))."""
    up = down = 0.0
    for step, other, who in nearest(TRAINS, 0.02, 0.02):
        left = UNTIL - (step + 1) * DT
        if who == 1:
            up += -other * 7.5 * expm1(-left / 7.5)
        else:
            down += -other * 3.75 * expm1(-left / 3.75)
    for beta2, ht2c in ((0.9, 0.0), (0.5, 0.7)):
        found = moved(TRANSFORMING_TRACES, {"beta2": beta2, "ht2c": ht2c})
        assert found - 1 == pytest.approx(0.01 * (beta2 * up - ht2c * down), rel=1e-10)


# --- the dopamine window -------------------------------------------------------------------------


def growth(delay, size=1.0, life=0.1):
    """Return ∫ ripe(t) D(t - delay)² dt for dopamine that fades, in closed form; delay in seconds."""
    tag, ripe, total = 0.8, 0.35, 0.0
    for k, factor in enumerate((1, -3, 3, -1)):
        rate = 1 / tag + k / ripe
        start = max(delay, 0.0)
        left = size**2 * exp(-2 * (start - delay) / life)
        total += factor * left * exp(-rate * start) / (rate + 2 / life)
    return total


def test_a_pair_ripens_before_dopamine_can_use_it():
    """Held steps of 1 ms make the run differ from the integral by a term in dt/life."""
    until = 1.5
    steps = np.arange(round(until / DT) + 1)
    for delay in (0.0, 0.6):
        begins = 50 + round(delay / DT)
        d1 = np.where(steps >= begins, np.exp(-(steps - begins) * DT / 0.1), 0.0)
        found = moved(DOPAMINE_WINDOW, {"d1": d1}, trains=[[0.040], [0.049]], until=until)
        expected = exp(-0.009 / 0.02) * growth(delay)
        assert found - 1 == pytest.approx(expected, rel=0.02), delay


def test_the_window_of_delays_is_that_of_the_source():
    delays = np.linspace(-1, 5, 601)
    share = np.array([growth(d) for d in delays])
    share /= share.max()
    assert delays[share.argmax()] == pytest.approx(0.6, abs=0.1)
    assert share[np.abs(delays) < 1e-9][0] < 0.1
    assert share[0] < 1e-6 and share[-1] < 0.02
    inside = (delays >= 0.3) & (delays <= 2.0)
    assert share[inside].min() > 0.2


def test_post_before_pre_leaves_no_tag():
    assert moved(DOPAMINE_WINDOW, {"d1": 1.0}, trains=[[0.060], [0.050]]) == 1.0


# --- calcium -------------------------------------------------------------------------------------

NOBODY = {"beta": 0.0, "d1": 0.0, "alpha1": 0.0, "m1": 0.0}


def calcium_ode(rule, trains, until, delay, levels, drift):
    """Integrate rho from one jump or threshold crossing of calcium to the next, with scipy.

    ``drift`` says whether the pull towards the two stable states is there above thresholds too.
    """
    p = {name: value(rule, name) for name in rule.parameters}
    up = p["gamma_p"] * (1 + p["a_beta"] * levels["beta"] + p["a_d1"] * levels["d1"])
    down = p["gamma_d"] * (1 + p["a_alpha1"] * levels["alpha1"] + p["a_m1"] * levels["m1"])
    high, low = p["theta_p"] * (1 - p["b_d1"] * levels["d1"]), p["theta_d"]
    jumps = [(t + delay, p["c_presynaptic"]) for t in trains[0]]
    jumps = sorted(jumps + [(t, p["c_postsynaptic"]) for t in trains[1]])
    rho, c = 0.5, 0.0
    for (start, jump), (stop, _) in pairwise([*jumps, (until, 0.0)]):
        c += jump
        crossings = {start + p["tau_ca"] * log(c / level) for level in (high, low) if c > level}
        edges = sorted({start, stop} | {t for t in crossings if t < stop})
        for a, b in pairwise(edges):
            middle = c * exp(-((a + b) / 2 - start) / p["tau_ca"])
            gains = up * (middle > high), down * (middle > low)

            def slope(t, r, gains=gains):
                pull = -r * (1 - r) * (0.5 - r) if drift or not any(gains) else 0.0
                return (pull + gains[0] * (1 - r) - gains[1] * r) / p["tau"]

            rho = solve_ivp(slope, (a, b), [rho], rtol=1e-11, atol=1e-13).y[0, -1]
        c *= exp(-(stop - start) / p["tau_ca"])
    return rho


PAIRED = [[0.010, 0.100, 0.150, 0.230, 0.400], [0.020, 0.090, 0.155, 0.240]]
SETS = [(GRAUPNER_BRUNEL_CULTURE, 10), (GRAUPNER_BRUNEL_SLICE, 19), (GRAUPNER_BRUNEL_CORTEX, 5)]
# Dopamine brings the threshold of potentiation below that of depression.
TURNED = GRAUPNER_BRUNEL_CORTEX.with_parameters(b_d1=0.5)
MIXED = {"beta": 0.4, "d1": 0.7, "alpha1": 0.3, "m1": 0.5}


@pytest.mark.parametrize(
    ("rule", "late", "levels"),
    [(*SETS[0], NOBODY), *((*one, MIXED) for one in SETS), (TURNED, 5, MIXED)],
    ids=["culture_control", "culture", "slice", "cortex", "turned"],
)
def test_calcium_moves_the_efficacy_as_an_integrator_says(rule, late, levels):
    """The last presynaptic spike only settles; what it does itself is not counted yet."""
    found = moved(rule, levels, trains=PAIRED, until=0.45, delay=late * ms)
    told = [PAIRED[0][:-1], PAIRED[1]]
    until = PAIRED[0][-1] + late * DT
    assert found == pytest.approx(calcium_ode(rule, told, until, late * DT, levels, False), rel=1e-9)
    full = calcium_ode(rule, told, until, late * DT, levels, True)
    assert found - 0.5 == pytest.approx(full - 0.5, rel=5e-3)
    assert abs(found - 0.5) > 1e-5


def test_efficacy_drifts_to_the_nearer_state():
    """Two spikes that let nothing in, far apart: the closed form of the double well."""
    rule = GRAUPNER_BRUNEL_CULTURE.with_parameters(c_presynaptic=0.0, tau=50 * ms)
    for start in (0.2, 0.51):
        found = moved(replace(rule, initial={**rule.initial, "rho": start}), NOBODY, trains=[[0.0, 0.2], []])
        pull = solve_ivp(
            lambda t, r: -r * (1 - r) * (0.5 - r) / 0.05, (0, 0.2), [start], rtol=1e-11, atol=1e-13
        )
        assert found == pytest.approx(pull.y[0, -1], rel=1e-9)


def test_calcium_needs_no_other_program_by_the_clock():
    """Fails when the clock-driven and the event-driven program read receptors at other times."""
    options = {"trains": PAIRED, "until": 0.45, "delay": 10 * ms}
    lazy = moved(GRAUPNER_BRUNEL_CULTURE, MIXED, **options)
    clock = moved(GRAUPNER_BRUNEL_CULTURE, MIXED, third_factor="clock-driven", **options)
    assert clock == pytest.approx(lazy, rel=1e-12)


def test_acetylcholine_may_spare_a_synapse():
    levels = {**NOBODY, "m1": 1.0}
    options = {"trains": [[0.015, 0.2], [0.010]], "delay": 10 * ms}
    worse = moved(GRAUPNER_BRUNEL_SLICE, levels, **options)
    spared = moved(GRAUPNER_BRUNEL_SLICE.with_parameters(a_m1=-1.0), levels, **options)
    assert worse < spared == 0.5


# --- the table -----------------------------------------------------------------------------------


def test_rows_have_keys_and_say_where_they_are_from():
    assert len({row.key for row in WINDOWS}) == len(WINDOWS)
    for row in WINDOWS:
        assert row.citation and row.preparation and row.timing, row.key
        assert row.evidence in ("reported", "unverified") and row.timing_evidence in (
            "reported",
            "unverified",
        )
        assert row.doi == "" or row.doi.startswith("10.")


def test_conflicting_rows_name_each_other_and_differ():
    pairs = [(row, window(row.conflicts_with)) for row in WINDOWS if row.conflicts_with]
    assert {row.key for row, _ in pairs} == {"ca1_acetylcholine", "ca1_eserine"}
    for row, other in pairs:
        assert other.conflicts_with == row.key
        assert (row.modulator, row.preparation) == (other.modulator, other.preparation)
        assert row.signs == tuple(-sign for sign in other.signs)


def test_rules_named_in_the_table_exist():
    known = nms.models()
    named = {row.rule for row in WINDOWS if row.rule}
    assert named <= set(known)
    assert len(named) >= 6
