"""The Chebyshev method: of second order, stable as far as it says, and stages at their own times."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, second

from neuromodsim.equations.release.transient import TRANSIENT
from neuromodsim.numerics.chebyshev import coefficients
from tests.equations.cascades import alone, run


def amplification(table, z):
    """Return what one step makes of x in dx/dt = λx, for z = λ dt."""
    levels = [1.0]
    for k, (mu, nu, mu_slope, gamma, _) in enumerate(table, start=1):
        before = levels[k - 2] if k > 1 else 0.0
        new = (1 - mu - nu) + mu * levels[-1] + nu * before + mu_slope * z * levels[-1] + gamma * z
        levels.append(new if k > 1 else 1 + mu_slope * z)
    return levels[-1]


@pytest.mark.parametrize("stages", [3, 5, 10])
def test_chebyshev_steps_are_of_second_order(stages):
    """1 + z + z²/2, and the last stage ends with the step."""
    table, small = coefficients(stages), 1e-3
    assert amplification(table, small) == pytest.approx(1 + small + small**2 / 2, abs=1e-9)
    assert table[-1][-1] == pytest.approx(1)


@pytest.mark.parametrize("stages", [3, 5, 10])
def test_chebyshev_steps_are_stable_as_far_as_they_say(stages):
    table, reach = coefficients(stages), 0.65 * (stages**2 - 1)
    assert all(abs(amplification(table, -z)) < 1 + 1e-9 for z in np.linspace(0, reach, 2000))
    assert abs(amplification(table, -1.3 * reach)) > 1


def test_time_in_equations_is_that_of_the_stage():
    """dx/dt = t² is integrated to second order: a step that reads the time of its start is worse."""
    model = replace(TRANSIENT, name="cube", method="chebyshev", step="", parameters={}, initial={}, level="x")
    found = []
    for dt in (20 * ms, 10 * ms):
        cube = replace(model, equations="dx/dt = 3*(t/second)**2/second : 1")
        result = run(alone(cube, dt=dt, interval=100 * ms, states=("x",)), 1.1 * second)
        found.append(abs(float(result["modulators/one"].x.sel(time=1.0)[0]) - 1))
    assert found[0] < 1e-3 and found[0] / found[1] == pytest.approx(4, rel=0.1)
