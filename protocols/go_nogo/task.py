"""Go/No-Go task with compounds of a visual and an auditory stimulus, and an unsignalled rule change.

    pause ──► cue: window for the response ──► outcome ──► pause ──► …

One stimulus is the go cue: Go is rewarded if it is present and punished otherwise; No-Go has no outcome. In
mid-run the go cue changes. Stimuli and rules are numbered: visual stimuli first, A and B (and C and D, if
present), then auditory stimuli X and Y.

    extra-dimensional   A ──► X                  the irrelevant dimension becomes relevant
    intra-dimensional   A ──► C                  new visual stimuli C and D, one of which is relevant
    reversal            A ──► B                  repeated at a hazard rate, if there is one

The action with the larger net rate in the window is chosen: excitatory minus inhibitory spikes per cell, Go
against No-Go. A random half spike breaks ties.
"""

from brian2 import ms

from neuromodsim.description.model import Parameter, SynapseModel
from neuromodsim.description.task import Event, Phase, Task
from neuromodsim.equations.sources import MEI_2025

AUDITORY = 2
GROUP_E, GROUP_I = 40, 10  # excitatory and inhibitory cells of a group


def go_nogo_task(visual: int) -> Task:
    """Return the task with two visual stimuli, or with four, as an intra-dimensional shift needs."""
    stimuli, compounds = visual + AUDITORY, visual * AUDITORY
    return Task(
        name="go_nogo_task",
        summary="Go or No-Go to compounds, with a rule that changes in mid-run.",
        source=MEI_2025,
        equations=f"""
        visual      : integer  # which visual stimulus
        auditory    : integer  # which auditory stimulus
        go_cue      : integer  # the stimulus that Go is rewarded for
        block       : integer  # how often the rule has changed
        first       : integer  # first of the two visual stimuli in use
        go_E        : integer  # spikes of the groups in the window
        go_I        : integer
        nogo_E      : integer
        nogo_I      : integer
        critic_E    : integer
        critic_I    : integer
        errors      : integer  # spikes of error cells in the trial
        bursts      : integer  # spikes of dopamine cells from the outcome on
        alarms      : integer  # spikes of noradrenaline cells in the trial
        action      : integer  # 1 if Go, 0 if No-Go
        correct     : integer  # 1 if that was right
        reward      : 1        # 1, 0 or -1, times the sizes given
        cue_start   : second   # when the cue came
        latency     : second   # from there until one action was first ahead by the bound
        undecided   : integer  # 1 until then
        value       : 1        # what the critic expected
        net = go_E/{GROUP_E}.0 - go_I/{GROUP_I}.0 - nogo_E/{GROUP_E}.0 + nogo_I/{GROUP_I}.0 : 1
        critic_net = critic_E/{GROUP_E}.0 - critic_I/{GROUP_I}.0 : 1
        cue_shown     : integer  # the pools that fire; -1 is none
        heard         : integer
        compound      : integer
        memory        : integer
        happened      : integer
        comparing     : 1        # 1 while the outcome is there
        outcome       : 1        # reward while the outcome is there
        told          : 1        # 1 while an oracle tells of the change
        """,
        step="""
        decides = undecided == 1 and abs(net) >= bound
        latency = where(decides, t - cue_start, latency)
        undecided = where(decides, 0, undecided)
        """,
        timeline=(
            Phase(
                "cue",
                "cue_time",
                on_enter=f"""
                kind = int(shift_kind + 0.5)
                shifts = trial == shift_trial and kind > 0
                first = where(shifts and kind == 2, 2, first)
                go_cue = where(shifts and kind == 1, {visual}, go_cue)
                go_cue = where(shifts and kind == 2, 2, go_cue)
                go_cue = where(shifts and kind == 3, 1, go_cue)
                reverses = rand() < hazard
                reverses = reverses and trial > 0
                go_cue = where(reverses, go_cue + 1 - 2*(go_cue % 2), go_cue)
                block = block + int(shifts) + int(reverses)
                told = int(trial >= shift_trial and trial < shift_trial + oracle_trials)
                visual = first + int(rand() < 0.5)
                auditory = {visual} + int(rand() < 0.5)
                cue_shown = 1*visual
                heard = 1*auditory
                compound = {stimuli} + 2*visual + auditory - {visual}
                go_E = 0
                go_I = 0
                nogo_E = 0
                nogo_I = 0
                critic_E = 0
                critic_I = 0
                errors = 0
                bursts = 0
                alarms = 0
                cue_start = t
                latency = 0*t
                undecided = 1
                """,
            ),
            Phase(
                "outcome",
                "outcome_time",
                on_enter=f"""
                latency = where(undecided == 1, cue_time, latency)
                undecided = 0
                action = int(net + (rand() - 0.5)/{GROUP_E} > 0)
                correct = int(action == int(visual == go_cue or auditory == go_cue))
                reward = where(action == 0, 0, where(correct == 1, reward_size, -punishment))
                memory = {stimuli + compounds} + 2*(compound - {stimuli}) + action
                happened = {stimuli + 3 * compounds} + where(action == 1, 1 + correct, 0)
                comparing = 1
                outcome = reward
                """,
            ),
            Phase(
                "pause",
                "pause_time",
                on_enter="""
                phase_end = t + pause_time*(0.5 + rand())
                value = (critic_net - net_at_zero)*value_per_net
                cue_shown = -1
                heard = -1
                compound = -1
                memory = -1
                happened = -1
                comparing = 0
                outcome = 0
                """,
            ),
        ),
        events={
            "trial_end": Event(when="phase == 2 and timestep(phase_end, dt) - timestep(t, dt) == 1"),
        },
        parameters={
            "cue_time": Parameter(150 * ms, "window for the response", low=10 * ms),
            "outcome_time": Parameter(150 * ms, "duration of the outcome", low=10 * ms),
            "pause_time": Parameter(
                200 * ms, "mean interval from outcome to cue, uniform within half of it", low=10 * ms
            ),
            "reward_size": Parameter(1.0, "reward of a correct Go", low=0.0),
            "punishment": Parameter(1.0, "punishment of a wrong Go", low=0.0),
            "shift_trial": Parameter(400.0, "trial in which the rule changes", low=0.0),
            "shift_kind": Parameter(
                1.0, "0 none, 1 extra-, 2 intra-dimensional, 3 reversal", low=0.0, high=3.0
            ),
            "hazard": Parameter(0.0, "probability of a reversal per trial", low=0.0, high=1.0),
            "oracle_trials": Parameter(
                0.0, "number of trials in which the oracle signals the change", low=0.0
            ),
            "bound": Parameter(0.5, "lead at which a decision is made, in spikes per cell", low=0.0),
            "net_at_zero": Parameter(7.5, "critic's net spikes per cell at a value of zero"),
            "value_per_net": Parameter(0.133, "value per net spike and cell", low=0.0),
        },
        initial={name: -1 for name in ("cue_shown", "heard", "compound", "memory", "happened")},
    )


def count(name: str) -> SynapseModel:
    """Return a synapse that tells the task of each spike."""
    return SynapseModel(
        name=f"count_{name}",
        summary=f"Each spike is counted as {name}.",
        source=MEI_2025,
        on_pre=f"{name}_post += 1",
    )
