"""The largest or smallest value among the synapses of a cell, and whose it is, against plain NumPy."""

import re
from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, second

import neuromodsim as nms
from neuromodsim.backends.cuda import expect_possible
from neuromodsim.checks.texts import expect_texts
from tests.pretend import OURS, spike_source, spike_table

STEPS, SOURCES, TARGETS = 12, 7, 5
SENDER = nms.NeuronModel(
    name="sender",
    summary="A rate of few values, so that there are ties.",
    source=OURS,
    equations="x : 1\nleast : volt\nto : integer",
    step="x = scale*shown(timestep(t, dt), i)*scale",
    sends="always",
    parameters={"scale": nms.Parameter(1.0, "1e200 makes infinite rates of all but 0")},
    tables={"shown": nms.Table(shape=(STEPS, SOURCES), meaning="rates by step and cell")},
    initial={"x": "int(3*rand())"},
)
RECEIVER = nms.NeuronModel(
    name="receiver",
    summary="What it is sent.",
    source=OURS,
    equations="best : 1\nworst : volt\nfrom_best : integer\nfrom_worst : integer\ny : 1",
    step="y = 2*best",
    sends="always",
)
RULE = nms.SynapseModel(
    name="compared",
    summary="Every reduction, over weights that change.",
    source=OURS,
    equations="""
    w : 1
    u = w*x_pre*mV                     : volt
    best_post = w*x_pre                : 1 (max)
    worst_post = where(w > 2, u, inf*volt) : volt (min)
    from_best_post = u                 : integer (argmax)   # a voltage, and still the number of a cell
    from_worst_post = where(w > 2, u, inf*volt)   : integer (argmin)
    least_pre = u                      : volt (min)
    to_pre = u                         : integer (argmin)
    """,
    step="w += int(2*rand())",
    initial={"w": "int(3*rand()) - 1"},
)
PAIRS = nms.Pairs((3, 0, 2, 3, 1, 1, 0, 3, 2), (0, 0, 2, 2, 2, 0, 0, 4, 4))  # none onto 1 and 3, one twice


def experiment(model=RULE, wiring=PAIRS, target="receivers", **fields) -> nms.Experiment:
    """Return senders in two parts, the second of which is compared by receivers."""
    return nms.Experiment(
        name="compared",
        summary="Compared.",
        source=OURS,
        circuit=nms.Circuit(
            populations=(
                nms.Population(name="senders", size=SOURCES, model=SENDER, parts={"left": 3, "right": 4}),
                nms.Population(name="receivers", size=TARGETS, model=RECEIVER),
            ),
            projections=(
                nms.Projection(name="p", source="right", target=target, model=model, wiring=wiring),
            ),
        ),
        conditions={"only": nms.Condition(summary="Only.")},
        recording=nms.Recording(
            states=dict.fromkeys(
                (
                    *("senders.x", "senders.least", "senders.to", "p.w", "receivers.y"),
                    *(f"receivers.{n}" for n in ("best", "worst", "from_best", "from_worst")),
                ),
                1 * ms,
            )
        ),
        duration=STEPS * ms,
        dt=1 * ms,
        prepare=lambda setting: {
            "senders.shown": np.random.default_rng(setting.seed).integers(-2, 3, (STEPS, SOURCES))
        },
        **fields,
    )


def expect_as_in_numpy(tree, pairs=PAIRS) -> None:
    i, j = np.array(pairs.sources), np.array(pairs.targets)
    sent, kept, w = tree["state/senders"], tree["state/receivers"], tree["synapses/p"].weight.values
    u = w * sent.x.values[:, 3 + i]
    for step in range(STEPS):
        now, after = u[step], step + 1
        for cell in range(TARGETS):
            mine = np.flatnonzero(j == cell)
            strong = mine[w[step, mine] > 2]
            best = now[mine].max(initial=-np.inf)
            worst = now[strong].min(initial=np.inf)
            winners, losers = i[mine[now[mine] == best]], i[strong[now[strong] == worst]]
            assert kept.best.values[after, cell] == (best if mine.size else 0)
            assert kept.worst.values[after, cell] == pytest.approx(worst if strong.size else 0)
            assert kept.from_best.values[after, cell] == min(winners, default=-1)
            assert kept.from_worst.values[after, cell] == min(losers, default=-1)
            assert kept.y.values[after, cell] == 2 * kept.best.values[after, cell]  # in the same step
        assert not sent.to.values[after, :3].any()  # of no synapse, and so left alone
        for cell in range(3, SOURCES):
            mine = np.flatnonzero(3 + i == cell)
            least = now[mine].min(initial=np.inf)
            assert sent.least.values[after, cell] == pytest.approx(least if mine.size else 0)
            assert sent.to.values[after, cell] == min(j[mine[now[mine] == least]], default=-1)


@pytest.fixture(scope="module")
def single():
    return [nms.simulate(experiment(), device="numpy", seed=seed) for seed in (1, 2)]


def test_in_numpy(single):
    """Fails when an index counts from the population, not its part, or at a tie is not the lowest."""
    for tree in single:
        expect_as_in_numpy(tree)
    chosen = [tree["state/receivers"].from_best.values for tree in single]
    assert len(np.unique(chosen)) > 3


def test_replicas_in_cpp(single):
    """Fails when a compiled program compares otherwise, or over replicas, or counts cells of all replicas."""
    both = nms.simulate(experiment(), device="cpp", seed=1, replicas=2)
    for one, copy in zip(single, both.children.values(), strict=True):
        for path in ("state/receivers", "state/senders"):
            for name, values in one[path].data_vars.items():
                np.testing.assert_allclose(copy[path][name], values, rtol=1e-12, err_msg=name)


FIRST = nms.SynapseModel(
    name="first_spike",
    summary="The cell that fires first in a trial.",
    source=OURS,
    equations="""
    fired : second
    choice_post = where(fired >= 0*second, fired, inf*second) : integer (argmin)
    """,
    on_pre="fired = where(fired < 0*second, t, fired)",
    on_event={"task.ask": "fired = -1*second"},
    initial={"fired": -1 * second},
)
RACE = nms.Task(
    name="race",
    summary="A trial ends at the first spike.",
    source=OURS,
    equations="choice : integer",
    timeline=(
        nms.Phase("ask", "longest", on_enter="choice = -1", until="choice >= 0"),
        nms.Phase("pause", "pause_time"),
    ),
    parameters={"longest": nms.Parameter(6 * ms, "time limit"), "pause_time": nms.Parameter(3 * ms, "pause")},
)


def race(trains) -> nms.Experiment:
    cells = nms.Population(name="cells", size=len(trains), model=spike_source(len(trains), 2))
    return nms.Experiment(
        name="race",
        summary="Cells compete.",
        source=OURS,
        circuit=nms.Circuit(
            populations=(cells,),
            projections=(nms.Projection(name="votes", source="cells", target="task", model=FIRST),),
        ),
        task=RACE,
        conditions={
            "only": nms.Condition(summary="Only.", parameters={"cells.spike_time": spike_table(trains)})
        },
        recording=nms.Recording(events={"task.leave_ask": ("choice",)}),
        duration=30 * ms,
        dt=1 * ms,
    )


def test_the_first_to_fire_decides_at_once():
    """Fails when a task sees a winner a step late, or that of an earlier trial."""
    # In ms: asked at 0, and 2 and 1 fire at 2; asked at 6, and nobody fires; asked at 15, and 0 fires at 17.
    trains = [[0.004, 0.017], [0.002, 0.003], [0.002, 0.014], [0.018]]
    left = nms.simulate(race(trains), device="numpy")["events/task_leave_ask"]
    assert left.choice.values.tolist() == [1, -1, 0, -1]
    np.testing.assert_allclose(left.time.values, [0.003, 0.012, 0.018, 0.027])


LAYERED = nms.NeuronModel(
    name="layered",
    summary="A rate.",
    source=OURS,
    equations="x : 1\ny : 1",
    step="x += y + 1",
    sends="always",
)


@pytest.mark.parametrize("how", ["max", "summed"])
def test_a_layer_sees_the_one_below_in_the_same_step(how):
    """Fails when sums and the like are computed before all layers, so that each lags by a step."""
    rule = nms.SynapseModel(name="up", summary="Up.", source=OURS, equations=f"y_post = x_pre : 1 ({how})")
    cells = [nms.Population(name=n, size=1, model=LAYERED, layer=k) for k, n in enumerate(("low", "high"))]
    run = replace(
        experiment(),
        circuit=nms.Circuit(
            populations=tuple(cells),
            projections=(nms.Projection(name="p", source="low", target="high", model=rule),),
        ),
        recording=nms.Recording(states={"high.y": 1 * ms}),
        prepare=None,
        duration=3 * ms,
    )
    assert nms.simulate(run, device="numpy")["state/high"].y.values.ravel().tolist() == [0, 1, 2, 3]


def changed(line, **fields):
    """Return a rule with another line for the same variable."""
    name = line.split("=")[0].strip()
    kept = [one for one in RULE.equations.strip().split("\n") if one.split("=")[0].strip() != name]
    return replace(RULE, equations="\n".join([*kept, line]), **fields)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("best_post = u : 1 (max)", "right-hand side in volt, which must be without a unit"),
        ("best_post = u : volt (max)", "puts (max) onto 'best' of 'receiver', a variable without a unit"),
        ("from_best_post = u : integer (max)", "is a real number; end it with ': 1, or with a unit (max)'"),
        ("best_post = u : 1 (argmax)", "is the number of a cell; end it with ': integer (argmax)'"),
        ("best_post = u : integer (argmax)", "and 'best' of 'receiver' is not declared as one"),
        ("from_best_post = u + w : integer (argmax)", "'u', in volt, and 'w', without a unit"),
        ("bst_post = w : 1 (max)", "which is no plain variable.*; did you mean best_post?"),
        ("best = w : 1 (max)", "it is of a variable of cells, such as 'best_post'"),
        ("best_post = w : 1 (max, min)", "has the flags (max) and (min); leave one out"),
        ("best_post = w : 1 (argmx)", "did you mean (argmax)?"),
    ],
)
def test_a_slip_is_one_sentence(line, said):
    """Fails when a wrong unit, kind or name is found by a compiler, or by nobody."""
    with pytest.raises(nms.WrongInput, match=".*".join(map(re.escape, said.split(".*")))):
        expect_texts(experiment(changed(line)))


def test_what_no_comparison_does_is_refused():
    """Fails when a second one of the same variable, a delay or a GPU is taken without an effect."""
    twice = experiment()
    again = replace(twice.circuit.projections[0], name="q")
    twice = replace(twice, circuit=replace(twice.circuit, projections=(*twice.circuit.projections, again)))
    with pytest.raises(nms.WrongInput, match="Multiple 'summed variables' target"):
        nms.simulate(twice, device="numpy")
    with pytest.raises(nms.WrongInput, match=r"'best_post' of 'p' is \(max\), which cannot run on 'cuda'"):
        expect_possible(experiment())


@pytest.mark.parametrize("device", ["numpy", "cpp"])
def test_not_a_number_never_wins(device):
    """Fails when a NaN, here 0 times infinity, is passed over, as it is by every comparison."""
    with (
        pytest.raises(nms.RunFailed, match=r"^'p\.best_post' became NaN or infinite at t = 0\.00[1-9] s\.$"),
        np.errstate(all="ignore"),
    ):
        nms.simulate(experiment(), device=device, seed=1, replicas=2, parameters={"senders.scale": 1e200})


def test_no_synapses():
    nobody = experiment(wiring=nms.Pairs((), ()))
    kept = nms.simulate(nobody, device="numpy")["state/receivers"]
    assert (kept.from_best.values[1:] == -1).all() and not kept.best.values.any()
