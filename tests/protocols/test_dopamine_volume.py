"""Dopamine in space, in boxes and stretches of time small enough for the numpy target."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import Hz, ms, um
from brian2.units.allunits import nmolar

import neuromodsim as nms
from neuromodsim.description.geometry import Box
from neuromodsim.equations import TONIC_BURST_PAUSE
from neuromodsim.protocols import DOPAMINE_VOLUME, DOPAMINE_VOLUME_WELL_MIXED, POINT_SOURCE
from neuromodsim.protocols.dopamine_volume.circuit import along_x, in_space, middle, one_vesicle
from tests.pretend import ALWAYS

SPREAD = 763 / 1.54**2  # um²/s
ONE_VESICLE = 3000 / 6.02214076e23 / 0.21 * 1e24  # nmol/L in 1 um³
# What the seven-point stencil gets wrong at dx 1 um and dt 0.1 ms, in percent, at 1, 2, 3 and 5 um.
EXPECTED_ERROR = {5: (7.8, 3.8, 3.5, 33), 10: (3.9, 2.7, 1.4, 2.2), 20: (2.0, 1.7, 1.2, 0.4)}
COARSE = Box((21, 21, 21) * um, dx=1 * um, boundary="periodic")


def cloud(radius, age):
    spread = 4 * SPREAD * age
    return ONE_VESICLE / (np.pi * spread) ** 1.5 * np.exp(-(radius**2) / spread)


@pytest.fixture(scope="module")
def vesicle():
    """Return the dataset of one vesicle in a box of 1 um voxels."""
    box = replace(POINT_SOURCE, circuit=one_vesicle(COARSE), dt=0.1 * ms)
    record = {"states": {"dopamine.C": 0.1 * ms}, "only": {"dopamine.C": along_x(COARSE)}}
    run = nms.simulate(box, device="numpy", duration=21 * ms, record=record)
    return run["modulators/dopamine"].to_dataset()


def test_a_vesicle_spreads_as_the_closed_form_says(vesicle):
    """Catches a volume fraction or a tortuosity that counts twice or not at all."""
    for age, expected in EXPECTED_ERROR.items():
        # It is released at the end of the first step.
        row = vesicle.C.sel(time=age * 1e-3 + 1e-4, method="nearest").values[[1, 2, 3, 5]]
        errors = 100 * np.abs(row / cloud(np.array([1, 2, 3, 5]), age * 1e-3) - 1)
        assert errors == pytest.approx(expected, abs=0.5 if age == 5 else 0.1)


def test_the_vesicle_opens_once_in_the_middle():
    assert middle(COARSE) == (10 * 21 + 10) * 21 + 10
    run = nms.simulate(
        replace(POINT_SOURCE, circuit=one_vesicle(COARSE), dt=0.1 * ms),
        device="numpy",
        duration=3 * ms,
        record={"spikes": {"nucleus": nms.Window()}, "states": {"dopamine.C": 1 * ms}, "only": {}},
    )
    assert run["spikes/nucleus"].time.values.tolist() == [0.0]
    total = run["modulators/dopamine"].C.sum(("x", "y", "z")).values[1:]
    assert total == pytest.approx(ONE_VESICLE, rel=1e-9)


@pytest.mark.parametrize(("region", "rate", "wanted"), [("dorsal", 4, 8.29), ("ventral", 2, 11.3)])
def test_without_space_tonic_dopamine_is_that_of_the_closed_form(region, rate, wanted):
    """K_m J / (V_max - J); catches a wrong density of sites, probability, or content of a vesicle."""
    run = nms.simulate(
        replace(DOPAMINE_VOLUME_WELL_MIXED, dt=0.25 * ms),
        condition=f"{region}_tonic",
        device="numpy",
        duration=250 * ms,
        parameters={"nucleus.tonic_rate": rate * Hz, "dopamine.C": 0.99 * wanted * nmolar},
        record={"states": {"dopamine.C": 1 * ms}},
    )
    late = run["modulators/dopamine"].C.sel(time=slice(0.2, 0.25)).mean()
    assert float(late) == pytest.approx(wanted, rel=0.01)


@pytest.mark.parametrize(("region", "uptake"), [("dorsal", 6000), ("ventral", 2000)])
def test_a_pause_lets_uptake_be_seen(region, uptake):
    """From a half to a tenth takes (K_m ln 5 + 0.4 C) / V_max; D2 falls by exp(-0.2 t) at most."""
    run = nms.simulate(
        replace(DOPAMINE_VOLUME_WELL_MIXED, dt=0.5 * ms),
        condition=f"{region}_pause",
        device="numpy",
        duration=300 * ms,
        parameters={"nucleus.pause_start": 0 * ms},
        record={"states": {"dopamine.C": 0.5 * ms, "dopamine.D2": 0.5 * ms}},
    )
    levels = run["modulators/dopamine"].to_dataset().isel(region=0)
    base, left = float(levels.C[0]), float(levels.D2[-1] / levels.D2[0])
    half, tenth = (np.interp(-base / n, -levels.C.values, levels.time.values) for n in (2, 10))
    assert tenth - half == pytest.approx((210 * np.log(5) + 0.4 * base) / uptake, rel=0.001)
    assert np.exp(-0.2 * 0.3) < left < 0.99


def test_box_and_well_mixed_release_alike():
    """Catches a region whose sites are fewer in one of the two experiments only."""
    sites = DOPAMINE_VOLUME.circuit.projections[-1].wiring.count
    assert sites == 1080
    for name, condition in DOPAMINE_VOLUME.conditions.items():
        in_box = condition.parameters["dopamine_release.p_release"] * sites / (30 * um) ** 3
        other = DOPAMINE_VOLUME_WELL_MIXED.conditions[name].parameters
        assert float(in_box / (0.06 * other["dopamine_release.site_density"])) == pytest.approx(1)


def test_a_fibre_sees_the_mean_of_the_present():
    """Catches a fibre that is late, or misses voxels."""
    small = replace(DOPAMINE_VOLUME, circuit=in_space(Box((6, 6, 6) * um, dx=1 * um)), dt=0.25 * ms)
    run = nms.simulate(
        small,
        device="numpy",
        seed=2,
        duration=60 * ms,
        parameters={"nucleus.tonic_rate": 40 * Hz},
        record={
            "states": {p: 2 * ms for p in ("fibre.C", "fibre.D2", "dopamine.C", "dopamine.D2")},
            "only": {},
        },
    )
    pool, fibre = (
        run[f"modulators/{name}"].to_dataset().isel(time=slice(0, -1)) for name in ("dopamine", "fibre")
    )
    assert pool.C.std("time").max() > 1
    for level in ("C", "D2"):
        assert fibre[level].values[:, 0] == pytest.approx(pool[level].mean(("x", "y", "z")).values, rel=1e-12)


def fire(regularity, **plan):
    """Return the spikes of 200 cells in 900 ms."""
    cells = nms.Population(name="cells", size=200, model=TONIC_BURST_PAUSE)
    alone = nms.Circuit(populations=(cells,))
    alone = replace(DOPAMINE_VOLUME, circuit=alone, conditions=ALWAYS, dt=1 * ms, duration=900 * ms)
    values = {f"cells.{name}": value for name, value in {"regularity": regularity, **plan}.items()}
    record = nms.Recording(spikes={"cells": nms.Window()})
    return nms.simulate(alone, device="numpy", seed=4, parameters=values, record=record)["spikes/cells"]


def test_cells_at_random_are_a_poisson_process():
    """Catches a rate or a variation that depends on the way intervals are drawn."""
    counts = fire(0.0, tonic_rate=20 * Hz).spike_count.values
    assert counts.mean() == pytest.approx(18, abs=4 * (18 / 200) ** 0.5)
    assert counts.var() / counts.mean() == pytest.approx(1, abs=0.4)


def test_regular_cells_fire_six_times_in_a_burst_and_not_in_a_pause():
    """Catches a plan that is read in the wrong order, or a step late."""
    plan = {"burst_start": 100 * ms, "burst_length": 300 * ms}
    plan |= {"pause_start": 450 * ms, "pause_length": 200 * ms}
    times = fire(1.0, **plan).time.values
    assert np.count_nonzero((times > 0.0995) & (times < 0.3995)) == pytest.approx(6 * 200, abs=2)
    assert not np.any((times > 0.4495) & (times < 0.6495))
    assert np.count_nonzero(times > 0.6495) == pytest.approx(200, abs=2)
