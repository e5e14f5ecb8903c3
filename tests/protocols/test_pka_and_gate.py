"""The doses experiment: what each condition gives the cells, and that the gates open as they should."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, second

import neuromodsim as nms
from neuromodsim.description.circuit import Circuit
from neuromodsim.protocols.pka_and_gate.experiment import AND_GATE, EXPERIMENT

DOSES = np.array([0, 5, 10, 20, 50, 100, 200, 500, 1000])
ONSET = 1.0


def without(experiment, *left_out, dt=2 * ms):
    """Return the experiment without some of its parts, which makes it fast."""
    kept = tuple(m for m in experiment.circuit.modulators if m.name not in left_out)
    links = {r: w for r, w in experiment.circuit.links.items() if r.split(".")[0] not in left_out}
    states = {p: i for p, i in experiment.recording.states.items() if p.split(".")[0] not in left_out}
    circuit = Circuit(populations=(), modulators=kept, links=links)
    recording = replace(experiment.recording, states=states)
    return replace(experiment, circuit=circuit, recording=recording, dt=dt)


@pytest.fixture(scope="module")
def dreyer():
    """Return each condition by name, with occupancies and Dreyer's cAMP but without the cascade."""
    experiment = without(EXPERIMENT, "cascade")
    return {
        condition: nms.simulate(experiment, condition=condition, device="numpy", duration=2.2 * second)[
            "modulators"
        ]
        for condition in experiment.conditions
    }


def dopamine(found, time):
    """Return what cells saw in the step before a time."""
    return found["dopamine"].C.sel(time=time, method="nearest").values


def test_the_published_transient_takes_the_tonic_level_away(dreyer):
    found = dreyer["alpha_published"]
    assert np.allclose(dopamine(found, ONSET), 20)
    assert np.allclose(dopamine(found, ONSET + 0.5), DOSES, rtol=1e-4)  # its peak, 0.5 s later
    late = np.exp(1 - 1.2 / 0.5) * 1.2 / 0.5
    assert np.allclose(dopamine(found, ONSET + 1.2), DOSES * late, rtol=2e-3)
    assert dopamine(found, ONSET + 0.01)[0] == 0


def test_the_other_transients_keep_it(dreyer):
    peak = dopamine(dreyer["alpha_on_base"], ONSET + 0.5)
    assert np.allclose(peak, np.maximum(DOSES, 20), rtol=1e-4)
    assert np.allclose(dopamine(dreyer["alpha_added"], ONSET + 0.5), DOSES + 20, rtol=1e-4)


def test_a_steady_dose_is_there_from_the_start(dreyer):
    course = dreyer["steady"]["dopamine"].C
    assert np.allclose(course[1:], DOSES)


@pytest.mark.parametrize("condition", ["pulse", "pulse_and_pause"])
def test_a_pulse_lasts_400_ms(dreyer, condition):
    course = dreyer[condition]["dopamine"].C
    for time, level in ((0.99, 50), (1.02, DOSES), (1.4, DOSES), (1.42, 50)):
        assert np.allclose(course.sel(time=time, method="nearest"), level), time


def test_occupancies_begin_at_rest(dreyer):
    """Fails if receptors start empty: they would fill during the first second."""
    bound = dreyer["pulse"]["dopamine"].D1.sel(time=slice(0, ONSET))
    assert np.allclose(bound, 50 / 1050, rtol=1e-4)


def test_nothing_drives_either_cell_at_rest(dreyer):
    for cell in ("direct", "indirect"):
        assert np.all(dreyer["pulse"][cell].cAMP.sel(time=slice(0, ONSET)) == 0)


def test_a_dip_opens_the_indirect_pathway_and_a_burst_the_direct_one(dreyer):
    dips, bursts = DOSES < 50, DOSES > 50
    direct = dreyer["pulse"]["direct"].cAMP.max("time").values
    indirect = dreyer["pulse"]["indirect"].cAMP.max("time").values
    assert np.all(indirect[dips] > 0.1) and np.all(indirect[~dips] == 0)
    assert np.all(direct[bursts] > 0.1) and np.all(direct[~bursts] == 0)


def test_a_pause_adds_to_a_burst_more_than_it_makes_alone(dreyer):
    burst, pause, both = (
        dreyer[c]["direct"].cAMP.max("time").values for c in ("pulse", "pause", "pulse_and_pause")
    )
    bursts = DOSES > 50
    assert np.ptp(pause) == 0 and pause[0] > 0
    assert np.all((both - burst - pause)[bursts] > 0.02)


def test_the_cascade_reads_the_dopamine_of_its_own_row():
    """Golf meets the bound receptor within milliseconds, more for each dose."""
    experiment = without(EXPERIMENT, "direct", "indirect", "acetylcholine", "adenosine", dt=1 * ms)
    experiment = replace(experiment, parameters={})
    found = nms.simulate(experiment, condition="steady", device="numpy", duration=60 * ms)
    active = found["modulators/cascade"].D1RDAGolf[-1].values
    assert np.all(np.diff(active) > 0)
    assert active[DOSES == 20] == pytest.approx(2.009, rel=1e-3)  # the published rest


@pytest.mark.parametrize("condition", AND_GATE.conditions)
def test_the_larger_gate_is_given_a_burst_a_pause_or_both(condition):
    experiment = without(AND_GATE, "gate")
    states = {"dopamine.C": 10 * ms, "acetylcholine.C": 10 * ms}
    experiment = replace(experiment, recording=nms.Recording(states=states))
    found = nms.simulate(experiment, condition=condition, device="numpy", duration=1.6 * second)["modulators"]
    during = {
        name: found[name].C.sel(time=1.2, method="nearest").values for name in ("dopamine", "acetylcholine")
    }
    assert np.allclose(during["dopamine"], 10 if condition == "pause" else DOSES)
    assert np.allclose(during["acetylcholine"], 100 if condition == "burst" else 0)
    for time in (0.9, 1.5):
        assert np.allclose(found["dopamine"].C.sel(time=time, method="nearest"), 10)
        assert np.allclose(found["acetylcholine"].C.sel(time=time, method="nearest"), 100)
