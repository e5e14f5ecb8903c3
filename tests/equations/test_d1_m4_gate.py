"""The gate of D1 and M4, molecule by molecule, against an integration of its own table."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from neuromodsim.equations.messengers.nair_2015 import AT_REST, D1_M4_GATE, NETWORK
from tests.equations.cascades import order_of, own_slopes, slopes, some_states

NAIR_NAMES = tuple(AT_REST)
NAIR_START = np.array(list(AT_REST.values()))
HELD = {"Ca": 60.0, "ATP": 5e6}


def nair_slopes(dopamine, acetylcholine):
    """Return dy/dt of the larger cascade, in nM and seconds, from the model's own table."""
    rate = {
        n: float(p.value) * 1e-6 ** order_of(p) for n, p in D1_M4_GATE.parameters.items() if n not in HELD
    }
    listed = [
        (" ".join(r.left), " ".join(r.right), *[rate[k] for k in r.rates], *[0.0] * (2 - len(r.rates)))
        for r in NETWORK
    ]
    return slopes(listed, NAIR_NAMES, {"DA": dopamine, "ACh": acetylcholine, **HELD})


def nair(dopamine, acetylcholine, seconds, start):
    """Return the substances of the larger cascade, in nM, shape (substance, time)."""
    slope = nair_slopes(dopamine, acetylcholine)
    return solve_ivp(slope, (0, seconds), start, method="LSODA", rtol=1e-6, atol=1e-8).y


def test_the_published_rest_of_the_larger_cascade_is_a_steady_state():
    """A wrong rate, reaction or initial value, of 260 in all, would show: 72 slopes are zero."""
    assert np.max(np.abs(nair_slopes(10.0, 100.0)(0, NAIR_START))) < 1e-5  # nM/s; fluxes are up to thousands
    assert np.max(np.abs(nair_slopes(10.1, 100.0)(0, NAIR_START))) > 1e-3


def test_the_larger_cascade_says_what_its_table_says():
    """Fails if a reaction gets lost between the table and the equations, or its sign."""
    for state in some_states(NAIR_NAMES):
        found = own_slopes(D1_M4_GATE, state, DA=70.0, ACh=30.0)
        wanted = nair_slopes(70.0, 30.0)(0, np.array(list(state.values())))
        for name, slope in zip(NAIR_NAMES, wanted, strict=True):
            assert found[name] == pytest.approx(slope, rel=1e-6, abs=1e-3), name


@pytest.mark.parametrize(
    ("dopamine", "acetylcholine", "cAMP", "PKAc"),
    [(1000, 100, 5.75, 1.46), (10, 0, 1.27, 1.01), (1000, 0, 38.4, 9.2)],
)
def test_a_burst_and_a_pause_multiply(dopamine, acetylcholine, cAMP, PKAc):
    """Highest cAMP and PKAc, in multiples of rest, of 0.4 s of a burst, a pause, or both."""
    during = nair(dopamine, acetylcholine, 0.4, NAIR_START)
    after = nair(10, 100, 6, during[:, -1])
    for name, wanted in (("cAMP", cAMP), ("PKAc", PKAc)):
        k = NAIR_NAMES.index(name)
        found = max(during[k].max(), after[k].max()) / AT_REST[name]
        assert found == pytest.approx(wanted, rel=0.01)
