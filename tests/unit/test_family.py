"""A family of experiments: variants are spelled in one way, found by it, and refused in one sentence."""

from dataclasses import replace

import pytest

import neuromodsim as nms
from neuromodsim.catalogue import catalogue
from neuromodsim.catalogue.finding import find
from neuromodsim.description import spelling
from neuromodsim.protocols import PAIRING

MADE = []


def make(times, cells):
    MADE.append((times, cells))
    (pre, post) = PAIRING.circuit.populations
    return replace(
        PAIRING,
        duration=times * PAIRING.dt,
        circuit=replace(PAIRING.circuit, populations=(replace(pre, size=cells), post)),
    )


def family(**fields):
    """Return pairings of two lengths, with any number of cells from one to nine."""
    usual = {
        "name": "pairings",
        "summary": "Pairings.",
        "source": PAIRING.source,
        "make": make,
        "axes": {"times": {"few": 20, "many": 40}, "cells": nms.IntegerAxis(1, low=1, high=9)},
    }
    return nms.ExperimentFamily(**{**usual, **fields})


def test_a_name_holds_what_is_not_the_default_in_the_order_of_axes():
    """Fails when one variant has two names, or two variants have one."""
    ours = family()
    assert ours.experiment().name == "pairings"
    assert ours.experiment(cells=1, times="few").name == "pairings"
    assert ours.experiment(cells="2", times="many").name == "pairings times=many cells=2"
    assert ours.experiment(cells=2).variant == {"times": "few", "cells": 2}
    assert family(default={"times": "many"}).experiment(times="few").name == "pairings times=few"


def test_nothing_is_made_before_it_is_asked_for_or_twice():
    MADE.clear()
    ours = family()
    assert MADE == []
    assert ours.experiment(cells=3) is ours.experiment(cells=3)
    assert MADE == [(20, 3)]
    assert [one.name for one in ours.neighbours()] == ["pairings", "pairings times=many"]


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"time": "few"}, "There is no axis 'time' of pairings; did you mean times (it has times, cells)?"),
        ({"colour": "few"}, "There is no axis 'colour' of pairings; it has times, cells."),
        ({"times": "man"}, "There is no times 'man' of pairings; did you mean many (it has few, many)?"),
        ({"cells": "ten"}, "'cells' must be a whole number from 1 to 9; got 'ten' (str)."),
        ({"cells": 10}, "'cells' must be a whole number from 1 to 9; got 10."),
        ({"cells": True}, "'cells' must be a whole number from 1 to 9; got True (bool)."),
        ({"cells": 1.0}, "'cells' must be a whole number from 1 to 9; got 1.0 (float)."),
    ],
)
def test_what_a_family_does_not_have_is_one_sentence(chosen, said):
    with pytest.raises(nms.WrongInput) as error:
        family().experiment(**chosen)
    assert str(error.value) == said


def test_a_combination_that_does_not_exist_says_why():
    def refuses(chosen):
        return "few pairings have one cell." if chosen["cells"] > 1 and chosen["times"] == "few" else None

    ours = family(refuses=refuses)
    with pytest.raises(
        nms.WrongInput, match=r"'pairings cells=2' does not exist: few pairings have one cell"
    ):
        ours.experiment(cells=2)
    assert ours.experiment(cells=2, times="many").variant["cells"] == 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"axes": {"seed": {"one": 1}}}, "'seed' cannot name an axis"),
        ({"axes": {"a.b": {"one": 1}}}, "'a.b' cannot name an axis"),
        ({"axes": {"times": {}}}, "The axis 'times' of pairings has no values"),
        ({"axes": {"times": {"a b": 1}}}, "'a b' cannot name"),
        ({"default": {"times": "none"}}, "There is no times 'none' of pairings"),
        ({"make": 3}, "'make of pairings' must be a function"),
        ({"make": lambda **chosen: 3}, "'what make of pairings returns' must be an Experiment"),
        ({"tags": (1,)}, "'a tag of pairings' must be a text"),
    ],
)
def test_a_family_that_cannot_be_spelled_is_refused(fields, said):
    with pytest.raises(nms.WrongInput, match=said):
        family(**fields).experiment()


def test_a_run_says_which_variant_it_is_of():
    """Fails when a dataset does not tell how it is found again."""
    told = {"device": "numpy", "duration": "20ms", "progress": False}
    run = nms.simulate(family(), variant={"cells": 2}, **told)
    assert run.attrs["experiment"] == "pairings cells=2"
    assert run.attrs["variant"] == '{"times": "few", "cells": 2}'
    assert nms.simulate("pairing", **told).attrs["variant"] == "{}"


def test_variants_are_found_by_name_and_by_axes():
    """Fails when one way of asking for a variant gives another one."""
    known = find("class_incremental data=digits rule=bp")
    assert known.name == "class_incremental data=digits rule=bp"
    assert known is find("class_incremental rule=bp", {"data": "digits"})
    assert known is find("neuromodsim.protocols:CLASS_INCREMENTAL data=digits rule=bp cells=1000")
    assert known is catalogue.experiments()[known.name]
    assert catalogue.experiments().get("class_incremental rule=none") is None
    with pytest.raises(nms.WrongInput, match="'rule' is chosen twice"):
        find("class_incremental rule=bp", {"rule": "bp"})
    with pytest.raises(nms.WrongInput, match="'rule' is chosen twice"):
        find("class_incremental rule=bp rule=bp")
    with pytest.raises(nms.WrongInput, match="'pairing' has no axes, so 'rule' cannot be chosen"):
        nms.simulate("pairing", variant={"rule": "bp"})
    with pytest.raises(nms.WrongInput, match="'variant' must be a mapping by name"):
        nms.simulate("digits", variant="cells=50")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("naca_classification rule=bp layers=2", "only rule=naca has more than one hidden layer"),
        (
            "naca_classification rule=bp innervation=beta",
            "only rule=naca and rule=naca_rate have an innervation",
        ),
        ("naca_classification rule=gated_bp", "There is no rule 'gated_bp' of naca_classification"),
        ("naca_classification epochs=21", "'epochs' must be a whole number from 1 to 20"),
        ("go_nogo shift=intra length=long", "shift=intra has its usual length only"),
    ],
)
def test_variants_of_the_catalogue_that_do_not_exist(name, said):
    with pytest.raises(nms.WrongInput, match=said):
        find(name)


@pytest.mark.parametrize(
    "name", ["a b", "digits cells", "digits cells=", "digits  cells=5", "digits cells=5 ", "=5", "d a=b/c"]
)
def test_what_is_not_spelled_as_a_variant_names_no_experiment(name):
    with pytest.raises(nms.WrongInput, match="cannot name an experiment"):
        replace(PAIRING, name=name)


def test_choices_are_words_of_an_axis_and_a_value():
    assert spelling.split("./my work/a=b/task.py:F x=1") == ("./my work/a=b/task.py:F", {"x": "1"})
    assert spelling.split("pairing") == ("pairing", {})
    assert not spelling.is_choice("dopamine_stdp.tau_c=1s")
