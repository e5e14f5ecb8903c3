"""Wiring by an expression and without self-connections, and values that read both cells of a synapse."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, um

import neuromodsim as nms
from neuromodsim.description import probability
from tests.pretend import ALWAYS, OURS
from tests.unit.gated import gather

OTHERS = [
    nms.AllToAll(self_connections=False),
    nms.FixedOutDegree(3, self_connections=False),
    nms.FixedInDegree(2, self_connections=False),
    nms.FixedProbability(0.5, self_connections=False),
]


def place(size, where="10*um*i", parts=None, name="cells"):
    """Return cells along a line."""
    model = nms.NeuronModel(
        name="placed",
        summary="Is somewhere.",
        source=OURS,
        equations="x : metre\nv : 1",
        threshold="v > 1e9",
        parameters={"gain": nms.Parameter(2.0, "a factor")},
        initial={"x": where},
    )
    return nms.Population(name=name, size=size, model=model, parts=parts or {})


def subject(*populations, source="cells", target="cells", wiring=None, prepare=None, **initial):
    """Return an experiment with synapses that hold a weight and a variable."""
    model = nms.SynapseModel(
        name="held",
        summary="Holds values.",
        source=OURS,
        equations="w : 1\nq : metre",
        on_pre="v_post += w",
        parameters={"reach": nms.Parameter(20 * um, "a distance")},
    )
    projection = nms.Projection(
        name="s", source=source, target=target, model=model, wiring=wiring or nms.AllToAll(), initial=initial
    )
    return nms.Experiment(
        name="placed",
        summary="Cells along a line.",
        source=OURS,
        circuit=nms.Circuit(populations=populations, projections=(projection,)),
        conditions=ALWAYS,
        recording=nms.Recording(states={"s.w": 2 * ms}),
        duration=2 * ms,
        dt=1 * ms,
        prepare=prepare or (lambda setting: {}),
    )


def pairs(experiment, **how):
    return [p.tolist() for p in gather(experiment, **how).pairs["s"]]


@pytest.mark.parametrize("wiring", OTHERS, ids=lambda w: type(w).__name__)
def test_no_cell_is_connected_to_itself(wiring, rng):
    """Also between parts, where a cell has another index on each side; every other cell can be reached."""
    for shift in (0, -2, 3):
        seen = np.zeros((5, 7), bool)
        for _ in range(60):
            i, j = wiring.draw(5, 7, rng, shift)
            seen[i, j] = True
        own = np.arange(5)[:, np.newaxis] + shift == np.arange(7)
        np.testing.assert_array_equal(seen, ~own)
    assert len(wiring.draw(5, 7, rng)[0]) == {"AllToAll": 30, "FixedProbability": 15}.get(
        type(wiring).__name__, 15 if isinstance(wiring, nms.FixedOutDegree) else 14
    )


def test_without_self_connections_of_parts_and_of_no_common_cell():
    two = place(5, parts={"front": 2, "back": 3})
    alone = nms.AllToAll(self_connections=False)
    for wiring in (alone, nms.Probability("i >= 0", self_connections=False)):
        assert pairs(subject(two, source="back", target="cells", wiring=wiring)) == [
            [0] * 4 + [1] * 4 + [2] * 4,
            [0, 1, 3, 4, 0, 1, 2, 4, 0, 1, 2, 3],
        ]
    with pytest.raises(nms.WrongInput, match="'front' and 'back' have no cell in common"):
        gather(subject(two, source="front", target="back", wiring=alone))
    with pytest.raises(nms.WrongInput, match="2 different inputs from 1 cells"):
        gather(subject(place(2), wiring=nms.FixedInDegree(2, self_connections=False)))
    with pytest.raises(nms.WrongInput, match="left without any target"):
        gather(subject(place(1), wiring=nms.FixedOutDegree(2, self_connections=False)))


def test_each_pair_is_drawn_at_its_probability(rng):
    """Also pairs that are certain and those that are impossible; always equally many."""
    expected = np.clip(np.add.outer(np.arange(12) / 16, np.arange(20) / 32) - 0.1, 0, 1)
    counts = np.zeros((12, 20))
    for _ in range(1500):
        i, j = nms.Probability("p").draw(12, 20, rng, lambda i, j: expected[i, j])
        assert len(i) == round(expected.sum()) and (np.diff(i) >= 0).all()
        np.add.at(counts, (i, j), 1)
    assert counts.max() == 1500 and expected.max() == 1 and expected.min() == 0
    np.testing.assert_array_equal(counts[expected == 0], 0)
    np.testing.assert_allclose(counts / 1500, expected, atol=0.06)


def test_few_pairs_of_many_are_drawn(rng):
    """Catches that pairs of late ranks are left out where few others are there."""
    for expected in (1e-3, 0.6, 3.0):
        every = np.full(90_000, expected / 9e4)
        drawn = [nms.Probability("p").draw(300, 300, rng, lambda i, j, every=every: every) for _ in "12345"]
        assert {len(i) for i, _ in drawn} == {round(expected)}


def test_pairs_are_looked_at_in_blocks(monkeypatch):
    """Fails when a pair at the edge of two blocks is left out or counted twice."""
    near = subject(place(9), wiring=nms.Probability("exp(-distance/(50*um))"))
    at_once = pairs(near)
    monkeypatch.setattr(probability, "BLOCK", 7)
    assert pairs(near) == at_once


def test_a_distance_is_along_all_axes_and_a_parameter_of_that_name_is_read():
    flat = place(4, "30*um*i")
    model = replace(
        flat.model, equations="x : metre\ny : metre\nv : 1", initial={**flat.model.initial, "y": "-40*um*i"}
    )
    fifth = nms.Probability("abs(distance - 100*um) < 1*um")
    assert pairs(subject(replace(flat, model=model), wiring=fifth)) == [[0, 1, 2, 3], [2, 3, 0, 1]]
    (own,) = (named := subject(place(3), wiring=nms.Probability("distance*i/2"))).circuit.projections
    rule = replace(own.model, parameters={"distance": nms.Parameter(1.0, "a number")})
    named = replace(named, circuit=replace(named.circuit, projections=(replace(own, model=rule),)))
    assert pairs(named)[0].count(2) == 3


def test_each_projection_is_wired_by_its_name():
    """Fails when two of one wiring have the same pairs, or one more wires the others anew."""
    one = subject(place(9), wiring=nms.FixedProbability(0.4))
    (own,) = one.circuit.projections
    two = replace(one, circuit=replace(one.circuit, projections=(replace(own, name="r"), own)))
    found = gather(two).pairs
    assert not np.array_equal(found["r"], found["s"])
    assert np.array_equal(found["s"], gather(one).pairs["s"])


def test_a_wiring_reads_positions_parameters_and_indices():
    near = nms.Probability("distance <= reach", self_connections=False)
    assert pairs(subject(place(4), wiring=near)) == [
        [0, 0, 1, 1, 1, 2, 2, 2, 3, 3],
        [1, 2, 0, 2, 3, 0, 1, 3, 1, 2],
    ]
    shorter = gather(subject(place(4), wiring=near), {"s.reach": 10 * um}).pairs["s"]
    assert [p.tolist() for p in shorter] == [[0, 1, 1, 2, 2, 3], [1, 0, 2, 1, 3, 2]]
    ring = nms.Probability("j == (i + 1) % N_post")
    assert pairs(subject(place(3), wiring=ring)) == [[0, 1, 2], [1, 2, 0]]
    ends = nms.Probability("x_post - x_pre == 20*um*gain_pre/gain_post")
    front = place(5, parts={"front": 2, "back": 3})
    assert pairs(subject(front, source="front", target="back", wiring=ends)) == [[0, 1], [0, 1]]


def test_a_wiring_follows_positions_of_the_run_and_those_that_are_prepared():
    here = np.array([0, 30, 60, 10]) * um
    near = subject(place(4), wiring=nms.Probability("distance < reach", self_connections=False))
    assert pairs(near, changed={"cells.x": here}) == [[0, 3], [3, 0]]
    assert pairs(replace(near, prepare=lambda setting: {"cells.x": here})) == [[0, 3], [3, 0]]

    def looking(setting):
        assert len(setting.wiring["s"][0]) == 6
        return {"cells.x": here}

    with pytest.raises(nms.WrongInput, match="The wiring of 's' reads a value that 'prepare' returns"):
        gather(replace(near, prepare=looking))

    def turning(setting):
        assert setting.wiring["s"][1].tolist() == [0, 0, 0, 0]
        return {"cells.x": np.array([30, 0, 10, 20]) * um}

    first = subject(place(4), wiring=nms.Probability("x_post == 0*um"))  # the same sources, other targets
    with pytest.raises(nms.WrongInput, match="The wiring of 's' reads a value that 'prepare' returns"):
        gather(replace(first, prepare=turning))


def test_initial_values_read_variables_of_both_cells():
    both = place(3, parts={"one": 1, "two": 2})
    held = gather(
        subject(both, place(2, "5*um + 1*um*i", name="others"), source="two", target="others",
                w="gain_pre*x_pre/um + 1000*(j + N_pre)", q="x_post - x_pre")
    ).numbers  # fmt: skip
    assert held["s.w"].tolist() == [2020, 3020, 2040, 3040]
    np.testing.assert_allclose(held["s.q"], np.array([-5, -4, -15, -14]) * 1e-6, rtol=1e-12)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("i + 0.5", "must be from 0 to 1; got 1.5 for cell 1 to cell 0"),
        ("log(i - 3)", "must be from 0 to 1; got nan"),
        ("x_pre", "probability of s"),
        ("w_pre", "reads 'w_pre'"),
        ("distance", "have no position in one unit"),
        ("exp(", "cannot be read; got 'exp\\('"),
        ("rand() < 0.5", "reads 'rand'"),
    ],
)
def test_other_wirings_are_refused_in_one_sentence(text, said):
    with pytest.raises(nms.WrongInput, match=said):
        blind = nms.Population(
            name="others", size=2, model=replace(place(2).model, equations="v : 1", initial={})
        )
        gather(subject(place(3), blind, target="others", wiring=nms.Probability(text)))


def test_replicas_of_unequal_wiring_are_refused():
    drawn = subject(place(30, "300*um*rand()"), wiring=nms.Probability("distance < reach"), w=1.0)
    with pytest.raises(nms.WrongInput, match="the wiring of 's' reads values that differ between them"):
        nms.simulate(drawn, device="numpy", replicas=2)
