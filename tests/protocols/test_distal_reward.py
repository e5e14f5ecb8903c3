"""The distal reward task, with two cells that fire when they are told to instead of a network."""

import json
from dataclasses import replace

import numpy as np
import pytest
from brian2 import metre, ms, mV, second

import neuromodsim as nms
from neuromodsim.backends.runtime import RuntimeProgram
from neuromodsim.protocols import DISTAL_REWARD
from neuromodsim.protocols.distal_reward.experiment import choose_synapse
from neuromodsim.simulation import values
from tests.pretend import NEVER, spike_source

pytestmark = pytest.mark.cpp
EXCITATORY, INHIBITORY = 8, 2
SOON = {"task.delay_min": 50 * ms, "task.delay_max": 600 * ms}
# Steps of presynaptic spikes, and how much later the postsynaptic cell fires.
IN_ORDER = {50: 1, 100: 5, 150: 10, 200: 19, 250: 20, 337: 20, 461: 20, 503: 7, 700: 3}
OUT_OF_ORDER = {300: -5, 400: 21, 550: 0, 600: 80, 800: -1}


def pretend(pairs, most=40, **changes):
    """Return the experiment with a network of ten cells, of which two fire: the chosen ones."""
    pre = np.array(sorted(pairs)) * 1e-3
    post = np.sort([step + lag for step, lag in pairs.items()]) * 1e-3

    def prepare(setting):
        prepared = choose_synapse(setting)
        times = np.full((EXCITATORY + INHIBITORY, most + 1), NEVER)
        (target,) = prepared.pairs["watch_post"][0]
        times[0, : len(pre)] = pre
        times[target, : len(post)] = post
        return replace(prepared, values={**prepared.values, "cortex.spike_time": times})

    cortex, *others = DISTAL_REWARD.circuit.populations
    cortex = replace(
        cortex,
        size=EXCITATORY + INHIBITORY,
        model=spike_source(EXCITATORY + INHIBITORY, most),
        parts={"excitatory_cells": EXCITATORY, "inhibitory_cells": INHIBITORY},
        initial={},
    )
    projections = tuple(
        replace(p, wiring=nms.FixedOutDegree(3)) if p.name in ("excitatory", "inhibitory") else p
        for p in DISTAL_REWARD.circuit.projections
    )
    circuit = replace(DISTAL_REWARD.circuit, populations=(cortex, *others), projections=projections)
    # All that any test looks at, so that they share one program.
    recording = nms.Recording(
        spikes={"vta": nms.Window()},
        states={
            "excitatory.w": 1 * second,
            **dict.fromkeys(("dopamine.d", "released.C", "released.D1"), 1 * ms),
        },
        events={"reward.spike": (), "task.coincidence": ("wait",), "task.listed": ()},
    )
    return replace(DISTAL_REWARD, circuit=circuit, recording=recording, prepare=prepare, **changes)


def run(pairs, duration=4.5 * second, **how):
    """Run one program, which is given when the two cells fire."""
    return nms.simulate(pretend(pairs), duration=duration, **{"device": "cpp", "seed": 3, **how})


def steps(times):
    return np.rint(np.asarray(times) * 1000).astype(int)


def event_steps(found, name):
    return steps(found[f"events/{name}"]["time"].values).tolist()


@pytest.fixture(scope="module")
def contingent():
    return run(IN_ORDER | OUT_OF_ORDER)


def test_only_a_postsynaptic_spike_soon_after_earns_a_reward(contingent):
    """The task notes a coincidence in the step after it; 20 ms count, whatever the rounding of times."""
    earned = [step + lag + 1 for step, lag in sorted(IN_ORDER.items())]
    assert event_steps(contingent, "task_coincidence") == earned


def test_each_reward_comes_when_it_is_due(contingent):
    """All nine are under way at once, and none is lost."""
    coincidence = contingent["events/task_coincidence"]
    due = np.sort(coincidence["time"].values + coincidence["wait"].values)
    rewards = event_steps(contingent, "reward_spike")
    assert len(rewards) == len(IN_ORDER)
    assert rewards == np.floor(due * 1000 + 1e-6).astype(int).tolist()


def test_rewards_come_one_to_three_seconds_later(contingent):
    wait = contingent["events/task_coincidence"]["wait"].values
    assert wait.min() >= 1 and wait.max() <= 3 and wait.std() > 0.3


def test_a_reward_raises_dopamine_by_half(contingent):
    level = contingent["modulators/dopamine"]["d"].values[:, 0]
    first = event_steps(contingent, "reward_spike")[0]
    assert not level[: first + 1].any() and level[first + 1] == 0.5


def test_the_rewarded_synapse_grows(contingent):
    weight = contingent["synapses/excitatory"]["weight"].values
    chosen = chosen_of(contingent)
    assert weight[0, chosen] == 0 and weight[-1, chosen] > 0


def chosen_of(found):
    return json.loads(found.attrs["notes"])["chosen_synapse"]


def test_nothing_in_order_earns_nothing():
    found = run(OUT_OF_ORDER, 1 * second)
    assert event_steps(found, "task_coincidence") == []


def test_other_delays_and_windows_are_run_time_values():
    changed = {"task.window": 25 * ms, "task.delay_min": 100 * ms, "task.delay_max": "110 ms"}
    found = run({100: 21}, 300 * ms, parameters=changed)
    assert event_steps(found, "task_coincidence") == [122]
    (reward,) = event_steps(found, "reward_spike")
    assert 221 <= reward <= 232


def test_forty_rewards_can_be_under_way_at_once():
    """Places are taken in turn; waits are spread evenly between the shortest and the longest delay."""
    pairs = {15 * k: 5 for k in range(1, 41)}
    changed = {"task.delay_min": 0.7 * second, "task.delay_max": 1.2 * second}
    found = run(pairs, 2 * second, parameters=changed)
    rewards, wait = event_steps(found, "reward_spike"), found["events/task_coincidence"]["wait"].values
    assert len(rewards) == 40 and rewards[0] > 700
    assert wait.mean() == pytest.approx(0.95, abs=4 * 0.5 / np.sqrt(12 * 40))


@pytest.fixture(scope="module")
def yoked():
    return run(IN_ORDER, 1.4 * second, condition="yoked", parameters=SOON)


def test_a_yoked_subject_gets_its_partners_rewards(yoked):
    yoke = DISTAL_REWARD.conditions["yoked"].yoke
    partner = run(IN_ORDER, 1.4 * second, seed=3 + yoke.shift, parameters=SOON)
    assert len(event_steps(partner, "reward_spike")) == len(IN_ORDER)
    assert event_steps(yoked, "task_listed") == event_steps(partner, "reward_spike")
    assert np.array_equal(
        yoked["modulators/dopamine"]["d"].values, partner["modulators/dopamine"]["d"].values
    )


def test_a_yoked_subjects_partner_is_stopped_in_time_too(monkeypatch):
    """Catches a time limit that holds for the subject and not for the run it is yoked to."""
    limits = []
    once = RuntimeProgram.run

    def noting(self, job):
        limits.append(job.timeout)
        return once(self, job)

    monkeypatch.setattr(RuntimeProgram, "run", noting)
    run(IN_ORDER, 0.1 * second, condition="yoked", parameters=SOON, timeout=500.0, device="numpy")
    assert limits == [500.0, 500.0]


def test_a_yoked_subject_earns_nothing_itself(yoked, contingent):
    assert event_steps(yoked, "reward_spike") == event_steps(yoked, "task_coincidence") == []
    assert event_steps(yoked, "task_listed") != event_steps(contingent, "reward_spike")


def test_a_contingent_subject_is_given_no_listed_reward(contingent):
    assert event_steps(contingent, "task_listed") == []


def test_without_dopamine_no_weight_moves_at_all():
    found = run(IN_ORDER, 1.4 * second, condition="no_dopamine", parameters=SOON)
    assert len(event_steps(found, "reward_spike")) == len(IN_ORDER)  # earned, but nothing is released
    weight = found["synapses/excitatory"]["weight"].values
    assert (weight == weight[0]).all()
    assert not found["modulators/dopamine"]["d"].values.any()


@pytest.mark.parametrize("seed", range(5))
def test_the_chosen_synapse_is_excitatory_to_excitatory_and_starts_at_zero(seed):
    given = values.gather(DISTAL_REWARD, DISTAL_REWARD.conditions["contingent"], {}, seed, 3600.0)
    chosen = given.notes["chosen_synapse"]
    pre, post = given.pairs["excitatory"]
    assert pre[chosen] == 0 and 0 < post[chosen] < 800
    assert np.count_nonzero((pre == 0) & (post == post[chosen])) == 1
    weight = given.numbers["excitatory.w"]
    assert weight[chosen] == 0 and np.count_nonzero(weight == float(1 * mV)) == len(weight) - 1
    assert given.pairs["watch_pre"][0].tolist() == [0]
    assert given.pairs["watch_post"][0].tolist() == [post[chosen]]


def test_the_network_is_the_published_one():
    given = values.gather(DISTAL_REWARD, DISTAL_REWARD.conditions["contingent"], {}, 1, 3600.0)
    for name, sources, targets in (("excitatory", 800, 1000), ("inhibitory", 200, 800)):
        pre, post = given.pairs[name]
        assert np.bincount(pre).tolist() == [100] * sources
        assert post.min() == 0 and post.max() == targets - 1
    assert np.unique(given.numbers["cortex.a"][:800]) == pytest.approx([20])
    assert np.unique(given.numbers["cortex.a"][800:]) == pytest.approx([100])
    assert np.unique(given.numbers["cortex.u_jump"]) == pytest.approx([0.002, 0.008])


@pytest.fixture(scope="module")
def released():
    """Give the nine rewards of the contingent subject, taught by what dopamine neurons release."""
    return {c: run(IN_ORDER | OUT_OF_ORDER, condition=c) for c in ("released", "contingent")}


def test_a_reward_makes_dopamine_neurons_burst_and_the_pool_rise(released):
    """Rest is Km J/(Vmax - J) at the rate of the cells; a burst doubles the concentration at least."""
    run = released["released"]
    first = float(run["events/reward_spike"].time[0])
    spikes = run["spikes/vta"].time.values
    rate = (spikes < first).sum() / 20 / first
    burst = ((spikes > first) & (spikes < first + 0.3)).sum() / 20 / 0.3
    assert 3 < rate < 6 and burst > 2 * rate
    level = run["modulators/released"].C.values[:, 0]
    step = round(first * 1000)
    source = 51.2 * rate
    assert level[300:step].mean() == pytest.approx(210 * source / (2000 - source), rel=0.15)
    assert level[step : step + 400].max() > 2 * level[300:step].mean()


def test_occupancy_follows_the_concentration(released):
    run = released["released"]["modulators/released"]
    c, bound = run.C.values[:, 0], 0.0
    for step in range(2000):
        bound += 1e-3 * (1012.4 / 52) * (c[step] / 1000 * (1 - bound) - bound)
    assert run.D1.values[2000, 0] == pytest.approx(bound, rel=0.02)


def test_released_dopamine_teaches_the_rewarded_synapse(released):
    """D1 in place of the number that jumps: the same synapse grows, by a like amount."""
    grown = {c: run["synapses/excitatory"].weight.values[-1, chosen_of(run)] for c, run in released.items()}
    assert grown["released"] > 0
    assert grown["released"] == pytest.approx(grown["contingent"], rel=0.5)


def test_without_the_condition_released_dopamine_teaches_nothing(released):
    """The weights of the source's condition are those of a network without the neuromodulator."""
    chosen = released["contingent"]["synapses/excitatory"].weight.values
    plain = run(IN_ORDER | OUT_OF_ORDER, parameters={"released_release.site_density": 0 / metre**3})
    assert np.array_equal(chosen[-1], plain["synapses/excitatory"].weight.values[-1])
