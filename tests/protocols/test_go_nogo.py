"""The Go/No-Go task with a pretend actor, and the parts of its network by themselves."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, mV, second

import neuromodsim as nms
from neuromodsim.catalogue import catalogue
from neuromodsim.description.model import NeuronModel
from neuromodsim.equations.neurons.error_cell import ERROR_CELL
from neuromodsim.equations.neurons.izhikevich_conductance import IZHIKEVICH_CONDUCTANCE
from neuromodsim.equations.plasticity.prediction import OBSERVATION, PREDICTION
from neuromodsim.equations.sources import MEI_2025
from neuromodsim.protocols.go_nogo.experiment import BURSTING, OFF, add_columns
from neuromodsim.protocols.go_nogo.task import count, go_nogo_task

GO_NOGO = catalogue.experiment("go_nogo")
TRIALS = 60  # of a run, the rule changing half way
SHORT = {"task.cue_time": 10 * ms, "task.outcome_time": 10 * ms, "task.pause_time": 10 * ms}
# An agent that follows a rule by itself: it goes to one stimulus, always or never.
FOLLOWS = NeuronModel(
    name="follows",
    summary="Fires in the window if the stimulus that it goes to is there.",
    source=MEI_2025,
    equations="""
    visual    : integer (linked)
    auditory  : integer (linked)
    cue_shown : integer (linked)
    goes = int(visual == goes_to) + int(auditory == goes_to) + int(goes_to > 50) : 1
    """,
    threshold="(cue_shown >= 0) and (abs(goes - i) > 0.5)",  # cell 0 for Go, cell 1 for No-Go
    parameters={"goes_to": nms.Parameter(0.0, "stimulus that is gone to; above 50 for all")},
)
AGENT = nms.Experiment(
    name="go_nogo_agent",
    summary="An agent that follows a rule.",
    source=MEI_2025,
    circuit=nms.Circuit(
        populations=(nms.Population(name="agent", size=2, model=FOLLOWS, parts={"yes": 1, "no": 1}),),
        projections=(
            nms.Projection(name="votes", source="yes", target="task", model=count("go_E")),
            nms.Projection(name="vetoes", source="no", target="task", model=count("nogo_E")),
        ),
        links={f"agent.{name}": f"task.{name}" for name in ("visual", "auditory", "cue_shown")},
    ),
    task=go_nogo_task(4),
    conditions={"only": nms.Condition(summary="There is one.")},
    recording=nms.Recording(
        events={
            "task.trial_end": (
                *("visual", "auditory", "go_cue", "block", "action", "correct", "reward"),
                *("latency", "value", "errors", "told"),
            )
        }
    ),
    parameters={**SHORT, "task.shift_trial": 30.0},
    duration=TRIALS * 40 * ms,
    dt=1 * ms,
    finish=add_columns,
)
KINDS = {1: 4, 2: 2, 3: 1}  # kind of shift: the go cue after it


# One program, which is given the rule, the kind of shift and the hazard.
def agent(goes_to, **parameters):
    named = {name.replace("__", "."): value for name, value in parameters.items()}
    run = nms.simulate(AGENT, device="cpp", seed=2, parameters={"agent.goes_to": float(goes_to), **named})
    return run["trials"].to_dataset()


@pytest.mark.cpp
def test_the_right_rule_is_rewarded_until_it_changes():
    """Fails when rewards or the shift are wrong: an agent that goes to A is right on all, then by chance."""
    trials = agent(0)
    before = trials.isel(trial=slice(0, 30))
    went = before.visual.values == 0
    assert (before.correct == 1).all()
    assert (before.reward.values == went).all()
    assert (trials.go_cue.values[:30] == 0).all() and (trials.go_cue.values[30:] == 4).all()
    after = trials.isel(trial=slice(30, None))
    assert set(np.unique(after.reward)) == {-1, 0, 1}
    assert 0 < float(after.correct.mean()) < 1
    assert (after.reward.values[(after.visual == 0) & (after.auditory == 5)] == -1).all()


@pytest.mark.cpp
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_shift_moves_the_go_cue(kind):
    """Fails when a shift leads to another cue, or new stimuli do not come."""
    trials = agent(KINDS[kind], task__shift_kind=float(kind))
    after = trials.isel(trial=slice(30, None))
    assert (after.go_cue == KINDS[kind]).all()
    assert (after.correct == 1).all()
    assert set(np.unique(after.visual)) == ({2, 3} if kind == 2 else {0, 1})
    assert (after.block == 1).all()


@pytest.mark.cpp
def test_reversals_come_with_a_hazard():
    """Fails when the hazard does nothing, or the cue does not alternate."""
    trials = agent(0, task__shift_kind=0.0, task__hazard=0.2)
    assert set(np.unique(trials.go_cue)) == {0, 1}
    changes = np.abs(np.diff(trials.go_cue.values))
    assert (np.diff(trials.block.values) == changes).all()
    assert 3 <= changes.sum() <= 24


@pytest.mark.cpp
def test_no_go_brings_nothing():
    """Fails when silence is rewarded or punished."""
    trials = agent(40)  # a stimulus that never comes
    assert (trials.action == 0).all()
    assert (trials.reward.values[trials.action.values == 0] == 0).all()


@pytest.mark.cpp
def test_an_oracle_tells_of_the_change_only():
    """Fails when it tells before, or does not stop."""
    trials = agent(0, task__oracle_trials=10.0)
    assert np.flatnonzero(trials.told.values).tolist() == list(range(30, 40))


@pytest.mark.cpp
def test_the_table_of_trials_says_what_was_asked_for():
    """Fails when a column is missing or wrong."""
    trials = agent(99)
    assert set(np.unique(trials.stimulus)) == {"AX", "AY", "BX", "BY"}
    assert np.allclose(trials.prediction_error, trials.reward - trials.value)
    assert (trials.action == 1).all()
    assert (trials.latency > 0).all() and (trials.latency <= 0.010 + 1e-9).all()
    assert trials.surprise.attrs["units"] == "1"


def one(model, **how):
    population = nms.Population(name="cells", size=1, model=model, initial=how.pop("initial", {}))
    return nms.Experiment(
        name="one_cell",
        summary="One.",
        source=MEI_2025,
        circuit=nms.Circuit(populations=(population,)),
        conditions={"only": nms.Condition(summary="There is one.")},
        recording=nms.Recording(states={"cells.v": 1 * ms}, spikes={"cells": nms.Window()}),
        duration=200 * ms,
        dt=1 * ms,
        **how,
    )


def test_strong_inhibition_silences_and_stays_above_its_reversal():
    """Fails when inhibition is a current, which drives a quadratic cell round the other way."""
    still = IZHIKEVICH_CONDUCTANCE.with_parameters(
        noise_width=0 * mV, tau_inhibition=1000 * second, tau_synaptic=1000 * second
    )
    excited = {"I_synaptic": 15 * mV}
    free = nms.simulate(one(still, initial=excited), device="numpy")
    held = nms.simulate(one(still, initial={**excited, "g_inhibition": 50.0}), device="numpy")
    assert free["spikes/cells"].sizes["spike"] > 5
    assert held["spikes/cells"].sizes["spike"] == 0
    assert held["state/cells"].v.min() > -85


def test_noradrenaline_makes_cells_chatter_and_not_run_away():
    """Fails when the strength is such that cells fire in every step, which silences all differences."""
    rates = []
    for level in (0.0, 0.9):  # none, and the most that surprise has been seen to bring
        cell = IZHIKEVICH_CONDUCTANCE.with_parameters(
            noise_width=0 * mV,
            tau_synaptic=1000 * second,
            v_reset=-65 * mV + BURSTING["actor.burst_reset"] * level,
            u_jump=8 * mV - BURSTING["actor.burst_recovery"] * level,
        )
        run = nms.simulate(one(cell, initial={"I_synaptic": 15 * mV}), device="numpy")
        rates.append(run["spikes/cells"].sizes["spike"] / 0.2)
    assert 3 * rates[0] < rates[1] < 300


def predicting(sides, trains, duration=300 * ms):
    """Return an experiment in which a cell predicts and a cell observes, for error cells of two signs."""
    from neuromodsim.equations.neurons.listed_spikes import listed_spikes

    def prepare(setting):
        times = np.full((1, 400), 1e9)
        filled = {}
        for name, train in trains.items():
            row = times.copy()
            row[0, : len(train)] = train
            filled[f"{name}.{name}_time"] = row
        return filled

    cells = tuple(
        nms.Population(name=name, size=1, model=listed_spikes(name, cells=1, most=400)) for name in trains
    )
    errors = nms.Population(
        name="errors", size=2, model=ERROR_CELL, initial={"side": f"{sides[0]} + {sides[1] - sides[0]}*i"}
    )
    return nms.Experiment(
        name="predicting",
        summary="One cell predicts and one observes.",
        source=MEI_2025,
        circuit=nms.Circuit(
            populations=(*cells, errors),
            projections=(
                nms.Projection(
                    name="predicts",
                    source="before",
                    target="errors",
                    model=PREDICTION.with_parameters(eta=0.01, w_max=2.0),
                ),
                nms.Projection(
                    name="observes",
                    source="now",
                    target="errors",
                    model=OBSERVATION.with_parameters(strength=0.5),
                ),
            ),
        ),
        conditions={"only": nms.Condition(summary="There is one.")},
        recording=nms.Recording(
            states={"predicts.w": duration, "errors.mismatch": 1 * ms}, spikes={"errors": nms.Window()}
        ),
        duration=duration,
        dt=1 * ms,
        prepare=prepare,
    )


def test_a_prediction_is_learned_until_nothing_is_left_of_the_mismatch():
    """Fails when the delta rule has the wrong sign or stops early: weights end where both trains cancel."""
    train = np.arange(10, 2990, 10) * 1e-3
    run = nms.simulate(
        predicting((1, -1), {"before": train, "now": train}, duration=3 * second), device="numpy"
    )
    assert np.allclose(run["synapses/predicts"].weight[-1], 0.5, rtol=0.05)
    late = run["state/errors"].mismatch.values[-500:]
    assert np.abs(late).max() < 0.1


@pytest.mark.parametrize(("there", "fires"), [("before", 0), ("now", 1)])
def test_each_sign_of_error_cell_says_its_own(there, fires):
    """Fails when a cell for what did not come fires at what was not predicted, or the other way round."""
    train = np.arange(10, 290, 5) * 1e-3
    never = np.array([])
    trains = {"before": never, "now": never, there: train}
    described = predicting((1, -1), trains)
    run = nms.simulate(described, device="numpy", parameters={"predicts.w": 0.5, "predicts.eta": 0.0}, seed=1)
    counts = run["spikes/errors"].spike_count.values
    assert counts[fires] > 5
    assert counts[1 - fires] == 0


def test_conditions_are_values_of_one_program():
    """Fails when a condition sets something that the program does not have."""
    paths = {path for condition in GO_NOGO.conditions.values() for path in condition.parameters}
    components = GO_NOGO.components()
    for path in paths:
        owner, _, name = path.partition(".")
        assert name in components[owner].parameters or name in components[owner].equations, path
    assert all(float(value) == 0 for value in OFF.values())


def test_dopamine_cells_pause_below_and_burst_above_what_was_expected():
    """Fails when the comparison has the wrong sign, or does not reach the cells."""
    (vta,) = (p for p in GO_NOGO.circuit.populations if p.name == "vta")
    fixed = replace(
        vta.model,
        equations=vta.model.equations.replace("(linked)", "").replace("value = (", "value = 0*("),
    )
    rates = []
    for outcome in (-1, 0, 1):
        described = one(fixed, initial={**vta.initial, "comparing": 1, "outcome": outcome})
        described = replace(
            described,
            circuit=nms.Circuit(
                populations=(
                    nms.Population(
                        name="cells",
                        size=20,
                        model=fixed,
                        initial={**vta.initial, "comparing": 1, "outcome": outcome},
                    ),
                )
            ),
        )
        rates.append(nms.simulate(described, device="numpy", seed=1)["spikes/cells"].sizes["spike"])
    assert rates[0] == 0
    assert rates[2] > 2 * rates[1] > 0


@pytest.mark.cpp
def test_a_short_run_of_the_whole_network_learns_something_and_repeats():
    """Fails when a part of the loop is cut: nothing would be released, and no weight would move."""
    # Recorded as its figures record it, with which it shares a program.
    run = nms.simulate(GO_NOGO, device="cpp", seed=1, duration=5 * second)
    trials = run["trials"].to_dataset()
    assert trials.sizes["trial"] >= 9
    assert float(run["modulators/dopamine"].C.mean()) > 2
    weight = run["synapses/features_to_actor"].weight
    assert not np.allclose(weight[0], weight[-1])
    again = nms.simulate(GO_NOGO, device="cpp", seed=1, duration=5 * second)
    assert (again["trials"].action == trials.action).all()
    silent = nms.simulate(GO_NOGO, condition="no_da", device="cpp", seed=1, duration=2 * second)
    assert float(silent["modulators/dopamine"].C[5:].max()) < 1
    kept = silent["synapses/features_to_actor"].weight
    assert np.allclose(kept[0], kept[-1], atol=1e-6)


@pytest.mark.cpp
def test_rates_relearn_with_noradrenaline_and_not_without_dopamine():
    """Fails when dopamine does not teach, or noradrenaline rises before the shift or not at all."""
    settings = {"duration": 55 * second, "parameters": {"task.shift_trial": 80.0}}
    run = nms.simulate("go_nogo_rates", device="cpp", seed=2, **settings)
    level = run["modulators/noradrenaline"].n.values[:, 0]
    right = run["trials"].correct.values
    assert right[50:80].mean() > 0.9
    assert level[:78].max() == 0
    assert level[85:].max() > 0.3
    without = nms.simulate("go_nogo_rates", condition="no_da", device="cpp", seed=2, **settings)
    assert (without["state/units"].p[0] == without["state/units"].p[-1]).all()
