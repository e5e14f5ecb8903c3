"""Bounds of a weight that is only looked at now and then, against a closed form and a brute-force reference.

The reference moves every weight in every step and holds it at its bounds there; it shares no code with
the engine. A modulator that is set anew in every step is held for the step, which makes both the same.
"""

import sys
from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, second

import neuromodsim as nms
from neuromodsim.builder import region
from neuromodsim.equations import PHASIC_DOPAMINE
from neuromodsim.numerics import turning
from neuromodsim.transforms import third_factor
from tests.pretend import OURS, spike_driven, spike_source, spike_table

STEPS, CELLS, DT = 600, 6, 1e-3
TAU = {"c": 0.3, "b": 0.07}
LOW, HIGH = -0.2, 0.3


def rule(terms: int, on_post: str = "c += 0.6", **changes) -> nms.SynapseModel:
    """Return a rule of one or two eligibilities whose modulators take any sign."""
    second_term = ("db/dt = -b/tau_b : 1\n", " + b*q/second") if terms == 2 else ("", "")
    modulators = ("d", "q")[:terms]
    return nms.SynapseModel(
        **{
            "name": "signed",
            "summary": "Eligibility times signed modulators, within bounds.",
            "source": OURS,
            "equations": f"dc/dt = -c/tau_c : 1\n{second_term[0]}dw/dt = c*d/second{second_term[1]} : 1\n"
            + "".join(f"{name} : 1\n" for name in modulators),
            "modulators": modulators,
            "on_pre": "c -= 0.4" if terms == 1 else "c -= 0.4\nb += 0.5",
            "on_post": on_post,
            "bounds": {"w": ("low", "high")},
            "parameters": {
                "tau_c": nms.Parameter(TAU["c"] * second, "life of the eligibility"),
                "low": nms.Parameter(LOW, "smallest weight"),
                "high": nms.Parameter(HIGH, "largest weight"),
                **({"tau_b": nms.Parameter(TAU["b"] * second, "life of the other")} if terms == 2 else {}),
            },
            **changes,
        }
    )


def told(name: str, regions: int) -> nms.Modulator:
    """Return a modulator that a table tells its level, one row per step."""
    model = nms.ModulatorModel(
        name=f"told_{name}",
        summary="Does what a table says.",
        source=OURS,
        equations=f"d = {name}_level_at(timestep(t, dt), i) : 1",
        level="d",
        tables={f"{name}_level_at": nms.Table(shape=(STEPS, regions), meaning="level in each step")},
    )
    return nms.Modulator(name=name, model=model, regions=regions)


def subject(levels: dict[str, np.ndarray], trains, model, sample=50 * ms, regions=1) -> nms.Experiment:
    """Return cells that all reach each other, in one region or in one each."""
    table = spike_table(trains)
    pairs = [(i, j) for i in range(CELLS) for j in range(CELLS)]
    projection = nms.Projection(
        name="plastic",
        source="cells",
        target="cells",
        model=model,
        wiring=nms.Pairs(*(tuple(ends) for ends in zip(*pairs, strict=True))),
        modulators=dict(zip(model.modulators, levels, strict=True)),
    )
    cells = nms.Population(name="cells", size=CELLS, model=spike_source(CELLS, table.shape[1] - 1))
    tables = {f"{name}.{name}_level_at": level for name, level in levels.items()}
    base = spike_driven([[0.1]])
    return replace(
        base,
        circuit=nms.Circuit(
            populations=(cells,),
            modulators=tuple(told(name, regions) for name in levels),
            projections=(projection,),
        ),
        recording=nms.Recording(states={"plastic.w": sample}),
        duration=STEPS * DT * second,
        prepare=lambda setting: {"cells.spike_time": np.asarray(table), **tables},
    )


def reference(levels: dict[str, np.ndarray], trains, model, low=LOW, high=HIGH) -> np.ndarray:
    """Return the weight of each synapse at the beginning of each step and at the end, step by step."""
    fired = np.zeros((STEPS, CELLS), bool)
    for cell, train in enumerate(trains):
        fired[np.rint(np.array(train) / DT).astype(int), cell] = True
    w, c, b = (np.zeros((CELLS, CELLS)) for _ in range(3))
    jumps = "w += 0.35" in model.on_post
    found = []
    for step in range(STEPS):
        found.append(w.ravel().copy())
        weigh = {name: -np.expm1(-DT / TAU[n]) * TAU[n] for name, n in zip(levels, ("c", "b"), strict=False)}
        for (name, level), trace in zip(levels.items(), (c, b), strict=False):
            w = w + trace * weigh[name] * level[step][np.newaxis, :]
        w = np.clip(w, low, high)
        c, b = c * np.exp(-DT / TAU["c"]), b * np.exp(-DT / TAU["b"])
        c = c - 0.4 * fired[step][:, np.newaxis]
        b = b + 0.5 * fired[step][:, np.newaxis] * (len(levels) == 2)
        c = c + 0.6 * fired[step][np.newaxis, :]
        if jumps:
            w = np.clip(w + 0.35 * fired[step][np.newaxis, :], low, high)
    return np.array([*found, w.ravel()])


@pytest.fixture
def trains(rng):
    """Return sorted spike times, some of them of both cells in one step."""
    steps = [np.sort(rng.choice(STEPS - 20, 14, replace=False)) for _ in range(CELLS)]
    steps[1][:5] = steps[0][:5]
    return [np.unique(train) * DT for train in steps]


def noise(rng, regions: int, terms: int) -> dict[str, np.ndarray]:
    """Return signed levels that change their sign now and then, and stand still in between."""
    names = ("dopamine", "serotonin")[:terms]
    slow = {n: np.repeat(rng.normal(0, 40, (STEPS // 20, regions)), 20, axis=0) for n in names}
    slow["dopamine"][100:140] = 0
    slow["dopamine"][200:260] *= rng.choice([-1, 1], (60, regions))
    return slow


def recorded(experiment: nms.Experiment, **how) -> np.ndarray:
    run = nms.simulate(experiment, **{"device": "numpy", **how})
    return run["synapses/plastic"]["weight"].values


@pytest.mark.parametrize("terms", [1, 2])
@pytest.mark.parametrize("regions", [1, CELLS])
@pytest.mark.parametrize("on_post", ["c += 0.6", "c += 0.6\nw += 0.35"], ids=["plain", "jumps"])
def test_equals_a_weight_held_in_every_step(rng, trains, terms, regions, on_post):
    levels, model = noise(rng, regions, terms), rule(terms, on_post)
    expected = reference(levels, trains, model)
    free = reference(levels, trains, model, -1e9, 1e9)
    assert np.mean((expected == LOW) | (expected == HIGH)) > 0.05  # bounds are met
    assert np.max(np.abs(free - expected)) > 1  # and matter
    found = recorded(subject(levels, trains, model, regions=regions))
    np.testing.assert_allclose(found, expected[::50], rtol=0, atol=1e-13)


@pytest.mark.parametrize("device", ["cpp"])
def test_the_compiled_program_does_the_same(rng, trains, device):
    levels, model = noise(rng, 1, 2), rule(2, "c += 0.6\nw += 0.35")
    expected = reference(levels, trains, model)
    found = recorded(subject(levels, trains, model), device=device)
    np.testing.assert_allclose(found, expected[::50], rtol=0, atol=1e-13)


def test_rows_of_a_matrix_do_the_same(rng, monkeypatch):
    """From all to all without delay, where a compiled program goes through eight rows at once."""
    cells = 9
    monkeypatch.setattr(sys.modules[__name__], "CELLS", cells)
    common = np.sort(rng.choice(STEPS - 20, 12, replace=False))
    trains = [np.union1d(common, rng.choice(STEPS - 20, 6)) * DT for _ in range(cells)]
    levels = noise(rng, cells, 1)
    whole = subject(levels, trains, rule(1, on_post=""), regions=cells)
    dense = replace(whole.circuit.projections[0], wiring=nms.AllToAll())
    whole = replace(whole, circuit=replace(whole.circuit, projections=(dense,)))
    expected = recorded(whole)
    assert np.mean((expected == LOW) | (expected == HIGH)) > 0.05
    np.testing.assert_allclose(recorded(whole, device="cpp"), expected, rtol=0, atol=1e-13)


@pytest.mark.parametrize("terms", [1, 2])
def test_how_often_a_weight_is_recorded_does_not_matter(rng, trains, terms):
    levels, model = noise(rng, 1, terms), rule(terms)
    often, seldom = (recorded(subject(levels, trains, model, sample=s)) for s in (1 * ms, 600 * ms))
    np.testing.assert_allclose(seldom[-1], often[-1], rtol=0, atol=1e-13)


@pytest.mark.parametrize("terms", [1, 2])
def test_how_often_all_is_brought_up_to_date_does_not_matter(rng, trains, terms, monkeypatch):
    levels, model = noise(rng, 1, terms), rule(terms)
    usual = recorded(subject(levels, trains, model, sample=200 * ms))
    monkeypatch.setattr(third_factor, "FLUSH_AFTER", 0.5)
    np.testing.assert_allclose(recorded(subject(levels, trains, model, sample=200 * ms)), usual, atol=1e-13)


def test_turns_never_take_more_room_than_there_is(rng, trains, monkeypatch):
    """Catches a list of turns that grows beyond its room, or a step that is forgotten where it is full."""
    levels, model = noise(rng, 1, 2), rule(2)
    expected = reference(levels, trains, model)
    for module in (turning, region):
        monkeypatch.setattr(module, "longest", lambda rows, terms: 7)
    found = recorded(subject(levels, trains, model, sample=200 * ms))
    np.testing.assert_allclose(found, expected[::200], rtol=0, atol=1e-13)


def test_a_burst_and_a_dip_of_dopamine_equal_the_closed_form():
    """The weight rises to its bound, where the rest of the burst is lost, and then falls by the whole dip."""
    changed = {"plastic.tau_c": 1e4 * second, "plastic.w_max": "4 mV", "plastic.w_min": "-1 V"}
    found = []
    for sample in (1 * ms, 1 * second):
        base = spike_driven([[0.010], [0.010], [0.020]], sample=sample, dt=1 * ms)
        dips = nms.Projection(
            name="dip",
            source="cells",
            target="dopamine",
            model=replace(base.circuit.projections[1].model, name="dip", on_pre="d_post -= step"),
            wiring=nms.Pairs((3,), (0,)),
        )
        table = spike_table([[0.010], [0.012], [0.020], [0.4]])
        cells = replace(base.circuit.populations[0], size=4, model=spike_source(4, 1))
        circuit = replace(base.circuit, populations=(cells,), projections=(*base.circuit.projections, dips))
        burst = replace(
            base, circuit=circuit, prepare=lambda setting, t=table: {"cells.spike_time": np.asarray(t)}
        )
        parameters = {**changed, "release_dopamine.step": 100.0, "dip.step": 20.0}
        run = nms.simulate(burst, device="numpy", duration=2 * second, parameters=parameters)
        found.append(run["synapses/plastic"]["weight"].values[-1, 0])
    tag, tau_c, tau_d = np.exp(-0.002 / 0.02), 1e4, float(PHASIC_DOPAMINE.parameters["tau_d"].value)
    rate = 1 / tau_c + 1 / tau_d
    at_dip = 100 * np.exp(-(0.4 - 0.020) / tau_d) - 20
    start = tag * np.exp(-(0.4 - 0.012) / tau_c)
    fall = start * at_dip * -np.expm1(-rate * (2.0 - 0.401)) / rate  # in mV
    assert at_dip < 0
    assert found == pytest.approx([4 + fall] * 2, rel=1e-12)


def test_a_run_much_shorter_than_a_flush_runs():
    """Brian2 leaves out a run in this process that is ten thousand times shorter than a clock's interval."""
    base = spike_driven([[0.010], [0.015], [0.020]], sample=100 * ms)
    for tau_c in (1e3, 1e5, 1e7):
        run = nms.simulate(
            base, device="numpy", duration=400 * ms, parameters={"plastic.tau_c": tau_c * second}
        )
        assert run["synapses/plastic"]["weight"].values[-1, 0] > 0.1
        assert run["synapses/plastic"]["time"].size == 5


def test_replicas_keep_bounds_of_their_own(rng, trains):
    levels, model = noise(rng, 1, 2), rule(2, "c += 0.6\nw += 0.35")
    highs = (HIGH, 0.1)
    runs = nms.simulate(
        subject(levels, trains, model), device="numpy", replicas=2, parameters={"plastic.high": list(highs)}
    )
    for k, high in enumerate(highs):
        found = runs[f"replica_{k}/synapses/plastic"]["weight"].values
        expected = reference(levels, trains, model, LOW, high)[::50]
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-13)
