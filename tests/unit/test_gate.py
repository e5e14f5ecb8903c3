"""The gate that every number of a run goes through: taken as given, or refused in one sentence."""

import json
import math
import re
from fractions import Fraction

import numpy as np
import pytest
from brian2 import ms, mV, second

import neuromodsim as nms
from neuromodsim.cli import request
from neuromodsim.protocols import SEROTONIN_UNDERSHOOT
from neuromodsim.simulation import values
from tests.unit.gated import TABLE, cells, gather

WAYS = {
    "caller": lambda path, value: gather(cells(), {path: value}),
    "experiment": lambda path, value: gather(cells(parameters={path: value})),
    "condition": lambda path, value: gather(
        cells(), condition=nms.Condition(summary="?", parameters={path: value})
    ),
    "prepare": lambda path, value: gather(cells(prepare=lambda setting: {path: value})),
}
WRONG = [
    ("cells.k", math.nan),
    ("cells.k", -1.0),
    ("cells.k", 9.5),
    ("cells.k", 2 * mV),
    ("cells.k", [1.0, 2.0]),
    ("cells.k", "two"),
    ("cells.k", None),
    ("cells.k", 1j),
    ("cells.v", 3 * second),
    ("cells.v", [1, 2] * mV),
    ("cells.v", np.ones((3, 1)) * mV),
    ("cells.v", math.inf * mV),
    ("cells.n", 0.3 / 0.1),
    ("cells.n", 2**31),
    ("cells.n", math.inf),
    ("cells.n", [1, 2, 2.5]),
    ("cells.b", 2),
    ("cells.b", 0.5),
    ("cells.x", 1e300),
    ("cells.x", 1e-60),
    ("cells.late", math.inf * second),
    ("cells.late", 1e300 * second),
    ("cells.drive", TABLE.T * mV),
    ("cells.drive", TABLE.ravel() * mV),
    ("cells.drive", 7 * mV),
    ("cells.drive", TABLE * second),
    ("cells.drive", [[1, 2, 3], [4, math.nan, 6]] * mV),
    ("cells.code", [1, 2, 3, 300]),
    ("cells.code", [1, 2, 3, 0.3 / 0.1]),
    ("cells.code", [1, 2, 3, math.inf]),
    ("cells.code", [1, 2, 3]),
    ("cells.code", ["a"] * 4),
    ("cells.due", [1.0, math.inf] * second),
    ("cells.due", [1.0, 1e300] * second),
    ("s.w", np.arange(6.0).reshape(2, 3)),
    ("s.w", np.arange(6.0).reshape(3, 2)),
    ("s.w", [1.0, 2.0]),
    ("s.w", {"a": 1}),
    ("s.weight", 1.0),
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("path", "value"), WRONG)
def test_whoever_gives_it_a_wrong_value_is_one_sentence(way, path, value):
    with pytest.raises(nms.WrongInput) as mistake:
        WAYS[way](path, value)
    assert f"'{path}'" in str(mistake.value) and "\n" not in str(mistake.value)


RIGHT = [
    ("cells.k", 3, 3.0),
    ("cells.k", True, 1.0),
    ("cells.v", "1.5mV", 0.0015),
    ("cells.v", [1 * mV, 2 * mV, 3 * mV], [0.001, 0.002, 0.003]),
    ("cells.n", 3.0, 3),
    ("cells.n", [2**31 - 1, -(2**31), 0], [2**31 - 1, -(2**31), 0]),
    ("cells.b", [True, False, 1], [1, 0, 1]),
    ("cells.x", np.float32(0.1), float(np.float32(0.1))),
    ("cells.late", nms.NEVER, 1e9),
    ("cells.drive", TABLE.tolist() * mV, TABLE / 1000),
    ("cells.code", (-128, 127, 0, 1.0), [-128, 127, 0, 1]),
    ("cells.due", [0.001 * second, nms.NEVER], [0.001, 1e9]),
    ("s.w", np.arange(6), np.arange(6)),
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("path", "value", "held"), RIGHT)
def test_whoever_gives_it_a_right_value_is_kept_as_given(way, path, value, held):
    found = WAYS[way](path, value)
    kept = found.tables[path] if path in found.tables else found.numbers[path]
    np.testing.assert_allclose(kept, held, rtol=1e-15)


def test_a_number_of_what_is_prepared_is_in_si_units():
    found = gather(cells(prepare=lambda setting: {"cells.v": 0.005, "cells.drive": TABLE}))
    assert found.numbers["cells.v"] == 0.005 and (found.tables["cells.drive"] == TABLE).all()


def test_numbers_too_odd_for_arrays_are_refused():
    odd_ones = (10**400, Fraction(1, 3), [[1], [1, 2]], np.ma.array([1.0]), b"1", {1.0}, [mV, second])
    for odd in odd_ones:
        with pytest.raises(nms.WrongInput, match=r"'cells\.k' must be"):
            gather(cells(), {"cells.k": odd})


@pytest.mark.parametrize("returned", [None, [], "drive", 5, {3: 1.0}, {"cells.v"}])
def test_prepare_returns_values_by_name(returned):
    with pytest.raises(nms.WrongInput, match="what 'held' prepares"):
        gather(cells(prepare=lambda setting: returned))


@pytest.mark.parametrize(
    "pairs",
    [
        None,
        5,
        ([0], [1]),  # of six
        ([0] * 6,),
        ([0.5] * 6, [0] * 6),
        ([3] * 6, [0] * 6),  # there are sources 0 to 2
        ([0] * 6, [-1] * 6),
        ([math.nan] * 6, [0] * 6),
        ([2**40] * 6, [0] * 6),
    ],
)
def test_pairs_that_are_prepared_are_those_of_cells_that_are_there(pairs):
    with pytest.raises(nms.WrongInput, match=r"'pairs of s"):
        gather(cells(prepare=lambda setting: nms.Prepared(pairs={"s": pairs})))


def test_a_note_is_kept_as_json_keeps_it():
    found = gather(cells(prepare=lambda setting: nms.Prepared(notes={"a": np.int64(3), "b": np.arange(2)})))
    assert found.notes == {"a": 3, "b": [0, 1]}
    for odd in (object(), math.nan):
        with pytest.raises(nms.WrongInput, match=r"'note a' must be text"):
            gather(cells(prepare=lambda setting, odd=odd: nms.Prepared(notes={"a": odd})))


@pytest.mark.parametrize(
    ("returned", "wanted"),
    [
        ({"note.a": 3}, "There is no value to prepare 'note.a'"),
        ({"s.pairs": ([0] * 6, [0] * 6)}, "There is no value to prepare 's.pairs'"),
        (lambda: nms.Prepared(pairs={"t": ([0], [0])}), "There is no projection to prepare pairs of 't'"),
        (lambda: nms.Prepared(notes=[3]), "notes of Prepared"),
        (lambda: nms.Prepared(note={"a": 3}), "There is no field of Prepared 'note'"),
    ],
)
def test_what_is_prepared_is_what_its_fields_say(returned, wanted):
    """Fails when a name means something else because of how it begins or ends, or a field is ignored."""
    with pytest.raises(nms.WrongInput, match=re.escape(wanted)):
        gather(cells(prepare=lambda setting: returned() if callable(returned) else returned))


PREPARED = {"cells.v": 7 * mV, "cells.k": 7.0, "cells.drive": TABLE * mV}


@pytest.mark.parametrize("source", ["caller", "experiment", "condition"])
def test_what_is_chosen_goes_before_what_is_prepared(source):
    """Fails when prepare overrides a value that somebody chose."""
    chosen = {"cells.v": 1 * mV, "cells.k": 1.0, "cells.drive": TABLE * 2 * mV}
    subject = cells(prepare=lambda setting: PREPARED, parameters=chosen if source == "experiment" else None)
    condition = nms.Condition(summary="?", parameters=chosen) if source == "condition" else None
    found = gather(subject, chosen if source == "caller" else None, condition)
    assert found.numbers["cells.v"] == pytest.approx(0.001)
    assert found.parameters["cells.k"].value == found.numbers["cells.k"] == 1
    assert found.tables["cells.drive"][1, 2] == pytest.approx(0.06)


def test_a_shipped_experiment_starts_where_the_caller_says():
    """Catches serotonin that starts at rest while the dataset tells of 500 nmolar."""
    condition = SEROTONIN_UNDERSHOOT.condition(None)[1]
    found = values.gather(SEROTONIN_UNDERSHOOT, condition, {"serotonin.C": "500 nmolar"}, 1, 1.0)
    assert np.asarray(found.numbers["serotonin.C"]) == pytest.approx(5e-4)
    assert "serotonin.C" not in found.prepared


def test_initial_values_read_parameters_that_were_prepared():
    subject = cells(prepare=lambda setting: {"cells.k": 4.0}, initial={"x": "k + i"})
    assert gather(subject).numbers["cells.x"].tolist() == [4, 5, 6]
    assert gather(subject, {"cells.k": 1.0}).numbers["cells.x"].tolist() == [1, 2, 3]


def test_the_dataset_tells_what_was_prepared_and_a_run_is_made_again_from_it(tmp_path, monkeypatch):
    """What prepare sets shows as it is used, is named, and is prepared again for another seed."""

    def prepare(setting):
        return {"cells.k": float(setting.seed), "cells.v": [1, 2, 3] * mV, "cells.x": 5.0}

    subject = cells(prepare=prepare, record={"cells.v": 1 * ms, "cells.x": 1 * ms})
    monkeypatch.setattr("neuromodsim.catalogue.finding.find", lambda name: subject)
    run = nms.simulate(subject, device="numpy", seed=3, parameters={"cells.x": 8})
    told = run.attrs
    assert json.loads(told["prepared"])[3:] == ["cells.k", "cells.v"]  # after the tables
    assert json.loads(told["parameters"])["cells.k"]["value"] == "3.0"
    assert run["state/cells"].v.values[0].tolist() == [1, 2, 3] and (run["state/cells"].x == 8).all()
    arguments = request.repetition(run)
    assert set(arguments["parameters"]) == {"cells.x"}
    again = nms.simulate(**arguments)
    assert json.loads(again.attrs["parameters"]) == json.loads(told["parameters"])
    assert again["state/cells"].identical(run["state/cells"])
    other = nms.simulate(**{**arguments, "seed": 4})
    assert json.loads(other.attrs["parameters"])["cells.k"]["value"] == "4.0"


def test_two_names_of_one_parameter_have_one_value():
    with pytest.raises(nms.WrongInput, match=r"'cells\.k' and 'cell\.k' both stand for 'cells\.k'"):
        gather(cells(), {"cells.k": 1.0, "cell.k": 2.0})
    assert gather(cells(), {"cells.k": 1.0, "cell.k": "1"}).numbers["cells.k"] == 1
    layered = cells(parameters={"cell.k": 1.0})
    assert gather(layered, {"cells.k": 2.0}).numbers["cells.k"] == 2  # of two sources, the nearer one


def test_a_program_holds_numbers_as_given_or_refuses_them():
    """Catches a cast before a check, in the last place before a program."""
    from neuromodsim.backends.program import InputSpec, as_stored

    for dtype, value in (("int32", 0.3 / 0.1), ("int8", 300), ("int32", 2.0**32), ("int32", math.inf)):
        with pytest.raises(nms.WrongInput, match=r"'a\.b' "):
            as_stored("a.b", InputSpec(dtype, 1), value)
    with pytest.raises(nms.WrongInput, match=r"'a\.b' does not fit into float32; got 1\.0+1e\+300"):
        as_stored("a.b", InputSpec("float32", 1), 1e300)
    with pytest.raises(nms.WrongInput, match=r"'a\.b' does not fit into float64"):
        as_stored("a.b", InputSpec("float64", 1), 2**53 + 1)
    assert as_stored("a.b", InputSpec("bool", 3), True).tolist() == [True] * 3


def test_events_of_a_partner_fit_the_table_that_takes_them():
    found = gather(cells(tables={"due": nms.Table(shape=(3,), dtype="int32", meaning="steps")}))
    taken = values.with_table(found, "cells.due", np.array([1.0, 2.0]))
    assert taken.tables["cells.due"].tolist() == [1, 2, 0]
    with pytest.raises(nms.WrongInput, match="whole numbers"):
        values.with_table(found, "cells.due", np.array([0.5]))
    with pytest.raises(nms.WrongInput, match=r"no table 'cells\.when'"):
        values.with_table(found, "cells.when", np.array([0.5]))
    grid = gather(cells())
    with pytest.raises(nms.WrongInput, match="2 dimensions"):
        values.with_table(grid, "cells.drive", np.array([0.5]))


def test_what_is_typed_goes_before_an_old_run_by_whatever_name():
    """Catches two names of one parameter, one of an old run and one of the command that repeats it."""
    subject = cells()
    assert request.over(subject, {"cell.k": 1.0}, {"cells.k": "2"}) == {"cells.k": "2"}
    assert request.over(subject, {"cells.k": 1.0}, {"cell.k": "2"}) == {"cell.k": "2"}
    assert request.over(subject, {"cell.k": 1.0}, {"cells.n": "2"}) == {"cells.k": 1.0, "cells.n": "2"}
