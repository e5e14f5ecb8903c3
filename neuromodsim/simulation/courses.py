"""Parameters on a course: which are, what a run is given for them, and the experiment that reads it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuromodsim.description.course import Course, as_value, is_course
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.paths import Values, resolve
from neuromodsim.errors import WrongInput
from neuromodsim.transforms.course import COLUMNS, FIRST, HIGH, LOW, POSITION, SLOPE, VALUE, following

ROOM = 8  # segments that a table has room for at least, and by how much the next larger one is larger
NEVER = 2.0**62  # a step that no run comes to
EARLY = 1e-3  # of a step: a time that rounding has moved so little past a step is at the step


def on_course(experiment: Experiment, changed: Mapping[str, Any]) -> list[str]:
    """Return the full paths of all parameters that follow a course in a run, or in another condition.

    Those of all conditions, so that they share one program.
    """
    given = (experiment.parameters, *(c.parameters for c in experiment.conditions.values()), changed)
    paths = [path for source in given for path, value in source.items() if _any_course(value)]
    return sorted({full for path in paths for full in resolve(experiment, path)})


@contextmanager
def named(courses: Iterable[str]) -> Iterator[None]:
    """Say in what is refused which parameters follow a course, as this may be why."""
    try:
        yield
    except WrongInput as error:
        paths = " and ".join(f"'{path}'" for path in courses)
        if not paths:
            raise
        follow = "follow courses" if " and " in paths else "follows a course"
        raise WrongInput(f"{str(error).rstrip('.')}; {paths} {follow}.") from error


def _any_course(value: Any) -> bool:
    """Whether a value, or one of those for each of several replicas, is a course."""
    return is_course(value) or (isinstance(value, list | tuple) and any(map(is_course, value)))


def followed(experiment: Experiment, given: Sequence[Values]) -> tuple[Experiment, list[Values]]:
    """Return an experiment whose parameters follow their courses, and its values for each of several runs.

    Without courses, both are as they were.
    """
    if not given[0].courses:
        return experiment, list(given)
    dt = float(experiment.dt)
    found = [{path: segments(course, dt) for path, course in one.courses.items()} for one in given]
    rows = _rows(len(table) for one in found for table in one.values())
    with named(given[0].courses):
        built, tables = following(experiment, list(given[0].courses), rows)
    filled = [
        replace(one, tables=one.tables | {tables[path]: _padded(s, rows) for path, s in each.items()})
        for one, each in zip(given, found, strict=True)
    ]
    return built, filled


def prescribed(experiment: Experiment, changed: Mapping[str, Any]) -> Experiment:
    """Return an experiment whose parameters follow the courses that it, its conditions and a caller state."""
    paths = on_course(experiment, changed)
    if not paths:
        return experiment
    given = (experiment.parameters, *(c.parameters for c in experiment.conditions.values()), changed)
    courses = [as_value(path, v) for source in given for path, v in source.items() if is_course(v)]
    rows = _rows(len(segments(course, float(experiment.dt))) for course in courses)
    return following(experiment, paths, rows)[0]


def expect_one_mapping(experiment: Experiment, built: Experiment) -> None:
    """Raise `WrongInput` if a rule on a course has regions of its own, which replicas would map alike."""
    for before, after in zip(experiment.circuit.projections, built.circuit.projections, strict=True):
        if after.compartment_of and len(after.model.modulators) > len(before.model.modulators):
            raise WrongInput(
                f"'{experiment.name}' cannot have replicas: a parameter of '{before.name}' follows a course, "
                "and it has a 'compartment_of', which its modulator should have instead."
            )


def segments(course: Course, dt: float) -> NDArray[np.float64]:
    """Return the segments of a course in a run with steps of ``dt`` seconds, shape ``(segment, column)``.

    No two of them begin in one step: of several points within a step, the last one counts.
    """
    points, values = np.asarray(course.times) / dt, np.asarray(course.values)
    first = np.ceil(points - EARLY)
    slopes = np.zeros(len(points))
    if not course.steps:
        slopes[:-1] = np.diff(values) / np.diff(points)
    found = np.zeros((len(points) + 1, len(COLUMNS)))
    found[:, FIRST] = [0, *first]
    found[:, POSITION] = [0, *points]
    found[:, VALUE] = [values[0], *values]
    found[:, SLOPE] = [0, *slopes]
    ends = np.array([values[0], *values]), np.array([values[0], *values[1:], values[-1]])
    found[:, LOW], found[:, HIGH] = np.minimum(*ends), np.maximum(*ends)
    # Of those that begin in one step, the last one counts, and the first of all is that of step 0.
    last = np.append(np.diff(found[:, FIRST]) > 0, True)
    return found[last]


def _rows(lengths: Iterable[int]) -> int:
    """Return how many rows tables have: with one to spare, and of few sizes, as each is another program."""
    rows, most = ROOM, max(lengths)
    while rows <= most:
        rows *= ROOM
    return rows


def _padded(table: NDArray[np.float64], rows: int) -> NDArray[np.float64]:
    """Return a table with rows at its end that never come."""
    whole = np.zeros((rows, len(COLUMNS)))
    whole[:, FIRST] = NEVER
    whole[: len(table)] = table
    return whole
