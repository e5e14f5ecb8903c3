"""Four nuclei side by side, each with its pool, receptor and target; tonic firing that blunts a burst."""

from functools import cache

import numpy as np
import pytest
from brian2 import ms, pA, second
from brian2.units.stdunits import nM

import neuromodsim as nms
from neuromodsim.equations import (
    ACH_AMBIENT,
    ADAPTIVE_EXPONENTIAL,
    ALPHA2A,
    ALPHA2A_H_CURRENT,
    BASAL_FOREBRAIN_NEURON,
    CURRENT_SYNAPSE,
    D1_EJDRUP,
    D2_TERMINAL_DREYER,
    DA_VTA_DREYER,
    DOPAMINE_NEURON,
    DORSAL_RAPHE_NEURON,
    ELECTRODE,
    FIXED_CURRENT,
    GIRK,
    LEAKY_H,
    LOCUS_COERULEUS_NEURON,
    M1,
    M1_ADAPTATION,
    MEDIUM_SPINY,
    MEDIUM_SPINY_D1,
    NA_LC_SLICE,
    RELEASE_ALL,
    RELEASE_ALL_ACETYLCHOLINE,
    SEROTONIN_1A,
    SEROTONIN_2A,
    SEROTONIN_TERMINAL_REED,
    SEROTONIN_VESICLES,
    SYNAPTIC_GAIN,
    TERMINAL_AUTORECEPTOR,
    VESICLE_POOL,
)
from tests.pretend import ALWAYS, OURS

CELLS = 10
DRIVE = {"vta": 60, "forebrain": 100, "raphe": 60, "coeruleus": 60}  # pA
NUCLEUS_OF = {
    "dopamine": "vta",
    "acetylcholine": "forebrain",
    "serotonin": "raphe",
    "noradrenaline": "coeruleus",
}


def nucleus(name, model):
    """Return noisy cells at work."""
    begun = {"I": DRIVE[name] * pA, "v": "v_reset + (V_T - v_reset)*rand()"}
    return nms.Population(name=name, size=CELLS, model=model.with_parameters(noise_sd=5 * pA), initial=begun)


DOPAMINE = nms.Neuromodulator(
    "dopamine",
    nucleus=nucleus("vta", DOPAMINE_NEURON),
    release=RELEASE_ALL,
    pool=DA_VTA_DREYER,
    receptors={"D1": D1_EJDRUP},
    autoreceptors=(
        nms.Autoreceptor(name="terminal", receptor=D2_TERMINAL_DREYER, effect=TERMINAL_AUTORECEPTOR),
    ),
    effects=(nms.Effect(MEDIUM_SPINY_D1, on="striatum"),),
)
ACETYLCHOLINE = nms.Neuromodulator(
    "acetylcholine",
    nucleus=nucleus("forebrain", BASAL_FOREBRAIN_NEURON),
    release=RELEASE_ALL_ACETYLCHOLINE,
    pool=ACH_AMBIENT,
    receptors={"M1": M1},
    effects=(nms.Effect(M1_ADAPTATION, on="cortex"),),
)
SEROTONIN = nms.Neuromodulator(
    "serotonin",
    nucleus=nucleus("raphe", DORSAL_RAPHE_NEURON),
    release=SEROTONIN_VESICLES,
    pool=SEROTONIN_TERMINAL_REED,
    receptors={"HT2A": SEROTONIN_2A},
    autoreceptors=(nms.Autoreceptor(name="HT1A", receptor=SEROTONIN_1A, effect=GIRK, acts_on="nucleus"),),
    effects=(nms.Effect(SYNAPTIC_GAIN, on="thalamocortical", reads={"level": "HT2A"}),),
)
NORADRENALINE = nms.Neuromodulator(
    "noradrenaline",
    nucleus=nucleus("coeruleus", LOCUS_COERULEUS_NEURON),
    release=VESICLE_POOL,
    pool=NA_LC_SLICE,
    receptors={"alpha2A": ALPHA2A},
    effects=(nms.Effect(ALPHA2A_H_CURRENT, on="frontal"),),
)
FOUR = (DOPAMINE, ACETYLCHOLINE, SEROTONIN, NORADRENALINE)

TARGETS = nms.Circuit(
    populations=(
        nms.Population(name="striatum", size=3, model=MEDIUM_SPINY, initial={"I": 300 * pA}),
        nms.Population(name="cortex", size=3, model=ADAPTIVE_EXPONENTIAL, initial={"I": 700 * pA}),
        nms.Population(name="thalamus", size=1, model=ELECTRODE),
        nms.Population(name="frontal", size=3, model=LEAKY_H),
    ),
    projections=(
        nms.Projection(name="thalamocortical", source="thalamus", target="cortex", model=CURRENT_SYNAPSE),
    ),
)
LEVELS = (
    "dopamine.D1",
    "dopamine.terminal",
    "acetylcholine.M1",
    "serotonin.HT1A",
    "serotonin.HT2A",
    "noradrenaline.alpha2A",
)
SEEN = ("striatum.v", "cortex.v", "cortex.I_synaptic", "frontal.v")

WHOLE = nms.Experiment(
    name="pretend_four",
    summary="A test.",
    source=OURS,
    circuit=nms.add_neuromodulators(TARGETS, *FOUR),
    conditions=ALWAYS,
    recording=nms.Recording(
        spikes={name: nms.Window() for name in DRIVE},
        states={path: 5 * ms for path in (*(f"{one.name}.C" for one in FOUR), *LEVELS, *SEEN)},
    ),
    duration=450 * ms,
    dt=1 * ms,
    parameters={"thalamus.onset": 430 * ms, "thalamus.pulses": 1.0},
)


@cache
def run(silent="", device="numpy"):
    """Return a run of all four; one nucleus may be silent, its pool empty."""
    quiet = {f"{NUCLEUS_OF[silent]}.I": -200 * pA, f"{silent}.C": 0 * nM} if silent else {}
    return nms.simulate(WHOLE, device=device, seed=3, parameters=quiet)


def test_four_modulators_run_side_by_side_with_one_interface():
    """Every nucleus fires, every pool fills, every receptor binds: neither nothing nor everything."""
    found = run()
    for one in FOUR:
        assert found[f"spikes/{NUCLEUS_OF[one.name]}"].sizes["spike"] >= CELLS
        pool = found[f"modulators/{one.name}"]
        assert 1 < pool.C.values.max() < 500, one.name
    for path in LEVELS:
        name, _, level = path.partition(".")
        shown = found[f"modulators/{name}"][level].values
        assert shown[0] == 0 and 1e-3 < shown[-1] < 1, path


SEEN_BY = {
    "dopamine": "striatum.v",
    "acetylcholine": "cortex.v",
    "serotonin": "cortex.I_synaptic",
    "noradrenaline": "frontal.v",
}


@pytest.mark.parametrize("name", SEEN_BY)
def test_each_modulator_reaches_its_target_and_no_other(name):
    """With its nucleus silent its target changes, and all that others modulate stays to the last digit."""
    whole, without = run(), run(name)
    assert without[f"modulators/{name}"].C.values[-1] < 0.2 * whole[f"modulators/{name}"].C.values[-1]
    for other, path in SEEN_BY.items():
        part, _, variable = path.partition(".")
        if (name, other) == ("serotonin", "acetylcholine"):
            continue  # the synapse that serotonin strengthens is onto the same cells
        same = np.array_equal(whole[f"state/{part}"][variable], without[f"state/{part}"][variable])
        assert same is (other != name), other


@pytest.mark.cpp
def test_the_compiled_program_agrees():
    found, expected = run(device="cpp"), run()
    for name in DRIVE:
        for column in ("neuron", "time"):
            one, other = (r[f"spikes/{name}"][column].values for r in (found, expected))
            np.testing.assert_allclose(one, other, atol=1e-12, err_msg=name)
    for path in WHOLE.recording.states:
        part, _, variable = path.partition(".")
        group = "modulators" if part in NUCLEUS_OF else "state"
        one, other = (r[f"{group}/{part}"][variable].values for r in (found, expected))
        np.testing.assert_allclose(one, other, rtol=1e-8, atol=1e-9, err_msg=path)


def bursts(depletion):
    """Return spikes per cell and second in a burst, its spikes, and the rise of noradrenaline it brings.

    Shape ``(tonic rate,)`` each: half of the cells fire slowly, the others fast, each half into a pool
    of its own. Vesicles recover three times as fast as in the catalogue, and each spike takes three times
    as many, which leaves the steady state as it is and saves time.
    """
    n = 20
    cells = nms.Population(
        name="coeruleus",
        size=2 * n,
        model=LOCUS_COERULEUS_NEURON.with_parameters(noise_sd=30 * pA),
        initial={"I": np.repeat([40, 170], n) * pA, "v": "v_reset + (V_T - v_reset)*rand()"},
    )
    noradrenaline = nms.Neuromodulator(
        "noradrenaline",
        nucleus=cells,
        release=VESICLE_POOL,
        pool=NA_LC_SLICE,
        geometry=nms.WellMixed(regions=2),
        wiring=nms.Pairs(tuple(range(2 * n)), (0,) * n + (1,) * n),
    )
    cue = nms.Population(name="cue", size=1, model=ELECTRODE)
    input_ = nms.Projection(
        name="input", source="cue", target="coeruleus", model=FIXED_CURRENT, initial={"w": 230 * pA}
    )
    described = nms.Experiment(
        name="pretend_tonic",
        summary="A test.",
        source=OURS,
        circuit=nms.add_neuromodulators(
            nms.Circuit(populations=(cue,), projections=(input_,)), noradrenaline
        ),
        conditions=ALWAYS,
        recording=nms.Recording(spikes={"coeruleus": nms.Window()}, states={"noradrenaline.C": 10 * ms}),
        duration=4.9 * second,
        dt=1 * ms,
        parameters={
            "cue.onset": 4.5 * second,
            "cue.pulses": 30.0,
            "noradrenaline_release.tau_recovery": 10 / 3 * second,
            "noradrenaline_release.depletion": depletion,
        },
    )
    found = nms.simulate(described, device="numpy")
    spikes = found["spikes/coeruleus"]
    fast = spikes["neuron"].values >= n
    time = spikes["time"].values
    counted = (
        np.array(
            [
                [np.sum((fast == k) & (time >= a) & (time < b)) for a, b in ((2.5, 4.5), (4.5, 4.85))]
                for k in (0, 1)
            ]
        )
        / n
    )
    C = found["modulators/noradrenaline"].C.values
    return counted[:, 0] / 2, counted[:, 1], C[450:490].max(axis=0) - C[449]


def test_tonic_firing_takes_from_the_noradrenaline_of_a_burst():
    """The coeruleus bursts at 8 to 10 spikes per second; after 6 instead of 2 per second that brings less.

    Although there are more spikes in it. Without depletion it brings more.
    """
    tonic, spikes, rise = bursts(0.06)
    assert 1 < tonic[0] < 3 and tonic[1] > 5
    assert 8 < spikes[0] / 0.35 < 10 and spikes[1] > spikes[0]
    assert rise[1] < 0.85 * rise[0]
    per_spike = rise / spikes
    assert per_spike[1] < 0.7 * per_spike[0]
    _, spikes, rise = bursts(0.0)
    assert rise[1] > 1.2 * rise[0]
