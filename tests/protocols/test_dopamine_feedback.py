"""The feedback of dopamine on itself, against the closed forms of its loops."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, second
from brian2.units.allunits import nmolar

import neuromodsim as nms
from neuromodsim.protocols import DOPAMINE_FEEDBACK

BLOCKED, ANTAGONISED = 1 + 100 / 56, 1 + 1500 / 15  # 1 + dose / K_i


def at_rest(rate, uptake, release, K_m=160, K_d=100, gain=3):
    """Return the positive root of the toolbox's quadratic, in nmol/L."""
    first = rate * release - uptake * (1 + gain)
    return np.roots([first, rate * release * (K_d + K_m) - K_d * uptake, rate * release * K_m * K_d]).max()


def stays(condition, **levels):
    """Return both pools after half a second, started where they should rest."""
    run = nms.simulate(
        replace(DOPAMINE_FEEDBACK, dt=0.5 * ms),
        condition=condition,
        device="numpy",
        duration=500 * ms,
        parameters={path.replace("__", "."): value for path, value in levels.items()},
    )
    window = {"time": slice(0.25, 0.5)}
    return [run[f"modulators/{n}"].to_dataset().sel(window).mean() for n in ("dopamine", "somatodendritic")]


@pytest.mark.parametrize(
    ("condition", "wanted", "root", "K_d"),
    [
        ("vta_4", 55.5, at_rest(4, 1500, 200), 100),
        ("snc_blocker", 88.7, at_rest(4, 4000, 400, K_m=160 * BLOCKED), 100),
        ("snc_antagonist", 101.6, at_rest(4, 4000, 400, K_d=100 * ANTAGONISED), 100 * ANTAGONISED),
    ],
)
def test_the_terminal_loop_rests_at_the_root_of_the_quadratic(condition, wanted, root, K_d):
    """Catches a gain, an affinity or a release that is not the toolbox's, and a drug in the wrong place."""
    assert root == pytest.approx(wanted, abs=0.06)
    bound = root / (root + K_d)
    terminals, _ = stays(condition, dopamine__C=root * nmolar, dopamine__terminal=bound)
    assert float(terminals.C) == pytest.approx(root, rel=0.008)
    # An antagonist starts as if there were no dopamine, and takes a moment to make room.
    assert float(terminals.terminal) == pytest.approx(bound, rel=0.02 if K_d > 100 else 0.002)


def test_the_somatic_loop_leaves_four_of_five_spikes_per_second():
    """Catches a feedback that divides instead of subtracting, or reads the other pool."""
    rest = {"somatodendritic__C": 107.8 * nmolar, "somatodendritic__soma": 107.8 / 1107.8}
    terminals, bodies = stays("soma", dopamine__C=55.8 * nmolar, dopamine__terminal=55.8 / 155.8, **rest)
    assert float(bodies.C) == pytest.approx(107.8, rel=0.002)
    assert 5 - 10 * float(bodies.soma) == pytest.approx(4.026, rel=0.002)
    assert float(terminals.C) == pytest.approx(55.8, rel=0.008)


def test_every_condition_uses_numbers_of_one_region():
    """Catches a condition that takes up as one region and releases as the other."""
    for name, condition in DOPAMINE_FEEDBACK.conditions.items():
        uptake = float(condition.parameters["dopamine.V_max"] / (nmolar / second))
        release = float(condition.parameters["dopamine_release.release_all"] / nmolar)
        assert (round(uptake), round(release)) == ((4000, 400) if name.startswith("snc") else (1500, 200))
