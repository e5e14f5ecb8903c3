"""A sweep over the axes of a family: one program for each variant, and runs stacked where they are alike."""

import json

import pytest

import neuromodsim as nms
from neuromodsim.sweeps import plan as plans
from neuromodsim.sweeps.making import _program
from neuromodsim.sweeps.plan import Plan

RULES = {"rule": ["bp", "naca_rate"], "seed": [1, 2]}
SMALL = {"variant": {"data": "digits", "cells": 10}, "device": "numpy", "duration": "4ms"}


def made(client, store, over=RULES, **options):
    return nms.sweep("class_incremental", over, store, client=client, **{**SMALL, **options})


def planned(name="class_incremental", over=RULES, **options):
    fixed = {"seed": 0, "condition": None, "device": "numpy", "third_factor": "event-driven", "timeout": None}
    return plans.make(name, over, record=None, duration="4ms", parameters=None, **fixed, **options)


def test_every_variant_is_the_one_made_alone(client, tmp_path):
    """Fails when an axis is taken for a parameter, or a variant reaches the place of another."""
    tree = made(client, tmp_path / "s.zarr")
    assert tree["status"].values.tolist() == [["done", "done"]] * 2
    assert tree["rule"].values.tolist() == RULES["rule"]
    assert json.loads(tree.attrs["sweep"])["experiment"] == "class_incremental data=digits cells=10"
    assert tree.attrs["experiment"] == "class_incremental data=digits cells=10"
    weight = tree["synapses/input_weights"].weight
    for rule in RULES["rule"]:
        name = f"class_incremental data=digits rule={rule} cells=10"
        alone = nms.simulate(name, seed=2, device="numpy", duration="4ms", progress=False)
        assert (weight.sel(rule=rule, seed=2) == alone["synapses/input_weights"].weight).all()
        one = nms.open(str(tree["run"].sel(rule=rule, seed=2).item()))
        assert one.attrs["experiment"] == name and json.loads(one.attrs["variant"])["rule"] == rule


def test_a_sweep_goes_on_with_more_variants(client, tmp_path):
    before = made(client, tmp_path / "s.zarr", {"rule": ["bp"], "seed": [1]})
    assert before.attrs["experiment"] == "class_incremental data=digits rule=bp cells=10"
    after = made(client, tmp_path / "s.zarr", {"rule": ["feedback_alignment"], "seed": [1]})
    assert after["rule"].values.tolist() == ["bp", "feedback_alignment"]
    assert (after["status"] == "done").all()
    with pytest.raises(nms.WrongInput, match="experiment = class_incremental data=digits cells=10"):
        made(client, tmp_path / "s.zarr", {"rule": ["bp"], "seed": [1]}, variant={"data": "digits"})


def test_variants_of_another_shape_stay_with_their_runs(client, tmp_path):
    """Fails when weights of 10 and of 20 cells are put into one array."""
    tree = made(client, tmp_path / "s.zarr", {"cells": [10, "20"]}, variant={"data": "digits", "rule": "bp"})
    assert tree["cells"].values.tolist() == [10, 20]
    assert list(tree["synapses/input_weights"].data_vars) == ["delay"]
    sizes = [
        nms.open(str(run))["synapses/input_weights"].weight.sizes["synapse"] for run in tree["run"].values
    ]
    assert sizes == [640, 1280]


def test_each_variant_is_one_program():
    """Fails when runs of two variants wait for one build, or runs of one variant for two."""
    plan = planned("class_incremental data=digits", {**RULES, "input_weights.eta": [0.1, 0.2]})
    assert len({_program(chosen) for chosen in plan.points()}) == 2
    rules = ("bp", "naca_rate")
    assert list(plan.variants()) == [f"class_incremental data=digits rule={rule}" for rule in rules]
    assert Plan.load(json.loads(json.dumps(plan.plain()))) == plan


@pytest.mark.parametrize(
    ("over", "options", "said"),
    [
        ({"rle": ["bp"]}, {}, r"'rle' cannot vary: .*, the axes of class_incremental \(data, rule, cells\)"),
        ({"rule": ["bpp"]}, {}, "There is no rule 'bpp' of class_incremental; did you mean bp"),
        ({"rule": ["bp", "bp"]}, {}, "'rule' has the value bp twice"),
        ({"cells": [10, "10"]}, {}, "'cells' has the value 10 twice"),
        ({"rule": ["bp"]}, {"variant": {"rule": "bp"}}, "'rule' is fixed and varies"),
        ({"rule": ["bp"]}, {"name": "class_incremental rule=bp"}, "'rule' is fixed and varies"),
        ({"seed": [1]}, {"name": "pairing", "variant": {"rule": "bp"}}, "'pairing' has no axes"),
        ({"rule": ["bp"]}, {"name": "pairing"}, "'rule' cannot vary"),
        (
            {"rule": ["naca", "bp"], "layers": [1, 2]},
            {"name": "naca_classification"},
            "only rule=naca has more than one hidden layer",
        ),
    ],
)
def test_what_cannot_vary_is_said_before_anything_runs(over, options, said):
    with pytest.raises(nms.WrongInput, match=said):
        planned(over=over, **options)


def test_a_family_itself_can_be_swept():
    from neuromodsim.protocols import DIGITS

    assert planned(DIGITS, {"cells": [10, 20]}).experiment == "digits"
    other = nms.ExperimentFamily(
        name="digits", summary="Ours.", source=DIGITS.source, make=DIGITS.make, axes=DIGITS.axes
    )
    with pytest.raises(nms.WrongInput, match="in other processes, where 'digits' is not known"):
        planned(other, {"cells": [10]})
