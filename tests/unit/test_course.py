"""Courses: as they are written, as a program follows them, and what cannot follow one."""

from dataclasses import replace

import numpy as np
import pytest
from brian2 import Hz, ms, mV, second, um

import neuromodsim as nms
from neuromodsim.description.course import as_value
from neuromodsim.simulation.courses import _rows, on_course, segments
from neuromodsim.simulation.values import blank, gather
from neuromodsim.transforms.course import FIRST, HIGH, LOW, POSITION, SLOPE, VALUE
from tests.pretend import OURS
from tests.unit.fields import pool

CELL = nms.NeuronModel(
    name="cell",
    summary="A cell.",
    source=OURS,
    equations="dv/dt = (rest - v)/tau + noise*size/tau : volt",
    threshold="v > 1*volt",
    parameters={
        "tau": nms.Parameter(10 * ms, "membrane", low=1 * ms),
        "rest": nms.Parameter(1 * mV, "rest"),
        "noise": nms.Parameter(0 * mV, "of the input"),
        "size": nms.Parameter(2, "of the input", integer=True),
        "start": nms.Parameter(0.0, "of the membrane, by its rest"),
    },
    initial={"v": "start*rest"},
)
RULE = nms.SynapseModel(
    name="rule",
    summary="A weight within bounds.",
    source=OURS,
    equations="w : 1",
    on_pre="w += eta",
    bounds={"w": ("low", "high")},
    parameters={
        "eta": nms.Parameter(0.1, "step"),
        "low": nms.Parameter(0.0, "least"),
        "high": nms.Parameter(1.0, "most"),
    },
)
TASK = nms.Task(
    name="trials",
    summary="Trials.",
    source=OURS,
    equations="n : 1",
    timeline=(nms.Phase("trial", "length", on_enter="n += 1"),),
    parameters={"length": nms.Parameter(10 * ms, "of a trial")},
)
EXPERIMENT = nms.Experiment(
    name="still",
    summary="Cells, a rule and a task.",
    source=OURS,
    circuit=nms.Circuit(
        populations=(nms.Population(name="cells", size=2, model=CELL),),
        projections=(nms.Projection(name="plastic", source="cells", target="cells", model=RULE),),
    ),
    task=TASK,
    conditions={
        "still": nms.Condition(summary="Nothing moves."),
        "moving": nms.Condition(
            summary="The rest moves.", parameters={"cells.rest": "1mV at 0s to 2mV at 1s"}
        ),
    },
    recording=nms.Recording(states={"cells.v": 1 * ms, "plastic.w": 1 * ms}),
    duration=1 * second,
    dt=1 * ms,
)


def values(condition: str = "still", experiment: nms.Experiment = EXPERIMENT, **given):
    changed = {path.replace("__", "."): value for path, value in given.items()}
    return gather(experiment, experiment.conditions[condition], blank(experiment) | changed, 0, 1.0)


def follow(course: nms.Course, dt: float, steps: int) -> np.ndarray:
    """Return the value in each step, as the program computes it."""
    table, row, found = segments(course, dt), 0, []
    for step in range(steps):
        row += int(row + 1 < len(table) and step >= table[row + 1, FIRST])
        at = table[row]
        found.append(np.clip(at[VALUE] + (step - at[POSITION]) * at[SLOPE], at[LOW], at[HIGH]))
    return np.array(found)


def test_a_program_follows_any_course(rng):
    for count in (1, 2, 3, 20, 90):  # up to several points within a step
        times = np.sort(rng.choice(np.arange(0, 60, 0.25), count, replace=False))
        points = rng.normal(size=count)
        line = nms.Course(times * ms, points)
        assert np.allclose(
            follow(line, 1e-3, 70), np.interp(np.arange(70), times, points), rtol=0, atol=1e-12
        )
        steps = nms.Course(times * ms, points, steps=True)
        last = np.maximum(np.searchsorted(times, np.arange(70), side="right") - 1, 0)
        assert np.array_equal(follow(steps, 1e-3, 70), points[last])


def test_a_table_has_a_row_to_spare_for_the_segment_after_the_last():
    assert [_rows([most, 1]) for most in (7, 8, 63, 64)] == [8, 64, 64, 512]


def test_a_value_in_steps_is_new_from_its_time_on():
    steps = nms.Course([1, 2] * second, [1, 3], steps=True)
    assert [float(steps.at(time)) for time in (0, 1, 1.5, 2, 3)] == [1, 1, 1, 3, 3]


def test_a_course_changes_at_a_step_that_rounding_moves():
    course = nms.Course(np.array([0, 0.3, 0.7]) * second, [0.0, 1.0, 2.0], steps=True)
    for dt in (1e-4, 1e-3, 0.1):
        followed = follow(course, dt, round(1 / dt))
        assert np.flatnonzero(np.diff(followed)).tolist() == [round(0.3 / dt) - 1, round(0.7 / dt) - 1]


@pytest.mark.parametrize(
    "course",
    [
        nms.Course([0, 0.1 + 0.2] * second, [1 / 3, 2] * mV),
        nms.Course([5] * ms, [1e-7] * Hz),
        nms.Course([0, 1, 2] * second, [1, 2, 1], steps=True),
    ],
    ids=["lines", "constant", "steps"],
)
def test_text_keeps_every_digit(course):
    assert as_value("x", course.text) == course


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (lambda: nms.Course([0, 1], [0, 1]), "'times of a course' needs a unit of time"),
        (lambda: nms.Course([-1, 1] * second, [0, 1]), "must be from 0 up; got -1 s"),
        (lambda: nms.Course([1, 1] * second, [0, 1]), "must increase; got 1 s after 1 s"),
        (lambda: nms.Course([0, 1] * second, [0, 1, 2]), "must have the shape"),
        (lambda: nms.Course(1 * second, 2), "must be a list of at least one"),
        (lambda: nms.Course([0, 1] * second, [0, np.inf]), "must be finite"),
        (
            lambda: values(cells__tau="5ms at 0s to 0.1ms at 1s"),
            "'cells.tau' must be at least 1 ms; got 100 µs",
        ),
        (lambda: values(cells__tau="5mV at 0s"), "'cells.tau' needs a unit of time"),
        (lambda: values(cells__tau="5ms at 0s to 6ms at 1s then 7ms at 2s"), "(straight lines)"),
        (lambda: values(cells__tau="5ms at x"), "must be a number with a unit"),
        (lambda: values(cells__v="1mV at 0s to 2mV at 1s"), "only parameters can"),
        (lambda: values(cells__size="1 at 0s to 2 at 1s"), "must have steps=True"),
        (lambda: values(cells__start="0 at 0s to 1 at 1s"), "nothing reads it during a run"),
        (lambda: values(task__length="10ms at 0s to 20ms at 1s"), "must have steps=True"),
        (lambda: values(task__length="10ms at 0s then 10.5ms at 1s"), "multiple of the time step"),
        (lambda: simulated(plastic__high="1 at 0s to 2 at 1s"), "'plastic.high' is a bound"),
    ],
)
def test_what_cannot_be_followed_is_refused(given, said):
    with pytest.raises(nms.WrongInput) as refused:
        given()
    assert said in str(refused.value)


def test_a_course_of_one_value_can_be_that_of_any_parameter():
    """Fails when a replica without a course, or a whole number, is refused beside one that has."""
    given = values(cells__start="0.5 at 0s", cells__size="2 at 0s to 2 at 1s")
    assert given.numbers["cells.v"] == pytest.approx(0.5e-3)
    assert given.courses["cells.size"].is_constant


def test_diffusion_is_stable_at_every_point_of_a_course():
    spreading = pool(
        equations="dd/dt = D*laplacian : 1\nlaplacian : meter**-2",
        initial={},
        method="spreading",
        parameters={"D": nms.Parameter(1 * um**2 / second, "diffusion")},
    )
    grid = nms.Line(length=4 * um, dx=1 * um)
    modulator = nms.Modulator(name="d", model=spreading, regions=4, grid=grid)
    alone = replace(
        EXPERIMENT,
        circuit=nms.Circuit(populations=(), modulators=(modulator,)),
        task=None,
        conditions={"still": EXPERIMENT.conditions["still"]},
        recording=nms.Recording(states={"d.d": 1 * ms}),
    )
    slow, fast = (nms.Course([0, 1] * second, [1, most] * um**2 / second) for most in (400, 600))
    assert values("still", alone, d__D=slow).courses["d.D"] == slow
    with pytest.raises(nms.WrongInput, match="1 ms is too long for 'd' to spread"):
        values("still", alone, d__D=fast)


def simulated(**given):
    changed = {path.replace("__", "."): value for path, value in given.items()}
    return nms.simulate(EXPERIMENT, device="numpy", parameters=changed)


def test_values_that_are_prepared_from_a_course_are_refused():
    prepared = replace(EXPERIMENT, prepare=lambda setting: {"cells.v": setting.parameters["cells.rest"] * 2})
    with pytest.raises(nms.WrongInput, match="'prepare' of 'still' computes values from it"):
        values("moving", prepared)
    assert values("still", prepared).numbers["cells.v"] == pytest.approx(2e-3)


def test_the_nearest_value_wins_and_conditions_share_a_program():
    assert on_course(EXPERIMENT, {}) == ["cells.rest"]
    still, moving = values("still"), values("moving")
    assert still.courses["cells.rest"] == nms.Course.constant(1 * mV)
    assert moving.courses["cells.rest"].text == "0.001 volt at 0.0 second to 0.002 volt at 1.0 second"
    assert "cells.rest" not in still.numbers
    assert values("moving", cells__rest=3 * mV).courses["cells.rest"] == nms.Course.constant(3 * mV)
    own = replace(EXPERIMENT, parameters={"cells.rest": "1mV at 0s to 5mV at 1s"})
    assert values("still", own).courses["cells.rest"].at(0.5) == 3 * mV
