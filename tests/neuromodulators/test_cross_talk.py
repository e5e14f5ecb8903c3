"""What the four modulators do to each other, in running circuits. None is present unless it is added."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from brian2 import Hz, mmolar, ms, pA, second
from brian2.units.stdunits import nM, uM

import neuromodsim as nms
from neuromodsim.equations import (
    ACH_FAST,
    AXONAL_BRAKE,
    AXONAL_BRAKE_VENTRAL,
    AXONAL_BRAKING,
    AXONAL_BRAKING_VENTRAL,
    BATH,
    CHOLINERGIC_D2,
    D2_DREYER,
    DA_DS_EJDRUP,
    DA_VS_EJDRUP,
    DA_VTA_DREYER,
    DESIPRAMINE,
    ELECTRODE,
    FACILITATION_DEPRESSION,
    GIRK,
    M2_M4,
    MEAN_FIELD_RELEASE,
    MEAN_FIELD_RELEASE_VENTRAL,
    MUSCARINIC_AUTORECEPTOR,
    NET_TAKES_DOPAMINE,
    NICOTINIC_ALPHA4BETA2,
    NICOTINIC_DRIVE,
    NICOTINIC_SPIKES,
    OXOTREMORINE,
    POISSON,
    RELEASE_ALL,
    RELEASE_ALL_ACETYLCHOLINE_FAST,
    STRIATAL_CHOLINERGIC_INTERNEURON,
)
from tests.neuromodulators.parts import CLOSED, experiment

STEP = 0.5 * ms
VOLLEY = 50.0  # ms, when the interneurons fire together


def pulses(name, size=1):
    """Return cells that all fire at each pulse of a train."""
    return nms.Population(name=name, size=size, model=ELECTRODE)


def train(name, onset, count=1, frequency=1.0):
    """Return values for a train, in ms and Hz."""
    return {
        f"{name}.onset": onset * ms,
        f"{name}.pulses": float(count),
        f"{name}.frequency": frequency * Hz,
    }


# Interneurons start spikes in dopamine axons, within the time that acetylcholine takes to bind.
AXONAL_SPIKES = nms.Projection(
    name="axonal_spikes",
    source="interneurons",
    target="dopamine",
    model=MEAN_FIELD_RELEASE,
    delay=2 * ms,
)
SPIKES = nms.Effect(NICOTINIC_SPIKES, on="axonal_spikes")
ON_BOTH = ("dopamine_release", "axonal_spikes")
DORSAL = (AXONAL_BRAKE, tuple(nms.Effect(AXONAL_BRAKING, on=one) for one in ON_BOTH))
VENTRAL = (AXONAL_BRAKE_VENTRAL, tuple(nms.Effect(AXONAL_BRAKING_VENTRAL, on=one) for one in ON_BOTH))


def striatum(
    brake=AXONAL_BRAKE, effects=(), spikes=(), pool=DA_DS_EJDRUP, drugs=(), release=MEAN_FIELD_RELEASE
):
    """Return an experiment on axons and interneurons that fire when told to, and both their pools."""
    acetylcholine = nms.Neuromodulator(
        "acetylcholine",
        nucleus=pulses("interneurons", 4),
        release=RELEASE_ALL_ACETYLCHOLINE_FAST,
        pool=ACH_FAST,
        receptors={"nicotinic": NICOTINIC_ALPHA4BETA2, "brake": brake},
        autoreceptors=(nms.Autoreceptor(name="M4", receptor=M2_M4, effect=MUSCARINIC_AUTORECEPTOR),),
        effects=effects,
        drugs=drugs,
    )
    dopamine = nms.Neuromodulator(
        "dopamine",
        nucleus=pulses("axons"),
        release=release,
        pool=pool,
    )
    circuit = nms.Circuit(populations=(), projections=spikes)
    return experiment(
        acetylcholine,
        dopamine,
        circuit=circuit,
        dt=STEP,
        record={"dopamine.C": STEP, "acetylcholine.C": STEP},
    )


@cache
def coupled(where="dorsal"):
    """Return a striatum whose interneurons drive dopamine axons, and brake them."""
    brake, braking = {"dorsal": DORSAL, "ventral": VENTRAL}[where]
    if where == "dorsal":
        return striatum(brake, (SPIKES, *braking), (AXONAL_SPIKES,))
    spikes = replace(AXONAL_SPIKES, model=MEAN_FIELD_RELEASE_VENTRAL)
    return striatum(brake, (SPIKES, *braking), (spikes,), DA_VS_EJDRUP, release=MEAN_FIELD_RELEASE_VENTRAL)


NEVER = train("axons", 0, 0) | train("interneurons", 0, 0)


def dopamine(described, values, duration=200, name="dopamine"):
    """Return the concentration in nM, step by step."""
    run = nms.simulate(described, device="numpy", duration=duration * ms, parameters=NEVER | values)
    return run[f"modulators/{name}"].C.values[:, 0]


def rise(trace, at):
    """Return by how much the concentration jumps at a pulse, at a time in ms."""
    k = round(at / 0.5)
    return trace[k + 1] - trace[k]


def test_interneurons_that_fire_together_release_dopamine_without_its_axons_own_spikes():
    """Catches a switch that needs a spike of the nucleus, or that is on without the effect."""
    trace = dopamine(coupled(), train("interneurons", VOLLEY))
    assert trace[: round(VOLLEY / 0.5) + 1].max() == 0
    assert 15 < trace.max() < 30  # half of the axons, whose release is 56.9 nM when all fire
    assert np.argmax(trace) * 0.5 == pytest.approx(VOLLEY + 2.5)
    assert dopamine(striatum(), train("interneurons", VOLLEY)).max() == 0


def test_a_few_interneurons_brake_but_do_not_drive():
    """A quarter of the volley: the drive all but goes, the brake stays."""
    quarter = {"acetylcholine_release.release_all": 2.5 * uM}
    volley = train("interneurons", VOLLEY)
    driven = [dopamine(coupled(), volley | more).max() for more in ({}, quarter)]
    assert driven[1] < 0.2 * driven[0]
    after = train("axons", VOLLEY + 30)
    braked = [
        1 - rise(dopamine(coupled(), volley | after | more), VOLLEY + 30) / 56.9 for more in ({}, quarter)
    ]
    assert braked[1] > 0.4 * braked[0] > 0.2


def braked(where):
    """Return the share of release that a volley takes from spikes 20, 40 ... 120 ms later."""
    closed = {"dopamine.V_max": 0 * mmolar / second}
    trace = dopamine(
        coupled(where), train("interneurons", VOLLEY) | train("axons", VOLLEY + 20, 6, 50) | closed, 180
    )
    free = {"dorsal": 56.92, "ventral": 0.9 * 56.92}[where]
    return np.array([1 - rise(trace, VOLLEY + delay) / free for delay in range(20, 121, 20)])


def test_the_brake_lasts_for_a_tenth_of_a_second_and_is_stronger_and_longer_in_the_dorsal_striatum():
    """Most of the release is gone at 20 ms, a third or so at 100 ms."""
    dorsal, ventral = braked("dorsal"), braked("ventral")
    assert dorsal[0] > 0.6 and 0.15 < dorsal[4] < 0.45
    assert (ventral < dorsal).all() and ventral[0] > 0.2
    assert dorsal[4] / dorsal[0] > 1.5 * ventral[4] / ventral[0]
    # From 100 to 120 ms the brake lets go with its time constant.
    assert dorsal[5] / dorsal[4] == pytest.approx(np.exp(-0.2), rel=0.02)
    assert ventral[5] / ventral[4] == pytest.approx(np.exp(-0.4), rel=0.02)


def test_nicotinic_receptors_raise_what_a_dopamine_spike_releases():
    """Two milliseconds after a volley, by the occupancy then; not without the effect."""
    both = train("interneurons", VOLLEY) | train("axons", VOLLEY + 3)
    drive = nms.Effect(NICOTINIC_DRIVE, on="dopamine_release")
    raised = rise(dopamine(striatum(effects=(drive,)), both), VOLLEY + 3)
    assert raised == pytest.approx(1.4 * rise(dopamine(striatum(), both), VOLLEY + 3), rel=0.05)


def test_a_circuit_without_a_switch_is_untouched():
    """Acetylcholine beside dopamine, receptors and all, changes no digit of it."""
    both = train("interneurons", 20, 4, 40) | train("axons", 40, 4, 30)
    alone = nms.Neuromodulator(
        "dopamine", nucleus=pulses("axons"), release=MEAN_FIELD_RELEASE, pool=DA_DS_EJDRUP
    )
    axons = {path: value for path, value in both.items() if path.startswith("axons")}
    described = experiment(alone, dt=STEP, record={"dopamine.C": STEP})
    run = nms.simulate(described, device="numpy", duration=200 * ms, parameters=axons)
    expected = run["modulators/dopamine"].C.values[:, 0]
    assert expected.max() > 56
    np.testing.assert_array_equal(dopamine(striatum(), both), expected)
    off = {"axonal_spikes.axons_driven": 0.0, **{f"{one}.brake_depth": 0.0 for one in ON_BOTH}}
    np.testing.assert_array_equal(dopamine(coupled(), both | off), expected)


@cache
def contrast(frequency):
    """Return four pulses' peak of dopamine under a muscarinic agonist, relative to without it.

    The electrode excites axons and interneurons alike.
    """
    described = striatum(DORSAL[0], (SPIKES, *DORSAL[1]), (AXONAL_SPIKES,), drugs=(OXOTREMORINE,))
    both = train("interneurons", 10, 4, frequency) | train("axons", 10, 4, frequency)
    last = 3000 / frequency + 30
    doses = ({"acetylcholine.oxotremorine": dose} for dose in (0 * uM, 10 * uM))
    without, agonist = (dopamine(described, both | dose, round(last)).max() for dose in doses)
    return agonist / without


def test_muscarinic_agonists_turn_release_down_at_low_frequencies_and_up_at_high_ones():
    """Four pulses: below 1 at up to 10 Hz, above 1 beyond 25 Hz."""
    assert contrast(10) < 0.85
    assert contrast(50) > 1.2 and contrast(100) > 1.2
    assert contrast(10) < contrast(25) < contrast(50)


def test_a_lower_release_probability_alone_is_no_contrast():
    """Release with facilitation and depression: the same share is gone at every frequency."""
    axons = pulses("axons")
    one = nms.Neuromodulator("dopamine", nucleus=axons, release=FACILITATION_DEPRESSION, pool=CLOSED)
    described = experiment(one, dt=1 * ms, record={"dopamine.C": 10 * ms})
    for frequency in (10, 50):
        given = train("axons", 10, 4, frequency)
        full, half = (
            nms.simulate(
                described,
                device="numpy",
                duration=350 * ms,
                parameters=given | {"dopamine_release.p_release": p},
            )["modulators/dopamine"].C.values[-1, 0]
            for p in (1.0, 0.5)
        )
        assert 110 < full < 130 and half / full == pytest.approx(0.5, rel=1e-9)


def silenced(cell, effect, dt, **initial):
    """Return spikes per second of interneurons before, in and after a burst of dopamine."""
    interneurons = nms.Population(name="interneurons", size=200, model=cell, initial=initial)
    one = nms.Neuromodulator(
        "dopamine",
        nucleus=pulses("axons"),
        release=RELEASE_ALL,
        pool=DA_VTA_DREYER,
        receptors={"D2": D2_DREYER},
        effects=(effect,) if effect else (),
    )
    described = experiment(one, circuit=nms.Circuit(populations=(interneurons,)), dt=dt, record={})
    run = nms.simulate(
        described,
        device="numpy",
        duration=1600 * ms,
        record={"spikes": {"interneurons": nms.Window()}},
        parameters=train("axons", 500, 3, 20),
    )
    times = run["spikes/interneurons"]["time"].values
    edges = [0.2, 0.5, 0.6, 0.8, 1.3, 1.6]
    return (np.histogram(times, edges)[0] / np.diff(edges) / 200)[[0, 2, 4]]


def test_a_burst_of_dopamine_makes_interneurons_pause():
    """Dreyer's subtracted rate: 6 spikes per second, none while D2 is a fifth occupied, then 6 again."""
    effect = nms.Effect(CHOLINERGIC_D2, on="interneurons")
    before, during, after = silenced(POISSON, effect, 1 * ms, rate=6 * Hz)
    assert before == pytest.approx(6, abs=1)
    assert during < 0.5
    assert 4 < after < 7
    plain = silenced(POISSON, None, 1 * ms, rate=6 * Hz)
    assert plain == pytest.approx([6, 6, 6], abs=1)


def test_interneurons_with_a_membrane_pause_too():
    """D2 opens potassium channels: GIRK, which reads D2."""
    effect = nms.Effect(GIRK, on="interneurons", reads={"soma": "D2"})
    cell = STRIATAL_CHOLINERGIC_INTERNEURON.with_parameters(noise_sd=10 * pA)
    before, during, after = silenced(
        cell, effect, 0.5 * ms, v="v_reset + (V_T - v_reset)*rand()", I_w="60*pA*rand()"
    )
    assert 4 < before < 7
    assert during < 0.4 * before
    assert after > 0.7 * before


def half_life(effects=(), **values):
    """Return the half-life in seconds of 10 nM of dopamine where it has no transporter of its own."""
    noradrenaline = nms.Neuromodulator("noradrenaline", pool=BATH)
    cortex = nms.Neuromodulator(
        "dopamine",
        pool=CLOSED.with_parameters(k_loss=0.05 / second),
        effects=effects,
        drugs=(DESIPRAMINE,) if effects else (),
        initial={"C": 10 * nM},
    )
    described = experiment(noradrenaline, cortex, dt=20 * ms, record={"dopamine.C": 20 * ms})
    given = {f"{n.replace('__', '.')}": v for n, v in values.items()}
    run = nms.simulate(
        described,
        device="numpy",
        duration=4 * second,
        parameters={"noradrenaline.concentration": 0 * nM} | given,
    )
    trace = run["modulators/dopamine"].C.values[:, 0]
    return 4 * np.log(2) / np.log(trace[0] / trace[-1])


def test_the_noradrenaline_transporter_clears_dopamine():
    """100/670 per second on top of 0.05; half of it with 2.6 µM of noradrenaline; none with a blocker."""
    taken = (nms.Effect(NET_TAKES_DOPAMINE, on="dopamine", reads={"noradrenaline": "noradrenaline.C"}),)
    rate = 100 / 670
    assert half_life() == pytest.approx(np.log(2) / 0.05, rel=1e-3)
    assert half_life(taken) == pytest.approx(np.log(2) / (0.05 + rate), rel=0.01)
    competed = half_life(taken, noradrenaline__concentration=2600 * nM)
    assert competed == pytest.approx(np.log(2) / (0.05 + rate / 2), rel=0.01)
    # Ten times its affinity leaves an eleventh of the uptake; both together compete side by side.
    blocked = half_life(taken, dopamine__desipramine=8 * nM)
    assert blocked == pytest.approx(np.log(2) / (0.05 + rate / 11), rel=0.01)
    both = half_life(taken, dopamine__desipramine=8 * nM, noradrenaline__concentration=2600 * nM)
    assert both == pytest.approx(np.log(2) / (0.05 + rate / 12), rel=0.01)


def test_a_blocker_needs_the_transporter_that_it_blocks():
    with pytest.raises(nms.WrongInput, match="target of desipramine 'NET'"):
        experiment(nms.Neuromodulator("dopamine", pool=CLOSED, drugs=(DESIPRAMINE,)))
