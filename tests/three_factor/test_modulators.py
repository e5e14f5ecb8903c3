"""Modulators that are not sums of exponentials, and modulators in several regions.

There is no closed form here, but there are two programs that share little: as the time step shrinks
they must come together, and with the order of their method.
"""

from itertools import pairwise

import numpy as np
import pytest
from brian2 import ms, second

import neuromodsim as nms
from neuromodsim.equations import PHASIC_DOPAMINE
from tests.pretend import OURS, spike_driven, weights
from tests.three_factor.oracle import Pair, weight

# Dopamine cleared by a transporter that saturates.
TRANSPORTER = nms.ModulatorModel(
    name="transporter",
    summary="Uptake that saturates.",
    source=OURS,
    equations="dd/dt = -v_max*d/(k_m + d) : 1",
    method="rk4",
    level="d",
    parameters={
        "v_max": nms.Parameter(4 / second, "fastest uptake"),
        "k_m": nms.Parameter(0.2, "level of half the fastest uptake"),
    },
)
TRAINS = [
    [0.010, 0.050, 0.090, 0.200, 0.260],
    [0.020, 0.045, 0.095, 0.205, 0.300],
    [0.030, 0.060, 0.210],
    [0.100, 0.150],
]
TAUS = {"plastic.tau_c": 100 * ms, "plastic.a_minus": 0.5}


def pool(regions: int, model: nms.ModulatorModel = TRANSPORTER) -> nms.Modulator:
    return nms.Modulator(name="dopamine", model=model, regions=regions)


def saturable(how: str, dt: float, regions: int = 1, released: tuple[int, ...] = (0,)) -> np.ndarray:
    """Return the final weights onto cells 1 and 0 in mV."""
    cells = tuple(2 + k for k in range(len(released)))
    subject = spike_driven(
        TRAINS,
        pairs=((0, 1), (1, 0)),
        modulators=[pool(regions)],
        releases={"dopamine": (cells, released)},
        compartment_of=(1, 0, 0, 0) if regions > 1 else (),
        dt=dt * ms,
        sample=400 * ms,
    )
    return weights(subject, 400 * ms, third_factor=how, parameters=TAUS)[-1]


def test_the_two_programs_converge_at_first_order():
    """The ratio of successive differences is 2 for first order, 4 for second, 1 for never."""
    steps = (1, 0.5, 0.25)
    gaps = [np.abs(saturable("event-driven", dt) - saturable("clock-driven", dt)) for dt in steps]
    for coarse, fine in pairwise(gaps):
        assert coarse / fine == pytest.approx(2, abs=0.15)


def test_the_event_driven_program_is_the_nearer_one():
    """Both go to one limit: that of the event-driven program, extrapolated, is also that of the other."""
    limits = {how: 2 * saturable(how, 0.25) - saturable(how, 0.5) for how in ("event-driven", "clock-driven")}
    assert limits["clock-driven"] == pytest.approx(limits["event-driven"], rel=2e-3)


@pytest.mark.parametrize("how", ["event-driven", "clock-driven"])
def test_each_cell_follows_its_own_region(how):
    """Cell 0 lies in region 1 and cell 1 in region 0, so a mixed-up index cannot pass."""
    both = saturable(how, 1, regions=2, released=(0, 1))
    only_cell_2 = saturable(how, 1, released=(0,))
    trains = [*TRAINS[:2], TRAINS[3], TRAINS[2]]
    subject = spike_driven(trains, pairs=((0, 1), (1, 0)), modulators=[pool(1)], dt=1 * ms, sample=400 * ms)
    only_cell_3 = weights(subject, 400 * ms, third_factor=how, parameters=TAUS)[-1]
    assert both[0] == pytest.approx(only_cell_2[0], rel=1e-12)  # onto cell 1, region 0
    assert both[1] == pytest.approx(only_cell_3[1], rel=1e-12)  # onto cell 0, region 1
    assert both[0] != pytest.approx(only_cell_3[0], rel=0.1)


def test_exponential_dopamine_in_two_regions_equals_the_closed_form():
    subject = spike_driven(
        TRAINS,
        pairs=((0, 1), (1, 0)),
        modulators=[pool(2, PHASIC_DOPAMINE)],
        releases={"dopamine": ((2, 3), (0, 1))},
        compartment_of=(1, 0, 0, 0),
        sample=400 * ms,
    )
    found = weights(subject, 400 * ms, parameters=TAUS)[-1]
    steps = [np.rint(np.array(train) * 1000).astype(int) for train in TRAINS]
    rule = Pair(tau_c=0.1, a_minus=0.5)
    (first,) = weight(rule, steps[0], steps[1], steps[2], [400], 1e-3)
    (second_,) = weight(rule, steps[1], steps[0], steps[3], [400], 1e-3)
    assert found == pytest.approx([first, second_], rel=1e-12)


def test_regions_that_nobody_assigned_are_refused():
    subject = spike_driven(TRAINS, modulators=[pool(2)], releases={"dopamine": ((2,), (0,))})
    with pytest.raises(nms.WrongInput, match="must map each of 4 target cells to one of 2 regions"):
        weights(subject, 10 * ms)


def test_a_region_for_each_cell_needs_no_list():
    subject = spike_driven(TRAINS, modulators=[pool(4)], releases={"dopamine": ((2,), (1,))}, sample=400 * ms)
    found = weights(subject, 400 * ms, parameters=TAUS)[-1]
    subject = spike_driven(TRAINS, modulators=[pool(1)], sample=400 * ms)
    assert found == pytest.approx(weights(subject, 400 * ms, parameters=TAUS)[-1], rel=1e-12)
    assert found != 0
