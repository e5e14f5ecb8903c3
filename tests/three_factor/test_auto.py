"""``third_factor="auto"``: each projection has the event-driven program if its rule has the form for it."""

import json
from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms

import neuromodsim as nms
from tests.three_factor.test_chains import LEVEL, R_MAX, subject

# It depends on the weight itself, so only the clock can step it.
SOFT = replace(R_MAX, name="soft", equations=R_MAX.equations.replace("eta*d*c", "eta*d*c*(1 - w)"))


@pytest.fixture(scope="module")
def mixed():
    one = subject(every=60 * ms)
    (hard,) = one.circuit.projections
    circuit = replace(one.circuit, projections=(hard, replace(hard, name="soft", model=SOFT)))
    states = {"s.w": 60 * ms, "soft.w": 60 * ms}
    return replace(one, circuit=circuit, recording=nms.Recording(states=states))


def test_rules_of_another_form_alone_are_clock_driven(mixed):
    """Catches a circuit in which one rule decides for all, and a choice of which nothing is recorded."""
    runs = {how: nms.simulate(mixed, device="numpy", third_factor=how) for how in ("auto", "clock-driven")}
    assert runs["auto"].attrs["third_factor"] == "auto"
    assert json.loads(runs["auto"].attrs["clock_driven"]) == ["soft"]
    assert "clock_driven" not in runs["clock-driven"].attrs
    soft, same = (run["synapses/soft"].weight.values for run in runs.values())
    np.testing.assert_array_equal(soft, same)
    hard, alike = (run["synapses/s"].weight.values for run in runs.values())
    assert np.abs(hard).max() > 0.01
    np.testing.assert_allclose(hard, alike, rtol=0, atol=1e-12)
    with pytest.raises(nms.WrongInput, match="dw/dt of 'soft' is not eligibility times modulator"):
        nms.simulate(mixed, device="numpy")


def test_what_is_wrong_in_both_programs_is_said():
    """Catches a mistake that is taken for a rule of another form."""
    wrong = subject(replace(R_MAX, on_pre="slow += no_such_name"), LEVEL)
    with pytest.raises(nms.NeuromodsimError, match="no_such_name"):
        nms.simulate(wrong, device="numpy", third_factor="auto")
