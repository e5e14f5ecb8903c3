"""Releases: how far one spike, all cells, or a train of spikes raise a pool."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import Hz, ms, second, um
from brian2.units.allunits import nmolar

import neuromodsim as nms
from neuromodsim import equations as catalogue
from neuromodsim.description.model import Parameter
from neuromodsim.transforms.effect import apply
from tests.equations.dish import dish, released, step, watch
from tests.pretend import ALWAYS, OURS, spike_source, spike_table

VOXEL = Parameter(1 * um**3, "volume of a voxel", low=0 * um**3)


def still(pool):
    """Return a pool in which nothing is cleared, with the volume that a geometry gives it."""
    quiet = {"V_max": 0 * nmolar / second, "k_loss": 0 / second}
    pool = pool.with_parameters(**quiet)
    return replace(
        pool,
        equations=f"{pool.equations}\n unused = voxel_volume : meter**3",
        parameters={**pool.parameters, "voxel_volume": VOXEL},
    )


def risen(release, pool, times, cells=1, **values):
    """Return in nmolar where a pool is after spikes at these times."""
    group = dish(still(pool))
    synapses = released(release, group, times, cells, **values)
    return watch(group, ("C",), max(times) + 20 * ms, *synapses)["C"][0, -1] * 1e6


@pytest.mark.parametrize("cells", [1, 7])
def test_all_cells_firing_once_raise_the_striatum_by_what_its_sites_hold(cells):
    """56.9 dorsal, 51.2 ventral, however many cells share the sites."""
    step(1 * ms)
    once = [1] * ms
    dorsal = risen(catalogue.MEAN_FIELD_RELEASE, catalogue.DA_DS_EJDRUP, once, cells)
    ventral = risen(catalogue.MEAN_FIELD_RELEASE_VENTRAL, catalogue.DA_VS_EJDRUP, once, cells)
    assert (dorsal, ventral) == pytest.approx((56.9, 51.2), rel=2e-3)


def test_extracellular_share_counts_once():
    step(1 * ms)
    whole = catalogue.DA_DS_EJDRUP.with_parameters(alpha=1.0)
    found = risen(catalogue.MEAN_FIELD_RELEASE, whole, [1] * ms)
    assert found == pytest.approx(56.9 * 0.21, rel=2e-3)


def test_a_quantum_fills_its_voxel():
    """3000 molecules in 0.21 of a cubic micrometre are 23.7 umolar, and nothing with p of zero."""
    step(1 * ms)
    found = risen(catalogue.QUANTAL_RELEASE, catalogue.DA_DS_EJDRUP, [1] * ms, p_release=1.0)
    assert found == pytest.approx(3000 / 6.02214076e23 / 0.21 / 1e-18 * 1e6, rel=1e-9)
    assert found == pytest.approx(23_722, rel=1e-3)
    assert risen(catalogue.QUANTAL_RELEASE, catalogue.DA_DS_EJDRUP, [1] * ms, p_release=0.0) == 0


def test_quanta_come_with_their_probability():
    """Of 20 000 sites 1200 release, give or take 34: five times that is allowed."""
    step(1 * ms)
    found = risen(catalogue.QUANTAL_RELEASE, catalogue.DA_DS_EJDRUP, [1] * ms, cells=20_000)
    assert found / 23_722 == pytest.approx(1200, abs=5 * 34)


def test_dreyer_counts_by_the_sum():
    step(1 * ms)
    for release, rise in (
        (catalogue.RELEASE_ALL, 200),
        (catalogue.RELEASE_ALL_SNC, 400),
        (catalogue.RELEASE_ALL_SOMA, 20),
        (catalogue.RELEASE_ALL_ACETYLCHOLINE, 24),
    ):
        assert risen(release, catalogue.DA_VTA_DREYER, [1] * ms, cells=5) == pytest.approx(rise)


def train(rate, count):
    """Return spike times of a regular train."""
    return np.arange(1, count + 1) / rate * second


def noradrenaline(times, **values):
    """Return the time course of noradrenaline in nmolar, in steps of 1 ms."""
    step(1 * ms)
    group = dish(catalogue.NA_LC_SLICE)
    synapses = released(catalogue.VESICLE_POOL, group, times, **values)
    return watch(group, ("C",), max(times) + 5 * ms, *synapses)["C"][0] * 1e6


def test_a_slice_of_the_locus_coeruleus_peaks_at_a_third_of_a_micromolar():
    """0.31 +- 0.04 umolar, 30 pulses at 100 Hz."""
    assert noradrenaline(train(100, 30)).max() == pytest.approx(310, abs=1)


def test_tonic_firing_blunts_a_burst():
    """Share of vesicles that are ready at 1 and 10 spikes per second: 1/(1 + depletion f tau)."""
    step(1 * ms)
    release = catalogue.VESICLE_POOL
    rises = []
    for rate in (1, 10):
        steady = 1 / (1 + 0.02 * rate * 10)
        rises.append(risen(release, catalogue.NA_LC_SLICE, train(100, 10), x=steady))
    assert rises[1] / rises[0] == pytest.approx((1 / 3) / (1 / 1.2), rel=0.02)


def test_vesicles_recover():
    """After a train that empties the pool, 10 s of rest bring back 1 - 1/e of what is missing."""
    step(10 * ms)
    times = [0.01, 10.01] * second
    alone = risen(catalogue.VESICLE_POOL, catalogue.NA_LC_SLICE, [0.01] * second, depletion=0.9)
    both = risen(catalogue.VESICLE_POOL, catalogue.NA_LC_SLICE, times, depletion=0.9)
    assert (both - alone) / alone == pytest.approx(1 - 0.9 * np.exp(-1), rel=2e-3)


@pytest.mark.parametrize("how", ["event-driven", "clock-driven"])
def test_vesicles_are_ready_when_a_run_begins(how):
    """In a real program: the first spike releases as much as in a dish, not nothing."""
    table = spike_table([[0.002]])
    noradrenaline = nms.Neuromodulator(
        "noradrenaline",
        nucleus=nms.Population(name="cells", size=1, model=spike_source(1, 1)),
        release=catalogue.VESICLE_POOL,
        pool=catalogue.NA_LC_SLICE.with_parameters(V_max=0 * nmolar / second),
    )
    experiment = nms.Experiment(
        name="one_spike",
        summary="A cell that fires once.",
        source=OURS,
        circuit=nms.add_neuromodulators(nms.Circuit(populations=()), noradrenaline),
        conditions=ALWAYS,
        recording=nms.Recording(states={"noradrenaline.C": 1 * ms}),
        duration=10 * ms,
        dt=1 * ms,
        prepare=lambda setting: {"cells.spike_time": np.asarray(table)},
    )
    run = nms.simulate(experiment, device="numpy", progress=False, third_factor=how)
    expected = 0.353 * 1e15 * 5000 / 6.02214076e23 / 0.21 * 1e6
    assert run["modulators/noradrenaline"]["C"].values.ravel()[-1] == pytest.approx(expected, rel=1e-6)


def test_dopamine_release_facilitates_then_depresses():
    """Second spike of a pair: all three kicks; after minutes the long depression alone is left."""
    step(1 * ms)
    release, pool = catalogue.FACILITATION_DEPRESSION, catalogue.DA_VS_EJDRUP
    single = risen(release, pool, [1] * ms)
    pair = risen(release, pool, [1, 2] * ms)
    assert single == pytest.approx(30)
    assert (pair - single) / single == pytest.approx(1.02 * 0.99 * 0.998, rel=1e-3)


def test_a_terminal_autoreceptor_divides_release():
    """By 1 + 3 R, whatever the release: Dreyer's, the mean field's, or single quanta."""
    step(1 * ms)
    for release in (catalogue.RELEASE_ALL, catalogue.MEAN_FIELD_RELEASE):
        fed_back = apply(catalogue.TERMINAL_AUTORECEPTOR, release, {"terminal": "0.5"})
        ratio = risen(fed_back, catalogue.DA_VTA_DREYER, [1] * ms) / risen(
            release, catalogue.DA_VTA_DREYER, [1] * ms
        )
        assert ratio == pytest.approx(1 / 2.5)


def test_the_axonal_brake_is_stronger_in_the_dorsal_striatum():
    step(1 * ms)
    left = []
    for braking in (catalogue.AXONAL_BRAKING, catalogue.AXONAL_BRAKING_VENTRAL):
        braked = apply(braking, catalogue.MEAN_FIELD_RELEASE, {"brake": "1"})
        left.append(risen(braked, catalogue.DA_DS_EJDRUP, [1] * ms) / 56.9)
    assert left == pytest.approx([0.1, 0.5], rel=5e-3)


def test_poisson_cells_fire_at_their_rate():
    """And not at all at a negative one, which a strong autoreceptor may ask for."""
    step(1 * ms)
    group = dish(catalogue.POISSON, 2000, rate=5 * Hz)
    spikes = watch(group, ("s",), 1 * second)["s"].sum()
    assert spikes == pytest.approx(10_000, abs=5 * 100)
    assert watch(dish(catalogue.POISSON, 10, rate=-5 * Hz), ("s",), 100 * ms)["s"].sum() == 0
