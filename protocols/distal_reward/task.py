"""The distal reward task: a delayed reward follows each pre-post coincidence of one chosen synapse.

The task watches the two cells of the chosen synapse. When the postsynaptic cell fires within ``window``
after the presynaptic one, a reward is delivered after a delay drawn between ``delay_min`` and
``delay_max``, so several can be pending. In yoked runs coincidences are not rewarded: rewards are delivered
at listed times.

    pre spike ── ≤ 20 ms ──► post spike ── 1 to 3 s ──► reward

The window of 20 ms is that of the published program (ModelDB 84167, daspnet.m), which generated the figures;
the article is recalled to give 10 ms, which could not be verified.
"""

from brian2 import ms, second

from neuromodsim.description.model import NeuronModel, Parameter, SynapseModel, Table
from neuromodsim.description.task import Event, Task
from neuromodsim.equations.sources import IZHIKEVICH_2007

UNDER_WAY = 64  # rewards that can be due at once; about one is, on average
LISTED = 20_000  # rewards that a yoked run can receive

DISTAL_REWARD = Task(
    name="distal_reward_task",
    summary="Reward follows pre-post coincidences of the chosen synapse by 1 to 3 s.",
    source=IZHIKEVICH_2007,
    equations="""
    pre_time : second   # when the presynaptic cell last fired
    earned   : integer  # 1 for one step after a coincidence
    wait     : second   # from the present coincidence to its reward
    place    : integer  # where among the rewards under way the next one is noted
    given    : integer  # rewards taken from the list so far
    """,
    events={
        "coincidence": Event(
            when="earned > 0",
            do=f"""
            earned = 0
            place = (place + 1) % {UNDER_WAY}
            wait = delay_min + (delay_max - delay_min)*rand()
            """,
        ),
        "listed": Event(
            when="timestep(t, dt) >= timestep(reward_time(given), dt)",
            do="given += 1",
        ),
    },
    tables={
        "reward_time": Table(shape=(LISTED,), unit=second, meaning="non-contingent rewards", rising=True)
    },
    parameters={
        "window": Parameter(20 * ms, "longest pre-post interval of a coincidence", "daspnet.m", low=1 * ms),
        "delay_min": Parameter(1 * second, "shortest delay of a reward", "daspnet.m", low=0 * second),
        "delay_max": Parameter(3 * second, "longest delay of a reward", "daspnet.m", low=0 * second),
        "contingent": Parameter(1.0, "1 if coincidences are rewarded", low=0.0, high=1.0),
    },
    initial={"pre_time": -1000 * second},
)

REWARD_UNDER_WAY = NeuronModel(
    name="reward_under_way",
    summary="A scheduled reward that is delivered when it is due.",
    source=IZHIKEVICH_2007,
    equations="due : second  # when to deliver; 0 if this place is free",
    threshold="due > 0*second and timestep(t, dt) >= timestep(due, dt)",
    reset="due = 0*second",
)

WATCH_PRE = SynapseModel(
    name="watch_pre",
    summary="Reports presynaptic spikes to the task.",
    source=IZHIKEVICH_2007,
    on_pre="pre_time_post = t",
)

WATCH_POST = SynapseModel(
    name="watch_post",
    summary="Reports pre-post coincidences to the task.",
    source=IZHIKEVICH_2007,
    on_pre="""
    lag = timestep(t, dt) - timestep(pre_time_post, dt)  # whole steps, which rounding cannot miss
    earned_post += int(lag > 0 and lag <= timestep(window_post, dt) and contingent_post > 0.5)
    """,
)

SCHEDULE = SynapseModel(
    name="schedule",
    summary="Schedules a reward in the next free entry.",
    source=IZHIKEVICH_2007,
    on_event={"coincidence": "due_post += int(j == place_pre)*(t + wait_pre)"},
)

DELIVER = SynapseModel(
    name="deliver",
    summary="A scheduled reward increases dopamine when it is due.",
    source=IZHIKEVICH_2007,
    on_pre="d_post += reward_size_post",
)

DELIVER_LISTED = SynapseModel(
    name="deliver_listed",
    summary="A listed reward increases dopamine.",
    source=IZHIKEVICH_2007,
    on_event={"listed": "d_post += reward_size_post"},
)

EXCITE_LISTED = SynapseModel(
    name="excite_listed",
    summary="A listed reward excites the dopamine cells.",
    source=IZHIKEVICH_2007,
    equations="w : amp (constant)",
    on_event={"listed": "I_synaptic_post += w"},
)
