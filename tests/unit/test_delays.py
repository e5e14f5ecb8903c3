"""Delays: axonal and dendritic, one for all synapses or one of each."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, mV, um

import neuromodsim as nms
from tests.three_factor.listed import experiment, rule
from tests.unit.gated import gather
from tests.unit.test_wiring import place, subject

SOME = nms.FixedProbability(0.4)


def delayed(delay, experiment=None, **fields):
    one = experiment or subject(place(6), wiring=fields.pop("wiring", SOME), w="i + 10*j")
    (projection,) = one.circuit.projections
    circuit = replace(one.circuit, projections=(replace(projection, delay=delay, **fields),))
    return replace(one, circuit=circuit)


def test_synapses_of_a_source_are_numbered_in_the_order_of_their_delays():
    """Whole steps, drawn from the seed alone; the same pairs as without, and values of the right synapses."""
    found, again, other = (gather(delayed("1*ms + 6*ms*rand()"), seed=seed) for seed in (1, 1, 2))
    delays, (i, j) = found.numbers["s.delay"] / 1e-3, found.pairs["s"]
    assert np.array_equal(found.numbers["s.delay"], again.numbers["s.delay"])
    assert not np.array_equal(found.numbers["s.delay"], other.numbers["s.delay"])
    np.testing.assert_allclose(delays, np.round(delays), atol=1e-9)
    assert delays.min() >= 1 and delays.max() <= 7 and len({*np.round(delays)}) > 3
    assert (np.diff(i) >= 0).all() and all((np.diff(delays[i == cell]) >= 0).all() for cell in range(6))
    assert sorted(zip(i, j, strict=True)) == sorted(zip(*gather(delayed(None)).pairs["s"], strict=True))
    np.testing.assert_array_equal(found.numbers["s.w"], i + 10 * j)


def test_a_delay_is_worked_out_of_parameters_and_distance():
    one = delayed("distance/(20*um/ms)", wiring=nms.AllToAll())
    found = gather(one)
    i, j = found.pairs["s"]
    np.testing.assert_allclose(found.numbers["s.delay"], np.floor(abs(i - j) / 2 + 0.5) * 1e-3, rtol=1e-12)
    twice = delayed("distance/reach*ms", wiring=nms.AllToAll())
    longer = gather(twice, {"s.reach": 10 * um})
    np.testing.assert_allclose(longer.numbers["s.delay"] / 1e-3, abs(np.subtract(*longer.pairs["s"])))


def test_both_delays_are_drawn_apart():
    one = delayed("9*ms*rand()")
    (held,) = one.circuit.projections
    both = delayed(
        held.delay, one, post_delay=held.delay, model=replace(held.model, on_post="w += 1"), initial={}
    )
    found = gather(both).numbers
    assert sorted(found["s.delay"]) != sorted(found["s.post_delay"])


def test_listed_pairs_stay_in_their_order():
    """So do pairs that are prepared, and those whose delays are listed."""
    pairs, listed = nms.Pairs((2, 0, 0), (1, 5, 3)), np.array([3.0, 2.0, 1.0])
    for delay in (listed * ms, "(3 - j/2)*ms + 2*ms*rand()"):
        assert gather(delayed(delay, wiring=pairs)).pairs["s"][1].tolist() == [1, 5, 3]
    np.testing.assert_allclose(gather(delayed(listed * ms, wiring=pairs)).numbers["s.delay"], listed / 1e3)
    every = replace(
        delayed("4*ms*rand()"), prepare=lambda setting: nms.Prepared(pairs={"s": (np.arange(14) % 6,) * 2})
    )
    assert gather(every).pairs["s"][0].tolist() == [k % 6 for k in range(14)]


@pytest.mark.parametrize(
    ("delay", "said"),
    [
        ("1*ms - 2*ms*i", "'delay' of 's' must be from 0 s to below .* got -1 ms for cell 1 to cell"),
        ("1049*second*i", "to below 1048576 time steps"),
        ("1*ms/(i - j)", "got inf"),
        ("2*mV*i", "delay of s"),
        ("2*ms*u_pre", "reads 'u_pre'"),
        ([1, 2] * ms, "takes one time or 14; got 2"),
        ([2] * ms, "takes one time or 14; got 1"),
        (np.full(14, 1.5) * ms, "delay of s"),
        (np.full(14, 2) * mV, "The delay of 's'"),
        (np.full(14, -2) * ms, "The delay of 's'"),
        ("soon", "delay of s"),
    ],
)
def test_other_delays_are_refused_in_one_sentence(delay, said):
    with pytest.raises(nms.WrongInput, match=said):
        gather(delayed(delay))


def test_delays_in_the_dataset_are_those_of_the_run_in_replicas_too():
    """Fails when a replica has the delays of another, or spikes arrive at other times than a dataset says."""
    arrives = rule(equations="w : 1\nv : 1", on_pre="w = t_in_timesteps", on_post="v = t_in_timesteps")
    fields = {"delay": "9*ms*rand()", "post_delay": "(1 + 2*j)*ms"}
    one = experiment(arrives, [[3], [20]], [[7], [40], [50]], {"s.w": 1 * ms, "s.v": 1 * ms}, **fields)
    tree = nms.simulate(one, device="numpy", seed=1, replicas=2)
    for replica in range(2):
        single = nms.simulate(one, device="numpy", seed=1 + replica)["synapses/s"]
        assert tree[f"replica_{replica}/synapses/s"].to_dataset(inherit=False).equals(single.to_dataset())
        fired = np.array([3, 20])[single.pre], np.array([7, 40, 50])[single.post]
        assert single.delay.dims == single.post_delay.dims == ("synapse",)
        np.testing.assert_allclose(single.weight[-1], fired[0] + single.delay * 1e3, atol=1e-9)
        np.testing.assert_allclose(single.v[-1], fired[1] + 1 + 2 * single.post, atol=1e-9)
    assert len({*single.delay.values.tolist()}) > 2
    assert not np.array_equal(single.delay, tree["replica_0/synapses/s"].delay)


STDP = rule(
    equations="dx/dt = -x/tau_plus : 1 (event-driven)\ndy/dt = -y/tau_minus : 1 (event-driven)\nw : 1",
    on_pre="w = clip(w - alpha*rate*w**mu*y, 0, 1); x += 1",
    on_post="w = clip(w + rate*(1 - w)**mu*x, 0, 1); y += 1",
    numbers={"tau_plus": 17 * ms, "tau_minus": 34 * ms, "alpha": 0.9, "rate": 0.05, "mu": 0.4},
)


def nest(pre, post, delay):
    """Return the weight after each presynaptic spike, by the equations of NEST's ``stdp_synapse``.

    A synapse is updated at presynaptic spikes alone, and looks back at the postsynaptic ones, which reach it
    after its dendritic delay. All times in ms.
    """
    weight, trace, last, weights = 0.5, 0.0, 0.0, []
    for t in pre:
        for late in [s + delay for s in post if last - delay < s <= t - delay]:
            weight = min(weight + 0.05 * (1 - weight) ** 0.4 * trace * np.exp((last - late) / 17), 1)
        seen = sum(np.exp(-(t - delay - s) / 34) for s in post if s < t - delay)
        weight = max(weight - 0.9 * 0.05 * weight**0.4 * seen, 0)
        trace, last = trace * np.exp((last - t) / 17) + 1, t
        weights.append(weight)
    return weights


def test_a_dendritic_delay_is_that_of_nest():
    """Fails when the postsynaptic trace is read from the cell, whose spikes come earlier."""
    rng = np.random.default_rng(4)
    pre = sorted(rng.choice(np.arange(0, 200, 2), 30, replace=False).tolist())
    post = [sorted(rng.choice(np.arange(0, 200, 2), 30, replace=False).tolist()) for _ in range(3)]
    late = np.array([1, 3, 7])  # odd, so that no two spikes reach a synapse at once
    one = experiment(
        STDP, [pre], post, {"s.w": 1 * ms}, duration=210 * ms, post_delay=late * ms, initial={"w": 0.5}
    )
    weights = nms.simulate(one, device="numpy")["synapses/s"].weight.values
    for k, delay in enumerate(late):
        expected = nest(pre, post[k], delay)
        assert np.ptp(expected) > 0.1
        np.testing.assert_allclose(weights[np.array(pre) + 1, k], expected, rtol=1e-12)
