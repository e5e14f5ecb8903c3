"""Experiments that differ in their structure along named axes: one description, built when it is asked for.

Variants along an axis are other programs (another rule, data set or number of cells); what differs in the
value of a parameter only is a condition.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from neuromodsim.description import spelling
from neuromodsim.description.experiment import Experiment
from neuromodsim.description.fields import Described
from neuromodsim.description.model import Source
from neuromodsim.description.words import expect_label, expect_word
from neuromodsim.errors import WrongInput
from neuromodsim.units.kinds import described, expect, expect_mapping

Variant = Mapping[str, Any]  # a value for each axis
# What else a run is given by name, which an axis would hide.
TAKEN = ("experiment", "seed", "condition", "device", "third_factor", "duration", "record", "replicas")


@dataclass(frozen=True)
class IntegerAxis(metaclass=Described):
    """An axis of whole numbers, such as the size of a population.

    Raises
    ------
    WrongInput
        If the default is not between ``low`` and ``high``.

    Examples
    --------
    >>> IntegerAxis(1000, low=1).value("cells", "50")
    50
    """

    default: int
    low: int = 1
    high: int | None = None

    def __post_init__(self) -> None:
        """Refuse fields of another kind, and a default that is outside."""
        for name in ("default", "low", "high"):
            kind = (int, type(None)) if name == "high" else int
            expect(f"{name} of an axis", getattr(self, name), kind, "a whole number")
        self.value("default", self.default)

    def value(self, axis: str, given: Any) -> int:
        """Return a whole number from text or from a number; raises `WrongInput` if it is none or outside."""
        text = given.strip() if isinstance(given, str) else given
        whole = isinstance(text, int | np.integer) and not isinstance(text, bool)
        if isinstance(text, str) and text.isascii() and text.removeprefix("-").isdecimal():
            whole = True
        if not whole:
            raise WrongInput(f"'{axis}' must be a whole number{self.range()}; got {described(given)}.")
        number = int(text)
        if number < self.low or (self.high is not None and number > self.high):
            raise WrongInput(f"'{axis}' must be a whole number{self.range()}; got {number}.")
        return number

    def range(self) -> str:
        """Return the range as the end of a phrase."""
        return f" from {self.low} up" if self.high is None else f" from {self.low} to {self.high}"


Axis = Mapping[str, Any] | IntegerAxis


@dataclass(frozen=True, kw_only=True)
class ExperimentFamily(metaclass=Described):
    """An experiment with variants along named axes.

    ``axes`` maps each axis to its values by name, or to an `IntegerAxis`; ``make`` receives the selected
    value of each axis as a keyword argument and returns an `Experiment`. ``default`` gives the default
    value of an axis if it is not the first one. ``refuses`` returns the reason, as the end of a sentence,
    if a combination of values does not exist, and None otherwise.

    Raises
    ------
    WrongInput
        If a field has the wrong type, or a name cannot be used.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from neuromodsim.protocols import PAIRING
    >>> def make(times):
    ...     return replace(PAIRING, duration=times * PAIRING.duration)
    >>> family = ExperimentFamily(
    ...     name="pairings", summary="Pairings.", source=PAIRING.source, make=make,
    ...     axes={"times": {"once": 1, "twice": 2}},
    ... )
    >>> family.experiment(times="twice").name
    'pairings times=twice'
    >>> family.experiment(times="thrice")
    Traceback (most recent call last):
    neuromodsim.errors.WrongInput: There is no times 'thrice' of pairings; it has once, twice.
    """

    name: str
    summary: str
    source: Source
    make: Callable[..., Experiment]
    axes: Mapping[str, Axis]
    default: Variant = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    refuses: Callable[[Variant], str | None] | None = None
    _made: dict[str, Experiment] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse fields of another kind, and names that cannot be spelled."""
        expect_label("experiment family", self.name)
        expect(f"summary of {self.name}", self.summary, str, "a text")
        expect(f"source of {self.name}", self.source, Source, "a Source")
        kinds = (Mapping, IntegerAxis)
        expect_mapping(f"axes of {self.name}", self.axes, kinds, "a mapping, or an IntegerAxis")
        expect_mapping(f"default of {self.name}", self.default)
        expect(f"tags of {self.name}", self.tags, (tuple, list), "a tuple of texts")
        for tag in self.tags:
            expect(f"a tag of {self.name}", tag, str, "a text")
        for name in ("make", "refuses"):
            if not (callable(getattr(self, name)) or (name == "refuses" and self.refuses is None)):
                raise WrongInput(f"'{name} of {self.name}' must be a function.")
        for axis, values in self.axes.items():
            self._expect_axis(axis, values)
        object.__setattr__(self, "tags", tuple(self.tags))
        self.values(self.default)
        self.settled({})

    def _expect_axis(self, axis: str, values: Axis) -> None:
        expect_word("axis", axis)
        if axis in TAKEN:
            raise WrongInput(f"'{axis}' cannot name an axis: a run is given something else by that name.")
        if isinstance(values, IntegerAxis):
            return
        if not values:
            raise WrongInput(f"The axis '{axis}' of {self.name} has no values.")
        for value in values:
            expect_label(f"{axis} of {self.name}", value)

    def settled(self, chosen: Variant) -> dict[str, Any]:
        """Return the value of every axis, in order: a name or a whole number.

        Raises
        ------
        WrongInput
            If there is no such axis, value or combination.
        """
        found = self._usual() | self.values(chosen)
        if self.refuses is not None and (why := self.refuses(found)) is not None:
            raise WrongInput(f"'{spelling.joined(self.name, chosen)}' does not exist: {why}")
        return found

    def values(self, chosen: Variant) -> dict[str, Any]:
        """Return what is chosen, each a name or a whole number, in the order of axes.

        Raises
        ------
        WrongInput
            If there is no such axis or value.
        """
        expect_mapping("variant", chosen)
        for axis in chosen:
            if axis not in self.axes:
                raise spelling.missing("axis", axis, self.name, self.axes)
        return {axis: self._value(axis, chosen[axis]) for axis in self.axes if axis in chosen}

    def changed(self, chosen: Variant) -> dict[str, Any]:
        """Return what is chosen, less what is the default."""
        usual = self._usual()
        return {axis: value for axis, value in self.values(chosen).items() if value != usual[axis]}

    def _value(self, axis: str, given: Any) -> Any:
        values = self.axes[axis]
        if isinstance(values, IntegerAxis):
            return values.value(axis, values.default if given is None else given)
        if given is None:
            return next(iter(values))
        if str(given) not in values:
            raise spelling.missing(axis, str(given), self.name, values)
        return str(given)

    def spelled(self, chosen: Variant) -> str:
        """Return the canonical name of a variant: the family's, and each value that is not the default."""
        self.settled(chosen)
        return spelling.joined(self.name, self.changed(chosen))

    def _usual(self) -> dict[str, Any]:
        return {axis: self._value(axis, self.default.get(axis)) for axis in self.axes}

    def experiment(self, **chosen: Any) -> Experiment:
        """Return a variant as an `Experiment`, named as it is spelled; the default one if nothing is chosen.

        Raises
        ------
        WrongInput
            If there is no such axis, value or combination.
        """
        name = self.spelled(chosen)
        if name not in self._made:
            every = self.settled(chosen)
            made = self.make(**{axis: self._meaning(axis, value) for axis, value in every.items()})
            expect(f"what make of {self.name} returns", made, Experiment, "an Experiment")
            self._made[name] = replace(made, name=name, variant=every)
        return self._made[name]

    def _meaning(self, axis: str, value: Any) -> Any:
        values = self.axes[axis]
        return value if isinstance(values, IntegerAxis) else values[value]

    def exists(self, chosen: Variant) -> bool:
        """Whether there is such a variant."""
        try:
            self.settled(chosen)
        except WrongInput:
            return False
        return True

    def neighbours(self) -> list[Experiment]:
        """Return the default variant, and each that differs from it in one named value and exists."""
        named = {a: v for a, v in self.axes.items() if not isinstance(v, IntegerAxis)}
        single = [{axis: value} for axis, values in named.items() for value in values]
        spelled = {self.spelled(chosen): chosen for chosen in [{}, *single] if self.exists(chosen)}
        return [self.experiment(**chosen) for chosen in spelled.values()]

    def options(self) -> dict[str, tuple[str, ...]]:
        """Return the values of each axis as text, the default first; of whole numbers their default."""
        usual = {axis: str(value) for axis, value in self._usual().items()}
        return {
            axis: (usual[axis],)
            if isinstance(values, IntegerAxis)
            else (usual[axis], *(v for v in values if v != usual[axis]))
            for axis, values in self.axes.items()
        }
