"""Times of a run, its delays, recordings and phases: whole numbers of steps, or refused in one sentence."""

import math
from dataclasses import replace

import numpy as np
import pytest
from brian2 import ms, mV, second

import neuromodsim as nms
from neuromodsim.equations.neurons.listed_spikes import listed_spikes
from tests.pretend import OURS, spike_driven, task_alone
from tests.unit.gated import cells


def delayed(**fields):
    subject = spike_driven([[0.010], [], []])
    plastic, release = subject.circuit.projections
    circuit = replace(subject.circuit, projections=(replace(plastic, **fields), release))
    return nms.simulate(replace(subject, circuit=circuit), device="numpy", duration=20 * ms)


@pytest.mark.parametrize(
    "delay", [1.5 * ms, -1 * ms, math.nan * ms, math.inf * ms, 3 * mV, 2.0, [1, 2] * ms, "soon", {}]
)
def test_a_delay_is_a_whole_number_of_steps(delay):
    for name in ("delay", "post_delay", "update_interval"):
        with pytest.raises(nms.WrongInput, match=f"{name}'? of '?plastic'"):
            delayed(**{name: delay})


def test_a_delay_in_the_dataset_is_that_of_the_run():
    assert float(delayed(delay=3 * ms)["synapses/plastic"]["delay"]) == 0.003
    with pytest.raises(nms.WrongInput, match=r"update_interval'? of '?plastic'"):
        delayed(update_interval=0 * ms)


@pytest.mark.parametrize(
    "record",
    [
        {"states": {"plastic.w": 1.5 * ms}},
        {"states": {"plastic.w": 0 * ms}},
        {"states": {"plastic.w": 5}},
        {"states": {"plastic.w": math.nan * ms}},
        {"states": {"plastic.w": 1 * mV}},
        {"states": ["plastic.w"]},
        {"spikes": ["cells"]},
        {"spikes": {"cells": 5 * ms}},
        {"spikes": {"cells": nms.Window(start=1.5 * ms)}},
        {"spikes": {"cells": nms.Window(stop=1e-4 * second)}},
        {"spikes": {"cells": nms.Window(start=8 * ms, stop=-15 * ms)}},
        {"spikes": {"cells": nms.Window(start=30 * ms)}},
        {"spikes": {"cells": nms.Window(stop=-30 * ms)}},
        {"windows": {"plastic.c": nms.Window()}},
        {"only": {"plastic.c": (0,)}},
        {"only": {"plastic.w": (0.5,)}},
        {"only": {"plastic.w": "0"}},
        {"events": {"cells.spike": "sent"}},
        {"what": {}},
        {3: {}},
        "x",
        5,
    ],
)
def test_a_recording_that_cannot_be_is_refused_before_anything_is_built(record, monkeypatch):
    monkeypatch.setattr("neuromodsim.simulation.run_one.program_of", lambda *a: pytest.fail("was built"))
    with pytest.raises(nms.WrongInput) as mistake:
        nms.simulate(spike_driven([[0.010], [], []]), device="numpy", duration=20 * ms, record=record)
    assert "\n" not in str(mistake.value)


@pytest.mark.parametrize("edge", [1 * mV, 5.0, math.nan * second, math.inf * second, [1, 2] * ms, "late", {}])
def test_the_edges_of_a_window_are_times(edge):
    for name in ("start", "stop"):
        with pytest.raises(nms.WrongInput, match=f"'{name} of a window'"):
            nms.Window(**{name: edge})
    assert nms.Window(start="5ms").start == 5 * ms


def test_a_window_stops_after_it_starts():
    for start, stop in ((8 * ms, 2 * ms), (-2 * ms, -8 * ms), ("1s", "5ms")):
        with pytest.raises(nms.WrongInput, match="must start before it stops; got the start"):
            nms.Window(start=start, stop=stop)
    # Empty ones, and edges that cross or do not as a run is long, are looked at in a run.
    for start, stop in ((2 * ms, 2 * ms), (8 * ms, -2 * ms), (-8 * ms, 2 * ms)):
        assert nms.Window(start=start, stop=stop).start == start


def fires_at(*times):
    model = listed_spikes("cell", cells=1, most=3)
    subject = nms.Experiment(
        name="listed",
        summary="s",
        source=OURS,
        circuit=nms.Circuit(populations=(nms.Population(name="cell", size=1, model=model),)),
        conditions={"plain": nms.Condition(summary="?")},
        recording=nms.Recording(spikes={"cell": nms.Window()}),
        duration=20 * ms,
        dt=1 * ms,
    )
    listed = {"cell.cell_time": np.array([[*times, *[1e9] * (3 - len(times))]]) * second}
    return subject, listed


def test_a_caller_lists_nothing_after_the_end_of_a_run():
    """Catches a spike that is listed and never comes, of which nothing would be said."""
    subject, listed = fires_at(0.0107, 0.0195)
    run = nms.simulate(subject, device="numpy", parameters=listed)
    # Between two steps it is that of the step before it.
    assert np.rint(run["spikes/cell"].time.values * 1e3).tolist() == [10, 19]
    for late in (0.020, 0.5):
        subject, listed = fires_at(0.0107, late)
        with pytest.raises(nms.WrongInput, match=f"before the end of the run, at 0.02 s; got {late:g}"):
            nms.simulate(subject, device="numpy", parameters=listed)
        # What an experiment lists serves shorter runs too.
        run = nms.simulate(replace(subject, parameters=listed), device="numpy")
        assert run["spikes/cell"].time.size == 1


def beats(*phases, **lengths):
    parameters = {name: nms.Parameter(length, "how long") for name, length in lengths.items()}
    task = nms.Task(
        name="beats",
        summary="Beats.",
        source=OURS,
        timeline=tuple(nms.Phase(name, f"{name}_time") for name in phases),
        parameters=parameters,
    )
    events = {f"task.enter_{name}": ("trial",) for name in phases}
    run = nms.simulate(task_alone(task, events=events), device="numpy", duration=10 * ms)
    return [np.rint(run[f"events/task_enter_{n}"].time.values * 1000).astype(int).tolist() for n in phases]


def test_a_phase_without_length_takes_no_step():
    one, two, three = beats("one", "two", "three", one_time=0 * ms, two_time=0 * ms, three_time=3 * ms)
    assert one == two == three == [0, 3, 6, 9]


@pytest.mark.parametrize("length", [0 * ms, 1.5 * ms, -1 * ms, 2 * mV])
def test_the_last_phase_is_a_whole_number_of_steps(length):
    with pytest.raises(nms.WrongInput, match=r"two_time' (must be|needs a unit of time)"):
        beats("one", "two", one_time=2 * ms, two_time=length)


@pytest.mark.parametrize("length", [1.5 * ms, -1 * ms, math.nan * ms])
def test_so_is_every_other(length):
    with pytest.raises(nms.WrongInput, match=r"'task\.one_time' must be"):
        beats("one", "two", one_time=length, two_time=2 * ms)


def test_a_phase_lasts_as_long_as_a_parameter_of_its_task():
    with pytest.raises(nms.WrongInput, match="'one' 'one_time'"):
        beats("one")


def test_a_run_has_no_more_steps_than_can_be_counted():
    with pytest.raises(nms.WrongInput, match="'duration' must be fewer than"):
        nms.simulate(cells(), device="numpy", duration=1e18 * second)
