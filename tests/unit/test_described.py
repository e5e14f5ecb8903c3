"""Fields of descriptions: those there are, each of the kind that its class says, or one sentence."""

import re

import pytest
from brian2 import ms, mV

import neuromodsim as nms
from neuromodsim.description.model import Model, ReceptorModel, SynapseModel
from tests.pretend import OURS

PLAIN = {"name": "plain", "summary": "s", "source": OURS}
UNKNOWN = {
    "model": (lambda: nms.SynapseModel(**PLAIN, threshold="w > 1"), "no field of SynapseModel 'threshold'"),
    "step": (lambda: nms.SynapseModel(**PLAIN, steps="w = 1"), "'steps'; did you mean step"),
    "population": (lambda: nms.Population(name="p", sise=3), "'sise'; did you mean size"),
    "parameter": (lambda: nms.Parameter(1.0, "m", lo=0), "no field of Parameter 'lo'"),
    "event": (lambda: nms.Event("t > 0*ms", doo="x = 1"), "'doo'; did you mean do"),
    "needed": (lambda: nms.ModulatorModel(**PLAIN), "missing a required argument: 'level'"),
    "too many": (lambda: nms.Event("a", "b", "c"), "too many positional arguments"),
}
WRONG = {
    "threshold": 5,
    "refractory": 5 * ms,
    "equations": None,
    "initial": [("v", 1)],
    "parameters": {"a": 5.0},
    "tables": {"a": 3},
    "events": ["v > 1"],
    "on_event": {"go": 3},
    "single": "v",
    "made_of": 5,
    "source": "me",
    "method": None,
}


@pytest.mark.parametrize("which", UNKNOWN)
def test_a_field_that_is_not_there_is_told(which):
    make, said = UNKNOWN[which]
    with pytest.raises(nms.WrongInput, match=re.escape(said)):
        make()


@pytest.mark.parametrize("name", WRONG)
def test_a_field_of_another_kind_is_told(name):
    with pytest.raises(nms.WrongInput, match=f"'{name} of plain"):
        nms.NeuronModel(**{**PLAIN, name: WRONG[name]})


@pytest.mark.parametrize(
    ("value", "limits", "said"),
    [
        ("5 mV", {}, "number with a unit"),
        ([1.0, 2.0], {}, "takes one value; got 2"),
        (1j, {}, "number with a unit"),
        (1.0, {"low": 2.0}, "at least 2"),
        (1 * mV, {"high": 3.0}, "a limit of width"),
    ],
)
def test_a_parameter_is_one_number_within_its_own_range(value, limits, said):
    """One whose own value was below its own `low` ran, and no caller could have given it."""
    with pytest.raises(nms.WrongInput, match=said):
        nms.Parameter(value, "width", **limits)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"shape": (0,)}, "at least one entry"),
        ({"shape": 3}, "a tuple"),
        ({"shape": (3,), "dtype": "flot"}, "did you mean float"),
        ({"shape": (3,), "unit": "mV"}, "such as mV"),
        ({"shape": (2, 2, 2, 2)}, "one index or two"),
    ],
)
def test_a_table_has_entries_of_a_type_that_is_stored(fields, said):
    with pytest.raises(nms.WrongInput, match=said):
        nms.Table(**fields, meaning="m")


def test_every_kind_of_model_is_looked_at():
    """Catches a field that is added to a model without a kind that can be looked at."""
    for kind, more in ((SynapseModel, {}), (ReceptorModel, {}), (Model, {})):
        with pytest.raises(nms.WrongInput, match="'equations of plain' must be a text"):
            kind(**PLAIN, **more, equations=3)
