"""Whatever a thing is called, it works under that name from end to end, or is refused in one sentence."""

import re

import numpy as np
import pytest
from brian2 import ms
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import neuromodsim as nms
from neuromodsim.reports.pages import experiment as page
from tests.pretend import OURS

PLACES = {
    "experiment": "called",
    "condition": "only",
    "population": "cells",
    "part": "some",
    "modulator": "pool",
    "projection": "wires",
    "cell": "cell",
    "rule": "rule",
    "variable": "v",
    "parameter": "k",
    "table": "list",
    "event": "seen",
    "weight": "w",
    "level": "d",
    "goal": "goal",
    "phase": "cue",
    "happens": "late",
    "shown": "said",
}
# Empty, with other letters, words of Python, C++, Brian2, SymPy and ours, and what is made on the way.
ODD = re.findall(
    r"\S+",
    """
    a.b a-b a:b a/b a=b 1 1a _ _a __a a_ a__b é ß ２ α lambda class None True False int double static
    this std NULL I E S N O Q i j t dt xi e pi inf nan exp clip rand randn poisson timestep mod beta
    gamma zeta re im Symbol Integer numpy np _numpy main errno printf mV second nM ms kilogram amp
    lastspike not_refractory spike spikes state states events attrs coords dims data time neuron
    synapse weight region value name index random_key replica replica_i delay pairs flush_interval
    cells_spikes cells_stateupdater cells_subgroup some_subgroup wires_pre wires_post wires_clock
    pool_region task simulation step_clock note cells some rest pool wires v_pre v_post k_post w_pre
    x_syn t_in_timesteps refractory enter_cue phase phase_end trial cells_v cells_seen v_clock
    cells_v_clock sources targets seed condition duration device self import print
    """,
)
NAMES = st.one_of(
    st.sampled_from(["", " ", "a b", "a\n", "\0", *ODD]),
    st.sampled_from(sorted(PLACES.values())),
    st.text(max_size=4),
    st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,5}", fullmatch=True),
)


def experiment(names):
    """Return cells whose part fires once onto all of them, each thing under the name that it is given."""
    n = {**PLACES, **names}
    told = {"summary": "s", "source": OURS}
    cell = nms.NeuronModel(
        name=n["cell"],
        equations=f"{n['variable']} : 1\ngot : 1",
        step=f"{n['variable']} = {n['parameter']}*2 + {n['table']}(i)",
        threshold="timestep(t, dt) == 1",
        events={n["event"]: "timestep(t, dt) == 2"},
        parameters={n["parameter"]: nms.Parameter(1.0, "?")},
        tables={n["table"]: nms.Table(shape=(3,), meaning="?")},
        **told,
    )
    rule = nms.SynapseModel(
        name=n["rule"],
        equations=f"{n['weight']} : 1\n{n['level']} : 1",
        on_pre=f"got_post += {n['weight']}*{n['level']}",
        modulators=(n["level"],),
        initial={n["weight"]: 2.0},
        **told,
    )
    pool = nms.ModulatorModel(
        name="level", equations="amount : 1", level="amount", initial={"amount": 4.0}, **told
    )
    goal = nms.Task(
        name=n["goal"],
        equations=f"{n['shown']} : 1",
        timeline=(nms.Phase(n["phase"], "length", on_enter=f"{n['shown']} = 9"),),
        events={n["happens"]: nms.Event("timestep(t, dt) == 2")},
        parameters={"length": nms.Parameter(50 * ms, "?")},
        **told,
    )
    return nms.Experiment(
        name=n["experiment"],
        circuit=nms.Circuit(
            populations=(
                nms.Population(name=n["population"], size=3, model=cell, parts={n["part"]: 1, "rest_": 2}),
            ),
            modulators=(nms.Modulator(name=n["modulator"], model=pool),),
            projections=(
                nms.Projection(
                    name=n["projection"],
                    source=n["part"],
                    target=n["population"],
                    model=rule,
                    modulators={n["level"]: n["modulator"]},
                ),
            ),
        ),
        task=goal,
        conditions={n["condition"]: nms.Condition(summary="?")},
        recording=nms.Recording(
            spikes={n["part"]: nms.Window()},
            states={f"{n['population']}.{name}": 1 * ms for name in (n["variable"], "got")}
            | {f"task.{n['shown']}": 1 * ms, f"{n['projection']}.{n['weight']}": 1 * ms},
            events={f"{n['population']}.{n['event']}": (), f"task.{n['happens']}": ()},
        ),
        duration=5 * ms,
        dt=1 * ms,
        parameters={f"{n['population']}.{n['table']}": [1.0, 2.0, 3.0]},
        **told,
    )


def held(branch, name):
    """Return what a branch holds of a variable at the end; a dataset's own names are told by a hint."""
    found = [v for k, v in branch.data_vars.items() if k == name or v.attrs.get("variable") == name]
    return (found[0] if found else branch[f"{name}_"]).values[-1]


def check(names):
    n = {**PLACES, **names}
    try:
        subject = experiment(names)
        run = nms.simulate(
            subject,
            condition=n["condition"],
            device="numpy",
            progress=False,
            parameters={f"{n['cell']}.{n['parameter']}": 5.0},
        )
    except nms.WrongInput as error:
        said = str(error)
        assert "\n" not in said and said.endswith((".", "?")), said
        return False
    assert page.data(subject)["name"] == n["experiment"]
    cells = run[f"state/{n['population']}"]
    np.testing.assert_array_equal(held(cells, n["variable"]), [11, 12, 13])
    np.testing.assert_array_equal(held(cells, "got"), [8, 8, 8])
    np.testing.assert_array_equal(held(run["state/task"], n["shown"]), [9])
    weights = run[f"synapses/{n['projection']}"]
    np.testing.assert_array_equal(held(weights, "weight" if n["weight"] == "w" else n["weight"]), [2, 2, 2])
    assert run[f"spikes/{n['part']}"]["neuron"].values.tolist() == [0]
    assert run[f"events/{n['population']}_{n['event']}"]["neuron"].values.tolist() == [0, 1, 2]
    assert run[f"events/task_{n['happens']}"]["time"].size == 1
    return True


def test_plain_names_work():
    """Fails when the experiment that the others are variants of is refused."""
    assert check({})


@pytest.mark.parametrize("what", PLACES)
@pytest.mark.parametrize("name", ["", " ", "a b", "é", "1a", "a.b\n", "a=b"])
def test_what_is_no_word_names_nothing(what, name):
    if name == "1a" and what in ("experiment", "condition"):
        return  # such as 2nd_try, which nothing is computed with
    with pytest.raises(nms.WrongInput):
        nms.simulate(experiment({what: name}), device="numpy", progress=False)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@example({"variable": "sources"})  # which Brian2 takes for the pairs of synapses
@example({"weight": "targets"})
@given(st.dictionaries(st.sampled_from(sorted(PLACES)), NAMES, min_size=1, max_size=2))
def test_any_name_works_or_is_refused(names):
    check(names)
