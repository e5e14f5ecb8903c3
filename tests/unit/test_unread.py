"""A number that nothing reads is refused, and so is a table that nobody fills or whose times do not rise."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, mV, second

import neuromodsim as nms
from neuromodsim.equations.neurons.listed_spikes import listed_spikes
from neuromodsim.simulation.program_key import program_key
from tests.pretend import ALWAYS, OURS

K = {"k": nms.Parameter(1.0, "a factor")}
TABLE = {"list": nms.Table(shape=(2,), meaning="two numbers")}


def model(kind, **fields):
    return kind(**{"name": "model", "summary": "s", "source": OURS} | fields)


def cell(**fields):
    return model(nms.NeuronModel, **{"equations": "v : 1\nu : 1", "threshold": "v > 1"} | fields)


def synapse(**fields):
    return model(nms.SynapseModel, **{"equations": "w : 1", "on_pre": "v_post += w"} | fields)


def pool(**fields):
    return model(nms.ModulatorModel, **{"equations": "d : 1\n", "level": "d"} | fields)


def task(**fields):
    return model(nms.Task, **{"equations": "x : 1"} | fields)


def experiment(pre=None, rule=None, told=None, goal=None, states=("post.v",), **fields):
    """Return one cell onto one, a pool that nothing reads and a task, for 3 ms."""
    circuit = nms.Circuit(
        populations=(
            nms.Population(name="pre", size=1, model=pre or cell()),
            nms.Population(name="post", size=1, model=cell()),
        ),
        modulators=(nms.Modulator(name="told", model=told or pool()),),
        projections=(nms.Projection(name="s", source="pre", target="post", model=rule or synapse()),),
    )
    given = {"circuit": circuit, "task": goal or task(), "conditions": ALWAYS} | fields
    return nms.Experiment(
        name="unread",
        summary="s",
        source=OURS,
        recording=nms.Recording(states=dict.fromkeys(states, 1 * ms)),
        duration=3 * ms,
        dt=1 * ms,
        **given,
    )


def run(subject, **how):
    return nms.simulate(subject, device="numpy", progress=False, **how)


UNREAD = {
    "pre": lambda **fields: experiment(pre=cell(**fields)),
    "s": lambda **fields: experiment(rule=synapse(**fields)),
    "task": lambda **fields: experiment(goal=task(**fields)),
}


@pytest.mark.parametrize("component", UNREAD)
@pytest.mark.parametrize("declared", [{"parameters": K}, {"tables": TABLE}], ids=["parameter", "table"])
def test_what_a_model_declares_and_nothing_reads_is_refused(component, declared):
    name = "k" if "parameters" in declared else "list"
    with pytest.raises(nms.WrongInput, match=f"^'{name}' of '{component}' .*nothing reads it"):
        run(UNREAD[component](**declared))


def test_a_slip_of_the_pen_is_named():
    with pytest.raises(nms.WrongInput, match=r"'pre' .* reads 'gian', .* did you mean gain\?$"):
        run(experiment(pre=cell(equations="v = gian : 1", parameters={"gain": K["k"]})))


@pytest.mark.parametrize("mention", ["equations", "summary", "name", "meaning", "initial of another"])
def test_a_name_that_is_only_mentioned_is_not_read(mention):
    fields = {
        "equations": {"equations": "v : 1  # scaled by k"},
        "summary": {"summary": "By k."},
        "name": {"name": "k"},
        "meaning": {"parameters": {"k": nms.Parameter(1.0, "k")}},
        "initial of another": {},
    }[mention]
    subject = experiment(pre=cell(**{"parameters": K} | fields), goal=task(initial={"x": "k"}, parameters=K))
    with pytest.raises(nms.WrongInput, match=r"^'k' of 'pre'"):
        run(subject)


READ = {
    "an equation": lambda: experiment(pre=cell(equations="v = k : 1", parameters=K)),
    "an initial value": lambda: experiment(pre=cell(parameters=K, initial={"v": "k"})),
    "a threshold": lambda: experiment(pre=cell(parameters=K, threshold="v > k")),
    "code of an event": lambda: experiment(
        pre=cell(parameters=K, events={"e": "v > 2"}, on_event={"e": "v = k"})
    ),
    "a synapse": lambda: experiment(pre=cell(parameters=K), rule=synapse(on_pre="v_post += w*k_pre")),
    "a bound": lambda: experiment(
        rule=synapse(parameters={**K, "l": nms.Parameter(0.0, "?")}, bounds={"w": ("l", "k")})
    ),
    "a phase": lambda: experiment(
        goal=task(timeline=(nms.Phase("p", "k"),), parameters={"k": nms.Parameter(1 * ms, "?")})
    ),
    "an event": lambda: experiment(goal=task(events={"e": nms.Event("x > k")}, parameters=K)),
    "prepare": lambda: experiment(
        pre=cell(parameters=K), prepare=lambda setting: {"pre.v": setting.parameters["pre.k"]}
    ),
    "finish": lambda: experiment(pre=cell(parameters=K), finish=lambda tree: tree.attrs.get("pre.k")),
}


@pytest.mark.parametrize("reader", READ)
def test_what_anything_reads_is_taken(reader):
    subject = READ[reader]()
    owner = next(name for name, m in subject.components().items() if "k" in m.parameters)
    run(subject, parameters={f"{owner}.k": 2 * ms if reader == "a phase" else 2.0})


def test_a_number_that_a_pool_brings_for_releases_may_rest_but_not_be_given():
    subject = experiment(told=pool(parameters=K))
    run(subject)
    given = {"told.k": 2.0}
    for way in (
        lambda: run(subject, parameters=given),
        lambda: run(replace(subject, parameters=given)),
        lambda: run(replace(subject, conditions={"only": nms.Condition(summary="?", parameters=given)})),
        lambda: run(replace(subject, prepare=lambda setting: given)),
        lambda: run(subject, parameters=given, replicas=2),
    ):
        with pytest.raises(nms.WrongInput, match=r"^Nothing reads 'told\.k', so that"):
            way()


def test_a_number_that_is_prepared_from_in_some_runs_only_may_rest_there():
    """What `prepare` looks at in one condition is no mistake in another, until it is set there."""
    subject = experiment(
        pre=cell(parameters={**K, "how": nms.Parameter(0.0, "whether")}),
        conditions=ALWAYS | {"used": nms.Condition(summary="?", parameters={"pre.how": 1.0})},
        prepare=lambda s: {"pre.v": s.parameters["pre.k"] if s.parameters["pre.how"] else 0.0},
    )
    run(subject)
    run(subject, condition="used", parameters={"pre.k": 2.0})
    with pytest.raises(nms.WrongInput, match=r"Nothing reads 'pre\.k'"):
        run(subject, parameters={"pre.k": 2.0})


def test_an_initial_value_that_nothing_reads_or_keeps_is_refused():
    subject = experiment()
    with pytest.raises(nms.WrongInput, match=r"Nothing reads 'pre\.u'"):
        run(subject, parameters={"pre.u": 2.0})
    kept = run(subject, parameters={"pre.u": 2.0}, record={"states": {"pre.u": 1 * ms}})
    assert float(kept["state/pre"].u.values[0].item()) == 2.0


@pytest.mark.parametrize("way", ["prepare", "experiment", "condition", "caller"])
def test_a_table_is_filled_by_somebody(way):
    """Zeros would be what nobody said; in a table of times they mean now."""
    subject = experiment(pre=cell(tables=TABLE, equations="v = list(i) : 1\nu : 1"), states=("pre.v",))
    with pytest.raises(nms.WrongInput, match=r"The table 'pre.list' \(two numbers\) has no values"):
        run(subject)
    given = {"pre.list": [3.0, 4.0]}
    filled = {
        "prepare": lambda: run(replace(subject, prepare=lambda setting: given)),
        "experiment": lambda: run(replace(subject, parameters=given)),
        "condition": lambda: run(
            replace(subject, conditions={"only": nms.Condition(summary="?", parameters=given)})
        ),
        "caller": lambda: run(subject, parameters=given),
    }[way]()
    assert float(filled["state/pre"].v.values[0].item()) == 3.0
    assert len(program_key(subject)) == 24  # which does not depend on entries


def listed(times):
    cells = nms.Population(name="pre", size=1, model=listed_spikes("pre", cells=1, most=3))
    return replace(
        experiment(),
        circuit=nms.Circuit(populations=(cells,)),
        task=None,
        recording=nms.Recording(spikes={"pre": nms.Window()}),
        duration=9 * ms,
        parameters={"pre.pre_time": [times] * second},
    )


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ([0.005, 0.002, 1e9], "must rise along each row.*0.005.* s is followed by 0.002"),
        ([-0.001, 0.002, 1e9], "must list what happens from 0 on; got -0.001"),
        ([0.002, 0.002, 1e9], "each entry in a time step of its own"),
        ([0.002, 0.0021, 1e9], "each entry in a time step of its own"),
        ([0.002, 1e9, 0.003], "1000000000 s is followed by 0.003"),
    ],
)
def test_listed_spikes_that_would_come_at_other_times_are_refused(times, said):
    with pytest.raises(nms.WrongInput, match=said):
        run(listed(times))


def test_listed_spikes_come_when_they_are_listed():
    times = run(listed([0.0, 0.3 - 0.1 - 0.198, 0.003]))["spikes/pre"]["time"].values
    np.testing.assert_allclose(times, [0, 0.002, 0.003], atol=1e-9)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reads": ("D1", "D2")}, "'effect' has a level 'D2', which none of its changes reads"),
        ({"parameters": K}, "'effect' has a parameter 'k', which none of its changes reads"),
        ({"changes": {"v": "v*2  # D1"}}, "'effect' has a level 'D1'"),
    ],
)
def test_an_effect_reads_what_it_says(fields, said):
    given = {"name": "effect", "changes": {"v": "v*D1"}, "reads": ("D1",)}
    assert model(nms.EffectModel, **given).reads == ("D1",)
    with pytest.raises(nms.WrongInput, match=said):
        model(nms.EffectModel, **given | fields)


def test_only_times_rise():
    with pytest.raises(nms.WrongInput, match="lists times, in second, or steps; got volt"):
        nms.Table(shape=(2,), meaning="numbers", rising=True, unit=mV)
