"""Each effect on the cells or synapses it is meant for, in a running circuit, by a pool and its receptor.

A bath holds the modulator constant, at another dose in each region; cells of a population are spread
over the regions, so that one run holds the control beside the dose.
"""

from typing import Any

import numpy as np
import pytest
from brian2 import Hz, ms, mV, nS, pA, second
from brian2.units.stdunits import nM, uM

import neuromodsim as nms
from neuromodsim.equations import (
    ADAPTIVE_EXPONENTIAL,
    ALPHA1,
    ALPHA2A,
    ALPHA2A_H_CURRENT,
    BATH,
    BETA,
    CURRENT_SYNAPSE,
    D1_EJDRUP,
    D2_DREYER,
    D2_SOMA_DREYER,
    DA_SOMA,
    DOPAMINE_NEURON,
    DORSAL_RAPHE_NEURON,
    ELECTRODE,
    FIXED_CURRENT,
    FIXED_WEIGHT,
    GIRK,
    GLUTAMATE,
    INPUT_GAIN,
    IZHIKEVICH,
    LEAKY_H,
    M1,
    M1_ADAPTATION,
    M2_M4,
    MEDIUM_SPINY,
    MEDIUM_SPINY_D1_TUNED,
    MEDIUM_SPINY_D2,
    NORADRENERGIC_BURSTING,
    POISSON,
    RAPHE_SEROTONIN,
    RELEASE_ALL_SOMA,
    RELEASE_PROBABILITY,
    SEROTONIN_1A,
    SHORT_TERM,
    SYNAPTIC_GAIN,
)
from tests.pretend import ALWAYS, OURS


def cells(name, model, doses, each=1, **initial):
    """Return a population that has this many cells in the region of each dose."""
    return nms.Population(name=name, size=doses * each, model=model, initial=initial)


def regions(doses, each):
    """Return the region of each cell of such a population."""
    return tuple(np.repeat(np.arange(doses), each).tolist())


def bath(name, doses, receptors, effects, **each):
    """Return a bath with a region for each dose; ``each`` says how many cells of a population lie in one."""
    return nms.Neuromodulator(
        name,
        pool=BATH,
        geometry=nms.WellMixed(regions=len(doses)),
        receptors=receptors,
        effects=effects,
        compartment_of={population: regions(len(doses), n) for population, n in each.items()},
    )


def washed_in(name, doses, receptors):
    """Return values for a bath at these doses, with receptors in balance."""
    C = np.array([float(dose / nM) for dose in doses])
    found: dict[str, Any] = {f"{name}.C": C * nM}
    for level, receptor in receptors.items():
        found[f"{name}.{level}"] = C / (C + float(receptor.parameters["K_d"].value / nM))
    return found


def run(circuit, *neuromodulators, values, duration, dt, spikes=(), states=None):
    """Return a run of a circuit on NumPy."""
    described = nms.Experiment(
        name="pretend_action",
        summary="A test.",
        source=OURS,
        circuit=nms.add_neuromodulators(circuit, *neuromodulators),
        conditions=ALWAYS,
        recording=nms.Recording(spikes=dict.fromkeys(spikes, nms.Window()), states=states or {}),
        duration=duration,
        dt=dt,
    )
    return nms.simulate(described, device="numpy", parameters=values)


def counts(found, name, size):
    """Return how often each cell fired."""
    return np.bincount(found[f"spikes/{name}"]["neuron"].values, minlength=size)


def trains(found, name, size):
    """Return the times of each cell's spikes in seconds."""
    spikes = found[f"spikes/{name}"]
    return [spikes["time"].values[spikes["neuron"].values == k] for k in range(size)]


CURRENTS = np.arange(150, 450, 15)
STRIATAL = {"D1": D1_EJDRUP, "D2": D2_DREYER}
BOTH = (0 * nM, 20 * uM)  # 95 % of either receptor


def striatum(rate, current, duration):
    """Return spikes of direct and of indirect cells, each shape ``(dose, cell)``."""
    n = len(current)
    populations = tuple(
        cells(name, MEDIUM_SPINY, 2, n, I=np.tile(current, 2) * pA) for name in ("direct", "indirect")
    )
    cortex = nms.Population(name="cortex", size=100, model=POISSON, initial={"rate": rate * Hz})
    synapses = tuple(
        nms.Projection(name=f"to_{p.name}", source="cortex", target=p.name, model=GLUTAMATE)
        for p in populations
    )
    dopamine = bath(
        "dopamine",
        BOTH,
        STRIATAL,
        (nms.Effect(MEDIUM_SPINY_D1_TUNED, on="direct"), nms.Effect(MEDIUM_SPINY_D2, on="indirect")),
        direct=n,
        indirect=n,
    )
    circuit = nms.Circuit(populations=(cortex, *populations), projections=synapses)
    values = washed_in("dopamine", BOTH, STRIATAL)
    found = run(
        circuit,
        dopamine,
        values=values,
        duration=duration,
        dt=0.25 * ms,
        spikes=("direct", "indirect"),
    )
    return [counts(found, name, 2 * n).reshape(2, n) for name in ("direct", "indirect")]


def test_dopamine_on_medium_spiny_neurons_driven_by_current():
    """D1 starts later and ends higher; D2 starts no later: the signs of the article."""
    direct, indirect = striatum(0, CURRENTS, 300 * ms)
    (plain, with_d1), (same, with_d2) = direct, indirect
    np.testing.assert_array_equal(plain, same)
    start = [np.argmax(f > 0) for f in (with_d2, plain, with_d1)]
    assert 0 < start[0] <= start[1] < start[2]
    assert with_d1[-1] > plain[-1] > 0
    assert with_d2.sum() > plain.sum()


def test_dopamine_on_medium_spiny_neurons_driven_by_synapses():
    """D1 raises NMDA and firing; D2 lowers AMPA and firing, although its membrane gets easier to start."""
    direct, indirect = striatum(20, np.zeros(10), 400 * ms)
    assert direct[1].sum() > 1.1 * direct[0].sum() > 0
    assert 0 < indirect[1].sum() < 0.8 * indirect[0].sum()


def test_alpha2a_lowers_rest_and_lets_inputs_add_up():
    """Wang et al.'s direction: fewer h-channels, a lower rest, and a train of inputs that sums to more."""
    doses = (0 * nM, 560 * nM)
    cortical = cells("cortical", LEAKY_H, 2, 1, v=-74 * mV, m=0.24)
    electrode = nms.Population(name="electrode", size=1, model=ELECTRODE)
    input_ = nms.Projection(
        name="input", source="electrode", target="cortical", model=FIXED_CURRENT, initial={"w": 60 * pA}
    )
    effect = nms.Effect(ALPHA2A_H_CURRENT, on="cortical")
    noradrenaline = bath("noradrenaline", doses, {"alpha2A": ALPHA2A}, (effect,), cortical=1)
    train = {"electrode.onset": 500 * ms, "electrode.pulses": 5.0, "electrode.frequency": 50 * Hz}
    found = run(
        nms.Circuit(populations=(cortical, electrode), projections=(input_,)),
        noradrenaline,
        values=washed_in("noradrenaline", doses, {"alpha2A": ALPHA2A}) | train,
        duration=620 * ms,
        dt=0.5 * ms,
        states={"cortical.v": 0.5 * ms, "cortical.m": 0.5 * ms},
    )["state/cortical"]
    v, at = found.v.values, 1000
    rest = v[at]
    assert found.m.values[at, 1] < 0.8 * found.m.values[at, 0]
    assert rest[1] < rest[0] - 1
    height = v[at:] - rest
    first, last = height[:40].max(axis=0), height[160:].max(axis=0)
    assert (last / first)[1] > 1.05 * (last / first)[0] > 1.05
    assert last[1] > last[0]


def test_m1_takes_adaptation_from_a_train():
    """More spikes to the same current, and the last interval closer to the first."""
    doses = (0 * uM, 3 * uM, 30 * uM)
    cortical = cells("cortical", ADAPTIVE_EXPONENTIAL, 3, 1, I=800 * pA)
    acetylcholine = bath(
        "acetylcholine", doses, {"M1": M1}, (nms.Effect(M1_ADAPTATION, on="cortical"),), cortical=1
    )
    found = run(
        nms.Circuit(populations=(cortical,)),
        acetylcholine,
        values=washed_in("acetylcholine", doses, {"M1": M1}),
        duration=400 * ms,
        dt=0.2 * ms,
        spikes=("cortical",),
    )
    times = trains(found, "cortical", 3)
    assert len(times[0]) < len(times[1]) < len(times[2]) and len(times[2]) > 1.5 * len(times[0]) > 4
    slowed = [np.diff(one)[-1] / np.diff(one)[0] for one in times]
    assert slowed[0] > slowed[1] > slowed[2]


def test_serotonin_hyperpolarises_the_raphe():
    """5-HT1A opens GIRK: at rest, the membrane goes down by g/(g + g_L) of the way to its reversal."""
    doses = (0 * nM, 50 * nM, 500 * nM)
    simple = cells("simple", DORSAL_RAPHE_NEURON, 3)
    detailed = cells("detailed", RAPHE_SEROTONIN.with_parameters(lambda_0=0 * Hz), 3)
    effects = tuple(nms.Effect(GIRK, on=p, reads={"soma": "HT1A"}) for p in ("simple", "detailed"))
    serotonin = bath("serotonin", doses, {"HT1A": SEROTONIN_1A}, effects, simple=1, detailed=1)
    found = run(
        nms.Circuit(populations=(simple, detailed)),
        serotonin,
        values=washed_in("serotonin", doses, {"HT1A": SEROTONIN_1A}),
        duration=400 * ms,
        dt=0.5 * ms,
        states={"simple.v": 100 * ms, "detailed.v": 100 * ms},
    )
    level = np.array([0, 1 / 2, 10 / 11])
    rest = found["state/simple"].v.values[-1]
    # A hair above the leak's reversal, by what the spike's exponential adds at rest.
    assert rest == pytest.approx(-52 - 38 * 2 * level / (1.8 + 2 * level), abs=0.15)
    assert (np.diff(found["state/detailed"].v.values[-1]) < -3).all()


def test_a_somatodendritic_loop_on_spiking_cells_settles_at_a_lower_rate():
    """Dopamine around cell bodies, D2 and GIRK: the nucleus slows itself, and neither stops nor swings."""
    vta = nms.Population(
        name="vta",
        size=40,
        model=DOPAMINE_NEURON.with_parameters(noise_sd=10 * pA),
        initial={"I": 60 * pA, "v": "v_reset + (V_T - v_reset)*rand()", "I_w": "60*pA*rand()"},
    )
    dopamine = nms.Neuromodulator(
        "dopamine",
        nucleus=vta,
        release=RELEASE_ALL_SOMA,
        pool=DA_SOMA,
        autoreceptors=(nms.Autoreceptor(name="D2", receptor=D2_SOMA_DREYER, effect=GIRK, acts_on="nucleus"),),
    )
    rates, last = {}, {}
    for g in (0, 2):
        found = run(
            nms.Circuit(populations=()),
            dopamine,
            values={"vta.g_girk": g * nS},
            duration=3 * second,
            dt=1 * ms,
            spikes=("vta",),
            states={"dopamine.C": 20 * ms},
        )
        spikes = found["spikes/vta"]["time"].values
        rates[g] = np.histogram(spikes, np.arange(0, 3.1, 0.5))[0] / 40 / 0.5
        last[g] = found["modulators/dopamine"].C.values[75:, 0]
    settled = {g: r[3:].mean() for g, r in rates.items()}
    assert settled[0] > 1.1 * settled[2] > 1
    assert last[0].mean() > 1.1 * last[2].mean()
    for g, one in rates.items():
        assert one[3:] == pytest.approx(settled[g], rel=0.15), g
        assert last[g].std() < 0.25 * last[g].mean()


def test_noradrenaline_turns_regular_spikers_into_bursters():
    """At half of α1 the reset is -50 mV and the jump 2 mV: intervals become short or long."""
    doses = (0 * nM, 330 * nM)
    n = 20
    cortex = cells("cortex", IZHIKEVICH, 2, n)
    drive = nms.Population(name="drive", size=100, model=POISSON, initial={"rate": 100 * Hz})
    input_ = nms.Projection(
        name="input", source="drive", target="cortex", model=FIXED_WEIGHT, initial={"w": 0.9 * mV}
    )
    effect = nms.Effect(NORADRENERGIC_BURSTING, on="cortex", reads={"level": "alpha1"})
    found = run(
        nms.Circuit(populations=(cortex, drive), projections=(input_,)),
        bath("noradrenaline", doses, {"alpha1": ALPHA1}, (effect,), cortex=n),
        values=washed_in("noradrenaline", doses, {"alpha1": ALPHA1}),
        duration=1 * second,
        dt=1 * ms,
        spikes=("cortex",),
    )
    intervals = [np.diff(one) for one in trains(found, "cortex", 2 * n)]
    regular, bursting = np.concatenate(intervals[:n]), np.concatenate(intervals[n:])
    quick = [np.mean(one < 8e-3) for one in (regular, bursting)]
    assert quick[0] < 0.05 and quick[1] > 0.5
    variation = [one.std() / one.mean() for one in (regular, bursting)]
    assert variation[0] < 0.6 and variation[1] > 1


def test_gain_makes_the_answer_to_current_steeper():
    """Around 100 pA: less from less, more from more."""
    doses = (0 * nM, 740 * nM)
    current = np.array([60, 100, 140])
    cortex = cells("cortex", DOPAMINE_NEURON, 2, 3, I=np.tile(current, 2) * pA)
    effect = nms.Effect(INPUT_GAIN, on="cortex", reads={"level": "beta"})
    found = run(
        nms.Circuit(populations=(cortex,)),
        bath("noradrenaline", doses, {"beta": BETA}, (effect,), cortex=3),
        values=washed_in("noradrenaline", doses, {"beta": BETA}) | {"cortex.gain_centre": 100 * pA},
        duration=1 * second,
        dt=0.5 * ms,
        spikes=("cortex",),
    )
    plain, steep = counts(found, "cortex", 6).reshape(2, 3)
    assert steep[0] < plain[0] and steep[1] == plain[1] and steep[2] > plain[2]


def currents(model, effect, level, receptor, doses, spikes, **values):
    """Return what each spike of a train brings into a cell at each dose, shape ``(spike, dose)``, in pA."""
    target = cells("target", DOPAMINE_NEURON, len(doses), 1, I=-60 * pA)
    electrode = nms.Population(name="electrode", size=1, model=ELECTRODE)
    synapse = nms.Projection(name="input", source="electrode", target="target", model=model)
    reads = {"level": level}
    train = {
        "electrode.onset": 10 * ms,
        "electrode.pulses": float(spikes),
        "electrode.frequency": 20 * Hz,
    }
    found = run(
        nms.Circuit(populations=(target, electrode), projections=(synapse,)),
        bath("modulator", doses, {level: receptor}, (nms.Effect(effect, on="input", reads=reads),), target=1),
        values=washed_in("modulator", doses, {level: receptor}) | train | values,
        duration=(10 + 50 * spikes) * ms,
        dt=0.5 * ms,
        states={"target.I_synaptic": 0.5 * ms},
    )["state/target"]
    trace = found["I_synaptic"].values
    at = [20 + 100 * k for k in range(spikes)]
    return np.array([trace[k + 1] - trace[k] for k in at])


def test_a_receptor_after_the_synapse_scales_all_spikes_alike():
    """At no, half and two thirds of β, whose gain is 0.5: 1, 1.25 and 1.33 times 20 pA."""
    found = currents(CURRENT_SYNAPSE, SYNAPTIC_GAIN, "beta", BETA, (0 * nM, 740 * nM, 1480 * nM), 3)
    assert found[0] == pytest.approx([20, 25, 20 * 4 / 3], rel=0.02)
    assert found[2] == pytest.approx(found[0], rel=0.02)


def test_a_receptor_before_the_synapse_raises_the_paired_pulse_ratio():
    """M4 lowers the release probability: a smaller first answer, and a second that is relatively larger."""
    found = currents(SHORT_TERM, RELEASE_PROBABILITY, "M4", M2_M4, (0 * uM, 0.3 * uM, 30 * uM), 2)
    first, second_ = found
    assert first == pytest.approx(np.array([50, 37.5, 25]), rel=0.02)
    ratio = second_ / first
    assert ratio[0] < ratio[1] < ratio[2]
    # What is left after the first, and what 50 ms of 800 bring back.
    refilled = 1 - first / 100 * np.exp(-50 / 800)
    assert ratio == pytest.approx(refilled, rel=0.01)
