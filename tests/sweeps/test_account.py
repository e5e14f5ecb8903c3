"""A store that is gone on with holds runs of the same numbers, or is left alone."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms

import neuromodsim as nms
from neuromodsim.sweeps import plan as plans
from neuromodsim.sweeps.account import account, what_changed
from neuromodsim.sweeps.plan import Plan
from neuromodsim.sweeps.store import Store
from tests.pretend import OURS

CELL = nms.NeuronModel(
    name="grows",
    summary="Grows.",
    source=OURS,
    equations="v : 1",
    step="v += k*gain(0)",
    parameters={"k": nms.Parameter(2.0, "slope")},
    tables={"gain": nms.Table(shape=(1,), meaning="gain")},
    threshold="v > 1e9",
    initial={"v": 0.0},
)
PLAN = Plan(
    experiment="mine:EXPERIMENT",
    fixed={
        "device": "numpy",
        "condition": None,
        "third_factor": "event-driven",
        "timeout": None,
        "record": None,
        "duration": None,
        "parameters": {},
    },
    over={"seed": (0, 1, 2)},
)


def experiment(cell=CELL, gain=lambda seed: 1.0, wiring=None, **fields):
    """Return an experiment of one's own, whose ``prepare`` may look at the seed."""
    count = nms.SynapseModel(name="count", summary="?", source=OURS, on_pre="v_post += 1")
    circuit = nms.Circuit(
        populations=(nms.Population(name="q", size=4, model=cell),),
        projections=(
            nms.Projection(name="s", source="q", target="q", model=count, wiring=wiring or nms.OneToOne()),
        ),
    )
    given = {
        "conditions": {"only": nms.Condition(summary="There is one.")},
        "recording": nms.Recording(states={"q.v": 5 * ms}),
        "duration": 10 * ms,
        "dt": 1 * ms,
    }
    return nms.Experiment(
        name="mine",
        summary="?",
        source=OURS,
        circuit=circuit,
        prepare=lambda setting: {"q.gain": np.array([gain(setting.seed)])},
        **(given | fields),
    )


def slope(value):
    return replace(CELL, parameters={"k": nms.Parameter(value, "slope")})


@pytest.fixture
def known(monkeypatch):
    """Return a function that says what experiment a name stands for."""

    def set_to(one):
        monkeypatch.setattr(plans, "find", lambda name, variant=None: one)
        monkeypatch.setattr(plans, "described", lambda name: one)

    return set_to


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (experiment(slope(3.0)), "What 'q.k' is given has changed"),
        (experiment(replace(CELL, initial={"v": 1.0})), "What 'q.v' is given has changed"),
        (experiment(gain=lambda seed: 5.0), "What 'q.gain' is given has changed"),
        (experiment(gain=lambda seed: 5.0 if seed == 2 else 1.0), "What 'q.gain' is given has changed"),
        (experiment(wiring=nms.Pairs((1, 0, 2, 3), (0, 1, 2, 3))), "has changed"),
        (experiment(dt=0.5 * ms), "The time step has changed"),
        (experiment(duration=20 * ms), "The duration has changed"),
        (experiment(recording=nms.Recording(states={"q.v": 10 * ms})), "The recording has changed"),
        (experiment(replace(CELL, threshold="v > 1e8")), "The equations of 'mine:EXPERIMENT' have changed"),
        (
            experiment(conditions={"only": nms.Condition(summary="?", parameters={"q.k": 5.0})}),
            "What 'q.k' is given has changed",
        ),
    ],
)
def test_a_store_with_runs_of_other_numbers_is_left_alone(changed, said, known, tmp_path):
    """Fails when a sweep goes on after a number has changed, with old and new runs in one tree."""
    store, more = Store(tmp_path / "sweep.zarr"), replace(PLAN, over={"seed": (0, 1, 2, 3)})
    known(experiment())
    with store.claimed(PLAN):
        pass
    with store.claimed(more) as whole:  # more of the same
        assert whole.over == {"seed": (0, 1, 2, 3)}
    known(changed)
    with pytest.raises(nms.WrongInput) as caught, store.claimed(more):
        pass
    assert said in str(caught.value) and "choose another store" in str(caught.value)


def test_another_version_of_what_computes_is_told(known, monkeypatch):
    """Fails when runs of two versions of a package are mixed."""
    known(experiment())
    before = account(PLAN)
    monkeypatch.setattr("neuromodsim.result.dataset.versions", lambda: {"numpy": "0.0"})
    assert what_changed(before, account(PLAN)) == "the version of neuromodsim"


def test_each_value_of_each_dimension_is_looked_at(known):
    """Fails when what is returned for one condition or value can change unseen, or seeds cost without end."""
    known(experiment())
    plan = replace(PLAN, over={"seed": tuple(range(1000)), "q.k": ("1.0", "2.0")})
    found = account(plan)["runs"]
    assert 60 <= len(found) <= 70
    assert len({numbers["q.k"] for numbers in found.values()}) == 2


def test_a_variable_named_like_a_dimension_of_the_sweep_is_refused(known):
    """Fails when a recorded variable and a dimension of the whole have one name."""
    known(experiment(replace(CELL, equations="v : 1\nseed : 1")))
    options = {"device": "numpy", "condition": None, "third_factor": "event-driven", "timeout": None}
    asked = {"record": {"states": {"q.seed": 5 * ms}}, "duration": None, "parameters": None, **options}
    with pytest.raises(nms.WrongInput, match=r"'q\.seed' cannot be recorded: 'seed' is a name"):
        plans.make("mine:EXPERIMENT", {"seed": [1, 2]}, **asked)
