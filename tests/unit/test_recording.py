"""What is recorded, when, and what is refused because it would not fit."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, second

import neuromodsim as nms
from neuromodsim.simulation.memory import sampled_bytes
from tests.pretend import spike_driven, task_alone
from tests.unit.test_task import three_phases

TRAINS = [[k / 100 for k in range(1, 10)], [], []]


def simulate(**record):
    return nms.simulate(spike_driven(TRAINS), device="numpy", duration=100 * ms, record=record)


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (nms.Window(), range(1, 10)),
        (nms.Window(start=50 * ms), range(5, 10)),
        (nms.Window(stop=50 * ms), range(1, 5)),
        (nms.Window(start=-30 * ms), range(7, 10)),
        (nms.Window(start=30 * ms, stop=-30 * ms), range(3, 7)),
        (nms.Window(start=-10 * second), range(1, 10)),
        (nms.Window(start=50 * ms, stop=50 * ms), ()),
    ],
)
def test_spikes_are_kept_within_their_window(window, expected):
    found = simulate(states={}, spikes={"cells": window})["spikes/cells"]["time"].values
    assert np.rint(found * 100).astype(int).tolist() == list(expected)


def test_states_and_events_have_windows_too():
    window = nms.Window(start=20 * ms, stop=50 * ms)
    run = simulate(
        states={"dopamine.d": 10 * ms},
        events={"cells.spike": ()},
        windows={"dopamine.d": window, "cells.spike": window},
    )
    assert run["modulators/dopamine"]["time"].values == pytest.approx([0.02, 0.03, 0.04])
    assert run["events/cells_spike"]["time"].values == pytest.approx([0.02, 0.03, 0.04])


def test_windows_that_overlap_do_not_disturb_each_other():
    """Catches a run that is cut into pieces at the edges of windows and loses or repeats a step."""
    windows = {"cells": nms.Window(start=25 * ms, stop=75 * ms)}
    run = simulate(
        states={"dopamine.d": 10 * ms, "plastic.w": 7 * ms},
        spikes=windows,
        windows={"dopamine.d": nms.Window(start=33 * ms, stop=61 * ms)},
    )
    assert np.rint(run["spikes/cells"]["time"].values * 100).tolist() == [3, 4, 5, 6, 7]
    assert run["modulators/dopamine"]["time"].values == pytest.approx([0.04, 0.05, 0.06])
    assert np.rint(run["synapses/plastic"]["time"].values * 1000).tolist() == [*range(0, 100, 7), 100]


def test_code_is_made_once_however_many_parts_a_run_has(monkeypatch):
    """Fails when each edge of a window has all code made again, and when a monitor begins without any."""
    from brian2.groups import group

    made, make = [], group.create_runner_codeobj
    monkeypatch.setattr(
        group, "create_runner_codeobj", lambda *given, **named: (made.append(1), make(*given, **named))[1]
    )
    windows = ({}, {"plastic.w": nms.Window(start=33 * ms, stop=61 * ms)})
    parts = []
    for window in windows:
        run = simulate(states={"plastic.w": 7 * ms}, windows=window)
        parts.append((len(made), run["synapses/plastic"].sizes["time"]))
        made.clear()
    (whole, every), (cut, some) = parts
    assert whole == cut > 3 and (every, some) == (16, 4)


def test_a_recording_that_would_not_fit_is_refused_with_its_size():
    """Nothing is built: the refusal comes at once, and names the largest part."""
    states = {"plastic.w": 1 * ms, "dopamine.d": 1 * second}
    with pytest.raises(nms.WrongInput) as caught:
        nms.simulate(
            spike_driven(TRAINS), timeout=1, device="numpy", duration=1e10 * second, record={"states": states}
        )
    said = str(caught.value)
    assert "'plastic.w' (every 1 ms) would take 160000.0 GB (160160.0 GB in all)" in said
    assert "record less often, a subset or a window" in said


def test_size_counts_rows_samples_and_windows():
    wanted = nms.Recording(states={"a.x": 10 * ms, "b.y": 1 * second})
    taken = sampled_bytes(wanted, {"a.x": 5, "b.y": 100}, 10.0, {"a.x": (1.0, 2.0)})
    assert taken == {"a.x": 101 * 6 * 8, "b.y": 11 * 101 * 8}


def test_a_window_or_a_subset_makes_a_large_recording_fit():
    subject = spike_driven(TRAINS)
    nms.simulate(
        subject,
        device="numpy",
        duration=20 * ms,
        record={"states": {"plastic.w": 1 * ms}, "only": {"plastic.w": (0,)}},
    )


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"states": {"plastik.w": 1 * ms}}, "'plastik'; did you mean plastic"),
        ({"states": {"plastic.weight": 1 * ms}}, "variable of plastic 'weight'"),
        ({"states": {"plastic": 1 * ms}}, "write component.variable"),
        ({"states": {"plastic.w": 1.5 * ms}}, "multiple of the time step"),
        ({"states": {"plastic.w": 0 * ms}}, "at least"),
        ({"states": {"plastic.w": 3}}, "needs a unit of time"),
        ({"states": {"plastic.w": 1 * ms}, "only": {"plastic.w": (1,)}}, "rows 0 to 0"),
        ({"states": {"plastic.w": 1 * ms}, "only": {"plastic.w": (-1,)}}, "rows 0 to 0"),
        ({"spikes": {"cell": nms.Window()}}, "did you mean cells"),
        ({"events": {"cells.spikes": ()}}, "event of cells 'spikes'; did you mean spike"),
        ({"events": {"cells.spike": ("sint",)}}, "variable of cells 'sint'; did you mean sent"),
        ({"weights": {}}, "field of a recording 'weights'"),
        ({"only": {"plastic.v": (0,)}}, "'plastic.v'"),
        ({"windows": {"plastic.v": nms.Window()}}, "'plastic.v'"),
    ],
)
def test_a_recording_of_what_is_not_there_is_refused(record, said):
    with pytest.raises(nms.WrongInput) as caught:
        simulate(**record)
    assert said in str(caught.value)


def test_what_cells_keep_in_the_event_driven_program_can_be_recorded_by_the_clock():
    subject = spike_driven(TRAINS, states={"plastic.x": 10 * ms})
    run = nms.simulate(subject, device="numpy", duration=20 * ms, third_factor="clock-driven")
    assert run["synapses/plastic"]["x"].shape == (3, 1)


def test_a_task_can_be_sampled():
    task = replace(
        task_alone(three_phases(), events={}), recording=nms.Recording(states={"task.phase": 1 * ms})
    )
    run = nms.simulate(task, device="numpy", duration=20 * ms)
    # Sampled at the start of a step, before the phase of this step is entered.
    assert run["state/task"]["phase"].values[:, 0].tolist()[1:11] == [0, 0, 0, 1, 1, 2, 2, 2, 2, 2]


def test_spikes_that_would_not_fit_are_refused_too():
    with pytest.raises(nms.WrongInput, match=r"'cells' \(all spikes\) would take"):
        nms.simulate(
            spike_driven(TRAINS),
            device="numpy",
            timeout=1,
            duration=1e12 * second,
            record={"states": {}, "spikes": {"cells": nms.Window()}},
        )
