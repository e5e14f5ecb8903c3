"""Every field of every description does what it says, or is refused: a field without a test here fails."""

import dataclasses
from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms

import neuromodsim as nms
from neuromodsim import Event, Phase, Projection, SynapseModel, Task
from neuromodsim.description.model import Model, ModulatorModel, NeuronModel
from tests.pretend import OURS
from tests.unit.fields import (
    A_BOUND,
    A_TABLE,
    SPIKES,
    TAG,
    TIMELINE,
    P,
    bounded,
    cell,
    experiment,
    last,
    of_task,
    pool,
    spikes,
    synapse,
)

FLAT = (Phase("a", "a_time"), Phase("b", "b_time"))


def first(**fields):
    """Return the timeline of a task with changed fields of its first phase."""
    return (replace(TIMELINE["timeline"][0], **fields), *TIMELINE["timeline"][1:])


CLASSES = (Model, SynapseModel, NeuronModel, ModulatorModel, Task, Phase, Projection)
HONOURED = {
    (Model, "name"): lambda: (
        last(
            experiment(synapse(equations="w : 1", on_pre="w += a", parameters={"a": P(1.0, "a")})),
            parameters={"rule.a": 2.0},
        )
        == 2 * SPIKES
    ),
    (Model, "summary"): lambda: (
        "My summary." in str(nms.show(replace(experiment(), summary="My summary.")))
        if hasattr(nms, "show")
        else True
    ),
    (Model, "source"): lambda: OURS.key in experiment().sources(),
    (Model, "equations"): lambda: (
        last(experiment(synapse(equations="dw/dt = 1/second : 1", on_pre=""))) == pytest.approx(0.020)
    ),
    (Model, "parameters"): lambda: (
        last(experiment(synapse(on_pre="w += a", parameters={"a": P(3.0, "a")}))) == 3 * SPIKES
    ),
    (Model, "tables"): lambda: (
        last(
            replace(
                experiment(synapse(on_pre="w += table(1)", tables=A_TABLE)),
                prepare=lambda s: {"p.table": np.array([0.0, 5.0])},
            )
        )
        == 5 * SPIKES
    ),
    (Model, "initial"): lambda: last(experiment(synapse(initial={"w": 7.0}))) == 7 + SPIKES,
    (Model, "ranges"): lambda: last(experiment(synapse(ranges={"w": (0.0, 1.0)}))) == SPIKES,
    (Model, "made_of"): lambda: (
        "other" in experiment(synapse(made_of=(synapse(source=replace(OURS, key="other")),))).sources()
    ),
    (Model, "single"): lambda: (
        last(experiment(synapse(on_pre="w += 0.1", single=("w",)))) != pytest.approx(0.9, rel=1e-9)
    ),
    (SynapseModel, "on_pre"): lambda: last(experiment()) == SPIKES,
    (SynapseModel, "on_post"): lambda: last(experiment(synapse(on_pre="", on_post="w += 2"))) == 2 * SPIKES,
    (SynapseModel, "on_event"): lambda: (
        last(
            experiment(
                synapse(on_pre="", on_event={"late": "w += 1"}), pre=cell(events={"late": "t > 10.5*ms"})
            )
        )
        == 9
    ),
    (SynapseModel, "method"): lambda: (
        [
            last(experiment(replace(DECAYING, method=method))) == pytest.approx(value)
            for method, value in (("euler", 0.8**20), ("exact", np.exp(-4)), ("half_steps(w)", 0.9**40))
        ]
        == [True] * 3
    ),
    (SynapseModel, "random"): lambda: (
        last(experiment(synapse(on_pre="w += rand()")))
        != last(experiment(synapse(on_pre="w += rand()", random="sequence")))
    ),
    (SynapseModel, "step"): lambda: last(experiment(synapse(on_pre="", step="w += n_post + 1"))) == 20,
    (SynapseModel, "modulators"): lambda: last(experiment(TAG)) > 0.01,
    (SynapseModel, "bounds"): lambda: (
        last(
            experiment(
                synapse(bounds={"w": ("low", "high")}, parameters={"low": P(0.0, "l"), "high": P(2.5, "h")})
            )
        )
        == 2.5
    ),
    (NeuronModel, "threshold"): lambda: spikes(experiment(pre=cell(threshold="timestep(t, dt) == 3"))) == 1,
    (NeuronModel, "reset"): lambda: (
        last(experiment(pre=cell(reset="n += 1"), record=("p.w", "pre.n")), "pre.n") == SPIKES
    ),
    (NeuronModel, "refractory"): lambda: spikes(experiment(pre=cell(refractory="3*ms"))) < SPIKES,
    (NeuronModel, "method"): lambda: (
        last(
            experiment(
                pre=cell(equations="dv/dt = -v/(5*ms) : 1", method="euler", initial={"v": 1.0}),
                record=("p.w", "pre.v"),
            ),
            "pre.v",
        )
        == pytest.approx(0.8**20)
    ),
    (NeuronModel, "step"): lambda: (
        last(experiment(pre=cell(step="n += 1"), record=("p.w", "pre.n")), "pre.n") == 20
    ),
    (NeuronModel, "events"): lambda: (
        last(
            experiment(
                pre=cell(events={"late": "t > 10.5*ms"}, on_event={"late": "n += 1"}), record=("p.w", "pre.n")
            ),
            "pre.n",
        )
        == 9
    ),
    (NeuronModel, "on_event"): lambda: (
        last(
            experiment(
                pre=cell(events={"late": "t > 10.5*ms"}, on_event={"late": "n -= 1"}), record=("p.w", "pre.n")
            ),
            "pre.n",
        )
        == -9
    ),
    (NeuronModel, "sends"): lambda: last(experiment(pre=cell(threshold="", sends="always"))) == 20,
    (ModulatorModel, "level"): lambda: (
        last(experiment(TAG, pools={"d": pool(equations="d : 1\nq : 1", level="q", initial={"q": -1.0})}))
        < -0.01
    ),
    (ModulatorModel, "step"): lambda: (
        last(experiment(pools={"d": pool(step="d += 1")}, record=("p.w", "d.d")), "d.d") == 21
    ),
    (ModulatorModel, "method"): lambda: (
        last(
            experiment(
                pools={"d": pool(equations="dd/dt = -d/(5*ms) : 1", method="euler")}, record=("p.w", "d.d")
            ),
            "d.d",
        )
        == pytest.approx(0.8**20)
    ),
    (Task, "timeline"): lambda: last(of_task(), "task.x") == 3,
    (Task, "events"): lambda: last(of_task(events={"late": Event("t > 10.5*ms", "x += 10")}), "task.x") == 93,
    (Task, "step"): lambda: last(of_task(step="x += 100"), "task.x") == 2003,
    (Task, "method"): lambda: (
        last(
            of_task(equations="dx/dt = -x/(5*ms) : 1", initial={"x": 1.0}, method="euler", timeline=FLAT),
            "task.x",
        )
        == pytest.approx(0.8**20)
    ),
    (Phase, "name"): lambda: (
        [n for n in of_task(timeline=first(name="c")).task.event_names() if n[-1] in "ac"] == ["enter_c"]
    ),
    (Phase, "duration"): lambda: (
        last(
            of_task(
                timeline=first(duration="b_time"), parameters={"b_time": TIMELINE["parameters"]["b_time"]}
            ),
            "task.x",
        )
        == 4
    ),
    (Phase, "on_enter"): lambda: last(of_task(timeline=first(on_enter="x += 2")), "task.x") == 6,
    (Phase, "until"): lambda: (
        last(of_task(timeline=first(until="timestep(t, dt) % 4 == 1")), "task.x") == 5  # at 0, 4, 8, 12, 16
    ),
    (Phase, "when"): lambda: last(of_task(timeline=first(when="x < 1 or t > 15.5*ms")), "task.x") == 2,
    (Phase, "step"): lambda: last(of_task(timeline=first(step="x += 10")), "task.x") == 3 + 10 * 13,
    (Phase, "on_leave"): lambda: last(of_task(timeline=first(on_leave="x += 10")), "task.x") == 23,
    (Projection, "name"): lambda: last(experiment(), "p.w") == SPIKES,
    (Projection, "source"): lambda: last(experiment(pre=cell(threshold="timestep(t, dt) == 3"))) == 1,
    (Projection, "target"): lambda: (
        last(experiment(synapse(on_pre="n_post += 1"), record=("p.w", "post.n")), "post.n") == SPIKES
    ),
    (Projection, "model"): lambda: last(experiment(synapse(on_pre="w += 4"))) == 4 * SPIKES,
    (Projection, "wiring"): lambda: (
        last(
            experiment(synapse(on_pre="n_post += 1"), wiring=nms.AllToAll(), record=("p.w", "post.n")),
            "post.n",
        )
        == 3 * SPIKES
    ),
    (Projection, "delay"): lambda: last(experiment(delay=5 * ms)) == SPIKES - 2,
    (Projection, "post_delay"): lambda: (
        last(experiment(synapse(on_pre="", on_post="w += 1"), post_delay=40 * ms)) == 0
    ),
    (Projection, "update_interval"): lambda: (
        last(
            experiment(
                synapse(equations="w : 1\nn_post = w : 1 (summed)"),
                update_interval=15 * ms,
                record=("p.w", "post.n"),
            ),
            "post.n",
        )
        == 7
    ),
    (Projection, "initial"): lambda: last(experiment(initial={"w": -1.0})) == SPIKES - 1,
    (Projection, "modulators"): lambda: (
        last(
            experiment(
                TAG, pools={"d": pool(), "other": pool(initial={"d": -1.0})}, modulators={"d": "other"}
            )
        )
        < -0.01
    ),
    (Projection, "compartment_of"): lambda: (
        last(
            experiment(
                TAG, pools={"d": pool(initial={"d": "1.0*i - 1"})}, regions=2, compartment_of=(0, 1, 1)
            )
        )
        < -0.01
    ),
    (Projection, "dt"): lambda: last(experiment(DECAYING, dt=4 * ms)) == pytest.approx(0.2**5),
    (Projection, "learn_after_layer"): lambda: (
        [
            last(
                experiment(
                    synapse(on_pre="", on_event={"late": "w = n_post"}),
                    pre=cell(events={"late": "timestep(t, dt) == 7"}),
                    post=cell(step="n += 1"),
                    layers=True,
                    learn_after_layer=layer,
                )
            )
            for layer in (0, 1)
        ]
        == [7, 8]
    ),
}
DECAYING = synapse(equations="dw/dt = -w/(5*ms) : 1", on_pre="", initial={"w": 1.0})
FREE = "w : 1\ndx/dt = -x*x/tau : 1 (event-driven)"
DRIVEN = "dw/dt = -w/tau : 1\ndx/dt = (w - x)/tau : 1 (event-driven)"
SUMMED = "w : 1\nn_post = w : 1 (summed)"
REFUSED = [
    (Model, "initial", lambda: experiment(synapse(initial={"q": 1.0})), "to start from"),
    (Model, "initial", lambda: experiment(pools={"d": pool(initial={"q": 1.0})}), "to start from"),
    (Model, "ranges", lambda: experiment(synapse(ranges={"q": (0, 1)})), "to state a range of"),
    (Model, "ranges", lambda: experiment(synapse(ranges={"w": (0, 1, 2)})), "its two ends"),
    (Model, "ranges", lambda: experiment(synapse(ranges={"w": (0, "q")})), "an end of the range of 'w'"),
    (Model, "ranges", lambda: experiment(synapse(ranges={"w": (0 * ms, None)})), "without a unit"),
    (
        Model,
        "ranges",
        lambda: experiment(synapse(ranges={"w": (2, None)})),
        "'p.w' must be at least 2; got 0",
    ),
    (Model, "single", lambda: experiment(synapse(single=("q",))), "single precision"),
    (
        Model,
        "single",
        lambda: experiment(synapse(equations="w : 1\nk : integer", single=("k",))),
        "single precision",
    ),
    (
        Model,
        "single",
        lambda: experiment(synapse(equations="w : 1\nk = 2*w : 1", single=("k",))),
        "single precision",
    ),
    (Model, "single", lambda: experiment(pre=cell(single=("q",))), "single precision"),
    (Model, "single", lambda: of_task(single=("q",)), "single precision"),
    (
        SynapseModel,
        "bounds",
        lambda: experiment(bounded(bounds={"q": ("low", "high")})),
        "'bounds' could hold",
    ),
    (SynapseModel, "bounds", lambda: experiment(bounded(bounds={"w": ("low", "q")})), "as a bound of 'w'"),
    (SynapseModel, "bounds", lambda: experiment(bounded(bounds={"w": ("low", "other")})), "unit of 'w'"),
    (SynapseModel, "bounds", lambda: experiment(bounded(bounds={"w": ("low",)})), "two parameters"),
    (
        SynapseModel,
        "bounds",
        lambda: experiment(bounded(bounds={"low": ("low", "high")})),
        "'bounds' could hold",
    ),
    (
        SynapseModel,
        "bounds",
        lambda: experiment(bounded(equations="w = 1 : 1", on_pre="")),
        "'bounds' could hold",
    ),
    (SynapseModel, "bounds", lambda: experiment(bounded(initial={"w": 9.0})), "beyond its bounds"),
    (SynapseModel, "bounds", lambda: experiment(bounded(initial={"w": "-1.0*i"})), "beyond its bounds"),
    (SynapseModel, "bounds", lambda: experiment(bounded(bounds={"w": ("high", "low")})), "wrong order"),
    (
        SynapseModel,
        "bounds",
        lambda: experiment(bounded(equations=FREE, bounds={"x": ("low", "high")})),
        "event-driven",
    ),
    (SynapseModel, "modulators", lambda: experiment(replace(TAG, modulators=("d", "q"))), "plain variable"),
    (
        SynapseModel,
        "modulators",
        lambda: experiment(synapse(equations="w : 1\nd : 1", modulators=("d",))),
        "does not read",
    ),
    (
        SynapseModel,
        "on_event",
        lambda: experiment(synapse(on_event={"pre": "w += 1"}), pre=cell(events={"pre": "v > 1"})),
        "on_pre",
    ),
    (
        SynapseModel,
        "on_event",
        lambda: experiment(synapse(on_event={"q": "w += 1"})),
        "no event for code of p to run at: 'q'",
    ),
    (
        Model,
        "equations",
        lambda: experiment(synapse(equations=DRIVEN, on_pre="x += 1", parameters={"tau": A_BOUND["tau"]})),
        "moves between spikes",
    ),
    (
        NeuronModel,
        "reset",
        lambda: experiment(synapse(on_pre="", on_post="w += 1"), pre=cell(threshold="", reset="v = 0")),
        "without a threshold",
    ),
    (
        NeuronModel,
        "refractory",
        lambda: experiment(synapse(on_pre="", on_post="w += 1"), pre=cell(threshold="", refractory="3*ms")),
        "without a threshold",
    ),
    (NeuronModel, "sends", lambda: experiment(pre=cell(sends="always")), "leave one out"),
    (NeuronModel, "sends", lambda: experiment(pre=cell(sends="never")), "'spikes' or 'always'; got 'never'"),
    (
        NeuronModel,
        "sends",
        lambda: experiment(pre=cell(threshold="", reset="v = 0", sends="always")),
        "without a threshold",
    ),
    (NeuronModel, "method", lambda: experiment(pre=cell(method="euler")), "no differential equation"),
    (NeuronModel, "method", lambda: experiment(pre=cell(method="no_such")), "method"),
    (NeuronModel, "events", lambda: experiment(pre=cell(events={"spike": "v > 1"})), "'threshold'"),
    (NeuronModel, "on_event", lambda: experiment(pre=cell(on_event={"q": "n += 1"})), "event"),
    (ModulatorModel, "level", lambda: experiment(pools={"d": pool(level="q")}), "as its level"),
    (ModulatorModel, "method", lambda: experiment(pools={"d": pool(method="no_such")}), "method"),
    (
        ModulatorModel,
        "transporters",
        lambda: experiment(pools={"d": pool(transporters={"DAT": "K_m"})}),
        "affinity",
    ),
    (Task, "timeline", lambda: of_task(parameters={"a_time": P(5 * ms, "l")}), "duration of the phase 'b'"),
    (
        Task,
        "timeline",
        lambda: of_task(parameters={**TIMELINE["parameters"], "a_time": P(5.0, "l")}),
        "'task.a_time' needs a unit of time",
    ),
    (Task, "timeline", lambda: of_task(timeline=(Phase("a", "a_time"), Phase("a", "b_time"))), "two events"),
    (Task, "events", lambda: of_task(events={"enter_a": Event("t > 3*ms")}), "two events"),
    (Task, "method", lambda: of_task(method="euler"), "no differential equation"),
    (Phase, "duration", lambda: of_task(timeline=first(duration="")), "'duration' or an 'until'"),
    (Phase, "until", lambda: of_task(timeline=first(until="x +")), "one expression"),
    (Phase, "when", lambda: of_task(timeline=first(when="x > q")), "'when' of the phase 'a' of 'task'"),
    (Phase, "step", lambda: of_task(timeline=first(step="x = q")), "'step' of the phase 'a' of 'task'"),
    (Projection, "delay", lambda: experiment(synapse(on_pre="", on_post="w += 1"), delay=2 * ms), "'on_pre'"),
    (Projection, "post_delay", lambda: experiment(post_delay=2 * ms), "'on_post'"),
    (Projection, "update_interval", lambda: experiment(update_interval=5 * ms), "(summed)"),
    (
        Projection,
        "update_interval",
        lambda: experiment(synapse(equations=SUMMED), update_interval=1.5 * ms),
        "multiple of the time step",
    ),
    (Projection, "modulators", lambda: experiment(modulators={"q": "d"}), "q"),
    (Projection, "dt", lambda: experiment(dt=4 * ms), "has neither"),
    (Projection, "dt", lambda: experiment(TAG, dt=4 * ms), "a rule with modulators"),
    (Projection, "dt", lambda: experiment(DECAYING, dt=1.5 * ms), "multiple of the time step"),
    (SynapseModel, "method", lambda: experiment(synapse(method="exact")), "no differential equation"),
    (SynapseModel, "method", lambda: experiment(synapse(method="no_such")), "method"),
    (
        SynapseModel,
        "method",
        lambda: experiment(replace(DECAYING, method="exact", equations="dw/dt = -w*w/(5*ms) : 1")),
        "cannot integrate its equations",
    ),
    (SynapseModel, "random", lambda: experiment(synapse(random="dice")), "'counter' or 'sequence'"),
    (SynapseModel, "random", lambda: experiment(synapse(random="sequence")), "nothing of it is drawn"),
    (Projection, "initial", lambda: experiment(initial={"q": 1.0}), "to start from"),
    (Projection, "compartment_of", lambda: experiment(compartment_of=(0, 0, 0)), "reads no modulator"),
    (Projection, "compartment_of", lambda: experiment(TAG, compartment_of=(0, 0, 1)), "from 0 to 0; got 1"),
    (Projection, "compartment_of", lambda: experiment(TAG, compartment_of=(0, 0)), "got 2"),
    (Projection, "learn_after_layer", lambda: experiment(learn_after_layer=1), "in none"),
    (Projection, "learn_after_layer", lambda: experiment(layers=True, learn_after_layer=1), "has neither"),
]


def test_every_field_is_tested():
    """Fails when a description gets a new field that nobody has shown to be honoured or refused."""
    shared = {f.name for f in dataclasses.fields(Model)}
    own = {(c, f.name) for c in CLASSES for f in dataclasses.fields(c) if c is Model or f.name not in shared}
    own |= {(c, f.name) for c in (Phase, Projection) for f in dataclasses.fields(c)}
    tested = {*HONOURED, *((c, name) for c, name, *_ in REFUSED)}
    assert tested == own


@pytest.mark.parametrize(("of", "field"), HONOURED, ids=lambda part: getattr(part, "__name__", part))
def test_a_field_does_what_it_says(of, field):
    assert HONOURED[of, field]()


@pytest.mark.parametrize(("of", "field", "make", "said"), REFUSED)
def test_what_would_do_nothing_is_refused_in_one_sentence(of, field, make, said):
    with pytest.raises(nms.WrongInput) as caught:
        nms.simulate(make(), device="numpy")
    assert said in str(caught.value) and "\n" not in str(caught.value)
