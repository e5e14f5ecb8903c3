"""Values that replicas are given: the same for all, or one for each, and never one for the other."""

import numpy as np
import pytest
from brian2 import ms

import neuromodsim as nms
from neuromodsim.description.model import Table
from neuromodsim.transforms.replicas import _local, words
from tests.pretend import OURS

CELL = nms.NeuronModel(
    name="cell",
    summary="Counts.",
    source=OURS,
    equations="v : 1\nseen : 1",
    step="seen = gain (i)  # gain(0) and i are only told here\nv += k",
    threshold="v > 1e9",
    parameters={"k": nms.Parameter(0.0, "slope")},
    tables={"gain": Table(shape=(3,), meaning="what a cell sees")},
)
RULE = nms.SynapseModel(name="rule", summary="Has weights.", source=OURS, equations="w : 1", on_pre="w += 0")
EXPERIMENT = nms.Experiment(
    name="copied",
    summary="?",
    source=OURS,
    circuit=nms.Circuit(
        populations=(nms.Population(name="a", size=3, model=CELL),),
        projections=(nms.Projection(name="s", source="a", target="a", model=RULE),),
    ),
    conditions={"only": nms.Condition(summary="There is one.")},
    recording=nms.Recording(states={"a.v": 1 * ms, "a.seen": 1 * ms, "s.w": 1 * ms}),
    duration=2 * ms,
    dt=1 * ms,
    parameters={"a.gain": np.zeros(3)},
)
W = np.arange(9.0)


def run(count, **parameters):
    given = {name.replace("__", "."): value for name, value in parameters.items()}
    tree = nms.simulate(EXPERIMENT, device="numpy", replicas=count, parameters=given)
    return [tree[f"replica_{b}"] for b in range(count)]


@pytest.mark.parametrize("given", [[W, 2 * W], np.stack([W, 2 * W]), (W.tolist(), (2 * W).tolist())])
def test_each_replica_starts_from_its_own_weights(given):
    """Fails when rows of weights, one for each replica, are refused or dealt out in another order."""
    found = [one["synapses/s"].weight.values[0] for one in run(2, s__w=given)]
    assert np.array_equal(found, [W, 2 * W])


def test_one_number_for_each_replica_is_that_of_all_its_rows():
    """Fails when one value for each replica becomes one for each row."""
    found = [one["state/a"].v.values[0].tolist() for one in run(2, a__v=[1.0, 2.0])]
    assert found == [[1.0, 1.0, 1.0], [2.0, 2.0, 2.0]]


def test_one_number_for_each_row_is_the_same_in_all_replicas():
    """Fails when values of cells are dealt out to replicas."""
    found = [one["state/a"].v.values[0].tolist() for one in run(2, a__v=[1.0, 2.0, 3.0])]
    assert found == [[1.0, 2.0, 3.0]] * 2


def test_a_row_that_could_be_either_is_refused_and_rows_of_rows_say_which():
    """Fails when three values are one for each of three cells in a run of three replicas, without a word."""
    with pytest.raises(
        nms.WrongInput, match="could be one for each of its 3 rows or one for each of 3 replicas"
    ):
        run(3, a__v=[1.0, 2.0, 3.0])
    rows = [[1.0, 1.0, 1.0], [2.0, 2.0, 2.0], [3.0, 3.0, 3.0]]
    assert [one["state/a"].v.values[0].tolist() for one in run(3, a__v=rows)] == rows


def test_each_replica_may_read_a_table_of_its_own():
    """Fails when a table for each replica is refused, or one for all is taken apart."""
    tables = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]])
    assert [one["state/a"].seen.values[-1].tolist() for one in run(3, a__gain=tables)] == tables.tolist()
    same = [one["state/a"].seen.values[-1].tolist() for one in run(3, a__gain=tables[0])]
    assert same == [[1.0, 2.0, 3.0]] * 3


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"s__w": [W, W, W]}, "'s.w' is given 3 rows of values; there are 2 replicas"),
        ({"a__k": [1.0, 2.0, 3.0]}, "one for each of 2 replicas; got 3"),
        ({"a__gain": np.ones((3, 3))}, "'a.gain' is given 3 rows of values; there are 2 replicas"),
    ],
)
def test_too_few_or_too_many_are_refused(parameters, said):
    """Fails when values are left over, or taken twice."""
    with pytest.raises(nms.WrongInput) as caught:
        run(2, **parameters)
    assert said in str(caught.value)


def test_only_whole_words_of_code_are_put_in_another_place():
    """Fails when a name within a name, a number or a comment is taken for the number of a row."""
    table = {"gain": CELL.tables["gain"]}
    assert _local("x_i = i*1e3 + gain (i, N_i)  # i", table, ends=None) == (
        "x_i = replica_i*1e3 + gain (replica, replica_i, N_i)  "
    )
    assert (
        _local("w = gain(j) + i", table, ends=(0, 0)) == "w = gain(replica, replica_i_post) + replica_i_pre"
    )
    assert _local("w = i*j", table, ends=(0, 3)) == "w = replica_i_pre*(replica_i_post - 3)"
    assert "N" not in words("N_pre + xN  # N")
