"""Values of each replica, and one tree of all: each entry is that of the run with these values."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest
from brian2 import mV, second

import neuromodsim as nms
from neuromodsim.result.replicas import RAGGED
from tests.backends.subjects import RICH

COPIES = 3
SYNAPSES = 96  # 0.3 of 16 x 20


@pytest.fixture(scope="module")
def apart():
    """Return the trees of replicas with values of their own, and these values."""
    rng = np.random.default_rng(0)
    w = rng.uniform(0, 4, (COPIES, SYNAPSES))
    values = {
        "dopamine.tau_d": [0.1, 0.2, 0.3] * second,
        "plastic.w": w * mV,
        "task.level": rng.random((COPIES, 5)),
    }
    listed = {path: list(value) for path, value in values.items()}
    listed["cells.u"] = [[0.1], [0.2], [0.3]] * mV
    tree = nms.simulate(RICH, device="numpy", seed=4, replicas=COPIES, parameters=listed)
    return list(tree.children.values()), values | {"cells.u": [0.1, 0.2, 0.3] * mV}


@pytest.fixture(scope="module")
def together(apart):
    return nms.simulate(RICH, device="numpy", seed=4, replicas=nms.Each(apart[1]))


def test_each_entry_is_that_of_a_replica(apart, together):
    """Fails when a value goes to another replica, or a row of a result comes from another."""
    replicas, _ = apart
    seen = set()
    for node in together.subtree:
        for name, variable in node.to_dataset(inherit=False).data_vars.items():
            if name == "seed" or str(name).startswith("replica_of_"):
                continue
            seen |= {variable.dims[0]}
            for b, replica in enumerate(replicas):
                if variable.dims[0] in RAGGED:
                    mine = variable.values[node[f"replica_of_{variable.dims[0]}"].values == b]
                else:
                    mine = variable.sel(replica=b).values
                found = replica[node.path.lstrip("/")][name]
                np.testing.assert_array_equal(mine, found.values, err_msg=f"{node.path}/{name}")
                assert variable.attrs == found.attrs
    assert seen == {"replica", "spike", "event"}
    paths = [node.path for node in together.subtree]
    assert paths == [node.path.removeprefix(replicas[0].path) or "/" for node in replicas[0].subtree]


def test_the_account_of_each_replica(apart, together, tmp_path):
    """Fails when a tree of replicas tells of one run, or is not the same once it has been saved."""
    nms.save(together, tmp_path / "each.zarr")
    kept = nms.open(tmp_path / "each.zarr")
    assert kept.seed.values.tolist() == [4, 5, 6]
    assert "parameters" not in kept.attrs and "seed" not in kept.attrs
    for told, replica in zip(json.loads(kept.attrs["replicas"]), apart[0], strict=True):
        assert told["seed"] == replica.attrs["seed"]
        assert told["parameters"] == json.loads(replica.attrs["parameters"])
    for node in together.subtree:
        assert kept[node.path].to_dataset().identical(node.to_dataset())


@pytest.mark.parametrize(
    ("values", "others", "said"),
    [
        ({}, {}, "must have a value for each replica; got none"),
        ({"plastic.w": 1 * mV}, {}, "'plastic.w' in Each must have a value for each replica; got"),
        ({"plastic.w": "1mV"}, {}, "'plastic.w' in Each must have a value for each replica; got"),
        (
            {"dopamine.tau_d": [1, 2] * second, "task.level": np.zeros((3, 5))},
            {},
            "got 2 of 'dopamine.tau_d' and 3",
        ),
        ({"task.level": np.zeros(5)}, {}, "'task.level' in Each must have the shape (5, 5); got 1 indices"),
        ({"dopamine.tau_d": [1, 2]}, {}, "unit"),
        ({"plastic.q": [1, 2]}, {}, "q"),
        (
            {"dopamine.tau_d": [1, 2] * second},
            {"dopamine.tau_d": 1 * second},
            "in Each, and 'dopamine.tau_d' in",
        ),
    ],
)
def test_what_is_refused(values, others, said):
    """Fails when a value for all replicas, or for another number of them, is taken for one of each."""
    with pytest.raises(nms.WrongInput, match=re.escape(said)):
        nms.simulate(RICH, device="numpy", replicas=nms.Each(values), parameters=others)


def test_a_tree_that_an_experiment_extends():
    finished = replace(RICH, finish=lambda tree: None)
    with pytest.raises(nms.WrongInput, match="'rich' cannot have replicas in one tree, as its 'finish'"):
        nms.simulate(finished, device="numpy", replicas=nms.Each({"dopamine.tau_d": [1, 2] * second}))
