"""Names that are generated never meet a name of a user's, and equations see weights as they are now."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms

import neuromodsim as nms
from neuromodsim.transforms.code_names import Fresh, assigned, used
from tests.pretend import WIDE, spike_driven, weights
from tests.three_factor.listed import experiment, recorded, rule

TRAINS = [[0.010, 0.090, 0.150], [0.015, 0.080, 0.160], [0.020, 0.100]]
# Every name that the event-driven program of the rule makes for itself where nobody has it.
GENERATED = ("c_scaled", "c_now", "g_c", "K_w_c", "K_w_c_seen", "steps", "d_level", "d_here", "d_tau_d")
GENERATED += ("region_row", "turns_w", "way_w", "ahead_w", "K_w_c_move")
FUNCTIONS = ("heading_w", "noted_w", "settled_w")


def usual(**how) -> np.ndarray:
    return weights(spike_driven(TRAINS, sample=50 * ms), 200 * ms, **how)[:, 0]


def test_variables_of_the_rule_may_have_generated_names():
    """Catches a name that is made by adding to another one, and found again by taking off what was added."""
    names = (*GENERATED, *FUNCTIONS)
    rule = replace(
        WIDE,
        equations="\n".join([WIDE.equations, *(f"{name} : 1" for name in names)]),
        on_pre="\n".join([WIDE.on_pre, *(f"{name} += {k}" for k, name in enumerate(names))]),
        initial={**WIDE.initial, **dict.fromkeys(names, 4.0)},
    )
    states = dict.fromkeys(["plastic.w", *(f"plastic.{name}" for name in names)], 50 * ms)
    run = nms.simulate(spike_driven(TRAINS, rule=rule, states=states), device="numpy", duration=200 * ms)
    data = run["synapses/plastic"]
    np.testing.assert_allclose(data["weight"].values[:, 0], usual(), rtol=1e-12)
    for k, name in enumerate(names):
        assert data[name].values[:, 0].tolist() == [4.0, 4.0 + k, 4.0 + 2 * k, 4.0 + 2 * k, 4.0 + 3 * k], name


@pytest.mark.parametrize("how", ["event-driven", "clock-driven"])
def test_variables_of_the_target_with_generated_names_are_left_alone(how):
    """Brian2 lets code of a synapse set its target's variables: a temporary of ours must not be one."""
    states = dict.fromkeys(["plastic.w", *(f"cells.{name}" for name in GENERATED)], 50 * ms)
    subject = spike_driven(TRAINS, states=states)
    (cells,) = subject.circuit.populations
    more = "".join(f"{name} : 1\n" for name in GENERATED)
    model = replace(cells.model, equations=f"{cells.model.equations}\n{more}")
    circuit = replace(
        subject.circuit, populations=(replace(cells, model=model, initial=dict.fromkeys(GENERATED, 4.0)),)
    )
    run = nms.simulate(replace(subject, circuit=circuit), device="numpy", duration=200 * ms, third_factor=how)
    weight = run["synapses/plastic"]["weight"].values[:, 0]
    np.testing.assert_allclose(weight, usual(third_factor=how), rtol=1e-12)
    for name in GENERATED:
        assert np.all(run["state/cells"][name].values == 4.0), name


def test_parameters_may_have_generated_names():
    names = ("g_c", "K_w_c", "steps", "d_level", "d_tau_d")
    rule = replace(
        WIDE,
        on_pre=WIDE.on_pre.replace("x = 1", f"x = {'*'.join(names)}"),
        parameters={**WIDE.parameters, **dict.fromkeys(names, nms.Parameter(1.0, "one"))},
    )
    found = weights(spike_driven(TRAINS, rule=rule, sample=50 * ms), 200 * ms)[:, 0]
    np.testing.assert_allclose(found, usual(), rtol=1e-12)


@pytest.mark.parametrize("how", ["event-driven", "clock-driven"])
def test_subexpressions_and_sums_read_weights_and_eligibilities_as_they_are(how):
    """They would else read what was stored at the last touch, or a variable of the target of this name."""
    rule = replace(
        WIDE,
        equations=f"{WIDE.equations}\nboth = w + 1*volt*c : volt\nI_synaptic_post = w : volt (summed)\n"
        "kept : volt",
        on_pre=WIDE.on_pre.replace("I_synaptic_post += w", "kept = both"),
    )
    states = {f"plastic.{name}": 1 * ms for name in ("w", "c", "both", "kept")} | {"cells.I_synaptic": 1 * ms}
    subject = spike_driven(TRAINS, rule=rule, states=states)
    run = nms.simulate(subject, device="numpy", duration=200 * ms, third_factor=how)
    data = run["synapses/plastic"]
    w, c, both, kept = (data[n].values[:, 0] for n in ("weight", "eligibility", "both", "kept"))
    np.testing.assert_allclose(both, (w + 1e3 * c)[: len(both)], rtol=1e-12, atol=1e-9)
    at = 150  # the last spike of the source, whose code sees the present before its own changes
    decay = np.exp(-0.001) if how == "event-driven" else 1 - 0.001
    assert kept[-1] == pytest.approx(w[at + 1] + 1e3 * c[at] * decay, rel=1e-9)
    alone = replace(subject, recording=nms.Recording(states={"cells.I_synaptic": 1 * ms}))
    target = nms.simulate(alone, device="numpy", duration=200 * ms, third_factor=how)["state/cells"][
        "I_synaptic"
    ]
    # The clock-driven program sums before it moves weights in a step, the other one after.
    seen = w[1:] if how == "event-driven" else w[:-1]
    np.testing.assert_allclose(target.values[1:, 1], seen, rtol=1e-9, atol=1e-12)


def test_single_precision_holds_for_an_eligibility():
    """Catches a field that names a variable which is stored under another name."""
    rule = replace(WIDE, single=("c",))
    found = weights(spike_driven(TRAINS, rule=rule, sample=50 * ms), 200 * ms)[:, 0]
    exact = usual()
    assert found == pytest.approx(exact, rel=1e-5)
    assert np.max(np.abs(found / np.where(exact == 0, 1, exact) - (exact != 0))) > 1e-10


def test_names_are_read_as_code_and_not_as_text():
    assert assigned("w += c; v_post -= 1\n# x = 3\nif_so = 2*(c == 1)") == {"w", "v_post", "if_so"}
    assert assigned("x **= 2\n    y //= 3") == {"x", "y"}
    assert used("w = clip(w + c, 0, w_max)  # tag") == {"w", "clip", "c", "w_max"}
    with pytest.raises(nms.WrongInput, match="cannot be read as code"):
        used("w = 1 +")
    fresh = Fresh({"a"})
    assert [fresh("a"), fresh("a"), fresh("b")] == ["a_2", "a_3", "b"]


@pytest.mark.parametrize("end", ["_seen", "_next", "_2"])
def test_traces_whose_rates_move_may_be_named_after_each_other(end):
    """Catches an integral of one trace's rate that is called as what the other remembers of its own."""
    names = ("a", f"a{end}")
    speed = rule(
        equations="".join(f"d{n}/dt = -{n}/tau*(1 + v_post) : 1 (event-driven)\n" for n in names),
        on_pre="".join(f"{n} += {k + 1}\n" for k, n in enumerate(names)),
        on_post=f"{names[0]} += 1",
        numbers={"tau": 20 * ms},
    )
    fires = {"extra": "v : 1", "initial": {"v": 3.0}}
    states = dict.fromkeys([f"s.{n}" for n in names], 50 * ms)
    subject = experiment(speed, [[10, 40]], [[25]], states, target=fires, duration=50 * ms)
    for name, value in zip(names, (1, 2), strict=True):
        decay = np.exp(-np.array([40, 10]) * 4 / 20)
        expected = value * decay.sum() + (np.exp(-25 * 4 / 20) if value == 1 else 0)
        np.testing.assert_allclose(recorded(subject, name)[-1], expected, rtol=1e-12)
