"""Courses of parameters: what can follow one, and whether a run can take every value on it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from neuromodsim.checks.stability import expect_stable
from neuromodsim.checks.timing import expect_phases
from neuromodsim.checks.unread import read_after_start
from neuromodsim.description.course import Course
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.parameter import Parameter
from neuromodsim.errors import WrongInput


def expect_parameter(path: str, full: str, course: Course, parameter: Parameter | None) -> None:
    """Raise `WrongInput` unless a course is that of a parameter, and in its unit and range at every point."""
    if parameter is None:
        raise WrongInput(
            f"'{path}' cannot follow a course, as only parameters can; '{full}' is an initial value or "
            "a table."
        )
    if parameter.integer and not course.steps:
        raise WrongInput(f"'{path}' takes whole numbers, so that its course must have steps=True.")
    for value in course.values:
        parameter.with_value(path, value)


def expect_followed(experiment: Experiment, courses: Mapping[str, Course]) -> None:
    """Raise `WrongInput` for a course of which nothing reads more than the value at the start."""
    moving = [path for path, course in courses.items() if not course.is_constant]
    read = read_after_start(experiment) if moving else {}
    for path in moving:
        component, _, name = path.partition(".")
        if name not in read[component]:
            raise WrongInput(
                f"'{path}' follows a course, and nothing reads it during a run; give it one value."
            )


def expect_not_prepared_from(
    experiment: Experiment, courses: Mapping[str, Course], looked_at: Iterable[str]
) -> None:
    """Raise `WrongInput` if an experiment prepares values from one value of a parameter that moves."""
    for path in sorted(set(looked_at) & set(courses)):
        if not courses[path].is_constant:
            raise WrongInput(
                f"'{path}' follows a course, and 'prepare' of '{experiment.name}' computes values from it "
                "before the run; give it one value."
            )


def expect_throughout(
    experiment: Experiment,
    parameters: Mapping[str, Parameter],
    numbers: Mapping[str, Any],
    courses: Mapping[str, Course],
) -> None:
    """Raise `WrongInput` if phases or diffusion cannot take a value that a parameter comes to.

    Parameters
    ----------
    experiment
        Of which they are.
    parameters, numbers
        Each parameter and every number by path, as at the start of a run.
    courses
        Of each parameter that moves.
    """
    durations = {p.duration for p in experiment.task.timeline} if experiment.task is not None else set()
    for path in (f"task.{name}" for name in durations):
        if path in courses and not courses[path].steps:
            raise WrongInput(
                f"'{path}' is the length of a phase, a whole number of time steps; its course must have "
                "steps=True."
            )
        for value in courses[path].values if path in courses else ():
            expect_phases(experiment.task, {**numbers, path: float(value)}, experiment.dt)
    for modulator in experiment.circuit.modulators:
        mine = {path: c for path, c in courses.items() if path.startswith(f"{modulator.name}.")}
        for now in throughout(parameters, mine) if mine else ():
            expect_stable(modulator, now, experiment.dt)


def throughout(
    parameters: Mapping[str, Parameter], courses: Mapping[str, Course]
) -> Iterator[dict[str, Parameter]]:
    """Yield the parameters at the start of a run, and at each time at which one has a point."""
    times = np.unique(np.concatenate([[0.0], *(np.asarray(c.times) for c in courses.values())]))
    for time in times:
        now = {path: replace(parameters[path], value=course.at(time)) for path, course in courses.items()}
        yield {**parameters, **now}
