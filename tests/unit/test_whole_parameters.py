"""Parameters that are whole numbers: held as such in a program, and refused where they are not."""

import json
import re

import numpy as np
import pytest
from brian2 import ms, mV

import neuromodsim as nms
from tests.pretend import ALWAYS, OURS

RING = nms.NeuronModel(
    name="ring",
    summary="Cells that know their place.",
    source=OURS,
    equations="place : integer\nread : 1\nshare : 1",
    step="place = (i + 1) % size\nread = image(size - 1)\nshare = 1.0*i/size + size//2",
    tables={"image": nms.Table(shape=(9,), meaning="numbers")},
    parameters={"size": nms.Parameter(4, "cells in a ring", low=1, high=9, integer=True)},
    initial={"share": "1/size"},
)


def experiment(prepared=None):
    return nms.Experiment(
        name="rings",
        summary="Rings.",
        source=OURS,
        circuit=nms.Circuit(populations=(nms.Population(name="cells", size=6, model=RING),)),
        conditions=ALWAYS,
        recording=nms.Recording(states={f"cells.{n}": 1 * ms for n in ("place", "read", "share")}),
        duration=2 * ms,
        dt=1 * ms,
        prepare=lambda setting: {"cells.image": np.arange(9) * 1.5} | (prepared or {}),
    )


@pytest.mark.parametrize("device", ["numpy", pytest.param("cpp", marks=pytest.mark.cpp)])
@pytest.mark.parametrize("size", [4, 5])
def test_it_counts_divides_and_indexes(device, size):
    run = nms.simulate(experiment(), device=device, parameters={"ring.size": size}, progress=False)
    cells = run["state/cells"]
    assert cells.place.values[-1].tolist() == [(i + 1) % size for i in range(6)]
    assert cells.read.values[-1].tolist() == [(size - 1) * 1.5] * 6
    np.testing.assert_allclose(cells.share.values[0], 1 / size)
    np.testing.assert_allclose(cells.share.values[-1], np.arange(6) / size + size // 2)
    assert json.loads(run.attrs["parameters"])["cells.size"]["value"] == str(size)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (2.5, "'ring.size' must be a whole number below 2147483648; got 2.5"),
        ("3.5", "'ring.size' must be a whole number below 2147483648; got 3.5"),
        (2**40, "'ring.size' must be a whole number below"),
        (3 * mV, "'ring.size' must be a number without a unit; got 3 mV"),
        (0, "'ring.size' must be at least 1; got 0"),
        (np.nan, "'ring.size' must be finite"),
        ([3, 4], "'ring.size' takes one value; got 2"),
    ],
)
def test_a_value_that_is_not_whole_is_refused(value, said):
    with pytest.raises(nms.WrongInput, match=re.escape(said)):
        nms.simulate(experiment(), device="numpy", parameters={"ring.size": value})


def test_it_is_refused_wherever_it_comes_from():
    with pytest.raises(nms.WrongInput, match=re.escape("'cells.size' must be a whole number")):
        nms.simulate(experiment({"cells.size": 2.5}), device="numpy")
    with pytest.raises(nms.WrongInput, match=re.escape("'ring.size' must be a whole number")):
        RING.with_parameters(size=2.5)
    with pytest.raises(nms.WrongInput, match="'cells' must be a whole number"):
        nms.Parameter(2.5, "cells", integer=True)
    with pytest.raises(nms.WrongInput, match="'cells' must be a number without a unit; got 2 ms"):
        nms.Parameter(2 * ms, "cells", integer=True)
    with pytest.raises(nms.WrongInput, match="'integer of cells' must be True or False"):
        nms.Parameter(2, "cells", integer=1)
    assert nms.Parameter(2.0, "cells", integer=True).value == 2
    assert type(nms.Parameter(2.0, "cells", integer=True).value) is int


def test_replicas_have_whole_numbers_of_their_own():
    sizes = [4, 5]
    both = nms.simulate(
        experiment(), device="numpy", replicas=2, parameters={"cells.size": sizes}, progress=False
    )
    for replica, size in enumerate(sizes):
        place = both[f"replica_{replica}/state/cells"].place
        assert place.values[-1].tolist() == [(i + 1) % size for i in range(6)]
