"""What an experimenter sees of a pool: a carbon fibre and fluorescent sensors, after pulses and trains."""

from functools import cache

import numpy as np
import pytest
from brian2 import Hz, ms
from brian2.units.stdunits import nM

import neuromodsim as nms
from neuromodsim.equations import (
    BATH,
    DA_DS_EJDRUP,
    DA_VS_EJDRUP,
    DLIGHT1_1,
    DLIGHT1_3B,
    ELECTRODE,
    GRAB_DA1H,
    GRAB_DA1M,
    MEAN_FIELD_RELEASE,
    MEAN_FIELD_RELEASE_VENTRAL,
    VOLTAMMETRY,
)
from tests.neuromodulators.parts import experiment

FLUORESCENT = {"dLight": DLIGHT1_1, "dLight_weak": DLIGHT1_3B, "GRAB_m": GRAB_DA1M, "GRAB_h": GRAB_DA1H}
SENSORS = {"fibre": VOLTAMMETRY, **FLUORESCENT}
REGIONS = {
    "dorsal": (DA_DS_EJDRUP, MEAN_FIELD_RELEASE),
    "ventral": (DA_VS_EJDRUP, MEAN_FIELD_RELEASE_VENTRAL),
}
ONSET = 20  # ms


def seen_by(pool, concentration, duration, names=tuple(FLUORESCENT)):
    """Return time in seconds and what sensors show after a step of a bath from none, by name."""
    one = nms.Neuromodulator("dopamine", pool=pool, receptors={name: SENSORS[name] for name in names})
    record = {f"dopamine.{name}": 10 * ms for name in names}
    run = nms.simulate(
        experiment(one, dt=1 * ms, record=record),
        device="numpy",
        duration=duration,
        parameters={"dopamine.concentration": concentration},
    )["modulators/dopamine"]
    return run.time.values, {name: run[name].values[:, 0] for name in names}


@pytest.mark.parametrize("concentration", [30, 1000])
def test_a_sensor_approaches_its_balance_at_the_rate_of_its_binding(concentration):
    """After a step to C: max C/(C + K) (1 - exp(-k_off (1 + C/K) t)), for each sensor in one pool."""
    t, shown = seen_by(BATH, concentration * nM, 1000 * ms)
    for name, sensor in FLUORESCENT.items():
        p = {n: float(parameter.value) for n, parameter in sensor.parameters.items()}
        ratio = concentration * 1e-6 / p["K_d"]
        expected = p["max_response"] * ratio / (1 + ratio) * -np.expm1(-p["k_off"] * (1 + ratio) * t)
        assert shown[name] == pytest.approx(expected, rel=1e-3, abs=1e-9), name


def test_a_fibre_follows_a_step_with_its_own_delay():
    """C (1 - exp(-t/tau)): the axis is a concentration, and a constant one is shown as it is."""
    t, shown = seen_by(BATH, 100 * nM, 1000 * ms, ("fibre",))
    assert shown["fibre"] == pytest.approx(100 * -np.expm1(-t / 0.5), rel=1e-3, abs=1e-6)


def described(where, sensors):
    """Return a slice of striatum with an electrode among its axons, and these sensors."""
    pool, release = REGIONS[where]
    one = nms.Neuromodulator(
        "dopamine",
        nucleus=nms.Population(name="electrode", size=1, model=ELECTRODE),
        release=release,
        pool=pool,
        receptors=sensors,
    )
    return experiment(one, dt=1 * ms, record={f"dopamine.{name}": 1 * ms for name in ("C", *sensors)})


@cache
def after(where, pulses, frequency, duration=1500):
    """Return the concentration and what each sensor shows, ms by ms, after a train."""
    run = nms.simulate(
        described(where, SENSORS),
        device="numpy",
        duration=duration * ms,
        parameters={
            "electrode.onset": ONSET * ms,
            "electrode.pulses": float(pulses),
            "electrode.frequency": frequency * Hz,
        },
    )["modulators/dopamine"]
    return {name: run[name].values[:, 0] for name in ("C", *SENSORS)}


def back(trace, share=0.1):
    """Return how long after its peak a trace is back to a share of it, in ms."""
    peak = np.argmax(trace)
    return int(np.argmax(trace[peak:] < share * trace[peak]))


def test_a_pulse_is_over_within_two_tenths_of_a_second_and_a_train_takes_longer():
    """A review's 200 ms after a pulse and 500 to 600 after a train, as orders of magnitude.

    To a tenth of the peak the ventral pool takes 265 and 509 ms, the dorsal one 90 and 113, whose uptake
    is three times as fast.
    """
    pulse = {where: back(after(where, 1, 10)["C"]) for where in REGIONS}
    train = {where: back(after(where, 20, 50)["C"]) for where in REGIONS}
    assert 50 < pulse["dorsal"] < 200 < pulse["ventral"] < 400
    assert 100 < train["dorsal"] < 500 < train["ventral"] < 600
    assert all(train[where] > 1.2 * pulse[where] for where in REGIONS)


def test_a_train_brings_what_was_measured_outside_synapses():
    """Twenty pulses at 50 Hz: 590 nM in the ventral striatum, where 250 to 1600 were seen; 210 dorsally."""
    peak = {where: after(where, 20, 50)["C"].max() for where in REGIONS}
    assert 250 < peak["ventral"] < 1600
    assert 100 < peak["dorsal"] < 0.5 * peak["ventral"]


@pytest.mark.parametrize("where", REGIONS)
def test_sensors_smear_and_lag_and_saturate(where):
    """Each peaks later than dopamine and falls slower, in the order of its off-rate."""
    pulse, train = after(where, 1, 10), after(where, 20, 50)
    late = [np.argmax(pulse[name]) for name in ("C", "dLight", "GRAB_m", "GRAB_h", "fibre")]
    assert late[0] < late[1] < min(late[2:])
    fall = [back(pulse[name], 0.7) for name in ("C", "dLight", "GRAB_m", "GRAB_h")]
    assert (np.diff(fall) > 0).all()
    # The tighter a sensor, the fuller a train makes it; slow ones also add up its pulses.
    full = [train[n].max() / s.parameters["max_response"].value for n, s in FLUORESCENT.items()]
    assert full[3] > full[2] > full[0] > 1.5 * full[1] > 0 and full[3] < 1
    assert pulse["fibre"].max() < 0.5 * pulse["C"].max()


def test_a_sensor_does_not_change_what_it_sees():
    """Catches a sensor that takes molecules out of the pool, or disturbs its names."""
    bare = nms.simulate(
        described("dorsal", {}),
        device="numpy",
        duration=300 * ms,
        parameters={"electrode.onset": ONSET * ms, "electrode.pulses": 1.0},
    )["modulators/dopamine"].C.values[:, 0]
    np.testing.assert_array_equal(bare, after("dorsal", 1, 10)["C"][: len(bare)])
