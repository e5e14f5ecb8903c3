"""Effects on the cells and synapses they are meant for: in which direction, and by how much."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import Hz, SpikeMonitor, mV, nS, pA, second
from brian2.units.allunits import nmolar, usecond

from neuromodsim import equations as catalogue
from neuromodsim.transforms.effect import apply
from tests.equations.dish import dish, fired, released, step, watch

MS = 1000 * usecond
SETS = {
    "": (catalogue.MEDIUM_SPINY, catalogue.MEDIUM_SPINY_D1, catalogue.MEDIUM_SPINY_D2),
    "tuned": (catalogue.MEDIUM_SPINY, catalogue.MEDIUM_SPINY_D1_TUNED, catalogue.MEDIUM_SPINY_D2_TUNED),
    "network": (
        catalogue.MEDIUM_SPINY_NETWORK,
        catalogue.MEDIUM_SPINY_D1_NETWORK,
        catalogue.MEDIUM_SPINY_D2_NETWORK,
    ),
}


def under(effect, model):
    """Return a model with an effect on it; each cell has levels of its own."""
    declared = "\n".join(f"{name} : 1" for name in effect.reads)
    return apply(effect, model, {name: name for name in effect.reads}, declared)


def rates(model, currents, **rows):
    """Return spikes per second of cells with these currents in pA."""
    step(0.25 * MS)
    return fired(dish(model, len(currents), I=np.asarray(currents) * pA, **rows), 0.5 * second)


def test_d1_lowers_rest_and_adaptation_and_raises_nmda():
    """The expressions by hand, at full and at half occupancy."""
    changes = catalogue.MEDIUM_SPINY_D1.changes
    base = {n: p.value for n, p in catalogue.MEDIUM_SPINY.parameters.items()}
    base |= {n: p.value for n, p in catalogue.MEDIUM_SPINY_D1.parameters.items()}
    for D1 in (0.5, 1.0):
        new = {n: eval(text, {}, base | {"D1": D1}) for n, text in changes.items()}
        assert new["v_rest"] / mV == pytest.approx(-80 * (1 + 0.0289 * D1))
        assert new["v_rest"] < base["v_rest"]  # lower, because it is negative
        assert new["u_jump"] / pA == pytest.approx(91 * (1 - 0.331 * D1))
        assert new["gain_nmda"] == pytest.approx(1 + 0.5 * D1)


HELD = {"tau_ampa": 1e9 * second, "tau_nmda": 1e9 * second}  # conductances that stay open


@pytest.mark.parametrize("numbers", SETS)
def test_d2_weakens_ampa(numbers):
    """The article's sign; the later program has the opposite one."""
    cell, _, d2 = SETS[numbers]
    ampa = (60 if numbers == "network" else 12) * nS
    found = rates(under(d2, cell), [0, 0], D2=[0, 1], g_ampa=ampa, **HELD)
    assert found[0] > found[1] > 0


@pytest.mark.parametrize("numbers", SETS)
def test_d1_strengthens_nmda(numbers):
    cell, d1, _ = SETS[numbers]
    found = rates(under(d1, cell), [210, 210], D1=[0, 1], g_nmda=60 * nS, **HELD)
    assert found[1] > found[0] > 0


CURRENTS = np.arange(150, 500, 10)


def test_intrinsic_effects_on_injected_current():
    """D1 makes a cell harder to start and faster once started; D2 makes it easier to start."""
    with_both = under(catalogue.MEDIUM_SPINY_D2, under(catalogue.MEDIUM_SPINY_D1, catalogue.MEDIUM_SPINY))
    k = len(CURRENTS)
    levels = {"D1": np.repeat([0, 1, 0], k), "D2": np.repeat([0, 0, 1], k)}
    plain, d1, d2 = rates(with_both, np.tile(CURRENTS, 3), **levels).reshape(3, k)
    start = [np.argmax(f > 0) for f in (d1, plain, d2)]
    assert start[0] > start[1] >= start[2] > 0
    assert d1[-1] > plain[-1]
    assert plain == pytest.approx(rates(catalogue.MEDIUM_SPINY, CURRENTS))


def test_the_d1_current_pushes_away_from_its_reversal():
    """Up from above -68.4 mV and down from below, relative to a cell without dopamine."""
    step(0.1 * MS)
    changed = under(catalogue.MEDIUM_SPINY_D1_CURRENT, catalogue.MEDIUM_SPINY_NETWORK)
    group = dish(changed, 4, v=[-75, -75, -60, -60] * mV, D1=[0, 0.1, 0, 0.1])
    v = watch(group, ("v",), 0.3 * MS)["v"][:, -1]
    assert v[1] < v[0] and v[3] > v[2]


def test_alpha2a_closes_h_channels():
    """The sag that a hyperpolarising current brings on goes, and the cell ends lower."""
    step(0.2 * MS)
    cell = under(catalogue.ALPHA2A_H_CURRENT, catalogue.LEAKY_H)
    found = watch(dish(cell, 2, I=-100 * pA, alpha2A=[0, 1]), ("v", "m"), 0.4 * second)
    assert found["m"][1, -1] < found["m"][0, -1]
    assert found["v"][1, -1] < found["v"][0, -1] - 1e-3
    sag = found["v"][:, -1] - found["v"].min(axis=1)
    assert sag[0] > sag[1]


def test_m1_takes_adaptation_away():
    """A cell with its adaptation blocked fires more to the same current."""
    blocked = under(catalogue.M1_ADAPTATION, catalogue.ADAPTIVE_EXPONENTIAL)
    found = rates(blocked, [800, 800], M1=[0, 1])
    assert found[1] > 1.3 * found[0] > 0


def test_noradrenaline_turns_regular_spikers_into_bursters():
    """At a level of 0.5 c is -50 and d is 2: most intervals are a few milliseconds long."""
    step(1 * MS)
    cell = under(catalogue.NORADRENERGIC_BURSTING, catalogue.IZHIKEVICH)
    quiet = replace(cell, equations=cell.equations.replace("rand()", "0.5"), step="I_synaptic = 10*mV")
    group = dish(quiet, 2, level=[0, 0.5])
    spikes = SpikeMonitor(group)
    watch(group, ("v",), 0.5 * second, spikes)
    quick = [np.mean(np.diff(np.asarray(times)) < 8e-3) for times in spikes.spike_trains().values()]
    assert quick[0] < 0.1 < 0.5 < quick[1]


def test_gain_is_a_factor_on_distance_from_its_centre():
    """Inputs of 50 and 70 around 60, doubled, are 40 and 80."""
    cell = under(catalogue.INPUT_GAIN, catalogue.DOPAMINE_NEURON)
    found = rates(cell, [50, 70, 40, 80], level=[1, 1, 0, 0], gain_centre=60 * pA)
    assert found[0] == found[2] and found[1] == found[3] and found[0] < found[1]


def test_girk_slows_dopamine_neurons():
    found = rates(under(catalogue.GIRK, catalogue.DOPAMINE_NEURON), [100] * 3, soma=[0, 0.5, 1])
    assert found[0] > found[1] > found[2]


def test_subtracted_rates_end_at_silence():
    """20 spikes per second less 30 times the level; never below none."""
    step(1 * MS)
    cell = under(catalogue.CHOLINERGIC_D2, catalogue.POISSON)
    found = fired(dish(cell, 6000, rate=20 * Hz, D2=np.repeat([0, 0.5, 1], 2000)), 0.5 * second)
    assert found.reshape(3, -1).mean(axis=1) == pytest.approx([20, 5, 0], abs=0.75)


def test_two_receptors_silence_cholinergic_cells_together():
    step(1 * MS)
    both = under(catalogue.CHOLINERGIC_M4, under(catalogue.CHOLINERGIC_D2, catalogue.POISSON))
    assert fired(dish(both, 500, rate=6 * Hz, D2=0.1, M4=0.1), 0.5 * second).sum() == 0


def presynaptic(model, times, **values):
    """Return what a train of spikes brings into a cell, spike by spike, in pA."""
    step(0.2 * MS)
    cell = dish(catalogue.DOPAMINE_NEURON, I=-50 * pA)
    synapses = released(model, cell, times, **values)
    found = watch(cell, ("I_synaptic",), times[-1] + 2 * MS, *synapses)["I_synaptic"][0]
    steps = np.round(np.asarray(times) / 0.2e-3).astype(int)
    return np.array([found[k + 1] - found[k] for k in steps]) * 1e12


def test_a_terminal_receptor_spares_the_later_spikes_of_a_train():
    """Less is released at first, so more is left: 0.5, then (0.75/0.5) of that, and so on."""
    times = np.arange(1, 6) * 20 * MS
    plain = presynaptic(catalogue.SHORT_TERM, times)
    lowered = presynaptic(under(catalogue.RELEASE_PROBABILITY, catalogue.SHORT_TERM), times, level=1)
    ratio = lowered / plain
    assert ratio[0] == pytest.approx(0.5, rel=0.05)
    assert ratio[1] > 0.7 and ratio[4] > 0.9


def test_a_gain_changes_all_spikes_alike():
    times = np.arange(1, 6) * 20 * MS
    plain = presynaptic(catalogue.CURRENT_SYNAPSE, times)
    raised = presynaptic(under(catalogue.SYNAPTIC_GAIN, catalogue.CURRENT_SYNAPSE), times, level=1)
    assert raised / plain == pytest.approx(1.5, rel=0.02)


def test_glutamate_opens_both_conductances():
    step(0.1 * MS)
    cell = dish(catalogue.MEDIUM_SPINY)
    synapses = released(catalogue.GLUTAMATE, cell, [1] * MS)
    found = watch(cell, ("g_ampa", "g_nmda"), 2 * MS, *synapses)
    assert found["g_ampa"][0].max() == pytest.approx(1.15e-9, rel=0.02)
    assert found["g_nmda"][0].max() == pytest.approx(1.15e-9 * 0.5 * 6 / 160, rel=0.02)


def test_the_noradrenaline_transporter_takes_dopamine_unless_noradrenaline_is_there():
    """With no uptake of its own: V/K at low dopamine, and less with noradrenaline in between."""
    step(1 * MS)
    declared = "noradrenaline : mmolar"
    pool = apply(catalogue.NET_TAKES_DOPAMINE, catalogue.DA_DS_EJDRUP, {}, declared)
    there = {"C": 1 * nmolar, "noradrenaline": [0, 2600] * nmolar, "V_max": 0 * nmolar / second}
    found = watch(dish(pool, 2, **there), ("C",), 6.701 * second)["C"]
    assert -np.log(found[:, -1] / found[:, 0]) == pytest.approx([1, 0.5], rel=2e-3)
