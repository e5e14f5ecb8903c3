"""A value that follows a course during a run, in place of one number."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from brian2.units import Quantity, get_dimensions, second

from neuromodsim.description import gate
from neuromodsim.description.fields import Described, keep
from neuromodsim.errors import WrongInput
from neuromodsim.units import kinds, quantities
from neuromodsim.units.quantities import shown

POINT = re.compile(r"(.+?)\s+at\s+(.+)")
BETWEEN = re.compile(r"\s+(to|then)\s+")


@dataclass(frozen=True, eq=False)
class Course(metaclass=Described):
    """The values of a parameter at some times of a run, and what it is between them.

    Between two points the value moves on a straight line, or, with ``steps``, keeps that of the first. It is
    constant before the first point and after the last. In each time step the value is that of its beginning.

    Parameters
    ----------
    times
        Times from 0 up in increasing order, shape ``(point,)``, in units of time.
    values
        One value for each time, shape ``(point,)``, in the unit of the parameter.
    steps
        Whether values change in steps, at the times.

    Raises
    ------
    WrongInput
        If times do not increase, are not as many as values, or a number is not finite.

    Examples
    --------
    >>> learning_rate = Course([0, 100] * second, [0.01, 0.001])
    >>> learning_rate.text
    '0.01 at 0.0 second to 0.001 at 100.0 second'
    >>> Course([1, 0] * second, [0, 1])
    Traceback (most recent call last):
    neuromodsim.errors.WrongInput: The times of a course must increase; got 0 s after 1 s.
    """

    times: Any
    values: Any
    steps: bool = False

    def __post_init__(self) -> None:
        """Refuse times and values that are no course, and keep both as arrays."""
        times = gate.as_number("times of a course", self.times)
        values = gate.as_number("values of a course", self.values)
        kinds.expect("steps of a course", self.steps, bool, "True or False")
        quantities.expect_unit("times of a course", times, second.dim)
        for name, given in (("times", times), ("values", values)):
            if np.ndim(given) != 1 or np.size(given) == 0:
                raise WrongInput(
                    f"The {name} of a course must be a list of at least one; got {shown(given)}."
                )
            quantities.expect_finite(f"{name} of a course", given)
        gate.expect_shape("values of a course", values, np.shape(times))
        _expect_increasing(np.asarray(times, dtype=float))
        dimensions = get_dimensions(values)
        keep(
            self,
            times=Quantity(np.array(times, dtype=float), dim=second.dim),
            values=Quantity(np.array(values, dtype=float), dim=dimensions),
            steps=self.steps or len(np.unique(np.asarray(values))) == 1,
        )

    @classmethod
    def constant(cls, value: Any) -> "Course":
        """Return the course of one value."""
        return cls(np.zeros(1) * second, Quantity([float(np.asarray(value))], dim=get_dimensions(value)))

    @property
    def text(self) -> str:
        """The course as text, which `read` takes, to the last digit."""
        return self._written(quantities.text)

    @property
    def said(self) -> str:
        """The course in customary notation."""
        return self._written(quantities.pretty)

    def _written(self, one: Callable[[Any], str]) -> str:
        points = [f"{one(v)} at {one(t)}" for t, v in zip(self.times, self.values, strict=True)]
        return f" {'then' if self.steps else 'to'} ".join(points)

    @property
    def is_constant(self) -> bool:
        """Whether all of its values are one."""
        return len(np.unique(np.asarray(self.values))) == 1

    @property
    def begins(self) -> Any:
        """The value at the beginning of a run."""
        return self.at(0.0)

    def at(self, time: float) -> Any:
        """Return the value at a time in seconds."""
        times, values = np.asarray(self.times), np.asarray(self.values)
        last = max(int(np.searchsorted(times, time, side="right")) - 1, 0)
        number = values[last] if self.steps else np.interp(time, times, values)
        return Quantity(number, dim=get_dimensions(self.values))

    @property
    def numbers(self) -> Any:
        """Times and values in SI units and, in a third row, whether it has steps, shape ``(3, point)``."""
        return np.stack([self.times, self.values, np.full(np.shape(self.times), float(self.steps))])

    def __eq__(self, other: object) -> bool:
        """Whether another course has the same points."""
        return isinstance(other, Course) and self.text == other.text

    def __hash__(self) -> int:
        """Return a hash, equal for equal courses."""
        return hash(self.text)


def _expect_increasing(times: Any) -> None:
    if times[0] < 0:
        raise WrongInput(f"The times of a course must be from 0 up; got {shown(times[0] * second)}.")
    late = np.flatnonzero(np.diff(times) <= 0)
    if late.size:
        before, after = (times[late[0] + k] * second for k in (0, 1))
        raise WrongInput(f"The times of a course must increase; got {shown(after)} after {shown(before)}.")


def read(path: str, text: str) -> Course:
    """Return the course that a text stands for, such as ``0.01 at 0s to 0.001 at 100s``.

    Points joined by ``to`` are connected by straight lines; with ``then``, the value changes in steps.

    Raises
    ------
    WrongInput
        If a point is not a value and a time, or both kinds are mixed.

    Examples
    --------
    >>> read("plastic.eta", "1 mV at 0s then 2 mV at 10s").values
    array([1., 2.]) * mvolt
    """
    points, joints = BETWEEN.split(text.strip())[::2], set(BETWEEN.split(text.strip())[1::2])
    found = [POINT.fullmatch(point) for point in points]
    if not all(found) or len(joints) > 1:
        raise WrongInput(
            f"'{path}' takes a course such as '0.01 at 0s to 0.001 at 100s' (straight lines), or with 'then' "
            f"in place of 'to' (steps); got '{kinds.one_line(text)}'."
        )
    values = [quantities.parse(match[1], path) for match in found if match]
    times = [quantities.parse(match[2], f"times of {path}") for match in found if match]
    for value in values:
        quantities.expect_unit(path, value, get_dimensions(values[0]))
    for time in times:
        quantities.expect_unit(f"times of {path}", time, second.dim)
    return Course(_together(times), _together(values), steps=joints == {"then"})


def _together(quantities_of_one_unit: list[Any]) -> Any:
    """Return quantities as one array."""
    numbers = np.array([float(np.asarray(q)) for q in quantities_of_one_unit])
    return Quantity(numbers, dim=get_dimensions(quantities_of_one_unit[0]))


def is_course(value: Any) -> bool:
    """Whether a value is a course, or a text of one."""
    return isinstance(value, Course) or (isinstance(value, str) and re.search(r"\sat\s", value) is not None)


def as_value(path: str, value: Any) -> Any:
    """Return what was given for a path as a course, a number, an array or a quantity; text is read.

    Raises
    ------
    WrongInput
        If it is none of these.
    """
    if not is_course(value):
        return gate.as_number(path, value)
    return read(path, value) if isinstance(value, str) else value


def as_plain(value: Any) -> Any:
    """Return a value, or a course, as JSON keeps it; `as_value` reads a course back."""
    return value.text if isinstance(value, Course) else quantities.as_plain(value)


def as_course(path: str, value: Any) -> Course:
    """Return a course, or that of one value, as `as_value` reads them."""
    read_value = as_value(path, value)
    return read_value if isinstance(read_value, Course) else Course.constant(read_value)
