"""Each name of an experiment means one thing, links lead somewhere, and fields are what they should be."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import mm, ms, mV, nmolar, second, um

import neuromodsim as nms
from neuromodsim.checks.names import expect_names
from neuromodsim.description.drug import Drug

SOURCE = nms.Source(key="none", authors="N.", year=2026, title="t", journal="j", doi="10.0/0")


def made(kind, name, **fields):
    return kind(name=name, summary="Counts.", source=SOURCE, **fields)


def cell(name="cell", **fields):
    return made(nms.NeuronModel, name, **({"equations": "n : 1", "threshold": "n > -1"} | fields))


def rule(**fields):
    return made(nms.SynapseModel, "rule", **({"on_pre": "n_post += 1"} | fields))


def cells(name, size=2, **fields):
    model = fields.pop("model", cell())
    return nms.Population(name=name, size=size, model=model, **fields)


def wired(name="s", source="a", target="b", model=None, **fields):
    return nms.Projection(name=name, source=source, target=target, model=model or rule(), **fields)


def pool(name, regions=1, **fields):
    model = made(nms.ModulatorModel, "pool", equations="d : 1", level="d")
    return nms.Modulator(name=name, model=model, regions=regions, **fields)


def experiment(*populations, task=None, **circuit):
    return nms.Experiment(
        name="names",
        summary="Names.",
        source=SOURCE,
        circuit=nms.Circuit(populations=populations, **circuit),
        task=task,
        conditions={"only": nms.Condition(summary="There is one.")},
        recording=nms.Recording(),
        duration=5 * ms,
        dt=1 * ms,
    )


A, B = cells("a"), cells("b")
TABLE = nms.Table(shape=(3,), meaning="numbers")
LINKED = cell("reader", equations="n : 1\ng : 1 (linked)")
ONE_TASK = made(nms.Task, "goal", equations="g : 1\nvolts : volt")


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        (experiment(A, cells("task")), "'task' names both the task and a population"),
        (experiment(A, cells("a")), "'a' names both a population and another population"),
        (
            experiment(cells("a", 3, parts={"a": 1, "rest": 2})),
            "'a' names both a population and a part of 'a'",
        ),
        (
            experiment(cells("p", 2, parts={"x": 1, "y": 1}), cells("q", 2, parts={"x": 1, "z": 1})),
            "'x' names both a part of 'p' and a part of 'q'",
        ),
        (experiment(A, B, projections=(wired("a"),)), "'a' names both a population and a projection"),
        (experiment(A, modulators=(pool("a"),)), "'a' names both a population and a modulator"),
        (experiment(A, cells("a_spikes")), "'a_spikes' names a population and an object made for 'a'"),
        (experiment(A, B, cells("s_region"), projections=(wired(),)), "an object made for 's'"),
        (experiment(cells("simulation")), "'simulation' names both the network and a population"),
        (
            experiment(
                cells("a", model=cell(events={"b_c": "n > 1"})),
                cells("a_b", model=cell(events={"c": "n > 1"})),
            ),
            "The events 'a.b_c' and 'a_b.c' would have one name",
        ),
        (experiment(cells("note")), "'note' names both what `prepare` notes and a population"),
        (
            experiment(cells("a", model=cell(parameters={"n": nms.Parameter(1.0, "n")}))),
            "'n' is both a variable and a parameter of 'a' ('cell')",
        ),
        (
            experiment(cells("a", model=cell(tables={"n": TABLE}))),
            "'n' is both a variable and a table of 'a' ('cell')",
        ),
        (experiment(cells("a", model=cell(tables={"exp": TABLE}))), "'exp', a table of 'a' ('cell'), is a"),
        (
            experiment(cells("a", model=cell(parameters={"mV": nms.Parameter(1.0, "n")}))),
            "'mV', a parameter of 'a' ('cell'), is a unit",
        ),
        (
            experiment(cells("a", model=cell(parameters={"N": nms.Parameter(1.0, "n")}))),
            "'N' cannot name a parameter of 'a'",
        ),
        (
            experiment(
                cells("a", model=cell(tables={"u": TABLE})), cells("b", model=cell(tables={"u": TABLE}))
            ),
            "'a' and 'b' both have a table 'u'",
        ),
        (
            experiment(cells("a", model=cell(equations="n : 1\nrandom_key : 1"))),
            "'random_key' of 'a' ('cell') is a name that every program has",
        ),
        (
            experiment(A, B, projections=(wired(model=rule(equations="delay : second")),)),
            "'delay' of 's' ('rule') is a name that every program has",
        ),
        (
            experiment(cells("a", model=cell(equations="n"))),
            "'n', in the equations of 'a' ('cell'), has no unit",
        ),
        (experiment(A, B, projections=(wired(target="s"),)), "'s' cannot be connected to 's', a projection"),
        (experiment(A, B, projections=(wired(source="aa"),)), "task 'aa'; did you mean a?"),
        (experiment(A, B, projections=(wired(target="task"),)), "modulator or task 'task'"),
        (
            experiment(A, B, projections=(wired(model=rule(on_event={"born": "n_post = 0"})),)),
            "no event for code of s to run at: 'born'; known: every(...), post.spike, spike.",
        ),
        (
            experiment(cells("a", model=cell(threshold="")), B, projections=(wired(),)),
            "'on_pre' of 's' needs spikes of 'a', which has no threshold",
        ),
        (
            experiment(
                A,
                cells("b", model=cell(threshold="")),
                projections=(wired(model=rule(on_post="n_post = 0")),),
            ),
            "'on_post' of 's' needs spikes of 'b'",
        ),
        (experiment(A, B, projections=(wired(modulators={"d": "a"}),)), "that the rule of s reads: 'd'"),
        (
            experiment(A, B, projections=(wired(compartment_of=(0, 0)),)),
            "'compartment_of' of 's' has no effect: its rule 'rule' reads no modulator",
        ),
        (
            experiment(A, modulators=(pool("d", 2, compartment_of={"a": (0, 1, 0)}),)),
            "must hold a compartment for each of the 2 rows of 'a'; got 3",
        ),
        (
            experiment(A, modulators=(pool("d", 2, compartment_of={"a": (0, 2)}),)),
            "must map 'a' to compartments from 0 to 1; got 2",
        ),
        (experiment(A, modulators=(pool("d", 2, compartment_of={"b": (0, 1)}),)), "compartment_of of d 'b'"),
    ],
)
def test_a_name_of_two_things_or_of_nothing_is_refused(subject, said):
    """Fails when a name is taken for one of the things it means, without a word."""
    with pytest.raises(nms.WrongInput) as caught:
        expect_names(subject)
    assert said in str(caught.value)
    assert str(caught.value).count("\n") == 0


@pytest.mark.parametrize(
    ("links", "said"),
    [
        ({"a.g": "task.gg"}, "no variable of task to link 'gg'; did you mean g?"),
        ({"a.g": "task.g", "a.h": "task.g"}, "no variable of a to link 'h'"),
        ({"a.g": "task.g", "a.n": "task.g"}, "needs 'a.n' marked (linked)"),
        ({}, "'a.g' is marked (linked), but the circuit has no link"),
        ({"a.g": "tsk.g"}, "'tsk'; did you mean task?"),
        ({"a.g": "task.volts"}, "needs one unit: 'a.g' is in 1, 'task.volts' in volt"),
        ({"a.g": "a.g"}, "reads what is linked itself"),
        ({"a.g": "b.n"}, "is row by row, and 'a' has 2 rows where 'b' has 3"),
        ({"a.g": "s.w"}, "names 's', a projection"),
        ({"a": "task.g"}, "written component.variable; got 'a'"),
        ({"a.g.h": "task.g"}, "written component.variable; got 'a.g.h'"),
    ],
)
def test_a_link_that_cannot_be_made_is_refused(links, said):
    """Fails when a link sets off an error of Python, or of Brian2, instead of one sentence."""
    synapses = wired(model=rule(equations="w : 1"))
    subject = experiment(
        cells("a", model=LINKED), cells("b", 3), projections=(synapses,), links=links, task=ONE_TASK
    )
    with pytest.raises(nms.WrongInput) as caught:
        nms.simulate(subject, device="numpy")
    assert said in str(caught.value)


def test_a_linked_variable_of_synapses_needs_a_link():
    """Fails when a variable of synapses that is marked (linked) is left to Brian2."""
    synapses = wired(model=rule(equations="w : 1 (linked)"))
    with pytest.raises(nms.WrongInput, match=r"'s.w' is marked \(linked\), but the circuit has no link"):
        expect_names(experiment(A, B, projections=(synapses,), task=ONE_TASK))


@pytest.mark.parametrize("name", ["", "a b", "a.b", "a@b", "_a", "1a", "é", "class", "int", "for", None, 3])
def test_what_cannot_be_a_name_is_refused(name):
    """Fails when a name is taken that no path, program or dataset could have."""
    for make in (cells, pool, wired, lambda n: cells("p", 2, parts={n: 2})):
        with pytest.raises(nms.WrongInput):
            make(name)


@pytest.mark.parametrize(
    "make",
    [
        *(lambda size=size: cells("a", size) for size in (2.5, 2.0, True, 0, -1, "3", None, np.float64(3))),
        lambda: cells("a", parts={"x": 2.0}),
        lambda: cells("a", parts={"x": True, "y": 1}),
        lambda: cells("a", parts={"x": -1, "y": 3}),
        lambda: cells("a", parts=(1, 1)),
        lambda: cells("a", layer=1.5),
        lambda: cells("a", layer=-1),
        lambda: cells("a", model=rule()),
        lambda: cells("a", initial=[1]),
        *(lambda p=p: nms.FixedProbability(p) for p in (1.5, -0.1, float("nan"), "0.5", None, True)),
        lambda: nms.FixedProbability(0.5 * mV),
        *(lambda d=d: nms.FixedOutDegree(d) for d in (-1, 2.5, "2", None, True)),
        *(lambda d=d: nms.FixedInDegree(d) for d in (-1, 2.5, "2", None, True)),
        *(lambda d=d: nms.FixedTotalNumber(d) for d in (-1, 2.5, "2", None, True)),
        lambda: nms.Pairs((0.5,), (0,)),
        lambda: nms.Pairs((True,), (0,)),
        lambda: nms.Pairs("01", "01"),
        lambda: nms.Pairs(np.zeros((1, 1), int), (0,)),
        lambda: nms.Pairs(3, 3),
        lambda: pool("d", 0),
        lambda: pool("d", 1.5),
        lambda: pool("d", 2, compartment_of={"a": (0.5,)}),
        lambda: pool("d", 2, compartment_of={"a": 1}),
        lambda: pool("d", 2, compartment_of=(0, 1)),
        lambda: wired(wiring=nms.AllToAll),
        lambda: wired(wiring="all to all"),
        lambda: wired(model=cell()),
        lambda: wired(source=A),
        lambda: wired(delay=-1 * ms),
        lambda: wired(delay=float("nan") * second),
        lambda: wired(delay=1 * mV),
        lambda: wired(delay=2.0),
        lambda: wired(delay=True),
        lambda: wired(delay="soon"),
        lambda: wired(learn_after_layer=1.5),
        lambda: wired(compartment_of=(0.0, 1.0)),
        lambda: wired(modulators={"d": 1}),
        lambda: nms.Circuit(populations=A),
        lambda: nms.Circuit(populations=(A, "b")),
        lambda: nms.Circuit(populations=(A,), links=("a.g", "b.n")),
        lambda: nms.Circuit(populations=(A,), links={"a.g": 1}),
        lambda: nms.WellMixed(volume=-1 * mm**3),
        lambda: nms.WellMixed(volume=1.0),
        lambda: nms.WellMixed(volume="1 mm3"),
        lambda: nms.WellMixed(regions=1.5),
        lambda: nms.WellMixed(regions=0),
        lambda: nms.Line(float("inf") * um, dx=1 * um),
        lambda: nms.Line("10 um", dx=1 * um),
        lambda: nms.Box(30 * um, dx=1 * um).sites(-1 / um**3),
        lambda: nms.Box(30 * um, dx=1 * um).sites(float("nan") / um**3),
        lambda: nms.Line(10 * um, dx=1 * um).voxel_of([[float("nan")]]),
        lambda: nms.Line(10 * um, dx=1 * um).voxel_of([["here"]]),
    ],
)  # fmt: skip
def test_a_field_of_another_kind_is_refused_in_one_sentence(make):
    """Fails when a field is rounded, cast, or left to fail somewhere else."""
    with pytest.raises(nms.WrongInput) as caught:
        make()
    assert str(caught.value).endswith(".")


def drug(**fields):
    given = {"K_i": nms.Parameter(1 * nmolar, "affinity"), "name": "x", "target": "D1", "summary": "s."}
    return Drug(source=SOURCE, **(given | fields))


@pytest.mark.parametrize(
    "fields",
    [
        {"dose": -1 * nmolar},
        {"dose": 1.0},
        {"dose": float("nan") * nmolar},
        {"efficacy": 1.5},
        {"efficacy": -0.1},
        {"efficacy": "full"},
        {"K_i": 1 * nmolar},
        {"K_i": nms.Parameter(0 * nmolar, "affinity")},
        {"K_i": nms.Parameter(-1 * nmolar, "affinity")},
        {"K_i": nms.Parameter(1.0, "affinity")},
        {"k_off": 3.0},
        {"target": None},
    ],
)
def test_a_drug_that_is_none_is_refused(fields):
    """Fails when a drug is there at less than nothing."""
    assert drug().efficacy == 0
    with pytest.raises(nms.WrongInput):
        drug(**fields)


def test_numbers_of_numpy_are_kept_as_numbers_of_python():
    """Fails when a whole number of NumPy is refused, or goes on as it is, and JSON refuses it later."""
    population = cells("a", np.int64(3), parts={"x": np.int32(1), "y": np.uint8(2)}, layer=np.int64(1))
    assert (population.size, population.parts, population.layer) == (3, {"x": 1, "y": 2}, 1)
    assert {type(v) for v in (population.size, *population.parts.values(), population.layer)} == {int}
    pairs = nms.Pairs(np.array([1, 0]), [np.int32(0), 1])
    assert pairs == nms.Pairs((1, 0), (0, 1)) and type(pairs.sources[0]) is int
    modulator = pool("d", 2, compartment_of={"a": np.array([0, 1])})
    assert modulator.compartment_of == {"a": (0, 1)}


def test_a_delay_may_be_text_as_other_times():
    """Fails when "4ms" is right for a duration, and wrong for a delay."""
    assert wired(delay="4ms", update_interval="0.002 second").delay == 4 * ms
    with pytest.raises(nms.WrongInput, match="'update_interval of s' needs a unit of time"):
        wired(update_interval="3mV")


def test_a_mistake_inside_a_string_is_one_sentence_with_the_nearest_names():
    """Fails when Brian2's own error comes out, which names one of its objects and our files."""
    for code in ("n_post += weigth", "weigth += 1"):
        wrong = wired(model=rule(equations="weight : 1", on_pre=code))
        with pytest.raises(nms.WrongInput, match=r"in 'on_pre' of 's' .*'weigth', .*; did you mean weight\?"):
            nms.simulate(experiment(A, B, projections=(wrong,)), device="numpy")
    units = cells("a", model=cell(equations="dn/dt = -n : 1", method="euler"))
    with pytest.raises(nms.WrongInput, match=r"of 'a' \('cell'\), has a right-hand side without a unit"):
        nms.simulate(experiment(units), device="numpy")


def test_an_experiment_without_conditions_says_so():
    """Fails when the first of no conditions is looked for."""
    with pytest.raises(nms.WrongInput, match="'names' has no condition"):
        nms.simulate(replace(experiment(A), conditions={}), device="numpy")
