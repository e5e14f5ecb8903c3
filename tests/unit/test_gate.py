"""The gate that every number of a run goes through: taken as given, or refused in one sentence."""

import json
import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from brian2 import ms, mV, second

import neuromodsim as nms
from neuromodsim.cli import request
from neuromodsim.protocols import SEROTONIN_UNDERSHOOT
from neuromodsim.simulation import values
from tests.pretend import ALWAYS, OURS, spike_driven, task_alone

TABLE = np.array([[1.0, 2, 3], [10, 20, 30]])


READ = "int(b) + n + late/second + k + drive(0, i)/mV + code(i) + due(i)/second > 1e99"


def cells(size=3, *, prepare=None, parameters=None, conditions=ALWAYS, record=None, **fields):
    """Return an experiment of cells with one variable of each type and one table of each kind.

    All are read by an event that never happens; tables that ``prepare`` does not fill are zeros.
    """
    model = nms.NeuronModel(
        name="cell",
        summary="Holds values.",
        source=OURS,
        **(
            {
                "equations": "v : volt\nn : integer\nb : boolean\nx : 1\nlate : second",
                "single": ("x",),
                "events": {"never": READ},
                "parameters": {"k": nms.Parameter(2.0, "a factor", low=0.0, high=9.0)},
                "tables": {
                    "drive": nms.Table(shape=(2, 3), unit=mV, meaning="by stimulus and cell"),
                    "code": nms.Table(shape=(4,), dtype="int8", meaning="a code"),
                    "due": nms.Table(shape=(2,), unit=second, meaning="when"),
                },
            }
            | fields
        ),
    )
    target = nms.NeuronModel(name="target", summary="Is there.", source=OURS, equations="y : volt")
    synapse = nms.SynapseModel(
        name="weight", summary="A weight.", source=OURS, equations="w : 1", on_pre="y_post += w*mvolt"
    )

    def filled(setting):
        returned = {} if prepare is None else prepare(setting)
        return {**values.blank(subject), **returned} if isinstance(returned, dict) else returned

    subject = nms.Experiment(
        name="held",
        summary="Holds values.",
        source=OURS,
        circuit=nms.Circuit(
            populations=(
                nms.Population(name="cells", size=size, model=replace(model, threshold="x > 1e9")),
                nms.Population(name="others", size=2, model=target),
            ),
            projections=(nms.Projection(name="s", source="cells", target="others", model=synapse),),
        ),
        conditions=conditions,
        recording=nms.Recording(states=record or {"cells.v": 1 * ms}),
        duration=2 * ms,
        dt=1 * ms,
        parameters=parameters or {},
        prepare=filled,
    )
    return subject


def gather(experiment, changed=None, condition=None, seed=1):
    chosen = condition or next(iter(experiment.conditions.values()))
    return values.gather(experiment, chosen, changed or {}, seed, 0.002)


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
    with pytest.raises(nms.WrongInput, match=r"'s\.pairs"):
        gather(cells(prepare=lambda setting: {"s.pairs": pairs}))


def test_a_note_is_kept_as_json_keeps_it():
    found = gather(cells(prepare=lambda setting: {"note.a": np.int64(3), "note.b": np.arange(2)}))
    assert found.notes == {"a": 3, "b": [0, 1]}
    with pytest.raises(nms.WrongInput, match=r"'note\.a' must be text"):
        gather(cells(prepare=lambda setting: {"note.a": object()}))
    with pytest.raises(nms.WrongInput, match=r"'note\.a' must be text"):
        gather(cells(prepare=lambda setting: {"note.a": math.nan}))


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
    monkeypatch.setattr("neuromodsim.catalogue.catalogue.experiment", lambda name: subject)
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
    with pytest.raises(nms.WrongInput, match=r"'a\.b' does not fit into float32, not 1\.0+1e\+300"):
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


def test_each_random_variable_has_numbers_of_its_own():
    """Catches one stream for all variables of a component."""
    both = {"equations": "a : 1\nb : 1\nx : 1", "initial": {"a": "2*rand() - 1", "b": "2*rand() - 1"}}
    found = gather(cells(500, tables={}, **both), seed=7).numbers
    assert abs(np.corrcoef(found["cells.a"], found["cells.b"])[0, 1]) < 0.15
    only = both | {"initial": {"b": "2*rand() - 1"}}
    alone = gather(cells(500, tables={}, **only), seed=7).numbers
    assert np.array_equal(alone["cells.b"], found["cells.b"])  # whatever else is random


def synapses(**initial):
    subject = cells()
    (projection,) = subject.circuit.projections
    model = replace(projection.model, equations="w : 1\nq : 1")
    circuit = replace(subject.circuit, projections=(replace(projection, model=model, initial=initial),))
    return gather(replace(subject, circuit=circuit)).numbers


def test_synapses_have_random_numbers_of_their_own_too():
    found = synapses(w="randn()", q="randn()")
    assert len({*found["s.w"].tolist(), *found["s.q"].tolist()}) == 12


def test_initial_values_of_synapses_read_their_two_cells():
    """As in the code of a model: i is the source, j the target; targets run fastest."""
    found = synapses(w="i + 10*j", q="1*(i != j) + 0*N")
    assert found["s.w"].tolist() == [0, 10, 1, 11, 2, 12]
    assert found["s.q"].tolist() == [0, 1, 1, 0, 1, 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i // 2", [0, 0, 1, 1]),
        ("int(i > 0)", [0, 1, 1, 1]),
        ("(i < 2) + (i < 3)", [2, 2, 1, 0]),
        ("sin(i)", np.sin(np.arange(4))),
        ("1*(0 < i and i < 3 or not i)", [1, 1, 1, 0]),
        ("0 < i < 3", [0, 1, 1, 0]),
        ("clip(i - 1, 0, k)", [0, 0, 1, 2]),
        ("2**i % 3", [1, 2, 1, 2]),
        ("floor(i/2) + ceil(i/2) + abs(-i) + sign(i - 2) + sqrt(i*i)", [-1, 2, 6, 10]),
        ("int(mvolt/volt*2500)", [2]),
        ("10**20*10**20", [1e40]),
    ],
)
def test_initial_expressions_are_arithmetic(text, expected):
    found = gather(cells(4, tables={}, equations="a : 1\nx : 1", initial={"a": text}))
    np.testing.assert_allclose(np.asarray(found.numbers["cells.a"]), np.squeeze(expected), rtol=1e-15)


@pytest.mark.parametrize(
    "text",
    [
        *("exit()", "__import__('os')", "i.real", "i[0]", "[1]", "lambda: 1", "1 if i else 2", "x := 1"),
        *("'a'", "1 +", "", "1/0", "log(0)", "9**9**9**9", "k + volt", "exp(volt)", "rand(3)", "clip(i, 0)"),
        *("(" * 300 + "1" + ")" * 300, "1\x00", "i is 2", "i in 2", "1j", "int(volt)", "f'{i}'", "j", "x"),
        "clip(i, volt, 2)",
    ],
)
def test_other_initial_expressions_are_refused_in_one_sentence(text):
    with pytest.raises(nms.WrongInput, match=r"cells\.a") as mistake:
        gather(cells(4, tables={}, equations="a : 1\nx : 1", initial={"a": text}))
    assert "\n" not in str(mistake.value)


def delayed(**fields):
    subject = spike_driven([[0.010], [], []])
    plastic, release = subject.circuit.projections
    circuit = replace(subject.circuit, projections=(replace(plastic, **fields), release))
    return nms.simulate(replace(subject, circuit=circuit), device="numpy", duration=20 * ms)


@pytest.mark.parametrize(
    "delay", [1.5 * ms, -1 * ms, math.nan * ms, math.inf * ms, 3 * mV, 2.0, [1, 2] * ms, "soon", {}]
)
def test_a_delay_is_a_whole_number_of_steps(delay):
    for name in ("delay", "every"):
        with pytest.raises(nms.WrongInput, match=f"{name}'? of '?plastic'"):
            delayed(**{name: delay})


def test_a_delay_in_the_dataset_is_that_of_the_run():
    assert float(delayed(delay=3 * ms)["synapses/plastic"]["delay"]) == 0.003
    with pytest.raises(nms.WrongInput, match=r"every'? of '?plastic'"):
        delayed(every=0 * ms)


@pytest.mark.parametrize(
    "record",
    [
        {"states": {"plastic.w": 1.5 * ms}},
        {"states": {"plastic.w": 0 * ms}},
        {"states": {"plastic.w": 5}},
        {"states": {"plastic.w": math.nan * ms}},
        {"states": {"plastic.w": 1 * mV}},
        {"states": ["plastic.w"]},
        {"spikes": ["cells"]},
        {"spikes": {"cells": 5 * ms}},
        {"spikes": {"cells": nms.Window(start=1.5 * ms)}},
        {"spikes": {"cells": nms.Window(stop=1e-4 * second)}},
        {"spikes": {"cells": nms.Window(start=8 * ms, stop=2 * ms)}},
        {"spikes": {"cells": nms.Window(start=30 * ms)}},
        {"spikes": {"cells": nms.Window(stop=-30 * ms)}},
        {"windows": {"plastic.c": nms.Window()}},
        {"only": {"plastic.c": (0,)}},
        {"only": {"plastic.w": (0.5,)}},
        {"only": {"plastic.w": "0"}},
        {"events": {"cells.spike": "sent"}},
        {"what": {}},
        {3: {}},
        "x",
        5,
    ],
)
def test_a_recording_that_cannot_be_is_refused_before_anything_is_built(record, monkeypatch):
    monkeypatch.setattr("neuromodsim.simulation.run_one.program_of", lambda *a: pytest.fail("was built"))
    with pytest.raises(nms.WrongInput) as mistake:
        nms.simulate(spike_driven([[0.010], [], []]), device="numpy", duration=20 * ms, record=record)
    assert "\n" not in str(mistake.value)


@pytest.mark.parametrize("edge", [1 * mV, 5.0, math.nan * second, math.inf * second, [1, 2] * ms, "late", {}])
def test_the_edges_of_a_window_are_times(edge):
    for name in ("start", "stop"):
        with pytest.raises(nms.WrongInput, match=f"'{name} of a window'"):
            nms.Window(**{name: edge})
    assert nms.Window(start="5ms").start == 5 * ms


def beats(*phases, **lengths):
    parameters = {name: nms.Parameter(length, "how long") for name, length in lengths.items()}
    task = nms.Task(
        name="beats",
        summary="Beats.",
        source=OURS,
        timeline=tuple(nms.Phase(name, f"{name}_time") for name in phases),
        parameters=parameters,
    )
    events = {f"task.enter_{name}": ("trial",) for name in phases}
    run = nms.simulate(task_alone(task, events=events), device="numpy", duration=10 * ms)
    return [np.rint(run[f"events/task_enter_{n}"].time.values * 1000).astype(int).tolist() for n in phases]


def test_a_phase_without_length_takes_no_step():
    one, two, three = beats("one", "two", "three", one_time=0 * ms, two_time=0 * ms, three_time=3 * ms)
    assert one == two == three == [0, 3, 6, 9]


@pytest.mark.parametrize("length", [0 * ms, 1.5 * ms, -1 * ms, 2 * mV])
def test_the_last_phase_is_a_whole_number_of_steps(length):
    with pytest.raises(nms.WrongInput, match=r"two_time'.* must be"):
        beats("one", "two", one_time=2 * ms, two_time=length)


@pytest.mark.parametrize("length", [1.5 * ms, -1 * ms, math.nan * ms])
def test_so_is_every_other(length):
    with pytest.raises(nms.WrongInput, match=r"'task\.one_time' must be"):
        beats("one", "two", one_time=length, two_time=2 * ms)


def test_a_phase_lasts_as_long_as_a_parameter_of_its_task():
    with pytest.raises(nms.WrongInput, match="'one' 'one_time'"):
        beats("one")


def test_a_run_has_no_more_steps_than_can_be_counted():
    with pytest.raises(nms.WrongInput, match="'duration' must be fewer than"):
        nms.simulate(cells(), device="numpy", duration=1e18 * second)


def test_what_is_typed_goes_before_an_old_run_by_whatever_name():
    """Catches two names of one parameter, one of an old run and one of the command that repeats it."""
    subject = cells()
    assert request.over(subject, {"cell.k": 1.0}, {"cells.k": "2"}) == {"cells.k": "2"}
    assert request.over(subject, {"cells.k": 1.0}, {"cell.k": "2"}) == {"cell.k": "2"}
    assert request.over(subject, {"cell.k": 1.0}, {"cells.n": "2"}) == {"cells.k": 1.0, "cells.n": "2"}
