"""What a parameter is: a value with a unit, where it comes from, and the range that it must be in."""

from dataclasses import dataclass, replace
from typing import Any, Literal, Self

import numpy as np
from brian2.units import get_dimensions

from neuromodsim.description.fields import Described, keep
from neuromodsim.errors import WrongInput
from neuromodsim.units.kinds import described, expect
from neuromodsim.units.quantities import as_whole, expect_between, expect_finite, expect_unit, unit_text

# How sure a number is: read in the authors' code or text; computed from such numbers; remembered from
# the literature and not read again; assumed, for want of a better one. Empty: see ``where``.
Evidence = Literal["", "reported", "derived", "unverified", "assumed"]


@dataclass(frozen=True)
class Parameter(metaclass=Described):
    """A value with a unit, its meaning, source locator, range and evidence level.

    Examples
    --------
    >>> from brian2 import ms
    >>> tau = Parameter(200 * ms, "decay of dopamine", "Table 1", low=1 * ms, evidence="reported")
    >>> tau.with_value("tau", 0.1 * ms)
    Traceback (most recent call last):
    neuromodsim.errors.WrongInput: 'tau' must be at least 1 ms; got 100 µs.

    With ``integer``, it is a whole number without a unit, held as one: an index, a count, a divisor of ``%``.

    >>> Parameter(20, "cells in a ring", integer=True).with_value("size", 2.5)
    Traceback (most recent call last):
    neuromodsim.errors.WrongInput: 'size' must be a whole number below 2147483648; got 2.5.
    """

    value: Any  # a Brian quantity, or a float when dimensionless
    meaning: str
    where: str = ""  # source locator; empty: a value of one's own
    low: Any = None
    high: Any = None
    evidence: Evidence = ""
    own: bool = False  # whether each replica has its own value, where a program holds several
    integer: bool = False  # whether it is a whole number, in the program as here

    def __post_init__(self) -> None:
        """Refuse a value that is no number, or beyond its own range."""
        name = f"{self.meaning or 'a parameter'}"
        try:
            plain = np.asarray(self.value, dtype=float)
            unit = get_dimensions(self.value)
        except (TypeError, ValueError) as error:
            raise WrongInput(
                f"'{name}' must be a number with a unit; got {described(self.value)}."
            ) from error
        if plain.ndim:
            raise WrongInput(f"'{name}' takes one value; got {plain.size}.")
        expect(f"integer of {name}", self.integer, bool, "True or False")
        if self.integer:
            keep(self, value=as_whole(name, self.value))
        for limit in (self.low, self.high):
            if limit is not None:
                expect_unit(f"a limit of {name}", limit, unit)
        if np.isfinite(plain):  # else a run tells, with the name that it has there
            expect_between(name, self.value, self.low, self.high)

    @property
    def unit(self) -> str:
        """The unit as Brian writes it in equations, such as ``'second'``."""
        return unit_text(self.value)

    @property
    def declared(self) -> str:
        """How its kind is declared in equations, such as ``'second (shared, constant)'``."""
        return f"{'integer' if self.integer else self.unit} {self.flags}"

    @property
    def flags(self) -> str:
        """How it is declared in equations: one value for all rows, or one for each."""
        return "(constant)" if self.own else "(shared, constant)"

    def with_value(self, name: str, value: Any) -> Self:
        """Return a copy with another value.

        Raises
        ------
        WrongInput
            If the value has another unit, is not finite, not whole where it must be, or out of range.
        """
        if np.ndim(value) != 0:
            raise WrongInput(f"'{name}' takes one value; got {np.size(value)}.")
        expect_unit(name, value, get_dimensions(self.value))
        expect_finite(name, value)
        value = as_whole(name, value) if self.integer else value
        expect_between(name, value, self.low, self.high)
        return replace(self, value=value)
